"""What the player's template needs to know about a run. No request reaches it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from playground.asking.request import Asked
from playground.asking.versus import Other, others
from playground.engine import query as grammar
from playground.engine.actions import Action
from playground.engine.elsewhere import Recipe
from playground.engine.inputs import Choice, Flag, Kind, Name, Names, Whole
from playground.engine.instants import spelled_instant
from playground.engine.questions import Posed
from playground.engine.run import Run, run
from playground.engine.trace import picture
from playground.page import share
from playground.page.source import Excerpt, excerpts
from playground.scenes.callout import callout
from playground.scenes.marks import LAYOUTS
from playground.scenes.scene import Words
from playground.scenes.svg import inner, page_attrs

FRAMES = 6
"""Pictures of a run on paper: two rows of three."""


@dataclass(frozen=True)
class Drawing:
    """One scene in one layout, ready for the page."""

    place: int
    layout: str
    kind: str
    width: int
    height: int
    svg: SafeString
    words: Words


@dataclass(frozen=True)
class Field:
    """One form field: what it is, what it holds, what is wrong with it."""

    name: str
    kind: Kind[Any]
    value: str
    error: str = ""
    options: tuple[tuple[str, str], ...] = ()

    @property
    def widget(self) -> str:
        if self.options:
            return "select"
        return "number" if isinstance(self.kind, Whole) else "text"

    @property
    def wide(self) -> bool:
        """A field that takes a whole line: a list of names, or long text."""
        return isinstance(self.kind, Names) or self.length > 40

    @property
    def length(self) -> int:
        """The most characters that make sense in a text field."""
        if isinstance(self.kind, Names):
            return self.kind.most * 22
        return int(self.kind.schema().get("maxLength", 16))


@dataclass(frozen=True)
class ActionForm:
    """One verb with its fields. `ready` is false where there is nothing to choose from."""

    action: Action
    fields: tuple[Field, ...]
    error: str
    ready: bool = True
    at: str = ""
    """The instant that was typed into the form of a timed verb."""
    at_error: str = ""


@dataclass
class Player:
    """Everything on the player: built once for a request, read by the template."""

    asked: Asked
    posed: Posed | None = None
    origin: str = ""
    """Scheme and host of this site, where the page offers to share the run."""

    @property
    def entry(self) -> Any:
        return self.asked.entry

    @property
    def run(self) -> Run:
        return self.asked.run

    @property
    def number(self) -> int:
        return self.asked.step

    @property
    def step(self) -> Any:
        return self.run.steps[self.number]

    @property
    def timed(self) -> bool:
        """True where virtual time passes, so that the clock is worth telling."""
        return self.run.steps[-1].clock > 0

    @property
    def clock(self) -> str:
        """Virtual time: whole seconds where the run knows no finer time, else milliseconds and their thousandths."""
        if all(step.clock % 1_000_000 == 0 for step in self.run.steps):
            return f"{self.step.clock // 1_000_000:,} s"
        return f"{self.step.clock // 1000:,}.{self.step.clock % 1000:03} ms"

    # Addresses.

    @property
    def page(self) -> str:
        """The page of this run without a step; the player adds the step itself."""
        return self.asked.address("run", 0)

    @property
    def trace(self) -> str:
        return self.asked.address("trace", 0)

    @property
    def fragment_page(self) -> str:
        """This run as a fragment, without a step."""
        return self.asked.address("player", 0)

    @property
    def action_address(self) -> str:
        return self.asked.address("run").partition("?")[0]

    @property
    def fragment_address(self) -> str:
        return self.asked.address("player").partition("?")[0]

    def at(self, step: int) -> str:
        return self.asked.address("run", max(0, min(step, self.run.last)))

    @property
    def here(self) -> str:
        """The address of exactly this state."""
        return self.at(self.number)

    @property
    def start(self) -> str:
        """The query of what is shown, without a step."""
        return self.asked.beside(self.asked.printed_at(0))

    @property
    def codes(self) -> list[tuple[str, str, str]]:
        """What to paste elsewhere: (name, text for the step shown, the same with places for a step)."""
        patterns = share.codes(self.origin, self.entry, self.start)
        return [(name, share.filled(pattern, self.number), pattern) for name, pattern in patterns]

    @property
    def files(self) -> list[tuple[str, str, str]]:
        """The same to keep: (name, address for the step shown, pattern)."""
        patterns = share.files(self.entry, self.start)
        return [(name, share.filled(pattern, self.number), pattern) for name, pattern in patterns]

    @property
    def own_page(self) -> str:
        """The page of this state, also where it is shown as a widget."""
        return replace(self.asked, embedded=None).address("run", self.number)

    @property
    def own_fragment(self) -> str:
        """Its fragment, which holds the code that runs."""
        return replace(self.asked, embedded=None).address("player", 0)

    @property
    def own_start(self) -> str:
        """The same without a step."""
        return replace(self.asked, embedded=None).address("run", 0)

    @property
    def links(self) -> dict[str, str]:
        return {
            "first": self.at(0),
            "back": self.at(self.number - 1),
            "next": self.at(self.number + 1),
            "last": self.at(self.run.last),
        }

    @property
    def steps(self) -> list[tuple[int, str]]:
        """Every step as (number, narration)."""
        return [(number, step.text) for number, step in enumerate(self.run.steps)]

    @property
    def room(self) -> str:
        """Style classes: lines that the longest narration takes, about, on a phone, a tablet and a desk."""
        longest = max(len(f"Step {number}. {text}") for number, text in self.steps) + (12 if self.timed else 0)
        return f"narrow-{min(-(-longest // 42), 5)} wide-{min(-(-longest // 92), 3)} broad-{min(-(-longest // 140), 2)}"

    @property
    def others(self) -> list[tuple[str, list[Other]]]:
        """What the run can be put beside: for each input with a few values, those that it does not have."""
        return list(others(self.entry.cls, self.asked.query))

    @property
    def run_path(self) -> str:
        """The page of every run of the model."""
        return reverse("playground:run", kwargs={"slug": self.entry.slug})

    @property
    def alone(self) -> str:
        """The run by itself."""
        return replace(self.asked, versus=None).address("run", 0)

    @property
    def frames(self) -> list[tuple[int, str, str]]:
        """What is printed of the run, evenly spaced: (number, narration, address of the picture).

        Of a question, nothing after the step at which it is asked.
        """
        last = self.number if self.posed else self.run.last
        numbers: Iterable[int] = range(last + 1)
        if last >= FRAMES:
            numbers = [round(last * part / FRAMES) for part in range(1, FRAMES + 1)]
        return [(number, self.run.steps[number].text, self.picture_at(number)) for number in numbers]

    def picture_at(self, step: int) -> str:
        """The address of a step as a picture, as narrow as a phone."""
        address = self.asked.address("picture", step)
        return f"{address}{'&' if '?' in address else '?'}layout={LAYOUTS[0]}"

    @property
    def card(self) -> str:
        """The address of this state as the picture of a link's preview."""
        address = self.asked.address("png", self.number)
        return f"{address}{'&' if '?' in address else '?'}format=card"

    # The picture.

    @property
    def first_scene(self) -> list[Drawing]:
        """In both layouts; the style sheet shows the one that fits. Of two runs, side by side, the narrow one."""
        if self.asked.versus:
            return [self.drawing(place, LAYOUTS[0]) for place in range(2)]
        return [self.drawing(0, layout) for layout in LAYOUTS]

    @property
    def other_scenes(self) -> list[Drawing]:
        """The scenes beside or under the picture, always drawn narrow; those that stay blank are left out."""
        if self.posed or self.asked.versus:
            return []
        columns = list(zip(*(step.scenes for step in self.run.steps), strict=True))
        places = [place for place, column in enumerate(columns) if place and not all(scene.blank() for scene in column)]
        return [self.drawing(place, LAYOUTS[0]) for place in places]

    def drawing(self, place: int, layout: str) -> Drawing:
        painted = picture(self.run, self.number, place, layout)
        # The painter escapes every text and attribute (scenes/svg.py).
        svg = mark_safe(inner(painted))  # noqa: S308 - ours, and its texts are escaped where marks become SVG
        if place == 0 and self.posed:
            # Not marks of the run: the player leaves them where they are, at every step.
            asked = callout(painted, *self.posed.question.points_at(self.asked.query), layout)
            svg += mark_safe(inner(asked, page_attrs))  # noqa: S308 - as above
        words = self.step.scenes[place].words()
        return Drawing(place, layout, painted.kind, painted.width, painted.height, svg, words)

    @property
    def words(self) -> Words:
        words: Words = self.step.scenes[0].words()
        return words

    @property
    def sources(self) -> list[Excerpt]:
        return excerpts(step.line for step in self.run.steps)

    @property
    def current(self) -> Excerpt | None:
        """The function in which this step's line stands; before the first line, the first function."""
        line = self.step.line
        held = (excerpt for excerpt in self.sources if excerpt.holds(line.file, line.number))
        return next(held, next(iter(self.sources), None))

    # Forms.

    @cached_property
    def machine(self) -> Any:
        """The model as an action from this step would find it: later actions are not done."""
        kept = self.run.kept_at(self.number)
        if kept == self.asked.query.acts[: len(kept)] == self.run.query.acts:
            return self.run.machine
        return run(self.entry.cls, replace(self.asked.query, acts=kept), draw=False).machine

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """The run's pairs, to travel with an action form; the step is a field of its own."""
        versus = self.asked.versus
        return [*self.pairs, *([("vs", versus.spelled)] if versus else [])]

    @property
    def embedded(self) -> bool:
        return self.asked.embedded is not None

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """Inputs and actions of the run."""
        return [pair for pair in grammar.print_pairs(self.entry.cls, self.asked.query) if pair[0] != "step"]

    @property
    def done_pairs(self) -> list[tuple[str, str]]:
        return [pair for pair in self.hidden if pair[0] == "do"]

    @property
    def done(self) -> list[tuple[str, int]]:
        """The actions of this run in words, each with the number of its first step."""
        acts = self.asked.query.acts
        return [(self.in_words(act), self.run.starts.get(number, self.run.last)) for number, act in enumerate(acts)]

    def in_words(self, act: grammar.Act) -> str:
        action = self.entry.cls.actions()[act.verb]
        values = [
            kind.print(value)
            for kind, value in zip(action.arguments, act.arguments, strict=True)
            if value != kind.default
        ]
        when = f" (at {spelled_instant(act.at)})" if act.at is not None else ""
        return f"{action.label}: {', '.join(values)}{when}" if values else f"{action.label}{when}"

    def error_of(self, name: str) -> str:
        return next((problem.sentence for problem in self.asked.problems if problem.field == name), "")

    @property
    def inputs(self) -> list[Field]:
        values = self.asked.query.values()
        fields = []
        for name, kind in self.entry.cls.inputs().items():
            error = self.error_of(name)
            printed = kind.print(values[name])
            value = self.asked.typed.get(name, printed) if error else printed
            options = tuple(kind.options.items()) if isinstance(kind, Choice) else ()
            if isinstance(kind, Flag):
                options = (("yes", "yes"), ("no", "no"))
            fields.append(Field(name, kind, value, error, options))
        return fields

    @property
    def actions(self) -> list[ActionForm]:
        return [self.action_form(action) for action in self.entry.cls.actions().values()]

    def action_form(self, action: Action) -> ActionForm:
        mine = self.asked.form.get("act") == action.name
        fields, ready = [], True
        for kind in action.arguments:
            name = f"act.{kind.name}"
            options = self.options_of(kind)
            if isinstance(kind, Name) and kind.among and not options:
                ready = False
            value = self.asked.form.get(name, "") if mine else self.suggested(kind)
            if mine and options and value not in dict(options):
                options = ((value, value), *options)
            fields.append(Field(name, kind, value, self.error_of(name) if mine else "", options))
        form = ActionForm(action, tuple(fields), self.error_of("act") if mine else "", ready or mine)
        if mine and action.timed:
            return replace(form, at=self.asked.form.get("act.@", ""), at_error=self.error_of("act.@"))
        return form

    def options_of(self, kind: Kind[Any]) -> tuple[tuple[str, str], ...]:
        if isinstance(kind, Name) and kind.among:
            return tuple((name, name) for name in getattr(self.machine, kind.among)())
        return tuple(kind.options.items()) if isinstance(kind, Choice) else ()

    def suggested(self, kind: Kind[Any]) -> str:
        if isinstance(kind, Name):
            return getattr(self.machine, kind.suggest)() if kind.suggest else ""
        return kind.print(kind.default)

    @property
    def other_problems(self) -> list[str]:
        """Sentences that belong to no field on the page."""
        shown = (
            {one.name for one in self.inputs}
            | {"act", "act.@"}
            | {one.name for form in self.actions for one in form.fields}
        )
        return [problem.sentence for problem in self.asked.problems if problem.field not in shown]

    @property
    def open_actions(self) -> bool:
        return "act" in self.asked.form

    # Challenge and prediction.

    @property
    def checks(self) -> list[tuple[str, bool]]:
        return self.asked.challenge.check(self.run) if self.asked.challenge else []

    @property
    def passed(self) -> bool:
        return bool(self.checks) and all(holds for _, holds in self.checks)

    @property
    def predict_address(self) -> str:
        return reverse("playground:predict", args=[self.entry.slug, self.posed.question.name]) if self.posed else ""

    @property
    def predict_fragment(self) -> str:
        return f"{self.predict_address}answer" if self.posed else ""

    @property
    def run_pairs(self) -> list[tuple[str, str]]:
        return self.hidden

    def api_address(self) -> str:
        return f"/api/v1/miniatures/{self.entry.slug}/run?{self.asked.printed_at(0)}"

    @property
    def recipes(self) -> tuple[Recipe, ...]:
        """How to put the same to the real system; nothing for a run that was refused or cut."""
        done = self.run
        return () if done.refusal or done.stopped else self.entry.cls.elsewhere(done)

    def command(self) -> str:
        """The line that runs this without Django."""
        return f"python -m playground run {self.entry.slug} '{self.asked.printed_at(0)}'"
