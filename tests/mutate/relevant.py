"""Which tests can notice a change in a file: found by imports, not listed by hand."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from playground.engine.registry import entries
from tests.imports import Imports, imports

ROOMS = ("playground", "lessons", "config", "quizzes", "tests")

CHEAP = "not browser and not fidelity and not search and not deploy and not long"
"""What `make check` runs."""

DEAR = ("tests/browser/", "tests/deploy/", "tests/fidelity/", "tests/bench/", "tests/mutate/")

Stage = list[str]
"""Arguments for pytest."""

TOGETHER: Stage = ["-m", CHEAP, "--numprocesses=2", "--dist=loadfile"]

CORE = ("playground/engine/", "playground/scenes/", "playground/guide/samples/")
OF_THE_CORE = ("tests/engine", "tests/scenes", "tests/machines", "tests/contract", "tests/player", "tests/api")
OF_THE_SITE = ("tests/house", "tests/lessons", "tests/player", "tests/api")
"""The rooms of tests that speak to the core, and to the site: the site is asked by address, not by import."""


def stages(root: Path, path: str) -> list[Stage]:
    """Runs of pytest, the cheap ones first; a mutant that all of them pass survives.

    First the files that import what is changed. Then, of a machine or a miniature, the recorded answers and the real
    programs of those that use it; of all else the tests of the core, or of the site, then what is long of them.
    """
    graph = imports(root, ROOMS)
    name = module_of(path)
    tests = {test: module for module in graph if "/test_" in (test := file_of(module))}
    near = [test for test, module in tests.items() if name in graph[module]]
    found = [["-m", CHEAP, *cheap(near)]]
    if not path.startswith(("playground/machines/", "playground/miniatures/")):
        rooms = OF_THE_CORE if path.startswith(CORE) else OF_THE_SITE
        found += [[*TOGETHER, *rooms, *(f"--ignore={test}" for test in cheap(near))], ["-m", "long", *rooms[-2:]]]
        return [*filter(names_tests, found)]
    slugs = [slug.replace("-", "_") for slug in miniatures(graph, name)]
    words = " or ".join(word for slug in slugs for word in (slug, slug.replace("_", "-")))
    real = [test for test in tests if test.startswith("tests/fidelity/") and any(slug in test for slug in slugs)]
    found += [["-m", CHEAP, "-k", words, "tests/contract"], ["-m", "fidelity", *real]]
    return [*filter(names_tests, found)]


def module_of(path: str) -> str:
    return ".".join(Path(path).with_suffix("").parts).removesuffix(".__init__")


def file_of(module: str) -> str:
    return module.replace(".", "/") + ".py"


def names_tests(stage: Stage) -> bool:
    """An empty list would mean all of them."""
    return any(part.startswith("tests") for part in stage)


def cheap(tests: Iterable[str]) -> list[str]:
    return sorted(test for test in tests if not test.startswith(DEAR))


def within(graph: Imports, start: str, hops: int) -> set[str]:
    """What a module imports in so many steps."""
    found = {start}
    for _ in range(hops):
        found = found.union(*(graph.get(one, {}) for one in found))
    return found


def miniatures(graph: Imports, name: str) -> list[str]:
    """Slugs of the miniatures that a module is a part of, or that reach it."""
    users = {one for one in graph if one.startswith("playground.miniatures.") and name in within(graph, one, 6)}
    places = {one.split(".")[3] for one in users if one.count(".") >= 3}
    return [slug for slug in entries() if any(place.startswith(slug.replace("-", "_")) for place in places)]
