"""One state of a run outside its page: as a picture, as a card for a link to it, as data."""

from __future__ import annotations

import json
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from config.methods import read_only
from config.origin import origin_of
from playground.asking.request import Asked, ask, entry_for, query_of
from playground.asking.runs import runs
from playground.caching import not_modified, publicly
from playground.drawn.card import WIDTH as CARD_WIDTH
from playground.drawn.card import card
from playground.drawn.pictures import THEMES, picture_of
from playground.drawn.raster import png
from playground.drawn.thumbs import thumbnail_of
from playground.embed.keepsake import keepsake
from playground.scenes.marks import LAYOUTS, WIDE, WIDTH

SHARP = 2
"""Pixels of a PNG for each unit of its picture."""

SVG = "image/svg+xml; charset=utf-8"
CARD = "card"
"""`format=card`: the state with its title and narration, in the size of a link's preview."""

CARRIED = 14
"""Runs that the scenarios of a model take, at most."""

Make = Callable[[Asked, str, str], bytes | str]


def state(request: HttpRequest, slug: str, media: str, make: Make) -> HttpResponse:
    """What `make` makes of the state (run, layout, theme); what is wrong with the query is told as text."""
    entry = entry_for(slug)
    if unchanged := not_modified(request):
        return unchanged
    asked = ask(entry, query_of(request))
    layout, theme = asked.options.get("layout", WIDE), asked.options.get("theme", THEMES[0])
    problems = [f"{problem.field}: {problem.sentence}".removeprefix(": ") for problem in asked.problems]
    if layout not in LAYOUTS:
        problems.append(f"There is no layout “{layout[:20]}”; there are {' and '.join(LAYOUTS)}.")
    if theme not in THEMES:
        problems.append(f"There is no theme “{theme[:20]}”; there are {' and '.join(THEMES)}.")
    if (form := asked.options.get("format", CARD)) != CARD:
        problems.append(f"There is no format “{form[:20]}”; there is {CARD}.")
    if problems:
        return HttpResponse(" ".join(problems), status=422, content_type="text/plain; charset=utf-8")
    response = publicly(request, HttpResponse(make(asked, layout, theme), content_type=media))
    # There is nothing private in a run, and a page elsewhere may read it.
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


@runs(at_most=5)
@read_only
def as_svg(request: HttpRequest, slug: str) -> HttpResponse:
    """The first scene, with the colours of a theme."""

    def make(asked: Asked, layout: str, theme: str) -> str:
        return card(asked, theme) if "format" in asked.options else picture_of(asked.run, asked.step, theme, layout)

    return state(request, slug, SVG, make)


@runs(at_most=5)
@read_only
def as_png(request: HttpRequest, slug: str) -> HttpResponse:
    """The same in pixels."""

    def make(asked: Asked, layout: str, theme: str) -> bytes:
        if "format" in asked.options:
            return png(card(asked, theme), CARD_WIDTH)
        return png(picture_of(asked.run, asked.step, theme, layout), SHARP * WIDTH[layout])

    return state(request, slug, "image/png", make)


# The scenarios are run once in a process, and kept.
@runs(at_most=5 + CARRIED)
@read_only
def as_file(request: HttpRequest, slug: str) -> HttpResponse:
    """The whole run with the player, opened at this state, and the scenarios of its model, as one file to keep."""

    def make(asked: Asked, layout: str, theme: str) -> str:
        return keepsake(asked, origin_of(request), asked.options.get("theme", ""))

    response = state(request, slug, "text/html; charset=utf-8", make)
    if response.status_code == 200:
        response.headers["Content-Disposition"] = f'attachment; filename="{slug}.html"'
    return response


@runs(at_most=5)
@read_only
def as_json(request: HttpRequest, slug: str) -> HttpResponse:
    """The same in words and figures."""

    def make(asked: Asked, layout: str, theme: str) -> str:
        return json.dumps(told(asked, origin_of(request)), ensure_ascii=False, separators=(",", ":"))

    return state(request, slug, "application/json", make)


def told(asked: Asked, origin: str) -> dict[str, object]:
    """A state as data. The whole run, step by step, is the API's."""
    step = asked.run.steps[asked.step]
    whole = f"/api/v1/miniatures/{asked.entry.slug}/run"
    return {
        "miniature": asked.entry.slug,
        "title": asked.entry.cls.title,
        "version": asked.entry.version,
        "query": asked.printed,
        "page": origin + asked.address(),
        "run": f"{origin}{whole}?{asked.printed_at(0)}".removesuffix("?"),
        "step": asked.step,
        "last": asked.run.last,
        "narration": step.text,
        "clock_us": step.clock,
        "metrics": [metric._asdict() for metric in step.metrics],
        "decisions": [made._asdict() for made in step.decisions],
        "pictures": [scene.words()._asdict() for scene in step.scenes],
    }


@runs(at_most=1)
@read_only
def thumbnail(request: HttpRequest, slug: str) -> HttpResponse:
    """The miniature's own small picture."""
    entry = entry_for(slug)
    theme = "dark" if request.GET.get("theme") == "dark" else "light"
    found = not_modified(request) or publicly(request, HttpResponse(thumbnail_of(entry, theme), content_type=SVG))
    # It stands under widgets in other people's pages.
    found.headers["Access-Control-Allow-Origin"] = "*"
    return found
