"""The front matter of a lesson: TOML between two lines of `+++`.

    +++
    title = "The hash ring"
    question = "A cache server dies. How few keys can you move?"
    area = "data"
    minutes = 9
    prerequisites = []
    miniature = "hash-ring"

    [[sources]]
    id = "dynamo"
    name = "DeCandia et al., Dynamo, SOSP 2007"
    url = "https://…"
    +++

A sentence that carries `[^dynamo]` is sourced by it.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from dataclasses import dataclass
from typing import Any

from lessons.areas import BY_NAME, Area
from lessons.problems import Problem, Unsound
from playground.engine.registry import entries

FENCE = "+++"
KEYS = {
    "title": str,
    "question": str,
    "area": str,
    "minutes": int,
    "prerequisites": list,
    "miniature": str,
    "sources": list,
}
SOURCE_KEYS = ("id", "name", "url")


@dataclass(frozen=True)
class Source:
    """A document that a sentence rests on, with its number in the list at the end of the lesson."""

    id: str
    name: str
    url: str
    number: int


@dataclass(frozen=True)
class Front:
    """What is known about a lesson before its prose is read."""

    title: str
    question: str
    area: str
    minutes: int
    prerequisites: tuple[str, ...]
    miniature: str
    sources: tuple[Source, ...]
    body_line: int
    """Number of the line on which the prose begins."""

    @property
    def room(self) -> Area:
        """The area, with its title."""
        return BY_NAME[self.area]


def split(text: str, file: str) -> tuple[Front, str]:
    """The front matter and the prose. Raises Unsound where the front matter cannot be used."""
    parts = re.match(r"\+\+\+\n(.*?)^\+\+\+\n", text, re.DOTALL | re.MULTILINE)
    if parts is None:
        wrong = "There is no front matter."
        raise Unsound(
            [
                Problem(
                    file,
                    1,
                    wrong,
                    f"Begin with a line {FENCE}, the TOML of title, question and so on, and a line {FENCE}.",
                )
            ]
        )
    try:
        values = tomllib.loads(parts[1])
    except tomllib.TOMLDecodeError as error:
        line = int(found[1]) + 1 if (found := re.search(r"line (\d+)", str(error))) else 1
        raise Unsound(
            [
                Problem(
                    file, line, f"The front matter is not TOML: {error}.", 'Write lines like title = "The hash ring".'
                )
            ]
        ) from error
    if problems := [Problem(file, line_of(parts[0], key), wrong, instead) for key, wrong, instead in faults(values)]:
        raise Unsound(problems)
    sources = tuple(
        Source(one["id"], one["name"], one["url"], number) for number, one in enumerate(values["sources"], 1)
    )
    body_line = parts[0].count("\n") + 1
    front = Front(
        **{**values, "prerequisites": tuple(values["prerequisites"]), "sources": sources}, body_line=body_line
    )
    return front, text[parts.end() :]


def faults(values: dict[str, Any]) -> list[tuple[str, str, str]]:
    """(key, what is wrong, what to write instead) for everything that is wrong with the values."""
    found = [
        (key, f"{key} is missing or is not of the right kind.", f"Write {key} as {example(kind)}.")
        for key, kind in KEYS.items()
        if not isinstance(values.get(key), kind)
    ]
    found += [(key, f"There is no key {key}.", f"Use {', '.join(KEYS)}.") for key in values if key not in KEYS]
    if found:
        return found
    if values["area"] not in BY_NAME:
        found.append(("area", f"There is no area “{values['area']}”.", f"Write one of {', '.join(BY_NAME)}."))
    if values["miniature"] not in entries():
        found.append(
            ("miniature", f"There is no miniature “{values['miniature']}”.", near(values["miniature"], entries()))
        )
    for source in values["sources"]:
        if missing := [key for key in SOURCE_KEYS if not isinstance(source.get(key), str)]:
            found.append(
                (
                    "[[sources]]",
                    f"A source has no {' and no '.join(missing)}.",
                    "Give each one an id, a name and a url.",
                )
            )
    return found


def example(kind: type) -> str:
    return {str: "text in quotes", int: "a whole number", list: "a list"}[kind]


def near(name: str, known: Any) -> str:
    """What to write instead of an unknown name."""
    close = difflib.get_close_matches(name, known, 3, 0.5)
    return f"Write {' or '.join(close)}." if close else f"There are: {', '.join(known)}."


def line_of(text: str, key: str) -> int:
    """The line of the file on which a key stands; the first where it is missing."""
    lines = text.splitlines()
    return next((number for number, line in enumerate(lines, 1) if line.startswith(key)), 1)
