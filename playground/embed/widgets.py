"""Runs in other people's pages: the widget, and what describes it to them (oEmbed)."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from urllib.parse import urlsplit

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve
from django.views.decorators.clickjacking import xframe_options_exempt

from config.methods import read_only
from config.origin import origin_of
from config.policy import CONTENT_SECURITY_POLICY
from playground.asking.request import ask, entry_for, query_of
from playground.asking.runs import runs
from playground.caching import not_modified, publicly
from playground.drawn.pictures import THEMES
from playground.engine.query import at_step, parse, print_query
from playground.engine.registry import Entry, entries
from playground.engine.turns import AGAIN, Busy
from playground.page.player import Player
from playground.page.share import HEIGHT, WIDTH, filled, snippet

# The same policy as everywhere, but anybody may frame it.
POLICY = CONTENT_SECURITY_POLICY.replace("frame-ancestors 'none'", "frame-ancestors *")
PARTS = ("inputs", "actions", "source")
"""What a widget can leave out."""
View = Callable[..., HttpResponse]


def framed(view: View) -> View:
    """Anybody may frame it and read it; what stands in it is the same for everybody."""

    @xframe_options_exempt
    @read_only
    @wraps(view)
    def answered(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        try:
            response = view(request, *args, **kwargs)
        except Busy:
            sentence = "Others come first. Ask for it again in a moment."
            response = instead(request, 503, "This model has to wait.", sentence, again=request.get_full_path())
            response.headers["Retry-After"] = str(AGAIN)
        response.headers["Content-Security-Policy"] = POLICY
        # A sandboxed frame has no origin of its own, and fetches its own pages as a stranger.
        response.headers["Access-Control-Allow-Origin"] = "*"
        # A page that asks everything in it for leave shows only frames that ask for it too.
        response.headers["Cross-Origin-Embedder-Policy"] = "require-corp"
        return response

    return answered


@runs(at_most=5)
@framed
def widget(request: HttpRequest, slug: str) -> HttpResponse:
    """One run as a widget: the player alone."""
    try:
        entry = entry_for(slug)
    except Http404 as missing:
        return instead(request, 404, "This model is not here.", missing.args[0])
    text = query_of(request)
    if unchanged := not_modified(request):
        return unchanged
    asked = ask(entry, text)
    options = sound(asked.options)
    asked = replace(asked, embedded=tuple(pair for pair in options.items() if pair[1]))
    hidden = set(options["hide"].split(","))
    context = {
        "player": Player(asked),
        "entry": entry,
        "theme": options["theme"],
        "shows": {part: part not in hidden for part in PARTS},
        "locked": options["lock"] == "inputs",
        "loop": f"{options['from']}-{options['to']}" if options["to"] else "",
    }
    return publicly(request, render(request, "playground/embed.html", context, status=asked.status))


def instead(request: HttpRequest, status: int, title: str, sentence: str, *, again: str = "") -> HttpResponse:
    """A widget that cannot be shown says why, and where to ask once more if that may help."""
    context = {"title": title, "sentence": sentence, "again": again}
    response = render(request, "playground/embed-missing.html", context, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


def sound(given: dict[str, str]) -> dict[str, str]:
    """The options of a widget, each as it is given where that means something, and empty where not."""
    theme, lock = given.get("theme", ""), given.get("lock", "")
    hide = ",".join(part for part in PARTS if part in given.get("hide", "").split(","))
    start, end = whole(given.get("from"), 0), whole(given.get("to"), 0)
    return {
        "theme": theme if theme in THEMES else "",
        "hide": hide,
        "lock": lock if lock == "inputs" else "",
        # Play goes from the one step to the other, and begins again.
        "from": str(start) if start < end else "",
        "to": str(end) if start < end else "",
    }


@runs(at_most=5)
@read_only
def oembed(request: HttpRequest) -> HttpResponse:
    """The widget of a run or of a lesson, as oEmbed 1.0 describes it (type `rich`)."""
    if request.GET.get("format", "json") != "json":
        return JsonResponse({"detail": "Only format=json is answered."}, status=501)
    if unchanged := not_modified(request):
        return unchanged
    origin = origin_of(request)
    entry, at_start, step = named_by(request.GET.get("url", ""), origin)
    html = filled(snippet(origin, entry, at_start), step)
    described = {
        "version": "1.0",
        "type": "rich",
        "title": entry.cls.title,
        "provider_name": "Orrery",
        "provider_url": f"{origin}/",
        "cache_age": 86400,
        "width": min(WIDTH, whole(request.GET.get("maxwidth"), WIDTH)),
        "height": min(HEIGHT, whole(request.GET.get("maxheight"), HEIGHT)),
        "html": html,
    }
    return publicly(request, HttpResponse(json.dumps(described), content_type="application/json"))


def whole(text: str | None, usual: int) -> int:
    """A number that a host asks for; what is none is the usual one."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 7 and int(text) else usual


def named_by(url: str, origin: str) -> tuple[Entry, str, int]:
    """The miniature, the query and the step that an address of ours names. Raises Http404 for any other address."""
    try:
        parts = urlsplit(url)
    except ValueError:
        raise Http404("This is no address.") from None
    # Our own pages name themselves by their path alone, so that they are the same under every host.
    if (parts.scheme or parts.netloc) and f"{parts.scheme}://{parts.netloc}" != origin:
        raise Http404(f"This is no address of {origin}.")
    try:
        found = resolve(parts.path)
    except Resolver404:
        raise Http404("There is nothing at this address.") from None
    slug = found.kwargs.get("slug", "")
    # A lesson has the slug of its miniature.
    if found.view_name == "lessons:lesson" and slug in entries():
        entry = entries()[slug]
        first = parse(entry.cls, entry.scenarios[0].query).query
        return entry, print_query(entry.cls, at_step(first, 0)), first.step
    if found.view_name not in ("playground:run", "playground:embed"):
        raise Http404("At this address there is no run and no lesson.")
    entry = entry_for(slug)
    asked = ask(entry, parts.query)
    if asked.problems:
        raise Http404(asked.problems[0].sentence)
    return entry, asked.beside(asked.printed_at(0)), asked.query.step
