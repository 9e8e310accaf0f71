"""A question that has one answer however it is drawn: what may not be offered is tried with it."""

from dataclasses import replace

from playground.engine.query import do
from playground.engine.registry import entries
from playground.miniatures.data.cap_theorem.questions import CutOff

CAP, KEY = entries()["cap-theorem"], "cap-theorem/cut-off"
DRAWN = CutOff.pose


def on_the_smaller_side(rng):
    """Such a run with a leader, read where no majority is: whatever it is, there is no answer."""
    query = DRAWN(rng)
    inputs = tuple((name, "leader" if name == "mode" else value) for name, value in query.inputs)
    asked = do("read", "dan", query.argument(1)[0])
    return replace(query, inputs=inputs, acts=(*query.acts[:-1], asked))


class AskedAlone(CutOff):
    """The read is always there."""

    @classmethod
    def pose(cls, rng):
        return on_the_smaller_side(rng)
