"""An upgrade in the middle of an attempt: what an earlier release has written is shown, graded and counted as it was.

The tables are those of the first migration, and are written as that release wrote them; then all later ones run.
Migrations can be undone only as far as they are: one that cannot takes the place of the first here.
"""

from __future__ import annotations

import html
import json
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.test import Client
from django.utils import timezone

from playground.engine.content import Content
from quizzes.frozen import freeze
from quizzes.models import Attempt, Member, Save, Variant
from quizzes.recount import differences
from tests.quizzes import made

pytestmark = pytest.mark.django_db(transaction=True)

FIRST = ("quizzes", "0001_first")
VERSION = 901
"""Of a miniature and of a template: none of ours has it."""


def migrate(*targets: tuple[str, str]) -> Any:
    """To these, or to the newest; the models as they are there."""
    executor = MigrationExecutor(connection)
    aims = list(targets) or executor.loader.graph.leaf_nodes("quizzes")
    return executor.migrate(aims).apps


def of_then(kind: tuple[str, str]) -> Content:
    """A question of an earlier release, by which another answer is right than by today's run."""
    content = made.content(kind, 1)
    truth = next(one for one in content.options if not one.model)
    wrong = next(one for one in content.options if one.model)
    roles = {truth.value: replace(wrong, value=truth.value), wrong.value: replace(truth, value=wrong.value)}
    return replace(
        content, miniature_version=VERSION, template_version=VERSION,
        prompt="What was asked in that release?", because="So it was in that release.",
        right=wrong.value, options=tuple(roles.get(one.value, one) for one in content.options),
    )  # fmt: skip


@dataclass
class Written:
    """What that release has left: an attempt that is open, and its saves."""

    quiz: str
    member: int
    contents: list[Content]
    saves: list[dict[str, Any]]

    def question(self, place: int, verb: str = "") -> str:
        return f"/quizzes/{self.quiz}/1/{place}/{verb}"


def write(apps: Any) -> Written:
    """With the models of that time alone: today's may have columns that were not there."""
    now = timezone.now()
    table = {name: apps.get_model("quizzes", name) for name in
             ("Class", "Member", "Quiz", "Item", "Variant", "Attempt", "Answer", "Save")}  # fmt: skip
    of = table["Class"].objects.create(name="Distributed systems", zone="Europe/Vienna")
    member = table["Member"].objects.create(of=of, name="Ana", folded="ana")
    quiz = table["Quiz"].objects.create(
        of=of, title="Rings", state="published", tries=[1000, 600, 300], attempts=None, limit_s=3600,
        phases={"verdict": "checking", "answer": "checking", "run": "checking"},
    )  # fmt: skip
    attempt = table["Attempt"].objects.create(quiz=quiz, member=member, number=1, started=now)
    contents = [of_then(kind) for kind in made.KINDS]
    saves = []
    for place, content in enumerate(contents, 1):
        item = table["Item"].objects.create(
            quiz=quiz, place=place, miniature=content.miniature, template=content.template, points=2000
        )
        frozen = freeze(content)
        kept = {"content": frozen.content, "steps": frozen.steps, "digest": frozen.digest}
        variant = table["Variant"].objects.create(item=item, number=1, seed=place, **kept)
        values = [one.value for one in content.options][:2]
        answer = table["Answer"].objects.create(
            attempt=attempt, place=place, variant=variant, value=values[-1], revision=len(values)
        )
        for number, value in enumerate(values, 1):
            row = {"key": uuid4(), "number": number, "kind": "save", "value": value, "late": False}
            reply = {"state": "saved", "value": value, "revision": number, "told": "in that release"}
            received = now + timedelta(seconds=number)
            saves.append(row | {"reply": reply, "received": received, "answer_id": answer.pk})
            table["Save"].objects.create(**saves[-1])
    return Written(quiz.pk, member.pk, contents, saves)


@pytest.fixture
def written(transactional_db: None) -> Written:
    try:
        return write(migrate(FIRST))
    finally:
        migrate()


@pytest.fixture
def ana(written: Written) -> Client:
    return made.signed_in(Member.objects.get(pk=written.member))


def say(client: Client, written: Written, place: int, value: str, base: int, *, key: UUID, check: bool = False) -> Any:
    body = {"key": str(key), "base": base, "value": value, "check": check}
    address = f"/quizzes/api/{written.quiz}/1/{place}/save"
    return client.post(address, json.dumps(body), content_type="application/json").json()


def test_the_tables_were_those_of_the_first_release():
    migrate(FIRST)
    before = set(connection.introspection.table_names())
    migrate()
    assert set(connection.introspection.table_names()) - before >= {"quizzes_session"}


def test_each_variant_knows_its_question(written):
    rows = Variant.objects.order_by("item__place").values_list("miniature", "template")
    assert list(rows) == [*made.KINDS]


def test_no_save_is_lost_and_a_recount_finds_nothing(written):
    columns = ("key", "number", "kind", "value", "late", "reply", "received", "answer_id")
    assert list(Save.objects.order_by("pk").values(*columns)) == written.saves
    assert differences() == (3, [])


def test_the_frozen_question_is_shown_with_what_was_saved(written, ana):
    for place, content in enumerate(written.contents, 1):
        page = ana.get(written.question(place)).text
        assert "What was asked in that release?" in page
        assert "So it was in that release." not in page
        assert f'data-value="{html.escape(content.options[1].value)}"' in page
        told = ana.get(written.question(place, "trace")).json()
        assert len(told["steps"]) == content.stop + 1


def test_a_key_of_that_release_is_answered_with_what_it_said(written, ana):
    """A page that was open meanwhile sends again what it did not hear the answer to."""
    for place in (1, 2, 3):
        first = written.saves[2 * place - 2]
        assert say(ana, written, place, first["value"], 0, key=first["key"]) == first["reply"]
    assert Save.objects.count() == len(written.saves)


def test_saving_checking_handing_in_and_the_review_go_by_what_was_frozen(written, ana):
    rights = [content.right for content in written.contents]
    todays = [made.content(kind, 1).right for kind in made.KINDS]
    assert all(then != now for then, now in zip(rights, todays, strict=True))
    assert say(ana, written, 1, rights[0], 2, key=uuid4())["state"] == "saved"
    wrong = say(ana, written, 2, todays[1], 2, key=uuid4(), check=True)
    assert (wrong["state"], wrong["right"]) == ("checked", False)
    checked = say(ana, written, 2, rights[1], wrong["revision"], key=uuid4(), check=True)
    assert (checked["right"], checked["points"]) == (True, "1.2")
    assert say(ana, written, 3, todays[2], 2, key=uuid4())["state"] == "saved"
    assert ana.post(f"/quizzes/{written.quiz}/1/hand-in").status_code == 303
    assert Attempt.objects.get().points == 2000 + 1200 + 0
    assert "3.2 of 6 points" in ana.get(f"/quizzes/{written.quiz}/1/").text
    for place in (1, 2, 3):
        review = ana.get(written.question(place)).text
        assert "So it was in that release." in review
        assert "The model has been changed since." in review
    assert Save.objects.count() == len(written.saves) + 4
    assert differences() == (3, [])
