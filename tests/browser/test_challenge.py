"""Ida is stuck at a challenge: she takes a hint, then the other one, then watches how it is done."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.player import RING, Player

pytestmark = pytest.mark.browser

EVEN = f"{RING}challenge/even-after-a-failure/"
LESSON = "/lessons/hash-ring/"


def in_the_lesson(page: Page) -> Player:
    """The player of the lesson's challenge."""
    return Player(page, page.locator("orrery-player").count() - 1)


def open_hints(player: Player) -> Locator:
    """Both, one after the other; the way to the solution."""
    hints = player.element.locator(".hints")
    expect(hints.locator("a.solution")).to_be_hidden()
    hints.get_by_text("A hint", exact=True).click()
    expect(hints.get_by_text("goes to the next ones along the circle")).to_be_visible()
    expect(hints.locator("a.solution")).to_be_hidden()
    hints.get_by_text("One more hint", exact=True).click()
    expect(hints.get_by_text("Sixty points are twelve for each")).to_be_visible()
    return hints.locator("a.solution")


def test_two_hints_come_one_after_the_other_then_a_solution_plays_where_one_is(visit):
    page = visit(LESSON)
    ring = in_the_lesson(page)
    solution = open_hints(ring)
    ring.hurry()
    ring.follow()
    with ring.another_run():
        solution.click()
    # From where one stood to the first step of its action, and on to the end, in the lesson itself.
    assert ring.followed(4) == [22, 23, 24, 25]
    expect(ring.element.locator(".standing")).to_contain_text("4 of 4 hold")
    expect(ring.element.locator(".result")).to_contain_text("One way to do it.")
    assert page.url.endswith(LESSON)


def test_a_solution_on_its_own_page_plays_and_where_nothing_may_move_it_stands_where_it_begins(visit):
    moving = Player(visit(f"{EVEN}solution/"))
    expect(moving.element).to_have_attribute("at", str(moving.last))
    still = Player(visit(f"{EVEN}solution/", still=True))
    still.expect_step(23)
    still.press("next")
    still.expect_step(24)


def test_hints_that_are_open_stay_open_while_one_acts_and_the_count_goes_along(visit):
    ring = Player(visit(EVEN, still=True))
    open_hints(ring)
    standing = ring.element.locator(".standing")
    expect(standing).to_contain_text("2 of 4 hold")
    ring.form("fail").locator("select").select_option("bob")
    with ring.another_run():
        ring.form("fail").get_by_role("button").click()
    expect(standing).to_contain_text("3 of 4 hold")
    expect(ring.element.locator(".tally .holds")).to_have_count(3)
    expect(ring.element.locator(".hints a.solution")).to_be_visible()


def test_all_of_it_works_without_a_script(visitor):
    page = visitor(EVEN, javascript=False)
    ring = Player(page)
    open_hints(ring).click()
    assert page.url.endswith(f"{EVEN}solution/")
    assert ring.step == 23
    page.locator("[data-go=last]").click()
    expect(page.locator(".standing")).to_contain_text("4 of 4 hold")


@pytest.mark.parametrize(("width", "place"), [(1440, ".say"), (820, ".say"), (390, ".challenge"), (280, ".challenge")])
def test_the_scale_stands_at_the_picture_where_there_is_room_and_once(visit, width: int, place: str):
    page = visit(f"{RING}challenge/even-after-a-failure/", width=width, still=True)
    shown = page.locator("figure.scale svg").locator("visible=true")
    expect(shown).to_have_count(1)
    expect(page.locator(f"{place} figure.scale svg")).to_be_visible()
    expect(page.get_by_role("img", name="points on the ring in this run")).to_have_count(1)
    expect(page.locator(".challenge figcaption")).to_contain_text("the fewer the better")
