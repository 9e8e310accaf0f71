"""Real Chromium, built without windows, against the real server. Both live as long as this package's tests:
Playwright keeps an event loop in the thread, and Django's database refuses to work beside one, so it must be gone
before other tests run.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, expect, sync_playwright

from tests.browser.hosts import Guest, Host
from tests.browser.school import PASSWORD, SECRET, School
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


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Iterator[School]:
    folder: Path = tmp_path_factory.mktemp("school")
    environ = {"DATABASE_URL": f"sqlite:///{folder}/db.sqlite3", "SECRET_KEY": SECRET}
    with serving(0, **environ) as site:
        yield School(site, environ)
        assert "Traceback" not in site.log, site.log


@pytest.fixture
def opened(browser: Browser, school: School) -> Iterator[Callable[..., Page]]:
    """Opens a browser of its own, in Vienna, which knows nobody; with a name it signs in."""
    contexts = []

    def open_(
        path: str, *, name: str = "", width: int = 1440, height: int = 844, javascript: bool = True, touch: bool = False
    ) -> Page:
        context = browser.new_context(
            base_url=school.site.origin,
            viewport={"width": width, "height": height},
            java_script_enabled=javascript,
            has_touch=touch,
            timezone_id="Europe/Vienna",
        )
        context.set_default_timeout(20_000)
        context.add_init_script(LISTEN)
        contexts.append(context)
        page = context.new_page()
        if name:
            page.goto(f"/account/sign-in/?next={path}")
            page.get_by_label("Name").fill(name)
            page.get_by_label("Password").fill(PASSWORD)
            page.get_by_role("button", name="Sign in").click()
            expect(page.locator(".whose")).to_contain_text(name)
        page.goto(path)
        return page

    yield open_
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def host() -> Iterator[Host]:
    made = Host()
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture
def guest(browser: Browser, host: Host, site: Site) -> Iterator[Guest]:
    found = Guest(browser, host, site)
    yield found
    # Chromium asks every host for its icon.
    ours = [one for one in found.complaints if "favicon" not in one and "404" not in one and "422" not in one]
    found.context.close()
    assert ours == []
    origins = {"://".join(urlsplit(url)[:2]) for url in found.fetched if url.startswith("http")}
    assert origins <= {host.origin, site.origin}
