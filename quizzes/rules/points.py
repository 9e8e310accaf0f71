"""Points, as a fold over what somebody said. In thousandths throughout, so that nothing is rounded twice."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Said:
    """One change of an answer that was acknowledged."""

    value: str | None
    check: bool = False
    late: bool = False


@dataclass(frozen=True)
class Standing:
    """What all that somebody said to one question comes to."""

    value: str | None = None
    revision: int = 0
    """How many changes count."""
    tries: int = 0
    """Different values that were checked."""
    points: int | None = None
    """None while it is open."""
    right: bool | None = None
    """Of the last check, or of the answer once it is graded; None before."""

    @property
    def decided(self) -> bool:
        """Whether no further try can change it."""
        return self.points is not None


def standing(
    said: Iterable[Said], *, right: Callable[[str], Fraction | bool], worth: int, tries: Sequence[int], over: bool
) -> Standing:
    """Fold: what late changes say is not counted, and a wrong value that is checked again is no try.

    `right` grades a value: how much of it is right, from 0 to 1; `worth` is the points of the question; `tries` what
    each try leaves of them, in thousandths; `over` whether the attempt is handed in: then what stands is graded as the
    next try would be. What is right in part is a wrong try; of all tries the best counts, so that one more never
    costs.
    """
    value: str | None = None
    revision, wrong = 0, set[str]()
    best = 0

    def worth_of(part: Fraction | bool) -> int:
        """Of the try that comes now. Rounded once, down."""
        return int(worth * tries[len(wrong)] * part // 1000)

    points, last = None, None
    for one in said:
        if one.late or points is not None:
            continue
        value, revision = one.value, revision + 1
        if not one.check or value is None or value in wrong:
            continue
        part = right(value)
        best, last = max(best, worth_of(part)), part == 1
        if not last:
            wrong.add(value)
        if last or len(wrong) >= len(tries):
            points = best
    used = len(wrong) + bool(last)
    if over and points is None:
        part = value is not None and value not in wrong and right(value)
        points, last = max(best, worth_of(part)), part == 1
    return Standing(value, revision, used, points, last)


def kept(points: Sequence[int], keep: str) -> int | None:
    """What several attempts come to: the best, last or first of them, or their mean; None where there is none."""
    if not points:
        return None
    match keep:
        case "best":
            return max(points)
        case "last":
            return points[-1]
        case "first":
            return points[0]
        case "average":
            return sum(points) // len(points)
    raise ValueError(f"there is no way to keep attempts called {keep!r}")


def spelled(points: int) -> str:
    """Points as a reader knows them: 7500 thousandths are 7.5."""
    return f"{points / 1000:.3f}".rstrip("0").rstrip(".")


def points_in_words(points: int) -> str:
    """The same with its word: `1 point`, `7.5 points`."""
    return f"{spelled(points)} point{'s' * (points != 1000)}"
