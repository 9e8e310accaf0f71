"""A class, a quiz with real questions, and people who take it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID, uuid4

from django.test import Client

from playground.engine.content import Content, content_of
from playground.engine.questions import pose
from playground.engine.registry import entries
from quizzes import challenged
from quizzes.building import Wanted
from quizzes.frozen import freeze
from quizzes.models import Answer, Attempt, Class, Item, Member, Quiz, Variant
from quizzes.rules.phases import PRESETS
from quizzes.saving import Change
from quizzes.sessions import SessionStore
from quizzes.stock import fill
from quizzes.written import Choice, Written

NOON = datetime(2026, 12, 4, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
PICK, NUMBER, CHOICE = ("hash-ring", "who-answers"), ("hash-ring", "how-many-move"), ("totp", "who-gets-in")
KINDS = (PICK, NUMBER, CHOICE)
EVEN = ("hash-ring", "even-after-a-failure")
"""A challenge: of its four conditions two hold at the start."""
ONE = Written(
    "What does a **load balancer** see of a `GET`?",
    (
        Choice("nothing", belief="a balancer copies wires"),
        Choice("its *first line* and its headers", right=True),
        Choice("the query plan of the database"),
    ),
    "It reads the request before it chooses a server.",
    "what a balancer sees",
)
"""A question written by hand, of whose options one is right: B. C has no belief."""
SEVERAL = Written(
    "Which of these *acknowledge* what has arrived?",
    (
        Choice("`TCP`", right=True),
        Choice("`UDP`", belief="every transport is reliable"),
        Choice("QUIC", right=True),
        Choice("IP", belief="routers keep what they pass on"),
    ),
    "TCP and QUIC number what they send and say what has come.",
)
"""One of which several are: A and C."""


@cache
def content(kind: tuple[str, str], seed: int) -> Content:
    """A question of a template, posed once; or a challenge, frozen."""
    entry = entries()[kind[0]]
    if kind[1] in [one.name for one in entry.challenges]:
        return challenged.frozen(*kind)
    question = next(one for one in entry.questions if one.name == kind[1])
    return content_of(entry.slug, entry.version, pose(entry.cls, question, seed))


def class_(name: str = "Distributed systems", **more: Any) -> Class:
    return Class.objects.create(name=name, **{"zone": "Europe/Vienna"} | more)


def member(of: Class, name: str = "Ana", **more: Any) -> Member:
    return Member.objects.create(of=of, name=name, **more)


def quiz(
    of: Class, preset: str = "test", *, kinds: tuple[tuple[str, str], ...] = KINDS, stock: int = 2, **more: Any
) -> Quiz:
    """A published quiz with the rules of a preset; each question is worth two points."""
    rules = PRESETS[preset]
    columns = {
        "title": "Rings",
        "state": Quiz.State.PUBLISHED,
        "tries": list(rules.tries),
        "phases": {part: str(phase) for part, phase in rules.phases.items()},
        "attempts": rules.attempts,
    }
    made = Quiz.objects.create(of=of, **columns | more)
    for place, kind in enumerate(kinds, 1):
        frozen = content(kind, 1)
        of_kind = Item.Kind.CHALLENGE if frozen.conditions else Item.Kind.TEMPLATE
        item = Item.objects.create(
            quiz=made, place=place, kind=of_kind, miniature=kind[0], template=kind[1], points=2000
        )
        Variant.objects.bulk_create(
            Variant(item=item, number=number, seed=number, **freeze(content(kind, number))._asdict())
            for number in range(1, 2 if frozen.conditions else stock + 1)
        )
    return made


def by_hand(of: Quiz, place: int, question: Written = SEVERAL) -> Item:
    """A question written by hand at a place of a quiz, worth two points."""
    item = Item.objects.create(quiz=of, place=place, **Wanted.by_hand(question, 2000).columns)
    fill(item)
    return item


def signed_in(who: Member, **more: Any) -> Client:
    """A browser that is this member."""
    session = SessionStore()
    session["members"] = {who.of_id: who.pk}
    session.create()
    client = Client(**more)
    client.cookies["sessionid"] = str(session.session_key)
    return client


def change(value: str | None, base: int = 0, *, check: bool = False, key: UUID | None = None) -> Change:
    return Change(key or uuid4(), base, value, check=check)


def answer_of(attempt: Attempt, place: int = 1) -> Answer:
    return Answer.objects.select_related("variant").get(attempt=attempt, place=place)


def right(attempt: Attempt, place: int = 1) -> str:
    return str(answer_of(attempt, place).variant.content["right"])


def wrong(attempt: Attempt, place: int = 1, which: int = 0) -> str:
    found = [one["value"] for one in answer_of(attempt, place).variant.content["options"] if one["model"]]
    return str(found[which])
