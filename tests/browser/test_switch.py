"""A thing of the picture that stands for a value of an input: pressing it leads to the same acts under the other rule."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from playground.engine.query import parse
from playground.engine.registry import entries
from playground.engine.run import run
from tests.browser.player import Player
from tests.browser.site_walk import AXE, axe

pytestmark = pytest.mark.browser

CLS = entries()["cap-theorem"].cls
ACTS = "first=2&do=cut:c&do=write:ann:a&do=read:cat:c"
CAP = f"/playground/cap-theorem/?{ACTS}"
STEP = 12


def side(page: Page, value: str) -> Locator:
    return page.locator(f"svg [data-key='mode:{value}']").locator("visible=true")


def expect_sides(page: Page, quorum: str, lww: str) -> None:
    expect(side(page, "quorum")).to_have_attribute("aria-pressed", quorum)
    expect(side(page, "lww")).to_have_attribute("aria-pressed", lww)


def last(text: str) -> int:
    return run(CLS, parse(CLS, text).query, draw=False).last


def test_a_click_leads_to_the_same_acts_and_step_under_the_other_rule_and_back(visit):
    page = visit(f"{CAP}&step={STEP}")
    expect_sides(page, "true", "false")
    side(page, "lww").click()
    expect(page).to_have_url(re.compile(re.escape(f"?mode=lww&{ACTS}&step={STEP}") + "$"))
    player = Player(page)
    player.expect_step(STEP)
    expect_sides(page, "false", "true")
    expect(page.locator(".knob", has_text="Mode").locator("summary b")).to_have_text(
        "every node alone, last write wins"
    )
    typed = Player(visit(f"/playground/cap-theorem/?mode=lww&{ACTS}&step={STEP}"))
    typed.expect_step(STEP)
    assert player.narration == typed.narration
    side(page, "quorum").click()
    expect(page).to_have_url(re.compile(re.escape(f"?{ACTS}&step={STEP}") + "$"))
    expect_sides(page, "true", "false")


def test_a_run_that_has_fewer_steps_under_the_other_rule_is_shown_at_its_end(visit):
    here, there = last(ACTS), last(f"mode=lww&{ACTS}")
    assert there < here
    page = visit(f"{CAP}&step={here}")
    side(page, "lww").click()
    expect(page).to_have_url(re.compile(re.escape(f"mode=lww&{ACTS}&step={there}") + "$"))
    Player(page).expect_step(there)


def test_the_side_that_is_on_does_nothing(visit):
    page = visit(f"{CAP}&step={STEP}")
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    side(page, "quorum").click()
    page.wait_for_timeout(300)
    assert asked == []
    expect(page.get_by_role("menu")).to_have_count(0)
    Player(page).expect_step(STEP)


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_the_same_by_keyboard_with_role_and_state_and_the_focus_stays(visit, key):
    page = visit(f"{CAP}&step={STEP}")
    page.locator(".stage").focus()
    page.keyboard.press("Tab")
    for _ in range(12):
        if page.evaluate("document.activeElement.dataset.key") == "mode:lww":
            break
        page.keyboard.press("ArrowDown")
    button = page.get_by_role("button", name="every node alone, last write wins", pressed=False)
    expect(button).to_be_focused()
    page.keyboard.press(key)
    expect(page).to_have_url(re.compile("mode=lww"))
    expect(page.get_by_role("button", name="every node alone, last write wins", pressed=True)).to_be_focused()
    assert side(page, "lww").get_attribute("aria-haspopup") is None


def test_the_same_by_touch(visit):
    page = visit(f"{CAP}&step={STEP}", width=390, height=844, touch=True)
    side(page, "lww").tap()
    expect(page).to_have_url(re.compile(f"mode=lww.*step={STEP}$"))
    expect_sides(page, "false", "true")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_what_is_typed_into_the_set_up_and_not_run_yet_is_not_run_by_it(visit):
    page = visit(f"{CAP}&step={STEP}")
    page.locator(".setup > summary").click()
    page.locator(".setup").locator("[name=nodes]").fill("5")
    side(page, "lww").click()
    expect(page).to_have_url(re.compile(re.escape(f"?mode=lww&{ACTS}")))


def test_in_a_lesson_the_player_follows_and_the_address_stays(visit):
    page = visit("/lessons/cap-theorem/")
    player = Player(page, 3)
    primary = player.element.locator("svg [data-key='mode:primary']").locator("visible=true")
    expect(primary).to_have_attribute("aria-pressed", "false")
    before = page.url
    with player.another_run():
        primary.click()
    expect(primary).to_have_attribute("aria-pressed", "true")
    assert "mode=primary" in (player.element.get_attribute("page") or "")
    assert page.url == before


def test_an_act_that_makes_no_sense_under_the_other_rule_is_said(visit):
    """Alone, a node has answered ann before she asks again; with quorums she still waits."""
    page = visit("/playground/cap-theorem/?mode=lww&first=0&do=@1000:write:ann:a&do=@2000:write:ann:a")
    side(page, "quorum").click()
    expect(page.locator(".messages .problem")).to_contain_text("ann still waits for an answer")
    expect(side(page, "quorum")).to_have_attribute("aria-pressed", "true")


EMBED = f"/embed/cap-theorem/?{ACTS}&step={STEP}"


def test_in_a_widget_it_is_the_same(visit):
    page = visit(EMBED)
    page.locator(".stage").hover()
    side(page, "lww").click()
    expect(page.locator("orrery-player")).to_have_attribute("page", re.compile("mode=lww"))
    expect_sides(page, "false", "true")
    Player(page).expect_step(STEP)
    page.locator(".stage").focus()
    side(page, "quorum").focus()
    page.keyboard.press("Enter")
    expect_sides(page, "true", "false")


@pytest.mark.parametrize(
    "path",
    [
        pytest.param(f"{EMBED}&lock=inputs", id="a widget whose inputs are locked"),
        pytest.param(f"{EMBED}&hide=inputs", id="a widget without inputs"),
        pytest.param(f"{EMBED}&hide=actions", id="a widget without actions"),
        pytest.param(f"{CAP}&vs=mode:lww", id="two runs"),
        pytest.param(
            "/playground/cap-theorem/predict/cut-off/?mode=leader&first=2&do=wait:200&do=cut:b&do=wait:800"
            "&do=write:ann:a&do=write:cat:c&do=read:dan:b",
            id="a question",
        ),
    ],
)
def test_where_the_input_cannot_be_changed_it_is_a_drawing(visit, path):
    page = visit(path)
    page.locator(".stage").hover()
    page.wait_for_timeout(400)
    drawn = page.locator("svg > g[data-key^='mode:']").locator("visible=true")
    before = page.url, page.locator("orrery-player").get_attribute("trace")
    for place in (0, 1):
        drawn.nth(place).click()
    page.wait_for_timeout(400)
    assert (page.url, page.locator("orrery-player").get_attribute("trace")) == before
    expect(page.get_by_role("menu")).to_have_count(0)
    for one in drawn.all():
        assert [one.get_attribute(name) for name in ("role", "tabindex", "aria-pressed")] == [None, None, None]


def test_without_a_script_it_is_a_drawing_and_the_setting_is_in_the_form(visit):
    page = visit(f"{CAP}&step={STEP}", javascript=False)
    assert side(page, "lww").get_attribute("role") is None
    page.locator(".knob > summary").click()
    page.locator(".knob select").select_option("lww")
    page.locator(".knob button").click()
    assert "mode=lww" in page.url


def test_a_challenge_is_switched_like_any_run_and_its_conditions_say_what_that_is_worth(visit):
    page = visit("/playground/cap-theorem/challenge/meeting-is-not-enough/")
    side(page, "lww").click()
    expect(page).to_have_url(re.compile("/challenge/meeting-is-not-enough/.*mode=lww"))
    expect(page.locator(".challenge li.open", has_text="the mode is quorums")).to_have_count(1)


@pytest.mark.parametrize(("width", "theme"), [(1440, "light"), (390, "dark")])
def test_axe_finds_nothing_wrong_with_it(visit, width, theme):
    page = visit(f"{CAP}&step={STEP}", width=width)
    expect_sides(page, "true", "false")
    page.evaluate(AXE.read_text("utf-8"))
    assert axe(page, width, theme) == []
