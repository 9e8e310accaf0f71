"""The scale of a challenge: what this run took, the best known, par and the limit on one line from nothing on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from playground.engine.scores import Score

LEFT, RIGHT = 6, 234
"""Where the line begins and ends, in a picture of 240."""
FAR = 3
"""So many times what is known the line reaches at most; what is farther out stands at its end."""


class Mark(NamedTuple):
    """A figure on the line: where it stands, and at which end its words are held so that they stay in the picture."""

    value: int
    x: float
    anchor: str


@dataclass(frozen=True)
class Scale:
    """The figures of a challenge, and that of a run."""

    score: Score
    mine: int

    @property
    def end(self) -> int:
        """The right end: a round number beyond all figures."""
        known = max(self.score.par, self.score.limit or 0, 2)
        most = max(known, min(self.mine, FAR * known))
        unit: int = 10 ** (len(str(most)) - 1)
        return (most // unit + 1) * unit

    def mark(self, value: int) -> Mark:
        part = min(value / self.end, 1)
        anchor = "start" if part < 0.2 else "end" if part > 0.8 else "middle"
        return Mark(value, round(LEFT + (RIGHT - LEFT) * part, 1), anchor)

    @property
    def you(self) -> Mark:
        return self.mark(self.mine)

    @property
    def best(self) -> Mark:
        return self.mark(self.score.best)

    @property
    def par(self) -> Mark | None:
        """What is good, where it is not the best."""
        return None if self.score.par == self.score.best else self.mark(self.score.par)

    @property
    def limit(self) -> Mark | None:
        return None if self.score.limit is None else self.mark(self.score.limit)

    @property
    def told(self) -> str:
        """The same in words."""
        score = self.score
        out = [f"{score.counted(self.mine)} in this run", f"the fewest known {score.best:,}"]
        if self.par:
            out.append(f"par {score.par:,}")
        if score.limit is not None:
            out.append(f"at most {score.limit:,}")
        return ", ".join(out)
