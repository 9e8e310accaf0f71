"""Every player in Firefox, wide and narrow: it takes over, steps, acts, and looks as the server draws it."""

from collections.abc import Iterator

import pytest

from playground.engine.registry import entries
from tests.browser.firefox import Page, firefox
from tests.browser.server import Site
from tests.tiers import operated

pytestmark = pytest.mark.browser

# Elements in view of the first picture, with what they are drawn by; what can be done to them comes a moment later.
MARKS = """(() => { const HANDS = ["role", "tabindex", "aria-haspopup", "aria-pressed", "aria-label", "data-hand", "data-named", "data-drag", "data-turn"];
  const PASSING = ["class", "style", ...HANDS];
  return [...document.querySelectorAll("orrery-player .stage svg")].filter((svg) => svg.checkVisibility())
  .flatMap((svg) => [...svg.querySelectorAll("[data-key]")]).map((mark) => [
    mark.dataset.key, mark.localName,
    ...[...mark.attributes].filter(({ name }) => !PASSING.includes(name))
      .map(({ name, value }) => `${name}=${value}`).sort(),
  ].join(" ")).sort(); })()"""
STEP = "Number(document.querySelector('orrery-player').getAttribute('at'))"


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    with firefox() as found:
        yield found


def test_the_first_page_has_nothing_to_complain_of(page: Page, site: Site):
    page.go(f"{site.origin}/", 1440)
    assert page.evaluate("document.querySelector('h1').textContent.trim() !== ''")
    assert page.complaints == []


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("slug", operated())
def test_a_player_is_walked(page: Page, site: Site, slug: str, width: int):
    entry = entries()[slug]
    page.complaints.clear()
    address = f"{site.origin}/playground/{slug}/?{entry.scenarios[0].query.split('step=')[0].rstrip('&')}"
    page.go(address, width)
    page.until("document.querySelector('orrery-player').hasAttribute('at')")
    assert page.evaluate(STEP) == 0
    page.evaluate("document.querySelector('orrery-player .stage').focus()")
    page.press("\ue014", "\ue014", "\ue012")  # right, right, left
    page.until(f"{STEP} === 1")
    page.press("\ue010")  # end
    last = page.evaluate("Number(document.querySelector('orrery-player .slider').max)")
    page.until(f"{STEP} === {last}")
    page.evaluate("document.querySelector('[data-go=back]').click()")
    page.until(f"{STEP} === {last - 1}")
    walked = page.evaluate(MARKS)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.go(page.evaluate("location.href"), width)
    page.until("document.querySelector('orrery-player').hasAttribute('at')")
    assert page.evaluate(STEP) == last - 1
    assert page.evaluate(MARKS) == walked
    assert page.complaints == []


def test_an_action_is_carried_out_in_place(page: Page, site: Site):
    page.complaints.clear()
    page.go(f"{site.origin}/playground/hash-ring/", 1440)
    page.until("document.querySelector('orrery-player').hasAttribute('at')")
    page.evaluate("document.querySelector('form[data-verb=remove] button').click()")
    page.until("location.search.includes('do=remove')")
    page.until("document.querySelector('.narration').textContent.includes('leaves the ring')")
    assert page.complaints == []
