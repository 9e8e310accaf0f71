"""Names become columns, literals become values of the column's type; AND and BETWEEN become a list."""

from __future__ import annotations

from typing import NamedTuple

from playground.machines.sql import table
from playground.machines.sql.errors import SqlError, beyond
from playground.machines.sql.parser import Between, Compare, Condition, Count, Literal, Name, Operand, Select, Star
from playground.machines.sql.tokens import GREATEST

COMMUTED = {"<": ">", "<=": ">=", "=": "=", "<>": "<>", ">=": "<=", ">": "<"}
MOST_COMPARISONS = 8


class Comparison(NamedTuple):
    """A column against a value. `turned`: the value was written first."""

    column: str
    operator: str
    value: int | str
    turned: bool = False

    def text(self) -> str:
        value = f"'{self.value}'" if isinstance(self.value, str) else str(self.value)
        return f"{self.column} {self.operator} {value}"


class AnyOf(NamedTuple):
    """At least one of the lists holds, each with all its clauses."""

    branches: tuple[tuple[Clause, ...], ...]

    def text(self) -> str:
        return " or ".join(" and ".join(clause.text() for clause in branch) for branch in self.branches)


Clause = Comparison | AnyOf


class Bound(NamedTuple):
    """A statement whose names are known. All of `where` must hold."""

    columns: tuple[str, ...]
    """Empty for count(*)."""
    where: tuple[Clause, ...]
    order: str
    descending: bool
    limit: int | None

    @property
    def counts(self) -> bool:
        return not self.columns


def bind(tree: Select) -> Bound:
    """Looks up everything, in PostgreSQL's order: table, targets, condition, order; then what counts what."""
    if tree.table.text != table.NAME:
        raise SqlError("42P01", f'relation "{tree.table.text}" does not exist', tree.table.position)
    columns: list[str] = []
    loose: list[tuple[str, int]] = []
    counts = [target for target in tree.targets if isinstance(target, Count)]
    for target in tree.targets:
        if isinstance(target, Star):
            columns += table.COLUMNS
            loose.append((next(iter(table.COLUMNS)), target.position))
        elif isinstance(target, Name):
            columns.append(column_of(target))
            loose.append((target.text, target.position))
    where = without_doubles(clauses_of(tree.where)) if tree.where else ()
    if tree.order:
        if counts and tree.order.column.text == "count":
            raise beyond("order by count", tree.order.column.position)
        loose.append((column_of(tree.order.column), tree.order.column.position))
    if counts and loose:
        name, position = loose[0]
        words = f'column "{table.NAME}.{name}" must appear in the GROUP BY clause or be used in an aggregate function'
        raise SqlError("42803", words, position)
    if len(counts) > 1:
        raise beyond("two counts", counts[1].position)
    if sum(comparisons(where)) > MOST_COMPARISONS:
        raise beyond(f"more than {MOST_COMPARISONS} comparisons", tree.table.position)
    order, descending = (tree.order.column.text, tree.order.descending) if tree.order else ("", False)
    return Bound(tuple(columns), where, order, descending, tree.limit)


def comparisons(clauses: tuple[Clause, ...]) -> tuple[int, ...]:
    """How many comparisons each clause has."""
    return tuple(
        1 if isinstance(clause, Comparison) else sum(sum(comparisons(branch)) for branch in clause.branches)
        for clause in clauses
    )


def column_of(name: Name) -> str:
    if name.text == table.NAME:
        raise beyond("a whole row as a value", name.position)
    if name.text not in table.COLUMNS:
        raise SqlError("42703", f'column "{name.text}" does not exist', name.position)
    return name.text


def clauses_of(condition: Condition) -> tuple[Clause, ...]:
    """A condition as clauses that must all hold."""
    if isinstance(condition, Compare):
        return (comparison(condition.left, condition.operator, condition.right, condition.position),)
    if isinstance(condition, Between):
        column, low, high, at = condition
        return comparison(column, ">=", low, at), comparison(column, "<=", high, at)
    parts = tuple(clauses_of(part) for part in condition.parts)
    return tuple(clause for part in parts for clause in part) if condition.word == "and" else any_of(parts)


def any_of(branches: tuple[tuple[Clause, ...], ...]) -> tuple[Clause, ...]:
    """What every branch asks for must hold anyway: it comes out of the OR."""
    shared = tuple(dict.fromkeys(one for one in branches[0] if all(one in branch for branch in branches)))
    rests = tuple(tuple(clause for clause in branch if clause not in shared) for branch in branches)
    return (*shared, AnyOf(rests)) if all(rests) else shared


def without_doubles(clauses: tuple[Clause, ...]) -> tuple[Clause, ...]:
    """A column that equals a value twice does so once. Such clauses come last."""
    equal = [clause for clause in clauses if isinstance(clause, Comparison) and clause.operator == "="]
    single = {(clause.column, clause.value): clause for clause in equal}
    return (*(clause for clause in clauses if clause not in equal), *single.values())


def comparison(left: Operand, operator: str, right: Operand, position: int) -> Comparison:
    """A column and a literal that can be compared, the column on the left."""
    for side in (left, right):
        if isinstance(side, Count):
            raise SqlError("42803", "aggregate functions are not allowed in WHERE", side.position)
        if isinstance(side, Name):
            column_of(side)
    if isinstance(left, Literal) and isinstance(right, Name):
        literal, name, turned = left, right, COMMUTED[operator]
    elif isinstance(left, Name) and isinstance(right, Literal):
        name, literal, turned = left, right, operator
    else:
        raise beyond("a comparison that is not of a column and a literal", position)
    kind = table.COLUMNS[name.text]
    if kind == table.TEXT and isinstance(literal.value, int):
        types = ("text", "integer") if name is left else ("integer", "text")
        raise SqlError("42883", f"operator does not exist: {types[0]} {operator} {types[1]}", position)
    value = whole(literal) if kind == table.INTEGER else literal.value
    if kind == table.TEXT and (operator not in ("=", "<>") or name.text == "note"):
        raise beyond("texts in order" if operator not in ("=", "<>") else "a comparison with note", position)
    return Comparison(name.text, turned, value, name is right)


def whole(literal: Literal) -> int:
    """The literal as an integer; a string may spell one."""
    if isinstance(literal.value, int):
        return literal.value
    try:
        value = int(literal.value.strip(" ")) if "_" not in literal.value else None
    except ValueError:
        value = None
    if value is None or not literal.value.isascii():
        words = f'invalid input syntax for type integer: "{literal.value}"'
        raise SqlError("22P02", words, literal.position)
    if not -GREATEST - 1 <= value <= GREATEST:
        words = f'value "{literal.value}" is out of range for type integer'
        raise SqlError("22003", words, literal.position)
    return value
