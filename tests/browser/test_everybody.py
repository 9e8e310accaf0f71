"""The site as its readers have set up their screens: narrow ones, large letters, letters that stand apart."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from playground.guide.samples import samples
from tests.browser.conftest import FLAGS, Visitor, wait_until_ready
from tests.browser.server import Site
from tests.browser.site_walk import TOO_WIDE
from tests.require import require

pytestmark = pytest.mark.browser

PAGES = (
    "/", "/lessons/", "/lessons/?q=nginx", "/lessons/hash-ring/", "/lessons/visa-authorization/",
    "/playground/", "/playground/hash-ring/", "/playground/git-objects/?step=24", "/playground/sql-execution/",
    "/playground/hash-ring/?vs=points:9", "/playground/hash-ring/predict/how-many-move/?do=remove:cleo&answer=15",
    "/playground/scenes/", "/playground/scenes/tree/", "/about/how-we-check", "/api/v1/docs",
    "/practise/", "/practise/hash-ring/who-answers/?seed=1", "/join/", "/teach/", "/account/sign-in/", "/account/sign-up/",
    "/embed/", "/embed/hash-ring/?do=remove:cleo&step=22", "/there-is-nothing-here",
)  # fmt: skip
"""One of each kind that a reader meets; `test_every_page.py` looks at all."""

NARROW = (280, 300, 320, 345, 360, 430, 700)
"""Widths in CSS pixels: a fold closed, a laptop at 400 %, phones, and where the header changes."""


def sideways(page: Page, widths: tuple[int, ...]) -> dict[int, str]:
    """What reaches beyond the window, by its width."""
    found = {}
    for width in widths:
        page.set_viewport_size({"width": width, "height": 700})
        if wide := page.evaluate(TOO_WIDE):
            found[width] = wide
    return found


@pytest.mark.parametrize("path", PAGES)
def test_no_page_scrolls_sideways_from_280_px_up(visit: Visitor, path: str):
    assert sideways(visit(path), NARROW) == {}


# What leads to the search and can be hit where it stands.
SEARCHES = """() => [...document.querySelectorAll("input[type=search], a.to-search")].filter((one) => {
  if (!one.checkVisibility({ visibilityProperty: true })) return false;
  const { left, right, top, bottom } = one.getBoundingClientRect();
  return left >= 0 && right <= innerWidth && one.contains(document.elementFromPoint((left + right) / 2, (top + bottom) / 2));
}).length"""


@pytest.mark.parametrize("path", ["/", "/lessons/", "/lessons/hash-ring/", "/playground/hash-ring/", "/practise/"])
def test_the_search_can_be_reached_at_every_width(visit: Visitor, path: str):
    page = visit(path)
    found = {}
    for width in (*NARROW, 1440):
        page.set_viewport_size({"width": width, "height": 700})
        found[width] = page.evaluate(SEARCHES)
    assert set(found.values()) == {1}, found


@pytest.fixture(scope="module")
def large(browser: Browser, site: Site) -> Iterator[Page]:
    """A page in a browser that has been told to show text at 32 px, twice the usual."""
    path = require("chromium-headless-shell", "chromium-headless-shell")
    told = browser.browser_type.launch(executable_path=path, args=[*FLAGS, "--blink-settings=defaultFontSize=32"])
    yield told.new_page(base_url=site.origin, viewport={"width": 1440, "height": 900})
    told.close()


# The size of all letters outside pictures, which are drawn to a scale, and titles, which grow with the window too.
SIZES = """() => [...document.querySelectorAll("body *:not(svg, svg *, h1, h1 *, .hero-lead)")]
  .map((one) => [`${one.localName}.${one.className}`, parseFloat(getComputedStyle(one).fontSize)])"""


@pytest.mark.parametrize("path", [
    "/lessons/hash-ring/", "/playground/git-objects/?step=24", "/practise/hash-ring/who-answers/?seed=1", "/join/",
    "/embed/hash-ring/?do=remove:cleo&step=22", "/api/v1/docs",
])  # fmt: skip
def test_all_text_is_twice_as_large_where_the_browser_is_told_so(large: Page, visit: Visitor, path: str):
    usual = visit(path, still=True).evaluate(SIZES)
    large.goto(path)
    wait_until_ready(large)
    twice = large.evaluate(SIZES)
    small = {name: (size, now) for (name, size), (_, now) in zip(usual, twice, strict=True) if now < 1.99 * size}
    assert len(twice) > 10
    assert small == {}


@pytest.mark.parametrize("path", PAGES)
def test_nothing_scrolls_sideways_with_text_of_32_px(large: Page, path: str):
    large.goto(path)
    wait_until_ready(large)
    assert sideways(large, (1440, 820, 560)) == {}


# What a reader sets who wants letters, words and lines further apart (WCAG 2.2, 1.4.12).
APART = """() => {
  const set = new CSSStyleSheet();
  set.replaceSync("* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }");
  document.adoptedStyleSheets = [set];
}"""
PLACES = """() => [...document.querySelectorAll("svg text")].filter((one) => one.checkVisibility()).map((one) => {
  const { x, y, width, height } = one.getBBox();
  return [one.textContent, x, y, width, height].join(" ");
})"""


@pytest.mark.parametrize("path", [*(f"/playground/scenes/{kind}/" for kind in samples()),
                                  "/playground/git-objects/?step=24", "/embed/totp/?step=5", "/lessons/hash-ring/"])  # fmt: skip
def test_a_picture_keeps_its_texts_in_their_places_where_letters_are_set_apart(visit: Visitor, path: str):
    """What is inside and apart in `test_geometry.py` is so for everybody."""
    page = visit(path, still=True)
    before, prose = page.evaluate(PLACES), page.evaluate("document.querySelector('main').textContent.length")
    page.evaluate(APART)
    assert prose > 0
    assert page.evaluate("getComputedStyle(document.querySelector('main')).letterSpacing") != "normal"
    assert len(before) > 3
    assert page.evaluate(PLACES) == before
