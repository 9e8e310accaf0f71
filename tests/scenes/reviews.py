"""Reviews of posed questions: each wrong answer at the step where it parts, as a picture with its two ways on it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from playground.engine.questions import Option, pose
from playground.engine.registry import entries
from playground.engine.run import Run, run
from playground.engine.trace import picture
from playground.scenes.marks import LAYOUTS, Mark, Picture
from playground.scenes.reach import Reach, reach
from playground.scenes.ways import Way, ways

SEEDS = range(1, 9)

DRAWN = (
    ("hash-ring", "who-answers"), ("load-balancing", "who-is-next"), ("load-balancing", "slow-share"),
    ("password-storage", "who-is-read-first"), ("http-versions", "who-is-last"),
)  # fmt: skip
"""The templates whose ways are lines: miniature and question."""


class Reviewed(NamedTuple):
    """`right` and `wrong` are the names of the things at which the ways end."""

    layout: str
    seen: Picture
    over: dict[str, Mark]
    scene: Any
    asked: str
    right: str
    wrong: str

    def attrs(self, key: str) -> dict[str, str]:
        return dict(self.over[key].attrs)

    def box(self, key: str) -> Reach:
        x, y, wide, high = (float(self.attrs(key)[name]) for name in ("x", "y", "width", "height"))
        return Reach(x + wide / 2, y + high / 2, wide / 2, high / 2)

    def thing(self, key: str) -> Reach:
        """Where a thing of the picture below stands."""
        found = reach(self.seen, key)
        assert found, key
        return found

    def mark(self, key: str) -> dict[str, str]:
        """The attributes of a mark of the picture below."""
        return next(dict(mark.attrs) for mark in self.seen.marks if mark.key == key)


@cache
def posed(slug: str, name: str, seed: int) -> tuple[Run, str, Option, tuple[Option, ...]]:
    """The run, the key of the asked mark, the right option and the wrong ones."""
    entry = entries()[slug]
    question = next(one for one in entry.questions if one.name == name)
    asked = pose(entry.cls, question, seed)
    wrong = tuple(option for option in asked.options if option.parting)
    return run(entry.cls, asked.query), question.points_at(asked.query)[0], asked.options[asked.place], wrong


def reviews(slug: str, name: str) -> Iterator[Reviewed]:
    for seed in SEEDS:
        done, asked, right, wrong = posed(slug, name, seed)
        for option in wrong:
            step, _, machines, mine = option.parting or (0, "", "", "")
            to = (right.value, machines) if not right.value.isdecimal() else (machines,)
            away = (option.value, mine) if not option.value.isdecimal() else (mine,)
            for layout in LAYOUTS:
                seen = picture(done, step, 0, layout)
                over = ways(seen, Way(away, f"you: {away[0]}"), Way(to, to[0]), layout, asked)
                scene = done.steps[step].scenes[0]
                yield Reviewed(layout, seen, {mark.key: mark for mark in over.marks}, scene, asked, to[0], away[0])
