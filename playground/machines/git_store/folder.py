"""A folder of files, written as words: `README=hello src/app.py=run`; and what it may hold."""

from __future__ import annotations

from collections.abc import Mapping

from playground.machines.git_store.objects import FOLDER, Entry
from playground.machines.git_store.paths import folders_of, problem

ROOT = "/"
MOST_FILES, MOST_FOLDERS, MOST_DEEP, MOST_NAME = 8, 3, 3, 16


def lane(path: str) -> str:
    """What stands for a folder: its path with a slash, the root being the slash alone."""
    return f"{path}/"


LF, CRLF, NOTHING = "lf", "crlf", "none"
ENDS = {LF: "\n", CRLF: "\r\n", NOTHING: ""}
"""How a text ends, by the name of the end."""


def ended(text: str, end: str) -> str:
    """A text with its line end; an empty file has none."""
    return text + ENDS[end] if text else ""


def read(spelled: str, end: str = LF) -> tuple[dict[str, str], str]:
    """The files that are spelled `path=text path=text`, and why they cannot be (empty: they can).

    A word without `=` belongs to the text before it, with the space between: `greeting=Hello, world!` is one file.
    """
    found: list[tuple[str, str]] = []
    for word in spelled.split(" "):
        path, equals, text = word.partition("=")
        if equals:
            found.append((path, text))
        elif found:
            found[-1] = found[-1][0], f"{found[-1][1]} {word}"
        else:
            return {}, f"“{word}” has no “=”. Write a path, = and a text, as in README={word or 'hello'}."
    files: dict[str, str] = {}
    known: set[str] = set()
    for path, text in found:
        if path in files:
            return files, f"“{path}” is named twice; each file may stand once."
        if sentence := refusal(path, files, known):
            return files, sentence
        files[path] = ended(text, end)
        known.update(above(path))
    return files, ""


def refusal(path: str, files: Mapping[str, str], known: set[str]) -> str:
    """Why a file cannot be written. `known` are the paths that a run has seen, folders with a slash."""
    if sentence := problem(path, files):
        return sentence
    if any(len(part) > MOST_NAME for part in path.split("/")):
        return f"“{path}” holds a name of more than {MOST_NAME} characters."
    inside = {lane(one) for one in folders_of(path)[:-1]}
    if len(inside) > MOST_DEEP or len(inside | {one for one in known if one.endswith("/")}) > MOST_FOLDERS:
        return f"“{path}” makes more than {MOST_FOLDERS} folders; the picture has room for no more."
    if len({path} | {one for one in known if not one.endswith("/")}) > MOST_FILES:
        return f"“{path}” makes more than {MOST_FILES} files; the picture has room for no more."
    return ""


def deepest(files: Mapping[str, str]) -> str:
    """The file that lies deepest; of several, the last one."""
    return max(files, key=lambda path: (path.count("/"), list(files).index(path)))


def shallowest(files: Mapping[str, str]) -> str:
    """The file that lies nearest to the root; of several, the first one."""
    return min(files, key=lambda path: path.count("/"))


def above(path: str) -> list[str]:
    """A file and the folders that it lies in, these with a slash; without the root."""
    return [path, *map(lane, folders_of(path)[:-1])]


def entry_path(folder: str, entry: Entry) -> str:
    """Where an entry of a folder lies; a folder ends with a slash."""
    path = f"{folder}/{entry.name}" if folder else entry.name
    return lane(path) if entry.mode == FOLDER else path
