"""The results of a quiz: who is where, what each question tells, and what is asked again while it runs."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from quizzes.handing_in import hand_in
from quizzes.models import Answer, Attempt, Class, Item, Member, Quiz, User, Variant
from quizzes.results_page import HEIGHT, Results, hatch
from quizzes.saving import save
from quizzes.starting import start
from quizzes.tally import BLANK, OTHER, RIGHT, tally
from tests.quizzes import made, people
from tests.quizzes.made import change
from tests.quizzes.test_pages import words

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)


@pytest.fixture
def ruth() -> User:
    return people.user("Ruth")


@pytest.fixture
def of(ruth) -> Class:
    return people.room(owner=ruth)


@pytest.fixture
def quiz(of) -> Quiz:
    return made.quiz(of, kinds=(made.PICK, made.NUMBER), limit_s=1800)


@pytest.fixture
def client(ruth) -> Client:
    return people.browser(ruth)


def at(quiz: Quiz, more: str = "results/") -> str:
    return f"/teach/quizzes/{quiz.pk}/{more}"


def takes(quiz: Quiz, name: str, *says: str, ago: int = 20, done: bool = True) -> Attempt:
    """Somebody answers each question a minute after the one before: right, wrong, other or nothing."""
    member = Member.objects.filter(of=quiz.of, name=name).first() or people.learner(quiz.of, name)
    began = timezone.now() - ago * MINUTE
    attempt = start(quiz, member, began)
    for place, what in enumerate(says, 1):
        value = {"right": made.right, "wrong": made.wrong, "other": other}.get(what, lambda *_: None)(attempt, place)
        if value:
            save(attempt, place, change(value), began + place * MINUTE)
    return hand_in(attempt, began + (len(says) + 1) * MINUTE) if done else attempt


def other(attempt: Attempt, place: int) -> str:
    """What no belief explains."""
    content = made.answer_of(attempt, place).variant.content
    known = {one["value"] for one in content["options"]}
    return next((one for one in content["picks"] if one not in known), "98765")


def states(quiz: Quiz) -> list[tuple[int, str]]:
    return Results(quiz, timezone.now()).counts


# ------------------------------------------------------------------- people


def test_who_is_where_is_counted(quiz):
    takes(quiz, "Ana", "right", "right")
    takes(quiz, "Ben", "right", done=False, ago=1)
    takes(quiz, "Chidi", "right", done=False, ago=10)
    people.learner(quiz.of, "Dora")
    assert states(quiz) == [
        (4, "in the class"), (1, "finished"), (1, "working"), (1, "no sign"), (1, "not started"),
    ]  # fmt: skip


@pytest.mark.parametrize(("seconds", "state"), [(44, "working"), (46, "silent")])
def test_a_clock_is_a_sign_for_45_seconds(quiz, seconds, state):
    attempt = takes(quiz, "Ana", done=False)
    now = timezone.now()
    Attempt.objects.filter(pk=attempt.pk).update(seen=now - timedelta(seconds=seconds))
    assert [row.state for row in Results(quiz, now).learners] == [state]


def test_whose_time_is_over_has_finished_though_nobody_has_looked(client, quiz):
    takes(quiz, "Ana", "right", ago=31, done=False)
    page = client.get(at(quiz))
    assert "1 finished" in " ".join(f"{count} {name}" for count, name in page.context["results"].counts)
    assert Attempt.objects.get().handed_in is not None


def test_points_are_those_of_the_attempt_that_counts(quiz):
    Quiz.objects.filter(pk=quiz.pk).update(attempts=2, keep="last")
    quiz.refresh_from_db()
    takes(quiz, "Ana", "right", "right")
    takes(quiz, "Ana", "right", "wrong", ago=5)
    row = Results(quiz, timezone.now()).learners[0]
    assert (row.points, row.words) == ("2", "finished, 2 attempts")


def test_mean_and_middle_half_come_with_ten(quiz):
    for number in range(9):
        takes(quiz, f"L{number}", "right", "right" if number % 2 else "wrong")
    assert (Results(quiz, timezone.now()).mean, Results(quiz, timezone.now()).middle) == ("", "")
    takes(quiz, "L9", "right", "right")
    found = Results(quiz, timezone.now())
    assert (found.mean, found.middle, found.of) == ("3", "2 to 4", "4")


def test_who_has_left_is_in_the_figures_and_not_in_the_class(quiz):
    attempt = takes(quiz, "Ana", "right", "right")
    people.learner(quiz.of, "Ben")
    Member.objects.filter(pk=attempt.member_id).update(removed=timezone.now())
    found = Results(quiz, timezone.now())
    assert found.counts[:2] == [(1, "in the class"), (1, "finished")]
    assert found.asked[0].count == 1
    assert "has left" in found.learners[-1].words


# ----------------------------------------------------------------- questions


def test_answers_are_grouped_by_belief_whatever_the_variant(quiz):
    for number, what in enumerate(("right", "wrong", "wrong", "wrong", "other", "blank")):
        takes(quiz, f"L{number}", what, "right")
    asked = tally(quiz)[0]
    assert len({one.variant for one in asked.told}) == 2
    beliefs = {one["belief"] for variant in Variant.objects.all() for one in variant.content["options"]}
    assert {one.sentence for one in asked.beliefs} <= beliefs
    assert [len(asked.of(group)) for group in (RIGHT, OTHER, BLANK)] == [1, 1, 1]
    assert sum(one.count for one in asked.beliefs) == asked.wrong - 1 == 3
    counts = [one.count for one in asked.beliefs]
    assert counts == sorted(counts, reverse=True)


def test_only_first_attempts_are_asked(quiz):
    Quiz.objects.filter(pk=quiz.pk).update(attempts=None)
    quiz.refresh_from_db()
    takes(quiz, "Ana", "wrong", "right")
    takes(quiz, "Ana", "right", "right", ago=5)
    takes(quiz, "Ben", "right", ago=1, done=False)
    assert [len(one.told) for one in tally(quiz)] == [1, 1]
    assert tally(quiz)[0].facility == 0


def test_an_excused_answer_is_in_no_figure(quiz):
    attempt = takes(quiz, "Ana", "wrong", "right")
    Answer.objects.filter(attempt=attempt, place=1).update(excused=True)
    assert [one.count for one in tally(quiz)] == [0, 1]


def test_discrimination_is_against_the_rest(quiz):
    """Who is right at the first is right at the second, and the other way round."""
    for number in range(10):
        takes(quiz, f"L{number}", *(["right", "right"] if number < 5 else ["wrong", "wrong"]))
    assert [one.discrimination for one in tally(quiz)] == [pytest.approx(1), pytest.approx(1)]


def test_the_time_is_that_before_the_save(quiz):
    takes(quiz, "Ana", "right", "right")
    assert [one.time for one in tally(quiz)] == [MINUTE, MINUTE]


def test_with_fewer_than_ten_there_are_counts_and_no_figures(client, quiz):
    for number in range(9):
        takes(quiz, f"L{number}", "wrong" if number else "right", "right")
    row = Results(quiz, timezone.now()).questions[0]
    assert (row.right, row.discrimination, row.time) == ("", "", "")
    assert "1 right" in words(client.get(at(quiz)))
    takes(quiz, "L9", "right", "right")
    row = Results(quiz, timezone.now()).questions[0]
    assert (row.right, row.time) == ("20 %", "1:00")


def test_the_bar_has_a_stretch_for_each_group_and_its_words(quiz):
    for number, what in enumerate(("right", "wrong", "other", "blank")):
        takes(quiz, f"L{number}", what, "right")
    row = Results(quiz, timezone.now()).questions[0]
    assert [piece.kind for piece in row.bar] == ["right", "first", "other", "blank"]
    assert row.bar[-1].x + row.bar[-1].width == pytest.approx(240, abs=0.5)
    assert re.fullmatch(r"1 right; 1 “.+”; 1 something else; 1 blank", row.words)


@pytest.mark.parametrize("width", [0.5, 7, 40, 240])
def test_the_hatch_stays_within_its_stretch(width):
    found = [float(one) for one in re.findall(r"-?[\d.]+", hatch(10, width))]
    assert all(10 <= x <= 10 + width + 0.05 for x in found[::2])
    assert all(0 <= y <= HEIGHT for y in found[1::2])


def test_the_worst_question_is_open_and_its_commonest_belief_leads_to_the_run(client, quiz):
    takes(quiz, "Ana", "right", "wrong")
    takes(quiz, "Ben", "wrong", "wrong")
    page = client.get(at(quiz))
    results = page.context["results"]
    assert results.opened.item.place == 2
    first = results.beliefs[0]
    assert (first.is_run, first.run.split("?")[0]) == (True, "/playground/hash-ring/")
    run = Client().get(first.run)
    assert run.status_code == 200
    told = first.belief.told[0]
    options = Variant.objects.get(pk=told.variant).content["options"]
    partings = [one["parting"]["step"] for one in options if one["model"] == first.belief.model]
    assert f"step={partings[0]}" in first.run or len({one.variant for one in first.belief.told}) > 1
    assert page.content.decode().count('class="main"') == 1
    assert "See the run that refutes it" in words(page)


def test_of_a_model_that_has_changed_the_answer_is_shown_instead_of_a_run(client, quiz):
    takes(quiz, "Ana", "wrong", "right")
    for variant in Variant.objects.all():
        variant.content["miniature_version"] = 901
        variant.save()
    belief = client.get(at(quiz)).context["results"].beliefs[0]
    assert not belief.is_run
    assert client.get(belief.run).status_code == 200


def test_who_thought_so_is_named_when_that_is_asked(client, quiz):
    takes(quiz, "Ana", "wrong", "right")
    page = client.get(at(quiz))
    address = page.context["results"].beliefs[0].who_address
    assert 'class="who"' not in page.content.decode()
    named = client.get(address)
    assert [name for name, _ in named.context["results"].beliefs[0].who] == ["Ana"]
    assert 'class="who"' in named.content.decode()


@pytest.mark.parametrize(
    "query", ["question=99", "question=x", "question=٣", "question=-1", "who=<b>", "question=" + "9" * 99]
)
def test_an_address_that_means_nothing_shows_the_worst(client, quiz, query):
    takes(quiz, "Ana", "wrong", "right")
    page = client.get(f"{at(quiz)}?{query}")
    assert (page.status_code, page.context["results"].opened.item.place) == (200, 1)
    assert b"<b>" not in page.content.split(b"hx-get")[1].split(b"hx-trigger")[0]


def test_a_quiz_that_nobody_has_taken_says_so(client, quiz):
    page = words(client.get(at(quiz)))
    assert "no answer yet" in page
    assert "Nobody is in the class yet" in page


# ----------------------------------------------------------- while it runs


def test_nothing_is_sent_until_something_has_changed(client, quiz):
    ana = takes(quiz, "Ana", "right", done=False, ago=0)
    address = client.get(at(quiz)).context["results"].now_address
    assert client.get(address).status_code == 204
    save(ana, 2, change(made.right(ana, 2)), timezone.now())
    again = client.get(address)
    assert again.status_code == 200
    assert b"<html" not in again.content
    newer = again.context["results"].now_address
    assert newer != address
    assert client.get(newer).status_code == 204


@pytest.mark.parametrize(
    "happens",
    [
        lambda quiz: people.learner(quiz.of, "Ben"),
        lambda quiz: hand_in(Attempt.objects.get(), timezone.now()),
        lambda quiz: Quiz.objects.filter(pk=quiz.pk).update(revision=7),
        lambda quiz: takes(quiz, "Zoe", done=False),
    ],
)
def test_whatever_changes_the_page_is_noticed(client, quiz, happens):
    takes(quiz, "Ana", "right", done=False, ago=0)
    address = client.get(at(quiz)).context["results"].now_address
    happens(quiz)
    assert client.get(address).status_code == 200


def test_who_grows_silent_is_noticed(quiz):
    takes(quiz, "Ana", "right", done=False, ago=1)
    now = timezone.now()
    assert Results(quiz, now).revision != Results(quiz, now + MINUTE).revision


def test_a_quiz_that_is_over_for_all_is_not_asked_for_again(client, quiz):
    takes(quiz, "Ana", "right", "right")
    assert b"hx-trigger" in client.get(at(quiz)).content
    Quiz.objects.filter(pk=quiz.pk).update(closes=timezone.now() - MINUTE)
    assert b"hx-trigger" not in client.get(at(quiz)).content


def test_its_answers_are_kept_by_nobody(client, quiz):
    for address in (at(quiz), at(quiz, "results/now")):
        page = client.get(address)
        assert page.headers["Cache-Control"] == "no-store, private"
        assert "ETag" not in page.headers


def test_another_class_s_quiz_is_not_there_and_none_of_its_answers_is_counted(client, quiz):
    takes(quiz, "Ana", "wrong", "right")
    elsewhere = made.quiz(people.room("Networks", people.user("Stranger")), kinds=(made.PICK,))
    takes(elsewhere, "Eve", "wrong")
    assert client.get(at(elsewhere)).status_code == 404
    page = client.get(at(quiz))
    assert "Eve" not in page.content.decode()
    assert page.context["results"].asked[0].count == 1


def test_the_number_of_queries_does_not_grow_with_the_class(client, quiz, django_assert_max_num_queries):
    for number in range(12):
        takes(quiz, f"L{number}", "wrong" if number % 3 else "right", "right", done=number < 4, ago=4)
    with django_assert_max_num_queries(30):
        client.get(at(quiz))
    assert Item.objects.filter(quiz=quiz).count() == 2
