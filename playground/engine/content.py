"""A question, frozen: all that is needed to ask it, to judge an answer and to explain it, without running anything.

As JSON it is an object with the fields of `Content`; an option and a parting are objects with theirs, a table is a
list of rows (the head first), a picture is `{"width", "height", "kind", "svg"}` for each layout.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from types import UnionType
from typing import Any, NamedTuple, TypedDict, get_args, get_origin, get_type_hints

from playground.engine.asked import asked_run
from playground.engine.patches import compact, table_of
from playground.engine.query import print_query
from playground.engine.questions import Option, Parting, Posed
from playground.engine.quiet import bare
from playground.engine.trace import picture, trace
from playground.scenes.callout import callout
from playground.scenes.marks import LAYOUTS, WIDE
from playground.scenes.reading import picks
from playground.scenes.svg import inner, page_attrs

FORMAT = 1

Shape = dict[str, tuple[type, ...]]
"""Name of a field -> what it may be in JSON."""


class Shown(TypedDict):
    """The asked frame in one layout: its size in units, its kind, and the inside of its `<svg>`."""

    width: int
    height: int
    kind: str
    svg: str


class Met(NamedTuple):
    """A condition of a challenge: its sentence, and whether it holds where one begins."""

    sentence: str
    at_start: bool


@dataclass(frozen=True)
class Content:
    """One variant of a question. `query`, `options`, `because` and `right` give the answer away."""

    format: int
    miniature: str
    """Slug."""
    miniature_version: int
    template: str
    """Name of the question."""
    template_version: int
    title: str
    form: str
    prompt: str
    points_at: tuple[str, str]
    """Key of the mark that is asked about, empty for none; and the name beside it, empty where it wears one."""
    query: str
    """The whole run, as in an address."""
    stop: int
    options: tuple[Option, ...]
    """In the order shown."""
    because: str
    right: str
    """Value of the right option."""
    tolerance: int
    picks: tuple[str, ...]
    """Of the form `pick`: all that can be picked, in the picture’s reading order, every option among it."""
    sentence: str
    """The asked frame for who cannot see it."""
    table: tuple[tuple[str, ...], ...]
    """The asked frame as rows of words, the head first."""
    shown: dict[str, Shown]
    """The asked frame by layout, with the mark of the question."""
    trace: dict[str, Any]
    """The steps up to the asked frame by layout, as the player reads them."""
    conditions: tuple[Met, ...] = ()
    """Of a challenge: what is to hold. Its `query` is that of the start, and `right` that of a solution."""

    def to_json(self) -> dict[str, Any]:
        """A plain object, which `json` writes."""
        told = {name: getattr(self, name) for name in named(Content)}
        found: dict[str, Any] = plain({**told, "options": [spelled(option) for option in self.options]})
        # What has none says nothing of them, as before there were challenges.
        return found if self.conditions else {name: one for name, one in found.items() if name != "conditions"}

    @classmethod
    def from_json(cls, told: Any) -> Content:
        """What `to_json` has made. Raises ValueError with a sentence for anything else."""
        told = {"conditions": [], **told} if isinstance(told, Mapping) else told
        exactly(told, SHAPE, "a question’s content")
        if told["format"] != FORMAT:
            raise ValueError(f"This content has format {told['format']!r}; format {FORMAT} is read.")
        if told["shown"].keys() != set(LAYOUTS) or told["trace"].keys() != set(LAYOUTS):
            raise ValueError(f"Pictures and traces of a question’s content are those of {' and '.join(LAYOUTS)}.")
        for layout, one in told["shown"].items():
            exactly(one, SHOWN, f"the {layout} picture")
        key, words = texts(told["points_at"], 2)
        read = {
            "points_at": (key, words),
            "options": tuple(option_of(option) for option in told["options"]),
            "picks": texts(told["picks"]),
            "table": tuple(texts(row) for row in told["table"]),
            "conditions": tuple(condition_of(one) for one in told["conditions"]),
        }
        return cls(**{**told, **read})


def content_of(slug: str, version: int, posed: Posed) -> Content:
    """What a posed question holds, painted. `slug` and `version` are those of its miniature. Takes one run."""
    asked, question = asked_run(posed), posed.question
    scene = bare(asked.steps[-1].scenes[0])
    points_at, words = question.points_at(posed.query), scene.words()
    pictures = {layout: picture(asked, posed.stop, 0, layout) for layout in LAYOUTS}
    named = dict.fromkeys((*picks(scene, pictures[WIDE]), *sorted(option.value for option in posed.options)))
    return Content(
        format=FORMAT,
        miniature=slug,
        miniature_version=version,
        template=question.name,
        template_version=question.version,
        title=question.title,
        form=question.form,
        prompt=posed.prompt,
        points_at=points_at,
        query=print_query(posed.miniature, posed.query),
        stop=posed.stop,
        options=posed.options,
        because=question.because,
        right=posed.right,
        tolerance=question.tolerance,
        picks=tuple(named) if question.form == "pick" else (),
        sentence=words.sentence,
        table=table_of(words),
        shown={
            layout: Shown(
                width=one.width,
                height=one.height,
                kind=one.kind,
                svg=inner(one) + inner(callout(one, *points_at, layout), page_attrs),
            )
            for layout, one in pictures.items()
        },
        trace={layout: plain(trace(slug, version, asked, layout)) for layout in LAYOUTS},
    )


def spelled(option: Option) -> dict[str, Any]:
    """An option as an object."""
    told = {name: getattr(option, name) for name in named(Option)}
    return {**told, "parting": option.parting and option.parting._asdict()}


def option_of(told: Any) -> Option:
    exactly(told, OPTION, "an option")
    if (parting := told["parting"]) is not None:
        exactly(parting, PARTING, "a parting")
        parting = Parting(**parting)
    return Option(**{**told, "parting": parting})


def condition_of(told: Any) -> Met:
    """A condition as a list of two. Raises ValueError for anything else."""
    if not isinstance(told, list) or [type(one) for one in told] != [str, bool]:
        raise ValueError("Where a condition should stand in a challenge’s content, something else stands.")
    return Met(*told)


def named(cls: type[Any]) -> list[str]:
    """The fields of a dataclass."""
    return [field.name for field in fields(cls)]


def shape(cls: type[Any]) -> Shape:
    """The fields of a class of records, each with what it may be in JSON."""
    return {name: in_json(hint) for name, hint in get_type_hints(cls).items()}


def in_json(hint: Any) -> tuple[type, ...]:
    if isinstance(hint, UnionType):
        return tuple(kind for one in get_args(hint) for kind in in_json(one))
    kind = get_origin(hint) or hint
    return ({tuple: list, Parting: dict}.get(kind, kind),)


def exactly(told: Any, wanted: Shape, what: str) -> None:
    """Raises ValueError where something is no object, or its fields are others than those wanted, or of other kinds."""
    if not isinstance(told, Mapping):
        raise ValueError(f"What should be {what} is no object.")  # noqa: TRY004 - one kind of error for who reads a file
    for name in wanted:
        if name not in told:
            raise ValueError(f"The field {name} is missing in {what}.")
    for name, value in told.items():
        if name not in wanted:
            raise ValueError(f"There is no field {name} in {what}.")
        if not isinstance(value, wanted[name]):
            raise ValueError(f"The field {name} in {what} holds a {type(value).__name__}.")  # noqa: TRY004 - as above


def texts(told: Any, count: int | None = None) -> tuple[str, ...]:
    """A list of texts, as many as wanted. Raises ValueError for anything else."""
    if not isinstance(told, list) or not all(isinstance(one, str) for one in told) or count not in (None, len(told)):
        raise ValueError("Where texts should be listed in a question’s content, something else stands.")
    return tuple(told)


def plain(value: Any) -> Any:
    """The same as lists, objects, texts and numbers: what reading its JSON gives."""
    return json.loads(compact(value))


SHAPE, SHOWN, OPTION, PARTING = shape(Content), shape(Shown), shape(Option), shape(Parting)
