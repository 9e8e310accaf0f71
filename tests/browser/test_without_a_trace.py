"""The run itself does not arrive, or in a format of the future: the server's picture, links and forms keep working."""

import pytest
from playwright.sync_api import expect

from tests.browser.player import RING, unfold

pytestmark = pytest.mark.browser


@pytest.fixture(params=["no connection", "a server in trouble", "an unknown format"])
def page(request, visit):
    page = visit("/playground/")

    def answer(route):
        if request.param == "no connection":
            route.abort()
        elif request.param == "a server in trouble":
            route.fulfill(status=503, body="busy")
        else:
            route.fulfill(json={"format": 2, "steps": []})

    page.route("**/trace?*", answer)
    page.route("**/trace", answer)
    page.goto(f"{RING}?step=5")
    yield page
    visit.complaints[:] = [one for one in visit.complaints if "Failed to load resource" not in one]


def test_the_page_works_as_without_javascript(page):
    for part in (".slider", "[data-go=play]", ".speed"):
        expect(page.locator(part)).to_be_hidden()
    expect(page.locator("[data-slot=say]")).to_contain_text("user:1")
    page.locator("[data-go=next]").click()
    expect(page).to_have_url(f"{page.url.partition('?')[0]}?step=6")
    page.locator(".jump input[type=number]").fill("9")
    page.get_by_role("button", name="Go", exact=True).click()
    expect(page.locator("[data-slot=step]")).to_have_text("9")
    expect(page.locator(".slider")).to_be_hidden()


def test_an_action_opens_its_page(page):
    with page.expect_event("load"):
        unfold(page, "remove")
        page.locator("form[data-verb=remove] button").click()
    expect(page.locator("[data-slot=say]")).to_contain_text("keys moved")
    assert "do=remove:ada" in page.url
    expect(page.locator(".slider")).to_be_hidden()


def test_where_others_come_first_it_is_asked_for_once_more_when_the_server_says(visit):
    page, asked = visit("/playground/"), []

    def busy_once(route):
        asked.append(route.request.url)
        if len(asked) == 1:
            route.fulfill(status=503, body="busy", headers={"Retry-After": "1"})
        else:
            route.continue_()

    page.route("**/trace**", busy_once)
    page.goto(f"{RING}?step=5")
    expect(page.locator("orrery-player")).to_have_attribute("at", "5")
    expect(page.locator(".slider")).to_be_visible()
    assert len(asked) == 2
    page.locator(".stage").press("ArrowRight")
    expect(page.locator("[data-slot=step]")).to_have_text("6")
    visit.complaints[:] = [one for one in visit.complaints if "503" not in one]
