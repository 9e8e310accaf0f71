"""Clients in the picture of CAP: their buttons are pressed where they stand, by mouse, finger and keys."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.test_hands import SIZES, entries_of, menu, thing

pytestmark = pytest.mark.browser

ONCE = "/playground/cap-theorem/?first=1&step=last"


@pytest.mark.parametrize(("width", "height", "touch"), SIZES)
def test_a_button_is_pressed_where_its_client_stands(visit, width, height, touch):
    page = visit(ONCE, width=width, height=height, touch=touch, still=True)
    button = page.locator("svg:visible [data-key='client:cat/read/label']")
    if touch:
        button.tap()
    else:
        button.click()
    expect(page).to_have_url(re.compile("do=read:cat:c&"))
    expect(menu(page)).to_have_count(0)


def test_by_keys_a_client_asks_where_it_stands(visit):
    page = visit(ONCE, still=True)
    thing(page, "client:ben").focus()
    page.keyboard.press("Enter")
    assert entries_of(page)[0] == "Write Node b"
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("do=write:ben:b&"))


def test_it_is_cut_at_the_place_that_was_touched_and_healed_at_the_grip(visit):
    page = visit(ONCE, still=True)
    thing(page, "gap:a").click()
    menu(page).get_by_role("menuitem").first.click()
    expect(page).to_have_url(re.compile("do=cut:a&"))
    thing(page, "gap:c").click()
    menu(page).get_by_role("menuitem").first.click()
    expect(page).to_have_url(re.compile("do=cut:a&do=cut:c&"))
    thing(page, "cut/grip").click()
    assert entries_of(page)[0] == "Heal it"
