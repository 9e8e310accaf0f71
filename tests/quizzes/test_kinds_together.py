"""A quiz that holds every kind: a pool, a challenge, and questions written by hand. Where they meet, they agree."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from datetime import timedelta
from io import StringIO

import pytest
from django.test import Client
from django.utils import timezone

from quizzes import building, challenged, regrading, starting
from quizzes.files import answers_csv, quiz_file
from quizzes.handing_in import hand_in
from quizzes.learner_page import LearnerPage
from quizzes.models import Answer, Attempt, Class, Item, Member, Quiz, TemplateRef, User, Variant
from quizzes.recount import differences
from quizzes.saving import save
from quizzes.sitting import Sitting
from quizzes.tally import BLANK, RIGHT, tally
from tests.quizzes import made, people
from tests.quizzes.test_building import NOON, send
from tests.quizzes.test_pages import words

pytestmark = pytest.mark.django_db

POOL, CHALLENGE, SEVERAL, ONE = 1, 2, 3, 4
"""Places in the quiz."""
START = made.content(made.EVEN, 1).query
SOLUTION = made.content(made.EVEN, 1).right
HALF = f"{START}&do=fail:bob"
SAID = {
    CHALLENGE: {"right": SOLUTION, "partly": HALF, "wrong": START, "blank": None},
    SEVERAL: {"right": "A,C", "partly": "A", "wrong": "B", "blank": None},
    ONE: {"right": "B", "partly": None, "wrong": "A", "blank": None},
}
"""Place → what is said → an answer of that worth."""


@pytest.fixture
def ruth() -> User:
    return people.user("Ruth")


@pytest.fixture
def of(ruth) -> Class:
    return people.room(owner=ruth)


@pytest.fixture
def client(ruth) -> Client:
    return people.browser(ruth)


@pytest.fixture
def quiz(of) -> Quiz:
    found = made.quiz(of, kinds=(made.PICK, made.EVEN), closes=NOON)
    pool = found.items.get(place=POOL)
    pool.also = [TemplateRef(*made.NUMBER)._asdict()]
    pool.save()
    made.by_hand(found, SEVERAL, made.SEVERAL)
    made.by_hand(found, ONE, made.ONE)
    return found


def taken(quiz: Quiz, what: str, name: str = "Ana") -> Attempt:
    """Handed in with answers that are all right, partly so, wrong or blank."""
    now = timezone.now()
    attempt = starting.start(quiz, people.learner(quiz.of, name), now - timedelta(minutes=5))
    for place in (POOL, *SAID):
        pool = {"right": made.right, "wrong": made.wrong}.get(what)
        value = SAID[place][what] if place != POOL else pool(attempt, POOL) if pool else None
        if value is None:
            continue
        held = challenged.replayed(made.content(made.EVEN, 1), value).held if place == CHALLENGE else None
        save(attempt, place, replace(made.change(value), held=held), now - timedelta(minutes=4))
    return hand_in(attempt, now)


def results_of(quiz: Quiz) -> list[str]:
    file = StringIO()
    answers_csv.write(quiz, file)
    return [row["result"] for row in csv.DictReader(StringIO(file.getvalue()))]


def states_of(quiz: Quiz) -> list[str]:
    """On the page of whoever has handed it in."""
    return [row.state for row in LearnerPage(quiz, Member.objects.get(name="Ana"), timezone.now()).rows]


# How much of an answer is right.


@pytest.mark.parametrize("what", ["right", "partly", "wrong", "blank"])
def test_the_learner_s_scale_the_teacher_s_page_the_table_and_the_file_say_the_same(quiz, what):
    attempt = taken(quiz, what)
    Quiz.objects.filter(pk=quiz.pk).update(phases=dict.fromkeys(("verdict", "answer", "run"), "handing-in"))
    attempt = Attempt.objects.select_related("quiz__of", "member").get(pk=attempt.pk)
    states = states_of(quiz)
    meant = ["blank" if what == "partly" and place in (POOL, ONE) else what for place in (POOL, *SAID)]
    assert states == meant == results_of(quiz)
    assert [place.state for place in Sitting(attempt, timezone.now()).places] == meant
    groups = [one.told[0].group for one in tally(quiz) if one.told]
    assert [group == RIGHT for group in groups] == [state == "right" for state in meant]
    assert [group == BLANK for group in groups] == [state == "blank" for state in meant]
    part = {"right": 2000, "partly": 1000, "wrong": 0, "blank": 0}
    assert list(Answer.objects.order_by("place").values_list("points", flat=True)) == [part[one] for one in meant]


@pytest.mark.parametrize(("place", "variant"), [(CHALLENGE, 1), (SEVERAL, 1)])
def test_what_is_accepted_later_is_right_everywhere(quiz, ruth, place, variant):
    taken(quiz, "partly")
    value = SAID[place]["partly"]
    proposal = regrading.by_accepting(quiz.items.get(place=place), variant=variant, value=str(value))
    seal = regrading.seal(proposal, regrading.preview(proposal))
    regrading.apply(proposal, seal, "accept", "It is one, too", ruth, timezone.now(), lower=False)
    assert states_of(quiz)[place - 1] == results_of(quiz)[place - 1] == "right"
    assert [one.told[0].group for one in tally(quiz) if one.item.place == place] == [RIGHT]
    assert Answer.objects.get(place=place).points == 2000
    assert differences()[1] == []


# Building.


def test_the_file_of_it_comes_back_the_same_and_so_does_a_copy(quiz):
    items = list(Item.objects.filter(quiz=quiz))
    text = quiz_file.write(quiz.title, building.rules_of(quiz), items)
    read = quiz_file.read(text, quiz.of.zone)
    again = building.new_quiz(quiz.of, read.title, read.columns, building.wanted(read.items))
    for one in (again, building.duplicate(quiz, 7)):
        told = [building.Wanted.of(item).columns for item in Item.objects.filter(quiz=one)]
        assert told == [building.Wanted.of(item).columns for item in items]
    assert quiz_file.write(read.title, building.rules_of(again), Item.objects.filter(quiz=again)) == text


def test_a_copy_is_made_in_portions_until_each_has_what_it_is_to_have(client, quiz):
    copy = building.duplicate(quiz, 7)
    for _ in range(3):
        building.portion(copy)
    made_ = [Variant.objects.filter(item__quiz=copy, item__place=place).count() for place in (POOL, *SAID)]
    assert made_ == [40, 1, 1, 1]
    page = words(client.get(f"/teach/quizzes/{copy.pk}/"))
    assert "20 variants of each are made" in page
    assert "The challenge and what is written by hand are the same for all learners." in page
    assert "each learner gets variants of their own, but for the challenge and what is written by hand" in page


def test_a_challenge_is_one_of_no_pool(client, of):
    quiz = building.new_quiz(of)
    item, alone = building.add(quiz, *made.PICK), building.add(quiz, *made.EVEN, Item.Kind.CHALLENGE)
    hand = building.write(quiz, made.ONE)
    answer = send(client, quiz, "join", **{"join": item.pk, f"also-{item.pk}": "/".join(made.EVEN)})
    assert answer.status_code == 409
    assert "A challenge stands alone at its place" in words(answer)
    for one in (alone, hand):
        answer = send(client, quiz, "join", **{"join": one.pk, f"also-{one.pk}": "/".join(made.NUMBER)})
        assert answer.status_code == 409
        assert "this one stands alone" in words(answer)
    assert not any(Item.objects.filter(quiz=quiz).values_list("also", flat=True))
    page = client.get(f"/teach/quizzes/{quiz.pk}/")
    assert page.text.count("or one of these") == 1
    assert f'<option value="{"/".join(made.EVEN)}"' not in page.text


@pytest.mark.parametrize(
    ("also", "told"),
    [
        ({"question": "who-answers", "also": [{"miniature": "hash-ring", "challenge": made.EVEN[1]}]}, "also[0]"),
        ({"challenge": made.EVEN[1], "also": []}, "items[0].also"),
    ],
)
def test_nor_by_a_file(also, told):
    item = {"miniature": "hash-ring", **also}
    with pytest.raises(quiz_file.Unreadable) as refused:
        quiz_file.read(json.dumps({"format": 1, "title": "Rings", "items": [item]}), "UTC")
    assert told in str(refused.value)


# Elsewhere.


def test_a_room_takes_neither_challenge_nor_what_is_written_and_says_why(client, quiz):
    for place, why in ((CHALLENGE, "operated by each alone"), (SEVERAL, "this question has none")):
        answer = client.get("/teach/live/", {"item": quiz.items.get(place=place).pk})
        assert answer.status_code == 404
        assert why in words(answer)


def test_what_is_written_has_no_steps_for_those_who_teach_either(client, quiz):
    taken(quiz, "right")
    ana = Member.objects.get(name="Ana")
    address = f"/teach/quizzes/{quiz.pk}/learners/{ana.pk}/1/{{}}/trace"
    assert client.get(address.format(CHALLENGE)).status_code == 200
    assert client.get(address.format(SEVERAL)).status_code == 404
