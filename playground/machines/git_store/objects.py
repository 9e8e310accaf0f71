"""The three kinds of object as bytes, and the id that follows from them (git-scm book, chapter 10)."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha1
from typing import NamedTuple

FILE, FOLDER = "100644", "40000"
"""Modes of a tree's entries: a plain file, and a folder. Others (executable, link) are not used here."""


class Entry(NamedTuple):
    """One line of a tree: mode, name, id."""

    mode: str
    name: str
    id: str


class Stamp(NamedTuple):
    """Who, and when: seconds since 1970, in UTC."""

    who: str
    email: str
    when: int

    def line(self) -> str:
        return f"{self.who} <{self.email}> {self.when} +0000"


def header(kind: str, content: bytes) -> bytes:
    """What stands before the content: its kind, its length in bytes, and a NUL."""
    return f"{kind} {len(content)}".encode() + b"\0"


def object_id(kind: str, content: bytes) -> str:
    """The name of an object: SHA-1 of header and content, nothing else."""
    return sha1(header(kind, content) + content, usedforsecurity=False).hexdigest()


def blob(text: str) -> bytes:
    """A file's content. Its name is not in it: that stands in the tree."""
    return text.encode()


def tree_order(entry: Entry) -> bytes:
    """Names sort by bytes, and a folder as if its name ended with a slash: `a.txt` before `a/`."""
    return entry.name.encode() + (b"/" if entry.mode == FOLDER else b"")


def tree(entries: Iterable[Entry]) -> bytes:
    """A folder: for each entry mode, space, name, NUL, and the id as 20 raw bytes."""
    return b"".join(
        f"{entry.mode} {entry.name}".encode() + b"\0" + bytes.fromhex(entry.id)
        for entry in sorted(entries, key=tree_order)
    )


def commit(tree_id: str, parents: Iterable[str], author: Stamp, committer: Stamp, message: str) -> bytes:
    """A state of everything: a tree, what came before it, who, when and why."""
    lines = [f"tree {tree_id}", *(f"parent {parent}" for parent in parents)]
    lines += [f"author {author.line()}", f"committer {committer.line()}", "", message]
    return ("\n".join(lines) + "\n").encode()
