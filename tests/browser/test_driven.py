"""A widget is driven by the page around it, and tells it what its reader does. The page is of another origin."""

import re

import pytest
from playwright.sync_api import FrameLocator, Page, Route, expect

from tests.browser.hosts import RING
from tests.browser.player import unfold

pytestmark = pytest.mark.browser

SEND = "(message) => document.querySelector('iframe').contentWindow.postMessage(message, '*')"
TOLD = "(kind) => told.filter((one) => one.orrery === kind)"


def opened(guest, path: str = RING, more: str = "") -> tuple[Page, FrameLocator]:
    page = guest.read(guest.frame(path, more))
    frame = page.frame_locator("iframe[title='A ring']")
    expect(frame.locator("orrery-player[at]")).to_have_count(1)
    return page, frame


def send(page: Page, **message: object) -> None:
    page.evaluate(SEND, message)


def last(page: Page, kind: str) -> dict[str, object]:
    """The newest message of a kind; waits for one."""
    page.wait_for_function(f"({TOLD})('{kind}').length")
    told: dict[str, object] = page.evaluate(TOLD, kind)[-1]
    return told


@pytest.mark.parametrize("more", ["", "sandbox='allow-scripts'"], ids=["bare", "sandboxed"])
def test_the_host_goes_to_a_step_and_hears_of_every_step(guest, more):
    page, frame = opened(guest, more=more)
    ready = last(page, "ready")
    assert ready == {
        "orrery": "ready",
        "version": 1,
        "step": 22,
        "last": 30,
        "say": "cleo leaves the ring. Each of its arcs passes to the next point clockwise.",
    }
    send(page, orrery="go", step=24)
    expect(frame.locator(".narration")).to_contain_text("Step 24.")
    frame.get_by_role("link", name="Next step").click()
    expect(frame.locator(".narration")).to_contain_text("Step 25.")
    told = last(page, "step")
    assert (told["step"], told["last"]) == (25, 30)
    assert told["say"] == "user:14 goes from cleo to dee, the next point clockwise."


@pytest.mark.parametrize("step", [-3, 31, 1e9])
def test_a_step_that_there_is_not_is_the_nearest(guest, step: float):
    page, frame = opened(guest)
    send(page, orrery="go", step=step)
    expect(frame.locator(".narration")).to_contain_text("Step 0." if step < 0 else "Step 30.")


@pytest.mark.parametrize("step", [None, "7", 2.5, {"valueOf": 3}])
def test_what_is_no_step_changes_nothing(guest, step):
    page, frame = opened(guest)
    send(page, orrery="go", step=step)
    send(page, orrery="constructor")
    page.evaluate(SEND, None)
    send(page, orrery="go", step=23)
    expect(frame.locator(".narration")).to_contain_text("Step 23.")
    assert [one["step"] for one in page.evaluate(TOLD, "step")] == [22, 23]


def test_it_plays_and_pauses_when_it_is_told_to(guest):
    page, frame = opened(guest)
    send(page, orrery="play")
    expect(frame.locator("[data-go=play]")).to_have_attribute("aria-pressed", "true")
    expect(frame.locator(".narration")).to_contain_text(re.compile(r"Step 2[3-9]\."))
    send(page, orrery="pause")
    expect(frame.locator("[data-go=play]")).to_have_attribute("aria-pressed", "false")


@pytest.mark.parametrize("more", ["", "sandbox='allow-scripts'"], ids=["bare", "sandboxed"])
def test_it_acts_as_its_reader_would_and_who_reads_the_host_keeps_the_focus(guest, more):
    page, frame = opened(guest, "hash-ring/?theme=dark&hide=source", more)
    page.evaluate("document.body.insertAdjacentHTML('afterbegin', '<button>Mine</button>')")
    page.get_by_role("button", name="Mine").focus()
    send(page, orrery="go", step=21)
    send(page, orrery="act", verb="remove", arguments={"node": "cleo"})
    expect(frame.locator(".narration")).to_contain_text("7 of 24 keys moved", timeout=10_000)
    acted = last(page, "acted")
    assert acted["address"] == f"{guest.site.origin}/playground/hash-ring/?do=remove:cleo"
    assert acted["refused"] is False
    expect(page.get_by_role("button", name="Mine")).to_be_focused()
    # Its options have stayed.
    expect(frame.locator(".source-more")).to_have_count(0)


