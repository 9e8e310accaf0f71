"""The variants of a question are looked at before learners get them, pinned and excluded."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from quizzes import building, record, starting
from quizzes.frozen import thaw_run
from quizzes.models import Answer, Class, Entry, Item, Quiz, User, Variant
from quizzes.variants_page import PAGE, VariantsPage, Varying
from tests.quizzes import made, people
from tests.quizzes.test_pages import words

pytestmark = pytest.mark.django_db


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
    return made.quiz(of, kinds=(made.PICK,), stock=4)


def at(quiz: Quiz, verb: str = "") -> str:
    return f"/teach/quizzes/{quiz.pk}/variants/1/{verb}"


def states(quiz: Quiz) -> list[str]:
    return list(Variant.objects.filter(item__quiz=quiz).order_by("number").values_list("state", flat=True))


def given_to(of: Class, quiz: Quiz, name: str) -> int:
    attempt = starting.start(quiz, people.learner(of, name), timezone.now())
    return Answer.objects.get(attempt=attempt).variant.number


def test_every_variant_is_shown_with_its_prompt_its_answer_and_its_run(client, quiz):
    page = client.get(at(quiz))
    text, told = page.content.decode(), words(page)
    for variant in Variant.objects.filter(item__quiz=quiz):
        content = thaw_run(variant)
        assert content.prompt in told
        assert f"It is {content.right} ." in told
        assert f'href="/playground/hash-ring/?{content.query}"'.replace("&", "&amp;") in text
    assert text.count('class="picture"') == 4
    assert "private" in page.headers["Cache-Control"]


def test_only_pinned_ones_are_given(client, quiz, of):
    client.post(at(quiz, "pin"), {"variant": "3"})
    assert states(quiz) == ["ready", "ready", "pinned", "ready"]
    assert {given_to(of, quiz, name) for name in ("Ana", "Ben", "Eva")} == {3}


def test_what_is_excluded_is_given_no_more_and_who_has_it_keeps_it(client, quiz, of):
    mine = given_to(of, quiz, "Ana")
    client.post(at(quiz, "exclude"), {"variant": str(mine)})
    assert mine not in {given_to(of, quiz, name) for name in ("Ben", "Eva", "Leo", "Mia")}
    assert Answer.objects.filter(variant__number=mine).count() == 1


def test_both_are_taken_back(client, quiz):
    for verb in ("pin", "exclude"):
        client.post(at(quiz, verb), {"variant": "2"})
        client.post(at(quiz, "take-back"), {"variant": "2"})
    assert states(quiz) == ["ready"] * 4


def test_the_last_one_stays(client, quiz):
    for number in (1, 2, 3):
        client.post(at(quiz, "exclude"), {"variant": str(number)})
    answer = client.post(at(quiz, "exclude"), {"variant": "4"})
    assert answer.status_code == 409
    assert "One variant has to stay" in words(answer)
    assert states(quiz) == ["excluded"] * 3 + ["ready"]


@pytest.mark.parametrize("number", ["", "x", "99", "9" * 40])
def test_a_variant_that_is_not_there_is_not_pinned(client, quiz, number):
    assert client.post(at(quiz, "pin"), {"variant": number}).status_code == 303
    assert states(quiz) == ["ready"] * 4


def test_a_broken_one_is_neither_shown_nor_taken_back(client, quiz):
    Variant.objects.filter(item__quiz=quiz, number=1).update(state=Variant.State.BROKEN)
    client.post(at(quiz, "take-back"), {"variant": "1"})
    assert states(quiz)[0] == "broken"
    assert client.get(at(quiz)).content.decode().count('class="picture"') == 3


def test_of_a_published_quiz_it_is_in_the_record(client, quiz, of):
    client.post(at(quiz, "pin"), {"variant": "3"})
    assert Entry.objects.get(kind="variant").new == {"place": 1, "variant": 3, "state": "pinned"}
    assert "question 1: variant 3 is pinned." in record.lines(of, record.entries_of(of))[0].sentence


def test_a_question_that_is_not_there_is_no_page(client, quiz):
    for place in (0, 2, 10**30):
        assert client.get(f"/teach/quizzes/{quiz.pk}/variants/{place}/").status_code == 404


def test_twenty_more_are_made_and_shown_on_pages(client, quiz):
    answer = client.post(at(quiz, "more"))
    assert answer.status_code == 303
    assert len(states(quiz)) == 4 + building.FIRST
    page = client.get(at(quiz), {"page": "2"})
    assert page.content.decode().count('class="picture"') == 4
    for odd in ("0", "x", "99", "-1"):
        assert client.get(at(quiz), {"page": odd}).status_code == 200


def test_there_is_an_end_to_more(client, quiz, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(building, "MOST_VARIANTS", 4)
    answer = client.post(at(quiz, "more"))
    assert answer.status_code == 409
    assert "at most 4 variants" in words(answer)


def test_which_answer_is_right_is_counted_over_those_that_are_given(quiz):
    item = Item.objects.get(quiz=quiz)
    page = VariantsPage(item, 1)
    rights = [thaw_run(one).right for one in page.rows]
    assert sum(bar.times for bar in page.right) == 4
    assert page.best[1] == 100 * max(rights.count(one) for one in rights) // 4
    Variant.objects.filter(item=item, number=2).update(state="pinned")
    assert VariantsPage(item, 1).best == (rights[1], 100)


@pytest.mark.parametrize(
    ("values", "bars", "told"),
    [
        (["7", "5", "5"], [("5", 2), ("7", 1)], ""),
        (["a b c", "a b c d", "x y z"], [("3", 2), ("4", 1)], ""),
        ([str(one) for one in range(1000, 1020)], [], "20 different, from 1,000 to 1,019"),
        ([f"word{one}" for one in range(20)], [], "20 different"),
    ],
)
def test_what_varies_is_counted_by_value_or_told_as_a_range(values, bars, told):
    found = Varying.of("Keys", values)
    assert ([(bar.name, bar.times) for bar in found.bars], found.words) == (bars, told)


def test_one_page_holds_as_many_as_are_made_at_first():
    assert PAGE == building.FIRST
