"""What a frame costs while a run plays: the main thread's work, beside a loop that does nothing in the same page."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING

from tests.bench.pages import run_page
from tests.bench.report import Row, Target

if TYPE_CHECKING:
    from playwright.sync_api import Browser, CDPSession, Page

FULL = ("load-balancing", "requests=60&gap=15")
"""A run whose picture holds about 150 marks, of which up to 30 travel."""
SLOWER = 4
"""A phone's processor, in those of a desk."""
SECONDS = 6
PARTS = 24
"""Windows in which frames and work are counted; the median is over them."""
LOOP = "() => { window.frames_ = 0; const next = () => { window.frames_++; requestAnimationFrame(next); }; next(); }"


def frames(browser: Browser, origin: str) -> list[Row]:
    """The work of a frame times four, and its rate, which is printed only: it depends on who else uses the machine."""
    page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
    page.goto(origin + run_page(*FULL))
    page.locator("orrery-player[at]").wait_for()
    page.evaluate(LOOP)
    devtools = page.context.new_cdp_session(page)
    devtools.send("Performance.enable")
    idle, _ = worked(page, devtools)
    page.locator("[data-go=play]").click()
    playing, rate = worked(page, devtools)
    marks = page.locator("svg.picture:visible").first.locator("*").count()
    page.context.close()
    name = f"{FULL[0]} plays, {marks} elements"
    return [
        Row(
            f"{name}: a frame, × {SLOWER}",
            SLOWER * playing,
            "ms",
            f"an empty loop {SLOWER * idle:.1f} ms",
            None,
            Target(16),
        ),
        Row(f"{name}: frames", rate, "a second"),
    ]


def worked(page: Page, devtools: CDPSession) -> tuple[float, float]:
    """Milliseconds of the main thread's tasks a frame, the median over short windows; and frames a second."""
    told, all_frames = [], 0
    before, seen = spent(devtools), page.evaluate("window.frames_")
    for _ in range(PARTS):
        page.wait_for_timeout(1000 * SECONDS / PARTS)
        now, count = spent(devtools), page.evaluate("window.frames_")
        told.append((now - before) / max(count - seen, 1))
        all_frames += count - seen
        before, seen = now, count
    return 1000 * median(told), all_frames / SECONDS


def spent(devtools: CDPSession) -> float:
    """Seconds that the main thread has worked."""
    metrics = {one["name"]: one["value"] for one in devtools.send("Performance.getMetrics")["metrics"]}
    return float(metrics["TaskDuration"])
