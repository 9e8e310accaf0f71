"""The section `class`: a class acts on the default server, evenly spread, each act another one."""

from __future__ import annotations

from itertools import count, takewhile

from tests.bench import processes
from tests.bench.errands import ACTS, LESSONS, PROBES, Errand, apart
from tests.bench.learners import timetable
from tests.bench.pages import lesson_page, lesson_slugs, run_page, slugs, trace_of
from tests.bench.report import Row, Section, Target
from tests.bench.timing import within
from tests.browser.server import Site

LEARNERS, PAUSE, SECONDS, JITTER = 120, 2.0, 60.0, 0.2
"""So many learners, each of whom acts every so many seconds, by so much earlier or later; for so many seconds."""
SEED = 11
PROBE_PAUSE, LESSON_PAUSE = 0.05, 1.0
"""Seconds between two probes, and between two lessons."""
PROBE_LINES = 4
"""Connections on which probes are sent, in turn: an answer that is late holds up no other."""
WARM = 8
"""Connections on which all is asked for before the class begins: it comes to processes that have served."""
NONE, ACT, PROBE = Target(0), Target(300), Target(100)
"""Errors; milliseconds of an act's p95, and of a probe's p99."""


def asked() -> list[Errand]:
    """All that is asked, in order of time."""
    out = [
        Errand(due, learner, ACTS, [*act]) for due, learner, act in timetable(LEARNERS, PAUSE, SECONDS, JITTER, SEED)
    ]
    probes = enumerate(every(PROBE_PAUSE))
    out += [Errand(due, LEARNERS + number % PROBE_LINES, PROBES, PROBES) for number, due in probes]
    pages = [lesson_page(slug) for slug in lesson_slugs()]
    lessons = enumerate(every(LESSON_PAUSE))
    out += [Errand(due, LEARNERS + PROBE_LINES, LESSONS, pages[number % len(pages)]) for number, due in lessons]
    return sorted(out, key=lambda errand: errand.due)


def every(pause: float) -> list[float]:
    """Seconds at which something is done that is done every so often."""
    return [*takewhile(lambda due: due < SECONDS, (number * pause for number in count()))]


def warm(origin: str) -> None:
    """Ask for every lesson and every default run on several connections at once: some of them are each process's."""
    runs = [path for slug in slugs() for path in (run_page(slug), trace_of(slug))]
    paths = [*map(lesson_page, lesson_slugs()), *runs]
    apart(origin, [Errand(0.0, line, LESSONS, path) for path in paths for line in range(WARM)])


def section(site: Site) -> Section:
    """What an act takes, and what a probe waits."""
    told = asked()
    warm(site.origin)
    pids = [site.pid, *processes.children(site.pid)]
    before = processes.seconds(pids)
    found = apart(site.origin, told)
    used = processes.seconds(pids) - before
    took, due = found["took"], sum(errand.kind == ACTS for errand in told)
    acts = took.get(ACTS, [])
    sent, rate = found["begun"][ACTS], len(acts) / found["seconds"]
    out = Section(f"A class: {LEARNERS} learners act, each every {PAUSE:.0f} s, for {SECONDS:.0f} s")
    out.rows = [
        Row("class: acts sent", sent, "acts", f"due {due:,}", sent / due),
        Row("class: errors", sum(found["wrong"].values()), "answers", said(found["wrong"]), None, NONE),
        Row("class: acts done", rate, "/s", f"due {due / SECONDS:.0f} /s", rate * SECONDS / due),
    ]
    if acts:
        out.rows += [
            Row("class: an act, p50", within(acts, 0.5), "ms"),
            Row("class: an act, p95", within(acts, 0.95), "ms", target=ACT),
            Row("class: its first answer, p50", within(found["first"], 0.5), "ms"),
            Row("class: its first answer, p95", within(found["first"], 0.95), "ms"),
        ]
    for kind, share, target in ((PROBES, 0.99, PROBE), (LESSONS, 0.95, None)):
        if kind in took:
            out.rows.append(Row(f"class: {kind}, p{share * 100:.0f}", within(took[kind], share), "ms", target=target))
    if used and acts:
        out.rows.append(
            Row("class: the server's processors, all that was asked, by the act", 1000 * used / len(acts), "ms")
        )
    out.rows += [
        Row("class: the load maker's share of a processor", 100 * found["share"], "%"),
        Row("class: the load maker is late, p99", within(found["late"], 0.99), "ms"),
    ]
    out.notes.append(
        f"{len(pids) - 1} processes serve. Beside the acts {PROBES} is asked {1 / PROBE_PAUSE:.0f} times a second, and "
        "a lesson once. An act lasts from its first request to the end of its last answer; who waits for one does not "
        "act meanwhile."
    )
    return out


def said(wrong: dict[str, int]) -> str:
    return ", ".join(f"{number} × {what}" for what, number in sorted(wrong.items()))
