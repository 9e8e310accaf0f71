"""Colours forced by the reader's system: whatever is marked is marked by a line, a shape or a word."""

import base64

import pytest
from playwright.sync_api import Locator, Page

from tests.browser.conftest import Visitor
from tests.browser.player import RING, Player

pytestmark = pytest.mark.browser


@pytest.fixture(params=["light", "dark"])
def forced(request: pytest.FixtureRequest, visit: Visitor):
    """Call it with an address: the page in a palette of the system, black on white or white on black."""

    def open_(path: str) -> Page:
        page = visit(path, still=True)
        page.emulate_media(forced_colors="active", color_scheme=request.param)
        return page

    return open_


# The colours along the middle row of a picture of the screen.
COLOURS = """async (png) => {
  const image = new Image();
  image.src = `data:image/png;base64,${png}`;
  await image.decode();
  const canvas = Object.assign(document.createElement("canvas"), { width: image.width, height: image.height });
  const pen = canvas.getContext("2d");
  pen.drawImage(image, 0, 0);
  const { data } = pen.getImageData(0, Math.floor(image.height / 2), image.width, 1);
  return Array.from({ length: image.width }, (_, x) => [...data.slice(4 * x, 4 * x + 3)].join(" "));
}"""


def row(thing: Locator) -> list[str]:
    """The colours along the middle row of a thing on the screen."""
    shot = base64.b64encode(thing.screenshot()).decode()
    blank = thing.page.context.new_page()
    colours: list[str] = blank.evaluate(COLOURS, shot)
    blank.close()
    return colours


def edges(things: Locator, side: str) -> list[bool]:
    """Of each thing, whether its edge can be seen on the ground of the page."""
    found: list[bool] = things.evaluate_all(
        """(all, side) => {
          const ground = getComputedStyle(document.documentElement).backgroundColor;
          return all.map((one) => {
            const style = getComputedStyle(one);
            return parseFloat(style[`border-${side}-width`]) > 0 && style[`border-${side}-color`] !== ground;
          });
        }""",
        side,
    )
    return found


def test_the_slider_has_its_line_and_a_knob_that_differs_from_it(forced):
    page = forced(f"{RING}?step=7")
    slider = page.locator(".slider")
    ground = page.evaluate("getComputedStyle(document.documentElement).backgroundColor.match(/\\d+/g).join(' ')")
    colours = row(slider)
    assert colours.count(ground) < 0.1 * len(colours)
    assert len(set(colours) - {ground}) >= 2


@pytest.mark.parametrize("path", ["/lessons/", "/playground/", RING, "/practise/"])
def test_exactly_one_item_of_the_menu_looks_current(forced, path: str):
    page = forced(path)
    items = page.locator("header.site nav a")
    assert edges(items, "bottom") == items.evaluate_all("(all) => all.map((one) => one.hasAttribute('aria-current'))")
    assert sum(edges(items, "bottom")) == 1


def test_exactly_one_line_of_the_code_looks_as_if_it_ran(forced):
    page = forced(f"{RING}?step=7")
    lines = page.locator(".listings figure:not([hidden]) li")
    assert edges(lines, "left") == lines.evaluate_all("(all) => all.map((one) => one.matches('.now'))")
    assert sum(edges(lines, "left")) == 1


def test_the_chosen_answer_has_a_line_round_it(forced):
    page = forced(f"{RING}predict/how-many-move/?do=remove:cleo")
    labels = page.locator(".predict .options label")
    labels.nth(1).click()
    lines = labels.evaluate_all("(all) => all.map((one) => getComputedStyle(one).outlineStyle)")
    assert [line != "none" for line in lines] == [place == 1 for place in range(len(lines))]


def test_in_the_menu_at_a_thing_one_sees_where_the_focus_is(forced):
    page = forced(f"{RING}?step=20")
    Player(page).element.locator("svg.wide [data-hand=stop]").first.focus()
    page.keyboard.press("Enter")
    grounds = page.locator(".hand button").evaluate_all(
        "(all) => all.map((one) => getComputedStyle(one).backgroundColor)"
    )
    assert len(set(grounds)) == 2
    assert grounds.count(grounds[0]) == 1


def test_a_picture_is_of_the_theme_that_fits_the_forced_ground(visit):
    """A reader has chosen the light theme, and then the system's white on black."""
    page = visit(RING, still=True)
    page.locator(".theme select").select_option("light")
    page.emulate_media(forced_colors="active", color_scheme="dark")
    ground, ink = page.evaluate("""() => [getComputedStyle(document.documentElement).backgroundColor,
      getComputedStyle(document.querySelector("svg.wide .f-ink")).fill]""")
    assert ground == "rgb(0, 0, 0)"
    assert ink == "rgb(232, 230, 223)"
