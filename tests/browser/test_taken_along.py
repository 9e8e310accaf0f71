"""What is shown can be taken along: texts of pictures are marked and copied, and nobody translates code and names."""

import hashlib

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Visitor
from tests.browser.player import RING, unfold
from tests.browser.test_everybody import PAGES

pytestmark = pytest.mark.browser

GIT = "/playground/git-objects/?step=24"
README = hashlib.sha1(b"blob 10\0hello all\n", usedforsecurity=False).hexdigest()


def mark(page: Page, text: Locator) -> str:
    """Drags over a text, as one does: a little too far. What is marked then."""
    text.scroll_into_view_if_needed()
    # Playwright's own box has the halo round the letters in it.
    left, right, middle = text.evaluate("""(text) => {
      const { left, right, top, bottom } = text.getBoundingClientRect();
      return [left, right, (top + bottom) / 2];
    }""")
    page.mouse.move(left + 1.5, middle)
    page.mouse.down()
    page.mouse.move((left + right) / 2, middle, steps=3)
    page.mouse.move(right + 3, middle, steps=3)
    page.mouse.up()
    return str(page.evaluate("getSelection().toString()")).strip()


def test_every_id_of_a_picture_can_be_marked_and_nothing_else_is(visit: Visitor):
    page = visit(GIT, still=True)
    ids = page.locator("svg.wide text[data-key^='id:'], svg.wide text[data-key$='/id']")
    assert ids.count() > 10
    wrong = {}
    for one in ids.all():
        wanted = one.text_content()
        if (marked := mark(page, one)) != wanted:
            wrong[wanted] = marked
        expect(page.locator(".hand")).to_have_count(0)
    assert wrong == {}


def test_a_text_of_something_that_can_be_touched_is_marked_without_touching_it(visit: Visitor):
    page = visit(GIT, still=True)
    name = page.locator("svg.wide [data-hand][role=button]").locator("text").first
    assert mark(page, name) == name.text_content()
    expect(page.locator(".hand")).to_have_count(0)
    page.mouse.click(5, 5)
    name.click()
    expect(page.locator(".hand")).to_have_count(1)


def test_a_text_of_something_that_can_be_picked_is_marked_without_picking_it(visit: Visitor):
    """A click that ends a selection answers no question."""
    page = visit("/practise/hash-ring/who-answers/?seed=1", still=True)
    name = page.locator("svg.wide [data-pick] text").first
    assert mark(page, name) == name.text_content()
    expect(page.locator("input[name=answer]:checked")).to_have_count(0)


def test_the_table_beside_a_picture_gives_ids_whole(visit: Visitor):
    page = visit(GIT, still=True)
    table = page.locator("table[data-slot=state]")
    assert README in (table.text_content() or "")
    page.locator("[data-go=back]").click()
    assert README in (table.text_content() or "")
    unfold(page, "figures")
    page.locator("details.state summary").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 1440
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


# Code, commands, ids and names that a translator of the browser is offered.
OFFERED = """() => [...document.querySelectorAll(
    "code, pre, kbd, svg text, textarea, .listings figcaption, .predict .options span, .answer, [data-slot=state] td"
  )].filter((one) => one.textContent.trim() && !one.closest("[translate=no]") && one.translate !== false)
    .map((one) => `${one.localName} ${one.textContent.trim().slice(0, 30)}`)"""


@pytest.mark.parametrize("path", [*PAGES, f"{RING}predict/who-answers/", "/lessons/git-objects/", "/lessons/totp/"])
def test_code_commands_ids_and_names_are_not_offered_to_translators(visit: Visitor, path: str):
    page = visit(path, still=True)
    assert page.evaluate(OFFERED) == []
