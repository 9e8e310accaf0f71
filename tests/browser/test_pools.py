"""Several questions are put together at one place of a quiz, wide and narrow, without JavaScript too."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import expect

from tests.browser.site_walk import AXE, axe, too_wide

pytestmark = pytest.mark.browser

DRAFT = """
import json, sys
import django
django.setup()
from tests.quizzes import made, people
from tests.quizzes.test_building import NOON

of = people.room("Systems", people.user(sys.argv[1]))
print(json.dumps(made.quiz(of, kinds=(made.PICK,), stock=20, state="draft", closes=NOON).pk))
"""


@pytest.mark.parametrize("javascript", [True, False])
@pytest.mark.parametrize("width", [1440, 390])
def test_a_question_is_added_to_a_place_looked_at_and_taken_out(school, opened, width, javascript):
    name = f"Pooler {width} {javascript}"
    at = f"/teach/quizzes/{json.loads(school.run('-c', DRAFT, name))}/"
    page = opened(at, name=name, width=width, javascript=javascript)
    page.get_by_text("or one of these").click()
    page.get_by_label("Another question for place 1").select_option(label="Keys that move")
    # By keyboard, as one goes on from the list.
    page.get_by_role("button", name="Add it here").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("One of 2 questions")).to_be_visible(timeout=30_000)
    expect(page.locator(".pool li")).to_have_count(2)
    if javascript:
        page.evaluate(AXE.read_text("utf-8"))
        assert [fault for theme in ("light", "dark") for fault in axe(page, width, theme)] == []
        assert too_wide(page) == []
        page.set_viewport_size({"width": width, "height": 844})
    page.get_by_role("link", name="variants of question 1").click()
    page.get_by_role("link", name="Keys that move").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Keys that move: 20 variants")
    if javascript:
        page.evaluate(AXE.read_text("utf-8"))
        assert [fault for theme in ("light", "dark") for fault in axe(page, width, theme)] == []
        assert too_wide(page) == []
        page.set_viewport_size({"width": width, "height": 844})
    page.goto(at)
    page.get_by_role("button", name="Take Who answers out of question 1").click()
    expect(page.locator(".pool li")).to_have_count(0)
    expect(page.get_by_role("rowheader", name="Keys that move")).to_be_visible()
