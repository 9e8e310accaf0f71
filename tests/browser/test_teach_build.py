"""A quiz is built as browsers do it: in few actions, by keyboard, without JavaScript, wide and narrow."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.school import PASSWORD, account, new_class
from tests.browser.site_walk import AXE, axe, too_wide

pytestmark = pytest.mark.browser

MOST_ACTIONS = 25


class Counted:
    """What somebody does, counted: a field filled, or a button pressed."""

    def __init__(self) -> None:
        self.actions: list[str] = []

    def fill(self, field: Locator, text: str) -> None:
        self.actions.append(f"fill {text}")
        field.fill(text)

    def press(self, button: Locator) -> None:
        self.actions.append(f"press {button.inner_text().strip()}")
        button.click()


def with_class(page: Page, name: str) -> None:
    """From /teach/ to a class of one's own."""
    account(page, name)
    new_class(page, f"Class of {name}")


def rows(page: Page) -> Locator:
    return page.locator(".items tbody tr")


def test_from_sign_up_to_a_copied_link_for_five_questions_it_takes_few_actions(opened):
    page, did = opened("/"), Counted()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    did.press(page.get_by_role("link", name="Teach", exact=True))
    door = page.get_by_role("region", name="Create an account")
    did.fill(door.get_by_label("Name"), "Ruth")
    did.fill(door.get_by_label("Password"), PASSWORD)
    did.fill(door.get_by_label("E-mail"), "ruth@orrery.example")
    did.press(door.get_by_role("button", name="Create account"))
    did.fill(page.get_by_label("Name of the class"), "Distributed systems")
    did.press(page.get_by_role("button", name="Make the class"))
    did.press(page.get_by_role("button", name="New quiz"))
    find = page.get_by_role("searchbox", name="Find")
    did.fill(find, "ring")
    expect(page.get_by_text(re.compile(r"^\d+ of \d+ kinds"))).to_be_visible()
    for number, name in enumerate(("Who answers", "Keys that move", "Who answers"), 1):
        did.press(page.get_by_role("button", name=f"Add {name}"))
        expect(rows(page)).to_have_count(number, timeout=15_000)
    did.fill(find, "six digits")
    for number, name in enumerate(("A clock off", "Where truncation begins"), 4):
        did.press(page.get_by_role("button", name=f"Add {name}"))
        expect(rows(page)).to_have_count(number, timeout=15_000)
    did.fill(page.get_by_label("Closes"), "2099-12-04T18:00")
    did.press(page.get_by_role("button", name="Publish"))
    expect(page.get_by_role("heading", name="Hand it out")).to_be_visible()
    did.press(page.get_by_role("button", name="Copy the link"))
    expect(page.locator(".copied")).to_have_text("Copied.")
    link = page.evaluate("navigator.clipboard.readText()")
    assert len(did.actions) <= MOST_ACTIONS, did.actions
    assert len(did.actions) == 18, did.actions
    learner = opened(link)
    learner.get_by_label("Your name in this class").fill("Ana")
    learner.get_by_role("button", name="Join and start").click()
    expect(learner.get_by_text("Question 1 of 5")).to_be_visible()
    # The rest of the stock is made while the page is open.
    expect(page.get_by_text("60 variants of each are made")).to_be_visible(timeout=60_000)
    assert page.evaluate("window.refused") == []


@pytest.mark.parametrize("width", [1440, 390])
def test_without_javascript_it_is_built_published_and_previewed(opened, width):
    page = opened("/teach/", width=width, javascript=False)
    with_class(page, f"Plain {width}")
    page.get_by_role("button", name="New quiz").click()
    page.get_by_role("searchbox", name="Find").fill("clockwise")
    page.get_by_role("button", name="Find", exact=True).click()
    page.get_by_role("button", name="Add Who answers").click()
    expect(page.get_by_role("searchbox", name="Find")).to_have_value("clockwise")
    page.get_by_label("Lesson").select_option("totp")
    page.get_by_role("searchbox", name="Find").fill("")
    page.get_by_role("button", name="Find", exact=True).click()
    page.get_by_role("button", name="Add A clock off").click()
    page.get_by_role("button", name="Move A clock off up").click()
    expect(rows(page).first).to_contain_text("A clock off")
    page.get_by_label("Points of question 1").fill("2.5")
    page.get_by_label("Closes").fill("1999-12-04T18:00")
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("Type a year from 2000")).to_be_visible()
    expect(page.get_by_label("Points of question 1")).to_have_value("2.5")
    page.get_by_label("Closes").fill("2099-12-04T18:00")
    page.get_by_role("button", name="Take it as a learner").click()
    expect(page.get_by_text("Preview.")).to_be_visible()
    page.get_by_role("button", name="Leave the preview").click()
    page.get_by_role("link", name=re.compile("20 variants.* of question 1")).click()
    page.get_by_role("button", name="Pin variant 3").click()
    expect(page.locator("#variant-3")).to_contain_text("pinned")
    page.get_by_role("link", name="Done").click()
    page.get_by_role("button", name="Publish").click()
    expect(page.locator(".code")).to_be_visible()
    page.get_by_role("button", name="Make more").click()
    expect(page.get_by_text("50 of 120 variants are made")).to_be_visible()


