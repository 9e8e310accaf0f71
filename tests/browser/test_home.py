"""A stranger comes to the first page: it shows its point, moves at a press, and its map leads everywhere."""

import gzip
import re

import pytest
from playwright.sync_api import Page, Response, expect

from lessons.catalogue import by_area, lessons
from tests.browser.player import Player
from tests.browser.site_walk import AXE, axe

pytestmark = pytest.mark.browser

MAP, PHONE = 1440, 390
# Steps that were shown, in order.
SEEN = """
window.seen = [];
document.addEventListener("orrery:shown", ({ target }) => window.seen.push(target.step));
"""
# Names and discs of the map that lie on each other, as they are drawn.
MEETING = """() => {
  const parts = [...document.querySelectorAll(".bodies > li")].flatMap((item, place) =>
    [...item.querySelectorAll("summary b, .count, .round")].map((one) => [place, one.textContent || "disc", one.getBoundingClientRect()]));
  return parts.flatMap(([place, name, a], at) => parts.slice(0, at)
    .filter(([other, , b]) => other !== place && a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom)
    .map(([, other]) => `${name} on ${other}`));
}"""


def narration(page: Page, words: str) -> None:
    expect(page.locator(".hero-model .narration")).to_contain_text(words, timeout=10_000)


# Where the hand of the map crosses words: whether they stand over it, on the colour of the page.
HAND = """() => {
  const hand = document.querySelector(".bodies details[open] .hand"), found = [];
  if (!hand?.offsetParent) return found;
  hand.style.pointerEvents = "auto"; // as if it could be touched: what lies on it is found on it
  const turned = new DOMMatrix(getComputedStyle(hand).transform), box = hand.offsetParent.getBoundingClientRect();
  const page = getComputedStyle(document.documentElement).backgroundColor;
  for (let place = 0; place < 300; place++) {
    // Both its edges.
    const across = (place % 2 ? 1 : -1) * hand.offsetHeight / 2;
    const { x, y } = turned.transformPoint(new DOMPoint(hand.offsetWidth * place / 300, across));
    const at = [box.left + hand.offsetLeft + x, box.top + hand.offsetTop + hand.offsetHeight / 2 + y];
    for (const words of document.querySelectorAll(".means, .bodies .name")) {
      const { left, right, top, bottom } = words.getBoundingClientRect();
      if (at[0] <= left || at[0] >= right || at[1] <= top || at[1] >= bottom) continue;
      const over = words.contains(document.elementFromPoint(...at)), style = getComputedStyle(words);
      found.push([words.textContent.trim(), over && [style.backgroundColor, style.backgroundImage].join().includes(page)]);
    }
  }
  return found;
}"""
# Where each part of the hero stands, and how high it is.
STAND = """() => [".hero h1", ".hero-lead", ".hero-links", ".hero .evidence", ".hero-model", ".hero-model .stage",
  ".hero-model .narration", ".hero-model .transport", ".map"].map((one) => {
  const box = document.querySelector(one).getBoundingClientRect();
  return [one, Math.round(box.top + scrollY), one === ".hero-model" ? 0 : Math.round(box.height)];
})"""


def test_its_first_sentence_says_what_the_site_is(visit):
    page = visit("/", javascript=False)
    said = page.locator(".hero-lead").inner_text()
    assert said.startswith("Orrery teaches the systems behind the web with working models")
    assert said.count(".") == 1
    description = page.locator("meta[name=description]").get_attribute("content")
    assert description == said


@pytest.mark.parametrize("width", [MAP, PHONE])
def test_words_beside_the_picture_are_true_at_every_step_and_do_not_tell_its_end(visit, width):
    page = visit("/", width=width, still=True)
    said = page.locator(".hero-now").inner_text()
    figure = page.locator(".hero-model .stage > .picture:visible [data-key=figure]")
    expect(figure).to_have_text("7 of 24")
    assert "7 of 24" not in said
    assert "19 of 24" in said.replace("\u00a0", " ")


