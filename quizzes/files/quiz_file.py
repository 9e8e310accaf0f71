"""`quiz.json`: a quiz as a file, read strictly. What is wrong is said with the place where it stands.

    {"format": 1, "title": "Rings and balancers",
     "rules": {"preset": "exercise", "opens": "2026-12-01T09:00", "closes": "2026-12-04T18:00",
               "limit_minutes": 20, "attempts": 2, "keep": "best", "tries": [100, 60, 30],
               "phases": {"verdict": "checking", "answer": "checking", "run": "handing-in"}},
     "items": [{"miniature": "hash-ring", "question": "who-answers", "points": 2,
                "also": [{"miniature": "hash-ring", "question": "how-many-move"}]},
               {"miniature": "hash-ring", "challenge": "even-after-a-failure", "points": 4},
               {"written": {"prompt": "Which of these **acknowledge** what arrived?",
                            "options": [{"text": "`TCP`", "right": true},
                                        {"text": "`UDP`", "belief": "every transport is reliable"}],
                            "because": "TCP numbers bytes and says which have come."}, "points": 1}]}

Instants without an offset are in the zone of the class. Everything in `rules` may be left out; `preset` (exercise or
test) fills what is. A limit or a number of attempts is null for none. `also` makes a pool: each learner gets one of
these questions. A challenge has a place of its own. What is written by hand is Markdown, as `quizzes.written` describes
it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Literal
from urllib.parse import quote_plus

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag, ValidationError, field_validator, model_validator

from playground.engine.registry import entries
from quizzes import written as by_hand
from quizzes.models import Item, TemplateRef
from quizzes.rules.phases import may_check
from quizzes.rules.sentence import (
    FULL,
    MOST_ATTEMPTS,
    MOST_ITEMS,
    MOST_MINUTES,
    MOST_POINTS,
    MOST_TRIES,
    TITLE,
    Rules,
    faults,
    filled,
    kind_of,
)
from quizzes.written import Written, of_source, tidied
from quizzes.zones import read_wall_time, stamp

MOST_BYTES = 140_000
MOST_WRITTEN = 120_000
"""Bytes of all questions of a quiz that are written by hand, as a form sends them: with the rest of the file they have
to be less than a server takes (`DATA_UPLOAD_MAX_MEMORY_SIZE`)."""
MOST_KINDS = 12
"""Templates at one place."""
Percent = Annotated[int, Field(ge=0, le=100)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class Phases(_Strict):
    verdict: Literal["never", "checking", "handing-in", "closing"]
    answer: Literal["never", "checking", "handing-in", "closing"]
    run: Literal["never", "checking", "handing-in", "closing"]


class WrittenRules(_Strict):
    preset: Literal["exercise", "test"] = "test"
    opens: str | None = Field(default=None, max_length=40)
    closes: str | None = Field(default=None, max_length=40)
    limit_minutes: int | None = Field(default=None, ge=1, le=MOST_MINUTES)
    attempts: int | None = Field(default=None, ge=1, le=MOST_ATTEMPTS)
    keep: Literal["best", "last", "first", "average"] = "best"
    tries: list[Percent] | None = Field(default=None, min_length=1, max_length=MOST_TRIES)
    phases: Phases | None = None
    open_book: bool = True


class Template(_Strict):
    miniature: str = Field(max_length=60)
    question: str = Field(max_length=60)

    @property
    def kind(self) -> TemplateRef:
        return TemplateRef(self.miniature, self.question)

    @model_validator(mode="after")
    def exists(self) -> Template:
        _known(self.miniature, "question", self.question)
        return self


def _known(miniature: str, what: Literal["question", "challenge"], name: str) -> None:
    """Raises ValueError with a sentence where there is no such question or challenge."""
    entry = entries().get(miniature)
    if entry is None:
        raise ValueError(f"there is no miniature “{miniature}”; there are {', '.join(entries())}")
    names = [one.name for one in (entry.questions if what == "question" else entry.challenges)]
    if name not in names:
        raise ValueError(f"{miniature} has no {what} “{name}”; it has {', '.join(names)}")


class _Worth(_Strict):
    points: int | float = Field(default=1, ge=0, le=MOST_POINTS)

    @field_validator("points")
    @classmethod
    def whole(cls, points: float) -> float:
        if abs(points * 1000 - round(points * 1000)) > 1e-6:
            raise ValueError("write at most three decimals")
        return points


class Question(Template, _Worth):
    also: list[Template] = Field(default_factory=list, max_length=MOST_KINDS - 1)

    @model_validator(mode="before")
    @classmethod
    def is_one(cls, told: Any) -> Any:
        if isinstance(told, dict) and ("question" in told) == ("challenge" in told):
            raise ValueError("write either a question or a challenge")
        return told

    @property
    def kinds(self) -> list[TemplateRef]:
        return [one.kind for one in (self, *self.also)]

    @model_validator(mode="after")
    def differ(self) -> Question:
        if twice := next((kind for kind in self.kinds if self.kinds.count(kind) > 1), None):
            raise ValueError(f"{twice.key} stands twice at one place")
        return self


class ChallengeItem(_Worth):
    miniature: str = Field(max_length=60)
    challenge: str = Field(max_length=60)

    @property
    def kind(self) -> TemplateRef:
        return TemplateRef(self.miniature, self.challenge)

    @property
    def kinds(self) -> list[TemplateRef]:
        return [self.kind]

    @model_validator(mode="after")
    def exists(self) -> ChallengeItem:
        _known(self.miniature, "challenge", self.challenge)
        return self


class WrittenChoice(_Strict):
    text: str
    right: bool = False
    belief: str = ""


class WrittenQuestion(_Strict):
    name: str = ""
    prompt: str
    options: list[WrittenChoice] = Field(max_length=20)
    because: str = ""

    @model_validator(mode="after")
    def can_be_asked(self) -> WrittenQuestion:
        if wrong := by_hand.faults(self.written):
            raise ValueError("; ".join(f"{fault.place}: {fault.sentence}" for fault in wrong))
        return self

    @property
    def written(self) -> Written:
        return tidied(of_source(self.model_dump()))


class WrittenItem(_Worth):
    written: WrittenQuestion

    @property
    def question(self) -> Written:
        return self.written.written


def _kind(told: Any) -> str:
    found = told if isinstance(told, dict) else {}
    if "written" in found:
        return "written"
    return "challenge" if "challenge" in found and "question" not in found else "template"


Asked = Annotated[
    Annotated[Question, Tag("template")]
    | Annotated[ChallengeItem, Tag("challenge")]
    | Annotated[WrittenItem, Tag("written")],
    Discriminator(_kind),
]
TAGS = ("template", "challenge", "written")
"""What pydantic puts into a place beside the number of an item."""


class QuizFile(_Strict):
    format: Literal[1]
    title: str = Field(min_length=1, max_length=TITLE, pattern=r"\S")
    rules: WrittenRules = Field(default_factory=WrittenRules)
    items: list[Asked] = Field(min_length=1, max_length=MOST_ITEMS)

    @field_validator("title")
    @classmethod
    def seen(cls, title: str) -> str:
        if not title.isprintable():
            raise ValueError("a title is made of signs that can be seen")
        return title

    @model_validator(mode="after")
    def has_room(self) -> QuizFile:
        if sum(size_of(one.question) for one in self.items if isinstance(one, WrittenItem)) > MOST_WRITTEN:
            raise ValueError("all questions that are written by hand are too long together; make two quizzes")
        return self


class Unreadable(Exception):
    """A file that is no quiz; each line of the message names a place and what is wrong there."""


@dataclass(frozen=True)
class Read:
    """A quiz as the tables hold it."""

    title: str
    columns: dict[str, Any]
    items: list[Question | ChallengeItem | WrittenItem]


def size_of(question: Written) -> int:
    """Bytes of a question as a form sends it."""
    return len(quote_plus(json.dumps(question.source(), ensure_ascii=False, indent=2)))


def write(title: str, rules: Rules, items: Iterable[Item]) -> str:
    """The file of a quiz, from which `read` makes the same again."""
    told = {
        "format": 1,
        "title": title,
        "rules": {
            "preset": kind_of(rules.phases),
            "opens": stamp(rules.opens),
            "closes": stamp(rules.closes),
            "limit_minutes": rules.limit_s // 60 if rules.limit_s else None,
            "attempts": rules.attempts,
            "keep": rules.keep,
            "tries": [one // 10 for one in rules.tries],
            "phases": dict(rules.phases),
            "open_book": rules.open_book,
        },
        "items": [
            _asked(item) | {"points": item.points // 1000 if item.points % 1000 == 0 else item.points / 1000}
            for item in items
        ],
    }
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def _asked(item: Item) -> dict[str, Any]:
    if item.written is not None:
        return {"written": item.written}
    what = "challenge" if item.kind == Item.Kind.CHALLENGE else "question"
    first, *further = [{"miniature": kind.miniature, what: kind.template} for kind in item.kinds]
    return first | ({"also": further} if further else {})


def read(text: str, zone: str) -> Read:
    """A quiz from the text of its file. Raises Unreadable."""
    if len(text) > MOST_BYTES:
        raise Unreadable(f"The file is longer than {MOST_BYTES:,} characters.")
    try:
        found = QuizFile.model_validate(json.loads(text, object_pairs_hook=_once))
    except json.JSONDecodeError as fault:
        raise Unreadable(f"Line {fault.lineno}: this is not JSON ({fault.msg}).") from None
    except RecursionError:
        raise Unreadable("The file is nested too deeply for a quiz.") from None
    except ValidationError as fault:
        lines = [f"{_place(error['loc'])}: {error['msg'].removeprefix('Value error, ')}" for error in fault.errors()]
        raise Unreadable("\n".join(lines)) from None
    except ValueError:  # a number of thousands of digits
        raise Unreadable("A number in it is longer than any number of a quiz.") from None
    return Read(found.title.strip(), _columns(found.rules, zone), found.items)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object, in which nothing is said twice: JSON leaves open which of the two would count (RFC 8259, 4)."""
    told = dict(pairs)
    if len(told) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        # What is no text (a lone surrogate) cannot be shown as it is.
        raise Unreadable(f"“{twice.encode('utf-8', 'replace').decode()}” stands twice in one object.")
    return told


