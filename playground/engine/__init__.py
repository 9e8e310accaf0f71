"""The engine: a URL becomes inputs and actions, a run becomes a trace.

Standard library only, so that the same files run in a browser's Python. What a miniature needs of it is imported
from here. The rooms: `inputs` (what may be set), `actions` (what may be done), `query` (the URL's grammar),
`clock` (virtual time and processes), `run` (a query becomes steps), `trace` (steps become patches), `questions`,
`asked` (the run of one, as far as it may be seen), `content` (one of them, frozen), `verdict` (on what somebody
answers), `challenges`, `parts` and `registry` (a miniature's package), `limits`, `golden`, `rng`.
Words for the shape of an outcome are in `schema`, those for waiting in `clock`.
"""

from playground.engine.about import Check, Moment, Scenario, Source
from playground.engine.actions import Refused, action
from playground.engine.challenges import Challenge, Condition
from playground.engine.clock import Decision, Say, Steps, decide
from playground.engine.elsewhere import Recipe
from playground.engine.inputs import (
    SEEDS,
    Choice,
    Fixed,
    Flag,
    Hex,
    Invalid,
    Key,
    Name,
    Named,
    Names,
    Numbers,
    Seed,
    Text,
    Whole,
    unweighted,
)
from playground.engine.miniature import Metric, Miniature
from playground.engine.query import Act, Query, do, query_for
from playground.engine.questions import Question, WrongModel
from playground.engine.rng import Rng
from playground.engine.run import Run
from playground.engine.scores import Score, acts

__all__ = [
    "SEEDS",
    "Act",
    "Challenge",
    "Check",
    "Choice",
    "Condition",
    "Decision",
    "Fixed",
    "Flag",
    "Hex",
    "Invalid",
    "Key",
    "Metric",
    "Miniature",
    "Moment",
    "Name",
    "Named",
    "Names",
    "Numbers",
    "Query",
    "Question",
    "Recipe",
    "Refused",
    "Rng",
    "Run",
    "Say",
    "Scenario",
    "Score",
    "Seed",
    "Source",
    "Steps",
    "Text",
    "Whole",
    "WrongModel",
    "action",
    "acts",
    "decide",
    "do",
    "query_for",
    "unweighted",
]
