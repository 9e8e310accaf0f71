"""An act shows at once: one request for what is new, then the rest of the page."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, Request, Route, expect

from playground.engine.query import do, parse, query_for
from playground.engine.registry import entries
from playground.engine.run import run
from tests.browser.player import Player

pytestmark = pytest.mark.browser

BALANCER = "/playground/load-balancing/"
ENTRY = entries()["load-balancing"]
TRACE, FORMS = re.compile(r"/trace\?"), re.compile(r"/player\?")


def asked(page: Page) -> list[str]:
    """The addresses that the page asks for from now on."""
    found: list[str] = []

    def note(request: Request) -> None:
        if TRACE.search(request.url) or FORMS.search(request.url):
            found.append(request.url)

    page.on("request", note)
    return found


def add(page: Page, server: str) -> None:
    form = Player(page).form("add")
    form.locator('[name="act.node"]').fill(server)
    form.get_by_role("button").click()


def test_first_what_is_new_then_the_forms(visit):
    page = visit(f"{BALANCER}?step=5")
    found = asked(page)
    add(page, "eve")
    expect(page).to_have_url(re.compile("do=.*add:eve"))
    assert [bool(TRACE.search(one)) for one in found] == [True, False]
    assert parse_qs(urlsplit(found[0]).query)["after"] == ["5"]


def test_it_is_seen_before_the_forms_are_there(visit):
    page = visit(f"{BALANCER}?step=5")
    player = Player(page)
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route(FORMS, hold)
    add(page, "eve")
    expect(player.element.locator("[data-slot=say]")).to_contain_text("eve")
    assert held
    held[0].continue_()
    expect(page).to_have_url(re.compile("do=.*add:eve"))
    expect(page.locator(".done button")).to_have_count(1)


def test_the_picture_is_that_of_the_typed_address(visit):
    page = visit(f"{BALANCER}?step=5")
    player = Player(page)
    add(page, "eve")
    expect(page).to_have_url(re.compile("do=.*add:eve"))
    cls = ENTRY.cls
    at = run(cls, parse(cls, "").query, draw=False).steps[5].clock + 1
    consequence = run(cls, query_for(cls, do("add", "eve", 1, at=at)), draw=False).consequence(0)
    player.expect_step(consequence)
    page.wait_for_timeout(700)
    picture, narration = player.picture, player.narration
    typed = Player(visit(page.url))
    typed.expect_step(consequence)
    assert picture == typed.picture
    assert narration == typed.narration


def test_who_goes_back_to_before_the_act_sees_what_was_there(visit):
    page = visit(f"{BALANCER}?step=5")
    player = Player(page)
    add(page, "eve")
    expect(page).to_have_url(re.compile("do=.*add:eve"))
    found = asked(page)
    player.press("first")
    player.expect_step(0)
    player.press("next")
    player.expect_step(1)
    assert len([one for one in found if TRACE.search(one)]) == 1
    assert "after=" not in found[0]
    player.press("first")
    player.expect_step(0)
    page.wait_for_timeout(700)
    picture = player.picture
    typed = Player(visit(f"{page.url.partition('&step')[0]}"))
    typed.expect_step(0)
    assert picture == typed.picture


def test_play_from_the_end_begins_at_the_beginning(visit):
    page = visit(f"{BALANCER}?step=34")
    player = Player(page)
    add(page, "eve")
    expect(page).to_have_url(re.compile("do=add:eve"))
    player.element.locator(".stage").focus()
    page.keyboard.press("End")
    page.locator("[data-go=play]").click()
    expect(player.element.locator("[data-slot=step]")).to_have_text(re.compile("^[12]$"))


def test_two_acts_one_on_the_other_are_both_done(visit):
    page = visit(f"{BALANCER}?step=5")
    page.evaluate(
        """() => { for (const name of ["eve", "fay"]) {
          const form = document.querySelector('.actions form[data-verb="add"]');
          form.elements["act.node"].value = name;
          form.requestSubmit();
        } }"""
    )
    expect(page).to_have_url(re.compile("add:eve.*add:fay"))
    expect(page.locator(".done button")).to_have_count(2)


def test_what_is_refused_is_said_and_changes_nothing(visit):
    page = visit(f"{BALANCER}?step=5")
    player = Player(page)
    add(page, "ada")
    expect(page.locator('.actions form[data-verb="add"] .error')).to_contain_text("ada")
    player.expect_step(5)
    assert page.url.endswith("?step=5")


def test_where_what_is_new_cannot_be_had_the_page_comes_as_a_whole(visit):
    page = visit(f"{BALANCER}?step=5")
    player = Player(page)
    page.route(re.compile(r"/trace\?.*after="), lambda route: route.fulfill(json={"format": 0}))
    add(page, "eve")
    expect(page).to_have_url(re.compile("do=.*add:eve"))
    expect(player.element.locator("[data-slot=say]")).to_contain_text("eve")


def test_undo_goes_back_to_the_step_and_the_acts_that_were_dropped(visit):
    page = visit(f"{BALANCER}?do=add:eve&step=5")
    player = Player(page)
    add(page, "fay")
    expect(page).to_have_url(re.compile("add:fay"))
    expect(page.locator(".messages")).to_contain_text("You acted from step 5")
    page.locator("[data-undo]").click()
    expect(page).to_have_url(re.compile(r"\?do=add:eve:1&step=5$"))
    player.expect_step(5)


def test_where_the_forms_do_not_come_they_do_before_the_next_act(visit):
    page = visit(f"{BALANCER}?step=5")
    player = Player(page)
    page.route(FORMS, lambda route: route.abort())
    add(page, "eve")
    expect(player.element.locator("[data-slot=say]")).to_contain_text("eve")
    expect(page.locator("#trouble")).to_contain_text("does not answer")
    player.press("next")
    page.unroute(FORMS)
    add(page, "fay")
    expect(page).to_have_url(re.compile("add:eve.*add:fay"))
    expect(page.locator(".done button")).to_have_count(2)
    # Chromium itself writes the failed request to the console.
    visit.complaints[:] = [one for one in visit.complaints if "ERR_FAILED" not in one and "Failed to fetch" not in one]


def test_a_picture_that_an_act_brings_is_drawn_and_what_plays_goes_on(visit):
    """The chart of the ring is left out as long as there is nothing to see in it."""
    page = visit("/playground/hash-ring/?step=21")
    player = Player(page)
    assert page.locator(".beside svg").count() == 0
    player.form("remove").locator("select").select_option("cleo")
    player.form("remove").get_by_role("button").click()
    player.expect_step(30)
    expect(page.locator(".beside svg [data-key]").first).to_be_attached()
    drawn = page.locator(".beside svg").inner_html()
    typed = Player(visit("/playground/hash-ring/?do=remove:cleo&step=30"))
    typed.expect_step(30)
    assert len(drawn) > 500
    assert page.locator(".beside svg [data-key]").count() == drawn.count("data-key=")
