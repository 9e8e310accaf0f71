"""The grammar of a run's query: one parser, one printer, `parse(print(x)) == x`.

    nodes=A+B+C & points=3 & do=add:D & do=@1500:fail:A & step=7

Inputs by name in order of declaration, defaults left out; one `do` for each action, in order; then
`step`. `do=[@T:]verb[:argument]...` is split at `:` no more often than the verb has arguments, so
the last may hold `:` and free text; in the others `~3A` stands for it (`scenes/names.py`). `@T` is an
instant in microseconds, for timed verbs only.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple
from urllib.parse import parse_qsl

from playground.engine import limits
from playground.engine.actions import Action
from playground.engine.inputs import Invalid, shown
from playground.engine.instants import read_instant
from playground.engine.miniature import Miniature
from playground.engine.spelling import encode
from playground.scenes.names import escaped, unescaped

LATER = ("lang", "thumb")
"""Names that mean nothing yet and may some day."""

LAST = "last"
"""The step of a run at which it ends, where its number is not known yet: `step=last`. Never printed."""

RESERVED = frozenset(
    ("do", "step", "vs", "v", "act", "theme", "hide", "lock", "from", "to", "format", "layout", "after", *LATER)
)
"""Names that no input may have."""

INSTANT = re.compile(r"@([0-9]{1,12})(?::|$)")


class Act(NamedTuple):
    """One action: the verb, its argument values in order, and its instant if it is timed."""

    verb: str
    arguments: tuple[Any, ...] = ()
    at: int | None = None


def do(verb: str, *arguments: Any, at: int | None = None) -> Act:
    """An action, written as in the address: `do("fail", "ada")` is `do=fail:ada`."""
    return Act(verb, arguments, at)


class Problem(NamedTuple):
    """Something wrong with a query: the field, a sentence, and what was typed."""

    field: str
    sentence: str
    typed: str = ""


class Ignored(NamedTuple):
    """A name that no input has; `near` is the real name it resembles, or empty."""

    name: str
    near: str


@dataclass(frozen=True)
class Query:
    """A run, spelled out: every input has a value here, also those left at their default."""

    inputs: tuple[tuple[str, Any], ...]
    acts: tuple[Act, ...] = ()
    step: int = 0

    def values(self) -> dict[str, Any]:
        return dict(self.inputs)

    def __getitem__(self, name: str) -> Any:
        """The value of an input."""
        return self.values()[name]

    def argument(self, act: int = -1, place: int = 0) -> Any:
        """An argument of one of the actions: the first one of the last, if nothing is said."""
        return self.acts[act].arguments[place]


@dataclass
class Parsed:
    """What a query string says: the run as far as it is sound, and everything that is not."""

    query: Query
    problems: list[Problem] = field(default_factory=list)
    ignored: list[Ignored] = field(default_factory=list)
    typed: dict[str, str] = field(default_factory=dict)
    form: dict[str, str] = field(default_factory=dict)
    """The fields of an action form: `act`, `act.node` ..."""
    options: dict[str, str] = field(default_factory=dict)
    """Reserved names other than do and act, as they were given."""


def pairs_of(text: str) -> list[tuple[str, str]]:
    """The name=value pairs of a query string. Raises Invalid when it is too long or not UTF-8."""
    if len(without_layout(text)) > limits.QUERY:
        raise Invalid(f"This address has {len(text)} characters after the “?”; at most {limits.QUERY} are read.")
    try:
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=limits.FIELDS)
    except UnicodeDecodeError:
        raise Invalid("This address holds bytes that are not UTF-8 text.") from None
    except ValueError:
        raise Invalid(f"This address has too many parts; at most {limits.FIELDS} are read.") from None


def without_layout(text: str) -> str:
    """A query without the layout, which the player adds to the longest address that a page may have."""
    if not limits.QUERY < len(text) <= limits.QUERY + 16:
        return text
    return "&".join(part for part in text.split("&") if not part.startswith("layout="))


def parse(cls: type[Miniature], text: str) -> Parsed:
    """Read a query string. Never raises: what is wrong is listed, and the rest still runs."""
    try:
        pairs = pairs_of(text)
    except Invalid as wrong:
        return Parsed(default_query(cls), [Problem("query", str(wrong))])
    parsed = read_pairs(cls, pairs)
    # Its one spelling may be longer than what was typed, and must be readable too: pages redirect to it.
    if len(print_query(cls, parsed.query)) > limits.QUERY:
        sentence = (
            f"Spelled out, this run’s address has more than {limits.QUERY} characters; that is too long to share."
        )
        return Parsed(default_query(cls), [Problem("query", sentence)])
    return parsed


def default_query(cls: type[Miniature]) -> Query:
    """The run in which every input has its default and nothing is done."""
    return query_for(cls)


def query_for(cls: type[Miniature], *acts: Act, **inputs: Any) -> Query:
    """The run with these inputs, every other one at its default, and these actions."""
    if unknown := inputs.keys() - cls.inputs().keys():
        raise TypeError(f"{cls.__name__} has no input {', '.join(sorted(unknown))}")
    return Query(tuple((name, inputs.get(name, kind.default)) for name, kind in cls.inputs().items()), acts)


def read_pairs(cls: type[Miniature], pairs: list[tuple[str, str]]) -> Parsed:
    """The query that the pairs spell."""
    parsed = Parsed(default_query(cls))
    kinds, values, acts, step = cls.inputs(), dict(parsed.query.inputs), [], 0
    seen: set[str] = set()
    for name, text in today(cls, pairs):
        if name == "do":
            acts.append(text)
            continue
        if name in seen and (name in kinds or name in RESERVED):
            parsed.problems.append(Problem(name, f"{name} stands twice in the address; the first is used.", text))
            continue
        seen.add(name)
        if name in kinds:
            parsed.typed[name] = text
            try:
                values[name] = kinds[name].parse(text)
            except Invalid as wrong:
                parsed.problems.append(Problem(name, str(wrong), text))
        elif name == "step":
            step = read_step(text, parsed)
            parsed.options[name] = text
        elif name == "act" or name.startswith("act."):
            parsed.form[name] = text
        elif name in RESERVED:
            parsed.options[name] = text
        else:
            near = difflib.get_close_matches(name.lower(), kinds, 1, 0.6)
            parsed.ignored.append(Ignored(name, near[0] if near else ""))
    read = tuple(act for number, text in enumerate(acts) if (act := read_act(cls, number, text, parsed)))
    broken = cls(values).rules()
    if not any(problem.field in kinds for problem in parsed.problems):
        parsed.problems += [Problem(name, sentence, parsed.typed.get(name, "")) for name, sentence in broken]
    if broken:
        # What the rules forbid is not run: the inputs to blame go back to their defaults, if need be all do.
        values |= {name: kinds[name].default for name, _ in broken}
        values = dict(default_query(cls).inputs) if cls(values).rules() else values
    parsed.query = Query(tuple(values.items()), read, step)
    return parsed


def today(cls: type[Miniature], pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The pairs with the names that inputs have now."""
    found = [cls.renamed[name](text) if name in cls.renamed else (name, text) for name, text in pairs]
    return [pair for pair in found if pair]


