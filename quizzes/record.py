"""The log of a class in words: who did what, and what it was before."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from quizzes.models import Class, Entry, Member
from quizzes.rules.phases import WORDS as PHASES
from quizzes.rules.points import points_in_words, spelled
from quizzes.zones import day_time, long_time

PAGE = 100
"""Lines of the log that are shown at once."""
RULES = {
    "limit_s": "the time limit", "attempts": "the number of attempts", "keep": "the attempt that counts",
    "tries": "what tries are worth", "phases": "what is shown", "open_book": "the playground",
}  # fmt: skip
"""Rules that can be changed, in words."""
LEFT_OUT = ("checked", "regraded")
"""What happens by the hundred, and stands with the answers or on the page of a learner."""
NOBODY = "somebody who has been erased"


@dataclass(frozen=True)
class Line:
    """One thing that was done."""

    at: str
    by: str
    """Empty where somebody did it to themselves, without an account."""
    sentence: str
    why: str


def factor_words(factor: int | None) -> str:
    """`time × 1.5`, as it is said everywhere."""
    return "no time limit" if factor is None else f"time × {factor / 1000:g}"


def grant_words(factor: int | None, days: int, attempts: int) -> str:
    """What is granted on every quiz; empty for nothing."""
    told = [factor_words(factor)] if factor != 1000 else []
    told += [counted(days, "day")] if days else []
    told += [f"{counted(attempts, 'attempt')} more"] if attempts else []
    return ", ".join(told)


def extension_words(minutes: int, closes: datetime | None, attempts: int, zone: str) -> str:
    """What is granted on one quiz; empty for nothing."""
    told = [f"{counted(minutes, 'minute')} more"] if minutes else []
    told += [f"until {long_time(closes, zone)}"] if closes else []
    told += [f"{counted(attempts, 'attempt')} more"] if attempts else []
    return ", ".join(told)


def counted(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"


def entries_of(of: Class) -> Any:
    """The log of a class, newest first."""
    rows = Entry.objects.filter(of=of).exclude(kind__in=LEFT_OUT)
    return rows.select_related("quiz", "attempt__member", "by").order_by("-at", "-pk")


def lines(of: Class, rows: Iterable[Entry]) -> list[Line]:
    """Entries in words. Names are those of today: the log holds none."""
    members = list(Member.objects.filter(of=of))
    names = {one.pk: one.name for one in members}
    return [_Words(of.zone, names, entry).line() for entry in rows]


class _Words:
    def __init__(self, zone: str, names: dict[int, str], entry: Entry) -> None:
        self.zone, self.names, self.entry = zone, names, entry
        self.old: dict[str, Any] = entry.old if isinstance(entry.old, dict) else {}
        self.new: dict[str, Any] = entry.new if isinstance(entry.new, dict) else {}

    def line(self) -> Line:
        say = SAID.get(self.entry.kind)
        sentence = say(self) if say else self.entry.kind.replace("-", " ")
        by = self.entry.by.name if self.entry.by else ""
        return Line(day_time(self.entry.at, self.zone), by, sentence, self.entry.why)

    @property
    def who(self) -> str:
        if self.entry.attempt:
            return self.entry.attempt.member.name
        return self.names.get(self.new.get("member", 0), NOBODY)

    @property
    def quiz(self) -> str:
        return f"“{self.entry.quiz.title}”" if self.entry.quiz else "a quiz"

    def allowed(self) -> str:
        old, new = (grant_words(one.get("factor"), one["days"], one["extra_attempts"]) for one in (self.old, self.new))
        return f"{self.who} on every quiz: {_from_to(old, new)}."

    def extended(self) -> str:
        old, new = (
            extension_words(one["minutes"], _instant(one["closes"]), one["attempts"], self.zone)
            for one in (self.old, self.new)
        )
        return f"{self.who} on {self.quiz}: {_from_to(old, new)}."

    def dates(self) -> str:
        told = [
            f"{verb} {self._when(self.new[name])}, before {self._when(self.old[name])}"
            for name, verb in (("opens", "opens"), ("closes", "closes"))
            if self.old[name] != self.new[name]
        ]
        return f"{self.quiz} {'; '.join(told)}."

    def rules(self) -> str:
        told = [
            f"{RULES.get(name, name)} is {_told(name, self.new[name])}, before {_told(name, self.old[name])}"
            for name in self.new
        ]
        return f"{self.quiz}: {'; '.join(told)}."

    def variant(self) -> str:
        words = {"pinned": "pinned", "excluded": "excluded", "ready": "given again as the others"}
        place, number, state = self.new["place"], self.new["variant"], self.new["state"]
        return f"{self.quiz}, question {place}: variant {number} is {words.get(state, state)}."

    def renamed(self) -> str:
        zone = f", and its zone is {self.new['zone']}, before {self.old['zone']}" if self.new else ""
        return f"The class has other settings{zone}."

    def roster(self) -> str:
        told = [f"{counted(self.new['added'], 'learner')} put on the list"]
        told += [f"{self.new['back']} brought back"] if self.new.get("back") else []
        return f"{', '.join(told)}."

    def forms(self) -> str:
        letters = ", ".join(self.new["forms"])
        return f"Form{'s' if len(self.new['forms']) > 1 else ''} {letters} of {self.quiz}"

    def typed_in(self) -> str:
        return f"{self.who}’s paper of {self.quiz}, form {self.new['form']}, is typed in."

    def typed_in_again(self) -> str:
        form = f"form {self.new['form']}"
        if self.new["form"] != self.old["form"]:
            form += f", before {self.old['form']}"
        points, before = points_in_words(self.new["points"] or 0), spelled(self.old["points"] or 0)
        return f"{self.who}’s paper of {self.quiz}, {form}, is corrected: {points}, before {before}."

    def reopened(self) -> str:
        return f"{self.who} can go on with {self.quiz}, {counted(self.new['minutes'], 'minute')} at least."

    def excused(self) -> str:
        return f"{self.who} is excused from question {self.new['place']} of {self.quiz}."

    def counts_again(self) -> str:
        return f"Question {self.new['place']} of {self.quiz} counts for {self.who} again."

    def by_hand(self) -> str:
        points = points_in_words(self.new["points"] or 0)
        told = f"{points} {'as computed' if self.new['computed'] else 'by hand'}"
        before = spelled(self.old["points"] or 0)
        return f"{self.who}, question {self.new['place']} of {self.quiz}: {told}, before {before}."

    def regraded(self) -> str:
        new, old = (spelled(one["points"] or 0) for one in (self.new, self.old))
        return f"{self.who} has {new} points at {self.quiz} by regrade {self.new['batch']}, before {old}."

    def regrade(self) -> str:
        what = {"accept": "another answer accepted", "void": "what a question counts"}
        told = what.get(self.new["what"], "today’s run")
        how = "as computed" if self.new["lower"] else "never lower"
        return f"Regrade {self.new['batch']} of {self.quiz}, {told}, {how}: {self._changed()}."

    def regrade_undone(self) -> str:
        return f"Regrade {self.new['batch']} of {self.quiz} is undone: {self._changed()}."

    def _changed(self) -> str:
        return (
            f"{counted(self.new['variants'], 'variant')}, other points for {counted(self.new['learners'], 'learner')}"
        )

    def _when(self, text: str | None) -> str:
        at = _instant(text)
        return long_time(at, self.zone) if at else "without a date"


def _told(name: str, value: Any) -> str:
    """A rule in words."""
    if value is None:
        return "none"
    match name:
        case "limit_s":
            return counted(value // 60, "minute")
        case "tries":
            return ", ".join(f"{one / 10:g} %" for one in value)
        case "phases":
            return ", ".join(f"{part} {PHASES[phase]}" for part, phase in value.items())
        case "open_book":
            return "allowed" if value else "not wanted"
    return str(value)


def _from_to(old: str, new: str) -> str:
    return f"{new or 'nothing more'}, before {old or 'nothing'}"


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


SAID: dict[str, Callable[[_Words], str]] = {
    "joined": lambda one: f"{one.who} joined.",
    "left": lambda one: f"{one.who} left.",
    "started": lambda one: f"{one.who} started {one.quiz}.",
    "handed-in": lambda one: f"{one.who} handed in {one.quiz}.",
    "code-closed": lambda _: "The code is closed.",
    "code-opened": lambda _: "The class is open again, under a new code.",
    "code-renewed": lambda _: "The code is another.",
    "renamed": _Words.renamed,
    "archived": lambda _: "The class is put away.",
    "unarchived": lambda _: "The class is taken out again.",
    "dates": _Words.dates,
    "retitled": lambda one: f"{one.quiz} has another title.",
    "rules": _Words.rules,
    "variant": _Words.variant,
    "published": lambda one: f"{one.quiz} is published.",
    "unpublished": lambda one: f"{one.quiz} is a draft again.",
    "teaches": lambda one: f"{one.who} teaches the class too.",
    "teaches-no-more": lambda one: f"{one.who} teaches the class no longer.",
    "allowed": _Words.allowed,
    "extended": _Words.extended,
    "removed": lambda one: f"{one.who} is removed.",
    "brought-back": lambda one: f"{one.who} is back.",
    "link-renewed": lambda one: f"{one.who} got a new link.",
    "roster": _Words.roster,
    "printed": lambda one: f"{one.forms()} made for printing.",
    "print-thrown": lambda one: f"{one.forms()} thrown away.",
    "typed-in": _Words.typed_in,
    "typed-in-again": _Words.typed_in_again,
    "reopened": _Words.reopened,
    "excused": _Words.excused,
    "counts-again": _Words.counts_again,
    "by-hand": _Words.by_hand,
    "regraded": _Words.regraded,
    "regrade": _Words.regrade,
    "regrade-undone": _Words.regrade_undone,
}
"""Kind of an entry → its sentence."""