def test_an_act_that_is_refused_says_so_and_changes_nothing(guest):
    page, frame = opened(guest)
    send(page, orrery="act", verb="remove", arguments={"node": "zoe"})
    acted = last(page, "acted")
    assert acted["refused"] is True
    assert "zoe" in str(acted["say"])
    expect(frame.locator(".messages")).to_contain_text("zoe")
    expect(frame.locator(".slider")).to_have_attribute("max", "30")
    expect(frame.locator("details[open]")).to_have_count(0)


def test_an_argument_that_is_longer_than_an_address_leaves_the_run_and_its_options(guest):
    page, frame = opened(guest, f"{RING}&hide=inputs,source&theme=dark")
    send(page, orrery="act", verb="add", arguments={"node": "x" * 5000, "weight": "1"})
    assert last(page, "acted")["refused"] is True
    expect(frame.locator(".slider")).to_have_attribute("max", "30")
    send(page, orrery="act", verb="add", arguments={"node": "eve", "weight": "1"})
    expect(frame.locator(".slider")).not_to_have_attribute("max", "30")
    expect(frame.locator(".source-more")).to_have_count(0)


def test_orders_that_come_while_an_act_is_on_its_way_wait_for_it_and_none_is_lost(guest):
    page, frame = opened(guest, "hash-ring/")
    for node in ("cleo", "bob"):
        send(page, orrery="act", verb="remove", arguments={"node": node})
    send(page, orrery="go", step=3)
    page.wait_for_function("told.filter((one) => one.orrery === 'acted').length === 2")
    assert last(page, "acted")["address"] == f"{guest.site.origin}/playground/hash-ring/?do=remove:cleo&do=remove:bob"
    expect(frame.locator(".narration")).to_contain_text("Step 3.")


def test_what_the_reader_presses_while_the_hosts_act_is_on_its_way_is_done_after_it(guest):
    page, frame = opened(guest, "hash-ring/")
    frame.locator("summary", has_text="Act on it").click()
    unfold(frame, "remove")

    def slowly(route: Route) -> None:
        page.wait_for_timeout(300)
        route.continue_()

    page.route("**act=add**", slowly)
    send(page, orrery="act", verb="add", arguments={"node": "eve", "weight": "1"})
    frame.locator("form[data-verb=remove] button").click()
    page.wait_for_function("told.filter((one) => one.orrery === 'acted').length === 2")
    assert "do=add:eve:1&do=remove:" in str(last(page, "acted")["address"])


def test_where_the_site_does_not_answer_the_host_hears_of_it(guest):
    page, frame = opened(guest)
    page.route("**act=add**", lambda route: route.abort())
    send(page, orrery="act", verb="add", arguments={"node": "eve", "weight": "1"})
    acted = last(page, "acted")
    assert (acted["refused"], acted["say"]) == (True, "The site does not answer. Try again in a moment.")
    guest.complaints.clear()  # Chromium tells of the request that was cut
    expect(frame.locator(".slider")).to_have_attribute("max", "30")


def test_stepping_over_an_act_asks_the_site_for_nothing(guest):
    page, frame = opened(guest, "hash-ring/?do=remove:cleo&step=20")
    before = len(guest.fetched)
    for step in (21, 22, 23, 24, 3):
        send(page, orrery="go", step=step)
    expect(frame.locator(".narration")).to_contain_text("Step 3.")
    page.wait_for_timeout(500)
    assert guest.fetched[before:] == []


def test_what_is_asked_for_before_the_run_is_there_waits_for_it(guest):
    page = guest.read(
        guest.frame(more="onload=\"contentWindow.postMessage({orrery:'go',step:27},'*')\"")
        + "<script>document.querySelector('iframe').contentWindow.postMessage({orrery:'go',step:3},'*')</script>"
    )
    expect(page.frame_locator("iframe").locator(".narration")).to_contain_text("Step 27.")


