"""Codes: a device whose code lives for a period, and a verifier that takes the codes of some time steps, each once."""

from playground.scenes.codes.painter import painted
from playground.scenes.codes.thumb import thumb
from playground.scenes.codes.value import (
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
from playground.scenes.motion import DRAWN, FADES, LANDS, LEFT, RIGHT, Coming, Motion
from playground.scenes.paint import paints

__all__ = [
    "OLD", "OPEN", "OUTSIDE", "SHUT", "USED", "Account", "Codes", "Compared", "Device", "Sent", "Slot", "Verdict",
    "Verifier",
]  # fmt: skip

MOTION = Motion(
    "The ring empties, both clocks go on through the steps; codes go from who sends them to the verifier.",
    (
        Coming("sent:", LEFT),
        Coming("answer:", RIGHT),
        Coming("slot:", FADES),
        Coming("compares", LANDS, "/sign"),
        Coming("compares", LANDS, "/word"),
        Coming("compares", DRAWN, anew=True),
        Coming("verdict", LANDS),
        Coming("account/wrong", FADES),
    ),
)

paints(Codes, painted, thumb, motion=MOTION)
