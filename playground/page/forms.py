"""A player's forms: the set-up, the actions that can be done from here, and what is wrong with what was typed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from playground.asking.request import Asked
from playground.asking.versus import Other, others
from playground.engine import query as grammar
from playground.engine.actions import Action
from playground.engine.inputs import Choice, Flag, Kind, Name, Names, Text, Whole
from playground.engine.instants import spelled_instant
from playground.engine.run import unseen


@dataclass(frozen=True)
class Field:
    """One form field: what it is, what it holds, what is wrong with it."""

    name: str
    kind: Kind[Any]
    value: str
    error: str = ""
    options: tuple[tuple[str, str], ...] = ()
    now: str = ""
    """Of a number that each thing has: all of them, `ada:3 bob:1`."""
    begins: str = ""
    """Of a text that begins with what a thing stands for: all of these, with spaces between."""

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

    @property
    def asks(self) -> bool:
        """Whether there is anything to fill in before it is done."""
        return bool(self.fields) or self.action.timed

    @property
    def refused(self) -> bool:
        """Whether a sentence stands in the form."""
        return bool(self.error or self.at_error or any(field.error for field in self.fields))


@dataclass(frozen=True)
class Knob:
    """One input of the set-up that is turned beside the verbs."""

    field: Field
    hidden: list[tuple[str, str]]
    """What its form says besides: the rest of the run, and what stands around it."""

    @property
    def now(self) -> str:
        """What it is turned to, in words."""
        return dict(self.field.options).get(self.field.value, self.field.value)


@dataclass(frozen=True)
class Forms:
    """Every form on a player, filled with the run, or with what was typed where that was refused."""

    asked: Asked

    @cached_property
    def inputs(self) -> list[Field]:
        """The set-up."""
        cls, values = self.asked.entry.cls, self.asked.query.values()
        return [self.input(name, kind, kind.print(values[name])) for name, kind in cls.inputs().items()]

    def input(self, name: str, kind: Kind[Any], printed: str) -> Field:
        error = self.error_of(name)
        value = self.asked.typed.get(name, printed) if error else printed
        if isinstance(kind, Flag):
            return Field(name, kind, value, error, (("yes", "yes"), ("no", "no")))
        return Field(name, kind, value, error, tuple(kind.options.items()) if isinstance(kind, Choice) else ())

    @cached_property
    def knobs(self) -> list[Knob]:
        """The inputs that the lesson turns; what is wrong with one is told in the set-up. A widget has only that."""
        if self.asked.embedded is not None:
            return []
        fields = [replace(one, error="") for one in self.inputs if one.name in self.asked.entry.cls.knobs]
        return [Knob(one, [pair for pair in self.hidden if pair[0] != one.name]) for one in fields]

    @cached_property
    def actions(self) -> list[ActionForm]:
        return [self.action_form(action) for action in self.asked.entry.cls.actions().values()]

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
            fields.append(
                Field(
                    name,
                    kind,
                    value,
                    self.error_of(name) if mine else "",
                    options,
                    self.now_of(kind),
                    self.begins_of(kind),
                )
            )
        form = ActionForm(action, tuple(fields), self.error_of("act") if mine else "", ready or mine)
        if mine and action.timed:
            return replace(form, at=self.asked.form.get("act.@", ""), at_error=self.error_of("act.@"))
        return form

    def options_of(self, kind: Kind[Any]) -> tuple[tuple[str, str], ...]:
        if isinstance(kind, Name | Text) and kind.among and not getattr(kind, "adds", ""):
            return tuple((name, name) for name in getattr(self.machine, kind.among)())
        return tuple(kind.options.items()) if isinstance(kind, Choice) else ()

    def now_of(self, kind: Kind[Any]) -> str:
        if not isinstance(kind, Whole) or not kind.now:
            return ""
        return " ".join(f"{name}:{value}" for name, value in getattr(self.machine, kind.now)().items())

    def begins_of(self, kind: Kind[Any]) -> str:
        return " ".join(getattr(self.machine, kind.among)()) if isinstance(kind, Text) and kind.adds else ""

    def suggested(self, kind: Kind[Any]) -> str:
        if isinstance(kind, Name | Choice) and kind.suggest:
            return str(getattr(self.machine, kind.suggest)())
        if isinstance(kind, Name):
            return ""
        return kind.print(kind.default)

    @cached_property
    def machine(self) -> Any:
        """The model as an action from this step would find it: later actions are not done."""
        done, query = self.asked.run, self.asked.query
        kept = done.kept_at(self.asked.step)
        if kept == query.acts[: len(kept)] == done.query.acts:
            return done.machine
        return unseen(self.asked.entry.cls, replace(query, acts=kept)).machine

    @property
    def sent(self) -> bool:
        """True where an action was sent that has not been done."""
        return "act" in self.asked.form

    # What travels with a form.

    @cached_property
    def pairs(self) -> list[tuple[str, str]]:
        """Inputs and actions of the run."""
        return [pair for pair in self.asked.pairs if pair[0] != "step"]

    @property
    def around(self) -> list[tuple[str, str]]:
        """What stands around the run in its address: the run beside it, and a widget's own options."""
        versus = self.asked.versus
        return [*([("vs", versus.spelled)] if versus else []), *(self.asked.embedded or ())]

    @cached_property
    def hidden(self) -> list[tuple[str, str]]:
        """All that a form says but the step, which is a field of its own."""
        return [*self.pairs, *self.around]

    @property
    def beside_inputs(self) -> list[tuple[str, str]]:
        """All that the set-up's form says but the inputs, which are its fields."""
        return [*(pair for pair in self.pairs if pair[0] == "do"), *self.around]

    # What has been done, and what the run can be put beside.

    @property
    def done(self) -> list[tuple[str, int]]:
        """The actions of this run in words, each with the number of its first step."""
        starts, last = self.asked.run.starts, self.asked.run.last
        return [(self.in_words(act), starts.get(number, last)) for number, act in enumerate(self.asked.query.acts)]

    @property
    def last_done(self) -> str:
        """The last action in words; empty where nothing was done."""
        return self.in_words(self.asked.query.acts[-1]) if self.asked.query.acts else ""

    def in_words(self, act: grammar.Act) -> str:
        action = self.asked.entry.cls.actions()[act.verb]
        values = [
            kind.print(value)
            for kind, value in zip(action.arguments, act.arguments, strict=True)
            if value != kind.default
        ]
        when = f" (at {spelled_instant(act.at)})" if act.at is not None else ""
        return f"{action.label}: {', '.join(values)}{when}" if values else f"{action.label}{when}"

    @cached_property
    def others(self) -> list[tuple[str, list[Other]]]:
        """For each input with a few values, those that the run does not have."""
        return list(others(self.asked.entry.cls, self.asked.query))

    # What is wrong.

    def error_of(self, name: str) -> str:
        return next((problem.sentence for problem in self.asked.problems if problem.field == name), "")

    @cached_property
    def set_up_refused(self) -> bool:
        """Whether a sentence stands beside a field of the set-up."""
        return any(field.error for field in self.inputs)

    @property
    def other_problems(self) -> list[str]:
        """Sentences that belong to no field on the page. Beside another run there are no fields."""
        shown: set[str] = set()
        # Most runs have none, and what can be done in them need not be known to say so.
        if self.asked.problems and not self.asked.versus:
            shown = {one.name for one in self.inputs}
            shown |= {one.name for form in self.actions for one in form.fields}
            if self.asked.form.get("act") in self.asked.entry.cls.actions():
                shown |= {"act", "act.@"}  # the form of that verb says it
        return [problem.sentence for problem in self.asked.problems if problem.field not in shown]