def read_step(text: str, parsed: Parsed) -> int:
    """The step number, or 0 with a problem. The number of the last one is known to whoever runs it."""
    if text == LAST:
        return 0
    if not re.fullmatch("[0-9]{1,6}", text.strip()):
        parsed.problems.append(Problem("step", f"{shown(text)} is not a step; write a whole number from 0.", text))
        return 0
    return int(text)


def read_act(cls: type[Miniature], number: int, text: str, parsed: Parsed) -> Act | None:
    """One `do`, or None with a problem."""
    place = f"do[{number}]"
    if number >= limits.ACTIONS:
        if number == limits.ACTIONS:
            sentence = f"A run has at most {limits.ACTIONS} actions; the rest is left out."
            parsed.problems.append(Problem("do", sentence))
        return None
    at, rest = None, text
    if instant := INSTANT.match(text):
        at, rest = int(instant[1]), text[instant.end() :]
    verb, *rest_parts = rest.split(":", 1)
    action = cls.actions().get(verb)
    if action is None:
        known = ", ".join(cls.actions())
        parsed.problems.append(Problem(place, f"There is no action {shown(verb)}; there are {known}.", text))
        return None
    if at is not None and not action.timed:
        sentence = f"{action.label} happens when the action before it has ended; it takes no instant (@{at})."
        parsed.problems.append(Problem(place, sentence, text))
        return None
    return read_arguments(action, rest_parts, at, place, parsed)


