"""A quiz with a pool, a challenge and questions written by hand: every page on which they meet is sound and fits."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import expect

from tests.browser.site_walk import AXE, axe, too_wide

pytestmark = pytest.mark.browser

FILL = """
import json, sys
from datetime import timedelta
import django
django.setup()
from django.utils import timezone
from tests.quizzes import made, people
from quizzes import building, challenged, starting
from quizzes.handing_in import hand_in
from quizzes.models import Item, TemplateRef
from quizzes.saving import Change, save

owner = people.user(sys.argv[1])
of = people.room("Systems of " + owner.name, owner)
quiz = building.new_quiz(of, "Every kind")
pool = building.add(quiz, *made.PICK)
building.join(quiz, pool.pk, TemplateRef(*made.NUMBER))
building.add(quiz, *made.EVEN, Item.Kind.CHALLENGE)
building.write(quiz, made.SEVERAL)
building.write(quiz, made.ONE)
draft = building.duplicate(quiz, 0)
while any(not item.variants.exists() for item in draft.items.all()):
    building.portion(draft)
building.publish(quiz, owner, timezone.now())
quiz.refresh_from_db()
began = timezone.now() - timedelta(minutes=20)
start = made.content(made.EVEN, 1).query
for number in range(11):
    learner = people.learner(of, "Ana" if not number else f"Learner {number}")
    attempt = starting.start(quiz, learner, began)
    run = challenged.replayed(made.content(made.EVEN, 1), start + ("", "&do=fail:bob")[number % 2])
    values = (made.wrong(attempt) if number % 3 else made.right(attempt), run.value, ("A", "A,C", "B,D")[number % 3], "A")
    for place, value in enumerate(values, 1):
        told = made.change(value)
        held = run.held if value == run.value else None
        save(attempt, place, Change(told.key, 0, value, held=held), began + timedelta(minutes=place))
    hand_in(attempt, began + timedelta(minutes=7))
    first = learner.pk if not number else first
print(json.dumps([draft.pk, quiz.pk, first]))
"""


def test_every_page_is_sound_and_fits(school, opened):
    draft, quiz, ana = json.loads(school.run("-c", FILL, "Mixer"))
    page, faults = opened("/teach/", name="Mixer"), []
    for at, told in (
        (f"{draft}/", "each learner gets variants of their own, but for the challenge and what is written by hand"),
        (f"{quiz}/", "a challenge, the same for all"),
        (f"{quiz}/print/", "Question 2, “even after a failure”, is a challenge"),
        (f"{quiz}/regrade/", "were written by hand: in them there is nothing to run"),
        (f"{quiz}/results/?question=2&who=runs", "made a run in which not all conditions hold"),
        (f"{quiz}/results/?question=3", "Which of these acknowledge"),
        (f"{quiz}/learners/{ana}/?attempt=1&question=2", "Question 2, a challenge"),
        (f"{quiz}/learners/{ana}/?attempt=1&question=3", "Question 3, written by hand"),
    ):
        page.goto(f"/teach/quizzes/{at}")
        expect(page.locator("main")).to_contain_text(told)
        page.evaluate(AXE.read_text("utf-8"))
        faults += [
            f"{at}: {fault}"
            for width in (1440, 390)
            for theme in ("light", "dark")
            for fault in axe(page, width, theme)
        ]
        faults += [f"{at}: {wide}" for wide in too_wide(page)]
    assert faults == []
    assert page.evaluate("window.refused") == []
