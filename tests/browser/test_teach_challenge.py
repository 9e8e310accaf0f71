"""A challenge in a quiz: somebody adds it, learners solve it by clicks and without JavaScript, and look at it after."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.school import account, new_class
from tests.browser.site_walk import AXE, axe, too_wide

pytestmark = pytest.mark.browser

NAME = "Even after a failure"


def published(page: Page, name: str) -> str:
    """From /teach/ to a published exercise of one challenge; the link of its class."""
    account(page, name)
    new_class(page, f"Class of {name}")
    page.get_by_role("button", name="New quiz").click()
    page.get_by_label("Kind", exact=True).select_option(label="a challenge")
    expect(page.get_by_text(re.compile(r"^11 of \d+ kinds"))).to_be_visible()
    page.get_by_role("button", name=f"Add {NAME}").click()
    expect(page.locator(".items tbody tr")).to_have_count(1)
    expect(page.locator(".items")).to_contain_text("a challenge, the same for all")
    page.get_by_label("Kind of quiz").select_option("exercise")
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_role("heading", name="Hand it out")).to_be_visible()
    return page.get_by_label("Link").input_value()


def joined(page: Page, name: str) -> None:
    """From the link of a class to the challenge."""
    page.get_by_label("Your name in this class").fill(name)
    page.get_by_role("button", name="Join and start").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Five servers hold 200 keys")


def holds(page: Page, count: int) -> None:
    expect(page.locator("#stands .standing")).to_have_text(f"{count} of 4 conditions hold")


def looked(page: Page, name: str) -> list[str]:
    """axe and the width of the screen, wide and narrow, light and dark."""
    faults: list[str] = []
    page.evaluate(AXE.read_text("utf-8"))
    for width in (1440, 390):
        for theme in ("light", "dark"):
            faults.extend(f"{name}: {fault}" for fault in axe(page, width, theme))
    return faults + [f"{name}: {wide}" for wide in too_wide(page)]


@pytest.mark.parametrize("width", [1440, 390])
def test_it_is_added_solved_by_clicks_saved_checked_and_reviewed(opened, width):
    teacher = opened("/teach/", width=width)
    link = published(teacher, f"Clicker {width}")
    page = opened(link, width=width)
    joined(page, "Ana")
    holds(page, 2)
    expect(page.locator(".hints, .solution")).to_have_count(0)
    page.locator("[data-fold=fail] summary").click()
    page.locator("form[data-verb=fail] select").select_option("bob")
    page.locator("form[data-verb=fail] button").click()
    holds(page, 3)
    expect(page.locator(".tally .holds")).to_have_count(3)
    expect(page).to_have_url(re.compile("do=fail:bob"))
    page.get_by_role("button", name="Save this run").click()
    expect(page.get_by_text("This run is the one that is saved.")).to_be_visible()
    expect(page.locator("p.state")).to_contain_text("Saved")
    page.get_by_text("Set up", exact=True).click()
    page.locator(".setup [name=points]").fill("10")
    page.locator(".setup").get_by_role("button", name="Run").click()
    holds(page, 4)
    expect(page.locator(".which")).to_contain_text("Saved is another, in which 3 of 4 hold")
    page.locator(".which").get_by_role("link", name="show it").click()
    holds(page, 3)
    page.go_back()
    holds(page, 4)
    page.get_by_role("button", name="Check it").click()
    expect(page.locator(".said")).to_contain_text("4 of 4 conditions hold in your run")
    expect(page.get_by_role("region", name="One solution")).to_be_visible()
    page.get_by_role("link", name="To the end").click()
    page.get_by_role("button", name="Hand in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("1 of 1 point")
    assert page.evaluate("window.refused") == []


def test_it_is_solved_without_javascript(opened):
    link = published(opened("/teach/"), "Formal")
    page = opened(link, javascript=False, width=390)
    joined(page, "Ben")
    page.locator("[data-fold=fail] summary").click()
    page.locator("form[data-verb=fail] select").select_option("bob")
    page.locator("form[data-verb=fail] button").click()
    holds(page, 3)
    page.get_by_text("Set up", exact=True).click()
    page.locator(".setup [name=points]").fill("10")
    page.locator(".setup").get_by_role("button", name="Run").click()
    holds(page, 4)
    page.get_by_role("button", name="Save and go on").click()
    page.get_by_role("button", name="Hand in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("1 of 1 point")
    page.get_by_role("navigation", name="Questions").get_by_role("link").first.click()
    expect(page.locator(".said")).to_contain_text("4 of 4 conditions hold in your run")
    expect(page.get_by_role("region", name="Your run")).to_be_visible()


def test_a_run_that_does_not_reach_the_server_waits_and_goes_out_under_the_same_key(opened):
    link = published(opened("/teach/"), "Patient")
    page = opened(link)
    joined(page, "Cat")
    page.locator("[data-fold=fail] summary").click()
    page.locator("form[data-verb=fail] button").click()
    holds(page, 3)
    keys: list[str] = []

    def refuse(route: Route) -> None:
        keys.append(str((route.request.post_data_json or {})["key"]))
        route.fulfill(status=503)

    page.route("**/save", refuse)
    page.get_by_role("button", name="Save this run").click()
    expect(page.locator("p.state")).to_contain_text("Not saved. Keep this tab open.")
    page.unroute("**/save")
    with page.expect_request("**/save") as sent:
        expect(page.get_by_text("This run is the one that is saved.")).to_be_visible()
    assert {*keys, (sent.value.post_data_json or {})["key"]} == {keys[0]}


def test_every_page_is_sound_and_fits(opened):
    teacher, faults = opened("/teach/"), []
    link = published(teacher, "Careful")
    teacher.get_by_role("link", name=re.compile("the same for all")).click()
    faults += looked(teacher, "the challenge as those who teach see it")
    page = opened(link)
    joined(page, "Dora")
    faults += looked(page, "the start")
    page.set_viewport_size({"width": 1440, "height": 844})
    page.locator("[data-fold=fail] summary").click()
    page.locator("form[data-verb=fail] button").click()
    holds(page, 3)
    page.get_by_role("button", name="Check it").click()
    expect(page.locator(".said")).to_contain_text("3 of 4 conditions hold")
    faults += looked(page, "checked")
    page.get_by_role("link", name="To the end").click()
    page.get_by_role("button", name="Hand in").click()
    page.get_by_role("navigation", name="Questions").get_by_role("link").first.click()
    faults += looked(page, "the review")
    teacher.goto(teacher.url.partition("variants/")[0] + "results/?question=1&who=runs")
    faults += looked(teacher, "results")
    teacher.locator(".opened .who a").click()
    faults += looked(teacher, "a learner")
    assert faults == []
    assert page.evaluate("window.refused") == []
