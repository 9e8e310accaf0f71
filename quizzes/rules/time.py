"""When an attempt begins and ends: functions of the rules and the server's clock, never columns.

Whatever somebody is given (a factor, days, minutes, another closing) moves their own closing too, so that no
accommodation is cut by the end of the quiz.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

MINUTE = timedelta(minutes=1)
GRACE = timedelta(seconds=15)
"""What arrives so long after the end still counts: a slow line is nobody's fault."""


@dataclass(frozen=True)
class Terms:
    """What bounds the attempts of one member at one quiz."""

    opens: datetime | None = None
    closes: datetime | None = None
    limit_s: int | None = None
    """Seconds that an attempt may take; None for no limit."""
    factor: int | None = 1000
    """Thousandths by which the limit is longer for this member; None for no limit at all."""
    days: int = 0
    minutes: int = 0
    """Given to this member on this quiz."""
    own_closes: datetime | None = None
    """Another closing for this member; it counts where it is later."""

    @property
    def limit(self) -> timedelta | None:
        """How long an attempt of this member may take."""
        if self.limit_s is None or self.factor is None:
            return None
        return timedelta(seconds=self.limit_s * self.factor // 1000, minutes=self.minutes)

    @property
    def closing(self) -> datetime | None:
        """When this member's own time is over, whenever they started; None for never."""
        if self.closes is None:
            return None
        longer = timedelta(seconds=(self.limit_s or 0) * max((self.factor or 1000) - 1000, 0) // 1000)
        own = self.closes.astimezone(UTC) + timedelta(days=self.days, minutes=self.minutes) + longer
        return max(own, self.own_closes) if self.own_closes else own

    def end(self, started: datetime) -> datetime | None:
        """When an attempt that was started then is over; None for never."""
        # In UTC: where the clocks on the wall change, an hour added to them is not an hour.
        ends = [self.closing, started.astimezone(UTC) + self.limit if self.limit is not None else None]
        return min((end for end in ends if end is not None), default=None)

    def minutes_until(self, started: datetime, target: datetime) -> int:
        """The minutes to give on this quiz, those already given among them, so that an attempt lasts until then."""
        bare = replace(self, minutes=0)
        ends = [started.astimezone(UTC) + bare.limit] if bare.limit is not None else []
        # Another closing for this member is not moved by minutes: either is enough.
        if bare.own_closes is None or bare.own_closes < target:
            ends += [own] if (own := replace(bare, own_closes=None).closing) is not None else []
        lacking = max((-((end - target) // MINUTE) for end in ends), default=0)
        return max(self.minutes, lacking)

    def has_opened(self, now: datetime) -> bool:
        return self.opens is None or now >= self.opens

    def has_closed(self, now: datetime) -> bool:
        return self.closing is not None and now >= self.closing


def is_over(end: datetime | None, now: datetime) -> bool:
    """Whether an attempt is over. Whoever asks after the grace hands it in, as it was at its end."""
    return end is not None and now > end + GRACE


def counts(end: datetime | None, received: datetime) -> bool:
    """Whether what was received then counts."""
    return not is_over(end, received)
