"""What there is to practise: the lessons that have questions, with them."""

from __future__ import annotations

from dataclasses import dataclass

from lessons.catalogue import Lesson, lessons
from playground.engine.questions import Question

FIRST = 3
"""Lessons to begin with for who has read none."""


@dataclass(frozen=True)
class Shelf:
    """One lesson and its questions."""

    lesson: Lesson
    questions: tuple[type[Question], ...]

    @property
    def slug(self) -> str:
        """Of the miniature, and so of the lesson."""
        return self.lesson.slug

    @property
    def title(self) -> str:
        return self.lesson.front.title

    @property
    def kinds(self) -> list[str]:
        """Its questions as they stand in addresses."""
        return [f"{self.slug}/{question.name}" for question in self.questions]


def shelves() -> dict[str, Shelf]:
    """Every lesson with questions by slug, in the order of the list of lessons."""
    found = {slug: Shelf(lesson, lesson.entry.questions) for slug, lesson in lessons().items()}
    return {slug: shelf for slug, shelf in found.items() if shelf.questions}


def to_begin_with() -> list[str]:
    """Slugs of a few lessons that want no other one first."""
    return [slug for slug, shelf in shelves().items() if not shelf.lesson.prerequisites][:FIRST]
