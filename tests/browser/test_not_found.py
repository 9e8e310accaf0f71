"""The page that says that there is none: the request that came back is drawn for its width, and moves once."""

import pytest
from playwright.sync_api import expect

from tests.browser.site_walk import AXE, axe

pytestmark = pytest.mark.browser

LONG = "/a/" + 300 * "x" + "/%3Cb%3E?q=" + 40 * "y"
# Texts that lie on each other, or leave the picture.
WRONG = """() => {
  const svg = [...document.querySelectorAll(".came-back svg")].find((one) => one.checkVisibility());
  const frame = svg.getBoundingClientRect(), scale = frame.width / svg.viewBox.baseVal.width;
  const texts = [...svg.querySelectorAll("text")].filter((one) => one.textContent).map((one) => {
    const { left, right, top, bottom } = one.getBoundingClientRect();
    return { told: one.textContent, left, right, top: top + 4, bottom: bottom - 3, size: parseFloat(getComputedStyle(one).fontSize) * scale };
  });
  return texts.flatMap((one, at) => [
    ...(one.left < frame.left || one.right > frame.right || one.size < 9 ? [one.told] : []),
    ...texts.slice(0, at).filter((other) => one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom)
      .map((other) => `${one.told} on ${other.told}`),
  ]);
}"""


@pytest.mark.parametrize("path", ["/nothing", LONG])
@pytest.mark.parametrize(
    ("width", "layout"), [(1440, "wide"), (820, "wide"), (720, "narrow"), (390, "narrow"), (320, "narrow")]
)
def test_one_picture_is_seen_and_all_of_it_can_be_read(visit, width, layout, path):
    page = visit("/robots.txt", width=width, javascript=False, still=True)
    assert page.goto(path).status == 404
    seen = page.locator(".came-back svg").filter(visible=True)
    expect(seen).to_have_count(1)
    expect(seen).to_have_class(layout)
    assert page.evaluate(WRONG) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_it_moves_once_where_motion_is_wished_and_not_at_all_where_it_is_not(visit):
    moving = "document.querySelector('.came-back .wide').getAnimations({ subtree: true }).length"
    page = visit("/robots.txt", width=1440)
    page.goto("/nothing")
    assert page.evaluate(moving) > 8
    assert (
        page.evaluate("Math.max(...document.getAnimations().map((one) => one.effect.getComputedTiming().endTime))")
        < 3000
    )
    page = visit("/robots.txt", width=1440, still=True)
    page.goto("/nothing")
    assert page.evaluate(moving) == 0


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_axe_finds_nothing(visit, width, theme):
    page = visit("/robots.txt", still=True)
    page.goto("/lessons/hash-rings/")
    page.evaluate(AXE.read_text("utf-8"))
    assert axe(page, width, theme) == []
