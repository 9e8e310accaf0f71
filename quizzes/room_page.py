"""What the pages of a room show: the question, the votes that may be told, and what the machine did."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from django.urls import reverse

from playground.drawn.symbols import qr_modules
from playground.scenes.qr import QUIET
from playground.scenes.qr import runs as strokes
from quizzes import voting
from quizzes.frozen import thaw_run, whole_run
from quizzes.models import Room
from quizzes.record import counted
from quizzes.rules.rounds import BALLOTS, GOES_ON, ORDER, WORDS, Phase, ballots_shown
from quizzes.showing import Badge, Showing, answers, asking, reviewing

MOST_ROWS = 9
"""Answers that a histogram lists: typed numbers have no end."""
LONG = 200
"""Units of the longest bar."""


class Bar(NamedTuple):
    """How many voted for an answer in one ballot, and how long that is drawn."""

    ballot: int
    votes: int
    long: float


@dataclass(frozen=True)
class Row:
    """One answer of the histogram."""

    value: str
    badge: Badge | None
    bars: tuple[Bar, ...]
    right: bool

    @property
    def figures(self) -> str:
        """`11 → 6`, or one figure where one vote is shown."""
        return " → ".join(str(bar.votes) for bar in self.bars)

    @property
    def data(self) -> str:
        """The same for the picture: counts in a row."""
        return " ".join(str(bar.votes) for bar in self.bars)


class Stepped(NamedTuple):
    """A phase in the list: what it is called, and whether it is over, now, or to come."""

    words: str
    state: str


@dataclass(frozen=True)
class RoomPage:
    """A room at one moment."""

    room: Room
    voter: str = ""
    """The phone that looks; empty for the screen in front."""
    origin: str = ""

    @property
    def phase(self) -> Phase:
        return Phase(self.room.phase)

    @property
    def told(self) -> bool:
        """Whether the right answer may be told."""
        return self.phase in (Phase.RUN, Phase.ENDED)

    @property
    def open(self) -> bool:
        """Whether votes are taken."""
        return self.phase in BALLOTS

    @property
    def code(self) -> str:
        """As it is read aloud: in two groups."""
        code = self.room.code or ""
        return f"{code[:3]} {code[3:]}"

    @property
    def address(self) -> str:
        """Of the vote, for phones."""
        return self.origin + reverse("quizzes:live", args=[self.room.code]) if self.room.code else ""

    @property
    def join(self) -> str:
        """Where the code is typed, as one reads it aloud."""
        return f"{self.origin.partition('://')[2]}/join"

    @property
    def symbol(self) -> str:
        """The QR code of the address, as the path of its modules."""
        return strokes(qr_modules(self.address), 1) if self.address else ""

    @property
    def modules(self) -> int:
        """Modules of a side, with the quiet zone."""
        return len(qr_modules(self.address)) + 2 * QUIET if self.address else 0

    # The votes.

    @cached_property
    def counts(self) -> dict[int, Counter[str]]:
        return {ballot: voting.counts(self.room, ballot) for ballot in BALLOTS.values()}

    @property
    def votes(self) -> str:
        """How many have voted: all that is told while a vote is open."""
        first, second = (sum(self.counts[ballot].values()) for ballot in (1, 2))
        if self.phase in (Phase.FIRST, Phase.TALK):
            return counted(first, "vote")
        return f"{second} of {counted(first, 'vote')}" if second <= first else counted(second, "vote")

    @cached_property
    def rows(self) -> list[Row]:
        """The histogram of the votes that are closed; empty where nothing may be told."""
        shown = ballots_shown(self.phase)
        if not shown or not any(self.counts[ballot] for ballot in shown):
            return []
        shown = tuple(ballot for ballot in shown if ballot == 1 or self.counts[ballot])
        listed = {one.value: one.badge for one in answers(thaw_run(self.room))}
        given = self.counts[1] + self.counts[2]
        values = [*listed, *(value for value, _ in given.most_common() if value not in listed)]
        most = max(count for ballot in shown for count in self.counts[ballot].values())
        return [
            Row(value, listed.get(value), tuple(self.bar(ballot, value, most) for ballot in shown), self.right(value))
            for value in values[:MOST_ROWS]
        ]

    def bar(self, ballot: int, value: str, most: int) -> Bar:
        count = self.counts[ballot][value]
        return Bar(ballot, count, round(LONG * count / most, 1))

    def right(self, value: str) -> bool:
        return self.told and value == thaw_run(self.room).right

    # The question.

    @property
    def commonest(self) -> str:
        """The wrong answer that most gave last; the right one where nobody was wrong."""
        right = thaw_run(self.room).right
        last = self.counts[2] or self.counts[1]
        return next((value for value, _ in last.most_common() if value != right), right)

    @cached_property
    def mine(self) -> dict[int, str]:
        """What this phone has voted, by ballot."""
        return {ballot: one.value for ballot, one in voting.votes_of(self.room, self.voter).items()}

    def showing(self, typed: str = "", error: str = "") -> Showing:
        """The question, or its review where the machine has run."""
        content, page, trace = thaw_run(self.room), self.page, f"{self.page}trace"
        if self.told:
            value = (self.mine.get(2) or self.mine.get(1) or content.right) if self.voter else self.commonest
            return reviewing(content, value, page=page, trace=trace, of_most=not self.voter)
        return asking(
            whole_run(self.room), page=page, trace=trace, typed=typed or self.mine.get(self.ballot, ""), error=error
        )

    @property
    def page(self) -> str:
        name, key = ("live", self.room.code) if self.voter else ("teach-live", self.room.pk)
        return reverse(f"quizzes:{name}", args=[key])

    @property
    def ballot(self) -> int:
        """The vote that is open; 0 for none."""
        return BALLOTS.get(self.phase, 0)

    # How it goes on.

    @property
    def button(self) -> str:
        return GOES_ON.get(self.phase, "")

    @property
    def may_run(self) -> bool:
        """Whether the second vote can be left out."""
        return self.phase == Phase.TALK

    @property
    def steps(self) -> list[Stepped]:
        at = ORDER.index(self.phase)
        states = ["over" if place < at else "now" if place == at else "to come" for place in range(len(ORDER))]
        return [Stepped(WORDS[phase], state) for phase, state in zip(ORDER, states, strict=True) if phase in WORDS]
