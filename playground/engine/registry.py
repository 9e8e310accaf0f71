"""Discovery: every folder `miniatures/<area>/<module>/` that holds a `model.py` is a miniature.

Its model is loaded with the list; its other parts (`about`, `questions`, `elsewhere`) when they are asked for.
"""

from __future__ import annotations

import importlib
import inspect
import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from playground import miniatures
from playground.engine.about import Check, Moment, Scenario, Source
from playground.engine.challenges import Challenge
from playground.engine.elsewhere import Recipe
from playground.engine.miniature import Miniature
from playground.engine.parts import package_of, part
from playground.engine.questions import Question
from playground.engine.run import Run


@dataclass(frozen=True)
class Entry:
    """A miniature, the folder that it lives in, its parts by name, and what is recorded beside them."""

    slug: str
    area: str
    cls: type[Miniature]
    home: Path

    def told(self, name: str, what: str) -> Any:
        """A name of one of the parts; an empty tuple where the part or the name is missing."""
        return getattr(part(package_of(self.cls), name), what, ())

    # What stands around the model: `about.py`.

    @property
    def sources(self) -> tuple[Source, ...]:
        """`SOURCES`: the specifications that it is written from."""
        found: tuple[Source, ...] = self.told("about", "SOURCES")
        return found

    @property
    def simplified(self) -> tuple[str, ...]:
        """`SIMPLIFIED`: sentences on what it leaves out."""
        found: tuple[str, ...] = self.told("about", "SIMPLIFIED")
        return found

    @property
    def checks(self) -> tuple[Check, ...]:
        """`CHECKS`: what it is checked against."""
        found: tuple[Check, ...] = self.told("about", "CHECKS")
        return found

    @property
    def scenarios(self) -> tuple[Scenario, ...]:
        """`SCENARIOS`: runs that teach."""
        found: tuple[Scenario, ...] = self.told("about", "SCENARIOS")
        return found

    @property
    def moment(self) -> Moment:
        """`MOMENT`: what it is known by in a list."""
        found: Moment = self.told("about", "MOMENT")
        return found

    # What learners are asked: `questions.py`.

    @property
    def questions(self) -> tuple[type[Question], ...]:
        """`QUESTIONS`."""
        found: tuple[type[Question], ...] = self.told("questions", "QUESTIONS")
        return found

    @property
    def challenges(self) -> tuple[Challenge, ...]:
        """`CHALLENGES`."""
        found: tuple[Challenge, ...] = self.told("questions", "CHALLENGES")
        return found

    # The same run on the real system: `elsewhere.py`.

    def elsewhere(self, done: Run) -> tuple[Recipe, ...]:
        """How to put a run to the real thing; nothing where there is none."""
        recipes: Callable[[Run], tuple[Recipe, ...]] | None = self.told("elsewhere", "elsewhere") or None
        return recipes(done) if recipes else ()

    # What is recorded.

    @property
    def versions_path(self) -> Path:
        """The committed record of versions and digests."""
        return self.home / "versions.json"

    @property
    def questions_path(self) -> Path:
        """The committed record of the questions."""
        return self.home / "questions.json"

    @property
    def evidence_path(self) -> Path:
        """The committed figures that the fidelity tests wrote."""
        return self.home / "evidence.json"

    @property
    def version(self) -> int:
        return int(record(self.versions_path).get("version", 1))

    @property
    def changes(self) -> dict[str, str]:
        """What changed, by version, from the second on."""
        return dict(record(self.versions_path).get("changes", {}))

    def evidence(self) -> list[tuple[Check, dict[str, Any]]]:
        """What the model was checked against, with the figures of the last comparison."""
        written = record(self.evidence_path)
        return [(check, written.get(check.name, {})) for check in self.checks]

    @property
    def rule(self) -> str:
        """The first sentence of the docstring: the rule of the system."""
        return (inspect.getdoc(self.cls) or "").split("\n\n", 1)[0].replace("\n", " ")


@cache  # kept: one for each committed file
def record(path: Path) -> dict[str, Any]:
    """A committed JSON file; empty where it has not been written yet."""
    found: dict[str, Any] = json.loads(path.read_text("utf-8")) if path.exists() else {}
    return found


@cache  # kept: one
def entries() -> dict[str, Entry]:
    """Every miniature by slug, areas and folders in alphabetical order."""
    found: dict[str, Entry] = {}
    for path in sorted(Path(next(iter(miniatures.__path__))).glob("*/*/model.py")):
        area, name = path.parts[-3:-1]
        slug = name.replace("_", "-")
        module = importlib.import_module(f"playground.miniatures.{area}.{name}.model")
        found[slug] = Entry(slug, area.replace("_", "-"), model_in(vars(module), module.__name__), path.parent)
    return found


def model_in(names: dict[str, Any], module: str) -> type[Miniature]:
    """The Miniature of a module: a class of its own with a title. Raises LookupError where it is not one alone."""
    found = [cls for cls in names.values() if is_miniature(cls, module)]
    if len(found) != 1:
        raise LookupError(f"{module} must define one Miniature with a title; it defines {len(found)}")
    model: type[Miniature] = found[0]
    return model


def is_miniature(cls: object, module: str) -> bool:
    """A Miniature of that module with a title of its own; wrong models are subclasses without one."""
    return isinstance(cls, type) and issubclass(cls, Miniature) and cls.__module__ == module and "title" in vars(cls)
