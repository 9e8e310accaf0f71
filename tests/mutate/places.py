"""Where a token can be changed, and to what."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

COMPARISONS: dict[type[ast.cmpop], tuple[str, str]] = {
    ast.Lt: ("<", "<="),
    ast.LtE: ("<=", "<"),
    ast.Gt: (">", ">="),
    ast.GtE: (">=", ">"),
    ast.Eq: ("==", "!="),
    ast.NotEq: ("!=", "=="),
    ast.In: ("in", "not in"),
    ast.NotIn: ("not in", "in"),
    ast.Is: ("is", "is not"),
    ast.IsNot: ("is not", "is"),
}
ARITHMETIC: dict[type[ast.operator], tuple[str, str]] = {
    ast.Add: ("+", "-"),
    ast.Sub: ("-", "+"),
    ast.Mult: ("*", "//"),
    ast.FloorDiv: ("//", "*"),
    ast.Div: ("/", "*"),
    ast.Mod: ("%", "*"),
    ast.LShift: ("<<", ">>"),
    ast.RShift: (">>", "<<"),
    ast.BitAnd: ("&", "|"),
    ast.BitOr: ("|", "&"),
    ast.BitXor: ("^", "|"),
}


class Place(NamedTuple):
    """A token: from where to where it stands in its file, and what stands there instead."""

    line: int
    start: int
    end: int
    before: str
    after: str


class Mutant(NamedTuple):
    """A file with one token changed."""

    path: str
    place: Place
    code: str
    """The line, as it is."""

    def __str__(self) -> str:
        return f"{self.path}:{self.place.line}  {self.code}  [{self.change}]"

    @property
    def change(self) -> str:
        return f"{self.place.before} → {self.place.after}"

    @property
    def key(self) -> tuple[str, str, str]:
        """What names it in `equivalent.toml`: line numbers move, code stays."""
        return self.path, self.code, self.change

    def of(self, text: str) -> str:
        """The file's text, changed."""
        return text[: self.place.start] + self.place.after + text[self.place.end :]


def mutants(root: Path, path: str) -> list[Mutant]:
    """Every mutant of a file, in order."""
    text = (root / path).read_text("utf-8")
    lines = text.splitlines()
    found = sorted(set(Places(text).found()))
    return [Mutant(path, place, lines[place.line - 1].strip()) for place in found]


class Places:
    """The places of one file. Annotations and texts have none: what stands in a formatted text has no place of its
    own before Python 3.12."""

    def __init__(self, text: str) -> None:
        self.text = text
        # A tree counts columns in bytes, and lines from 1.
        self.starts = [0]
        for line in text.splitlines(keepends=True):
            self.starts.append(self.starts[-1] + len(line))
        self.rows = text.splitlines(keepends=True)

    def found(self) -> Iterator[Place]:
        for node in spoken(ast.parse(self.text)):
            yield from self.of(node)

    def of(self, node: ast.AST) -> Iterator[Place]:
        match node:
            case ast.Compare():
                sides = [node.left, *node.comparators]
                for left, right, sign in zip(sides, sides[1:], node.ops, strict=False):
                    yield from self.between(left, right, *COMPARISONS[type(sign)])
            case ast.BinOp() if type(node.op) in ARITHMETIC:
                yield from self.between(node.left, node.right, *ARITHMETIC[type(node.op)])
            case ast.AugAssign() if type(node.op) in ARITHMETIC:
                before, after = ARITHMETIC[type(node.op)]
                yield from self.between(node.target, node.value, f"{before}=", f"{after}=")
            case ast.BoolOp():
                words = ("and", "or") if isinstance(node.op, ast.And) else ("or", "and")
                for left, right in zip(node.values, node.values[1:], strict=False):
                    yield from self.between(left, right, *words)
            case ast.UnaryOp(op=ast.Not()):
                start = self.at(node)
                yield Place(node.lineno, start, start + 4, "not ", "")
            case ast.Constant(value=bool() as value):
                yield self.whole(node, str(not value))
            case ast.Constant(value=int() as value):
                yield self.whole(node, str(value + 1))
                yield self.whole(node, str(value - 1))
            case ast.Return(value=ast.expr() as value) if not empty(value):
                yield self.whole(value, "None")

    def between(self, left: ast.expr, right: ast.expr, before: str, after: str) -> Iterator[Place]:
        """The sign between two sides; there may be brackets around it, and a line's end."""
        start, end = self.ends(left), self.at(right)
        word = rf"(?<!\w){re.escape(before)}(?!\w)" if before[0].isalpha() else re.escape(before)
        if found := re.search(word.replace(r"\ ", r"\s+"), self.text[start:end]):
            line = self.text.count("\n", 0, start + found.start()) + 1
            yield Place(line, start + found.start(), start + found.end(), before, after)

    def whole(self, node: ast.expr, after: str) -> Place:
        start, end = self.at(node), self.ends(node)
        return Place(node.lineno, start, end, self.text[start:end], after)

    def at(self, node: ast.expr) -> int:
        return self.offset(node.lineno, node.col_offset)

    def ends(self, node: ast.expr) -> int:
        return self.offset(node.end_lineno or node.lineno, node.end_col_offset or 0)

    def offset(self, line: int, column: int) -> int:
        return self.starts[line - 1] + len(self.rows[line - 1].encode()[:column].decode())


def empty(value: ast.expr) -> bool:
    """`return None`."""
    return isinstance(value, ast.Constant) and value.value is None


def spoken(node: ast.AST) -> Iterator[ast.AST]:
    """What runs: this node and every one below it, without annotations, formatted texts, guards and sizes of caches."""
    if isinstance(node, ast.JoinedStr) or (isinstance(node, ast.keyword) and node.arg == "strict"):
        return
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "lru_cache":
        return
    yield node
    for name, value in ast.iter_fields(node):
        if name in {"annotation", "returns"}:
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST):
                yield from spoken(child)


ROOMS: dict[str, Callable[[str], bool]] = {
    "engine": lambda path: path.startswith("playground/engine/"),
    "machines": lambda path: path.startswith("playground/machines/"),
    "scenes": lambda path: path.startswith("playground/scenes/"),
    "miniatures": lambda path: path.startswith("playground/miniatures/"),
}
"""The rooms of the core. What is in none of them is the rest: the site, the lessons, the settings."""


def files(room: str, tracked: Iterable[str]) -> list[str]:
    """The source files of a room."""
    source = [path for path in sorted(tracked) if path.endswith(".py") and not path.startswith("tests/")]
    if room in ROOMS:
        return [path for path in source if ROOMS[room](path)]
    core = (*ROOMS.values(), lambda path: path.startswith("playground/guide/samples/"))
    return [path for path in source if not any(inside(path) for inside in core)]
