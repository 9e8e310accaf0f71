"""A consumer of one partition: what it reads next, and what it commits.

A committed offset is the next one to read, not the last one read. With auto-commit a poll commits where the consumer
stands before it fetches, and only when the interval has passed since the last commit, or since it joined.

Source: Apache Kafka, ConsumerCoordinator.maybeAutoCommitOffsetsAsync and SubscriptionState.allConsumed.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Consumer:
    """The one consumer of a group. Times are microseconds of virtual time."""

    interval: int
    """`auto.commit.interval.ms`."""
    next: int = 0
    committed: int = 0
    due: int = 0
    """From when on a poll commits."""
    received: set[int] = field(default_factory=set)

    def join(self, now: int) -> None:
        """It joins its group, and goes on from what has been committed."""
        self.next, self.due = self.committed, now + self.interval

    def commit(self, now: int) -> bool:
        """What a poll does first. Told is whether it commits."""
        if now < self.due:
            return False
        self.due = now + self.interval
        self.committed = self.next
        return True

    def behind(self) -> int:
        """How many messages that it has received are yet to come: again."""
        return sum(offset >= self.next for offset in self.received)

    def take(self, stop: int) -> None:
        """What a fetch has brought: all up to an offset, which is the next one."""
        self.received |= set(range(self.next, stop))
        self.next = stop
