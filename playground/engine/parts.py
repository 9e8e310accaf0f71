"""The parts of a miniature's package, found by their names and loaded when they are asked for.

    model.py       the system: inputs, verbs, narration, outcome
    shown.py       scenes(model), metrics(model)
    about.py       SOURCES, SIMPLIFIED, CHECKS, SCENARIOS, MOMENT
    questions.py   wrong models, QUESTIONS, CHALLENGES
    elsewhere.py   elsewhere(run): the same run on the real system

A part knows the model; the model knows none of them.
"""

from __future__ import annotations

import importlib
import importlib.util
from functools import cache
from types import ModuleType

NOTHING = ModuleType("nothing", "Stands for a part that a miniature does not have.")


def package_of(cls: type) -> str:
    """The package of a model; of a wrong model, that of the miniature which it is wrong about."""
    named = next((base for base in cls.__mro__ if "title" in vars(base)), cls)
    return named.__module__.rpartition(".")[0]


@cache  # kept: one for each part of a miniature
def part(package: str, name: str) -> ModuleType:
    """A module of a package; an empty one where there is none. Errors inside it are its own."""
    module = f"{package}.{name}"
    return importlib.import_module(module) if importlib.util.find_spec(module) else NOTHING