def _place(parts: tuple[int | str, ...]) -> str:
    """`items[2].points`, counted from nought as JSON does."""
    spelled = ""
    if parts[:1] == ("items",) and parts[2:3] and parts[2] in TAGS:
        parts = parts[:2] + parts[3:]
    for part in parts:
        spelled += f"[{part}]" if isinstance(part, int) else f".{part}" if spelled else part
    return spelled or "the file"


def _columns(rules: WrittenRules, zone: str) -> dict[str, Any]:
    opens, closes = _instant("rules.opens", rules.opens, zone), _instant("rules.closes", rules.closes, zone)
    preset = filled(rules.preset, closes)
    phases: dict[str, str] = rules.phases.model_dump() if rules.phases else preset.phases
    tries = tuple(10 * percent for percent in rules.tries) if rules.tries else preset.tries
    if not rules.tries and not may_check(phases):
        tries = FULL
    if wrong := faults(opens, closes, phases, tries):
        raise Unreadable("\n".join(f"rules.{fault.rule}: {fault.sentence}" for fault in wrong))
    given = rules.model_fields_set
    return {
        "opens": opens,
        "closes": closes,
        "limit_s": rules.limit_minutes * 60 if rules.limit_minutes else None,
        "attempts": rules.attempts if "attempts" in given else preset.attempts,
        "keep": rules.keep,
        "tries": list(tries),
        "phases": {part: str(phase) for part, phase in phases.items()},
        "open_book": rules.open_book,
    }


def _instant(place: str, text: str | None, zone: str) -> datetime | None:
    if text is None:
        return None
    try:
        datetime.fromisoformat(text)
    except ValueError:
        raise Unreadable(f"{place}: write an instant such as 2026-12-04T18:00, not “{text}”.") from None
    try:
        return read_wall_time(text, zone)
    except ValueError as fault:
        raise Unreadable(f"{place}: {fault}") from None
