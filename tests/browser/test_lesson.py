"""Eve reads the lesson: prose, with players inside that do not disturb each other."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.player import Player

pytestmark = pytest.mark.browser

LESSON = "/lessons/hash-ring/"
CONTENTS = """(player) => [...player.querySelectorAll("*")].map((element) => {
  const attributes = element.getAttributeNames().sort().map((name) => element.getAttribute(name));
  return [element.localName, element.textContent, ...attributes].join(" ");
}).join("\\n")"""


@pytest.fixture
def lesson(visit) -> Page:
    return visit(LESSON, still=True)


def acting(page: Page) -> tuple[Player, Player]:
    """A player that can be acted on, and another one."""
    players = [Player(page, number) for number in range(page.locator("orrery-player").count())]
    assert len(players) >= 2
    first = next(player for player in players if player.form("remove").count())
    return first, next(player for player in players if player.number != first.number)


def test_an_action_in_one_player_leaves_the_other_as_it_is(lesson):
    mine, other = acting(lesson)
    before = other.element.evaluate(CONTENTS)
    narration = mine.narration
    mine.press("last")
    mine.remove("ada")
    assert mine.narration != narration
    assert "keys moved" in mine.narration
    assert other.element.evaluate(CONTENTS) == before


def test_start_again_stays_in_the_lesson_and_leads_to_the_run_that_it_began_with(lesson):
    mine, other = acting(lesson)
    began, picture, rest = mine.step, mine.picture, other.element.evaluate(CONTENTS)
    length = lesson.evaluate("history.length")
    mine.remove("ada")
    assert mine.picture != picture
    with mine.another_run():
        mine.element.get_by_role("link", name="Start again").click()
    mine.expect_step(began)
    assert mine.picture == picture
    assert other.element.evaluate(CONTENTS) == rest
    assert urlsplit(lesson.url).path == LESSON
    assert lesson.evaluate("history.length") == length


def test_stepping_in_one_player_leaves_the_other_as_it_is(lesson):
    mine, other = acting(lesson)
    before = other.element.evaluate(CONTENTS)
    mine.press("first")
    mine.press("next")
    mine.expect_step(1)
    assert other.element.evaluate(CONTENTS) == before


def test_the_address_stays_that_of_the_lesson(lesson):
    mine, _ = acting(lesson)
    length = lesson.evaluate("history.length")
    mine.press("next")
    mine.remove("ada")
    mine.press("last")
    assert urlsplit(lesson.url).path == LESSON
    assert urlsplit(lesson.url).query == ""
    assert lesson.evaluate("history.length") == length


def test_no_two_elements_share_an_id_and_every_reference_finds_its_own(lesson):
    doubled = lesson.evaluate("""() => {
      const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
      return ids.filter((id, place) => ids.indexOf(id) !== place);
    }""")
    assert doubled == []
    lost = lesson.evaluate("""() => [...document.querySelectorAll("[aria-labelledby], [aria-describedby], [for]")]
      .flatMap((element) => ["aria-labelledby", "aria-describedby", "for"].map((name) => element.getAttribute(name)))
      .filter((id) => id && !document.getElementById(id))""")
    assert lost == []


def test_a_radio_in_one_question_does_not_answer_another(lesson):
    """Radio buttons of the same name in different forms are different questions."""
    groups = lesson.locator(".predict")
    for number in range(groups.count()):
        groups.nth(number).locator("input[type=radio]").first.check()
    for number in range(groups.count()):
        expect(groups.nth(number).locator("input[type=radio]").first).to_be_checked()


def test_every_link_of_the_lesson_into_itself_finds_its_place(lesson):
    lost = lesson.evaluate("""() => [...document.querySelectorAll("a[href^='#']")]
      .map((link) => link.getAttribute("href").slice(1)).filter((id) => !document.getElementById(id))""")
    assert lost == []
