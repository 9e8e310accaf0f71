"""What describes a widget to hosts that are given no more than an address: oEmbed 1.0 (https://oembed.com)."""

from __future__ import annotations

import json
from typing import NamedTuple
from urllib.parse import urlsplit

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import Resolver404, ResolverMatch, resolve
from django.utils.html import escape

from config.methods import read_only
from config.origin import origin_of
from playground.asking.request import ask, entry_for
from playground.asking.runs import runs
from playground.caching import not_modified, publicly
from playground.embed.widgets import sound, whole
from playground.engine.query import at_step, parse, print_query
from playground.engine.registry import Entry, entries
from playground.engine.spelling import encode
from playground.page.share import HEIGHT, WIDTH, address, filled, paths, with_options
from playground.page.views import challenge_of

CARD = (1200, 630)
"""The size of the picture of a link’s preview, which is the thumbnail too."""
RUNS = ("playground:run", "playground:embed", "playground:challenge", "playground:embed-challenge")
"""The pages that show a run."""
FORMATS = {"json": "application/json", "xml": "text/xml"}


class Named(NamedTuple):
    """What an address of ours names: a run, opened at a step, and the options of a widget, as they are spelled."""

    entry: Entry
    query: str
    step: int
    options: str = ""
    challenge: str = ""
    """Its name, where the run is one of a challenge."""


@runs(at_most=5)
@read_only
def oembed(request: HttpRequest) -> HttpResponse:
    """The widget of a run, of a widget or of a lesson (type `rich`)."""
    form = request.GET.get("format", "json")
    if form not in FORMATS:
        return JsonResponse({"detail": "Only format=json and format=xml are answered."}, status=501)
    if unchanged := not_modified(request):
        return unchanged
    origin = origin_of(request)
    named = named_by(request.GET.get("url", ""), origin)
    most = whole(request.GET.get("maxwidth"), CARD[0]), whole(request.GET.get("maxheight"), CARD[0])
    told = described(origin, named, *most)
    return publicly(
        request, HttpResponse(in_xml(told) if form == "xml" else json.dumps(told), content_type=FORMATS[form])
    )


def described(origin: str, named: Named, most_wide: int, most_high: int) -> dict[str, str | int]:
    """The fields of the answer, no part larger than the host has room for."""
    width, height = min(WIDTH, most_wide), min(HEIGHT, most_high)
    told: dict[str, str | int] = {
        "version": "1.0",
        "type": "rich",
        "title": named.entry.cls.title,
        "provider_name": "Orrery",
        "provider_url": f"{origin}/",
        "cache_age": 86400,
        "width": width,
        "height": height,
        "html": html(origin, named, width, height),
    }
    if CARD[0] <= most_wide and CARD[1] <= most_high:
        card = with_options(named.query, "format=card")
        told["thumbnail_url"] = filled(address(origin, f"/playground/{named.entry.slug}.png", card), named.step)
        told["thumbnail_width"], told["thumbnail_height"] = CARD
    return told


def html(origin: str, named: Named, width: int, height: int) -> str:
    """A sentence with a link, and the frame after it: hosts that refuse frames keep the link.

    WordPress shows the quotation until the frame has told its height, and takes no style from strangers: without
    `frameborder` it would draw a border (wp-includes/embed.php, wp_filter_oembed_result). There the frame
    is as wide as the column.
    """
    widget, page = paths(named.entry, named.challenge)[:2]
    title = escape(named.entry.cls.title)
    shown = filled(address(origin, widget, with_options(named.query, named.options)), named.step)
    own = filled(address(origin, page, named.query), named.step)
    name = f"{title}: a working model"
    return (
        f'<blockquote class="wp-embedded-content"><a href="{escape(own)}">{name}</a> on Orrery</blockquote>'
        f'<iframe src="{escape(shown)}" title="{name}" width="100%" height="{height}" frameborder="0"'
        f' allow="fullscreen" style="max-width:{width}px"></iframe>'
    )


def in_xml(told: dict[str, str | int]) -> str:
    """The same as XML: an element for each field."""
    fields = "".join(f"<{name}>{escape(value)}</{name}>" for name, value in told.items())
    return f'<?xml version="1.0" encoding="utf-8"?><oembed>{fields}</oembed>'


def named_by(url: str, origin: str) -> Named:
    """What an address of ours names. Raises Http404 with a sentence for any other address."""
    try:
        parts = urlsplit(url)
    except ValueError:
        raise Http404("This is no address.") from None
    # Our own pages name themselves by their path alone, so that they are the same under every host.
    if (parts.scheme or parts.netloc) and f"{parts.scheme}://{parts.netloc}" != origin:
        raise Http404(f"This is no address of {origin}.")
    found = view_at(parts.path)
    slug = found.kwargs.get("slug", "")
    # A lesson has the slug of its miniature.
    if found.view_name == "lessons:lesson" and slug in entries():
        entry = entries()[slug]
        first = parse(entry.cls, entry.scenarios[0].query).query
        return Named(entry, print_query(entry.cls, at_step(first, 0)), first.step)
    if found.view_name not in RUNS:
        raise Http404("At this address there is no run and no lesson.")
    entry, challenge = entry_for(slug), found.kwargs.get("challenge", "")
    asked = ask(entry, parts.query, challenge_of(entry, challenge))
    if asked.problems:
        raise Http404(asked.problems[0].sentence)
    options = sound(asked.options) if "embed" in found.view_name else {}
    told = encode([pair for pair in options.items() if pair[1]])
    query = asked.address("run", 0).partition("?")[2]
    return Named(entry, query, asked.query.step, told, challenge)


def view_at(path: str) -> ResolverMatch:
    """The view at a path, also where its last slash was left away. Raises Http404."""
    for one in (path, f"{path}/"):
        try:
            return resolve(one)
        except Resolver404:
            continue
    raise Http404("There is nothing at this address.")
