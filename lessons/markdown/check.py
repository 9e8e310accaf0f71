"""The law of a lesson's prose: every directive sound, every figure the run's own, every numeral sourced."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lessons.markdown import figures, references
from lessons.markdown.lesson import Fault, Token, Told
from lessons.markdown.page import DIRECTIVES
from lessons.problems import Problem

# A digit that begins a number. MD5, CRC-32 and HTTP/2 are names.
NUMERAL = re.compile(r"(?<![A-Za-z][-/])(?<![\w.,])\d[\d.,]*")
SOURCED = (
    "Take it from a run ([7](run:moved?…)), give the sentence a source ([^id]), or write a small number as a word."
)
BLOCKS_OF_TEXT = ("paragraph", "block_text", "heading")


def check(tokens: list[Token], lesson: Told, file: str, lines: list[str]) -> list[Problem]:
    """Everything that is wrong, in the order of the file. `lines` are all its lines."""
    return list(check_blocks(tokens, lesson, file, lines, 1))


def check_blocks(tokens: list[Token], lesson: Told, file: str, lines: list[str], line: int) -> Iterator[Problem]:
    for token in tokens:
        if token["type"] == "list":
            forget_lines(token)
        line = token.get("line", line)
        yield from check_block(token, lesson, file, lines, line)


def forget_lines(token: Token) -> None:
    """mistune has read to the end of a list before it makes its items: what they say of their lines is wrong."""
    token.pop("line", None)
    for child in token.get("children", ()):
        forget_lines(child)


def check_block(token: Token, lesson: Told, file: str, lines: list[str], line: int) -> Iterator[Problem]:
    if token["type"] == "block_error":
        known = ", ".join(DIRECTIVES)
        yield Problem(file, line, "There is no such directive.", f"Write one of {known} in the braces.")
    elif token["type"] == "table":
        yield from check_table(token, lesson, file, lines, line)
        return
    elif token["type"] in BLOCKS_OF_TEXT:
        for number, sentence in sentences(token):
            yield from check_sentence(sentence, lesson, file, find(lines, line + number, sentence))
        return
    elif token["type"] in DIRECTIVES:
        for fault in DIRECTIVES[token["type"]].faults(token, lesson):
            yield Problem(file, line, *fault)
        yield from (
            Problem(file, line, *fault)
            for fault in unsourced(token["attrs"]["told"])
            if token["type"] in ("aside", "compare")
        )
    yield from check_blocks(token.get("children", []), lesson, file, lines, line)


def sentences(token: Token) -> Iterator[tuple[int, list[Token]]]:
    """The lines of a paragraph: one sentence each, with its number from the paragraph's first."""
    sentence: list[Token] = []
    number = 0
    for child in token.get("children", ()):
        if child["type"] in ("softbreak", "linebreak"):
            yield number, sentence
            sentence, number = [], number + 1
        else:
            sentence.append(child)
    yield number, sentence


def check_table(token: Token, lesson: Told, file: str, lines: list[str], line: int) -> Iterator[Problem]:
    """A row is one statement: a source in it covers all its cells."""
    head, body = token["children"]
    for number, row in enumerate([head, *body["children"]]):
        inline = [child for cell in row["children"] for child in cell["children"]]
        yield from check_sentence(inline, lesson, file, line + number + (1 if number else 0))


def check_sentence(sentence: list[Token], lesson: Told, file: str, line: int) -> Iterator[Problem]:
    everything = list(walk(sentence))
    sourced = any(token["type"] == "reference" for token in everything)
    for token in everything:
        if token["type"] == "reference":
            found = references.faults(token, lesson)
        elif figures.is_run(token):
            found = figures.faults(token, lesson)
        elif token["type"] == "text" and not sourced and not token.get("figure"):
            found = unsourced(token["raw"])
        else:
            continue
        yield from (Problem(file, line, *fault) for fault in found)


def walk(tokens: list[Token], figure: bool = False) -> Iterator[Token]:
    """All inline tokens; the text of a figure is marked as such."""
    for token in tokens:
        if figure:
            token["figure"] = True
        yield token
        yield from walk(
            token.get("children", []),
            figure or (figures.is_run(token) and bool(figures.parts_of(token["attrs"]["url"])[0])),
        )


def unsourced(text: str) -> Iterator[Fault]:
    for numeral in NUMERAL.findall(text):
        yield Fault(f"The numeral {numeral.rstrip('.,')} comes from nowhere.", SOURCED)


def find(lines: list[str], line: int, sentence: list[Token]) -> int:
    """The line where the sentence's first words stand, from `line` on (in a list, that of the block before)."""
    words = next((token["raw"] for token in sentence if token["type"] == "text" and token["raw"].strip()), "")
    near = (number for number in range(line, len(lines) + 1) if words and words in lines[number - 1])
    return next(near, line)
