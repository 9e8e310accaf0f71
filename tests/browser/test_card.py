"""The lesson of a card: all of it fits one screen, and an arrow is touched to lose the next message."""

import pytest
from playwright.sync_api import expect

from tests.browser.player import Player
from tests.browser.test_stage import HEIGHTS

pytestmark = pytest.mark.browser

LESSON = "/lessons/visa-authorization/"
LOST = "/playground/visa-authorization/?do=@1500000:drop:answer"

SMALLEST = """() => Math.min(...[...document.querySelectorAll(".stage svg:not(.thumb) text")].filter((one) => one.getClientRects().length)
  .map((one) => parseFloat(getComputedStyle(one).fontSize) * one.getScreenCTM().a))"""
"""JavaScript: the smallest text of the pictures that are seen, in pixels."""


def test_picture_narration_transport_and_verbs_are_at_most_640_high_on_a_laptop(visit):
    heights = visit(LESSON, width=1440, height=900).evaluate(HEIGHTS)
    assert len(heights) > 3
    assert max(heights) <= 640, heights


def test_so_they_are_on_its_own_page(visit):
    heights = visit(LOST + "&step=22", width=1440, height=900).evaluate(
        HEIGHTS.replace(".chapter ", "").replace(".view", ".stage")
    )
    assert 300 < max(heights) <= 640, heights


@pytest.mark.parametrize("width", [390, 820, 1440])
def test_no_text_is_under_11_px(visit, width: int):
    page = visit(f"{LOST}&step=22", width=width)
    assert page.evaluate(SMALLEST) >= 10.95


def test_fields_and_bytes_are_behind_a_word(visit):
    page = visit(LESSON, width=1440, height=900)
    sides = page.locator(".chapter .sides").first
    expect(sides.locator("svg").first).not_to_be_visible()
    sides.locator("summary").click()
    expect(sides.locator("svg").first).to_be_visible()


@pytest.mark.parametrize("by", ["click", "keyboard"])
def test_an_arrow_is_touched_to_lose_a_message(visit, by: str):
    page = visit("/playground/visa-authorization/?step=9", width=1440, still=True)
    arrow = page.locator("svg.wide > g[data-key='msg:5']")
    expect(arrow).to_have_attribute("data-hand", "too")
    if by == "click":
        arrow.dispatch_event("click")
    else:
        # Lane and arrows take the same verb: the keyboard stops at one of them.
        page.locator("svg.wide > [data-key^='lane:network'][data-hand=stop]").focus()
        page.keyboard.press("Enter")
    expect(page.locator("[role=menu]")).to_contain_text("Lose a message")


def test_a_thing_that_somebody_does_takes_no_verb_of_a_line(visit):
    page = visit("/playground/visa-authorization/?step=9", width=1440, still=True)
    assert Player(page).step == 9
    expect(page.locator("svg.wide > g[data-key='did:3']")).not_to_have_attribute("data-hand", "too")
