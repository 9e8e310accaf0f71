"""How a room goes on: one question, a vote, a talk, a second vote, and then the machine runs.

Peer instruction as Mazur describes it (Crouch and Mazur, "Peer Instruction: Ten years of experience and results",
American Journal of Physics 69, 970, 2001): everybody answers alone, talks with a neighbour, and answers again.
"""

from __future__ import annotations

from enum import StrEnum


class Phase(StrEnum):
    FIRST = "first"
    """The first vote is open."""
    TALK = "talk"
    """It is closed and shown; neighbours talk."""
    SECOND = "second"
    """The second vote is open."""
    BOTH = "both"
    """Both votes are shown."""
    RUN = "run"
    """The machine has run: the right answer, and why."""
    ENDED = "ended"


ORDER = tuple(Phase)
BALLOTS = {Phase.FIRST: 1, Phase.SECOND: 2}
"""The vote that is open in a phase."""
WORDS = {
    Phase.FIRST: "first vote",
    Phase.TALK: "talk to your neighbour",
    Phase.SECOND: "second vote",
    Phase.BOTH: "both votes on the picture",
    Phase.RUN: "the machine runs",
}
"""The steps as the screen in front lists them."""
GOES_ON = {
    Phase.FIRST: "Close the vote",
    Phase.TALK: "Open the second vote",
    Phase.SECOND: "Close the second vote",
    Phase.BOTH: "Run it",
    Phase.RUN: "End the room",
}
"""What the one button says."""


def next_phase(phase: Phase, *, run: bool = False) -> Phase:
    """The phase that follows; with `run` the machine runs now, where a vote is closed. What has ended stays so."""
    if run and phase in (Phase.TALK, Phase.BOTH):
        return Phase.RUN
    return ORDER[min(ORDER.index(phase) + 1, len(ORDER) - 1)]


def ballots_shown(phase: Phase) -> tuple[int, ...]:
    """The votes of which more may be told than how many there are: none that is open, and none before it."""
    return {Phase.TALK: (1,), Phase.BOTH: (1, 2), Phase.RUN: (1, 2), Phase.ENDED: (1, 2)}.get(phase, ())
