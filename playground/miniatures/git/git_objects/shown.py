"""Git's objects, shown: their bytes, the commits with what they share, figures, outcome."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from playground.engine.miniature import Metric
from playground.engine.schema import TEXT, WHOLE, listed, mapped, record, told
from playground.machines import git_store as git
from playground.machines.git_store import FOLDER, ROOT, Entry, Store
from playground.scenes.dag import GONE, LIVE, LOST, NEXT, Cell, Column, Dag, Lane, Ref
from playground.scenes.dump import Dump, Part
from playground.scenes.scene import Scene

if TYPE_CHECKING:
    from playground.miniatures.git.git_objects.model import GitObjects

EMPTY = Dump("Bytes", "", (), empty="no object yet")
TITLE, NOTES = "Commits, trees, blobs", "in the folder"
REMARKS = {
    "blob": "Neither the name of the file nor the time is in it: the same text is the same blob, wherever it lies.",
    "tree": "The names stand here, each with the id of what it names. Another id below makes another tree.",
}
MEANINGS = {"tree": "everything", "parent": "what came before", "author": "who, and when"}
OUTCOME = record(
    head=told(TEXT, "the branch that HEAD names"),
    branches=told(mapped(TEXT), "branch -> commit"),
    commits=listed(
        record(
            id=TEXT,
            tree=TEXT,
            parent=told(TEXT, "empty: none"),
            message=TEXT,
            new=told(WHOLE, "objects that it added, itself among them"),
            state=told(TEXT, "live, lost (no name leads to it) or gone"),
        )
    ),
    files=told(mapped(TEXT), "path -> blob, of the commit that HEAD leads to; folders end with a slash"),
    kinds=told(mapped(WHOLE), "objects in the store, by kind"),
    objects=WHOLE,
    new=told(WHOLE, "objects that the last commit added"),
    bytes=told(WHOLE, "of all objects, headers included, before compression"),
    copied=told(WHOLE, "what they would be if every commit kept a copy of everything"),
    last=told(record(path=TEXT, blob=TEXT), "the file that became a blob last, and the id’s first seven digits"),
)


# Words.


def quoted(text: str) -> str:
    return f"“{text}”" if text else "nothing"


def objects(count: int) -> str:
    return f"{count} object{'s' * (count != 1)}"


def folder_name(place: str) -> str:
    return "The root folder" if place == ROOT else place


def named(entries: Iterable[Entry]) -> str:
    """What a tree names, in its order."""
    names = [f"{entry.name}{'/' * (entry.mode == FOLDER)}" for entry in sorted(entries, key=git.tree_order)]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


# Bytes.


def lines(text: str, at: int, meaning: str) -> list[Part]:
    """A text, a row for each of its lines."""
    rows = []
    for line in text.splitlines(keepends=True):
        rows.append(Part(at, line.removesuffix("\n"), "LF" * line.endswith("\n"), "", meaning))
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


# Commits.


def scenes(model: GitObjects) -> tuple[Scene, ...]:
    if not hasattr(model, "view"):
        folder = git.read(model.files.split(" "))[0]
        known = {path for file in folder for path in git.above(file)}
        return Dag(TITLE, lanes(known, folder), (), (), notes=NOTES), EMPTY
    live = model.live()
    reached = model.store.reachable(*(model.commits[at].id for at in model.branches.values()))
    columns = []
    for at, made in enumerate(model.commits):
        state = GONE if made.id in model.gone else LIVE if at in live or at == len(model.commits) - 1 else LOST
        cells = tuple(cell(model, at, place, made.ids[place], new, reached) for place, new in made.new.items())
        columns.append(Column(made.id[:7], made.message, (made.parent,) * (made.parent >= 0), state, cells))
    if cells := coming(model):
        parent = model.branches.get(model.head, -1)
        columns.append(Column("", "to come", (parent,) * (parent >= 0), NEXT, cells))
    refs = tuple(Ref(name, at, name == model.head) for name, at in model.branches.items())
    return Dag(TITLE, lanes(model.known, model.folder), tuple(columns), refs, model.changed, NOTES), model.view


def cell(model: GitObjects, at: int, place: str, id_: str, new: bool, reached: set[str]) -> Cell:
    state = GONE if id_ not in model.store.held else LIVE if id_ in reached or at >= len(model.commits) - 1 else LOST
    return Cell(place, id_[:7], within(place), None if new else model.origin[id_], state)


def within(place: str) -> str:
    """The folder that an entry lies in; empty for the root."""
    if place == ROOT:
        return ""
    return place.rstrip("/").rpartition("/")[0] + "/"


def coming(model: GitObjects) -> tuple[Cell, ...]:
    """What the next commit has so far: objects that are made already, and edited files that are not."""
    if model.changed == f"commit:{len(model.commits) - 1}":
        return ()  # it has just been made, and the name has yet to move
    made = bool(model.new) and not (model.commits and model.commits[-1].new is model.new)
    found = [
        cell(model, len(model.commits), place, model.ids[place], new, set())
        for place, new in (model.new.items() if made else ())
    ]
    before = model.tip().texts if model.branches else {}
    edited = [path for path, text in model.folder.items() if before.get(path) != text]
    found += [Cell(path, "", within(path)) for path in edited if not (made and path in model.new)]
    return tuple(found)


def lanes(known: set[str], folder: dict[str, str]) -> tuple[Lane, ...]:
    """A lane for each path that the run has seen, folders before what lies in them, in the order of trees."""
    found = [Lane(ROOT, "root", 0, True)]
    for place in sorted(known, key=order):
        parts = place.rstrip("/").split("/")
        is_folder = place.endswith("/")
        text = folder.get(place)
        note = "" if text is None else text.strip() or "(empty)"
        found.append(Lane(place, parts[-1] + "/" * is_folder, len(parts), is_folder, note))
    return tuple(found)


def order(place: str) -> list[bytes]:
    """A path as its names, those of folders with a slash: so trees sort them."""
    parts = place.rstrip("/").split("/")
    return [f"{part}/".encode() for part in parts[:-1]] + [(parts[-1] + "/" * place.endswith("/")).encode()]


# Figures.


def kinds(store: Store) -> dict[str, int]:
    found = dict.fromkeys(("blob", "tree", "commit"), 0)
    for kind, _ in store.held.values():
        found[kind] += 1
    return found


def copied(model: GitObjects) -> int:
    """Bytes if every commit that is in the store kept everything it names for itself."""
    total = 0
    for made in model.commits:
        if made.id in model.store.held:
            total += sum(model.store.sizes.get(id_, 0) for id_ in [*made.ids.values(), made.id])
    return total


def metrics(model: GitObjects) -> tuple[Metric, ...]:
    if not hasattr(model, "view"):
        return ()
    count = kinds(model.store)
    split = f"{count['blob']} blobs, {count['tree']} trees, {count['commit']} commits"
    last = model.commits[-1] if model.commits else None
    names = f"it names {len(last.ids) + 1}" if last else ""
    return (
        Metric("Objects in the store", str(len(model.store.held)), split),
        Metric("New with the last commit", str(last.added if last else 0), names),
        Metric("Bytes stored", f"{model.store.size():,}", f"{copied(model):,} if every commit were a copy"),
    )


def outcome(model: GitObjects) -> dict[str, object]:
    live = model.live()
    commits = [
        {
            "id": made.id,
            "tree": made.ids[ROOT],
            "parent": model.commits[made.parent].id if made.parent >= 0 else "",
            "message": made.message,
            "new": made.added,
            "state": GONE if made.id in model.gone else LIVE if at in live else LOST,
        }
        for at, made in enumerate(model.commits)
    ]
    return {
        "head": model.head,
        "branches": {name: model.commits[at].id for name, at in model.branches.items()},
        "commits": commits,
        "files": dict(model.tip().ids),
        "kinds": kinds(model.store),
        "objects": len(model.store.held),
        "new": model.commits[-1].added,
        "bytes": model.store.size(),
        "copied": copied(model),
        "last": {"path": model.last[0], "blob": model.last[1][:7]},
    }
