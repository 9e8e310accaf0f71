"""Git's objects in words, and their bytes part by part."""

import unicodedata
from collections.abc import Iterable

from playground.machines import git_store as git
from playground.machines.git_store import FOLDER, ROOT, Entry, Store
from playground.scenes.dump import Dump, Part

EMPTY = Dump("Bytes", "", (), empty="no object yet")
REMARKS = {
    "blob": "Neither the name of the file nor the time is in it: the same text is the same blob, wherever it lies.",
    "tree": "The names stand here, each with the id of what it names. Another id below makes another tree.",
}
MEANINGS = {"tree": "everything", "parent": "what came before", "author": "who, and when"}


END = {git.LF: ", the line feed among them", git.CRLF: ", CR and LF among them", git.NOTHING: ""}

# Words.


def quoted(text: str) -> str:
    return f"“{text}”" if text else "nothing"


def objects(count: int) -> str:
    return f"{count} object{'s' * (count != 1)}"


def folder_name(place: str) -> str:
    return "The root folder" if place == ROOT else place


def named(entries: Iterable[Entry]) -> str:
    """What a tree names, in its order."""
    ordered = sorted(entries, key=git.tree_order)
    shown = {entry.name: label(entry.name, (other.name for other in ordered)) for entry in ordered}
    names = [f"{shown[entry.name]}{'/' * (entry.mode == FOLDER)}" for entry in ordered]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def looks_like(one: str, other: str) -> bool:
    """Whether two names are drawn alike and are other bytes: an é can be one character, or an e and an accent."""
    return one != other and unicodedata.normalize("NFC", one) == unicodedata.normalize("NFC", other)


def told_apart(path: str, twin: str) -> str:
    """What is to be said of a path that was written, and of one that looks like it."""
    if not twin:
        return "The store is as it was."
    here, there = path.encode(), twin.encode()
    start = next(at for at, (one, other) in enumerate(zip(here, there, strict=False)) if one != other)
    parts = [one[start : start + 6].hex(" ") for one in (here, there)]
    return f"It looks like a file that is there, and is another one: here stands {parts[0]}, there {parts[1]}."


def label(name: str, others: Iterable[str]) -> str:
    """A name as it is shown: of two that look alike, the one whose accents are characters of their own says so."""
    alone = not any(looks_like(name, other) for other in others)
    return name if alone or unicodedata.is_normalized("NFC", name) else f"{name} (NFD)"


# Bytes.


def lines(text: str, at: int, meaning: str) -> list[Part]:
    """A text, a row for each of its lines."""
    rows = []
    for line in text.splitlines(keepends=True):
        badge = "CR LF" if line.endswith("\r\n") else "LF" * line.endswith("\n")
        rows.append(Part(at, line.rstrip("\r\n"), badge, "", meaning))
        at += len(line.encode())
    return rows


def text_view(path: str, text: str, header: bool = False) -> Dump:
    """A file in the folder, before it is stored; with the header that Git will put before it."""
    content = text.encode()
    if not header:
        rows = lines(text, 0, "the text") or [Part(-1, "an empty file")]
        return Dump(path, f"{len(content)} bytes, in the folder", tuple(rows))
    top = Part(0, f"blob {len(content)}", "NUL", "", "the header")
    start = len(git.header("blob", content))
    rows = [top, *lines(text, start, "the text")]
    return Dump("A blob", f"{start + len(content)} bytes", tuple(rows), changed="0")


def object_view(store: Store, id_: str, *, fresh: bool) -> Dump:
    """An object's bytes, part by part, and the name that follows from them."""
    kind, content = store.held[id_]
    start = len(git.header(kind, content))
    rows = [Part(0, f"{kind} {len(content)}", "NUL", "", "the header")]
    if kind == "tree":
        at = start
        for mode, name, entry_id in store.entries(id_):
            rows.append(Part(at, f"{mode} {name}", "NUL", entry_id, "a folder" if mode == FOLDER else "a file"))
            at += len(f"{mode} {name}".encode()) + 21
    elif kind == "commit":
        told_lines = lines(content.decode(), start, "")
        rows += [row._replace(meaning=MEANINGS.get(row.text.partition(" ")[0], "")) for row in told_lines]
        rows[-1] = rows[-1]._replace(meaning="why")
    else:
        rows += lines(content.decode(), start, "the text")
    title, note = f"{kind.capitalize()} {id_[:7]}", f"{start + len(content)} bytes"
    caption = f"its name, and its place: .git/objects/{id_[:2]}/{id_[2:7]}…"
    changed = "value" if fresh else ""
    return Dump(title, note, tuple(rows), "SHA-1 of all these bytes", id_, caption, changed, REMARKS.get(kind, ""))
