"""Paths of files, and the folders that they imply."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from playground.machines.git_store.objects import FILE, FOLDER, Entry

DOT_GIT = re.compile(r"(\.git|git~1)[. ]*([:\\]|$)", re.IGNORECASE)
"""Names that NTFS takes for `.git`: its short name, ends that it drops, a stream. Git refuses them on every system.

`is_ntfs_dotgit` in path.c, with core.protectNTFS, which is on.
"""


def parted(path: str) -> tuple[str, str]:
    """Folder and name: `src/lib/util.py` is `util.py` in `src/lib`; the folder of `README` is empty."""
    folder, _, name = path.rpartition("/")
    return folder, name


def folders_of(path: str) -> list[str]:
    """The folders that a path lies in, the deepest first, the root (empty) last."""
    found = []
    while path:
        path = parted(path)[0]
        found.append(path)
    return found


def folders(files: Mapping[str, str]) -> Iterator[tuple[str, list[Entry], dict[str, str]]]:
    """Every folder with its entries, the deepest first: the ids of its folders must be known before its own.

    `files` maps paths to blob ids. The ids of folders are written by the caller into the mapping that comes along.
    """
    ids: dict[str, str] = {}
    for folder in sorted({one for path in files for one in folders_of(path)} | {""}, key=order):
        entries = [Entry(FILE, parted(path)[1], id_) for path, id_ in files.items() if parted(path)[0] == folder]
        entries += [Entry(FOLDER, parted(one)[1], id_) for one, id_ in ids.items() if one and parted(one)[0] == folder]
        yield folder, entries, ids


def order(folder: str) -> tuple[int, str]:
    """The deepest first."""
    return -folder.count("/") - bool(folder), folder


def windows(parts: Iterable[str]) -> Iterator[str]:
    """The names of a path as Windows parts it: at backslashes too, but for one that begins a name (`verify_path`)."""
    for part in parts:
        yield part
        yield from part[1:].split("\\")[1:]


def problem(path: str, files: Mapping[str, str]) -> str:
    """Why a path cannot stand beside these files, as a sentence; empty where it can."""
    parts = path.split("/")
    if any(part in ("", ".", "..") for part in parts):
        return f"“{path}” is not a path: each name in it must be there, and none may be . or .."
    if taken := next((part for part in windows(parts) if DOT_GIT.match(part)), ""):
        return f"“{path}” is a path that Git refuses: on Windows “{taken}” would be its own folder .git."
    if taken := next((folder for folder in folders_of(path) if folder in files), ""):
        return f"“{taken}” is a file, so nothing can lie in it."
    if any(other.startswith(f"{path}/") for other in files):
        return f"“{path}” is a folder, so no file can have its name."
    return ""
