"""What may be done: the learner's verbs, declared on a miniature's methods."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any, TypeVar

from playground.engine.inputs import Kind

F = TypeVar("F", bound=Callable[..., Any])

SLOT = re.compile(r"\{(\w+)\}")
"""An argument in the words of a drag."""


@dataclass(frozen=True)
class Action:
    """A verb: its name in the URL, its label on the button, and its arguments in order."""

    name: str
    label: str
    timed: bool
    help: str
    arguments: tuple[Kind[Any], ...]
    on: str = ""
    """Things of the picture at which the verb stands without being told more, by the beginnings of their keys."""
    dropped: str = ""
    """What is done when a thing is dropped on another one, in words: `{client} writes at {node}`. The argument that is
    named first is the one that is dragged, the other one takes it. Where something is `lifted`, one is named: it takes.
    """
    lifted: str = ""
    """Things that are dropped on another one and that no argument stands for, by the beginnings of their keys."""
    thrown: str = ""
    """Things with which it is done when they are dragged out of their place, by the beginnings of their keys."""
    turned: str = ""
    """What is done when a thing is turned up or down, in words: `{node} has weight {weight}`. The argument that is
    named first is the thing, the other one, the last of the verb, the number that it is set to.
    """

    def __post_init__(self) -> None:
        """Raises ValueError where a drag is declared that no menu could do: a drag is another way to a form."""
        shown = {kind.name: kind.on.split() for kind in self.arguments if kind.on}
        names = SLOT.findall(self.dropped)
        wanted = 1 if self.lifted else 2
        if (self.dropped or self.lifted) and not (
            len(names) == len(set(names)) == wanted and set(names) <= shown.keys()
        ):
            told = "dropped= names two arguments that have on=, each once"
            if self.lifted:
                told = "with lifted=, dropped= names one argument that has on="
            raise ValueError(f"{self.name}: {told}: {self.dropped!r}")
        known = {*self.on.split(), *(one for on in shown.values() for one in on)}
        if strange := [one for one in self.thrown.split() if one not in known]:
            raise ValueError(f"{self.name}: thrown= names things at which the verb does not stand: {strange}")
        if self.turned and not self._turns(SLOT.findall(self.turned), shown.keys()):
            told = "names an argument that has on=, and the last one, a whole number that has now="
            raise ValueError(f"{self.name}: turned= {told}: {self.turned!r}")

    def _turns(self, names: list[str], shown: Collection[str]) -> bool:
        """Whether the first name is that of a thing, and the second that of a number which every thing has."""
        last = self.arguments[-1]
        return len(names) == 2 and names[0] in shown and names[1] == last.name and bool(getattr(last, "now", ""))

    @property
    def short(self) -> str:
        """The label at a thing that it names: *Kill* for *Kill a server*, *Fetch* for *Fetch from an offset*."""
        if not any(kind.on for kind in self.arguments):
            return self.label
        return re.split("(?: (?:at|from|to))? (?:a|an|the)\\b", self.label, maxsplit=1)[0]

    def describe(self) -> dict[str, Any]:
        """The action as the API tells it."""
        return {
            "name": self.name,
            "label": self.label,
            "timed": self.timed,
            "help": self.help,
            "on": self.on.split(),
            "dropped": self.dropped,
            "lifted": self.lifted.split(),
            "thrown": self.thrown.split(),
            "turned": self.turned,
            "arguments": [argument.describe() for argument in self.arguments],
        }


class Refused(Exception):
    """An action that makes no sense now (a server that is not there).

    `sentence` tells the learner why and what would do; `argument` names the field it stands beside.
    """

    def __init__(self, argument: str, sentence: str) -> None:
        super().__init__(sentence)
        self.argument, self.sentence = argument, sentence


def action(
    label: str,
    *,
    timed: bool = False,
    help: str = "",
    on: str = "",
    dropped: str = "",
    lifted: str = "",
    thrown: str = "",
    turned: str = "",
    **arguments: Kind[Any],
) -> Callable[[F], F]:
    """Declare a generator method as a verb. `timed` verbs may happen at an instant (`@T:`).

    `on`: things of the picture that offer the verb though none of its arguments names them. An argument says itself
    which things stand for its values.

    `dropped`, `thrown`, `turned`: how it is done by dragging, besides. Dropping a thing on another fills in two
    arguments that have `on=`: `{client} writes at {node}`, words that stand at the pointer meanwhile; what no argument
    stands for is `lifted="cut"`, and dropped on what one does: `cut {side} off`. Throwing a thing
    away is for verbs that end something: `thrown="row point"`. Turning a thing up or down sets a whole number that each
    thing has: `{node} has weight {weight}`; where it begins, the number's own `now=` says.
    """

    def declare(method: F) -> F:
        kinds = tuple(kind.named(name) for name, kind in arguments.items())
        method.action = Action(method.__name__, label, timed, help, kinds, on, dropped, lifted, thrown, turned)  # type: ignore[attr-defined]  # a function takes any
        return method

    return declare


def actions_of(cls: type) -> dict[str, Action]:
    """The verbs of a class, in order of declaration, base classes first.

    A wrong model that overrides a verb without the decorator keeps the verb's description.
    """
    found: dict[str, Action] = {}
    for base in reversed(cls.__mro__):
        for name, value in vars(base).items():
            if isinstance(getattr(value, "action", None), Action):
                found[name] = value.action
    return found
