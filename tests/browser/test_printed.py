"""Forms and keys as a printer gets them, at A4 and at Letter; and papers that are typed in, wide and narrow."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import Page, expect

from playground.engine.registry import entries
from tests.browser.site_walk import AXE, axe, too_wide

pytestmark = pytest.mark.browser

MM = 96 / 25.4
PAPER = {"A4": (210, 297), "Letter": (215.9, 279.4)}
TOP_AND_BOTTOM, SIDES = 27, 26
"""Margins, in millimetres, as `sheets.css` sets them."""
EVERY = """
import json, sys
import django
django.setup()
from tests.quizzes import made, people
from playground.engine.registry import entries

every = tuple((slug, one.name) for slug, entry in entries().items() for one in entry.questions)
quiz = made.quiz(people.room("Systems", people.user(sys.argv[1])), kinds=every, stock=3, title="Everything")
print(json.dumps(quiz.pk))
"""
HEIGHTS = "(all) => all.map((one) => one.getBoundingClientRect().height)"
CUT = """() => [...document.querySelectorAll(".pen, .pen *, .key-row, .key-row *, .sheet-head *")]
  .filter((one) => one.checkVisibility() && !one.closest("svg"))
  .filter((one) => one.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
  .map((one) => one.outerHTML.slice(0, 80))"""


def pages(pdf: bytes) -> int:
    return len(re.findall(rb"/Type /Page\n", pdf))


def filled(heights: list[float], room: float) -> int:
    """Pages that blocks of these heights take, none of them cut."""
    count, used = 1, 0.0
    for height in heights:
        if used + height > room:
            count, used = count + 1, 0.0
        used += height
    return count


def on_paper(page: Page, paper: str) -> float:
    """As wide as that paper between its margins; how high it is there, in pixels."""
    width, height = PAPER[paper]
    page.emulate_media(media="print")
    page.set_viewport_size({"width": int((width - SIDES) * MM), "height": 1000})
    return (height - TOP_AND_BOTTOM) * MM


@pytest.fixture(scope="module")
def every(school) -> str:
    """A quiz of every kind of question that there is, of an account with the name Every."""
    told: str = json.loads(school.run("-c", EVERY, "Every"))
    return f"/teach/quizzes/{told}/print/"


@pytest.mark.parametrize("paper", PAPER)
def test_no_question_is_cut_and_every_page_has_the_letter(every, opened, paper):
    page = opened(every, name="Every")
    if not page.get_by_role("link", name="Form A, to print").count():
        page.get_by_label("How many").fill("3")
        page.get_by_role("button", name="Make them").click()
    page.get_by_role("link", name="Form B, to print").click()
    expect(page.locator(".pen")).to_have_count(sum(len(entry.questions) for entry in entries().values()))
    room = on_paper(page, paper)
    assert page.evaluate(CUT) == []
    assert page.locator("header.site, footer.site, .crumbs, .teach-head, button, a").evaluate_all(
        "(all) => all.filter((one) => one.checkVisibility()).map((one) => one.outerHTML)"
    ) == []  # fmt: skip
    head = page.locator(".sheet thead").evaluate_all(HEIGHTS)[0]
    blocks = page.locator(".sheet tbody tr").evaluate_all(HEIGHTS)
    # A block that is higher than a page would be cut, and a head of more than a quarter is not repeated.
    assert max(blocks) <= room - head
    assert head < room / 4
    assert all(page.locator(".sheet svg.wide").evaluate_all("(all) => all.map((one) => one.checkVisibility())"))
    assert not any(page.locator(".sheet svg.narrow").evaluate_all("(all) => all.map((one) => one.checkVisibility())"))
    pdf = page.pdf(format=paper)
    assert abs(pages(pdf) - filled(blocks, room - head)) <= 1
    styles = page.locator(".sheet").evaluate(
        "(one) => [getComputedStyle(one).color, getComputedStyle(one).backgroundColor]"
    )
    assert styles == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]


@pytest.mark.parametrize("paper", PAPER)
def test_each_key_and_each_form_begins_on_a_page_of_its_own(every, opened, paper):
    page = opened(every, name="Every")
    if not page.get_by_role("link", name="Form A, to print").count():
        page.get_by_label("How many").fill("3")
        page.get_by_role("button", name="Make them").click()
    one: list[int] = []
    three: list[int] = []
    for view in ("key/", "sheets/"):
        for query, found in (("?form=A", one), ("", three)):
            page.goto(f"{every}{view}{query}")
            on_paper(page, paper)
            assert page.evaluate(CUT) == []
            found.append(pages(page.pdf(format=paper)))
    assert one[0] >= 2
    assert three[0] >= 3 * one[0] - 2
    breaks = page.locator(".sheet + .sheet").evaluate_all(
        "(all) => all.map((one) => getComputedStyle(one).breakBefore)"
    )
    assert breaks == ["page", "page"]


@pytest.mark.parametrize("javascript", [True, False])
@pytest.mark.parametrize("width", [1440, 390])
def test_from_making_forms_to_a_paper_that_is_graded_and_corrected(school, opened, width, javascript):
    name = f"Printer {width} {javascript}"
    told = school.fill(name)
    page = opened(f"/teach/quizzes/{told['quiz']}/", name=name, width=width, javascript=javascript)
    page.get_by_role("link", name="Print", exact=True).click()
    page.get_by_label("How many").fill("9")
    page.get_by_role("button", name="Make them").click()
    expect(page.get_by_text("Type a whole number of forms from 1 to 6.")).to_be_visible()
    page.get_by_label("How many").fill("2")
    page.get_by_role("button", name="Make them").click()
    expect(page.get_by_role("status")).to_contain_text("The forms are made")
    page.get_by_role("link", name="Key to form B").click()
    line = page.locator(".key-line code").inner_text()
    page.go_back()
    page.get_by_role("link", name="Type papers in").click()
    # By keyboard alone.
    page.get_by_label("Name on the paper").focus()
    page.keyboard.type("Nora")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    page.get_by_label("or all answers in one line").focus()
    page.keyboard.type(line)
    page.keyboard.press("Enter")
    expect(page.get_by_text("Nobody in this class is called “Nora”.")).to_be_visible()
    expect(page.get_by_label("or all answers in one line")).to_have_value(line)
    page.get_by_label("Put this name on the list").check()
    page.get_by_label("B", exact=True).check()
    page.get_by_role("button", name="Save this paper").click()
    expect(page.get_by_role("status")).to_have_text("Nora, form B: 4 of 4 points.")
    page.get_by_role("link", name="Correct the paper of Nora").click()
    expect(page.get_by_label("Answer to question 2")).to_have_value(line.split()[1])
    page.get_by_label("Answer to question 2").fill("-")
    page.get_by_role("button", name="Correct it").click()
    expect(page.get_by_role("status")).to_have_text("Nora, form B: 2 of 4 points.")
    page.get_by_role("link", name="Nora", exact=True).click()
    expect(page.get_by_text("On paper, form B")).to_be_visible()


def test_nothing_is_wrong_with_the_pages(school, opened):
    """axe and the width of the screen, wide and narrow, light and dark."""
    told = school.fill("Looker")
    at = f"/teach/quizzes/{told['quiz']}/print/"
    page = opened(at, name="Looker")
    faults: list[str] = []

    def look(name: str) -> None:
        page.evaluate(AXE.read_text("utf-8"))
        for width in (1440, 390):
            for theme in ("light", "dark"):
                faults.extend(f"{name}: {fault}" for fault in axe(page, width, theme))
        faults.extend(f"{name}: {wide}" for wide in too_wide(page))

    look("no forms yet")
    page.get_by_role("button", name="Make them").click()
    for view in ("", "sheets/?form=A", "key/", "typed/"):
        page.goto(at + view)
        look(view)
    page.get_by_role("button", name="Save this paper").click()
    expect(page.get_by_text("Type a name.")).to_be_visible()
    page.get_by_label("A", exact=True).check()
    page.get_by_role("button", name="Save this paper").click()
    expect(page.get_by_text("Type - where nothing was answered.").first).to_be_visible()
    look("refused")
    assert faults == []
    assert page.evaluate("window.refused") == []
