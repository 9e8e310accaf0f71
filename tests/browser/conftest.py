"""Real Chromium, built without windows, against the real server. Both live as long as this package's tests:
Playwright keeps an event loop in the thread, and Django's database refuses to work beside one, so it must be gone
before other tests run.
"""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, expect, sync_playwright

from tests.browser.server import Site, serving
from tests.require import require

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
# Tells of every finished load of a run, and of everything that the policy refuses.
LISTEN = """
window.runs = 0;
window.refused = [];
document.addEventListener("orrery:ready", () => { window.runs++; });
document.addEventListener("securitypolicyviolation", (event) =>
  window.refused.push(`${event.violatedDirective}: ${event.blockedURI} ${event.sample}`));
"""
REFUSED_INPUT = re.compile(r"Failed to load resource: the server responded with a status of (404|422)")


@pytest.fixture(scope="package")
def site() -> Iterator[Site]:
    with serving() as running:
        yield running
        assert "Traceback" not in running.log, running.log


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    path = require("chromium-headless-shell", "chromium-headless-shell")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield chromium
        chromium.close()


class Visitor:
    """Opens pages of the site and notes whatever they complain about.

    Contexts are kept from test to test for their cache, which saves half a second a page; what a page stored
    is removed after each test.
    """

    def __init__(self, browser: Browser, site: Site) -> None:
        self.browser, self.site = browser, site
        self.contexts: dict[tuple[bool, bool, bool], BrowserContext] = {}
        self.complaints: list[str] = []

    def __call__(
        self,
        path: str,
        *,
        width: int = 1440,
        height: int = 900,
        javascript: bool = True,
        still: bool = False,
        touch: bool = False,
        fresh: bool = False,
    ) -> Page:
        page = self.context(javascript=javascript, touch=touch, fresh=fresh).new_page()
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(reduced_motion="reduce" if still else "no-preference")
        page.on("console", self.console)
        page.on("pageerror", lambda error: self.complaints.append(f"{page.url}: {error}"))
        page.on("request", self.request)
        page.goto(path)
        if javascript:
            wait_until_ready(page)
        return page

    def context(self, *, javascript: bool, touch: bool, fresh: bool) -> BrowserContext:
        """The context for pages with these qualities; a fresh one is a stranger's."""
        wanted = javascript, touch, fresh
        if wanted not in self.contexts:
            context = self.browser.new_context(
                base_url=self.site.origin, java_script_enabled=javascript, has_touch=touch
            )
            context.set_default_timeout(10_000)
            context.add_init_script(LISTEN)
            self.contexts[wanted] = context
        return self.contexts[wanted]

    def console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not REFUSED_INPUT.match(message.text):
            self.complaints.append(f"{message.location.get('url')}: {message.type}: {message.text}")

    def request(self, request: Request) -> None:
        if urlsplit(request.url).netloc != urlsplit(self.site.origin).netloc:
            self.complaints.append(f"a request left the site: {request.url}")

    def tidy(self) -> None:
        """Closes the pages and removes what they stored."""
        self.complaints.clear()
        for (javascript, *_), context in self.contexts.items():
            context.clear_cookies()
            context.clear_permissions()
            for number, page in enumerate(context.pages):
                if javascript and not number and page.url.startswith(self.site.origin):
                    page.evaluate("localStorage.clear()")
                page.close()

    def close(self) -> None:
        for context in self.contexts.values():
            context.close()


def wait_until_ready(page: Page) -> None:
    """Until every player on the page has taken over. (Playwright's own wait_for_function needs the `eval` that
    the policy forbids.)"""
    expect(page.locator("orrery-player:not([at])")).to_have_count(0)


@pytest.fixture(scope="package")
def visitor(browser: Browser, site: Site) -> Iterator[Visitor]:
    visitor = Visitor(browser, site)
    yield visitor
    visitor.close()


@pytest.fixture
def visit(visitor: Visitor) -> Iterator[Visitor]:
    """Call it with an address; at the end no page may have complained."""
    yield visitor
    complaints = list(visitor.complaints)
    visitor.tidy()
    assert complaints == []
