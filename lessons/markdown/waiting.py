"""What stands after a question tells its answer more often than not: up to the next heading or player it is one block,
which a script keeps shut until somebody has answered, or wants to be shown. Without a script it is prose as any other.
"""

from __future__ import annotations

from collections.abc import Iterator

from lessons.markdown.lesson import Token

ENDS = ("heading", "player", "predict", "challenge")
"""Where what waits for a question ends."""


def waiting(tokens: list[Token]) -> Iterator[Token]:
    """The tokens of a lesson, its questions numbered, and what waits for each of them gathered in one token."""
    asked, rest = 0, list[Token]()
    waits = False
    for token in tokens:
        if token["type"] in ENDS:
            yield from block(asked, rest)
            rest, waits = [], token["type"] == "predict"
            asked += waits
            yield {**token, "attrs": {**token["attrs"], "number": asked}} if waits else token
        elif waits:
            rest.append(token)
        else:
            yield token
    yield from block(asked, rest)


def block(question: int, tokens: list[Token]) -> Iterator[Token]:
    """What waits for the question of that number, as one token; nothing where there are blank lines alone."""
    if any(token["type"] != "blank_line" for token in tokens):
        yield {"type": "waits", "children": tokens, "attrs": {"question": question}}


def name_of(question: int) -> str:
    """The id of a question’s figure, by which its block knows it; empty for a question without a number."""
    return f"asks-{question}" if question else ""