@pytest.mark.parametrize("deed", [0, 1, 2])
@pytest.mark.parametrize("width", [MAP, 1300, 1152, 820, PHONE])
def test_an_act_moves_nothing_on_the_page(visit, width, deed):
    page = visit("/", width=width, still=True)
    before = page.evaluate(STAND)
    page.locator(".deeds a").nth(deed).click()
    expect(page.locator(".hero-model .actions")).to_be_visible()
    expect(page.locator(".hero-then")).to_be_visible()
    after = page.evaluate(STAND)
    assert [(one, other) for one, other in zip(before, after, strict=True) if abs(one[1] - other[1]) > 2] == []
    assert [(one, other) for one, other in zip(before, after, strict=True) if abs(one[2] - other[2]) > 1] == []


@pytest.mark.parametrize("width", [1600, MAP, 1300, 1152, 820])
def test_the_hand_of_the_map_runs_behind_words_and_not_through_them(visit, width):
    page = visit("/", width=width, still=True)
    page.locator(".map").scroll_into_view_if_needed()
    page.evaluate("document.querySelector('.map').scrollIntoView()")
    found = []
    for area, _ in by_area():
        summary = page.locator(".bodies summary").filter(has=page.get_by_text(area.title, exact=True))
        if summary.locator("..").get_attribute("open") is None:
            summary.click()
        found += page.evaluate(HAND)
    assert [words for words, right in found if not right] == []
    if width == 1300:
        assert found, "no words lie on the way of the hand: look at another width"


@pytest.mark.parametrize("width", [MAP, PHONE])
def test_it_plays_once_from_the_act_to_where_it_led(visit, width):
    page = visit("/robots.txt", width=width)
    page.add_init_script(SEEN)
    page.goto("/")
    expect(page.locator("orrery-player[at='30']")).to_have_count(1, timeout=10_000)
    narration(page, "7 of 24 keys moved")
    expect(page.locator("[data-go=play]")).to_have_attribute("aria-pressed", "false", timeout=10_000)
    seen = page.evaluate("window.seen")
    assert seen == sorted(seen)
    assert len(set(seen)) > 5
    page.set_viewport_size({"width": 820 if width == MAP else 700, "height": 900})
    page.wait_for_timeout(900)
    assert set(page.evaluate("window.seen")[len(seen) :]) <= {seen[-1]}


def test_who_wishes_stillness_sees_the_consequence_at_once(visit):
    page = visit("/robots.txt", still=True)
    page.add_init_script(SEEN)
    page.goto("/")
    expect(page.locator("orrery-player[at]")).to_have_count(1)
    assert len(set(page.evaluate("window.seen"))) == 1
    narration(page, "7 of 24 keys moved")


def test_without_javascript_the_picture_stands_at_the_consequence_and_the_act_is_a_page(visit):
    page = visit("/", javascript=False)
    expect(page.locator(".hero-model .narration")).to_contain_text("7 of 24 keys moved")
    page.get_by_role("link", name="Remove bob too").click()
    expect(page).to_have_url(re.compile(r"/playground/hash-ring/\?do=remove:cleo&do=remove:bob&step="))
    expect(page.locator(".narration")).to_contain_text("keys moved")


def test_the_page_is_where_one_left_it_while_the_hero_plays(visit):
    page = visit("/", width=MAP)
    page.evaluate("scrollTo(0, 900)")
    page.wait_for_timeout(200)
    page.reload()
    page.wait_for_timeout(1500)
    assert page.evaluate("scrollY") > 600


