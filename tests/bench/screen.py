"""What a browser makes of it: requests of a first view, and one step on a processor slowed four times."""

from __future__ import annotations

import shutil
from pathlib import Path
from statistics import median, quantiles
from typing import TYPE_CHECKING, Any

from playground.engine.run import run
from playground.engine.trace import paint_all
from playground.scenes.svg import inner
from tests.bench.frames import frames
from tests.bench.pages import lesson_page, lesson_slugs, run_page
from tests.bench.queries import Measured, defaults, worst
from tests.bench.report import Row, Section, Target

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

SLOWER = 4
FRAME = Target(16)
MOST_STEPS = 40
"""Steps of a crowded run that are measured: its last ones, where it is fullest."""
FLAGS = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking")
STEPS = Path(__file__).with_name("steps.js").read_text("utf-8")


def section(origin: str) -> Section:
    """Everything that needs a browser; a reason where there is none."""
    found = Section(f"In Chromium, the processor slowed {SLOWER} times for steps")
    program = shutil.which("chromium-headless-shell")
    if program is None:
        found.notes.append("Skipped: chromium-headless-shell is missing; its Debian package has that name too.")
        return found
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only where there is a browser

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        for path in [*map(lesson_page, lesson_slugs()), *(run_page(one.entry.slug) for one in defaults())]:
            found.rows += first_view(browser, origin, path)
        for measured, rounds in [*((one, 2) for one in defaults()), *((one, 1) for one in worst("crowded"))]:
            found.rows += steps(browser, origin, measured, rounds)
        found.rows += frames(browser, origin)
        browser.close()
    found.notes.append(
        "A step: show(k) and the layout that follows, as the player does it; beside it the server's picture of the "
        "same step put in with innerHTML in the same page, layout included. Painting to the screen is not counted."
    )
    return found


def opened(browser: Browser, address: str = "") -> Page:
    page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
    page.set_default_timeout(30_000)
    if address:
        page.goto(address)
        page.locator("orrery-player:not([at])").first.wait_for(state="detached")
    return page


def first_view(browser: Browser, origin: str, path: str) -> list[Row]:
    """Requests and bytes until the network rests, with nothing remembered."""
    page = opened(browser)
    devtools = page.context.new_cdp_session(page)
    devtools.send("Network.enable")
    sent: list[str] = []
    sizes: list[float] = []
    devtools.on("Network.requestWillBeSent", lambda told: sent.append(told["request"]["url"]))
    devtools.on("Network.loadingFinished", lambda told: sizes.append(told["encodedDataLength"]))
    page.goto(origin + path, wait_until="networkidle")
    page.context.close()
    count = sum(not url.startswith("data:") for url in sent)
    return [Row(f"{path}: first view", count, "requests"), Row(f"{path}: first view, headers too", sum(sizes), "bytes")]


def steps(browser: Browser, origin: str, measured: Measured, rounds: int) -> list[Row]:
    """Every step of a run, by the player and by innerHTML in turn."""
    page = opened(browser, origin + run_page(measured.entry.slug, measured.text))
    layout = page.evaluate("document.querySelector('orrery-player').loaded")
    done = run(measured.entry.cls, measured.query)
    columns = paint_all(done, layout)
    frames = [[inner(painted) for painted in column] for column in columns]
    first = max(1, len(done.steps) - MOST_STEPS)
    devtools = page.context.new_cdp_session(page)
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    told: dict[str, Any] = page.evaluate(f"({STEPS})", {"frames": frames, "first": first, "rounds": rounds})
    page.context.close()
    marks = max(len(painted.marks) for column in columns for painted in column)
    name = f"{measured.name}, {len(told['show']) // rounds} steps, up to {marks} marks"
    out = []
    for what, label in (("show", "a step"), ("set", "its pictures alone")):
        ratio = median(one / other for one, other in zip(told[what], told["html"], strict=True))
        for share in (50, 95):
            beside = f"innerHTML {percentile(told['html'], share):.1f} ms"
            aim = FRAME if what == "show" else None
            out.append(Row(f"{name}: {label}, p{share}", percentile(told[what], share), "ms", beside, ratio, aim))
    return out


def percentile(figures: list[float], share: int) -> float:
    return quantiles(figures, n=100, method="inclusive")[share - 1]
