"""Dee goes back, forward, reloads, and sends an address to a friend."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.player import RING, Player

pytestmark = pytest.mark.browser


def state(player: Player) -> tuple[str, str, int]:
    return player.narration, player.picture, player.last


def test_back_and_forward_after_two_actions(visit):
    page = visit(f"{RING}?step=21", still=True)
    ring = Player(page)
    states, addresses = [state(ring)], [page.url]
    for name in ("cleo", "bob"):
        ring.press("last")
        expect(page).to_have_url(re.compile(f"step={ring.last}$"))
        states[-1], addresses[-1] = state(ring), page.url
        ring.remove(name)
        states.append(state(ring))
        addresses.append(page.url)
    assert len(set(addresses)) == 3

    for place in (1, 0):
        page.go_back()
        expect(page).to_have_url(addresses[place])
        expect(page.locator("[data-slot=say]")).to_have_text(states[place][0])
        expect(page.locator("orrery-player:not([at])")).to_have_count(0)
        assert state(Player(page)) == states[place]
    for place in (1, 2):
        page.go_forward()
        expect(page).to_have_url(addresses[place])
        expect(page.locator("[data-slot=say]")).to_have_text(states[place][0])
        expect(page.locator("orrery-player:not([at])")).to_have_count(0)
        assert state(Player(page)) == states[place]


def test_a_step_makes_no_entry_in_the_history(visit):
    page = visit("/playground/")
    page.goto(RING)
    expect(page.locator("orrery-player")).to_have_attribute("at", "0")
    for _ in range(3):
        Player(page).press("next")
    page.go_back()
    assert page.url.endswith("/playground/")


def test_reload_shows_the_same_state(visit):
    page = visit(RING, still=True)
    ring = Player(page)
    ring.press("last")
    ring.remove("dee")
    ring.press("next")
    expect(page).to_have_url(re.compile(f"step={ring.step}$"))
    before = state(ring)
    page.reload()
    expect(page.locator("orrery-player:not([at])")).to_have_count(0)
    assert state(Player(page)) == before


def test_a_copied_address_shows_a_friend_the_same_state(visit):
    page = visit(RING, still=True)
    ring = Player(page)
    ring.press("last")
    ring.remove("dee")
    ring.press("next")
    link = ring.element.locator("[data-slot=here]").get_attribute("href") or ""
    expect(page).to_have_url(re.compile(re.escape(link) + "$"))

    theirs = Player(visit(link, still=True, fresh=True))
    assert state(theirs) == state(ring)


def test_another_spelling_of_a_run_leads_to_the_printed_one(visit):
    page = visit(f"{RING}?keys=24&step=3&nodes=ada%20bob+cleo&utm_source=letter")
    assert page.url.endswith(f"{RING}?nodes=ada+bob+cleo&step=3")


def test_a_name_that_is_nearly_an_input_is_told(visit):
    page = visit(f"{RING}?node=ada+bob")
    expect(page.locator(".messages")).to_contain_text("Ignored: node. Did you mean nodes?")
