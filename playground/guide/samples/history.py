"""Operations of a few clients, with and without an order that explains them."""

from playground.scenes.history import History, Stretch
from playground.scenes.scene import Scene

NAMES = ("ann", "ben", "cat", "dan")


def crowd(count: int) -> tuple[Stretch, ...]:
    """Four clients at once, again and again; now and then one has no answer."""
    made = []
    for at in range(count):
        row = 8 * (at // 4) + at % 4 + 1
        state = ("ok", "ok", "lost", "refused", "ok")[at % 5]
        words = f"write {at + 1}" if at % 2 else f"read {at}"
        made.append(Stretch(at + 1, NAMES[at % 4], words, row, row + 4, state, f"{40 + at} ms"))
    return tuple(made)


THREE = (
    Stretch(1, "ann", "write 1", 1, 3, "ok", "40 ms"),
    Stretch(2, "ben", "read 1", 2, 4, "ok", "40 ms"),
    Stretch(3, "cat", "read 0", 5, 6, "ok", "0 ms"),
)

SAMPLES: dict[str, Scene] = {
    "typical": History(
        "What the clients saw", NAMES[:3], THREE[:2], (1, 2), (), "one order explains it: follow the thread", 2
    ),
    "no order": History("What the clients saw", NAMES[:3], THREE, (), (1, 3), "no order explains the red ones", 3),
    "empty": History("What the clients saw", NAMES[:3], ()),
    "open": History(
        "What the clients saw",
        NAMES,
        (THREE[0], Stretch(2, "dan", "write 2", 4, 0, "open")),
        (1,),
        (),
        "one order explains it",
        2,
    ),
    "crowded": History(
        "What the clients saw",
        NAMES,
        crowd(16),
        tuple(one.number for one in crowd(16) if one.state == "ok"),
        (),
        "one order explains it: " + " ".join(map(str, range(1, 17))),
        16,
    ),
    "long names": History(
        "What the clients saw and what they did not",
        tuple(f"client-{at}-with-a-name" for at in range(4)),
        tuple(
            one._replace(client=f"client-{NAMES.index(one.client)}-with-a-name", words="read its own copy: 16")
            for one in crowd(8)
        ),
        (),
        (1, 2),
        "no order explains it, however one turns it around",
        5,
    ),
}
