"""The page that shows how to put a run into another page: its options, each tried at once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import wraps
from urllib.parse import parse_qsl

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from config.methods import View, read_only
from config.origin import origin_of
from config.policy import CONTENT_SECURITY_POLICY
from playground.asking.runs import runs
from playground.caching import not_modified, publicly
from playground.drawn.pictures import THEMES
from playground.embed.oembed import named_by
from playground.embed.widgets import HOST, PARTS, sound, whole
from playground.engine.spelling import encode
from playground.page.share import FORMS, address, filled, paths, snippet, with_options

# The page shows the widget that it describes.
POLICY = f"{CONTENT_SECURITY_POLICY}; frame-src 'self'"
FIRST = "/playground/hash-ring/?do=remove:cleo&step=22"
LONGEST = 4096
OPTIONS = ("theme", "lock", "from", "to")


@dataclass(frozen=True)
class Wanted:
    """What the form says, and the code that comes of it."""

    url: str
    options: dict[str, str]
    step: str
    form: str
    """The kind of host that it is for."""
    snippet: str
    frame: str
    """Where the widget is."""
    title: str
    trouble: str = ""


def wanted(request: HttpRequest, origin: str) -> Wanted:
    """An address that is none of ours is told so, and the one that was there before is shown."""
    given = request.GET
    typed, trouble = given.get("url", FIRST).strip(), ""
    try:
        named = named_by(not_too_long(typed) or FIRST, origin)
    except Http404 as wrong:
        trouble = str(wrong)
        named = named_by(FIRST, origin)
    entry, query = named.entry, named.query
    # What the form leaves open is as in the address that was pasted.
    pasted = dict(parse_qsl(named.options))
    chosen = {name: given.get(name, "") for name in OPTIONS} | {"hide": ",".join(given.getlist("hide"))}
    options = sound({name: text or pasted.get(name, "") for name, text in chosen.items()})
    step = whole(given.get("step"), named.step)
    told = encode([pair for pair in options.items() if pair[1]])
    form = given.get("for", "html")
    form = form if form in FORMS else "html"
    code = filled(snippet(origin, entry, query, told, form, named.challenge), step)
    frame = filled(address("", paths(entry, named.challenge)[0], with_options(query, told)), step)
    return Wanted(typed, options, str(step) if step else "", form, code, frame, entry.cls.title, trouble)


def not_too_long(typed: str) -> str:
    """What was typed. Raises Http404 where that is longer than any address of ours."""
    if len(typed) > LONGEST:
        raise Http404(f"An address has at most {LONGEST:,} characters; this one has {len(typed):,}.")
    return typed


def showing_the_widget(view: View) -> View:
    """With the policy of a page that frames ours, also where nothing has changed."""

    @wraps(view)
    def answered(request: HttpRequest) -> HttpResponse:
        response = view(request)
        response.headers["Content-Security-Policy"] = POLICY
        return response

    return answered


@runs(at_most=6)
@read_only
@showing_the_widget
def builder(request: HttpRequest) -> HttpResponse:
    """How to put a run into a page."""
    origin = origin_of(request)
    if unchanged := not_modified(request):
        return unchanged
    form = wanted(request, origin)
    context = {
        "room": "embed",
        "form": form,
        "hidden": form.options["hide"].split(","),
        "parts": PARTS,
        "themes": (*THEMES, HOST),
        "forms": FORMS.items(),
        "origin": origin,
    }
    response = render(request, "playground/embed-about.html", context, status=404 if form.trouble else 200)
    return response if form.trouble else publicly(request, response)
