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
from playground.guide.samples import samples
from playground.guide.states import STATES
from playground.page.drawings import Drawing
from playground.scenes.marks import LAYOUTS, NARROW, Picture
from playground.scenes.paint import paint, thumb
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
    def thumb(self) -> SafeString:
        return svg_of(thumb(next(iter(self.samples.values()))))

    @property
    def shown(self) -> list[tuple[str, list[Drawing]]]:
        """Every sample with its pictures, the narrow one first."""
        return [(name, [drawing(scene, layout) for layout in LAYOUTS]) for name, scene in self.samples.items()]


def drawing(scene: Scene, layout: str) -> Drawing:
    painted = paint(scene, layout, scene.room())
    return Drawing(0, layout, painted.width, painted.height, svg_of(painted), scene.words())


def svg_of(painted: Picture) -> SafeString:
    # The painter escapes every text and attribute (scenes/svg.py).
    return mark_safe(inner(painted))  # noqa: S308 - ours, escaped where marks become SVG


def kinds() -> dict[str, Kind]:
    return {name: Kind(name, some) for name, some in samples().items()}


@runs(at_most=0)
@read_only
def guide(request: HttpRequest) -> HttpResponse:
    """Every kind with its thumbnail."""

    def page() -> HttpResponse:
        every = kinds()
        states = [(state, drawing(every[state.kind].samples[state.sample], NARROW)) for state in STATES]
        context = {"room": "playground", "kinds": every.values(), "states": states}
        return render(request, "playground/guide.html", context)

    return kept(request, page)


@runs(at_most=0)
@read_only
def kind_page(request: HttpRequest, name: str) -> HttpResponse:
    """One kind, whole."""
    kind = find("kind of picture", name, kinds())
    context = {"room": "playground", "kind": kind, "themes": THEMES}
    return not_modified(request) or publicly(request, render(request, "playground/guide-kind.html", context))
