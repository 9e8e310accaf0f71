"""Messages that go round."""

from playground.scenes.scene import Scene
from playground.scenes.sequence import Lane, Message, Sequence

THREE = ("phone", "server", "attacker")
LONG = [f"node-number-{number:04d}" for number in range(5)]


def sequence(
    names: tuple[str, ...] | list[str], count: int, label: str = "code 980357", note: str = "compared with three"
) -> Sequence:
    """Messages that go round, each fourth of them to the sender itself, each third refused."""
    lanes = tuple(Lane(name, f"m{at + 1}") for at, name in enumerate(names))
    messages = tuple(
        Message(
            at + 1, f"+{at * 600} s", names[at % len(names)], names[(at + (at % 4 > 0)) % len(names)], label, note,
            ("data", "fail", "done", "other")[at % 4],
        )
        for at in range(count)
    )  # fmt: skip
    return Sequence("What is sent", lanes, messages, True, "nothing has been sent yet")


SAMPLES: dict[str, Scene] = {
    "typical": sequence(THREE, 4),
    "empty": sequence(THREE, 0),
    "crowded": sequence(THREE, 40),
    "long names": sequence(LONG[:3], 6, "a label that is much too long", "a note that is longer still by far"),
    "a lost answer": Sequence(
        "Who says what",
        (Lane("network", "m1"), Lane("issuer", "m2")),
        (
            Message(1, "1.12 s", "network", "issuer", "0100", "62.40", "data"),
            Message(2, "1.57 s", "issuer", "network", "0110", "lost", "lost"),
        ),
        True,
        "",
    ),
    "five lanes": sequence(LONG[:5], 6),
}