def read_arguments(action: Action, rest: list[str], at: int | None, place: str, parsed: Parsed) -> Act | None:
    """The verb with its arguments read, or None with a problem."""
    count = len(action.arguments)
    texts = rest[0].split(":", count - 1) if rest and count else []
    if rest and not count:
        parsed.problems.append(Problem(place, f"{action.label} takes no argument, but has {shown(rest[0])}."))
        return None
    values = []
    for index, kind in enumerate(action.arguments):
        if index >= len(texts):
            if kind.default is None:
                parsed.problems.append(Problem(f"{place}.{kind.name}", f"{action.label} needs {kind.label.lower()}."))
                return None
            values.append(kind.default)
            continue
        try:
            values.append(kind.parse(texts[index] if index == count - 1 else unescaped(texts[index])))
        except Invalid as wrong:
            divided = index and ":" in texts[index]
            hint = f" In {action.arguments[0].label.lower()}, write ~3A for “:”." if divided else ""
            parsed.problems.append(Problem(f"{place}.{kind.name}", f"{wrong}{hint}", texts[index]))
            return None
    return Act(action.name, tuple(values), at)


def read_form(cls: type[Miniature], form: dict[str, str]) -> tuple[Act | None, list[Problem]]:
    """The action that a form asks for (`act=add`, `act.node=D`), or None with problems beside its fields."""
    verb = form.get("act", "")
    action = cls.actions().get(verb)
    if action is None:
        return None, [Problem("act", f"There is no action {shown(verb)}; there are {', '.join(cls.actions())}.", verb)]
    values, problems = [], []
    for kind in action.arguments:
        name = f"act.{kind.name}"
        text = form.get(name, "")
        if not text and kind.default is not None:
            values.append(kind.default)
            continue
        try:
            values.append(kind.parse(text))
        except Invalid as wrong:
            sentence = str(wrong) if text else f"{action.label} needs {kind.label.lower()}; {kind.allowed()}."
            problems.append(Problem(name, sentence, text))
    at = None
    if action.timed and (typed := form.get("act.@", "").strip()):
        try:
            at = read_instant(typed)
        except Invalid as wrong:
            problems.append(Problem("act.@", str(wrong), typed))
    return (None, problems) if problems else (Act(verb, tuple(values), at), [])


def print_act(cls: type[Miniature], act: Act) -> str:
    """The one spelling of an action."""
    action = cls.actions()[act.verb]
    words = [kind.print(value) for kind, value in zip(action.arguments, act.arguments, strict=True)]
    words[:-1] = map(escaped, words[:-1])
    instant = [f"@{act.at}"] if act.at is not None else []
    return ":".join([*instant, act.verb, *words])


def print_pairs(cls: type[Miniature], query: Query) -> list[tuple[str, str]]:
    """The canonical name=value pairs of a query."""
    kinds = cls.inputs()
    pairs = [(name, kinds[name].print(value)) for name, value in query.inputs if value != kinds[name].default]
    pairs += [("do", print_act(cls, act)) for act in query.acts]
    if query.step:
        pairs.append(("step", str(query.step)))
    return pairs


def print_query(cls: type[Miniature], query: Query) -> str:
    """The one spelling of a query."""
    return encode(print_pairs(cls, query))


def at_step(query: Query, step: int) -> Query:
    """The same run, opened at another step."""
    return replace(query, step=step)
