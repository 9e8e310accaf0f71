"""Requests a second of the real server: pages beside a bare view, measured in turn."""

from __future__ import annotations

from functools import partial
from statistics import median
from typing import NamedTuple

from tests.bench import load, processes
from tests.bench.pages import ask, lesson_page, lesson_slugs, run_page, slugs, trace_of
from tests.bench.queries import stored
from tests.bench.report import Row, Section, Target
from tests.bench.timing import WALL, in_turn

BARE = "/livez"
"""A view that answers three bytes behind the same middleware."""

ROUNDS, SECONDS = 5, 0.5


class Asked(NamedTuple):
    """What is asked for: its name, path, target, and the ETag that the client already has."""

    name: str
    path: str
    target: Target | None = None
    etag: str = ""


def section(origin: str, pids: list[int]) -> Section:
    """Throughput of the dearest lesson and the dearest default run; how long one reader waits."""
    found = Section("Throughput beside a bare view")
    lesson = dearest(origin, [lesson_page(slug) for slug in lesson_slugs()])
    page = dearest(origin, [run_page(slug) for slug in slugs()])
    told = dearest(origin, [trace_of(slug) for slug in slugs()])
    quarter, cached = Target(0.25, least=True, of_ratio=True), Target(0.8, least=True, of_ratio=True)
    found.rows = together(
        origin,
        pids,
        [
            Asked(f"{lesson}", lesson, quarter),
            Asked(f"{lesson} not modified (304)", lesson, cached, ask(origin + lesson).etag),
            Asked(f"{page}", page),
            Asked(f"{page} not modified (304)", page, cached, ask(origin + page).etag),
            Asked(f"{told}", told),
        ],
    )
    found.rows += waits(origin, page)
    found.notes.append(
        f"{load.CONNECTIONS} connections kept alive from a process on the same machine: it takes its share of the "
        "processors, most of it beside the quickest answers. Processor time counts the server's processes alone."
    )
    return found


def dearest(origin: str, paths: list[str]) -> str:
    """The path that takes longest to answer, asked twice each, the second time counted."""
    cost: dict[str, float] = {}
    for path in paths:
        took = in_turn(partial(ask, origin + path), partial(ask, origin + BARE), 2, WALL)
        cost[path] = took.ratio
    return max(paths, key=cost.__getitem__)


def together(origin: str, pids: list[int], asked: list[Asked]) -> list[Row]:
    """Rounds of a burst each, the bare view first; then one row of rate and one of processor time for each."""
    every = [Asked("bare view", BARE), *asked]
    rates: dict[str, list[float]] = {one.name: [] for one in every}
    costs: dict[str, list[float]] = {one.name: [] for one in every}
    for number in range(ROUNDS + 1):
        for one in every:
            before = processes.seconds(pids)
            burst = load.apart(origin, one.path, SECONDS, one.etag)
            spent = processes.seconds(pids) - before
            expect(one, burst)
            if number:  # the first round warms the workers
                rates[one.name].append(burst.rate)
                costs[one.name].append(spent * 1000 / burst.requests)
    bare_rate, bare_cost = rates["bare view"], costs["bare view"]
    out = [Row("bare view (/livez)", median(bare_rate), "req/s")]
    for one in asked:
        ratio = median(rate / bare for rate, bare in zip(rates[one.name], bare_rate, strict=True))
        beside = f"bare view {median(bare_rate):,.0f} req/s"
        out.append(Row(one.name, median(rates[one.name]), "req/s", beside, ratio, one.target))
    if not pids:
        return out
    out.append(Row("bare view (/livez), processor", median(bare_cost), "ms/req"))
    for one in asked:
        ratio = median(cost / bare for cost, bare in zip(costs[one.name], bare_cost, strict=True))
        beside = f"bare view {median(bare_cost):.2f} ms/req"
        out.append(Row(f"{one.name}, processor", median(costs[one.name]), "ms/req", beside, ratio))
    return out


def expect(one: Asked, burst: load.Load) -> None:
    """A rate of wrong answers is worth nothing. Raises RuntimeError where they are not what was asked for."""
    wanted = "304" if one.etag else "200"
    if wanted not in burst.status or " and " in burst.status:
        raise RuntimeError(f"{one.path} was to be answered by {wanted}, not by {burst.status!r}")


def waits(origin: str, page: str) -> list[Row]:
    """How long one reader waits for the page of the slowest run, beside a default run's page."""
    out = []
    for slug, known in stored().items():
        slow = run_page(slug, known["slow"])
        took = in_turn(partial(ask, origin + slow), partial(ask, origin + page), 4, WALL)
        out.append(
            Row(
                f"{slug}, slow run: one request of its page",
                took.ours,
                "ms",
                f"default {took.theirs:.1f} ms",
                took.ratio,
            )
        )
    return out
