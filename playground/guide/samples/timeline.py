"""The same lanes in every group, and steps of time."""

from collections.abc import Iterable

from playground.scenes.scene import Scene
from playground.scenes.timeline import (
    ARRIVING,
    CONNECT,
    HELD,
    REST,
    UNSENT,
    WAITING,
    Group,
    Lane,
    Moment,
    Piece,
    Span,
    Timeline,
)  # fmt: skip

FILES = ["html", "css", "js", "a.png", "b.png", "c.png"]
LONG = [f"node-number-{number:04d}" for number in range(12)]


def timeline(
    names: list[str],
    groups: list[str],
    *,
    lost: Iterable[int] = (),
    total: bool = True,
    everywhere: bool = False,
    note: str = "one connection: all wait",
    late: int = 1,
) -> Timeline:
    """The same lanes in every group, each group earlier than the one before."""
    made, moments = [], []
    for place, title in enumerate(groups):
        start = 120_000 - 30_000 * place
        lanes = tuple(
            Lane(
                name,
                (
                    Span(CONNECT, 0, start) if not at else Span(UNSENT, start, start + 8_000 * at),
                    Span(WAITING, start + 8_000 * at, start + 60_000 + 8_000 * at),
                    Span(ARRIVING, start + 60_000 + 8_000 * at, start + 90_000 + 8_000 * at),
                    Span(HELD, start + 90_000 + 8_000 * at, start + 150_000 + 8_000 * at),
                ),
            )
            for at, name in enumerate(names)
        )
        end = start + 150_000 + 8_000 * (len(names) - 1)
        made.append(Group(f"g{place}", title, note, lanes, end * late if total else None))
        moments += [Moment(start + 9_000 * at, f"packet {at} lost", f"g{place}", names[at % len(names)]) for at in lost]
    if everywhere:
        moments.append(Moment(150_000, "packet lost", "", ""))
    current = (made[-1].key, names[-1]) if made and names else ("", "")
    pieces = tuple(
        Piece(f"packet:{at}", 135_000 + 8_000 * at, f"packet {at}, of {name}", group.key, name)
        for group in made[-1:]
        for at, name in enumerate(names)
    )
    return Timeline(tuple(made), tuple(moments), 200_000 if made else None, current, pieces=pieces)


def steps_of_time(names: list[str], labels: list[str]) -> Timeline:
    """Lanes of labelled stretches: bars are high, times are seconds and start late."""
    first = 1_600_000_000
    spans = tuple(
        Span((REST, ARRIVING, HELD)[at % 3], first + 30 * at, first + 30 * at + 30, label)
        for at, label in enumerate(labels)
    )
    lanes = tuple(Lane(name, spans) for name in names)
    return Timeline(
        (Group("codes", "A code a step", "30 seconds each", lanes),), (Moment(first + 47, "asked"),), first + 50,
        ("codes", names[0]), "s", 1, first, ((ARRIVING, "accepted"), (REST, "a step"), (HELD, "used up")),
    )  # fmt: skip


SAMPLES: dict[str, Scene] = {
    "typical": timeline(FILES, ["HTTP/1.1", "HTTP/2", "HTTP/3"], lost=[1], everywhere=True),
    "empty": timeline([], [], total=False),
    "no spans": Timeline((Group("g", "HTTP/2", "", tuple(Lane(name, ()) for name in FILES)),)),
    "one lane": timeline(["html"], ["HTTP/1.0"], total=False),
    "crowded": timeline(
        [f"{number}.png" for number in range(30)], ["1.0", "1.1", "2", "3"], lost=range(10), everywhere=True
    ),
    "ten lanes": timeline([f"{number}.png" for number in range(10)], ["1.0", "1.1", "2", "3"], lost=[3]),
    "as many lanes as stand apart": timeline(FILES[:4], ["1.0", "1.1", "3"], lost=[0, 3], everywhere=True),
    "long names": timeline(
        LONG[:8],
        ["A group with a name that does not end where it should, but goes on and on"],
        lost=[1, 2],
        note="a note that is longer still by far than any room beside the name or under it could ever be",
    ),
    "hours": timeline(FILES, ["HTTP/1.0", "HTTP/3"], late=2_000),
    "labelled": steps_of_time(["phone", "server"], ["755224", "287082", "359152", "a label too long"]),
}
