"""Discovery: every module below `playground.miniatures` that defines a Miniature is one."""

from __future__ import annotations

import importlib
import inspect
import json
import pkgutil
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from playground import miniatures
from playground.engine.miniature import Check, Miniature


@dataclass(frozen=True)
class Entry:
    """A miniature, where it lives, and what is recorded beside it."""

    slug: str
    area: str
    cls: type[Miniature]
    path: Path

    @property
    def versions_path(self) -> Path:
        """The committed record of versions and digests."""
        return self.path.with_suffix(".versions.json")

    @property
    def evidence_path(self) -> Path:
        """The committed figures that the fidelity tests wrote."""
        return self.path.with_suffix(".evidence.json")

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
        return [(check, written.get(check.name, {})) for check in self.cls.checks]

    @property
    def rule(self) -> str:
        """The first sentence of the docstring: the rule of the system."""
        return (inspect.getdoc(self.cls) or "").split("\n\n", 1)[0].replace("\n", " ")


@cache
def record(path: Path) -> dict[str, Any]:
    """A committed JSON file; empty where it has not been written yet."""
    found: dict[str, Any] = json.loads(path.read_text("utf-8")) if path.exists() else {}
    return found


@cache
def entries() -> dict[str, Entry]:
    """Every miniature by slug, areas and files in alphabetical order."""
    found: dict[str, Entry] = {}
    for module_info in sorted(
        pkgutil.walk_packages(miniatures.__path__, "playground.miniatures."), key=lambda m: m.name
    ):
        if module_info.ispkg:
            continue
        module = importlib.import_module(module_info.name)
        for cls in vars(module).values():
            if is_miniature(cls, module.__name__):
                area, name = module.__name__.split(".")[2:4]
                slug = name.replace("_", "-")
                found[slug] = Entry(slug, area.replace("_", "-"), cls, Path(str(module.__file__)))
    return found


def is_miniature(cls: object, module: str) -> bool:
    """A Miniature of that module with a title of its own; wrong models are subclasses without one."""
    return isinstance(cls, type) and issubclass(cls, Miniature) and cls.__module__ == module and "title" in vars(cls)
