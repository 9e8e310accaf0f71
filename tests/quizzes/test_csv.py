"""Results as files: what a spreadsheet program reads is what the tables hold, and nothing of it runs."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from types import GeneratorType

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from quizzes.files import answers_csv, learners_csv
from quizzes.files.cells import FORMULAS, plain, safe
from quizzes.handing_in import hand_in
from quizzes.models import Answer, Attempt, Class, Member, Quiz, User
from quizzes.saving import save
from quizzes.starting import start
from tests.quizzes import made, people
from tests.quizzes.made import change

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)
NAMES = ("Müller-Ødegård", "Łucja Żółć", "علي", "李雷", "O’Neil, “Q.”", 'Quote "Q"', "Ana; Ben")


@pytest.fixture
def ruth() -> User:
    return people.user("Ruth")


@pytest.fixture
def of(ruth) -> Class:
    return people.room(owner=ruth)


@pytest.fixture
def quiz(of) -> Quiz:
    return made.quiz(of, kinds=(made.PICK, made.NUMBER), attempts=3)


@pytest.fixture
def client(ruth) -> Client:
    return people.browser(ruth)


def takes(quiz: Quiz, member: Member, *right: bool, ago: int = 20) -> Attempt:
    began = timezone.now() - ago * MINUTE
    attempt = start(quiz, member, began)
    for place, is_right in enumerate(right, 1):
        value = made.right(attempt, place) if is_right else made.wrong(attempt, place)
        save(attempt, place, change(value), began + place * MINUTE)
    return hand_in(attempt, began + 5 * MINUTE)


def body(client: Client, quiz: Quiz, name: str) -> bytes:
    response = client.get(f"/teach/quizzes/{quiz.pk}/{name}.csv")
    assert response.streaming
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert response.headers["Content-Disposition"] == f'attachment; filename="{name}.csv"'
    assert response.headers["Cache-Control"] == "no-store, private"
    assert "ETag" not in response.headers
    return bytes(response.getvalue())


def table(client: Client, quiz: Quiz, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(body(client, quiz, name).decode("utf-8-sig"), newline=""), strict=True))


@pytest.mark.parametrize("name", ["learners", "answers"])
def test_it_begins_with_the_mark_of_utf_8_and_its_lines_end_as_the_standard_says(client, quiz, name):
    takes(quiz, people.learner(quiz.of, "Ana"), True, True)
    whole = body(client, quiz, name)
    assert whole.startswith(b"\xef\xbb\xbf")
    assert whole.count(b"\xef\xbb\xbf") == 1
    assert whole.endswith(b"\r\n")
    assert whole.count(b"\n") == whole.count(b"\r\n")


@pytest.mark.parametrize("name", ["learners", "answers"])
def test_names_come_through_with_their_accents(client, quiz, name):
    for one in NAMES:
        takes(quiz, people.learner(quiz.of, one), True, False)
    assert {row["name"] for row in table(client, quiz, name)} == set(NAMES)


@pytest.mark.parametrize("name", ["learners", "answers"])
@pytest.mark.parametrize(
    "formula", ["=1+1", "+1", "-1+1", "@SUM(A1)", '=HYPERLINK("http://x")', "＝1", "=cmd|' /C calc'!A0"]
)
def test_what_would_be_a_formula_is_a_text(client, quiz, name, formula):
    member = people.learner(quiz.of, "Ana")
    Member.objects.filter(pk=member.pk).update(name=formula, external_id=formula)
    takes(quiz, member, True, True)
    for row in table(client, quiz, name):
        assert not [cell for cell in row.values() if cell.startswith(FORMULAS)]
        assert (plain(row["name"]), plain(row["external_id"])) == (formula, formula)


@given(st.text())
def test_no_text_begins_as_a_formula_and_all_come_back(text):
    written = safe(text)
    assert not written.startswith(FORMULAS) or written.lstrip("-").replace(".", "").isdecimal()
    assert plain(written) == text or text.startswith("'")


def test_a_row_for_each_answer_says_what_was_said_and_what_was_behind_it(client, quiz):
    attempt = takes(quiz, people.learner(quiz.of, "Ana"), True, False)
    Answer.objects.filter(attempt=attempt, place=2).update(excused=True)
    start(quiz, people.learner(quiz.of, "Ben"), timezone.now())
    first, second, open_one, _ = table(client, quiz, "answers")
    assert tuple(first) == answers_csv.COLUMNS
    assert (first["answer"], first["result"], first["belief"], first["points"]) == (
        made.right(attempt), "right", "", "2",
    )  # fmt: skip
    wrong = made.answer_of(attempt, 2).variant.content
    belief = next(one["belief"] for one in wrong["options"] if one["value"] == made.wrong(attempt, 2))
    assert (second["result"], second["belief"], second["right_answer"], second["excused"]) == (
        "wrong", belief, wrong["right"], "yes",
    )  # fmt: skip
    assert (open_one["result"], open_one["points"], open_one["handed_in"]) == ("blank", "", "")


@pytest.mark.parametrize(
    ("keep", "points", "by_question"),
    [
        ("best", "4", ["2", "2"]),
        ("first", "2", ["2", "0"]),
        ("last", "0", ["0", "0"]),
        ("average", "2", ["1.333", "0.666"]),
    ],
)
def test_a_row_for_each_learner_has_the_points_that_count(client, quiz, keep, points, by_question):
    Quiz.objects.filter(pk=quiz.pk).update(keep=keep)
    quiz.refresh_from_db()
    ana = people.learner(quiz.of, "Ana")
    for ago, right in ((60, (True, False)), (40, (True, True)), (20, (False, False))):
        takes(quiz, ana, *right, ago=ago)
    people.learner(quiz.of, "Ben")
    row, other = table(client, quiz, "learners")
    assert tuple(row)[: len(learners_csv.COLUMNS)] == learners_csv.COLUMNS
    assert (row["attempts"], row["points"], row["of"]) == ("3", points, "4")
    assert [row[f"{place} {kind[1]}"] for place, kind in enumerate((made.PICK, made.NUMBER), 1)] == by_question
    assert (other["name"], other["attempts"], other["points"]) == ("Ben", "0", "")


def test_what_is_excused_is_not_among_the_points_that_there_are(client, quiz):
    attempt = takes(quiz, people.learner(quiz.of, "Ana"), True, True)
    Answer.objects.filter(attempt=attempt, place=1).update(excused=True, points=0)
    Attempt.objects.filter(pk=attempt.pk).update(points=2000)
    (row,) = table(client, quiz, "learners")
    assert (row["points"], row["of"], row["1 who-answers"], row["2 how-many-move"]) == ("2", "2", "", "2")


def test_another_class_is_in_neither(client, quiz):
    elsewhere = made.quiz(people.room("Networks"), kinds=(made.PICK,))
    takes(elsewhere, people.learner(elsewhere.of, "Eve"), True)
    takes(quiz, people.learner(quiz.of, "Ana"), True, True)
    for name in ("learners", "answers"):
        assert {row["name"] for row in table(client, quiz, name)} == {"Ana"}
        assert client.get(f"/teach/quizzes/{elsewhere.pk}/{name}.csv").status_code == 404


def test_rows_are_read_as_they_are_sent(quiz, monkeypatch, django_assert_max_num_queries):
    """Whatever the number of learners, so many are in memory at a time."""
    for number in range(7):
        takes(quiz, people.learner(quiz.of, f"L{number}"), True, False)
    monkeypatch.setattr(learners_csv, "AT_ONCE", 2)
    found = learners_csv.rows(quiz)
    assert isinstance(found, GeneratorType)
    with django_assert_max_num_queries(6):
        assert next(found)[0] == "name"
        assert next(found)[0] == "L0"
    assert [row[0] for row in found] == [f"L{number}" for number in range(1, 7)]
    assert isinstance(answers_csv.rows(quiz), GeneratorType)
    assert len(list(answers_csv.rows(quiz))) == 15
