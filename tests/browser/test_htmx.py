"""What we rely on in htmx 4, one small test each. It is young: a new version has to pass these."""

import re

import pytest
from playwright.sync_api import Route, expect

from tests.browser.player import RING, Player, unfold

pytestmark = pytest.mark.browser


@pytest.fixture
def page(visit):
    return visit(f"{RING}?step=21", still=True)


def send(page, form, field: str, value: str):
    """Types into a field and sends the form; the fragment's answer."""
    form.locator(f"[name='{field}']").fill(value)
    with page.expect_response(lambda response: "/player?" in response.url) as answer:
        form.get_by_role("button").click()
    return answer.value


def test_a_refused_form_is_swapped_in_although_its_status_is_422(page):
    ring = Player(page)
    answer = send(page, ring.form("add"), "act.node", "bob")
    assert answer.status == 422
    expect(ring.form("add").locator(".error")).to_contain_text("bob is already on the ring")
    expect(ring.form("add").locator("[name='act.node']")).to_have_value("bob")
    assert page.url.endswith("?step=21")


def test_after_a_refusal_the_run_goes_on_as_before(page):
    ring = Player(page)
    send(page, ring.form("add"), "act.node", "bob")
    expect(ring.form("add").locator(".error")).to_have_count(1)
    ring.press("back")
    ring.expect_step(20)
    ring.add("eve")
    assert "do=add:eve:1" in page.url
    expect(ring.form("add").locator(".error")).to_have_count(0)
    assert ring.form("add").locator("[name='act.node']").input_value() != "eve"


def test_a_bad_input_is_told_beside_its_field_and_the_others_keep_what_was_typed(page):
    unfold(page, "setup")
    inputs = page.locator(".inputs form")
    inputs.locator("[name=keys]").fill("12")
    answer = send(page, inputs, "points", "many")
    assert answer.status == 422
    expect(page.locator("label:has([name=points]) .error")).to_be_visible()
    expect(inputs.locator("[name=points]")).to_have_value("many")
    expect(inputs.locator("[name=keys]")).to_have_value("12")


def test_a_form_sends_what_it_holds_and_nothing_else(page):
    ring = Player(page)
    with page.expect_request(lambda request: "/player?" in request.url) as sent:
        ring.form("look_up").get_by_role("button").click()
    query = sent.value.url.partition("?")[2]
    # And the step that is shown, after which it is new.
    assert query == "step=21&act=look_up&act.key=user%3A7&after=21"


def test_the_fragment_is_a_fragment_and_going_back_asks_for_the_whole_page(page):
    ring = Player(page)
    with page.expect_response(lambda response: "/player?" in response.url) as fragment:
        ring.form("remove").get_by_role("button").click()
    assert fragment.value.text().lstrip().startswith("<orrery-player")
    expect(page).not_to_have_url(f"{RING}?step=21")
    with page.expect_response(lambda response: response.url.endswith(f"{RING}?step=21")) as whole:
        page.go_back()
    assert "<!doctype html>" in whole.value.text()
    expect(page.locator("header.site")).to_have_count(1)
    expect(page.locator("orrery-player")).to_have_count(1)


def test_the_morph_leaves_the_stage_and_the_transport_alone(page):
    parts = [".stage", ".transport", "svg.wide", "orrery-player"]
    page.evaluate("(parts) => { for (const part of parts) document.querySelector(part).mine = true; }", parts)
    Player(page).remove("cleo")
    lost = page.evaluate("(parts) => parts.filter((part) => !document.querySelector(part).mine)", parts)
    assert lost == []


def test_an_open_table_of_the_state_stays_open_through_an_action(page):
    ring = Player(page)
    unfold(ring.element, "figures")
    ring.element.locator(".state summary").click()
    ring.remove("cleo")
    expect(ring.element.locator(".state table")).to_be_visible()


def test_no_element_of_a_picture_leaves_the_namespace_of_svg(page):
    ring = Player(page)
    for name in ("cleo", "ada", "bob"):
        ring.press("last")
        ring.remove(name)
    ring.press("last")
    assert (
        page.evaluate("""() => [...document.querySelectorAll("svg *")]
      .filter((one) => one.namespaceURI !== "http://www.w3.org/2000/svg").length""")
        == 0
    )


def test_a_server_that_does_not_answer_leaves_the_page_usable(page, visit):
    ring = Player(page)
    page.route(re.compile(r"/(player|trace)\?"), lambda route: route.abort())
    ring.form("remove").get_by_role("button").click()
    page.wait_for_timeout(100)
    ring.press("back")
    ring.expect_step(20)
    # Chromium itself writes the failed request to the console.
    visit.complaints[:] = [one for one in visit.complaints if "ERR_FAILED" not in one and "Failed to fetch" not in one]


def test_what_is_typed_before_htmx_listens_is_looked_for_too(visit):
    page = visit("/")
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/htmx-4*.js", hold)
    page.goto("/lessons/", wait_until="commit")
    field = page.get_by_role("searchbox")
    field.focus()
    page.keyboard.type("quorum")
    expect(field).to_have_value("quorum")
    with page.expect_response(lambda response: "q=quorum" in response.url):
        [route] = held
        route.continue_()
    expect(page.locator("#lessons")).to_contain_text("CAP")


def test_the_code_for_a_host_is_copied_as_it_is_after_a_choice(visit):
    page = visit("/embed/")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_label("Goes into").select_option("rst")
    expect(page.locator("#snippet")).to_have_value(re.compile(r"^\.\. raw:: html"))
    page.get_by_role("button", name="Copy the code").click()
    expect(page.locator(".copied")).to_have_text("Copied.")
    assert page.evaluate("navigator.clipboard.readText()") == page.locator("#snippet").input_value()
