"""Characters become tokens, by PostgreSQL's rules for words, numbers, strings and operators."""

from __future__ import annotations

import re
from typing import NamedTuple

from playground.machines.sql.errors import SqlError, beyond

WORD, NUMBER, TEXT, SYMBOL, END = "word", "number", "text", "symbol", "end"

SPACE = re.compile(r"[ \t\n\r\f]*")
NAME = re.compile(r"[A-Za-z_\u0080-\U0010ffff][A-Za-z0-9_$\u0080-\U0010ffff]*")
DIGITS = re.compile(r"[0-9]+")
QUOTED = re.compile(r"'(?:[^']|'')*'")
OPERATOR = re.compile(r"[-+*/<>=~!@#%^&|`?]+")
KNOWN = ("<=", ">=", "<>", "!=", "<", ">", "=", "*", "-")
GREATEST = 2**31 - 1


class Token(NamedTuple):
    """A piece of the statement; `text` is how it was typed, `value` what it means, `position` counts from 1."""

    kind: str
    text: str
    value: str
    position: int


def tokenise(statement: str) -> tuple[Token, ...]:
    """The statement in tokens; the last one is its end."""
    found: list[Token] = []
    at = space_after(statement, 0)
    while at < len(statement):
        token = token_at(statement, at)
        found.append(token)
        at = space_after(statement, at + len(token.text))
    return (*found, Token(END, "", "", len(statement) + 1))


def space_after(statement: str, at: int) -> int:
    found = SPACE.match(statement, at)
    return found.end() if found else at


def token_at(statement: str, at: int) -> Token:
    position = at + 1
    if word := NAME.match(statement, at):
        if statement[word.end() : word.end() + 1] == "'" or (
            word[0].lower() == "u" and statement[word.end() :][:1] == "&"
        ):
            raise beyond("a string with a prefix", position)
        return Token(WORD, word[0], word[0].lower(), position)
    if digits := DIGITS.match(statement, at):
        after = statement[digits.end() : digits.end() + 1]
        if after == "." or NAME.match(after) or int(digits[0]) > GREATEST:
            raise beyond("a number that is not a small whole one", position)
        return Token(NUMBER, digits[0], str(int(digits[0])), position)
    if statement[at] == "'":
        quoted = QUOTED.match(statement, at)
        if not quoted:
            raise SqlError("42601", f'unterminated quoted string at or near "{statement[at:]}"', position)
        return Token(TEXT, quoted[0], quoted[0][1:-1].replace("''", "'"), position)
    if operator := OPERATOR.match(statement, at):
        return Token(SYMBOL, *operator_in(operator[0], position), position)
    if statement[at] in '".$:[]':
        raise beyond(f"the sign “{statement[at]}”", position)
    return Token(SYMBOL, statement[at], statement[at], position)


def operator_in(run: str, position: int) -> tuple[str, str]:
    """The operator that a run of such signs begins with. A sign before a number is none of its part: `<-5`."""
    if "--" in run or "/*" in run:
        raise beyond("a comment", position)
    while len(run) > 1 and run[-1] in "+-" and not set(run) & set("~!@#%^&|`?"):
        run = run[:-1]
    if run not in KNOWN:
        raise beyond(f"the operator {run}", position)
    return run, "<>" if run == "!=" else run
