"""Eve looks for a lesson, stops in the middle of it, comes back; chooses a theme; prints."""

import pytest
from playwright.sync_api import expect

from tests.browser.player import unfold

pytestmark = pytest.mark.browser

INK = {"light": "rgb(27, 34, 48)", "dark": "rgb(232, 230, 223)"}


def colour(page):
    return page.evaluate("getComputedStyle(document.documentElement).color")


def test_results_come_as_one_types_and_the_address_follows(visit):
    page = visit("/lessons/")
    page.keyboard.press("/")
    page.keyboard.type("clockwise", delay=20)
    expect(page.locator(".found li a").first).to_have_text("The hash ring")
    expect(page).to_have_url("/lessons/?q=clockwise")
    expect(page.get_by_role("status")).to_contain_text("with “clockwise”")
    page.get_by_label("Find in the lessons").fill("")
    expect(page.locator(".row").first).to_be_visible()
    expect(page).to_have_url("/lessons/")


@pytest.mark.parametrize("width", [390, 1440])
def test_the_first_page_answers_at_once_and_stays(visit, width):
    page = visit("/", width=width)
    page.get_by_role("link", name="Remove bob", exact=True).click()
    expect(page.locator(".narration")).to_contain_text("bob leaves the ring")
    expect(page.locator(".slider")).to_have_attribute("max", "41")
    page.get_by_role("link", name="Next step").click()
    expect(page.locator(".narration")).to_contain_text("goes from bob to")
    expect(page).to_have_url("/")
    expect(page.locator(".hero-model .bench")).to_be_hidden()


@pytest.mark.parametrize("width", [390, 1440])
def test_a_slash_leads_to_the_search_from_every_page(visit, width):
    page = visit("/playground/hash-ring/", width=width)
    page.keyboard.press("/")
    if width == 390:
        expect(page).to_have_url("/lessons/#words")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("ring")
    page.keyboard.press("Enter")
    expect(page).to_have_url("/lessons/?q=ring")
    expect(page.locator(".found li a").first).to_have_text("The hash ring")


# What a page has taken, the browser's own search never sees.
TAKEN = "addEventListener('keydown', (event) => { window.taken = event.defaultPrevented; })"


def test_a_slash_is_the_browsers_own_where_somebody_reads(visit):
    page = visit("/lessons/hash-ring/")
    page.evaluate(TAKEN)
    for begin in (
        page.locator(".lesson .prose > p").first.click,
        page.locator(".stage").first.focus,
        lambda: page.evaluate("document.activeElement.blur(), getSelection().removeAllRanges(), scrollTo(0, 2000)"),
    ):
        begin()
        page.keyboard.press("/")
        assert page.evaluate("window.taken") is False
        expect(page.get_by_role("searchbox")).not_to_be_focused()
    page.locator("header.site nav a").first.focus()
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()


def test_a_slash_in_a_field_is_a_slash(visit):
    page = visit("/playground/hash-ring/")
    field = page.get_by_role("searchbox")
    field.fill("a")
    field.press("/")
    expect(field).to_have_value("a/")


def test_the_search_works_without_javascript(visit):
    page = visit("/lessons/", javascript=False)
    page.get_by_label("Find in the lessons").fill("pepper")
    page.get_by_role("button", name="Find").click()
    expect(page.locator(".found li a").first).to_have_text("Storing a password")


def test_where_one_stopped_is_offered_on_this_device_and_forgotten_on_demand(visit):
    page = visit("/lessons/hash-ring/")
    expect(page.locator(".go-on")).to_be_hidden()
    page.locator("#most-keys-stay").evaluate("(heading) => heading.scrollIntoView()")
    page.goto("/lessons/")
    places = page.locator(".places")
    expect(places.get_by_role("link")).to_have_text("The hash ring")
    expect(places).to_contain_text("at “Most keys stay”")
    places.get_by_role("link").click()
    expect(page).to_have_url("/lessons/hash-ring/#most-keys-stay")
    page.goto("/lessons/hash-ring/")
    expect(page.locator(".go-on")).to_contain_text("You stopped at “Most keys stay”")
    page.goto("/lessons/")
    page.get_by_role("button", name="Forget it").click()
    expect(places).to_be_hidden()
    assert page.evaluate("localStorage.getItem('orrery:places')") is None


def test_a_theme_is_chosen_and_kept(visit):
    page = visit("/lessons/hash-ring/")
    page.emulate_media(color_scheme="light")
    assert colour(page) == INK["light"]
    page.get_by_label("Theme").select_option("dark")
    assert colour(page) == INK["dark"]
    page.goto("/lessons/")
    assert colour(page) == INK["dark"]
    assert page.locator("source[data-dark]").first.get_attribute("media") == "all"
    page.get_by_label("Theme").select_option("")
    assert colour(page) == INK["light"]
    page.emulate_media(color_scheme="dark")
    assert colour(page) == INK["dark"]
    page.get_by_label("Theme").select_option("light")
    assert colour(page) == INK["light"]


def test_on_paper_a_player_is_a_row_of_frames(visit):
    page = visit("/lessons/hash-ring/")
    fetched = []
    page.on("request", lambda request: fetched.append(request.url) if ".svg?" in request.url else None)
    expect(page.locator(".on-paper").first).to_be_hidden()
    assert fetched == []
    page.emulate_media(media="print", color_scheme="dark")
    expect(page.locator("orrery-player").first).to_be_hidden()
    frames = page.locator(".on-paper").first.locator("figure")
    assert 4 <= frames.count() <= 6
    expect(frames.first).to_be_visible()
    assert colour(page) == INK["light"]
    page.emulate_media(media="screen")
    page.pdf()
    assert len({address for address in fetched if "/playground/hash-ring.svg?" in address}) >= 20


def gateway(status):
    """What a web server in front answers by itself."""
    return lambda route: route.fulfill(status=status, body="<h1>Gateway</h1>", content_type="text/html")


def test_when_the_site_breaks_or_is_gone_it_says_so_and_nothing_typed_is_lost(visit):
    page = visit("/playground/hash-ring/")
    page.route("**/player?*", lambda route: route.continue_(url=route.request.url.replace("hash-ring", "hash-rin")))
    unfold(page, "setup")
    keys = page.locator("input[name=keys]:visible")
    keys.fill("33")
    page.get_by_role("button", name="Run", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("There is no miniature")
    expect(keys).to_have_value("33")
    for status in (503, 429):
        page.get_by_role("button", name="Close").click()
        page.unroute("**/player?*")
        page.route("**/player?*", gateway(status))
        page.get_by_role("button", name="Run", exact=True).click()
        expect(page.get_by_role("alert")).to_contain_text("The site does not answer.")
        expect(page.locator("orrery-player")).to_be_visible()
        expect(keys).to_have_value("33")
    page.unroute("**/player?*")
    page.route("**/player?*", lambda route: route.abort())
    page.get_by_role("button", name="Run", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("The site does not answer.")
    expect(keys).to_have_value("33")
    page.get_by_role("button", name="Close").click()
    expect(page.get_by_role("alert")).to_be_empty()
    visit.complaints.clear()  # the console tells of the request that we cut
