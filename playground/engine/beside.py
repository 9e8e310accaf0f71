"""Two runs of one model side by side: the same inputs but for one, the same actions, one slider.

Where virtual time passes, a step of the pair is an instant: both runs stand where they stood then. Where none
does, it is the n-th step of an action. What differs between the two pictures at a step wears a ring.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import zip_longest

from playground.engine.miniature import Metric
from playground.engine.run import Run
from playground.engine.step import Step
from playground.scenes.difference import Seen, ringed
from playground.scenes.marks import Picture
from playground.scenes.paint import paint, paints, thumb
from playground.scenes.scene import Scene, Words


class Singles:
    """The scenes of two runs, each painted and told once: the one stays while the other moves on."""

    def __init__(self) -> None:
        # By identity, which is cheaper to tell than equality; the scene is kept, so that no other takes its place.
        self._seen: dict[tuple[int, str, tuple[int, ...]], tuple[Scene, Seen]] = {}
        self._told: dict[int, tuple[Scene, Words]] = {}

    def seen(self, scene: Scene, layout: str, room: tuple[int, ...]) -> Seen:
        key = id(scene), layout, room
        if key not in self._seen:
            self._seen[key] = scene, Seen(paint(scene, layout, room))
        return self._seen[key][1]

    def words(self, scene: Scene) -> Words:
        if id(scene) not in self._told:
            self._told[id(scene)] = scene, scene.words()
        return self._told[id(scene)][1]


@dataclass(frozen=True)
class Beside:
    """A scene of one run, painted with rings around what is otherwise in the other's."""

    scene: Scene
    other: Scene
    name: str
    table: Words | None = None
    """Both runs as one table, where the scene speaks for the pair."""
    singles: Singles = field(default_factory=Singles, compare=False, repr=False)

    @property
    def kind(self) -> str:
        return self.scene.kind

    def room(self) -> tuple[int, ...]:
        """As much as either needs, so that both are drawn to one scale."""
        if self.other.kind != self.kind:
            return self.scene.room()
        return tuple(map(max, self.scene.room(), self.other.room()))

    def blank(self) -> bool:
        return self.scene.blank()

    def words(self) -> Words:
        own = self.singles.words(self.scene)
        return (self.table or own)._replace(sentence=f"{self.name}: {own.sentence}")


def painted(here: Beside, layout: str, room: tuple[int, ...]) -> Picture:
    mine = here.singles.seen(here.scene, layout, room)
    return ringed(mine, here.singles.seen(here.other, layout, room)) if here.other.kind == here.kind else mine.picture


def small(here: Beside) -> Picture:
    return thumb(here.scene)


paints(Beside, painted, small)


def pair(left: Run, right: Run, names: tuple[str, str]) -> Run:
    """The two runs as one whose steps have two scenes. Its query, actions and outcome are those of the left one."""
    paired = Run(left.cls, left.query, outcome=left.outcome, machine=left.machine)
    before, singles = (-1, -1), Singles()
    for here in together(left.steps, right.steps):
        moved = (here[0] != before[0], here[1] != before[1])
        step = joined(left.steps[here[0]], right.steps[here[1]], names, moved, singles)
        paired.starts.setdefault(step.act, len(paired.steps))
        paired.steps.append(step)
        before = here
    paired.stopped = left.stopped or right.stopped
    return paired


def together(left: list[Step], right: list[Step]) -> Iterator[tuple[int, int]]:
    """Numbers of the steps that stand beside each other."""
    timed = any(step.clock for step in (*left, *right))
    groups = [by_moment(steps, timed=timed) for steps in (left, right)]
    here = (0, 0)
    for moment in sorted(groups[0].keys() | groups[1].keys()):
        for pace in zip_longest(groups[0].get(moment, []), groups[1].get(moment, [])):
            here = (here[0] if pace[0] is None else pace[0], here[1] if pace[1] is None else pace[1])
            yield here


def by_moment(steps: list[Step], *, timed: bool) -> dict[int, list[int]]:
    """Numbers of the steps of each instant, or of each action where no time passes."""
    found: dict[int, list[int]] = {}
    for number, step in enumerate(steps):
        found.setdefault(step.clock if timed else step.act, []).append(number)
    return found


def joined(left: Step, right: Step, names: tuple[str, str], moved: tuple[bool, bool], singles: Singles) -> Step:
    """One step of the pair. Told is what has just happened: in both, or in the one that moved."""
    said = [f"{name}: {step.text}" for name, step, went in zip(names, (left, right), moved, strict=True) if went]
    text = f"Both: {left.text}" if all(moved) and left.text == right.text else " ".join(said)
    lead = left if moved[0] else right
    table = both(singles.words(left.scenes[0]), singles.words(right.scenes[0]), names)
    scenes = (
        Beside(left.scenes[0], right.scenes[0], names[0], table, singles),
        Beside(right.scenes[0], left.scenes[0], names[1], None, singles),
    )
    figures, now = against(left, right, names[1]), max(left.clock, right.clock)
    stop = any(step.stop for step, went in zip((left, right), moved, strict=True) if went)
    return Step(text, scenes, figures, (), now, lead.line, lead.act, stop)


def against(left: Step, right: Step, name: str) -> tuple[Metric, ...]:
    """The figures of the left, with those of the right beside them."""
    others = {metric.label: metric.value for metric in right.metrics}
    return tuple(
        Metric(metric.label, metric.value, f"{name}: {others[metric.label]}" if metric.label in others else metric.note)
        for metric in left.metrics
    )


def both(left: Words, right: Words, names: tuple[str, str]) -> Words:
    """The two tables as one: a row for each thing, a column for each run, and whether they differ."""
    tables = [{row[0]: " · ".join(row[1:]) for row in words.rows if row} for words in (left, right)]
    rows = tuple(
        (
            thing,
            *(table.get(thing, "–") for table in tables),
            "" if len({table.get(thing) for table in tables}) == 1 else "≠",
        )
        for thing in dict.fromkeys((*tables[0], *tables[1]))
    )
    return Words("", (left.head[0] if left.head else "", *names, ""), rows)


def differences(paired: Run, name: str) -> str:
    """The figures at the end in one sentence: those that differ."""
    told = [
        f"{metric.label[0].lower()}{metric.label[1:]} {metric.value} against {metric.note.removeprefix(f'{name}: ')}"
        for metric in paired.steps[-1].metrics
        if metric.note.startswith(f"{name}: ") and metric.note != f"{name}: {metric.value}"
    ]
    sentence = "; ".join(told) if told else "every figure is the same in both"
    return f"At the end: {sentence}."