@pytest.mark.parametrize(
    ("width", "layout"), [(1440, "wide"), (1280, "wide"), (820, "wide"), (390, "narrow"), (280, "narrow")]
)
def test_the_picture_is_drawn_for_its_card(visit, width, layout):
    page = visit("/", width=width, still=True)
    expect(page.locator(f".hero-model .stage > .picture.{layout}")).to_be_visible()
    card, picture = (
        page.locator(one).bounding_box() for one in (".hero-model", ".hero-model .stage > .picture:visible")
    )
    assert card
    assert picture
    assert picture["width"] > 0.9 * min(card["width"], 420 if layout == "narrow" else 720)


@pytest.mark.parametrize("width", [MAP, PHONE])
def test_one_action_moves_something_and_the_next_one_goes_on_from_there(visit, width):
    page = visit("/", width=width, still=True)
    page.locator(".hero").get_by_role("link", name=re.compile("^Remove bob( too)?$")).filter(visible=True).first.click()
    # The run is here, not only its page: before that, a form would be emptied again.
    expect(page.locator("orrery-player[at='41']")).to_have_count(1)
    narration(page, "9 of 24 keys moved")
    # What was said of the run before is not said of this one.
    expect(page.locator(".hero-now")).to_be_hidden()
    form = page.locator(".hero-model form[data-verb=add]")
    form.locator("..").locator("summary").click()
    form.locator("[name='act.node']").fill("fay")
    form.get_by_role("button").click()
    expect(page.locator(".hero-model .stage > .picture:visible")).to_contain_text("fay")
    narration(page, "keys moved")
    assert "do=remove:cleo&do=remove:bob&do=add:fay" in (page.locator("orrery-player").get_attribute("page") or "")
    expect(page).to_have_url("/")


def test_by_keyboard_one_acts_and_goes_on_at_the_picture(visit):
    page = visit("/", still=True)
    page.get_by_role("link", name="Remove bob too").focus()
    page.keyboard.press("Enter")
    narration(page, "9 of 24 keys moved")
    expect(page.locator(".hero-model .stage")).to_be_focused()
    step = Player(page).step
    page.keyboard.press("ArrowLeft")
    Player(page).expect_step(step - 1)


def test_on_a_phone_picture_words_and_what_can_be_done_fit_the_window(visit):
    page = visit("/", width=PHONE, still=True)
    page.set_viewport_size({"width": PHONE, "height": 844})
    for part in (".hero-model .stage", ".hero-model .narration", ".hero-model [data-go=play]", ".deeds a >> nth=2"):
        box = page.locator(part).first.bounding_box()
        assert box
        assert box["y"] + box["height"] <= 844, part


def test_the_first_view_is_at_most_60_kb_of_text(visit):
    """Compressed as gzip does it; the fonts, which are no text, are kept for a year."""
    page = visit("/robots.txt")
    found: dict[str, int] = {}

    def note(response: Response) -> None:
        if not response.url.endswith(".woff2"):
            found[response.url] = len(gzip.compress(response.body(), 6))

    page.on("response", note)
    page.goto("/")
    expect(page.locator("orrery-player[at='30']")).to_have_count(1, timeout=10_000)
    page.wait_for_load_state("networkidle")
    assert any("/trace?" in url for url in found)
    assert sum(found.values()) <= 60 * 1024, sorted(found.items(), key=lambda one: -one[1])


def test_where_what_swaps_does_not_come_a_press_leads_to_the_page_of_the_act(visit):
    page = visit("/", still=True)
    page.route("**/htmx-4*.js", lambda route: route.abort(), times=1)
    with page.expect_console_message(lambda message: "ERR_FAILED" in message.text):
        page.get_by_role("link", name="Remove bob too").click()
    expect(page).to_have_url(re.compile("/playground/hash-ring/.*do=remove:bob"))
    visit.complaints[:] = [
        one for one in visit.complaints if "ERR_FAILED" not in one
    ]  # Chromium writes it there itself


