"""A room votes: a screen in front and three phones, with and without JavaScript."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.school import account
from tests.browser.site_walk import AXE, axe, too_wide

pytestmark = pytest.mark.browser

SOON = 5000
"""Milliseconds in which a phone has what the others have: it asks every two seconds."""


def room(opened, name: str, **more) -> tuple[Page, str]:
    """The screen in front of a room, opened from a lesson's question; the code."""
    screen = opened("/teach/", **more)
    account(screen, name)
    screen.goto("/lessons/hash-ring/")
    screen.get_by_role("link", name="Put it to a room").first.click()
    screen.get_by_role("button", name="Open the room").click()
    return screen, screen.locator(".screen-code b").inner_text().replace(" ", "")


def choose(phone: Page, name: str, *, javascript: bool = True) -> None:
    phone.locator("label.answer", has_text=name).click()
    if not javascript:
        phone.get_by_role("button", name="Vote").click()
    expect(phone.locator("[data-said]")).to_have_text(f"Your vote has arrived: {name}")


@pytest.mark.parametrize("javascript", [True, False])
def test_three_phones_vote_talk_and_vote_again_and_the_machine_runs(opened, javascript):
    screen, code = room(opened, f"Ruth {javascript}", javascript=javascript)
    phones = [opened("/join/", width=390, touch=True, javascript=javascript) for _ in range(3)]

    def anew(*pages: Page) -> None:
        for page in pages:
            if not javascript:
                page.reload()

    for phone in phones:
        phone.get_by_label("Code").fill(code.lower())
        phone.get_by_role("button", name="Go on").click()
        choose(phone, "bob", javascript=javascript)
    choose(phones[0], "ada", javascript=javascript)
    anew(screen)
    expect(screen.locator("[data-votes]")).to_have_text("3 votes", timeout=SOON)
    expect(screen.locator(".tally")).to_have_count(0)
    screen.get_by_role("button", name="Close the vote").click()
    expect(screen.locator(".tally tr", has_text="bob")).to_contain_text("2")
    anew(*phones)
    for phone in phones:
        expect(phone.get_by_role("heading", level=1)).to_have_text("Talk to your neighbour", timeout=SOON)
    expect(phones[0].locator(".wait")).to_contain_text("You voted for ada")
    screen.get_by_role("button", name="Open the second vote").click()
    expect(screen.locator(".tally")).to_have_count(0)
    anew(*phones)
    for phone in phones[:2]:
        expect(phone.locator(".asked-kicker")).to_have_text("Second vote", timeout=SOON)
        choose(phone, "ada", javascript=javascript)
    screen.get_by_role("button", name="Close the second vote").click()
    expect(screen.locator(".tally tr", has_text="ada")).to_contain_text("1 → 2")
    if javascript:
        expect(screen.locator(".tallied text", has_text="1 → 2")).to_be_visible()
    screen.get_by_role("button", name="Run it").click()
    expect(screen.locator(".screen-said")).to_contain_text(re.compile("^It is "))
    late = opened(f"/live/{code}/", width=390, touch=True, javascript=javascript)
    expect(late.locator(".said")).to_contain_text("You did not vote")
    anew(*phones)
    for phone in phones:
        expect(phone.locator(".said")).to_contain_text("You said", timeout=SOON)


def test_space_goes_on_and_b_blanks(opened):
    screen, _ = room(opened, "Keys")
    screen.keyboard.press("b")
    expect(screen.locator(".screen")).to_be_hidden()
    screen.keyboard.press("b")
    screen.keyboard.press(" ")
    expect(screen.get_by_role("button", name="Open the second vote")).to_be_visible()


def test_a_phone_says_when_a_vote_has_not_arrived(opened):
    _, code = room(opened, "Offline")
    phone = opened(f"/live/{code}/", width=390, touch=True)
    phone.context.set_offline(True)
    phone.locator("label.answer").first.click()
    expect(phone.locator("[data-said]")).to_have_text("Your vote has not arrived. Choose once more.")
    expect(phone.locator("[data-off]")).to_be_visible(timeout=2 * SOON)
    phone.context.set_offline(False)
    phone.locator("label.answer").nth(1).click()
    expect(phone.locator("[data-said]")).to_contain_text("Your vote has arrived")
    expect(phone.locator("[data-off]")).to_be_hidden(timeout=2 * SOON)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_page_of_a_room_is_sound_and_fits(opened, theme):
    screen, code = room(opened, f"Axe {theme}")
    phone = opened(f"/live/{code}/", width=390, touch=True)
    problems = []
    for _ in range(5):
        for page, widths in ((screen, (1440, 820)), (phone, (390, 280))):
            page.evaluate(AXE.read_text("utf-8"))
            for width in widths:
                problems += [f"{page.url} at {width}: {one}" for one in (*axe(page, width, theme), *too_wide(page))]
        before = screen.locator("[data-live]").get_attribute("data-revision")
        screen.locator("[data-on] .main").click()
        expect(screen.locator("[data-live]")).not_to_have_attribute("data-revision", str(before))
        phone.reload()
    assert problems == []
