"""Which module imports which, read from the source: nothing is imported for it."""

import ast
from collections.abc import Iterable
from pathlib import Path

Imports = dict[str, dict[str, int]]
"""module -> module that it imports -> line of the first import."""


def modules(root: Path, rooms: Iterable[str]) -> dict[str, Path]:
    """Every module of the rooms that there are; a package is its `__init__.py`."""
    files = [path for room in rooms for path in sorted((root / room).rglob("*.py"))]
    return {".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__"): path for path in files}


def imports(root: Path, rooms: Iterable[str]) -> Imports:
    """What imports what. `from a.b import c` is an import of `a.b.c` where that is a module, else of `a.b`."""
    known = modules(root, rooms)
    found: Imports = {}
    for name, path in known.items():
        mine = found[name] = {}
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import | ast.ImportFrom):
                for module in named(node, path, known) - {name}:
                    mine[module] = min(node.lineno, mine.get(module, node.lineno))
    return found


def named(node: ast.Import | ast.ImportFrom, path: Path, known: dict[str, Path]) -> set[str]:
    """The modules of ours that a statement imports."""
    if isinstance(node, ast.Import):
        return known.keys() & {alias.name for alias in node.names}
    assert not node.level, f"{path}:{node.lineno}: write imports in full"
    inner = [f"{node.module}.{alias.name}" for alias in node.names]
    return known.keys() & {one if one in known else f"{node.module}" for one in inner}
