"""Git's objects, shown: the commits with what they share, the bytes of one object, figures."""

from playground.engine import Metric
from playground.machines.git_store import ROOT
from playground.miniatures.git.git_objects import words
from playground.miniatures.git.git_objects.model import GitObjects
from playground.miniatures.git.git_objects.words import EMPTY
from playground.scenes.dag import GONE, LIVE, LOST, NEXT, Cell, Column, Dag, Lane, Ref
from playground.scenes.many import many
from playground.scenes.scene import Scene

TITLE, NOTES = "Commits, trees, blobs", "in the folder"


def scenes(model: GitObjects) -> tuple[Scene, ...]:
    live = model.live()
    reached = model.store.reachable(*(model.commits[at].id for at in model.branches.values()))
    columns = []
    for at, made in enumerate(model.commits):
        state = GONE if made.id in model.gone else LIVE if at in live or at == len(model.commits) - 1 else LOST
        cells = tuple(cell(model, at, place, made.ids[place], new, reached) for place, new in made.new.items())
        columns.append(Column(made.id, made.message, (made.parent,) * (made.parent >= 0), state, cells))
    if cells := coming(model):
        parent = model.branches.get(model.head, -1)
        columns.append(Column("", "to come", (parent,) * (parent >= 0), NEXT, cells))
    refs = tuple(Ref(name, at, name == model.head) for name, at in model.branches.items())
    return Dag(TITLE, lanes(model.known, model.folder), tuple(columns), refs, model.changed, NOTES), model.view


def cell(model: GitObjects, at: int, place: str, id_: str, new: bool, reached: set[str]) -> Cell:
    state = GONE if id_ not in model.store.held else LIVE if id_ in reached or at >= len(model.commits) - 1 else LOST
    return Cell(place, id_, within(place), None if new else model.origin[id_], state)


def within(place: str) -> str:
    """The folder that an entry lies in; empty for the root."""
    if place == ROOT:
        return ""
    return place.rstrip("/").rpartition("/")[0] + "/"


def coming(model: GitObjects) -> tuple[Cell, ...]:
    """What the next commit has so far: objects that are made already, and edited files that are not."""
    if model.changed == f"commit:{len(model.commits) - 1}":
        return ()  # it has just been made, and the name has yet to move
    if model.view == EMPTY:
        return ()  # nobody has begun to make one
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
        found.append(
            Lane(place, words.label(parts[-1], siblings(place, known)) + "/" * is_folder, len(parts), is_folder, note)
        )
    return tuple(found)


def siblings(place: str, known: set[str]) -> list[str]:
    """The names of what lies in the same folder."""
    return [other.rstrip("/").rpartition("/")[2] for other in known if within(other) == within(place)]


def order(place: str) -> list[bytes]:
    """A path as its names, those of folders with a slash: so trees sort them."""
    parts = place.rstrip("/").split("/")
    return [f"{part}/".encode() for part in parts[:-1]] + [(parts[-1] + "/" * place.endswith("/")).encode()]


def metrics(model: GitObjects) -> tuple[Metric, ...]:
    if model.view == EMPTY:
        return ()
    count = model.kinds()
    split = ", ".join(many(count[kind], kind) for kind in ("blob", "tree", "commit"))
    last = model.commits[-1] if model.commits else None
    names = f"it names {len(last.ids) + 1}" if last else ""
    return (
        Metric("Objects in the store", str(len(model.store.held)), split),
        Metric("New with the last commit", str(last.added if last else 0), names),
        Metric("Bytes stored", f"{model.store.size():,}", f"{model.copied():,} if every commit were a copy"),
    )
