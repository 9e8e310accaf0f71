"""What the directives of a lesson need to know about it, and what they have in common."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from re import Match
from typing import Any, NamedTuple

from mistune.directives import DirectivePlugin

from lessons.front import Front, Source, near
from playground.asking.versus import versus
from playground.engine import query as grammar
from playground.engine.query import Problem, Query
from playground.engine.registry import Entry, entries
from playground.engine.run import Run, run
from playground.engine.spelling import put_beside

Token = dict[str, Any]


def text_of(token: Token) -> str:
    """The words of a token and all below it."""
    return token.get("raw", "") + "".join(text_of(child) for child in token.get("children", ()))


class Fault(NamedTuple):
    """What is wrong with a token, and what to write instead; the checker adds file and line."""

    wrong: str
    instead: str


class Told:
    """A lesson's front matter with its miniature."""

    def __init__(self, front: Front) -> None:
        self.front = front
        self.entry: Entry = entries()[front.miniature]
        self.sources: dict[str, Source] = {source.id: source for source in front.sources}


@lru_cache(256)
def run_of(entry: Entry, text: str) -> Run:
    """The run of a sound query, without pictures."""
    return run(entry.cls, grammar.parse(entry.cls, text).query, draw=False)


def query_faults(entry: Entry, text: str) -> Iterator[Fault]:
    """Whether a query can be read, is spelt as it is printed, and runs to its end."""
    parsed = grammar.parse(entry.cls, text)
    for problem in parsed.problems:
        yield Fault(f"The run {text!r} cannot be read.", problem.sentence)
    for one in parsed.ignored:
        yield Fault(
            f"The run {text!r} has an input {one.name!r} that {entry.slug} lacks.", near(one.name, entry.cls.inputs())
        )
    if parsed.problems or parsed.ignored:
        return
    vs = parsed.options.get("vs", "")
    printed = put_beside(grammar.print_query(entry.cls, parsed.query), vs)
    if printed != text:
        yield Fault(f"The run {text!r} is spelt otherwise than it is printed.", f"Write {printed}.")
    done = run_of(entry, text)
    if done.refusal:
        yield Fault(f"An action of the run {text!r} is refused.", done.refusal.sentence)
    elif done.stopped:
        yield Fault(f"The run {text!r} does not reach its end.", done.stopped)
    elif vs:
        yield from beside_faults(entry, text, parsed.query, vs)
    elif parsed.query.step > done.last:
        yield Fault(f"The run {text!r} has no step {parsed.query.step}.", f"Its last is {done.last}.")


def beside_faults(entry: Entry, text: str, asked: Query, vs: str) -> Iterator[Fault]:
    """Whether the run can stand beside the other one."""
    found = versus(entry.cls, run(entry.cls, asked), vs)
    if isinstance(found, Problem):
        yield Fault(f"Nothing can stand beside the run {text!r}.", found.sentence)
    elif asked.step > found.run.last:
        yield Fault(f"The pair {text!r} has no step {asked.step}.", f"Its last is {found.run.last}.")


def query_of(entry: Entry, text: str) -> Query:
    return grammar.parse(entry.cls, text).query


class Directive(DirectivePlugin):
    """One kind of fenced directive: `:::{name} what it is told`, text, `:::`. The text is markdown."""

    name: str

    def parse(self, block: Any, m: Match[str], state: Any) -> Token:
        inside = state.child_state(self.parse_content(m))
        inside.first += m.string.count("\n", 0, m.start("text"))
        block.parse(inside)
        return {"type": self.name, "attrs": {"told": self.parse_title(m).strip()}, "children": inside.tokens}

    def __call__(self, directive: Any, md: Any) -> None:
        directive.register(self.name, self.parse)
        if md.renderer:
            md.renderer.register(self.name, self.render)

    @staticmethod
    def faults(token: Token, lesson: Told) -> Iterator[Fault]:
        """What is wrong with the token."""
        raise NotImplementedError

    @staticmethod
    def render(renderer: Any, text: str, told: str) -> str:
        """The token as HTML; `text` is its children, rendered."""
        raise NotImplementedError
