"""Bob has no mouse."""

import re

import pytest
from playwright.sync_api import Page, expect

from playground.engine.registry import entries
from tests.browser.player import RING, Player, unfold

pytestmark = pytest.mark.browser

# What has the focus, in a word that a test can name.
FOCUSED = """() => {
  const element = document.activeElement;
  const style = getComputedStyle(element);
  const shown = element.checkVisibility({ visibilityProperty: true }) && element.getBoundingClientRect().width > 0;
  const name = element.matches(".stage, .slider, .skip") ? element.className
    : element.dataset.go || element.name || element.getAttribute("aria-label") || element.textContent.trim();
  return { name, shown, outline: style.outlineStyle, width: parseFloat(style.outlineWidth) };
}"""


def tab_through(page: Page, most: int = 90) -> list[dict]:
    """Everything that Tab reaches, in order, until the focus leaves the page."""
    found = []
    for _ in range(most):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        if page.evaluate("document.activeElement === document.body"):
            break
        found.append(focused)
    return found


@pytest.mark.parametrize(
    ("last", "parts"),
    [("setup", ["nodes", "points", "keys", "placement", "Run"]), ("code", ["Source"]), ("share", ["Copy"])],
)
def test_tab_reaches_everything_in_the_order_of_the_page_and_the_focus_can_be_seen(visit, last, parts):
    page = visit(RING)
    for word in (last, "add"):
        unfold(page, word)
    page.reload()
    expect(page.locator("orrery-player[at]")).to_have_count(1)
    reached = tab_through(page)
    names = [one["name"] for one in reached]
    wanted = [
        "skip", "stage", "play", "slider", "act.node", *parts,
    ]  # fmt: skip
    places = [names.index(name) for name in wanted]
    assert places == sorted(places), names
    unseen = [one for one in reached if not one["shown"] or one["outline"] == "none" or one["width"] < 1]
    assert unseen == []


@pytest.mark.parametrize("slug", list(entries()))
def test_from_the_stage_everything_is_at_most_five_stops_away(visit, slug):
    page = visit(f"/playground/{slug}/?step=last", width=820)
    page.locator(".stage").focus()
    names = []
    for _ in range(5):
        page.keyboard.press("Tab")
        names.append(page.evaluate(FOCUSED)["name"])
    # A picture without a thing to touch, where all of them are in one that is folded, is a stop less.
    if names[1] != "play":
        names = ["", *names[:4]]
        page.keyboard.press("Shift+Tab")
    assert names[1:3] == ["play", "slider"]
    rows = (
        page.locator(".actions > form > button, .verb > summary"),
        page.locator(".sides > summary, .words > details > summary, .words > .sound, .words .back a"),
    )
    for name, row in zip(names[3:], rows, strict=True):
        words = row.locator("visible=true").all_inner_texts()
        assert name == words[0].strip()
        walked = [page.evaluate(FOCUSED)["name"]] if row is rows[1] else []
        if walked:
            for _ in words[1:]:
                page.keyboard.press("ArrowRight")
                walked.append(page.evaluate(FOCUSED)["name"])
            assert walked == words


def test_a_stage_can_be_skipped(visit):
    page = visit("/lessons/hash-ring/")
    page.locator(".chapter > .skip").first.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.prose')?.id") == "past-1"


def test_from_the_play_button_the_arrows_lead_to_speed_and_step(visit):
    page = visit(RING)
    page.locator("[data-go=play]").focus()
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.matches('.speed select')")
    page.keyboard.press("Shift+Tab")
    page.locator("[data-go=play]").focus()
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.matches('.jump input')")


def test_arrows_home_and_end_step_while_the_picture_has_the_focus(visit):
    page = visit(RING)
    ring = Player(page)
    page.locator(".stage").focus()
    for key, step in (("ArrowRight", 1), ("ArrowRight", 2), ("ArrowLeft", 1), ("End", ring.last), ("Home", 0)):
        page.keyboard.press(key)
        ring.expect_step(step)
    page.keyboard.press("ArrowLeft")
    ring.expect_step(0)
    assert page.evaluate("document.activeElement.className") == "stage"