def test_who_listens_late_asks_and_hears_where_it_stands(guest):
    page, _ = opened(guest)
    page.evaluate("told.length = 0")
    send(page, orrery="ask")
    assert last(page, "ready")["step"] == 22
    assert last(page, "height").keys() == {"orrery", "height"}


def test_escape_gives_the_keys_back_to_the_host(guest):
    page, frame = opened(guest)
    page.add_script_tag(url=f"{guest.site.origin}/static/js/height.js")
    page.evaluate("addEventListener('keydown', (event) => told.push({orrery: 'key', key: event.key}))")
    frame.locator(".stage").focus()
    page.keyboard.press("ArrowRight")
    expect(frame.locator(".narration")).to_contain_text("Step 23.")
    page.keyboard.press("Escape")
    last(page, "left")
    expect(page.locator("iframe")).not_to_be_focused()
    page.keyboard.press("ArrowRight")
    assert last(page, "key")["key"] == "ArrowRight"
    expect(frame.locator(".narration")).to_contain_text("Step 23.")


def test_escape_in_an_open_menu_shuts_the_menu_alone(guest):
    page, frame = opened(guest)
    frame.locator(".stage").focus()
    thing = frame.locator("svg [data-hand][tabindex='0']").locator("visible=true").first
    thing.focus()
    page.keyboard.press("Enter")
    expect(frame.get_by_role("menu")).to_be_visible()
    page.keyboard.press("Escape")
    expect(frame.get_by_role("menu")).to_have_count(0)
    assert page.evaluate(TOLD, "left") == []


@pytest.mark.parametrize(("scheme", "sheet"), [("dark", "dark"), ("light", "light"), ("light dark", "light")])
def test_with_the_hosts_theme_it_has_the_light_or_dark_that_the_page_says(guest, scheme, sheet):
    page, frame = opened(guest, f"{RING}&theme=host", f'style="color-scheme: {scheme}"')
    page.add_script_tag(url=f"{guest.site.origin}/static/js/height.js")
    page.evaluate("document.body.className = 'anything'")
    expect(frame.locator("html")).to_have_attribute("data-theme", sheet)


def test_another_frame_is_not_obeyed(guest):
    page, frame = opened(guest)
    stranger = "<script>parent.frames[0].postMessage({orrery: 'go', step: 29}, '*')</script>"
    page.evaluate(
        "(html) => { const one = document.createElement('iframe'); one.srcdoc = html; document.body.append(one); }",
        stranger,
    )
    page.wait_for_timeout(400)
    send(page, orrery="go", step=23)
    expect(frame.locator(".narration")).to_contain_text("Step 23.")
    assert 29 not in [one["step"] for one in page.evaluate(TOLD, "step")]


def test_the_whole_screen_is_a_button_where_the_host_allows_it_and_stays_through_an_act(guest):
    page, frame = opened(guest, more="allow='fullscreen'")
    frame.get_by_role("link", name="Full screen").click()
    whole = frame.locator("html:fullscreen")
    expect(whole).to_have_count(1)
    send(page, orrery="act", verb="add", arguments={"node": "eve", "weight": "1"})
    last(page, "acted")
    expect(whole).to_have_count(1)
    frame.get_by_role("link", name="Full screen").click()
    expect(whole).to_have_count(0)


def test_without_leave_for_the_whole_screen_there_is_no_button_for_it(guest):
    _, frame = opened(guest)
    expect(frame.get_by_role("link", name="Full screen")).to_be_hidden()


def test_an_article_drives_its_widget_and_without_javascript_its_links_open_the_same(visit):
    page = visit("/embed/in-an-article/")
    said, frame = page.locator("[data-said]"), page.frame_locator("iframe[name=model]")
    expect(said).to_contain_text("step 21 of 21")
    page.get_by_role("link", name="user:1 goes").press("Enter")
    expect(said).to_contain_text("user:1 hashes to")
    page.get_by_role("link", name="take cleo away").click()
    expect(said).to_contain_text("7 of 24 keys moved", timeout=10_000)
    plain = visit("/embed/in-an-article/", javascript=False)
    frame = plain.frame_locator("iframe[name=model]")
    plain.get_by_role("link", name="take cleo away").click()
    expect(frame.locator(".narration")).to_contain_text("Step 22.")
