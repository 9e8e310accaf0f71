"""Search by the words of the lessons: SQLite's own full-text index (FTS5), in memory, made once in a process."""

from __future__ import annotations

import difflib
import json
import re
import sqlite3
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from lessons.areas import BY_NAME
from lessons.catalogue import Lesson, lessons
from lessons.markdown import Token

LONGEST = 80
"""Characters of a search that are read."""
MOST_WORDS = 8
MOST_FOUND = 20

WORD = re.compile(r"\w+")
# Marks around a hit inside a snippet; they occur in no text.
OPEN, CLOSE = "\x02", "\x03"


@dataclass(frozen=True)
class Found:
    """A lesson with the passage that holds the words; hits are marked."""

    lesson: Lesson
    passage: SafeString


def words_of(text: str) -> list[str]:
    """The words that are looked for, in small letters."""
    return WORD.findall(text[:LONGEST].lower())[:MOST_WORDS]


def phrase(words: list[str]) -> str:
    """All the words, as the index is asked for them; each may still be growing."""
    return " ".join(f'"{word}"*' for word in words)


def matching(text: str) -> set[str]:
    """The slugs of all lessons that hold all the words."""
    words = words_of(text)
    rows = index().execute("SELECT slug FROM told WHERE told MATCH ?", (phrase(words),)) if words else ()
    return {slug for (slug,) in rows}


def search(text: str, among: Collection[str] | None = None) -> list[Found]:
    """Lessons that hold all the words, the best first: of all, or among some."""
    words = words_of(text)
    if not words:
        return []
    # A word in the title counts ten times as much as one in the prose.
    rows = index().execute(
        "SELECT slug, snippet(told, 4, ?, ?, '…', 24) FROM told WHERE told MATCH ?"
        " AND slug IN (SELECT value FROM json_each(?)) ORDER BY bm25(told, 0, 10, 5, 3, 1) LIMIT ?",
        (OPEN, CLOSE, phrase(words), json.dumps(list(lessons() if among is None else among)), MOST_FOUND),
    )
    found = [Found(lessons()[slug], marked(passage)) for slug, passage in rows]
    # Whoever types a title wants that lesson, however often another one says its words.
    return sorted(found, key=lambda one: words_of(one.lesson.front.title) != words)


def near(text: str) -> list[str]:
    """Words of the lessons that look like those asked for, where nothing was found."""
    known = vocabulary()
    close = [difflib.get_close_matches(word, known, 1, 0.75) for word in words_of(text) if word not in known]
    return [found[0] for found in close if found]


def marked(passage: str) -> SafeString:
    """The passage as HTML: everything is escaped, and only our own marks become tags."""
    html = escape(passage).replace(OPEN, "<mark>").replace(CLOSE, "</mark>")
    return mark_safe(html)  # noqa: S308 - escaped above, but for <mark>


@cache  # kept: one
def index() -> sqlite3.Connection:
    """One row a lesson. Read only after it is made, so that threads may share it."""
    made = sqlite3.connect(":memory:", check_same_thread=False)
    made.execute(
        "CREATE VIRTUAL TABLE told USING fts5"
        "(slug UNINDEXED, title, question, area, prose, tokenize='porter unicode61')"
    )
    made.executemany(
        "INSERT INTO told VALUES (?, ?, ?, ?, ?)",
        [
            (one.slug, one.front.title, one.front.question, BY_NAME[one.front.area].title, prose_of(one))
            for one in lessons().values()
        ],
    )
    return made


@cache  # kept: one
def vocabulary() -> frozenset[str]:
    """Every word of four letters or more."""
    told = " ".join(f"{one.front.title} {one.front.question} {prose_of(one)}" for one in lessons().values())
    return frozenset(word for word in WORD.findall(told.lower()) if len(word) > 3)


def prose_of(lesson: Lesson) -> str:
    """The words of a lesson as they are read: no addresses, no directives."""
    return " ".join("".join(texts(lesson.tokens)).split())


INLINE = {"text", "codespan", "emphasis", "strong", "link"}


def texts(tokens: list[Token]) -> Iterator[str]:
    for token in tokens:
        if token["type"] in ("text", "codespan"):
            yield token["raw"]
        yield from texts(token.get("children", []))
        if token["type"] not in INLINE:
            yield " "
