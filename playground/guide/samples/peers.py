"""Machines that talk to each other, whole and cut, and the clients who ask them."""

from playground.scenes.peers import Message, Peer, Peers, Seat, Switch
from playground.scenes.scene import Scene

CLIENTS = ("ann", "ben", "cat", "dan")
ENDS = (
    ("write 2", "ok", "ok", "“done”", "40 ms"),
    ("read", "open", "", "waits", "12 ms"),
    ("read", "ok", "1", "“it is 1”", "3 ms"),
    ("write 16", "lost", "", "no answer", "3000 ms"),
)


SHORT = (("quorum", "quorums R and W"), ("lww", "every node alone, last write wins"))
LONG = (("leader", "a leader and a majority"), ("primary", "a primary that does not wait"))


def seats(places: str) -> tuple[Seat, ...]:
    """A client at each of these machines, one after the other."""
    made = []
    for client, at, (pressed, *rest) in zip(CLIENTS, places, ENDS, strict=False):
        buttons = ("write", "write 16" if pressed == "read" else pressed), ("read", "read")
        made.append(Seat(client, at, buttons, pressed.split()[0], *rest))
    return tuple(made)


def peers(count: int, aside: str = "", dead: str = "", flying: int = 0, at: str = "", long: bool = False) -> Peers:
    """So many machines, with so many messages each to the next ones, and clients at these."""
    names = "abcde"[:count]
    some = tuple(
        Peer(
            name, "16" if long else "2", "leads, term 12" if place == 1 else "" if place == 2 else "follows b",
            name not in dead, name in aside, 98_765 if long else -1 if place == 3 else 160 - 60 * place,
        )
        for place, name in enumerate(names)
    )  # fmt: skip
    pairs = [(a, b) for a in names for b in names if a != b]
    messages = tuple(
        Message(number + 1, *pairs[number % len(pairs)], ("16", "?", "ok", "lead?")[number % 4], 130 * number % 1000,
                number % 3 == 2, (pairs[number % len(pairs)][0] in aside) != (pairs[number % len(pairs)][1] in aside))
        for number in range(flying)
    )  # fmt: skip
    sides, against = ("", "") if dead else ("enough", "too few"), ("ann", "cat") if at == "abc" else None
    rule = "a majority must agree first" if at else ""
    switch = Switch("mode", LONG if long else SHORT, "primary" if long else "quorum") if at and count != 4 else None
    return Peers(
        "The nodes", some, messages, bool(aside), names[-1:] and names[0], seats(at), rule,
        sides, against, movable=bool(at), switch=switch,
    )  # fmt: skip


SAMPLES: dict[str, Scene] = {
    "typical": peers(3, "c", flying=5, at="abc"),
    "whole": peers(3, flying=4, at="acbc"),
    "empty": Peers("The nodes", ()),
    "crowded": peers(5, "bd", flying=40, at="abde"),
    "four": peers(4, "ac", "d", flying=12, at="aaaa"),
    "all dead": peers(5, dead="abcde"),
    "long names": peers(5, "ab", flying=20, at="abdd", long=True),
}
