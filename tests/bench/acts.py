"""What a reader waits for: the page of a default run, its trace, and an act; of every model, by the processor."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from statistics import median
from time import thread_time
from typing import NamedTuple

from django.test import Client

from playground.asking.request import ask
from playground.engine.registry import Entry, entries
from playground.page.forms import ActionForm, Field, Forms
from tests.bench.acting import ACCEPT, Act, Answer, requests
from tests.bench.endpoints import Fault, ready
from tests.bench.forgetting import forget
from tests.bench.pages import run_page, trace_of
from tests.bench.report import Row, Section, Target
from tests.bench.timing import once, yardstick

TIMES, DEAREST = 5, 3
"""How often each is measured, and how many models have rows of their own."""
QUIET = 8.0
"""Milliseconds that the yardstick takes on the machine for which the aims are set, with nothing else to do."""


def within(milliseconds: float) -> Target:
    """An aim there, as a multiple of the yardstick: it holds on a slower machine, and on a busy one."""
    return Target(milliseconds / QUIET, of_ratio=True)


KINDS = {"page": within(12), "trace": within(12), "act": within(10), "act, of a run not known here": None}
"""What is measured -> its aim; of an act both requests together, in a run that this process has been asked for."""

Thing = tuple[str, str]
"""A kind and a model."""


class Asked(NamedTuple):
    """Addresses that are measured, one after the other, and what has been asked for before, which is not."""

    addresses: list[str]
    before: tuple[str, ...] = ()


class Took(NamedTuple):
    """Milliseconds of the processor, each the median of five: made anew, its first answer alone, asked for again, and
    the yardstick in turn with them; the median of the ratios to that.
    """

    anew: float
    first: float
    again: float
    yard: float
    ratio: float


def get(client: Client, address: str) -> Answer:
    """One request as a browser sends it. Raises Fault where it is not answered 200."""
    told = client.get(address, headers={"accept-encoding": ACCEPT})
    if told.status_code != 200:
        raise Fault(f"{address} was answered {told.status_code}")
    return Answer(told.status_code, {name.lower(): value for name, value in told.headers.items()}, told.content)


def parts(client: Client, addresses: Iterable[str]) -> list[float]:
    """Milliseconds of each request alone."""
    return [once(partial(get, client, address), thread_time) for address in addresses]


def sequence(client: Client, act: Act) -> list[str]:
    """The addresses of an act: each but the first is what the answer before it has named.

    They are known before the clock starts: to find them is the browser's work. Raises Fault where it was refused.
    """
    sent, steps = [], requests(act)
    address = next(steps)
    while True:
        sent.append(address)
        try:
            address = steps.send(get(client, address))
        except StopIteration:
            break
    if len(sent) < 2:
        raise Fault(f"{sent[0]} names no run")
    return sent


def acts_of(entry: Entry) -> list[Act]:
    """What can be done at the end of the default run, as its forms are filled in, in their order."""
    asked = ask(entry, "")
    seen = asked.at(asked.run.last)
    return [act_of(entry, (), seen.step, form) for form in Forms(seen).actions if form.ready]


def act_of(entry: Entry, run: tuple[tuple[str, str], ...], step: int, form: ActionForm) -> Act:
    """A form that is sent as it stands."""
    fields = [("act", form.action.name), *((field.name, shown(field)) for field in form.fields)]
    if form.action.timed:
        fields.append(("act.@", form.at))
    return Act(entry.slug, run, step, tuple(fields))


def shown(field: Field) -> str:
    """What a field sends: of a list without a choice the first."""
    names = [name for name, _ in field.options]
    return names[0] if names and field.value not in names else field.value


def an_act(client: Client, entry: Entry) -> tuple[Act, list[str]]:
    """The first act that is not refused, and its addresses. Raises Fault where there is none."""
    for act in acts_of(entry):
        try:
            return act, sequence(client, act)
        except Fault:
            continue
    raise Fault(f"Nothing can be done in the default run of {entry.slug}.")


def measured(client: Client, asked: dict[Thing, Asked]) -> dict[Thing, Took]:
    """Each time with nothing kept, and then at once again. All in turn, as often as is said: what disturbs this machine
    for a while disturbs one time of each.
    """
    samples: dict[Thing, list[tuple[float, ...]]] = {thing: [] for thing in asked}
    for _ in range(TIMES):
        for thing, (addresses, before) in asked.items():
            yard = once(yardstick, thread_time)
            forget()
            parts(client, before)
            made = parts(client, addresses)
            again = sum(parts(client, addresses))
            samples[thing].append((sum(made), made[0], again, yard, sum(made) / yard))
    return {thing: medians(some) for thing, some in samples.items()}


def medians(rows: Iterable[tuple[float, ...]]) -> Took:
    """Column by column."""
    return Took(*map(median, zip(*rows, strict=True)))


def section() -> Section:
    """The median over all models beside the aims, and the dearest few of each."""
    found = Section("An act, a page and a trace of default runs: milliseconds of the processor")
    client = ready()
    acts = {slug: an_act(client, entry) for slug, entry in entries().items()}
    asked: dict[Thing, Asked] = {}
    for slug, (_, addresses) in acts.items():
        ways = [Asked([run_page(slug)]), Asked([trace_of(slug)]), Asked(addresses, (trace_of(slug),)), Asked(addresses)]
        asked |= {(kind, slug): way for kind, way in zip(KINDS, ways, strict=True)}
    for one in asked.values():  # imports, templates and what painters remember
        parts(client, one.addresses)
    took = measured(client, asked)
    for kind, target in KINDS.items():
        found.rows += rows(kind, {slug: one for (which, slug), one in took.items() if which == kind}, target)
    verbs = ", ".join(f"{slug} {dict(act.form)['act']}" for slug, (act, _) in acts.items())
    found.notes.append(
        f"Each is the median of {TIMES} of a request whose answer is kept nowhere, compressed by Brotli; in a process "
        "in which each has been asked for once. The aims are those of a machine on which the yardstick takes "
        f"{QUIET:.0f} ms. Again: at once after it, with all that the site keeps of it. "
        "An act: the first verb that can be done, from the last step of the default run, as its form stands; all its "
        f"requests together ({verbs})."
    )
    return found


def rows(kind: str, took: dict[str, Took], target: Target | None) -> list[Row]:
    """Of one kind: the median over all models, anew and again; then the dearest."""
    whole = medians(took.values())
    every, beside = "median over all models", f"yardstick {whole.yard:.1f} ms"
    out = [Row(f"{kind}: {every}", whole.anew, "ms", beside, whole.ratio, target)]
    if kind.startswith("act"):
        out.append(Row(f"{kind}: its first answer, {every}", whole.first, "ms", beside, whole.first / whole.yard))
    out.append(Row(f"{kind}: again, {every}", whole.again, "ms", f"anew {whole.anew:.1f} ms", whole.again / whole.anew))
    for slug in sorted(took, key=lambda slug: -took[slug].anew)[:DEAREST]:
        one = took[slug]
        out.append(Row(f"{kind}: {slug}", one.anew, "ms", f"yardstick {one.yard:.1f} ms", one.ratio))
        out.append(Row(f"{kind}: {slug}, again", one.again, "ms", f"anew {one.anew:.1f} ms", one.again / one.anew))
    return out
