"""The source panel: the functions that narrate a run, line by line, as they stand in the files."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from django.utils.safestring import SafeString, mark_safe
from markupsafe import escape

from playground.engine.clock import Line
from playground.engine.run import HOME


@dataclass(frozen=True)
class Excerpt:
    """A function: its file, qualified name, first line number, and its lines without common indentation."""

    file: str
    function: str
    first: int
    lines: tuple[tuple[int, str], ...]

    @cached_property
    def items(self) -> list[str]:
        """Its lines as items of a list, written once: they are most of what a player says."""
        return [f'<li value="{number}"><code>{escape(line or " ")}</code></li>' for number, line in self.lines]

    def listing(self, now: int = 0) -> SafeString:
        """Its lines as items of a list; that of the number `now`, if it has it, is marked."""
        items, place = [*self.items], now - self.first
        if 0 <= place < len(items):
            items[place] = items[place].replace(">", ' class="now">', 1)
        return mark_safe("".join(items))  # noqa: S308 - lines of ours, escaped above

    def holds(self, file: str, number: int) -> bool:
        """Whether a line of a file stands in it."""
        return self.file == file and self.lines[0][0] <= number <= self.lines[-1][0]


@cache  # kept: one for each file of the core
def functions(file: str) -> dict[str, Excerpt]:
    """Every function of a file (relative to `playground`), by qualified name. Docstrings stay: readers want them."""
    text = Path(HOME / file).read_text("utf-8")
    lines = text.splitlines()
    found: dict[str, Excerpt] = {}

    def visit(node: ast.AST, prefix: str) -> None:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.FunctionDef):
                name = prefix + child.name
                first = min([child.lineno, *(decorator.lineno for decorator in child.decorator_list)])
                cut = child.col_offset
                body = tuple(
                    (number, lines[number - 1][cut:]) for number in range(first, (child.end_lineno or first) + 1)
                )
                found[name] = Excerpt(file, name, first, body)
                visit(child, f"{name}.<locals>.")
            elif isinstance(child, ast.ClassDef):
                visit(child, f"{prefix}{child.name}.")

    visit(ast.parse(text), "")
    return found


def excerpts(lines: Iterable[Line]) -> list[Excerpt]:
    """The functions that the lines stand in, in order of first appearance; of one inside another, the outer one."""
    found: dict[tuple[str, str], Excerpt] = {}
    for line in lines:
        if line.number and (line.file, line.function) not in found:
            excerpt = functions(line.file).get(line.function)
            if excerpt:
                found[line.file, line.function] = excerpt
    every = list(found.values())
    return [one for one in every if not any(other.holds(one.file, one.first) for other in every if other is not one)]
