"""Which tests are marked with what, read out of their files: nothing has to be collected or imported for it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

MARK = "pytest.mark.asvs"


def marks(tests: Path) -> dict[str, list[str]]:
    """Number of an item, or name of what is absent → the tests that are marked with it, as `path::name`, sorted."""
    found: dict[str, list[str]] = {}
    for path in sorted(tests.rglob("test_*.py")):
        for name, test in marked(path.read_text("utf-8")):
            found.setdefault(name, []).append(f"{path.relative_to(tests.parent).as_posix()}::{test}")
    return found


def marked(text: str) -> Iterator[tuple[str, str]]:
    """What is said in the markers of a file, and of which test. Raises ValueError for a marker that is misplaced."""
    tree, calls = ast.parse(text), 0
    for test in tree.body:
        if isinstance(test, ast.FunctionDef) and test.name.startswith("test_"):
            for mark in test.decorator_list:
                if isinstance(mark, ast.Call) and ast.unparse(mark.func) == MARK:
                    calls += 1
                    yield from ((ast.literal_eval(name), test.name) for name in mark.args)
    if calls != sum(ast.unparse(node) == MARK for node in ast.walk(tree) if isinstance(node, ast.Attribute)):
        raise ValueError(f"{MARK}(…) stands above a test of the module and nowhere else")
