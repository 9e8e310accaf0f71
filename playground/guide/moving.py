"""A run in which a kind of picture moves, to be stepped and played: of a miniature’s own run that picture alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from django.urls import reverse

from playground.asking.request import ask, entry_for
from playground.engine.moves import through
from playground.engine.registry import Entry
from playground.engine.run import Run
from playground.engine.step import Step
from playground.engine.trace import picture
from playground.page.drawings import Drawing, drawn
from playground.page.player import room_for
from playground.scenes.marks import LAYOUTS

RUNS = {
    "bitmap": ("visa-authorization", ""),
    "bytes": ("totp", ""),
    "chart": ("load-balancing", ""),
    # The attacker sends the code once more, time passes, and another code is passed on.
    "codes": ("totp", "do=replay&do=wait:47&do=phish"),
    "dag": ("git-objects", ""),
    "dump": ("git-objects", ""),
    "fields": ("tcp-ip-encapsulation", ""),
    "history": ("cap-theorem", ""),
    "layers": ("tcp-ip-encapsulation", ""),
    "log": ("kafka-why-fast", ""),
    "peers": ("cap-theorem", ""),
    "pool": ("sql-execution", ""),
    "ring": ("hash-ring", "do=remove:cleo"),
    "sequence": ("visa-authorization", ""),
    # Words that are known come back from the thief’s table: threads are drawn to it.
    "table": ("password-storage", "do=leak&do=look_up"),
    "timeline": ("http-versions", ""),
    "topology": ("load-balancing", ""),
    "tree": ("sql-execution", ""),
}
"""Kind -> a miniature and a run of it in which much of what can move does."""


@dataclass(frozen=True)
class Moving:
    """What the player’s template needs to know of it, at one step. Where the step is none of its, it says so."""

    kind: str
    wanted: str = ""

    @property
    def entry(self) -> Entry:
        return entry_for(RUNS[self.kind][0])

    @cached_property
    def run(self) -> Run:
        """The steps at which that picture is another one; all, where it moves between them too. Takes one run."""
        done = ask(self.entry, RUNS[self.kind][1]).run
        place = next(scenes.index(self.kind) for scenes in kinds(done.steps) if self.kind in scenes)
        if not place and (done.moves or through(done)):
            return replace(done, steps=[step._replace(scenes=step.scenes[:1]) for step in done.steps])
        return replace(done, steps=list(changing(done.steps, place, self.kind)), moves=[])

    @property
    def problem(self) -> str:
        if not self.wanted or (self.wanted.isdecimal() and int(self.wanted[:9]) <= self.run.last):
            return ""
        return f"“{self.wanted[:20]}” is none of its steps: they are 0 to {self.run.last}."

    @property
    def number(self) -> int:
        return 0 if self.problem else int(self.wanted or 0)

    @property
    def say(self) -> str:
        return self.run.steps[self.number].text

    @property
    def room(self) -> str:
        return room_for([step.text for step in self.run.steps])

    @property
    def drawings(self) -> list[Drawing]:
        scene = self.run.steps[self.number].scenes[0]
        return [drawn(picture(self.run, self.number, 0, layout), 0, layout, scene.words()) for layout in LAYOUTS]

    # What its transport asks for.

    @property
    def addresses(self) -> dict[str, object]:
        page = reverse("playground:guide-kind", args=[self.kind])
        steps = {"first": 0, "back": self.number - 1, "next": self.number + 1, "last": self.run.last}
        at = {name: min(max(step, 0), self.run.last) for name, step in steps.items()}
        links = {name: f"{page}?step={step}" if step else page for name, step in at.items()}
        trace = reverse("playground:guide-trace", args=[self.kind])
        return {"page": page, "form": page, "links": links, "trace": trace}

    @property
    def forms(self) -> dict[str, list[tuple[str, str]]]:
        return {"hidden": []}


def kinds(steps: list[Step]) -> Iterator[list[str]]:
    """The kinds of each step's scenes: in one place some take turns."""
    for step in steps:
        yield [scene.kind for scene in step.scenes]


def changing(steps: list[Step], place: int, kind: str) -> Iterator[Step]:
    """The steps at which a scene of this kind is another one than before, with that scene alone."""
    before = None
    for step in steps:
        scene = step.scenes[place]
        if scene.kind == kind and scene != before:
            yield step._replace(scenes=(scene,))
        before = scene
