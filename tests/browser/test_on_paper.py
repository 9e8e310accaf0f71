"""A run, a comparison, the gallery and a kept file on paper: what was in view, and nothing that needs a screen."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Visitor
from tests.browser.player import RING, Player
from tests.browser.server import Site

pytestmark = pytest.mark.browser

GIT = "/playground/git-objects/"
SCREEN_ONLY = (
    "form input, form select, form button, textarea, .transport, header.site, footer.site, .scenarios, .present, .copy"
)
# What is wider than its own box is cut on paper, where nothing scrolls.
CUT = """() => [...document.querySelectorAll("pre, .listings, .listings li, main")]
  .filter((one) => one.checkVisibility() && one.scrollWidth > one.clientWidth + 1)
  .map((one) => one.textContent.trim().slice(0, 40))"""
SEEN = "(all) => all.filter((one) => one.checkVisibility()).map((one) => one.outerHTML.slice(0, 60))"


def printed(page: Page) -> Page:
    """The page as it goes to the printer: as wide as A4 between its margins."""
    page.emulate_media(media="print")
    return page


def after(page: Page, link: str) -> str:
    """What is written behind a link."""
    return str(page.locator(link).evaluate("(one) => getComputedStyle(one, '::after').content"))


def test_a_run_on_paper_is_its_title_picture_narration_figures_and_address(visit: Visitor):
    page = visit(f"{GIT}?step=5", still=True)
    player = Player(page)
    player.press("next")
    player.expect_step(6)
    printed(page)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator(".stage svg.wide")).to_be_visible()
    expect(page.locator(".narration")).to_contain_text("Step 6.")
    expect(page.locator(".metrics dd").first).to_be_visible()
    expect(page.locator(".about pre").first).to_be_visible()
    address = after(page, ".share [data-slot=here]")
    assert page.url.partition("/playground")[0].removesuffix("/") in address.replace('" "', "").replace('"', "")
    assert "git-objects/?step=6" in address
    assert page.locator(SCREEN_ONLY).evaluate_all(SEEN) == []


def test_on_narrow_paper_the_picture_is_the_one_that_was_on_the_screen(visit: Visitor):
    """Paper is narrower than a screen: the other layout still shows the step that the page was opened at."""
    page = visit(f"{GIT}?step=5", still=True)
    Player(page).press("last")
    stage = page.locator("orrery-player")
    stage.evaluate(
        "(player) => { player.sizes.disconnect(); player.parentElement.style.setProperty('width', '680px'); }"
    )
    printed(page)
    expect(page.locator(".stage svg.wide")).to_be_visible()
    expect(page.locator(".stage svg.narrow")).to_be_hidden()


@pytest.mark.parametrize(
    "path",
    [f"{GIT}?step=5", f"{RING}?vs=points:9&step=5", "/playground/", f"{RING}predict/how-many-move/?do=remove:cleo"],
)
def test_nothing_is_cut_and_nothing_asks_to_be_pressed(visit: Visitor, path: str):
    page = printed(visit(path, still=True))
    page.set_viewport_size({"width": 680, "height": 1000})
    assert page.evaluate(CUT) == []
    assert page.locator(SCREEN_ONLY).evaluate_all(SEEN) == []


def test_both_runs_of_a_comparison_are_on_paper(visit: Visitor):
    page = printed(visit(f"{RING}?vs=points:9&step=5", still=True))
    pictures = page.locator(".pair svg.picture")
    assert [one.is_visible() for one in pictures.all()] == [True, True]


def test_a_kept_file_on_paper_has_its_title_and_the_address_of_the_run(browser: Browser, site: Site, tmp_path: Path):
    context = browser.new_context(base_url=site.origin, viewport={"width": 1440, "height": 900})
    page = context.new_page()
    file = tmp_path / "run.html"
    file.write_bytes(page.request.get(f"{GIT.rstrip('/')}.html?step=5").body())
    page.goto(file.as_uri())
    expect(page.locator("orrery-player[at='5']")).to_have_count(1)
    printed(page)
    heading = page.get_by_role("heading", level=1)
    box = heading.bounding_box()
    assert box
    assert box["width"] > 100
    expect(page.locator(".stage svg.wide")).to_be_visible()
    expect(page.locator(".narration")).to_contain_text("Step 5.")
    assert "git-objects/?step=5" in after(page, ".credit a")
    assert page.locator(SCREEN_ONLY).evaluate_all(SEEN) == []
    context.close()