def test_by_keyboard_alone(opened):
    page = opened("/teach/")
    with_class(page, "Keys")
    page.get_by_role("button", name="New quiz").focus()
    page.keyboard.press("Enter")
    page.locator("#find-q").focus()
    page.keyboard.type("clockwise")
    expect(page.get_by_text(re.compile(r"^1 of \d+ kinds"))).to_be_visible()
    for _ in range(3):
        page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Add Who answers")).to_be_focused()
    page.keyboard.press("Enter")
    expect(rows(page)).to_have_count(1)
    # The focus stays where it was, and what was done is told.
    expect(page.get_by_role("button", name="Add Who answers")).to_be_focused()
    expect(page.locator(".said")).to_have_text("It is the last question of the quiz now, with 20 variants.")
    page.keyboard.press("Space")
    expect(rows(page)).to_have_count(2)
    down = page.get_by_role("button", name="Move Who answers down").first
    name = down.get_attribute("id")
    down.focus()
    page.keyboard.press("Enter")
    expect(rows(page).nth(1).locator(f"#{name}")).to_have_count(1)
    page.get_by_label("Title of the quiz").focus()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("By keys")
    page.keyboard.press("Enter")
    expect(page.locator(".said")).to_have_text("Saved.")
    page.reload()
    expect(page.get_by_label("Title of the quiz")).to_have_value("By keys")


def test_what_was_typed_stays_while_questions_are_added(opened):
    page = opened("/teach/")
    with_class(page, "Typed")
    page.get_by_role("button", name="New quiz").click()
    page.get_by_label("Minutes from the start").fill("0")
    page.get_by_role("button", name="Add Who answers").click()
    expect(page.get_by_text("Type a whole number from 1 to 10,080")).to_be_visible()
    expect(rows(page)).to_have_count(0)
    page.get_by_label("Minutes from the start").fill("25")
    page.get_by_role("button", name="Add Who answers").click()
    expect(rows(page)).to_have_count(1)
    expect(page.get_by_label("Minutes from the start")).to_have_value("25")
    page.get_by_label("Kind of quiz").select_option("exercise")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_label("What tries are worth")).to_have_value("100, 60, 30")


def test_a_quiz_is_taken_from_a_file_into_the_field(opened, tmp_path: Path):
    page = opened("/teach/")
    with_class(page, "Files")
    page.get_by_role("link", name="From a file").click()
    file = tmp_path / "quiz.json"
    text = '{"format": 1, "title": "Filed", "items": [{"miniature": "totp", "question": "who-gets-in"}]}'
    file.write_text(text)
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Take it from a file").click()
    chooser.value.set_files(file)
    expect(page.get_by_role("status").filter(has_text="is in the field")).to_be_visible()
    page.get_by_role("button", name="Make the quiz").click()
    expect(page.get_by_label("Title of the quiz")).to_have_value("Filed")
    expect(page.get_by_text("20 variants of each are made")).to_be_visible(timeout=60_000)


def test_every_page_is_sound_and_fits(opened):
    """axe and the width of the screen, wide and narrow, light and dark."""
    page = opened("/teach/")
    faults: list[str] = []

    def look(name: str) -> None:
        page.evaluate(AXE.read_text("utf-8"))
        for width in (1440, 390):
            for theme in ("light", "dark"):
                faults.extend(f"{name}: {fault}" for fault in axe(page, width, theme))
        faults.extend(f"{name}: {wide}" for wide in too_wide(page))

    with_class(page, "Looker")
    page.get_by_text("Ready quizzes by lesson").click()
    look("a class without a quiz")
    page.get_by_role("link", name="From a file").click()
    page.get_by_label("The quiz").fill('{"format": 1}')
    page.get_by_role("button", name="Make the quiz").click()
    look("a file refused")
    page.get_by_role("button", name="Take over Six digits and a clock: a first look").click()
    expect(page.get_by_text("20 variants of each are made")).to_be_visible(timeout=60_000)
    look("a draft")
    page.get_by_label("Closes").fill("2001-12-04T18:00")
    page.get_by_label("Opens").fill("2002-12-04T18:00")
    page.get_by_label("Points of question 1").fill("-1")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Type points from 0")).to_be_visible()
    look("a draft refused")
    page.reload()
    page.get_by_role("link", name=re.compile("of question 1")).click()
    page.get_by_role("button", name="Pin variant 1", exact=True).click()
    page.get_by_role("button", name="Exclude variant 2", exact=True).click()
    expect(page.locator("#variant-2")).to_contain_text("excluded")
    look("variants")
    page.get_by_role("link", name="Done").click()
    page.get_by_role("button", name="Take it as a learner").click()
    expect(page.get_by_text("Preview.")).to_be_visible()
    look("a preview")
    page.get_by_role("button", name="Leave the preview").click()
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_role("heading", name="Hand it out")).to_be_visible()
    look("a published quiz")
    assert faults == []
    assert page.evaluate("window.refused") == []


def test_what_is_chosen_before_htmx_listens_is_looked_for_too(opened):
    page = opened("/teach/")
    with_class(page, "Slow line")
    page.get_by_role("button", name="New quiz").click()
    expect(page.locator("#find-q")).to_be_visible()
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/htmx-4*.js", hold)
    page.goto(page.url, wait_until="commit")
    page.get_by_label("Kind", exact=True).select_option(label="a challenge")
    [route] = held
    route.continue_()
    expect(page.get_by_text(re.compile(r"^11 of \d+ kinds"))).to_be_visible()
