"""All lessons: `content/<area>/<slug>.md`, read once in each process."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any, NamedTuple

from django.utils.safestring import SafeString

from lessons import markdown
from lessons.areas import AREAS, Area
from lessons.front import Front, split
from lessons.problems import Problem, Unsound
from playground.asking.missing import find
from playground.engine.about import Check
from playground.engine.registry import Entry, entries

CONTENT = Path(__file__).resolve().parent / "content"


class Chapter(NamedTuple):
    """HTML of one chapter: what leads to its stage, the stage, what follows from it; and its heading, if it has one."""

    lead: SafeString
    stage: SafeString
    rest: SafeString
    heading: str = ""
    anchor: str = ""
    """The id of the heading."""


@dataclass(frozen=True)
class Lesson:
    """One file. Its front matter is read at once, its prose when somebody wants it."""

    slug: str
    path: Path
    front: Front
    prose: str

    @property
    def file(self) -> str:
        """The path as problems name it."""
        return (
            self.path.relative_to(CONTENT.parent.parent).as_posix()
            if self.path.is_relative_to(CONTENT)
            else self.path.name
        )

    @property
    def entry(self) -> Entry:
        return entries()[self.front.miniature]

    @cached_property
    def told(self) -> markdown.Told:
        return markdown.Told(self.front)

    @cached_property
    def tokens(self) -> list[markdown.Token]:
        return markdown.read(self.prose, self.front.body_line)

    @cached_property
    def problems(self) -> list[Problem]:
        lines = self.path.read_text("utf-8").splitlines()
        return self.misplaced() + markdown.check(self.tokens, self.told, self.file, lines)

    def misplaced(self) -> list[Problem]:
        """A lesson lies in the folder of its area, under the slug of its miniature."""
        wanted = f"{self.front.area}/{self.front.miniature}.md"
        if self.path.as_posix().endswith(f"/{wanted}"):
            return []
        return [
            Problem(
                self.file, 1, "The file does not lie where its area and miniature say.", f"Move it to content/{wanted}."
            )
        ]

    @cached_property
    def chapters(self) -> list[Chapter]:
        """The prose with its players, by chapters. Raises Unsound where anything in it is wrong."""
        if self.problems:
            raise Unsound(self.problems)
        return [self.chapter(one) for one in markdown.chapters(list(markdown.waiting(self.tokens)))]

    def chapter(self, told: markdown.Chapter) -> Chapter:
        """One chapter, rendered."""
        parts = (told.lead, [told.stage] if told.stage else [], told.rest)
        lead, stage, rest = (markdown.render(part, self.told) for part in parts)
        return Chapter(lead, stage, rest, told.heading, markdown.anchor(told.heading))

    @property
    def evidence(self) -> list[tuple[Check, dict[str, Any], str]]:
        """What the model was compared with, as far as that has been done: check, figures, number of cases."""
        return [(check, figures, f"{figures['cases']:,}") for check, figures in self.entry.evidence() if figures]

    @property
    def prerequisites(self) -> list[Lesson]:
        """The lessons to read first, as far as they exist."""
        known = lessons()
        return [known[slug] for slug in self.front.prerequisites if slug in known]

    @property
    def leads_to(self) -> list[Lesson]:
        """The lessons that want this one to be read first."""
        return [lesson for lesson in lessons().values() if self.slug in lesson.front.prerequisites]


def load(path: Path) -> Lesson:
    """Raises Unsound where the front matter cannot be used."""
    lesson_file = path.relative_to(CONTENT.parent.parent).as_posix() if path.is_relative_to(CONTENT) else path.name
    front, prose = split(path.read_text("utf-8"), lesson_file)
    return Lesson(path.stem, path, front, prose)


@cache  # kept: one
def lessons() -> dict[str, Lesson]:
    """Every lesson by slug, in the order of areas and then of titles."""
    order = [area.name for area in AREAS]
    found = [load(path) for path in CONTENT.glob("*/*.md")]
    found.sort(key=lambda lesson: (order.index(lesson.front.area), lesson.front.title))
    return {lesson.slug: lesson for lesson in found}


def by_area() -> list[tuple[Area, list[Lesson]]]:
    """The areas that have lessons, with them."""
    rooms = [(area, [lesson for lesson in lessons().values() if lesson.front.area == area.name]) for area in AREAS]
    return [(area, found) for area, found in rooms if found]


def lesson_for(slug: str) -> Lesson:
    """The lesson with that slug. Raises Http404 with a sentence that names near ones."""
    return find("lesson", slug, lessons())
