"""Quizzes that are ready to be taken over: files under `samples/`, three for a lesson."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from quizzes.files.quiz_file import Read, read
from quizzes.kinds import shelves
from quizzes.record import counted
from quizzes.rules.points import points_in_words
from quizzes.rules.sentence import kind_of

SAMPLES = Path(__file__).resolve().parent / "samples"


@dataclass(frozen=True)
class Ready:
    """One file."""

    key: str
    """`hash-ring/3-test`, as it stands in a form."""
    lesson: str
    """Title of its lesson."""
    read: Read

    @property
    def words(self) -> str:
        """`A test: 4 questions, 8 points, 15 minutes`."""
        rules = self.read.columns
        kind = "An exercise" if kind_of(rules["phases"]) == "exercise" else "A test"
        told = [
            counted(len(self.read.items), "question"),
            points_in_words(round(sum(one.points for one in self.read.items) * 1000)),
        ]
        told += [counted(rules["limit_s"] // 60, "minute")] if rules["limit_s"] else []
        return f"{kind}: {', '.join(told)}"


@cache
def ready() -> dict[str, Ready]:
    """All of them by key, in the order of the lessons. They hold no dates, so that no zone matters."""
    return {
        f"{slug}/{path.stem}": Ready(f"{slug}/{path.stem}", shelf.title, read(path.read_text("utf-8"), "UTC"))
        for slug, shelf in shelves().items()
        for path in sorted((SAMPLES / slug).glob("*.json"))
    }


def by_lesson() -> list[tuple[str, list[Ready]]]:
    """The same under the titles of their lessons."""
    found: dict[str, list[Ready]] = {}
    for one in ready().values():
        found.setdefault(one.lesson, []).append(one)
    return list(found.items())
