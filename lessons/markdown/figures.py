"""Links to runs. A figure that comes from a run is never typed: it is named, and the run says what it is.

    [7 of 24](run:moved,keys?do=remove:cleo)             two fields of the outcome, in the order of the numerals
    [9.1](run:deviation_milli/1000?points=1&keys=40)     divided; as many decimals as are written, rounded
    [dee](run:found.server?do=look_up:user:7)            a name
    [26 keys](run:servers.bob.keys?points=1&do=fail:ada) of the record that is named bob
    [see it](run:?do=remove:cleo&step=22)                no field: a link to that step

The page prints the run's figures and leads to the end of the run; the check compares them with what is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.urls import reverse
from mistune.util import escape

from lessons.markdown.lesson import Fault, Token, Told, query_faults, run_of, text_of
from playground.engine import query as grammar
from playground.engine.registry import Entry
from playground.engine.spelling import put_beside

SCHEME = "run:"
NUMERAL = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")


class NoField(LookupError):
    """The outcome has no such field."""


def value_of(entry: Entry, query: str, path: str) -> Any:
    """One field of a run's outcome. Raises NoField with what there is."""
    path, _, divisor = path.partition("/")
    value: Any = run_of(entry, query).outcome
    for part in path.split("."):
        if isinstance(value, list):
            named = {
                str(one.get("name", place)) if isinstance(one, dict) else str(place): one
                for place, one in enumerate(value)
            }
        else:
            named = value if isinstance(value, dict) else {}
        if part not in named:
            raise NoField(f"There are: {', '.join(named) or 'no parts'}.")
        value = named[part]
    if isinstance(value, (dict, list)):
        raise NoField("Name one value in it.")
    return Decimal(value) / int(divisor) if divisor else value


def printed(text: str, values: list[Any]) -> str:
    """The link's text with the run's figures in place of the written ones."""
    if len(values) == 1 and isinstance(values[0], str):
        return values[0]
    rest = iter(values)
    return NUMERAL.sub(lambda written: spelled(next(rest), written[0]), text)


def spelled(value: Any, written: str) -> str:
    """A figure rounded to as many decimals as are written, with a comma where there are thousands."""
    places = len(written.partition(".")[2])
    rounded = Decimal(value).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return f"{rounded:,}"


def parts_of(url: str) -> tuple[list[str], str]:
    """The fields and the query that a run link names."""
    fields, _, query = url.removeprefix(SCHEME).partition("?")
    return [field for field in fields.split(",") if field], query


def is_run(token: Token) -> bool:
    return token["type"] == "link" and token["attrs"]["url"].startswith(SCHEME)


def faults(token: Token, lesson: Told) -> Iterator[Fault]:
    """What is wrong with a run link."""
    fields, query = parts_of(token["attrs"]["url"])
    text = text_of(token)
    broken = list(query_faults(lesson.entry, query))
    yield from broken
    if broken or not fields:
        return
    if grammar.parse(lesson.entry.cls, query).query.step:
        yield Fault(
            f"The figure {text!r} names a step, but it is one of the run’s end.",
            "Leave step out; the link leads to the end.",
        )
        return
    values = []
    for field in fields:
        try:
            values.append(value_of(lesson.entry, query, field))
        except NoField as unknown:
            if field.startswith("step="):
                yield Fault("No player stands above this link.", "Name the whole run: [words](run:?…&step=7).")
                return
            yield Fault(f"The outcome has no field {field!r}.", str(unknown))
            return
    named = len(values) == 1 and isinstance(values[0], str)
    if not named and len(NUMERAL.findall(text)) != len(values):
        count = len(NUMERAL.findall(text))
        yield Fault(
            f"{text!r} has {count} numerals, but {len(fields)} fields are named.", "Name one field for each numeral."
        )
    elif printed(text, values) != text:
        yield Fault(
            f"{text!r} is not what the run says.", f"Write {printed(text, values)!r}, and read the sentence again."
        )


def address(entry: Entry, fields: list[str], query: str, view: str = "run") -> str:
    """Where a run link leads: to the step it names, or, for a figure and where it names none, to the end of the run."""
    parsed = grammar.parse(entry.cls, query)
    ends = fields or not parsed.query.step
    asked = grammar.at_step(parsed.query, run_of(entry, query).last) if ends else parsed.query
    text = put_beside(grammar.print_query(entry.cls, asked), parsed.options.get("vs", ""))
    return reverse(f"playground:{view}", args=[entry.slug]) + (f"?{text}" if text else "")


def render_link(renderer: Any, text: str, url: str, model: int) -> str:
    """A run link by the run, and so that it moves the player with that number; any other as mistune writes it."""
    if not url.startswith(SCHEME):
        return f'<a href="{renderer.safe_url(url)}" rel="noreferrer">{text}</a>'
    entry = renderer.lesson.entry
    fields, query = parts_of(url)
    if fields:
        text = printed(text, [value_of(entry, query, field) for field in fields])
    kind = "figure" if fields else "run"
    moves = ""
    if model:
        fragment = escape(address(entry, fields, query, "player"))
        moves = f' hx-get="{fragment}" hx-target="#model-{model} orrery-player" hx-swap="outerMorph" data-operates'
    return f'<a class="{kind}" href="{escape(address(entry, fields, query))}"{moves}>{text}</a>'
