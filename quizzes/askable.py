"""What can be asked in a quiz: every template of every miniature, and the search over them."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from playground.engine.questions import Question, pose
from playground.engine.registry import Entry
from playground.engine.templates import recorded
from playground.engine.turns import out_of_turn
from quizzes.kinds import shelves

FORMS = {"pick": "pick on the picture", "choice": "a choice", "number": "a number"}
"""How a question is answered, in the words of the filter."""
RUNS = 400
"""Runs that the examples of all templates may take, once in a process."""
GUESS = Fraction(2, 5)
"""From here on it is said in colour that always saying the same is worth so much."""


@dataclass(frozen=True)
class Askable:
    """One template, as the list shows it."""

    entry: Entry
    question: type[Question]
    lesson: str
    """Title of its lesson."""
    example: str
    """A prompt, as one seed makes it."""
    best: Fraction
    """What somebody scores who always says the same."""
    why_not: str
    """Why it is not offered; empty where it is."""

    @property
    def key(self) -> str:
        """`hash-ring/who-answers`, as it stands in a form."""
        return f"{self.entry.slug}/{self.question.name}"

    @property
    def title(self) -> str:
        return f"{self.question.title[0].upper()}{self.question.title[1:]}"

    @property
    def form(self) -> str:
        return FORMS[self.question.form]

    @property
    def beliefs(self) -> int:
        """Wrong ideas that it tells apart."""
        return len(self.question.wrong)

    @property
    def guess(self) -> int:
        """The best blind guess, in per cent."""
        return int(100 * self.best)

    @property
    def is_guessed(self) -> bool:
        return self.best >= GUESS

    @property
    def words(self) -> str:
        """All that the search looks through."""
        told = (self.question.title, self.example, self.lesson, self.entry.cls.title, self.question.because, self.form)
        return " ".join(told).casefold()


@cache
def askable() -> dict[str, Askable]:
    """Every template by its key, in the order of the lessons."""
    with out_of_turn():
        found = [
            _askable(shelf.lesson.entry, question, shelf.title)
            for shelf in shelves().values()
            for question in shelf.questions
        ]
    return {one.key: one for one in found}


def _askable(entry: Entry, question: type[Question], lesson: str) -> Askable:
    known = recorded(entry)[question.name]
    example = pose(entry.cls, question, 1).prompt
    return Askable(entry, question, lesson, example, Fraction(known["best"]), known["why"])


def search(words: str = "", lesson: str = "", form: str = "") -> list[Askable]:
    """Those in which all the words stand, of one lesson and of one form where these are named."""
    wanted = words.casefold().split()
    return [
        one
        for one in askable().values()
        if lesson in ("", one.entry.slug)
        and form in ("", one.question.form)
        and all(word in one.words for word in wanted)
    ]
