"""Tokens become a tree, by recursive descent.

    select  SELECT target, … FROM table [WHERE condition] [ORDER BY column [ASC | DESC]] [LIMIT number] [;]
    target  * | column | count(*)
    condition  comparisons and BETWEEN, joined by AND and OR, in parentheses or not

What PostgreSQL could go on with, and this parser cannot, is not called a syntax error.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from playground.machines.sql.errors import SqlError, beyond
from playground.machines.sql.tokens import END, NUMBER, SYMBOL, TEXT, WORD, Token, tokenise
from playground.machines.sql.words import AFTER_A_CONDITION, BEGINNINGS, FIRM, STATEMENTS

COMPARISONS = ("<", "<=", "=", "<>", ">=", ">")


class Name(NamedTuple):
    text: str
    position: int


class Star(NamedTuple):
    position: int


class Count(NamedTuple):
    """count(*)"""

    position: int


class Literal(NamedTuple):
    value: int | str
    position: int


Operand = Name | Count | Literal
Target = Star | Count | Name


class Compare(NamedTuple):
    left: Operand
    operator: str
    right: Operand
    position: int


class Between(NamedTuple):
    column: Operand
    low: Operand
    high: Operand
    position: int


class Logic(NamedTuple):
    """All of them (`and`), or any (`or`)."""

    word: str
    parts: tuple[Condition, ...]


Condition = Compare | Between | Logic


class Order(NamedTuple):
    column: Name
    descending: bool


class Select(NamedTuple):
    targets: tuple[Target, ...]
    table: Name
    where: Condition | None
    order: Order | None
    limit: int | None


@lru_cache(64)
def parse(statement: str) -> Select:
    """The tree of a statement. To find where a plan gives way to another one asks for the same few again and again."""
    return Parser(tokenise(statement)).select()


class Parser:
    """Stands at one token, and looks no further."""

    def __init__(self, tokens: tuple[Token, ...]) -> None:
        self.tokens, self.at = tokens, 0

    @property
    def here(self) -> Token:
        return self.tokens[self.at]

    def step(self) -> Token:
        token = self.here
        self.at += 1
        return token

    def word(self, *words: str) -> bool:
        return self.here.kind == WORD and self.here.value in words

    def sign(self, *signs: str) -> bool:
        return self.here.kind == SYMBOL and self.here.value in signs

    def took(self, word: str) -> bool:
        """Steps over the word, if it stands here."""
        found = self.word(word)
        self.at += found
        return found

    def wrong(self) -> SqlError:
        """Nothing can go on with this token."""
        near = f'at or near "{self.here.text}"' if self.here.kind != END else "at end of input"
        return SqlError("42601", f"syntax error {near}", self.here.position)

    def unknown(self) -> SqlError:
        """PostgreSQL might go on with it."""
        return beyond(self.here.text or "a statement that ends here", self.here.position)

    # The statement.

    def select(self) -> Select:
        if self.here.kind == END or self.sign("(", ";") or self.word(*STATEMENTS):
            raise self.unknown()
        if not self.took("select"):
            raise self.wrong()
        targets = self.targets()
        self.step()
        table = self.table()
        where = self.condition() if self.took("where") else None
        order = self.order() if self.took("order") else None
        limit = self.limit() if self.took("limit") else None
        if self.sign(";"):
            self.step()
            if self.here.kind != END:
                raise self.unknown()
        return Select(targets, table, where, order, limit)

    def targets(self) -> tuple[Target, ...]:
        if self.ends() or self.word("from", "where", "into"):
            raise self.unknown()  # PostgreSQL takes a SELECT of nothing
        found = [self.target()]
        while self.sign(","):
            self.step()
            found.append(self.target())
        if not self.word("from"):
            raise self.unknown()
        return tuple(found)

    def target(self) -> Target:
        if self.sign("*"):
            star = Star(self.step().position)
            if not self.sign(",") and not self.word("from"):
                raise self.unknown() if self.ends() else self.wrong()
            return star
        operand = self.operand()
        if isinstance(operand, Literal):
            raise beyond("a literal as a column", operand.position)
        if self.here.kind == NUMBER or self.sign(")"):
            raise self.wrong()
        return operand

    def ends(self) -> bool:
        """Where a statement may end, or another clause begin."""
        return self.here.kind == END or self.sign(";") or self.word(*AFTER_A_CONDITION)

    def table(self) -> Name:
        if self.sign("("):
            raise self.unknown()
        name = self.name()
        if self.here.kind == END or self.sign(";") or self.word("where", "order", "limit"):
            return name
        if self.here.kind in (NUMBER, TEXT) or self.word("and", "or", "from", "select", "asc", "desc"):
            raise self.wrong()
        raise self.unknown() if self.here.kind == WORD or self.sign("(", "*", ",") else self.wrong()

    def name(self) -> Name:
        """A word that may be a name."""
        if self.here.kind != WORD or self.word(*FIRM):
            raise self.wrong()
        if self.word(*BEGINNINGS):
            raise self.unknown()
        token = self.step()
        return Name(token.value, token.position)

    def order(self) -> Order:
        if not self.took("by"):
            raise self.wrong()
        if self.here.kind in (NUMBER, TEXT) or self.sign("(", "-"):
            raise self.unknown()
        column = self.name()
        if self.sign(*COMPARISONS, "(", "*", "-") or self.here.kind == TEXT:
            raise self.unknown()
        if self.word("nulls", "using"):
            raise self.unknown()
        descending = self.took("desc")
        if not descending:
            self.took("asc")
        if self.word("nulls"):
            raise self.unknown()
        self.end_of_clause(also=("limit",))
        return Order(column, descending)

    def limit(self) -> int:
        if self.here.kind == TEXT or self.sign("(", "-") or (self.here.kind == WORD and not self.word(*FIRM)):
            raise self.unknown()
        if self.here.kind != NUMBER:
            raise self.wrong()
        count = int(self.step().value)
        if self.sign(*COMPARISONS, "*", "-"):
            raise self.unknown()
        self.end_of_clause()
        return count

    def end_of_clause(self, also: tuple[str, ...] = ()) -> None:
        """What stands here must begin one of the clauses that may follow, or end the statement."""
        if self.here.kind == END or self.sign(";") or self.word(*also):
            return
        if self.sign(",") or (self.word(*AFTER_A_CONDITION) and not self.word("order", "limit")):
            raise self.unknown()
        raise self.wrong()

    # Conditions.

    def condition(self) -> Condition:
        """All that follows WHERE."""
        found = self.either()
        self.end_of_condition()
        return found

    def end_of_condition(self) -> None:
        if self.sign(","):
            raise self.wrong()
        self.end_of_clause(also=("order", "limit"))

    def either(self) -> Condition:
        parts = [self.all_of()]
        while self.took("or"):
            parts.append(self.all_of())
        return parts[0] if len(parts) == 1 else Logic("or", flat("or", parts))

    def all_of(self) -> Condition:
        parts = [self.single()]
        while self.took("and"):
            parts.append(self.single())
        return parts[0] if len(parts) == 1 else Logic("and", flat("and", parts))

    def single(self) -> Condition:
        if self.sign("("):
            self.step()
            if self.word("select", *STATEMENTS):
                raise self.unknown()
            inner = self.either()
            if not self.sign(")"):
                raise self.unknown() if self.word("is", "not", "in") else self.wrong_in_parentheses()
            self.step()
            if self.sign(*COMPARISONS, "*", "-") or (self.here.kind == WORD and self.after_value()):
                raise self.unknown()
            return inner
        left = self.operand()
        if self.sign(*COMPARISONS):
            operator = self.step()
            right = self.operand()
            if self.sign("*", "-") or self.after_value():
                raise self.unknown()
            return Compare(left, operator.value, right, operator.position)
        if self.word("between"):
            return self.between(left)
        if self.here.kind in (NUMBER, TEXT) or (self.here.kind == WORD and not self.word(*AFTER_A_CONDITION)):
            raise self.wrong()
        if self.sign(",") or (self.here.kind == SYMBOL and not self.sign(")", ";", "*", "-")):
            raise self.wrong() if not self.sign(",") else self.unknown()
        raise self.unknown()

    def wrong_in_parentheses(self) -> SqlError:
        """Inside parentheses a list could stand, or a whole statement."""
        return self.unknown() if self.sign(",") else self.wrong()

    def after_value(self) -> bool:
        """Whether an expression could go on here in a way that is not ours."""
        return self.word(*AFTER_A_CONDITION) and not self.word("and", "or", "order", "limit")

    def between(self, column: Operand) -> Between:
        position = self.step().position
        low = self.operand()
        if self.sign(*COMPARISONS, "*", "-") or self.word("is", "operator"):
            raise self.unknown()
        if not self.took("and"):
            raise self.wrong()
        high = self.operand()
        if self.sign(*COMPARISONS, "*", "-") or self.after_value():
            raise self.unknown()
        return Between(column, low, high, position)

    def operand(self) -> Operand:
        """A column, a literal, or count(*)."""
        if self.sign("("):
            raise self.unknown()
        if self.sign("-"):
            position = self.step().position
            if self.here.kind != NUMBER:
                raise self.unknown()
            return Literal(-int(self.step().value), position)
        if self.here.kind == NUMBER:
            token = self.step()
            return Literal(int(token.value), token.position)
        if self.here.kind == TEXT:
            token = self.step()
            return Literal(token.value, token.position)
        name = self.name()
        if self.here.kind == TEXT:
            raise self.unknown()
        if self.sign("("):
            return self.count(name)
        return name

    def count(self, name: Name) -> Count:
        self.step()
        if name.text != "count" or not self.sign("*"):
            raise beyond(f"the function {name.text}", name.position)
        self.step()
        if not self.sign(")"):
            raise self.wrong()
        self.step()
        return Count(name.position)


def flat(word: str, parts: list[Condition]) -> tuple[Condition, ...]:
    """Parts that are themselves joined by the same word come up."""
    found: list[Condition] = []
    for part in parts:
        found += part.parts if isinstance(part, Logic) and part.word == word else [part]
    return tuple(found)
