"""A quiz is built on one page: questions, points, rules as a sentence; what is wrong is told beside it."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from quizzes import building, record, starting, stock
from quizzes.askable import askable, search
from quizzes.files.quiz_file import read
from quizzes.models import Class, Entry, Item, Quiz, User, Variant
from quizzes.ready import by_lesson, ready
from quizzes.rules.phases import PRESETS
from quizzes.rules.sentence import faults, filled
from quizzes.stock import Made, keep
from quizzes.zones import wall_time
from tests.quizzes import made, people
from tests.quizzes.test_pages import words

pytestmark = pytest.mark.django_db

NOON = datetime(2099, 12, 4, 12, tzinfo=UTC)
PICK, NUMBER = "hash-ring/who-answers", "hash-ring/how-many-move"
TOTP = [f"totp/{name}" for name in ("how-many-seconds", "who-gets-in", "how-many-compared", "which-bytes")]


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
def draft(of) -> Quiz:
    """A draft with two questions, with few variants."""
    return made.quiz(of, kinds=(made.PICK, made.NUMBER), stock=3, state=Quiz.State.DRAFT, closes=NOON)


@cache
def variants_of(miniature: str, template: str) -> list[Made]:
    """The first variants of a template, made once."""
    return stock.made(miniature, template, building.FIRST)


def at(quiz: Quiz, verb: str = "") -> str:
    return f"/teach/quizzes/{quiz.pk}/{verb}"


def filled_in(client: Client, quiz: Quiz, **more: Any) -> dict[str, Any]:
    """What the form sends as it stands, but for what somebody changes in it."""
    form = client.get(at(quiz)).context["form"]
    told = {name: form[name].value() for name in form.fields}
    return {name: "" if value is None else value for name, value in (told | more).items()}


def send(client: Client, quiz: Quiz, verb: str, **more: Any) -> Any:
    return client.post(at(quiz, verb), filled_in(client, quiz, **more))


def fresh(quiz: Quiz) -> Quiz:
    return Quiz.objects.select_related("of").get(pk=quiz.pk)


def order(quiz: Quiz) -> list[str]:
    return [f"{one.miniature}/{one.template}" for one in Item.objects.filter(quiz=quiz).order_by("place")]


def kinds(quiz: Quiz) -> list[str]:
    return list(Entry.objects.filter(quiz=quiz).order_by("pk").values_list("kind", flat=True))


def test_a_new_quiz_is_a_draft_that_no_learner_sees(client, of):
    page = client.post(f"/teach/classes/{of.pk}/new-quiz", follow=True)
    assert page.redirect_chain[0][1] == 303
    quiz = Quiz.objects.get()
    assert (quiz.of, quiz.state, quiz.attempts) == (of, Quiz.State.DRAFT, 1)
    assert "no question in it yet" in words(page)
    ana = people.browser(member=people.learner(of))
    assert ana.get(f"/quizzes/{quiz.pk}/").status_code == 404


@pytest.mark.parametrize(
    ("told", "found"),
    [
        ({"words": "WHO answers RING"}, [PICK]),
        ({"words": "clockwise"}, [PICK]),
        ({"lesson": "totp"}, [*TOTP, "totp/forgiving-and-safe"]),
        ({"lesson": "totp", "form": "challenge"}, ["totp/forgiving-and-safe"]),
        ({"lesson": "hash-ring", "form": "number"}, [NUMBER]),
        ({"words": "no such thing"}, []),
    ],
)
def test_the_search_looks_at_titles_prompts_lessons_and_forms(told, found):
    assert [one.key for one in search(**told)] == found


def test_without_a_script_the_search_is_a_form_that_leads_to_the_same_page(client, draft):
    page = client.get(at(draft), {"q": "clockwise", "lesson": "no-such", "how": "pick"})
    assert f"1 of {len(askable())} kinds of questions" in words(page)
    assert 'value="clockwise"' in page.content.decode()


def test_what_cannot_be_evened_out_is_not_offered_and_says_why(client, draft, lopsided):
    refused = [one for one in askable().values() if one.why_not]
    assert [one.key for one in refused] == [lopsided]
    page = client.get(at(draft)).content.decode()
    assert not any(f'value="{one.key}"' in page for one in refused)
    answer = send(client, draft, "add", add=lopsided)
    assert answer.status_code == 409
    assert "it cannot be evened out" in words(answer)
    assert len(order(draft)) == 2


def test_an_added_question_has_twenty_variants_and_the_points_of_the_one_before(client, draft):
    answer = send(client, draft, "add", add="totp/who-gets-in", q="copied", lesson="totp")
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"{at(draft)}?done=added&q=copied&lesson=totp"
    item = Item.objects.get(quiz=draft, place=3)
    assert (item.template, item.points, item.variants.count()) == ("who-gets-in", 2000, building.FIRST)


def test_questions_are_moved_and_removed(client, draft):
    first, second = Item.objects.filter(quiz=draft)
    send(client, draft, "move", down=first.pk)
    assert order(draft) == [NUMBER, PICK]
    send(client, draft, "move", up=first.pk)
    send(client, draft, "move", up=first.pk)
    assert order(draft) == [PICK, NUMBER]
    send(client, draft, "remove", remove=first.pk)
    assert list(Item.objects.filter(quiz=draft).values_list("pk", "place")) == [(second.pk, 1)]
    assert not Variant.objects.filter(item_id=first.pk).exists()


@pytest.mark.parametrize("key", ["", "x", "9" * 30, "-1"])
def test_a_question_that_is_not_there_is_not_moved(client, draft, key):
    assert send(client, draft, "move", up=key).status_code == 303
    assert send(client, draft, "remove", remove=key).status_code == 303
    assert order(draft) == [PICK, NUMBER]


def test_a_question_of_another_quiz_is_not_touched(client, draft, of):
    other = made.quiz(of, kinds=(made.PICK, made.NUMBER), state=Quiz.State.DRAFT)
    theirs = Item.objects.filter(quiz=other)[0]
    send(client, draft, "remove", remove=theirs.pk)
    send(client, draft, "move", down=theirs.pk)
    assert (order(draft), order(other)) == ([PICK, NUMBER], [PICK, NUMBER])


def test_every_button_saves_what_was_typed(client, draft):
    first = Item.objects.filter(quiz=draft)[0]
    send(client, draft, "move", down=first.pk, title=" Rings  again ", minutes="25", **{f"points-{first.pk}": "1.5"})
    quiz = fresh(draft)
    assert (quiz.title, quiz.limit_s) == ("Rings again", 1500)
    assert Item.objects.get(pk=first.pk).points == 1500


def test_the_rules_are_saved_as_they_are_said(client, draft):
    told = {
        "opens": "2099-12-01T09:00", "closes": "2099-12-04T18:00", "attempts": "2", "keep": "last",
        "verdict": "handing-in", "answer": "closing", "run": "never", "book": "no",
    }  # fmt: skip
    assert send(client, draft, "save", **told).status_code == 303
    quiz = fresh(draft)
    assert quiz.opens == datetime(2099, 12, 1, 8, tzinfo=UTC)
    assert quiz.closes == datetime(2099, 12, 4, 17, tzinfo=UTC)
    assert (quiz.attempts, quiz.keep, quiz.open_book) == (2, "last", False)
    assert quiz.phases == {"verdict": "handing-in", "answer": "closing", "run": "never"}


def test_another_kind_of_quiz_fills_the_sentence(client, draft):
    send(client, draft, "save", kind="exercise", minutes="10")
    quiz, exercise = fresh(draft), PRESETS["exercise"]
    assert (tuple(quiz.tries), quiz.attempts, quiz.limit_s) == (exercise.tries, None, 600)
    assert quiz.phases == {str(part): str(phase) for part, phase in exercise.phases.items()}
    send(client, draft, "save", kind="test")
    assert (fresh(draft).tries, fresh(draft).attempts) == ([1000], 1)


def test_the_rules_of_a_test_follow_its_date_of_closing(client, of):
    quiz = building.new_quiz(of)
    assert set(quiz.phases.values()) == {"handing-in"}
    send(client, quiz, "save", closes="2099-12-04T18:00")
    assert fresh(quiz).phases == PRESETS["test"].phases
    send(client, quiz, "save", closes="")
    assert set(fresh(quiz).phases.values()) == {"handing-in"}


@pytest.mark.parametrize(
    ("field", "typed", "says"),
    [
        ("title", "", "Give it a title."),
        ("title", "x" * 81, "at most 80 characters"),
        ("title", "a\u202eb", "signs that can be seen"),
        ("opens", "2099-12-04T13:00", "It closes after it opens."),
        ("closes", "Friday", "Type a date and a time"),
        ("closes", "2027-03-28T02:30", "never show this time"),
        ("minutes", "0", "a whole number from 1 to 10,080, or nothing for no limit"),
        ("minutes", "9" * 30, "a whole number from 1 to 10,080"),
        ("attempts", "many", "a whole number from 1 to 100, or nothing for any number"),
        ("tries", "100, 101", "per cents from 0 to 100"),
        ("tries", "1 " * 20, "per cents from 0 to 100"),
        ("tries", "all", "per cents from 0 to 100"),
        ("keep", "worst", "Choose one of the list."),
        ("verdict", "", "Choose one of the list."),
    ],
)
def test_what_cannot_be_is_told_and_nothing_typed_is_lost(client, draft, field, typed, says):
    answer = send(client, draft, "publish", **{field: typed, "book": "no"})
    assert answer.status_code == 422
    assert says in words(answer)
    form = answer.context["form"]
    assert (form[field].value(), form["book"].value()) == (typed, "no")
    assert fresh(draft).state == Quiz.State.DRAFT
    assert fresh(draft).open_book


@pytest.mark.parametrize("typed", ["", "-1", "1001", "0.0001", "two", "NaN", "1e400"])
def test_points_that_cannot_be_are_told_beside_their_question(client, draft, typed):
    item = Item.objects.filter(quiz=draft)[0]
    answer = send(client, draft, "save", **{f"points-{item.pk}": typed})
    assert answer.status_code == 422
    assert "Type points from 0 to 1,000" in words(answer)
    assert Item.objects.get(pk=item.pk).points == 2000


def test_what_is_shown_after_closing_needs_a_closing_in_the_sentence_and_in_the_file_alike(client, draft):
    told = send(client, draft, "save", closes="", run="closing", answer="handing-in")
    assert told.status_code == 422
    sentence = faults(None, None, {"verdict": "never", "answer": "never", "run": "closing"}, (1000,))[0].sentence
    assert sentence in words(told)


def test_publishing_shows_the_code_and_learners_find_it(client, draft, of):
    answer = send(client, draft, "publish")
    page = client.get(answer.headers["Location"])
    assert of.join_code[:4] in words(page)
    assert f'value="http://testserver/join/{of.join_code}/"' in page.content.decode()
    assert kinds(draft) == ["published"]
    assert people.browser(member=people.learner(of)).get(f"/quizzes/{draft.pk}/").status_code == 200


def test_under_htmx_who_publishes_is_sent_on(client, draft):
    told = filled_in(client, draft)
    answer = client.post(at(draft, "publish"), told, headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (200, f"{at(draft)}?done=published")


def test_nothing_and_what_has_no_variants_are_not_published(client, of, draft):
    empty = building.new_quiz(of)
    assert "no question in it yet" in words(send(client, empty, "publish"))
    Variant.objects.filter(item__place=2).delete()
    answer = send(client, draft, "publish")
    assert (answer.status_code, fresh(draft).state) == (409, Quiz.State.DRAFT)
    assert "Question 2 has no variants yet" in words(answer)


def test_a_stock_is_made_in_portions_and_says_how_far_it_is(client, draft):
    send(client, draft, "publish")
    page = client.post(at(draft, "stock"), headers={"HX-Request": "true"})
    assert "23 of 120 variants are made" in words(page)
    assert "hx-trigger" in page.content.decode()
    assert client.post(at(draft, "stock")).status_code == 303
    assert [one.variants.count() for one in Item.objects.filter(quiz=draft)] == [20, 20]
    client.post(at(draft, "stock"))
    assert Item.objects.get(quiz=draft, place=1).variants.count() == 30


def test_what_is_published_keeps_its_questions(client, draft):
    send(client, draft, "publish")
    first = Item.objects.filter(quiz=draft)[0]
    for verb, told in (("add", {"add": PICK}), ("move", {"down": first.pk}), ("remove", {"remove": first.pk})):
        answer = send(client, draft, verb, **told)
        assert answer.status_code == 409
        assert "The quiz is published: its questions stay." in words(answer)
    assert client.post(at(draft, "delete")).status_code == 409
    send(client, draft, "save", **{f"points-{first.pk}": "7"})
    assert (order(draft), Item.objects.get(pk=first.pk).points) == ([PICK, NUMBER], 2000)


def test_it_becomes_a_draft_again_only_while_nobody_has_begun(client, draft, of):
    send(client, draft, "publish")
    assert send(client, draft, "unpublish").status_code == 303
    send(client, draft, "publish")
    starting.start(fresh(draft), people.learner(of), timezone.now())
    answer = send(client, draft, "unpublish")
    assert (answer.status_code, fresh(draft).state) == (409, Quiz.State.PUBLISHED)
    assert "Somebody has begun." in words(answer)
    assert "Make it a draft again" not in words(client.get(at(draft)))
    assert kinds(draft)[:3] == ["published", "unpublished", "published"]


def test_what_changes_after_publishing_is_in_the_record(client, draft, of):
    send(client, draft, "save", title="Before")
    assert kinds(draft) == []
    send(client, draft, "publish")
    send(client, draft, "save", title="Rings and more", minutes="30", attempts="2", closes="2099-12-05T13:00")
    assert kinds(draft) == ["published", "dates", "retitled", "rules"]
    told = " ".join(line.sentence for line in record.lines(of, record.entries_of(of)))
    assert "the time limit is 30 minutes, before none" in told
    assert "the number of attempts is 2, before 1" in told


def test_a_longer_limit_opens_nothing_again_that_was_over(client, draft, of):
    send(client, draft, "publish", minutes="5")
    begun = starting.start(fresh(draft), people.learner(of), timezone.now() - timedelta(minutes=10))
    send(client, draft, "save", minutes="60")
    begun.refresh_from_db()
    assert begun.handed_in == begun.started + timedelta(minutes=5)


def test_a_draft_is_deleted(client, draft):
    assert client.post(at(draft, "delete")).status_code == 303
    assert not Quiz.objects.exists()


def test_a_file_goes_out_and_comes_in_as_the_same_quiz(client, draft, of):
    send(client, draft, "save", kind="exercise", opens="2099-12-01T09:00", attempts="3")
    send(client, draft, "save", tries="100, 50", minutes="45", attempts="3", book="no")
    text = client.get(at(draft, "quiz.json")).content.decode()
    page = client.post(f"/teach/classes/{of.pk}/quizzes/", {"quiz": text}, follow=True)
    other = Quiz.objects.exclude(pk=draft.pk).get()
    assert page.redirect_chain[0][0] == f"{at(other)}?done=taken"
    assert building.rules_of(other) == building.rules_of(fresh(draft))
    assert (other.title, order(other), other.state) == (draft.title, order(draft), Quiz.State.DRAFT)
    assert [one.points for one in other.items.all()] == [one.points for one in draft.items.all()]
    assert client.get(at(other, "quiz.json")).content.decode() == text


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "Line 1: this is not JSON"),
        ("x" * 140_001, "longer than 140,000 characters"),
        ('{"format": 1, "title": "x", "items": [{"miniature": "ring", "question": "x"}]}', "items[0]: there is no"),
        (
            '{"format": 1, "title": "x", "items": [{"miniature": "cap-theorem", "question": "cut-off"}]}',
            "items[0]: it is not offered.",
        ),
    ],
)
def test_a_file_that_is_none_stays_in_its_field_beside_what_is_wrong(client, of, lopsided, text, says):
    page = client.post(f"/teach/classes/{of.pk}/quizzes/", {"quiz": text})
    assert page.status_code == 422
    assert says in words(page)
    assert page.context["form"]["quiz"].value() == text
    assert not Quiz.objects.exists()


def test_a_copy_has_later_dates_at_the_same_hour_and_variants_of_its_own(client, draft):
    """In March the clocks are put forward between the two."""
    Quiz.objects.filter(pk=draft.pk).update(closes=datetime(2027, 3, 26, 17, tzinfo=UTC))
    client.post(at(draft, "duplicate"), {"days": "7"})
    copy = Quiz.objects.select_related("of").exclude(pk=draft.pk).get()
    assert wall_time(copy.closes, "Europe/Vienna") == "2027-04-02T18:00"
    assert (copy.title, order(copy), copy.state) == (draft.title, order(draft), Quiz.State.DRAFT)
    assert not Variant.objects.filter(item__quiz=copy).exists()


@pytest.mark.parametrize(("days", "says"), [("", "whole number"), ("9999", "whole number"), ("3660", "2000 to 2199")])
def test_days_that_cannot_be_are_told_beside_their_field(client, draft, days, says):
    Quiz.objects.filter(pk=draft.pk).update(closes=datetime(2195, 1, 1, tzinfo=UTC))
    answer = client.post(at(draft, "duplicate"), {"days": days})
    assert answer.status_code == 422
    assert says in words(answer)
    assert Quiz.objects.count() == 1


def test_three_quizzes_are_ready_for_each_of_five_lessons():
    assert [len(quizzes) for _, quizzes in by_lesson()] == [3] * 5


@pytest.mark.parametrize("key", sorted(ready()))
def test_a_ready_quiz_is_taken_over_stocked_and_published(client, of, key):
    client.post(f"/teach/classes/{of.pk}/ready", {"ready": key})
    quiz = Quiz.objects.get()
    for item in Item.objects.filter(quiz=quiz):
        keep(item, variants_of(item.miniature, item.template))
    assert send(client, quiz, "publish").status_code == 303
    assert fresh(quiz).state == Quiz.State.PUBLISHED
    assert read(json.dumps(json.loads(client.get(at(quiz, "quiz.json")).content)), "UTC").title == quiz.title


def test_ready_quizzes_are_offered_where_there_is_none(client, of, draft):
    assert "Ready quizzes by lesson" not in words(client.get(f"/teach/classes/{of.pk}/"))
    draft.delete()
    assert "Ready quizzes by lesson" in words(client.get(f"/teach/classes/{of.pk}/"))


def test_a_preset_without_a_closing_shows_on_handing_in_what_it_would_show_after():
    assert set(filled("test", None).phases.values()) == {"handing-in"}
    assert filled("exercise", None).phases == PRESETS["exercise"].phases
