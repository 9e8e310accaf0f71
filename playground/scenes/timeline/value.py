"""What a timeline says: groups of lanes with their spans, the moments that matter, and where now is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from playground.scenes.scene import Words
from playground.scenes.timeline.clock import Clock
from playground.scenes.timeline.kinds import LEGEND


class Span(NamedTuple):
    """A stretch of time. A label stands inside where it fits, and makes all bars of the picture high."""

    kind: str
    start: int
    end: int
    label: str = ""


class Lane(NamedTuple):
    """A thing and what happened to it, in order."""

    name: str
    spans: tuple[Span, ...]
    bar: str = ""
    """The key of what its solid bar stands for, where a hand can take it; empty: nothing."""
    said: str = ""
    """What that is called."""


class Group(NamedTuple):
    """Lanes under one rule. `total` is the time of its flag, or None while it is not known."""

    key: str
    name: str
    note: str
    lanes: tuple[Lane, ...]
    total: int | None = None
    remark: str = ""
    """On a poster: what came of it, in one sentence."""
    otherwise: int | None = None
    """On a poster: the total if what went wrong had not; None where nothing did."""
    coming: bool = False
    """Nothing of it has happened, and it has its place already."""


class Moment(NamedTuple):
    """An instant: through all groups, or within the group whose key it names; a cross on the lane that suffers.

    A good one wears the colour of success. No two of a group have the same words and lane.
    """

    at: int
    words: str
    group: str = ""
    lane: str = ""
    good: bool = False


class Piece(NamedTuple):
    """Something on a lane that is a thing by itself, such as one packet of many: its key, its place, its name."""

    key: str
    at: int
    words: str
    group: str
    lane: str


class Grip(NamedTuple):
    """What holds the first moment, so that one can take it: its key, what happened, and what a hand can do.

    `words` are those of its moment; empty while there is none, and then only the hint is said.
    """

    key: str
    words: str
    hint: str


@dataclass(frozen=True)
class Timeline:
    """Groups of lanes on one axis from `first`. Times are whole numbers; `per` of them make one `unit`.

    `current` is the group and lane that the step is about, `now` the place of the brass line.
    """

    groups: tuple[Group, ...]
    moments: tuple[Moment, ...] = ()
    now: int | None = None
    current: tuple[str, str] = ("", "")
    unit: str = "ms"
    per: int = 1000
    first: int = 0
    legend: tuple[tuple[str, str], ...] = LEGEND
    empty: str = "nothing has happened yet"
    last: int = 0
    """A time that the axis must hold, where one is known before it has come."""
    pieces: tuple[Piece, ...] = ()
    """They stand where lanes have room for them."""
    poster: bool = False
    """Groups are compared as wholes: beside each stands what came of it, and its total is large."""
    grip: Grip | None = None
    """On a poster."""

    kind = "timeline"

    def room(self) -> tuple[int, ...]:
        """Groups, lanes a group, the last time; then 0 or 1: high bars, labels over all groups, over one, a poster."""
        everywhere = any(not moment.group for moment in self.moments)
        return (
            len(self.groups),
            max((len(group.lanes) for group in self.groups), default=0),
            max(self.times()),
            int(any(span.label for group in self.groups for lane in group.lanes for span in lane.spans)),
            int(everywhere),
            int(any(moment.group for moment in self.moments)),
            int(self.poster),
        )

    def times(self) -> Iterator[int]:
        """Every time that the axis must hold."""
        yield max(self.last, self.first)
        for group in self.groups:
            yield from (span.end for lane in group.lanes for span in lane.spans)
            if group.total is not None:
                yield group.total
        yield from (moment.at for moment in self.moments)
        if self.now is not None:
            yield self.now

    def blank(self) -> bool:
        return not any(lane.spans for group in self.groups for lane in group.lanes)

    @property
    def clock(self) -> Clock:
        return Clock(self.unit, self.per, self.first)

    def spelled(self, time: int) -> str:
        """A time for the reader."""
        return self.clock.spelled(time)

    def words(self) -> Words:
        said = [self.group_in_words(group) for group in self.groups if not group.coming]
        lost = [f"{moment.words} at {self.spelled(moment.at)}" for moment in self.moments]
        sentence = "; ".join(said + lost[-3:]) if not self.blank() else self.empty.capitalize()
        named = dict(self.legend)
        rows = tuple(
            (group.name, lane.name, named.get(span.kind, span.kind), self.spelled(span.start), self.until(span))
            for group in self.groups
            for lane in group.lanes
            for span in lane.spans[-1:]
        )
        return Words(f"{sentence}.", ("under", "lane", "what", "from", "to"), rows)

    def until(self, span: Span) -> str:
        """The end of a span, or the word now: it changes when something has happened, not all the time."""
        return "now" if span.end == self.now else self.spelled(span.end)

    def group_in_words(self, group: Group) -> str:
        total = f", done at {self.spelled(group.total)}" if group.total is not None else ""
        came = f" – {group.remark.removesuffix('.')}" if group.remark else ""
        return f"{group.name}{': ' if group.note else ''}{group.note}{total}{self.cost_in_words(group)}{came}"

    def cost_in_words(self, group: Group) -> str:
        """How much later it was done than otherwise."""
        if group.total is None or group.otherwise is None:
            return ""
        return f", {self.clock.signed(group.total - group.otherwise)}"
