"""A question is written by hand, taken and reviewed, as browsers do it: wide and narrow, with and without JavaScript."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.school import account, new_class
from tests.browser.site_walk import AXE, axe, too_wide

pytestmark = pytest.mark.browser

PROMPT = "Which of these **acknowledge** what arrived?\n\n```\nSYN, SYN-ACK\n```"


def looks_well(page: Page, width: int) -> None:
    """No fault of axe in either theme, and nothing beyond the window at any width."""
    page.evaluate(AXE.read_text("utf-8"))
    assert [fault for theme in ("light", "dark") for fault in axe(page, width, theme)] == []
    assert too_wide(page) == []
    page.set_viewport_size({"width": width, "height": 844})


def written(page: Page, name: str) -> str:
    """From /teach/ to a draft in which a question is written; the code of the class."""
    account(page, name)
    code = new_class(page, f"Class of {name}")
    page.get_by_role("button", name="New quiz").click()
    page.get_by_role("button", name="Write a question").click()
    page.get_by_label("The question").fill(PROMPT)
    page.get_by_role("textbox", name="Option 1", exact=True).fill("`TCP`")
    page.get_by_role("textbox", name="Option 2", exact=True).fill("`UDP`")
    page.get_by_label("What is believed by who takes option 2").fill("every transport is reliable")
    page.get_by_role("textbox", name="Option 3", exact=True).fill("QUIC")
    page.get_by_role("button", name="Add it to the quiz").click()
    expect(page.get_by_text("Say which option is right, or which ones are.")).to_be_visible()
    expect(page.get_by_label("What is believed by who takes option 2")).to_have_value("every transport is reliable")
    page.get_by_label("right: option 1").check()
    page.get_by_label("right: option 3").check()
    page.get_by_label("Why it is so").fill("TCP and QUIC number what they send.")
    page.get_by_role("button", name="One option more").click()
    expect(page.get_by_role("textbox", name="Option 5", exact=True)).to_be_visible()
    page.get_by_role("button", name="Preview").click()
    shown = page.get_by_role("region", name="Preview")
    expect(shown.locator("strong")).to_have_text("acknowledge")
    expect(shown.get_by_text("Choose all that hold.")).to_be_visible()
    return code


@pytest.mark.parametrize("width", [1440, 390])
def test_it_is_written_taken_and_reviewed(opened, width):
    page = opened("/teach/", width=width)
    code = written(page, f"Writer {width}")
    looks_well(page, width)
    page.get_by_role("button", name="Add it to the quiz").click()
    expect(page.locator(".items tbody tr")).to_have_count(1)
    expect(page.get_by_text("The question stands in the quiz.")).to_be_visible()
    looks_well(page, width)
    page.get_by_role("link", name="See question 1").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Which of these acknowledge what…")
    looks_well(page, width)
    page.get_by_role("link", name="Done").click()
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_role("heading", name="Hand it out")).to_be_visible()
    learner = opened(f"/join/{code}/", width=width)
    learner.get_by_label("Your name in this class").fill("Ana")
    learner.get_by_role("button", name="Join and start").click()
    looks_well(learner, width)
    # By keyboard: letters are found in the order in which they stand.
    learner.get_by_label("A TCP").focus()
    learner.keyboard.press("Space")
    learner.keyboard.press("Tab")
    learner.keyboard.press("Space")
    expect(learner.locator(".state")).to_contain_text("Saved")
    learner.reload()
    expect(learner.get_by_label("A TCP")).to_be_checked()
    expect(learner.get_by_label("B UDP")).to_be_checked()
    expect(learner.get_by_role("button", name="Save and go on")).to_be_hidden()
    learner.get_by_label("B UDP").uncheck()
    expect(learner.locator(".state[data-state=saved]")).to_be_visible()
    learner.get_by_role("link", name="To the end").click()
    learner.get_by_role("button", name="Hand in").click()
    expect(learner.get_by_role("heading", level=1)).to_have_text("0.5 of 1 point")
    learner.locator(".scale a").first.click()
    expect(learner.locator(".said")).to_contain_text("You said A, which is right in part. Right are A and C.")
    expect(learner.get_by_text("TCP and QUIC number what they send.")).to_be_visible()
    looks_well(learner, width)
    assert learner.evaluate("window.refused") == page.evaluate("window.refused") == []
    page.get_by_role("link", name="Results").click()
    page.get_by_role("link", name="Which of these acknowledge").click()
    expect(page.get_by_text("Nothing wrong was chosen, and not all that is right.")).to_be_visible()
    looks_well(page, width)


@pytest.mark.parametrize("width", [1440, 390])
def test_without_javascript_it_is_the_same(opened, width):
    page = opened("/teach/", width=width, javascript=False)
    code = written(page, f"Plain writer {width}")
    page.get_by_role("button", name="Add it to the quiz").click()
    page.get_by_role("button", name="Edit question 1").click()
    page.get_by_label("Short name").fill("acknowledgements")
    page.get_by_role("button", name="Save it").click()
    expect(page.locator(".items tbody tr")).to_contain_text("acknowledgements")
    page.get_by_role("button", name="Publish").click()
    learner = opened(f"/join/{code}/", width=width, javascript=False)
    learner.get_by_label("Your name in this class").fill("Ben")
    learner.get_by_role("button", name="Join and start").click()
    learner.get_by_label("A TCP").check()
    learner.get_by_label("C QUIC").check()
    learner.get_by_role("button", name="Save", exact=True).click()
    expect(learner.locator(".state")).to_contain_text("Saved")
    learner.get_by_role("button", name="Save and go on").click()
    learner.get_by_role("button", name="Hand in").click()
    expect(learner.get_by_role("heading", level=1)).to_have_text("1 of 1 point")


def test_a_long_word_stays_within_its_option(opened):
    page = opened("/teach/")
    written(page, "Long words")
    page.get_by_role("textbox", name="Option 1", exact=True).fill("a" * 299)
    page.get_by_label("The question").fill(f"`{'b' * 300}`\n\n```\n{'c' * 300}\n```")
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_text("a" * 299)).to_be_visible()
    assert too_wide(page) == []
    page.get_by_role("button", name="Add it to the quiz").click()
    page.get_by_role("link", name="See question 1").click()
    expect(page.get_by_text("a" * 299)).to_be_visible()
    assert too_wide(page) == []


def test_what_one_tab_chooses_of_several_the_other_shows(opened):
    page = opened("/teach/")
    code = written(page, "Two tabs")
    page.get_by_role("button", name="Add it to the quiz").click()
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_role("heading", name="Hand it out")).to_be_visible()
    one = opened(f"/join/{code}/")
    one.get_by_label("Your name in this class").fill("Ana")
    one.get_by_role("button", name="Join and start").click()
    other = one.context.new_page()
    other.goto(one.url)
    other.get_by_label("A TCP").check()
    expect(other.locator(".state[data-state=saved]")).to_be_visible()
    other.get_by_label("C QUIC").check()
    expect(one.get_by_label("A TCP")).to_be_checked()
    expect(one.get_by_label("C QUIC")).to_be_checked()
    expect(one.get_by_label("B UDP")).not_to_be_checked()
    one.get_by_role("button", name="Leave it blank").click()
    expect(one.locator(".state")).to_contain_text("Left blank")
    expect(other.get_by_label("A TCP")).not_to_be_checked()
