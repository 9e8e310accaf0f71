"""Gus reads a lesson in which what comes after a question waits until he has answered it."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.player import Player

pytestmark = pytest.mark.browser

LESSON = "/lessons/totp/"
ANSWER = "of the thirty seconds the phone is one step ahead"


def told(page: Page) -> Locator:
    """The block that tells the answer of the first question."""
    return page.locator("[data-after=asks-1]")


def question(page: Page) -> Locator:
    return page.locator("#asks-1 .predict")


def waits(page: Page) -> Locator:
    """The line that stands for that block until it is told."""
    return page.locator(".waiting:has(+ [data-after=asks-1])")


def answer(page: Page) -> None:
    question(page).locator("input[type=radio]").first.check()
    question(page).get_by_role("button", name="Answer").click()


@pytest.fixture
def lesson(visit) -> Page:
    return visit(LESSON, still=True)


def test_what_tells_the_answer_waits_and_what_comes_after_the_next_heading_does_not(lesson):
    expect(told(lesson).get_by_text(ANSWER)).to_have_count(1)
    assert not seen(lesson)
    expect(waits(lesson)).to_have_count(1)
    expect(lesson.get_by_role("heading", name="What the window costs")).to_be_visible()


def seen(page: Page) -> bool:
    """Whether the answer’s words can be seen: what is shut may be there for a search."""
    return bool(told(page).locator("p").first.evaluate("(one) => one.checkVisibility({ contentVisibilityAuto: true })"))


def test_any_answer_opens_it(lesson):
    answer(lesson)
    expect(waits(lesson)).to_have_count(0)
    assert seen(lesson)


def test_what_is_no_answer_does_not(lesson):
    radio = question(lesson).locator("input[type=radio]").first
    radio.evaluate("(one) => { one.value = 'nothing'; }")
    answer(lesson)
    expect(question(lesson).locator(".verdict")).to_contain_text("Choose one of the answers")
    assert not seen(lesson)


def test_who_wants_to_be_shown_is_shown_and_reads_on_there(lesson):
    waits(lesson).get_by_role("button", name="Show me").click()
    assert seen(lesson)
    expect(told(lesson)).to_be_focused()
    expect(waits(lesson)).to_have_count(0)


def test_what_has_been_opened_stays_open_for_this_visit(lesson):
    waits(lesson).get_by_role("button", name="Show me").click()
    lesson.reload()
    expect(lesson.locator("orrery-player:not([at])")).to_have_count(0)
    assert seen(lesson)
    expect(waits(lesson)).to_have_count(0)


def test_a_link_to_a_place_in_it_opens_it(lesson):
    told(lesson).locator("p").first.evaluate("(one) => { one.id = 'a-place'; }")
    lesson.evaluate("location.hash = '#a-place'")
    expect(waits(lesson)).to_have_count(0)
    assert seen(lesson)
    assert told(lesson).locator("p").first.evaluate("(one) => one.getBoundingClientRect().top < innerHeight")


def test_who_searches_the_page_finds_it(lesson):
    # What a browser does before it shows what it has found.
    assert told(lesson).get_attribute("hidden") == "until-found"
    told(lesson).evaluate("(one) => one.dispatchEvent(new Event('beforematch', { bubbles: true }))")
    assert seen(lesson)
    expect(waits(lesson)).to_have_count(0)


def test_on_paper_all_of_it_stands(lesson):
    lesson.emulate_media(media="print")
    assert seen(lesson)
    expect(waits(lesson)).to_be_hidden()


def test_without_a_script_it_is_prose_as_any_other(visitor):
    page = visitor(LESSON, javascript=False)
    expect(page.get_by_text(ANSWER)).to_be_visible()
    expect(page.locator(".waiting")).to_have_count(0)


def test_the_players_around_it_are_all_there(lesson):
    for number in range(lesson.locator("orrery-player").count()):
        expect(Player(lesson, number).element.locator(".stage")).to_be_visible()


def test_another_one_comes_into_the_same_place_and_can_be_answered(visit):
    page = visit("/lessons/git-objects/", still=True)
    answer(page)
    asked, address = question(page).locator("legend").inner_text(), page.url
    question(page).get_by_role("link", name="Another one").click()
    expect(question(page).locator("legend")).not_to_have_text(asked)
    expect(question(page).locator("input:checked")).to_have_count(0)
    expect(question(page).locator("legend")).to_be_in_viewport()
    assert page.evaluate("document.activeElement.type") == "radio"
    assert page.url == address, "the lesson stays where it is"
    answer(page)
    expect(question(page).locator("[data-judged]")).to_have_count(1)
