"""The style guide: every kind of picture, on every sample value, in both layouts and both themes."""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from functools import cached_property

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString, mark_safe

from config.methods import read_only
from playground.asking.missing import find
from playground.asking.runs import runs
from playground.caching import kept, not_modified, publicly
from playground.drawn.pictures import THEMES
from playground.engine.trace import compact, trace
from playground.guide.moving import Moving
from playground.guide.samples import samples
from playground.guide.states import COLUMNS, STATES
from playground.page.drawings import Drawing, drawn
from playground.page.views import no_layout
from playground.scenes.marks import LAYOUTS, WIDE, Picture
from playground.scenes.paint import MOTIONS, paint, thumb
from playground.scenes.scene import Scene
from playground.scenes.svg import inner


@dataclass(frozen=True)
class Kind:
    """A kind of picture, and its samples by name."""

    name: str
    samples: dict[str, Scene]

    @cached_property
    def rule(self) -> str:
        """What it shows: the first sentence of its module."""
        told = importlib.import_module(f"playground.scenes.{self.name}").__doc__ or ""
        rule = told.split("\n\n", 1)[0].replace("\n", " ").partition(": ")[2]
        return rule[:1].upper() + rule[1:]

    @property
    def moves(self) -> str:
        """What moves in it, in a sentence."""
        return MOTIONS[type(next(iter(self.samples.values())))].said

    @property
    def thumb(self) -> SafeString:
        return svg_of(thumb(next(iter(self.samples.values()))))

    @property
    def shown(self) -> list[tuple[str, list[Drawing]]]:
        """Every sample with its pictures, the narrow one first."""
        return [(name, [drawing(scene, layout) for layout in LAYOUTS]) for name, scene in self.samples.items()]


def drawing(scene: Scene, layout: str) -> Drawing:
    return drawn(paint(scene, layout, scene.room()), 0, layout, scene.words())


def svg_of(painted: Picture) -> SafeString:
    # The painter escapes every text and attribute (scenes/svg.py).
    return mark_safe(inner(painted))  # noqa: S308 - ours, escaped where marks become SVG


def kinds() -> dict[str, Kind]:
    return {name: Kind(name, some) for name, some in samples().items()}


@runs(at_most=0)
@read_only
def guide(request: HttpRequest) -> HttpResponse:
    """Every kind with its thumbnail, and the key of states."""

    def page() -> HttpResponse:
        states = [
            (state, [(name, piece, piece and svg_of(piece.picture)) for name, piece in state.cells]) for state in STATES
        ]
        context = {"room": "playground", "kinds": kinds().values(), "columns": COLUMNS, "states": states}
        return render(request, "playground/guide.html", context)

    return kept(request, page)


@runs(at_most=1)
@read_only
def kind_page(request: HttpRequest, name: str) -> HttpResponse:
    """One kind, whole: a run in which it moves, at a step of it, and every sample."""
    kind = find("kind of picture", name, kinds())
    if unchanged := not_modified(request):
        return unchanged
    moving = Moving(name, request.GET.get("step", ""))
    context = {"room": "playground", "kind": kind, "themes": THEMES, "player": moving}
    status = 422 if moving.problem else 200
    return publicly(request, render(request, "playground/guide-kind.html", context, status=status))


@runs(at_most=1)
@read_only
def kind_trace(request: HttpRequest, name: str) -> HttpResponse:
    """The run in which a kind moves, for one layout."""
    find("kind of picture", name, kinds())
    layout = request.GET.get("layout", WIDE)
    if layout not in LAYOUTS:
        return no_layout(layout)
    if unchanged := not_modified(request):
        return unchanged
    moving = Moving(name)
    body = compact(trace(moving.entry.slug, moving.entry.version, moving.run, layout))
    return publicly(request, HttpResponse(body, content_type="application/json"))