def test_a_click_on_the_picture_leaves_the_keys_that_scroll_to_the_page(visit):
    page = visit("/lessons/hash-ring/")
    ring = Player(page)
    ring.element.locator(".stage").scroll_into_view_if_needed()
    ring.element.locator(".stage").click(position={"x": 8, "y": 8})
    before, playing = ring.step, ring.element.locator("[data-go=play]")
    page.evaluate(
        "() => { window.ended = new Promise((done) => document.addEventListener('scrollend', () => done(1), { once: true })); }"
    )
    page.keyboard.press("End")
    expect(page.locator("footer.site")).to_be_in_viewport()
    page.evaluate("window.ended")  # Chromium drops a key that would turn a scroll that is still on its way
    page.keyboard.press("Home")
    expect(page.locator("header.site")).to_be_in_viewport()
    page.keyboard.press("Space")
    expect(playing).to_have_attribute("aria-pressed", "false")
    assert ring.step == before


def test_after_a_step_by_key_they_are_the_players(visit):
    page = visit(RING)
    ring = Player(page)
    page.locator(".stage").click(position={"x": 8, "y": 8})
    for key, step in (("ArrowRight", 1), ("End", ring.last), ("Home", 0)):
        page.keyboard.press(key)
        ring.expect_step(step)


def test_the_slider_takes_the_same_keys(visit):
    page = visit(RING)
    ring = Player(page)
    ring.slider.focus()
    for key, step in (("ArrowRight", 1), ("ArrowUp", 2), ("ArrowLeft", 1), ("End", ring.last), ("Home", 0)):
        page.keyboard.press(key)
        ring.expect_step(step)
    expect(ring.slider).to_have_attribute("aria-valuetext", re.compile("^0: An empty circle"))


def test_space_plays_and_pauses(visit):
    page = visit(RING)
    ring = Player(page)
    ring.hurry()
    page.locator(".stage").focus()
    page.keyboard.press("Space")
    expect(ring.element).not_to_have_attribute("at", "0")
    page.keyboard.press("Space")
    expect(ring.element.locator("[data-go=play]")).to_have_attribute("aria-pressed", "false")
    assert page.evaluate("window.scrollY") == 0


def test_keys_in_a_field_belong_to_the_field(visit):
    page = visit(f"{RING}?step=5")
    ring = Player(page)
    unfold(page, "setup")
    field = page.locator("input[name=nodes]")
    field.focus()
    for key in ("Home", "ArrowRight", "End", "Space"):
        page.keyboard.press(key)
    ring.expect_step(5)
    assert field.input_value().endswith("dee ")


def test_a_typed_step_number_is_gone_to(visit):
    page = visit(RING)
    ring = Player(page)
    field = ring.element.locator(".jump input[type=number]")
    field.focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("12")
    page.keyboard.press("Enter")
    ring.expect_step(12)
    page.keyboard.press("Control+A")
    page.keyboard.type("9999")
    page.keyboard.press("Enter")
    ring.expect_step(ring.last)
    expect(field).to_have_value(str(ring.last))


def test_a_server_is_added_without_touching_the_mouse_and_the_focus_stays(visit):
    page = visit(RING)
    ring = Player(page)
    ring.form("add").locator("input[name='act.node']").focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("eve")
    with ring.another_run():
        page.keyboard.press("Enter")
    assert "do=add:eve:1" in page.url
    assert "eve joins" in ring.narration
    focused = page.evaluate("document.activeElement.closest('form')?.dataset.verb")
    assert focused == "add"


def test_the_narration_is_announced_and_says_the_step(visit):
    ring = Player(visit(RING))
    live = ring.element.locator("[aria-live=polite]").first
    page = ring.page
    page.locator(".stage").focus()
    page.keyboard.press("ArrowRight")
    expect(live).to_have_text(re.compile(r"^Step 1\. ada takes 3 points"))
