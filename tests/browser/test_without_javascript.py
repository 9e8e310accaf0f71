"""Cleo's browser runs no JavaScript: every step is a link and every form submits."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.player import RING, Player, unfold

pytestmark = pytest.mark.browser


@pytest.fixture
def plain(visit):
    """Opens a page without JavaScript."""
    return lambda path, **how: visit(path, javascript=False, **how)


def step_of(page: Page) -> int:
    return int(page.locator("[data-slot=step]").inner_text())


def test_the_four_links_step(plain):
    page = plain(f"{RING}?step=3")
    for go, step in (("next", 4), ("back", 3), ("last", 21), ("first", 0)):
        page.locator(f"[data-go={go}]").click()
        assert step_of(page) == step, go
    expect(page.locator("[data-go=play]")).to_be_hidden()
    expect(page.locator(".slider")).to_be_hidden()
    expect(page.locator(".copy")).to_be_hidden()


def test_every_step_can_be_gone_to_and_shows_its_own_narration(plain):
    page = plain(RING)
    page.locator(".all-steps summary").click()
    steps = page.locator(".all-steps button")
    told = steps.all_inner_texts()
    assert len(told) == 22
    page.get_by_text(told[9], exact=True).click()
    assert urlsplit(page.url).query == "step=9"
    expect(page.locator("[data-slot=say]")).to_have_text(told[9])


def test_a_typed_step_is_gone_to(plain):
    page = plain(f"{RING}?do=remove:cleo")
    page.locator(".jump input[type=number]").fill("22")
    page.get_by_role("button", name="Go", exact=True).click()
    assert urlsplit(page.url).query == "do=remove:cleo&step=22"
    assert step_of(page) == 22


def test_an_action_form_leads_to_the_printed_address(plain):
    page = plain(f"{RING}?step=21")
    Player(page).form("remove").locator("select").select_option("cleo")
    Player(page).form("remove").get_by_role("button").click()
    assert urlsplit(page.url).query == "do=remove:cleo&step=30"
    expect(page.locator("[data-slot=say]")).to_contain_text("7 of 24 keys moved")


def test_a_refused_action_keeps_the_run_and_what_was_typed_and_says_why_beside_the_field(plain):
    page = plain(f"{RING}?step=21")
    add = Player(page).form("add")
    add.locator("input[name='act.node']").fill("bob")
    with page.expect_navigation() as navigation:
        add.get_by_role("button").click()
    assert navigation.value.status == 422
    expect(add.locator("label:has([name='act.node']) .error")).to_contain_text("bob is already on the ring")
    expect(add.locator("input[name='act.node']")).to_have_value("bob")
    expect(add.locator("input[name='act.node']")).to_have_attribute("aria-invalid", "true")
    assert step_of(page) == 21
    expect(page.locator(".stage svg.wide [data-key='row:cleo']")).to_have_count(1)


def test_a_bad_input_keeps_what_was_typed_and_says_why_beside_the_field(plain):
    page = plain(RING)
    unfold(page, "setup")
    page.locator(".inputs [name=points]").fill("many")
    page.locator(".inputs [name=keys]").fill("12")
    with page.expect_navigation() as navigation:
        page.get_by_role("button", name="Run", exact=True).click()
    assert navigation.value.status == 422
    expect(page.locator("label:has([name=points]) .error")).to_be_visible()
    expect(page.locator(".inputs [name=points]")).to_have_value("many")
    expect(page.locator(".inputs [name=keys]")).to_have_value("12")
    expect(page.locator(".inputs .error")).to_have_count(1)


def test_good_inputs_run_and_keep_the_actions_so_far(plain):
    page = plain(f"{RING}?do=remove:cleo&step=4")
    unfold(page, "setup")
    page.locator(".inputs [name=keys]").fill("12")
    page.get_by_role("button", name="Run", exact=True).click()
    assert urlsplit(page.url).query == "keys=12&do=remove:cleo&step=20"
    expect(page.locator(".done")).to_have_text("Remove a server: cleo")


def test_a_question_is_answered_by_a_form_and_the_picture_stands_where_the_ways_part(plain):
    page = plain(f"{RING}predict/how-many-move/?do=remove:cleo")
    asked = step_of(page)
    assert "leaves the ring" not in page.locator("[data-slot=say]").inner_text()
    page.get_by_label("15", exact=True).check()
    page.get_by_role("button", name="Answer").click()
    verdict = page.locator(".verdict")
    expect(verdict).to_contain_text("Not 15.")
    expect(verdict).to_contain_text("hands its own on")
    expect(page.get_by_label("15", exact=True)).to_be_checked()
    assert step_of(page) > asked
    expect(page.locator("svg.wide .ways")).to_have_count(1)
    verdict.get_by_role("link").first.click()
    assert step_of(page) == int(page.url.rpartition("step=")[2])

    page.go_back()
    page.get_by_label("7", exact=True).check()
    page.get_by_role("button", name="Answer").click()
    expect(page.locator(".verdict")).to_contain_text("Right")


def test_an_answer_that_is_no_option_is_asked_for_again(plain):
    page = plain(f"{RING}predict/how-many-move/?do=remove:cleo&answer=many")
    expect(page.locator(".verdict")).to_contain_text("many is not among them")
    expect(page.get_by_role("button", name="Answer")).to_be_visible()


def test_the_check_list_of_a_challenge_is_right_before_and_after(plain):
    page = plain(f"{RING}challenge/even-after-a-failure/")
    holds = page.locator(".challenge li.holds")
    expect(page.locator(".challenge li")).to_have_count(4)
    expect(page.locator(".challenge li").nth(1)).to_contain_text("Does not hold yet")
    expect(page.locator(".challenge .result")).to_have_text("")

    unfold(page, "setup")
    page.locator(".inputs [name=points]").fill("10")
    page.get_by_role("button", name="Run", exact=True).click()
    page.locator("[data-go=last]").click()
    fail = Player(page).form("fail")
    fail.locator("select").select_option("bob")
    fail.get_by_role("button").click()
    assert "/challenge/even-after-a-failure/" in page.url
    expect(holds).to_have_count(4)
    expect(page.locator(".challenge .result")).to_contain_text("Solved")
