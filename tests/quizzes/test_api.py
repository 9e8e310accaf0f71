"""Saving, checking and the clock as JSON."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from quizzes.models import Attempt, Extension, Save
from quizzes.starting import start
from quizzes.whose import token
from tests.quizzes import made

pytestmark = pytest.mark.django_db


@pytest.fixture
def attempt() -> Attempt:
    of = made.class_()
    return start(made.quiz(of, limit_s=600), made.member(of), timezone.now())


@pytest.fixture
def client(attempt) -> Client:
    return made.signed_in(attempt.member)


def address(attempt, place=1):
    return f"/quizzes/api/{attempt.quiz_id}/{attempt.number}/{place}/save"


def post(client, attempt, place=1, **more):
    said = {"key": str(uuid4()), "base": 0, "value": made.right(attempt), "check": False} | more
    return client.post(address(attempt, place), json.dumps(said), content_type="application/json")


def test_the_same_key_is_answered_with_the_same_bytes(client, attempt):
    key = str(uuid4())
    first, second = post(client, attempt, key=key), post(client, attempt, key=key)
    assert first.status_code == 200
    assert first.content == second.content
    assert Save.objects.count() == 1


@pytest.mark.parametrize(
    "more",
    [
        {"key": "1"}, {"key": 7}, {"key": None}, {"base": "0"}, {"base": -1}, {"base": True}, {"base": 10**9},
        {"base": 1.0}, {"value": 5}, {"value": ["a"]}, {"value": "a" * 201}, {"check": "yes"}, {"more": 1},
    ],
)  # fmt: skip
def test_another_shape_is_refused_and_saves_nothing(client, attempt, more):
    response = post(client, attempt, **more)
    assert (response.status_code, response.json()["state"]) == (422, "unreadable")
    assert not Save.objects.exists()


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"key": ' + b"[" * 5000])
def test_what_is_no_json_is_refused(client, attempt, body):
    response = client.post(address(attempt), body, content_type="application/json")
    assert response.status_code in (400, 422)


def test_a_value_that_cannot_be_read_gets_its_sentence(client, attempt):
    response = post(client, attempt, 2, value="a dozen")
    assert (response.status_code, response.json()["sentence"]) == (422, "Write a whole number, such as 1,250.")


def test_a_number_is_kept_as_it_is_meant(client, attempt):
    assert post(client, attempt, 2, value=" 1 250 ").json()["value"] == "1250"


def test_without_a_session_it_says_so(attempt):
    response = post(Client(), attempt)
    assert (response.status_code, response.json()) == (401, {"state": "signed-out"})


def test_another_learner_learns_nothing(attempt):
    bea = made.signed_in(made.member(attempt.quiz.of, "Bea"))
    assert post(bea, attempt).status_code == 404
    assert bea.get(f"/quizzes/api/{attempt.quiz_id}/1/clock").status_code == 404
    assert not Save.objects.exists()


def test_a_page_of_somebody_else_saves_nothing_here(client, attempt):
    other = start(attempt.quiz, made.member(attempt.quiz.of, "Bea"), timezone.now())
    response = post(client, attempt, who=token(other))
    assert (response.status_code, response.json()) == (401, {"state": "signed-out"})
    clock = f"/quizzes/api/{attempt.quiz_id}/1/clock"
    assert client.get(clock, {"who": token(other)}).status_code == 401
    assert not Save.objects.exists()
    assert post(client, attempt, who=token(attempt)).status_code == 200


def test_the_clock_says_what_another_device_has_said(client, attempt):
    clock = f"/quizzes/api/{attempt.quiz_id}/1/clock"
    assert client.get(clock, {"place": 1}).json()["answer"] == {"value": None, "revision": 0, "since": ""}
    post(client, attempt)
    told = client.get(clock, {"place": 1}).json()["answer"]
    assert (told["value"], told["revision"]) == (made.right(attempt), 1)
    assert "answer" not in client.get(clock, {"place": 9}).json()


def test_a_forged_request_is_refused(attempt):
    strict = made.signed_in(attempt.member, enforce_csrf_checks=True)
    assert post(strict, attempt).status_code == 403
    assert not Save.objects.exists()


def test_no_such_question(client, attempt):
    for place in (0, 9, 10**30):
        assert post(client, attempt, place).status_code == 404


def test_only_what_it_answers(client, attempt):
    assert client.get(address(attempt)).status_code == 405
    assert client.delete(f"/quizzes/api/{attempt.quiz_id}/1/clock").status_code == 405


def test_it_has_no_public_description(client):
    for path in ("docs", "openapi.json"):
        assert client.get(f"/quizzes/api/{path}").status_code == 404


def test_time_that_is_given_is_on_the_clock(client, attempt):
    clock = f"/quizzes/api/{attempt.quiz_id}/1/clock"
    before = client.get(clock).json()
    Extension.objects.create(quiz=attempt.quiz, member=attempt.member, minutes=5, why="a fire drill")
    after = client.get(clock).json()
    assert not before["over"]
    assert after["end"] > before["end"]


def test_the_clock_says_when_it_is_over_and_hands_in(client, attempt):
    Attempt.objects.filter(pk=attempt.pk).update(started=timezone.now() - timedelta(minutes=11))
    assert client.get(f"/quizzes/api/{attempt.quiz_id}/1/clock").json()["over"] is True
    assert Attempt.objects.get().handed_in is not None


def test_the_clock_notes_that_somebody_is_there(client, attempt):
    client.get(f"/quizzes/api/{attempt.quiz_id}/1/clock")
    first = Attempt.objects.get().seen
    client.get(f"/quizzes/api/{attempt.quiz_id}/1/clock")
    assert Attempt.objects.get().seen == first is not None
