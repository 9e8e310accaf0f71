"""A device with a code, and a verifier that takes some."""

from playground.scenes.codes import (
    OLD,
    OPEN,
    OUTSIDE,
    SHUT,
    USED,
    Account,
    Codes,
    Compared,
    Device,
    Sent,
    Slot,
    Verdict,
    Verifier,
)
from playground.scenes.scene import Scene

NOW, OWN = 1_234_567_902, 41_152_263
NUMBERS = ("240918", "980357", "005924", "590587", "240500")


def codes(
    drift: int = -20,
    states: tuple[str, ...] = (OUTSIDE, OPEN, OPEN, OPEN, OUTSIDE),
    *,
    now: int = NOW,
    wrong: int = 0,
    limit: int = 10,
    inside: str = "",
    sent: tuple[Sent, ...] = (),
    verdict: Verdict | None = None,
    compared: Compared | None = None,
    changed: str = "",
) -> Codes:
    """A phone whose clock is off by so much, and a server with a slot for each of these states."""
    own = now // 30
    slots = tuple(Slot(own + at - 2, NUMBERS[(own + at - OWN) % 5], state) for at, state in enumerate(states))
    step = (now + drift) // 30
    phone = Device("phone", now + drift, NUMBERS[(step + 2 - OWN) % 5])
    account = Account("ada’s account", wrong, limit, 0 < limit <= wrong, inside)
    return Codes(30, phone, Verifier("server", now, slots, account), "attacker", sent, verdict, compared, changed)


TYPED = Sent(7, "980357", "phone", "server", here=True)
SPENT = (OUTSIDE, USED, OPEN, OPEN, OUTSIDE)
SAMPLES: dict[str, Scene] = {
    "typical": codes(
        states=SPENT, sent=(TYPED, Sent(8, "accepted", "server", "phone", "done")),
        verdict=Verdict("accepted, and used up", good=True), changed=f"slot:{OWN - 1}",
    ),
    "on its way": codes(sent=(TYPED._replace(here=False),), changed="sent"),
    "compared": codes(sent=(TYPED,), compared=Compared(OWN, equal=False), changed=f"slot:{OWN}"),
    "empty": Codes(30, Device("phone", NOW - 20), Verifier("server", NOW), "attacker"),
    "crowded": codes(
        47, (OLD, USED, OPEN, OPEN, OPEN), now=NOW + 16, wrong=9, limit=20, inside="the attacker",
        sent=(
            Sent(9, "980357", "phone", "attacker", "other"), Sent(10, "999,997 guesses", "attacker", "server", "other"),
        ),
        verdict=Verdict("refused: it is used up", good=False), compared=Compared(OWN - 1, equal=True),
        changed="account",
    ),
    "locked": codes(
        0, (OUTSIDE, SHUT, SHUT, SHUT, OUTSIDE), wrong=5, limit=5, sent=(TYPED,),
        verdict=Verdict("not compared: locked", good=False), changed="account",
    ),
    "clocks far apart": codes(120, (OPEN,) * 5, limit=0, changed="clocks"),
    "long names": Codes(
        60, Device("ada’s old phone", NOW + 31, "07081804"),
        Verifier(
            "authentication", NOW, tuple(Slot(NOW // 60 + far, "07081804", OPEN) for far in range(-2, 3)),
            Account("the shared account", 1_999_998),
        ),
        "the attacker", (Sent(1, "12345678 !?", "the attacker", "authentication", "other"),), changed="device",
    ),
}  # fmt: skip
