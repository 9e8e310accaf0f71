"""Machines that talk to each other, whole and cut."""

from playground.scenes.peers import Message, Peer, Peers
from playground.scenes.scene import Scene


def peers(count: int, aside: str = "", dead: str = "", flying: int = 0, long: bool = False) -> Peers:
    """So many machines, with so many messages each to the next ones."""
    names = "abcde"[:count]
    some = tuple(
        Peer(
            f"node-{name}-with-a-name"[:1] if not long else name, "12" if not long else "16",
            "leads, term 12" if at == 1 else "stamp 12,345,678 ms" if long else "follows b",
            "ann ben cat dan wait" if long or at == 2 else "", name not in dead, name in aside,
        )._replace(name=name)
        for at, name in enumerate(names)
    )  # fmt: skip
    pairs = [(a, b) for a in names for b in names if a != b]
    messages = tuple(
        Message(number + 1, *pairs[number % len(pairs)], ("16", "?", "ok", "lead?")[number % 4], 130 * number % 1000,
                number % 3 == 2, (pairs[number % len(pairs)][0] in aside) != (pairs[number % len(pairs)][1] in aside))
        for number in range(flying)
    )  # fmt: skip
    return Peers("The nodes", some, messages, bool(aside), names[-1:] and names[0])


SAMPLES: dict[str, Scene] = {
    "typical": peers(3, "c", flying=5),
    "whole": peers(3, flying=4),
    "empty": Peers("The nodes", ()),
    "crowded": peers(5, "bd", flying=40),
    "four": peers(4, "ac", "d", flying=12),
    "all dead": peers(5, dead="abcde"),
    "long names": peers(5, "ab", flying=20, long=True),
}