@pytest.mark.parametrize("javascript", [True, False])
@pytest.mark.parametrize("width", [MAP, 820, PHONE, 280])
def test_each_area_opens_in_place_and_shows_its_lessons(visit, width, javascript):
    page = visit("/", width=width, javascript=javascript, still=True)
    for area, found in by_area():
        summary = page.locator(".bodies summary").filter(has=page.get_by_text(area.title, exact=True))
        item = summary.locator("..")
        if item.get_attribute("open") is None:
            summary.click()
        expect(page.locator(".bodies details[open]")).to_have_count(1)
        links = item.locator(".beads a")
        assert [link.get_attribute("href") for link in links.all()] == [f"/lessons/{one.slug}/" for one in found]
        for link in links.all():
            expect(link).to_be_visible()
            box = link.bounding_box()
            assert box
            assert box["height"] >= 44
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_by_keyboard_an_area_opens_and_its_first_lesson_is_next(visit):
    page = visit("/", still=True)
    page.locator(".bodies summary", has_text="Security").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    first = next(found[0] for area, found in by_area() if area.name == "security")
    expect(page.locator(f".beads a[href='/lessons/{first.slug}/']")).to_be_focused()


@pytest.mark.parametrize("width", [MAP, PHONE])
def test_the_handle_turns_to_the_next_area(visit, width):
    page = visit("/", width=width, still=True)
    page.locator("details[open] .turn a").first.click()
    expect(page.locator("#area-messaging .beads a").first).to_be_visible()
    expect(page.locator("#area-data")).to_be_hidden()


@pytest.mark.parametrize("width", [PHONE, 280])
def test_on_a_phone_a_row_is_at_least_44_px(visit, width):
    page = visit("/", width=width, still=True)
    heights = page.locator(".bodies summary").evaluate_all(
        "(all) => all.map((one) => one.getBoundingClientRect().height)"
    )
    assert min(heights) >= 44


@pytest.mark.parametrize("width", [1600, MAP, 1300, 1220, 820])
def test_nothing_on_the_map_lies_on_something_else(visit, width):
    assert visit("/", width=width, still=True).evaluate(MEETING) == []


def test_brass_tells_where_one_has_been_and_words_do_too(visit):
    page = visit("/", still=True)
    expect(page.locator(".disc .been[stroke-dasharray]")).to_have_count(0)
    expect(page.locator(".sun-says")).to_have_text(f"{len(lessons())} lessons")
    place = {"title": "The hash ring", "at": "x", "heading": "x", "done": True, "when": 1}
    page.evaluate("(place) => localStorage.setItem('orrery:places', JSON.stringify({ 'hash-ring': place }))", place)
    page.reload()
    expect(page.locator(".bodies > li", has=page.locator("#area-data")).locator(".count")).to_have_text(
        "1 of 3 visited"
    )
    expect(page.locator(".disc .been[stroke-dasharray]")).to_have_count(1)
    expect(page.locator(".sun-says")).to_have_text(f"1 of {len(lessons())} visited")
    expect(page.locator(".beads a.been")).to_contain_text("read")
    page.get_by_role("button", name="Forget it").click()
    expect(page.locator(".disc .been[stroke-dasharray]")).to_have_count(0)
    expect(page.locator(".sun-says")).to_have_text(f"{len(lessons())} lessons")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [MAP, 820, PHONE, 280])
def test_axe_finds_nothing(visit, width, theme):
    page = visit("/", still=True)
    page.evaluate(AXE.read_text("utf-8"))
    assert axe(page, width, theme) == []


def test_where_colours_are_forced_what_is_open_and_what_was_visited_is_seen(visit):
    page = visit("/", still=True)
    page.emulate_media(forced_colors="active", reduced_motion="reduce")
    opened = page.locator("details[open] > summary b")
    assert "underline" in opened.evaluate("(one) => getComputedStyle(one).textDecorationLine")
    ground, line = page.locator("details[open] .disc .round").evaluate(
        "(one) => [getComputedStyle(one).fill, getComputedStyle(one).stroke]"
    )
    assert ground != line
