"""Sound, off until it is switched on: one switch for all players; what travels is heard, and nothing else."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.player import RING, Player

pytestmark = pytest.mark.browser

BALANCER = "/playground/load-balancing/"
LOST = f"{BALANCER}?do=@200000:kill:ada"


def switch(page: Page):
    return page.locator("button.sound")


def on_to_the_end(page: Page) -> dict[str, int]:
    """Play rests at surprises: it is pressed again."""
    player = Player(page)
    player.hurry()
    player.press("first")
    for _ in range(12):
        player.press("play")
        expect(player.element.locator("[data-go=play]")).to_have_attribute("aria-pressed", "false", timeout=30_000)
        if player.step == player.last:
            break
    page.wait_for_timeout(100)
    found: dict[str, int] = player.element.evaluate("(player) => player.ticks ?? {}")
    return found


def test_it_is_off_and_then_nothing_is_heard(visit):
    page = visit(BALANCER)
    expect(switch(page)).to_have_text("Sound")
    expect(switch(page)).to_have_attribute("aria-pressed", "false")
    assert on_to_the_end(page) == {}


def test_a_tick_a_request_and_another_one_where_it_waits(visit):
    page = visit(BALANCER)
    switch(page).click()
    found = on_to_the_end(page)
    requests = page.evaluate("document.querySelector('orrery-player').trace.moves.things.length")
    # One more was heard when it was switched on.
    assert found["leaves"] == requests + 1
    assert 0 < found["waits"] < requests
    assert "lost" not in found


def test_what_is_lost_sounds_dull(visit):
    page = visit(LOST)
    switch(page).click()
    assert on_to_the_end(page)["lost"] > 0


def test_one_switch_holds_for_the_site_and_after_an_act(visit):
    page = visit(f"{BALANCER}?step=5")
    switch(page).focus()
    page.keyboard.press("Enter")
    expect(switch(page)).to_have_attribute("aria-pressed", "true")
    page.goto("/playground/cap-theorem/")
    expect(switch(page)).to_have_attribute("aria-pressed", "true")
    page.goto(f"{BALANCER}?step=5")
    form = Player(page).form("add")
    form.locator("[name='act.node']").fill("eve")
    form.get_by_role("button").click()
    expect(page.locator(".done button")).to_have_count(1)
    expect(switch(page)).to_have_attribute("aria-pressed", "true")
    expect(switch(page)).to_be_visible()


def test_where_nothing_travels_there_is_no_switch(visit):
    page = visit(RING)
    expect(switch(page)).to_be_hidden()


def test_without_javascript_there_is_no_switch(visit):
    expect(switch(visit(BALANCER, javascript=False))).to_be_hidden()
