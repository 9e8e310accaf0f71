"""Eve looks for her next lesson: in rows, with filters, along a path; with the mouse, by keyboard, without JavaScript."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.site_walk import AXE, TOO_WIDE, Screen, axe

pytestmark = pytest.mark.browser

SCREENS: tuple[Screen, ...] = ((1440, "light"), (1440, "dark"), (820, "light"), (390, "dark"), (280, "light"))
PAGES = (
    "/lessons/",
    "/lessons/?path=where-the-data-lives",
    "/lessons/?area=data&length=long",
    "/lessons/?q=hash&area=security",
    "/lessons/?area=dta",
)
READ = """localStorage.setItem("orrery:places", JSON.stringify({
  "hash-ring": { title: "The hash ring", at: "most-keys-stay", heading: "Most keys stay", done: true, when: 2 },
  "http-versions": { title: "HTTP/1.0 to HTTP/3", at: "sources", heading: "Sources", done: false, when: 1 } }))"""
each_width = pytest.mark.parametrize("width", [280, 390, 820, 1440])


def row(page: Page, slug: str):
    return page.locator(f".row[data-read={slug}]")


@pytest.fixture
def forced(visit) -> Iterator[Page]:
    page = visit("/lessons/")
    page.emulate_media(forced_colors="active")
    yield page
    page.emulate_media(forced_colors="none")


@each_width
@pytest.mark.parametrize("javascript", [True, False])
def test_every_row_fits_the_screen_and_hides_nothing(visit, width, javascript):
    page = visit("/lessons/", width=width, javascript=javascript)
    assert page.evaluate(TOO_WIDE) == ""
    assert page.locator(".row").count() >= 11
    for slug in ("sql-execution", "load-balancing", "kafka-why-fast"):
        expect(row(page, slug).locator(".title")).to_be_visible()
        expect(row(page, slug).locator(".question")).to_be_visible()
        height = row(page, slug).bounding_box()["height"]
        assert 64 <= height <= (66 if width == 1440 else 170)
        if width == 280:
            expect(row(page, slug).locator("img")).to_be_hidden()
        else:
            assert row(page, slug).locator("img").bounding_box()["height"] == 48
    overlapping = page.evaluate("""() => [...document.querySelectorAll(".row")].filter((row) => {
      const boxes = [...row.children].map((one) => one.getBoundingClientRect()).filter(({ width }) => width);
      return [...row.children].some((one) => one.scrollWidth > one.clientWidth + 1) || boxes.some((a, i) => boxes.some(
        (b, j) => i < j && a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom));
    }).map((row) => row.dataset.read)""")
    assert overlapping == []


@each_width
def test_the_thread_of_a_path_goes_through_the_middle_of_its_beads(visit, width):
    page = visit("/lessons/?path=where-the-data-lives", width=width)
    middles = page.evaluate("""() => [...document.querySelectorAll(".threaded > .row")].map((row) => {
      const bead = getComputedStyle(row, "::before"), thread = getComputedStyle(row, "::after");
      return [parseFloat(bead.left) + parseFloat(bead.width) / 2, parseFloat(thread.left)];
    })""")
    assert len(middles) >= 3
    assert all(abs(bead - thread) <= 1 for bead, thread in middles)


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_and_nothing_scrolls_sideways(visit, path):
    page = visit(path, still=True)
    page.evaluate(AXE.read_text("utf-8"))
    for width, theme in SCREENS:
        assert axe(page, width, theme) == []
        assert page.evaluate(TOO_WIDE) == ""


@pytest.mark.parametrize("javascript", [True, False])
def test_a_filter_is_a_link_and_its_count_is_the_number_of_rows(visit, javascript):
    page = visit("/lessons/", javascript=javascript)
    filters = page.get_by_role("navigation", name="Filters")
    link = filters.get_by_role("link", name=re.compile("^Data "))
    count = int(link.locator("span").inner_text())
    link.click()
    expect(page).to_have_url("/lessons/?area=data")
    expect(page.locator(".row")).to_have_count(count)
    expect(filters.locator("[aria-current]").first).to_contain_text("Data")
    filters.get_by_role("link", name=re.compile("^The|^Where the data lives")).click()
    expect(page).to_have_url("/lessons/?area=data&path=where-the-data-lives")
    page.get_by_role("link", name=re.compile("^All .* lessons$")).click()
    expect(page).to_have_url("/lessons/")


@pytest.mark.parametrize("javascript", [True, False])
def test_on_a_phone_three_lists_and_a_button_do_the_same(visit, javascript):
    page = visit("/lessons/", width=390, javascript=javascript)
    expect(page.get_by_role("navigation", name="Filters")).to_be_hidden()
    page.get_by_role("combobox", name="Area").select_option("security")
    page.get_by_role("combobox", name="Length").select_option("long")
    page.get_by_role("button", name="Find").click()
    expect(page).to_have_url("/lessons/?area=security&length=long")
    expect(page.locator(".row")).to_have_count(2)
    expect(page.get_by_role("combobox", name="Area")).to_have_value("security")
    expect(page.get_by_role("status")).to_contain_text("2 lessons in Security, of more than 8 minutes.")
    for select in ("Area", "Path", "Length"):
        assert page.get_by_role("combobox", name=select).bounding_box()["height"] >= 44


def test_what_is_chosen_stays_while_one_types(visit):
    page = visit("/lessons/?area=security")
    page.get_by_label("Find in the lessons").press_sequentially("hash", delay=20)
    expect(page.get_by_role("status")).to_contain_text("with “hash” in Security")
    expect(page).to_have_url("/lessons/?q=hash&area=security")
    page.get_by_role("navigation", name="Filters").get_by_role("link", name=re.compile("^Data ")).click()
    expect(page).to_have_url("/lessons/?q=hash&area=data")
    expect(page.get_by_label("Find in the lessons")).to_have_value("hash")


def test_a_row_is_one_link_as_large_as_itself_and_what_comes_first_another(visit):
    page = visit("/lessons/")
    row(page, "load-balancing").get_by_role("link", name="The hash ring").click()
    expect(page).to_have_url("/lessons/hash-ring/")
    page.go_back()
    box = row(page, "load-balancing").locator(".row-time").bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page).to_have_url("/lessons/load-balancing/")


def test_by_keyboard_the_filters_come_first_then_row_after_row(visit):
    page = visit("/lessons/", still=True)
    page.get_by_role("button", name="Find").focus()
    seen = []
    for _ in range(60):
        page.keyboard.press("Tab")
        seen.append(page.evaluate("document.activeElement.getAttribute('href')"))
        if seen[-1] == "/lessons/http-versions/":
            break
    assert seen[0] == "/lessons/"
    assert seen.index("/lessons/?length=long") < seen.index("/lessons/tcp-ip-encapsulation/")
    # The ring of focus goes round the whole row.
    ring = page.evaluate("""() => { const style = getComputedStyle(document.activeElement, "::after");
      return [style.outlineStyle, parseFloat(style.width)]; }""")
    assert ring[0] == "solid"
    assert ring[1] > 900
    page.keyboard.press("Enter")
    expect(page).to_have_url("/lessons/http-versions/", timeout=30_000)


def test_what_was_read_and_begun_here_is_marked_until_it_is_forgotten(visit):
    page = visit("/lessons/")
    expect(row(page, "hash-ring").locator(".mark")).to_be_empty()
    page.evaluate(READ)
    page.reload()
    expect(row(page, "hash-ring").locator(".mark")).to_have_text("read")
    expect(row(page, "http-versions").locator(".mark")).to_have_text("begun")
    expect(row(page, "totp").locator(".mark")).to_be_empty()
    page.get_by_label("Find in the lessons").fill("ring")
    expect(page.locator(".found li").first).to_be_visible()
    page.get_by_label("Find in the lessons").fill("")
    expect(row(page, "hash-ring").locator(".mark")).to_have_text("read")
    page.get_by_role("button", name="Forget it").click()
    expect(row(page, "hash-ring").locator(".mark")).to_be_empty()
    expect(page.locator(".is-read, .is-begun")).to_have_count(0)


def test_in_forced_colours_the_chosen_filter_and_a_read_bead_are_seen(forced):
    forced.evaluate(READ)
    forced.reload()
    expect(row(forced, "hash-ring")).to_have_class(re.compile("is-read"))
    beads = [
        row(forced, slug).evaluate("(one) => getComputedStyle(one, '::before').backgroundColor")
        for slug in ("hash-ring", "totp")
    ]
    assert beads[0] != beads[1]
    borders = forced.locator(".filter li > a").evaluate_all(
        "(links) => links.map((one) => [one.hasAttribute('aria-current'), getComputedStyle(one).borderTopColor])"
    )
    assert {colour for chosen, colour in borders if chosen}.isdisjoint(
        colour for chosen, colour in borders if not chosen
    )


@pytest.mark.parametrize("javascript", [True, False])
@pytest.mark.parametrize("width", [390, 1440])
def test_a_path_is_walked_from_its_first_lesson_to_its_last_by_its_links(visit, width, javascript):
    page = visit("/lessons/?path=who-are-you", width=width, javascript=javascript)
    page.set_default_timeout(30_000)
    titles = page.locator(".row .title").all_inner_texts()
    page.locator(".row .title").first.click()
    for title in titles[1:]:
        line = page.locator(".around p").filter(has_text="On Who are you?")
        line.locator(".on").click()
        expect(page.get_by_role("heading", level=1)).to_have_text(title)
    expect(page.locator(".around p").first).to_contain_text("This is the last")
    page.get_by_role("link", name="Who are you?").click()
    expect(page).to_have_url("/lessons/?path=who-are-you")


@each_width
def test_what_comes_first_and_what_it_leads_to_are_drawn_on_a_lesson(visit, width):
    page = visit("/lessons/tcp-ip-encapsulation/", width=width, still=True)
    expect(page.locator(".needs .here")).to_be_visible()
    expect(page.locator(".needs .leads").get_by_role("link", name="HTTP/1.0 to HTTP/3")).to_be_visible()
    page.goto("/lessons/http-versions/")
    page.locator(".needs .first").get_by_role("link").click()
    expect(page).to_have_url("/lessons/tcp-ip-encapsulation/")
