"""What can be asked in a quiz: every template and every challenge of every miniature, and the search over them."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from playground.engine.challenges import Challenge
from playground.engine.questions import Question, pose
from playground.engine.registry import Entry
from playground.engine.replays import FORM, title_of
from playground.engine.templates import recorded
from playground.engine.turns import out_of_turn
from quizzes.kinds import shelves
from quizzes.models import Item

FORMS = {"pick": "pick on the picture", "choice": "a choice", "number": "a number", FORM: "a challenge"}
"""How a question is answered, in the words of the filter."""
RUNS = 400
"""Runs that the examples of all templates may take, once in a process."""
GUESS = Fraction(2, 5)
"""From here on it is said in colour that always saying the same is worth so much."""


@dataclass(frozen=True)
class Askable:
    """One template or one challenge, as the list shows it."""

    entry: Entry
    asked: type[Question] | Challenge
    lesson: str
    """Title of its lesson."""
    example: str
    """A prompt, as one seed makes it; of a challenge its goal."""
    best: Fraction
    """What somebody scores who always says the same; of a challenge nought, for doing nothing."""
    why_not: str
    """Why it is not offered; empty where it is."""

    @property
    def key(self) -> str:
        """`hash-ring/who-answers`, as it stands in a form."""
        return f"{self.entry.slug}/{self.name}"

    @property
    def name(self) -> str:
        return self.asked.name

    @property
    def kind(self) -> str:
        """Of the item that it becomes."""
        return str(Item.Kind.CHALLENGE if self.is_challenge else Item.Kind.TEMPLATE)

    @property
    def is_challenge(self) -> bool:
        return isinstance(self.asked, Challenge)

    @property
    def title(self) -> str:
        title = title_of(self.asked) if isinstance(self.asked, Challenge) else self.asked.title
        return f"{title[0].upper()}{title[1:]}"

    @property
    def way(self) -> str:
        """How it is answered, as an address says it."""
        return FORM if isinstance(self.asked, Challenge) else self.asked.form

    @property
    def form(self) -> str:
        return FORMS[self.way]

    @property
    def beliefs(self) -> int:
        """Wrong ideas that it tells apart."""
        return 0 if isinstance(self.asked, Challenge) else len(self.asked.wrong)

    @property
    def conditions(self) -> int:
        """What is to hold, of a challenge."""
        return len(self.asked.conditions) if isinstance(self.asked, Challenge) else 0

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
        why = "" if isinstance(self.asked, Challenge) else self.asked.because
        told = (self.title, self.example, self.lesson, self.entry.cls.title, why, self.form)
        return " ".join(told).casefold()


@cache
def askable() -> dict[str, Askable]:
    """All of them by key, in the order of the lessons, challenges after the templates of each."""
    with out_of_turn():
        found = [
            one
            for shelf in shelves().values()
            for one in (
                *(_askable(shelf.lesson.entry, question, shelf.title) for question in shelf.questions),
                *(_challenge(shelf.lesson.entry, one, shelf.title) for one in shelf.lesson.entry.challenges),
            )
        ]
    return {one.key: one for one in found}


def _askable(entry: Entry, question: type[Question], lesson: str) -> Askable:
    known = recorded(entry)[question.name]
    example = pose(entry.cls, question, 1).prompt
    return Askable(entry, question, lesson, example, Fraction(known["best"]), known["why"])


def _challenge(entry: Entry, challenge: Challenge, lesson: str) -> Askable:
    return Askable(entry, challenge, lesson, challenge.asked, Fraction(0), "")


def search(words: str = "", lesson: str = "", form: str = "") -> list[Askable]:
    """Those in which all the words stand, of one lesson and of one form where these are named."""
    wanted = words.casefold().split()
    return [
        one
        for one in askable().values()
        if lesson in ("", one.entry.slug) and form in ("", one.way) and all(word in one.words for word in wanted)
    ]
