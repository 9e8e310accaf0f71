"""Ada operates the ring with the mouse."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.player import RING, Player, unfold

pytestmark = pytest.mark.browser


def test_a_click_on_next_and_back_steps_by_one_and_the_address_says_where(visit):
    page = visit(RING)
    ring = Player(page)
    ring.expect_step(0)
    opening = ring.narration

    ring.press("next")
    ring.expect_step(1)
    assert ring.narration != opening
    expect(page).to_have_url(re.compile(r"\?step=1$"))

    ring.press("last")
    ring.expect_step(ring.last)
    ring.press("back")
    ring.expect_step(ring.last - 1)
    ring.press("first")
    ring.expect_step(0)
    expect(page).to_have_url(re.compile(f"{RING}$"))


def test_removing_a_server_makes_another_run_whose_printed_address_is_shown(visit):
    page = visit(RING)
    ring = Player(page)
    before = ring.narration, ring.last
    ring.press("last")

    ring.remove("cleo")

    assert ring.last > before[1]
    ring.expect_step(ring.last)
    assert urlsplit(page.url).query == f"do=remove:cleo&step={ring.last}"
    assert "7 of 24 keys moved" in ring.narration
    unfold(ring.element, "steps")
    expect(ring.element.locator(".done")).to_have_text("Remove a server: cleo")
    expect(ring.form("remove").locator("option")).to_have_text(["ada", "bob", "dee"])


def test_the_marked_line_of_source_follows_the_step(visit):
    ring = Player(visit(f"{RING}?step=1"))
    unfold(ring.element, "code")
    first = ring.element.locator(".listings li.now").inner_text()
    ring.press("last")
    expect(ring.element.locator(".listings li.now")).to_have_count(1)
    assert ring.element.locator(".listings li.now").inner_text() != first
    expect(ring.element.locator(".listings li.now")).to_be_visible()


def test_dragging_the_slider_passes_through_the_steps(visit):
    page = visit(RING)
    ring = Player(page)
    box = ring.slider.bounding_box()
    assert box
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + 8, middle)
    page.mouse.down()
    seen = set()
    for part in range(1, 11):
        page.mouse.move(box["x"] + 8 + (box["width"] - 16) * part / 10, middle)
        page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        seen.add(ring.step)
    page.mouse.up()
    ring.expect_step(ring.last)
    assert len(seen) >= 8
    expect(page).to_have_url(re.compile(f"step={ring.last}$"))


def test_the_address_is_written_seldom_enough_for_every_browser(visit):
    """Safari throws after a hundred changes of the address in half a minute; a drag makes sixty a second.

    Twenty are written at once, so that steps by hand are; then one each 400 ms.
    """
    page = visit(f"{RING}?do=remove:cleo")
    ring = Player(page)
    written, took = ring.element.evaluate("""(player) => {
      let count = 0;
      const write = history.replaceState, began = performance.now();
      history.replaceState = (...all) => { count++; write.apply(history, all); };
      for (let times = 0; times < 10; times++) for (let step = 0; step <= player.last; step++) player.show(step);
      return [count, performance.now() - began];
    }""")
    assert written <= 20 + took / 400 + 1
    expect(page).to_have_url(re.compile(f"step={ring.last}$"))


def test_play_goes_on_by_itself_until_it_is_pressed_again(visit):
    page = visit(RING)
    ring = Player(page)
    ring.hurry()
    ring.follow()
    ring.press("play")
    play = ring.element.locator("[data-go=play]")
    expect(play).to_have_attribute("aria-pressed", "true")
    assert ring.followed(2) == [1, 2]
    ring.press("play")
    expect(play).to_have_attribute("aria-pressed", "false")
    stopped = ring.step
    page.wait_for_timeout(400)
    assert ring.step == stopped


def test_play_stops_at_the_end_and_starts_again_from_the_beginning(visit):
    ring = Player(visit(f"{RING}?nodes=A+B&keys=0"))
    ring.hurry()
    ring.press("last")
    ring.follow()
    ring.press("play")
    expect(ring.element.locator("[data-go=play]")).to_have_attribute("aria-pressed", "false")
    assert ring.followed(ring.last + 1) == [*range(ring.last + 1)]
    ring.expect_step(ring.last)


def test_the_chosen_speed_is_kept_on_this_device(visit):
    page = visit(RING)
    Player(page).element.locator(".speed select").select_option("2")
    page.reload()
    expect(page.locator(".speed select")).to_have_value("2")


def test_every_scenario_opens_at_its_step_and_is_marked(visit):
    page = visit(RING)
    for number in range(page.locator(".scenarios a").count()):
        link = page.locator(".scenarios a").nth(number)
        wanted = link.get_attribute("href") or ""
        link.click()
        expect(page).to_have_url(re.compile(re.escape(wanted) + "$"))
        expect(page.locator(".scenarios [aria-current]")).to_have_count(1)
        expect(page.locator("orrery-player")).to_have_attribute("at", wanted.rpartition("step=")[2])


def test_the_list_of_all_steps_leads_to_each(visit):
    ring = Player(visit(RING))
    ring.element.locator(".all-steps summary").click()
    steps = ring.element.locator(".all-steps button")
    assert steps.count() == ring.last + 1
    steps.nth(7).click()
    ring.expect_step(7)


def test_copy_puts_the_exact_state_on_the_clipboard(visit):
    page = visit(RING)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ring = Player(page)
    ring.press("next")
    unfold(ring.element, "share")
    ring.element.locator(".copy").click()
    expect(ring.element.locator(".copied")).to_have_text("Copied.")
    assert page.evaluate("navigator.clipboard.readText()").endswith(f"{RING}?step=1")


def test_acting_from_an_earlier_step_drops_what_came_after_and_says_so(visit):
    page = visit(f"{RING}?do=remove:cleo&do=add:eve:1&step=2")
    ring = Player(page)
    ring.remove("bob")
    assert "do=remove:bob" in page.url
    assert "cleo" not in page.url
    expect(ring.element.locator(".messages")).to_contain_text("dropped")
