"""A run travels as frame 0 and keyed patches.

    {"format": 1, "slug", "version", "query", "layout",
     "pictures": [{"kind", "width", "height", "marks": [[key, tag, parent or -1], ...]}],
     "files": [...],
     "steps": [{"say", "at", "act", "line": [file, number], "metrics", "state", "names", "patch": [{...}]}]}

`marks` is the union over the run in paint order; parent is an index into it. A patch maps an index to
the attributes that changed (null: gone; the text is the attribute ""), or to null when the mark left.
`metrics`, `names` (of the pictures, spoken) and `state` (the picture as a table: its rows that changed, by
number; null: no longer there) are told when they change. A step that is a surprise has `"stop": 1`: play rests there.
The browser expands patches forward to states and sets states: it never undoes.

Where the model has a clock, `pace` is how many microseconds of it pass in a second of play; where things travel,
`moves` says what, when and along which way (`moves.py`). Where a picture's axis is that clock, its `through` says which
marks grow through the time between two steps, by what their keys begin with, and which one stands at now.
A picture's `comes`, where it has one, says how marks come that were not there a step before: [what their keys begin
with, what they end with, how, 1 if anew] (`scenes/motion.py`), the first that speaks of a mark.
"""

from __future__ import annotations

from typing import Any

from playground.engine.moves import moves, through
from playground.engine.patches import (
    Marks,
    State,
    Table,
    compact,
    difference,
    marks_of,
    rows_changed,
    state_of,
    table_of,
    union,
)
from playground.engine.query import print_query
from playground.engine.run import Run
from playground.scenes.marks import NARROW, Mark, Picture
from playground.scenes.paint import MOTIONS

__all__ = ["FORMAT", "compact", "paint_all", "picture", "rebuild", "state_of", "trace", "union"]

FORMAT = 1


def layout_of(place: int, layout: str) -> str:
    """The first scene is drawn for the asked layout; the others stand beside or under it, narrow."""
    return layout if place == 0 else NARROW


def picture(run: Run, step: int, place: int, layout: str) -> Picture:
    """One scene of one step, painted."""
    return run.paintings.of(run.steps[step].scenes[place], layout_of(place, layout), run.rooms[place])


def paint_all(run: Run, layout: str, beside: bool = True, first: int = 0) -> list[list[Picture]]:
    """Every scene, or the first alone, at every step from `first` on. One equal to the one before is painted once."""
    columns = []
    for place, room in enumerate(run.rooms if beside else run.rooms[:1]):
        column: list[Picture] = []
        before = None
        for step in run.steps[first:]:
            scene = step.scenes[place]
            same = scene is before or scene == before
            column.append(column[-1] if same else run.paintings.of(scene, layout_of(place, layout), room))
            before = scene
        columns.append(column)
    return columns


def patches(column: list[Picture], index: dict[str, int]) -> list[dict[str, Any]]:
    """One patch a step; the first leads from nothing to frame 0."""
    out: list[dict[str, Any]] = []
    before: Marks = {}
    painted_before = None
    for painted in column:
        if painted is painted_before:
            out.append({})
            continue
        after = marks_of(painted)
        out.append(difference(before, after, index))
        before, painted_before = after, painted
    return out


def trace(slug: str, version: int, run: Run, layout: str, beside: bool = True, first: int = 0) -> dict[str, Any]:
    """A run for one layout, as JSON; without what stands `beside` its first picture where that is not shown.

    From the step `first` on, for whoever has the steps before it: its patch leads from nothing to that step.
    """
    columns = paint_all(run, layout, beside, first)
    pictures: list[dict[str, Any]] = []
    columns_patches = []
    for column in columns:
        marks = union(column)
        index = {mark.key: number for number, mark in enumerate(marks)}
        listed = [[mark.key, mark.tag, index[mark.parent] if mark.parent else -1] for mark in marks]
        drawn = {"kind": column[0].kind, "width": column[0].width, "height": column[0].height, "marks": listed}
        if ways := comes(run, len(pictures), marks):
            drawn["comes"] = ways
        pictures.append(drawn)
        columns_patches.append(patches(column, index))
    files = Index()
    steps = []
    metrics: list[list[str]] = []
    table: Table = ()
    names: list[str] = []
    for number, step in enumerate(run.steps[first:]):
        told: dict[str, Any] = {
            "say": step.text,
            "at": step.clock,
            "act": step.act,
            "line": [files.of(step.line.file), step.line.number] if step.line.number else None,
            "patch": [column[number] for column in columns_patches],
        }
        said = [run.paintings.words(scene) for scene in step.scenes[: len(columns)]]
        figures, rows = [list(metric) for metric in step.metrics], table_of(said[0])
        spoken = [words.sentence for words in said]
        if step.stop:
            told["stop"] = 1
        if figures != metrics:
            told["metrics"] = figures
        if rows != table:
            told["state"] = rows_changed(table, rows)
        if spoken != names:
            told["names"] = spoken
        steps.append(told)
        metrics, table, names = figures, rows, spoken
    found = {
        "format": FORMAT,
        "slug": slug,
        "version": version,
        "query": print_query(run.cls, run.query),
        "layout": layout,
        "pictures": pictures,
        "files": files.items,
        "steps": steps,
    }
    if run.cls.per_second:
        found["pace"] = run.cls.per_second
    if grown := through(run):
        pictures[0]["through"] = grown
    if travelled := moves(run):
        found["moves"] = travelled
    return found


def comes(run: Run, place: int, marks: list[Mark]) -> list[list[Any]]:
    """How marks come into a picture, as far as it has such marks."""
    motion = MOTIONS.get(type(run.steps[-1].scenes[place]))
    keys: tuple[list[str], list[str]] = [], []
    for mark in marks:
        keys[bool(mark.parent)].append(mark.key)
    return [
        [way.begins, way.ends, way.how, *([1] if way.anew else [])]
        for way in (motion.ways if motion else ())
        # What begins with nothing speaks of the parts of things.
        if any(key.startswith(way.begins) and key.endswith(way.ends) for key in keys[not way.begins])
    ]


class Index:
    """Numbers things in order of first appearance."""

    def __init__(self) -> None:
        self.items: list[str] = []

    def of(self, item: str) -> int:
        if item not in self.items:
            self.items.append(item)
        return self.items.index(item)


def rebuild(trace: dict[str, Any], place: int) -> list[State]:
    """The states that a trace's patches expand to: what the browser does, for the tests."""
    keys = [mark[0] for mark in trace["pictures"][place]["marks"]]
    states: list[State] = []
    now: State = {}
    for step in trace["steps"]:
        now = dict(now)
        for number, change in step["patch"][place].items():
            key = keys[int(number)]
            if change is None:
                now.pop(key)
            else:
                merged = {**now.get(key, {}), **change}
                now[key] = {name: value for name, value in merged.items() if value is not None}
        states.append(now)
    return states
