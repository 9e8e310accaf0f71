"""What a frame costs while a run plays: the main thread's work, beside a loop that does nothing in the same page."""

from __future__ import annotations

from statistics import median, quantiles
from typing import TYPE_CHECKING

from tests.bench.pages import run_page
from tests.bench.report import Row, Target

if TYPE_CHECKING:
    from playwright.sync_api import Browser, CDPSession, Page

FULL = ("load-balancing", "servers=a+b+c+d+e+f+g+h&requests=120&gap=2")
"""A run as full as pictures get: with what travels, its picture holds 150 marks and more while it plays."""
FULLEST = 0.6
"""The part of the run from which on it is that full: it is played from there."""
SLOWER = 4
FRAME, STEP = Target(16), Target(25)
"""A phone's processor, in those of a desk."""
SECONDS = 6
PARTS = 24
"""Windows in which frames and work are counted; the median is over them."""
STEPS = 30
"""Steps that are timed."""
RESTS = 420
"""Milliseconds after which what moved has come to rest."""
LOOP = "() => { window.frames_ = 0; const next = () => { window.frames_++; requestAnimationFrame(next); }; next(); }"


MARKS = """() => [...document.querySelectorAll("svg.picture")].filter((svg) => svg.getClientRects().length)[0]
  .querySelectorAll("[data-key], .pulse > g:not([display]), .pulse > g:not([display]) > *").length"""
"""JavaScript: the marks of the picture in view, those of what travels among them."""
SHOW = """(step) => {
  // As it is pressed; the layout that follows included.
  const player = document.querySelector("orrery-player");
  if (step !== null) player.show(step, { quiet: true });
  document.body.offsetHeight;
  for (const { svg, states } of player.pictures) if (states) svg.getBBox();
}"""
START = """(part) => {
  const player = document.querySelector("orrery-player");
  player.show(Math.round(player.last * part));
  return player.last;
}"""


def frames(browser: Browser, origin: str) -> list[Row]:
    """The work of a frame and of a step times four; and the rate, which is printed only: it depends on who else uses
    the machine."""
    page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
    page.goto(origin + run_page(*FULL))
    page.locator("orrery-player[at]").wait_for()
    last = page.evaluate(START, FULLEST)
    page.evaluate(LOOP)
    devtools = page.context.new_cdp_session(page)
    # The processor's time of the main thread, not that of the clock on the wall.
    devtools.send("Performance.enable", {"timeDomain": "threadTicks"})
    idle, _, _ = worked(page, devtools)
    page.locator("[data-go=play]").click()
    playing, rate, marks = worked(page, devtools)
    page.locator("[data-go=play]").click()
    empty, took = stepped(page, devtools, range(last - STEPS, last + 1))
    page.context.close()
    name = f"{FULL[0]} plays, {marks[0]:.0f} to {marks[1]:.0f} marks"
    loop, nothing = (f"an empty loop {SLOWER * median(idle):.1f} ms", f"nothing {SLOWER * median(empty):.1f} ms")
    return [
        Row(f"{name}: a frame, × {SLOWER}", SLOWER * median(playing), "ms", loop, None, FRAME),
        Row(f"{name}: a frame, × {SLOWER}, p95", SLOWER * p95(playing), "ms", loop),
        Row(f"{name}: a step, × {SLOWER}", SLOWER * median(took), "ms", nothing, None, FRAME),
        Row(f"{name}: a step, × {SLOWER}, p95", SLOWER * p95(took), "ms", nothing, None, STEP),
        Row(f"{name}: frames", rate, "a second"),
    ]


def stepped(page: Page, devtools: CDPSession, steps: range) -> tuple[list[float], list[float]]:
    """Milliseconds of the main thread, of doing nothing and of going on by one step, each from rest."""
    empty: list[float] = []
    took: list[float] = []
    for step in steps:
        for told, what in ((empty, None), (took, step)):
            page.wait_for_timeout(RESTS)
            before = spent(devtools)
            page.evaluate(SHOW, what)
            told.append(1000 * (spent(devtools) - before))
    return empty, took[1:]  # to the first of them it has leapt


def p95(figures: list[float]) -> float:
    return quantiles(figures, n=100, method="inclusive")[94]


def worked(page: Page, devtools: CDPSession) -> tuple[list[float], float, tuple[float, float]]:
    """Milliseconds of the main thread's tasks a frame, of each of many short windows; frames a second; the fewest and
    the most marks that were in view, but for a tenth of the windows at each end."""
    told, marks, all_frames = [], [], 0
    before, seen = spent(devtools), page.evaluate("window.frames_")
    for _ in range(PARTS):
        page.wait_for_timeout(1000 * SECONDS / PARTS)
        now, count = spent(devtools), page.evaluate("window.frames_")
        told.append(1000 * (now - before) / max(count - seen, 1))
        all_frames += count - seen
        marks.append(page.evaluate(MARKS))
        before, seen = spent(devtools), page.evaluate("window.frames_")
    tenths = quantiles(marks, n=10, method="inclusive")
    return told, all_frames / SECONDS, (tenths[0], tenths[-1])


def spent(devtools: CDPSession) -> float:
    """Seconds that the main thread has worked."""
    metrics = {one["name"]: one["value"] for one in devtools.send("Performance.getMetrics")["metrics"]}
    return float(metrics["TaskDuration"])
