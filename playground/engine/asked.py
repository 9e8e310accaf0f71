"""A question’s run as far as it may be seen: without the action that is asked about, and up to the step of asking.

It is painted by itself. Painted from the whole run, axes and bars would be as long as what is still to come needs.
"""

from __future__ import annotations

from playground.engine.questions import Posed
from playground.engine.quiet import Quiet
from playground.engine.run import Run, run


def asked_run(posed: Posed) -> Run:
    """The run that ends at the asked frame, in which nothing wears brass but what the question marks.

    Raises LookupError where the run without the asked action does not come so far.
    """
    done = run(posed.miniature, posed.cut)
    if done.last < posed.stop:
        raise LookupError(f"{posed.question.name}: without the asked action there is no step {posed.stop}")
    *before, last = done.steps[: posed.stop + 1]
    picture, *beside = last.scenes
    return Run(done.cls, done.query, [*before, last._replace(scenes=(Quiet(picture), *beside))])
