"""Two runs side by side: one slider for both, under each other on a phone, the same in a widget."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.player import Player, unfold

pytestmark = pytest.mark.browser

PAIR = "/playground/load-balancing/?vs=algorithm:least-connections&step=20"


def places(page: Page) -> list[dict[str, float]]:
    return page.locator(".pair figure").evaluate_all(
        "(figures) => figures.map((one) => ({ x: one.getBoundingClientRect().x, y: one.getBoundingClientRect().y }))"
    )


@pytest.mark.parametrize(("width", "beside"), [(1440, True), (820, True), (390, False)])
def test_they_stand_beside_each_other_and_on_a_phone_below(visit, width, beside):
    left, right = places(visit(PAIR, width=width))
    assert (left["y"] == right["y"]) is beside
    assert (left["x"] == right["x"]) is not beside


def test_one_slider_moves_both_and_the_rings_follow(visit):
    page = visit(PAIR)
    player = Player(page)
    pictures = [page.locator(f"svg[data-scene='{place}']") for place in (0, 1)]
    before = [picture.inner_html() for picture in pictures]
    rings = page.locator("[data-key^='differs:']")
    assert rings.count() > 2
    player.press("first")
    player.expect_step(0)
    expect(rings).to_have_count(0)
    assert all(picture.inner_html() != html for picture, html in zip(pictures, before, strict=True))
    page.get_by_role("slider").fill("20")
    player.expect_step(20)
    assert [picture.inner_html() for picture in pictures] == before


def test_a_choice_under_a_player_puts_another_run_beside_it_and_the_way_back_is_a_link(visit):
    page = visit("/playground/totp/?step=4")
    unfold(page, "compare")
    page.get_by_role("combobox", name="Beside it").select_option(label="SHA-256")
    page.get_by_role("button", name="Compare").click()
    expect(page.locator(".pair figcaption").nth(1)).to_have_text("SHA-256")
    unfold(page, "others")
    page.get_by_role("link", name="SHA-1 alone").click()
    expect(page.locator(".pair")).to_have_count(0)


def test_the_two_tables_are_one_that_says_where_they_differ(visit):
    page = visit(PAIR)
    unfold(page, "figures")
    page.get_by_text("The state as a table").click()
    heads = page.locator("[data-slot=state] th").all_inner_texts()
    assert heads[1:3] == ["Round robin", "Least connections"]
    assert "≠" in page.locator("[data-slot=state]").inner_text()


def test_without_javascript_every_step_of_the_pair_is_a_link(visit):
    page = visit(PAIR, javascript=False)
    page.get_by_role("link", name="Next step").click()
    expect(page.locator("[data-slot=step]")).to_have_text("21")
    assert page.locator(".pair figure").count() == 2


def test_in_a_widget_it_is_the_same_pair(visit):
    page = visit(f"/embed/load-balancing/?{PAIR.partition('?')[2]}", width=390)
    Player(page).press("next")
    expect(page.locator("[data-slot=step]")).to_have_text("21")
    assert page.locator(".pair figure").count() == 2
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
