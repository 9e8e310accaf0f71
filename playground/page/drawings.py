"""What a player draws of the step that it shows: each scene in the layouts that the page has room for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.utils.safestring import SafeString, mark_safe

from playground.asking.request import Asked
from playground.engine.questions import Posed
from playground.engine.trace import picture
from playground.page.answered import Said
from playground.scenes.callout import callout
from playground.scenes.marks import LAYOUTS, NARROW, WIDE, Picture
from playground.scenes.scene import Words
from playground.scenes.svg import inner, page_attrs

TALL = {WIDE: 474, NARROW: 440}
"""The most units of height that a window has room for, beside narration, buttons and verbs; the player and its style
sheet keep the same."""
BESIDE = 640
"""The most units of height that all scenes beside a picture may have to stand beside it: more would push the buttons
out of the window, and is folded."""


@dataclass(frozen=True)
class Drawing:
    """One scene in one layout, ready for the page."""

    place: int
    layout: str
    width: int
    height: int
    svg: SafeString
    words: Words

    @property
    def tall(self) -> bool:
        """Whether it is higher than the room that a window has for it: no text is drawn smaller to fit."""
        return self.height > TALL[self.layout]


def drawn(painted: Picture, place: int, layout: str, words: Words, over: str = "") -> Drawing:
    """A painted scene, with what lies on it, ready for the page."""
    # The painter escapes every text and attribute (scenes/svg.py).
    svg = mark_safe(inner(painted) + over)  # noqa: S308 - ours, and its texts are escaped where marks become SVG
    return Drawing(place, layout, painted.width, painted.height, svg, words)


@dataclass(frozen=True)
class Drawings:
    """The pictures of the step that is shown."""

    asked: Asked
    posed: Posed | None = None
    said: Said | None = None
    """What the question has been answered with."""

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
    def places_beside(self) -> list[int]:
        """The scenes beside or under the picture, by their places; those that stay blank are left out."""
        if self.posed or self.asked.versus:
            return []
        columns = list(zip(*(step.scenes for step in self.asked.run.steps), strict=True))
        return [place for place, column in enumerate(columns) if place and not all(scene.blank() for scene in column)]

    @cached_property
    def beside(self) -> list[Drawing]:
        """Those scenes, always drawn narrow."""
        return [self.drawing(place, NARROW) for place in self.places_beside]

    @property
    def too_tall_beside(self) -> bool:
        """Whether they stay behind their word also where there is room at the side."""
        return sum(drawing.height for drawing in self.beside) > BESIDE

    @property
    def beside_named(self) -> str:
        """The kinds of those scenes, as the word behind which they are folded: *Chart*, *Fields and table*."""
        scenes = self.asked.run.steps[self.asked.step].scenes
        kinds = dict.fromkeys(scenes[place].kind for place in self.places_beside)
        return " and ".join(kinds).capitalize()

    def drawing(self, place: int, layout: str) -> Drawing:
        painted = picture(self.asked.run, self.asked.step, place, layout)
        over = self.over(painted, layout) if place == 0 else ""
        return drawn(painted, place, layout, self.asked.run.steps[self.asked.step].scenes[place].words(), over)

    def over(self, painted: Picture, layout: str) -> str:
        """What lies on the first picture: the question, or both ways out of it.

        They are no marks of the run: the player leaves them where they are, at every step.
        """
        if self.said:
            return self.said.drawn(painted, layout)
        if not self.posed:
            return ""
        question = callout(painted, *self.posed.question.points_at(self.posed.query), layout)
        return f'<g class="callout">{inner(question, page_attrs)}</g>'

    @property
    def ways(self) -> list[tuple[str, SafeString]]:
        """Both ways for each layout: for a player that leaves its picture alone when the rest of it changes."""
        if not self.said:
            return []
        painted = [(layout, picture(self.asked.run, self.asked.step, 0, layout)) for layout in self.layouts]
        return [(layout, mark_safe(self.over(one, layout))) for layout, one in painted]  # noqa: S308 - as above
