"""The site as its readers have set up their screens: narrow ones, large letters, letters that stand apart."""

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Visitor
from tests.browser.site_walk import TOO_WIDE

pytestmark = pytest.mark.browser

PAGES = (
    "/", "/lessons/", "/lessons/?q=nginx", "/lessons/hash-ring/", "/lessons/visa-authorization/",
    "/playground/", "/playground/hash-ring/", "/playground/git-objects/?step=24", "/playground/sql-execution/",
    "/playground/hash-ring/?vs=points:9", "/playground/hash-ring/predict/how-many-move/?do=remove:cleo&answer=19",
    "/playground/scenes/", "/playground/scenes/tree/", "/about/how-we-check", "/api/v1/docs",
    "/practise/", "/practise/hash-ring/who-answers/?seed=1", "/join/", "/account/sign-in/", "/account/sign-up/",
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
