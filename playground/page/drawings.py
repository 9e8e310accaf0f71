"""What a player draws of the step that it shows: each scene in the layouts that the page has room for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.utils.safestring import SafeString, mark_safe

from playground.asking.request import Asked
from playground.engine.questions import Posed
from playground.engine.trace import picture
from playground.scenes.callout import callout
from playground.scenes.marks import LAYOUTS, NARROW
from playground.scenes.scene import Words
from playground.scenes.svg import inner, page_attrs


@dataclass(frozen=True)
class Drawing:
    """One scene in one layout, ready for the page."""

    place: int
    layout: str
    width: int
    height: int
    svg: SafeString
    words: Words


@dataclass(frozen=True)
class Drawings:
    """The pictures of the step that is shown."""

    asked: Asked
    posed: Posed | None = None

    @property
    def first(self) -> list[Drawing]:
        """In each layout; the style sheet shows the one that fits. Of two runs, side by side, both."""
        places = range(2 if self.asked.versus else 1)
        return [self.drawing(place, layout) for layout in self.layouts for place in places]

    @property
    def layouts(self) -> tuple[str, ...]:
        """The layouts in which the run is shown: two runs, side by side, are always narrow."""
        return (NARROW,) if self.asked.versus else LAYOUTS

    @cached_property
    def beside(self) -> list[Drawing]:
        """The scenes beside or under the picture, always drawn narrow; those that stay blank are left out."""
        if self.posed or self.asked.versus:
            return []
        columns = list(zip(*(step.scenes for step in self.asked.run.steps), strict=True))
        places = [place for place, column in enumerate(columns) if place and not all(scene.blank() for scene in column)]
        return [self.drawing(place, NARROW) for place in places]

    @property
    def beside_named(self) -> str:
        """The kinds of those scenes, as the word behind which they are folded: *Chart*, *Fields and table*."""
        scenes = self.asked.run.steps[self.asked.step].scenes
        kinds = dict.fromkeys(scenes[drawing.place].kind for drawing in self.beside)
        return " and ".join(kinds).capitalize()

    def drawing(self, place: int, layout: str) -> Drawing:
        painted = picture(self.asked.run, self.asked.step, place, layout)
        # The painter escapes every text and attribute (scenes/svg.py).
        svg = mark_safe(inner(painted))  # noqa: S308 - ours, and its texts are escaped where marks become SVG
        if place == 0 and self.posed:
            # Not marks of the run: the player leaves them where they are, at every step.
            question = callout(painted, *self.posed.question.points_at(self.asked.query), layout)
            svg += mark_safe(inner(question, page_attrs))  # noqa: S308 - as above
        words = self.asked.run.steps[self.asked.step].scenes[place].words()
        return Drawing(place, layout, painted.width, painted.height, svg, words)
