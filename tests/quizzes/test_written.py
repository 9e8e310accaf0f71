"""Questions written by hand: what can be asked, what an answer is worth, how they are built, taken and put right."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from playground.engine.verdict import Unreadable
from quizzes import building, handing_in, starting
from quizzes.files import quiz_file
from quizzes.files.quiz_file import MOST_WRITTEN, read, size_of
from quizzes.frozen import freeze, thaw
from quizzes.models import Attempt, Class, Item, Quiz, User, Variant
from quizzes.recount import differences
from quizzes.rules import several
from quizzes.rules.points import Said, standing
from quizzes.rules.sentence import MOST_ITEMS
from quizzes.saving import save
from quizzes.written import Choice, Written, faults, of_content, of_source, tidied
from quizzes.written_form import WrittenForm
from tests.quizzes import made, people
from tests.quizzes.made import ONE, SEVERAL
from tests.quizzes.test_pages import words

database = pytest.mark.django_db

LATER = datetime(2099, 12, 4, 12, tzinfo=UTC)
LETTERS = st.sets(st.sampled_from("ABCD")).map(several.spelled)
HOLDS = st.sets(st.sampled_from("ABCD"), min_size=1).map(several.spelled)


# What an answer is worth.


@pytest.mark.parametrize(
    ("value", "share"),
    [("A,C", 1), ("A", Fraction(1, 2)), ("A,B,C", Fraction(1, 2)), ("A,B", 0), ("B", 0), ("B,D", 0), ("", 0)],
)
def test_right_ones_less_wrong_ones_of_all_right_ones_and_never_less_than_nothing(value, share):
    assert SEVERAL.share(value) == share


@given(LETTERS, HOLDS)
def test_it_is_all_right_for_exactly_the_right_set(value, right):
    assert 0 <= several.share(value, right) <= 1
    assert (several.share(value, right) == 1) == (value == right)


@given(LETTERS, HOLDS, st.sampled_from("ABCD"))
def test_one_more_right_one_never_costs_and_one_more_wrong_one_never_gains(value, right, letter):
    more = several.spelled({*several.chosen(value), letter})
    before, after = several.share(value, right), several.share(more, right)
    assert after >= before if letter in right else after <= before


def come_to(*said: str, tries: tuple[int, ...] = (1000, 600, 300), over: bool = False) -> int | None:
    """Points, of 1.001, for what is checked (with an exclamation mark) or saved; B and C are right of three."""
    told = [Said(one.removesuffix("!"), check=one.endswith("!")) for one in said]
    return standing(told, right=lambda one: several.share(one, "A,B,C"), worth=1001, tries=tries, over=over).points


def test_points_in_part_are_rounded_once_and_down():
    assert come_to("A", over=True) == 1001 // 3
    assert come_to("A,B!", "A,B", over=True) == 2 * 1001 // 3
    assert come_to("D!", "A,B", over=True) == 1001 * 600 * 2 // 3000


def test_what_is_right_in_part_is_a_try_and_leaves_the_others():
    assert come_to("A,B!") is None
    assert come_to("A!", "A,B,C!") == 1001 * 600 // 1000
    assert come_to("A,B!", "A,B,C!") == 2 * 1001 // 3


def test_one_more_try_never_costs():
    assert come_to("A,B!", "D!", over=True) == come_to("A,B!", over=True) == 2 * 1001 // 3
    assert come_to("A,B!", "D!", "B,D!") == 2 * 1001 // 3


@given(st.lists(LETTERS.filter(bool), max_size=8), st.integers(0, 5000))
def test_points_are_between_nothing_and_all_and_a_check_more_never_costs(told, worth):
    def of(count: int) -> int:
        said = [Said(value, check=True) for value in told[:count]]
        found = standing(
            said, right=lambda one: several.share(one, "A,C"), worth=worth, tries=[1000, 500, 200], over=True
        )
        return found.points or 0

    points = [of(count) for count in range(len(told) + 1)]
    assert points == sorted(points)
    assert 0 <= points[-1] <= worth


# What can be asked.


@pytest.mark.parametrize(("typed", "value"), [("A", "A"), (" C , A ", "A,C"), ("C,A,C", "A,C"), ("A,B,C,D", "A,B,C,D")])
def test_an_answer_has_one_spelling(typed, value):
    assert SEVERAL.read_value(typed) == value


@pytest.mark.parametrize("typed", ["E", "a", "A;C", "A C", ",", "A,", "", "A" * 99])
def test_what_is_no_answer_is_told_in_a_sentence(typed):
    with pytest.raises(Unreadable, match=r"[Cc]hoose"):
        SEVERAL.read_value(typed)


def test_of_one_that_is_right_one_is_chosen():
    with pytest.raises(Unreadable, match="One answer is right"):
        ONE.read_value("A,B")


def asks(**more: Any) -> list[tuple[str, str]]:
    return [(one.place, one.sentence) for one in faults(tidied(replace(ONE, right="", **more)))]


def options(*texts: str, right: int = 0) -> tuple[Choice, ...]:
    return tuple(Choice(text, number == right) for number, text in enumerate(texts))


@pytest.mark.parametrize(
    ("more", "place", "sentence"),
    [
        ({"prompt": " \n"}, "prompt", "Type the question"),
        ({"prompt": "![](x)"}, "prompt", "Nothing of it can be seen"),
        ({"prompt": "x" * 2001}, "prompt", "2,001 characters; at most 2,000"),
        ({"prompt": "a\x07b"}, "prompt", "cannot be seen"),
        ({"prompt": "a\u202eb"}, "prompt", "cannot be seen"),
        ({"because": "x" * 301}, "because", "at most 300"),
        ({"name": "x" * 41}, "name", "at most 40"),
        ({"choices": options("a")}, "options", "2 to 8 options"),
        ({"choices": options(*"abcdefghi")}, "options", "2 to 8 options"),
        ({"choices": options("a", "b", right=9)}, "options", "which option is right"),
        ({"choices": options("a", "")}, "options[1].text", "Type the option"),
        ({"choices": options("a", "[](x)")}, "options[1].text", "Nothing of it can be seen"),
        ({"choices": options("a", "x" * 301)}, "options[1].text", "at most 300"),
        ({"choices": options("a b", "b", "**A**  `b`")}, "options[2].text", "Option A says the same"),
        ({"choices": (Choice("a", True, "b"), Choice("c"))}, "options[0].belief", "marked as right"),
    ],
)
def test_what_cannot_be_asked_is_told_where_it_stands(more, place, sentence):
    assert [(where, sentence in told) for where, told in asks(**more)] == [(place, True)]


def test_what_can_be_asked_has_no_fault():
    assert asks() == asks(choices=options(*"abcdefgh")) == asks(prompt="```\n1 < 2\n```") == []


def test_it_is_called_by_its_name_or_by_how_it_begins():
    assert ONE.title == "what a balancer sees"
    assert SEVERAL.title == "Which of these acknowledge what…"
    assert replace(SEVERAL, prompt="Is `x` so?").title == "Is x so?"


TEXT = st.text("ab *`<&é\n", min_size=1, max_size=12)
CHOICES = st.lists(st.builds(Choice, TEXT, st.booleans(), TEXT), min_size=2, max_size=8).map(tuple)
QUESTIONS = st.builds(Written, TEXT, CHOICES, TEXT, TEXT)


@given(QUESTIONS)
def test_source_and_content_give_the_same_question_back(question):
    told = tidied(question)
    assert of_source(json.loads(json.dumps(told.source()))) == told
    assert of_content(json.loads(json.dumps(freeze(told).content))) == told
    assert tidied(told) == told


@given(QUESTIONS, st.sets(st.sampled_from("ABCDEFGH")))
def test_answers_are_in_one_group_which_is_made_of_the_wrong_options(question, letters):
    known = {one.value: one for one in question.options}
    value = several.spelled(letters & known.keys())
    group = question.group(value)
    assert several.chosen(group) == {one for one in several.chosen(value) if known[one].model}
    assert bool(question.idea(group)) == bool(group)


# Building.


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
    return made.quiz(of, kinds=(made.NUMBER,), stock=2, state=Quiz.State.DRAFT, closes=LATER)


def at(quiz: Quiz, verb: str = "") -> str:
    return f"/teach/quizzes/{quiz.pk}/{verb}"


def fields(question: Written, rows: int = 4, **more: Any) -> dict[str, Any]:
    """What the form sends."""
    told: dict[str, Any] = {"prompt": question.prompt, "because": question.because, "name": question.name, "rows": rows}
    for number, one in enumerate(question.choices):
        told |= {f"text-{number}": one.text, f"belief-{number}": one.belief}
        told |= {f"right-{number}": "on"} if one.right else {}
    return told | more


def edited(client: Client, address: str, question: Written, **more: Any) -> Any:
    """The form of one that stands in a quiz, sent with something else in it."""
    return client.post(address, fields(question, opened=client.get(address).context["opened"], **more))


@database
def test_a_question_that_is_written_stands_at_the_end_with_the_points_of_the_one_before(client, draft):
    page = client.post(at(draft, "written/"), fields(SEVERAL), follow=True)
    assert page.redirect_chain[0][1] == 303
    item = Item.objects.get(quiz=draft, place=2)
    assert (item.kind, item.points, of_source(item.written)) == (Item.Kind.WRITTEN, 2000, SEVERAL)
    variant = Variant.objects.get(item=item)
    assert (variant.number, variant.seed, thaw(variant)) == (1, 0, SEVERAL)
    assert "Which of these acknowledge what… written by hand · see it · edit" in words(page)
    assert "to a room" not in words(page).partition("written by hand")[2]
    assert "It is not put to a room" in words(client.get(at(draft, "variants/2/")))


@database
def test_the_way_to_the_form_saves_what_was_typed_in_the_quiz(client, draft):
    form = client.get(at(draft)).context["form"]
    told = {name: "" if form[name].value() is None else form[name].value() for name in form.fields}
    page = client.post(at(draft, "write"), told | {"title": "Words"})
    assert page.headers["Location"] == at(draft, "written/")
    assert Quiz.objects.get(pk=draft.pk).title == "Words"
    item = made.by_hand(draft, 2)
    assert client.post(at(draft, "write"), told | {"edit": item.pk}).headers["Location"] == at(draft, "written/2/")
    first = Item.objects.get(quiz=draft, place=1)
    assert client.post(at(draft, "write"), told | {"edit": first.pk}).status_code == 409


@database
def test_what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost(client, draft):
    typed = fields(replace(SEVERAL, prompt="", name="x" * 41)) | {"text-1": "**TCP**"}
    page = client.post(at(draft, "written/"), typed)
    assert page.status_code == 422
    assert Item.objects.filter(quiz=draft).count() == 1
    form = page.context["form"]
    assert set(form.errors) == {"name"}
    page = client.post(at(draft, "written/"), typed | {"name": ""})
    form = page.context["form"]
    assert {name: told[0][:20] for name, told in form.errors.items()} == {
        "prompt": "Type the question.", "text-1": "Option A says the sa",
    }  # fmt: skip
    for name, value in typed.items():
        assert name in ("rows", "name") or str(form[name].value()) in (value, "True")
    assert 'id="written-text-1_error"' in page.content.decode()


@database
def test_rows_in_which_nothing_stands_are_left_out_and_letters_follow_the_others(client, draft):
    told = {**fields(ONE, rows=8), "text-0": "", "belief-0": "", "text-6": "more", "belief-6": "it is"}
    client.post(at(draft, "written/"), told)
    found = of_source(Item.objects.get(quiz=draft, place=2).written)
    assert [(one.value, one.text) for one in found.options] == [
        ("A", "its *first line* and its headers"), ("B", "the query plan of the database"), ("C", "more"),
    ]  # fmt: skip
    assert found.right == "A"


@database
@pytest.mark.parametrize(("rows", "after"), [("4", 5), ("7", 8), ("8", 8), ("99", 8), ("no", 5), ("", 5), ("-3", 5)])
def test_one_row_more_keeps_what_was_typed_and_judges_nothing(client, draft, rows, after):
    page = client.post(at(draft, "written/"), fields(replace(ONE, prompt="")) | {"rows": rows, "act": "more"})
    assert (page.status_code, page.context["form"].count) == (200, after)
    assert page.context["form"]["text-2"].value() == "the query plan of the database"
    assert 'class="error"' not in page.content.decode()


@database
def test_a_preview_shows_what_learners_see_and_saves_nothing(client, draft):
    page = client.post(at(draft, "written/"), fields(ONE) | {"act": "preview"})
    assert "<strong>load balancer</strong> see of a <code>GET</code>" in page.content.decode()
    assert "Not saved yet" in words(page)
    assert Item.objects.filter(quiz=draft).count() == 1


@database
def test_it_is_written_anew_as_long_as_its_quiz_is_a_draft(client, draft, ruth):
    made.by_hand(draft, 2)
    page = edited(client, at(draft, "written/2/"), ONE)
    assert page.status_code == 303
    item = Item.objects.get(quiz=draft, place=2)
    assert (of_source(item.written), thaw(Variant.objects.get(item=item))) == (ONE, ONE)
    opened = client.get(at(draft, "written/2/")).context["opened"]
    building.publish(draft, ruth, timezone.now())
    assert "The quiz is published" in words(client.get(at(draft, "written/2/")))
    page = client.post(at(draft, "written/2/"), fields(SEVERAL, opened=opened))
    assert page.status_code == 409
    assert "acknowledge" in page.context["form"]["prompt"].value()
    assert client.post(at(draft, "written/"), fields(SEVERAL)).status_code == 409
    assert thaw(Variant.objects.get(item=item)) == ONE


@database
def test_who_edits_what_another_has_moved_edits_that_and_what_another_has_changed_is_not_lost(client, draft):
    item, other = made.by_hand(draft, 2), made.by_hand(draft, 3, ONE)
    opened = client.get(at(draft, "written/2/")).context["opened"]
    building.move(draft, item.pk, 1)
    third = replace(SEVERAL, prompt="And which of these?")
    client.post(at(draft, "written/2/"), fields(third, opened=opened))
    assert of_source(Item.objects.get(pk=item.pk).written) == third
    assert of_source(Item.objects.get(pk=other.pk).written) == ONE
    page = client.post(at(draft, "written/2/"), fields(ONE, opened=opened))
    assert page.status_code == 409
    assert "Somebody has changed this question" in words(page)
    assert of_source(Item.objects.get(pk=item.pk).written) == third
    building.remove(draft, item.pk)
    assert client.post(at(draft, "written/2/"), fields(ONE, opened=opened)).status_code == 409


@database
def test_a_forged_note_of_what_was_opened_is_none(client, draft):
    made.by_hand(draft, 2)
    assert client.post(at(draft, "written/1/"), fields(ONE, opened="x:y:z")).status_code == 404
    assert client.post(at(draft, "written/2/"), fields(ONE, opened="x:y:z")).status_code == 303


@database
def test_a_quiz_has_so_many_questions_and_so_much_of_what_is_written(of):
    long = replace(SEVERAL, prompt="é" * 2000)
    quiz = made.quiz(of, kinds=(), state=Quiz.State.DRAFT)
    for _ in range(count := MOST_WRITTEN // size_of(long)):
        building.write(quiz, long)
    with pytest.raises(building.Refused, match="too long together"):
        building.write(quiz, long)
    assert count < MOST_ITEMS
    building.rewrite(quiz, Item.objects.get(quiz=quiz, place=1), long)
    assert MOST_WRITTEN + 40_000 < settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    other = made.quiz(of, kinds=(), state=Quiz.State.DRAFT)
    for _ in range(MOST_ITEMS):
        building.write(other, ONE)
    with pytest.raises(building.Refused, match="at most 40 questions"):
        building.write(other, ONE)


@database
def test_there_is_one_of_it_for_all_and_it_needs_no_more(client, of, ruth):
    quiz = made.quiz(of, kinds=(), state=Quiz.State.DRAFT)
    made.by_hand(quiz, 1)
    page = client.get(at(quiz))
    assert "hx-post" not in page.content.decode()
    assert "the same for all learners" in words(page)
    building.portion(quiz)
    page = client.post(at(quiz, "variants/1/more"))
    assert page.status_code == 409
    assert "there is one of it" in words(page)
    assert "every transport is reliable" in words(client.get(at(quiz, "variants/1/")))
    assert client.post(at(quiz, "variants/1/exclude"), {"variant": 1}).status_code == 409
    building.publish(quiz, ruth, timezone.now())
    assert Variant.objects.filter(item__quiz=quiz).count() == 1


# Files.


@database
def test_as_a_file_it_goes_out_and_comes_in_the_same(client, of, draft):
    for place, one in enumerate((ONE, SEVERAL), 2):
        made.by_hand(draft, place, one)
    text = client.get(at(draft, "quiz.json")).content.decode()
    client.post(f"/teach/classes/{of.pk}/quizzes/", {"quiz": text})
    copy = Quiz.objects.exclude(pk=draft.pk).get()
    assert [of_source(one.written) if one.written else None for one in Item.objects.filter(quiz=copy)] == [
        None, ONE, SEVERAL,
    ]  # fmt: skip
    assert Variant.objects.filter(item__quiz=copy, item__kind=Item.Kind.WRITTEN).count() == 2
    assert client.get(at(copy, "quiz.json")).content.decode() == text


@database
@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"prompt": ""}, "items[0].written: prompt: Type the question."),
        ({"prompt": "a\ud800"}, "items[0].written"),
        ({"prompt": "x", "options": []}, "items[0].written: options: A question has 2 to 8 options."),
        ({"options": [{"text": "a", "right": "yes"}]}, "items[0].written.options[0].right: "),
        ({"html": "<b>"}, "items[0].written.html: Extra inputs"),
        ({"options": [{"text": "a", "right": True}, {"text": "*a*"}]}, "options[1].text: Option A says the same."),
    ],
)
def test_what_is_wrong_in_a_file_is_said_with_its_place(client, of, told, sentence):
    item = {"written": SEVERAL.source() | told, "points": 1}
    text = json.dumps({"format": 1, "title": "Words", "items": [item]})
    page = client.post(f"/teach/classes/{of.pk}/quizzes/", {"quiz": text})
    assert page.status_code == 422
    assert sentence in " ".join(page.context["faults"])


@database
def test_what_is_duplicated_has_one_of_its_own(client, draft):
    made.by_hand(draft, 2)
    client.post(at(draft, "duplicate"), {"days": 0})
    copy = Quiz.objects.exclude(pk=draft.pk).get()
    item = Item.objects.get(quiz=copy, place=2)
    assert (item.kind, thaw(Variant.objects.get(item=item))) == (Item.Kind.WRITTEN, SEVERAL)


# Taking.


@pytest.fixture
def quiz(of) -> Quiz:
    """A published test of two questions, of which one has one right answer and the other two."""
    found = made.quiz(of, kinds=(), limit_s=3600, phases=dict.fromkeys(("verdict", "answer", "run"), "handing-in"))
    for place, one in enumerate((ONE, SEVERAL), 1):
        made.by_hand(found, place, one)
    return found


def begun(quiz: Quiz, name: str = "Ana") -> tuple[Client, Attempt]:
    member = people.learner(quiz.of, name)
    return people.browser(member=member), starting.start(quiz, member, timezone.now())


def said(quiz: Quiz, name: str, first: str | None, second: str | None) -> tuple[Client, Attempt]:
    """Somebody who has handed in."""
    client, attempt = begun(quiz, name)
    for place, value in enumerate((first, second), 1):
        save(attempt, place, made.change(value), timezone.now())
    return client, handing_in.hand_in(attempt, timezone.now())


@database
def test_one_is_a_list_of_which_one_can_be_chosen_and_several_one_of_which_all_that_hold(quiz):
    client, _ = begun(quiz)
    one, several_ = (client.get(f"/quizzes/{quiz.pk}/1/{place}/").content.decode() for place in (1, 2))
    assert (one.count('type="radio"'), one.count('type="checkbox"')) == (3, 0)
    assert (several_.count('type="radio"'), several_.count('type="checkbox"')) == (0, 4)
    assert "Choose all that hold." in several_
    assert "orrery-player" not in one
    assert client.get(f"/quizzes/{quiz.pk}/1/1/trace").status_code == 404


@database
def test_without_a_script_several_fields_are_one_answer(quiz):
    client, attempt = begun(quiz)
    key = {"key": str(uuid4()), "base": "0", "who": ""}
    page = client.get(f"/quizzes/{quiz.pk}/1/2/")
    key["who"] = page.context["sitting"].who
    assert client.post(f"/quizzes/{quiz.pk}/1/2/save", key | {"answer": ["C", "A"], "save": ""}).status_code == 303
    assert made.answer_of(attempt, 2).value == "A,C"
    assert client.get(f"/quizzes/{quiz.pk}/1/2/").content.decode().count(" checked") == 2
    page = client.post(f"/quizzes/{quiz.pk}/1/2/save", key | {"answer": ["Z"], "base": "1", "save": ""})
    assert (page.status_code, made.answer_of(attempt, 2).value) == (422, "A,C")


@database
@pytest.mark.parametrize(
    ("value", "points", "state"),
    [("A,C", 2000, "right"), ("A,B,C", 1000, "partly"), ("B", 0, "wrong"), (None, 0, "blank")],
)
def test_points_in_part_are_on_the_scale_in_the_review_and_in_the_table(client, quiz, value, points, state):
    browser, attempt = said(quiz, "Ana", "B", value)
    assert attempt.points == 2000 + points
    page = browser.get(f"/quizzes/{quiz.pk}/1/2/")
    assert f'class="is-{state} is-here"' in page.content.decode()
    told = words(page)
    says = {
        "right": "and so it is",
        "partly": "which is right in part. Right are A and C",
        "wrong": "You said B . Right are A and C",
        "blank": "You left this blank. Right are A and C",
    }
    assert says[state] in told
    assert "TCP and QUIC number what they send" in told
    assert ("every transport is reliable" in told) == (value is not None and "B" in value)
    learner = client.get(f"/teach/quizzes/{quiz.pk}/learners/{attempt.member_id}/?question=2")
    says = {"right": "A,C right", "partly": "A,B,C right in part", "wrong": "B wrong", "blank": "blank"}
    assert says[state] in words(learner)
    table = client.get(f"/teach/quizzes/{quiz.pk}/answers.csv").getvalue().decode().splitlines()
    assert f",{'wrong' if state == 'wrong' else state}," in table[2]
    assert differences()[1] == []


@database
def test_a_check_says_right_in_part_and_the_best_try_counts(of):
    quiz = made.quiz(of, "exercise", kinds=())
    made.by_hand(quiz, 1)
    client, attempt = begun(quiz)
    for base, (value, state) in enumerate((("A", "right in part"), ("B", "not right"))):
        save(attempt, 1, made.change(value, base, check=True), timezone.now())
        page = words(client.get(f"/quizzes/{quiz.pk}/1/1/"))
        assert f"{value} is {state}." in page
        assert "every transport" not in page
    reply = save(attempt, 1, made.change("D", 2, check=True), timezone.now())
    assert (reply.body["decided"], reply.body["points"]) == (True, "1")
    assert "Right are A and C" in words(client.get(f"/quizzes/{quiz.pk}/1/1/"))


@database
def test_from_five_on_one_is_told_how_many_thought_the_same(quiz):
    for number, value in enumerate(("A", "A", "B", "C")):
        said(quiz, f"Learner {number}", value, "B,D")
    client, _ = said(quiz, "Ana", "A", "D,B")
    assert "3 of 5 thought so." in words(client.get(f"/quizzes/{quiz.pk}/1/1/"))
    assert "5 of 5 thought so." in words(client.get(f"/quizzes/{quiz.pk}/1/2/"))


# Results, regrades, rooms.


@database
def test_results_are_by_what_is_believed_or_else_by_the_option(client, quiz):
    for number, (first, second) in enumerate((("A", "A,C"), ("C", "B"), ("A", "B,D"), ("B", "A"))):
        said(quiz, f"Learner {number}", first, second)
    first, second = (words(client.get(f"/teach/quizzes/{quiz.pk}/results/?question={place}")) for place in (1, 2))
    assert "3 of 3 wrong answers come from 2 ideas." in first
    assert "2 a balancer copies wires See an answer that it led to" in first
    assert "1 C: the query plan of the database" in first
    assert "refutes it" not in first + second
    assert "1 every transport is reliable, and routers keep what they pass on" in second
    assert "Nothing wrong was chosen, and not all that is right." in second


@database
def test_another_answer_is_accepted_and_there_is_nothing_to_run_again(client, quiz):
    _, attempt = said(quiz, "Ana", "A", "B")
    _, other = said(quiz, "Ben", "B", "A,B")
    page = client.get(f"/teach/quizzes/{quiz.pk}/regrade/")
    assert "Questions 1, 2 were written by hand: in them there is nothing to run." in words(page)
    query = {"what": "accept", "question": 2, "said": "variant:1:A,B"}
    page = client.get(f"/teach/quizzes/{quiz.pk}/regrade/", query)
    assert "“A and B”, 1 said so" in words(page)
    seal = page.context["page"].seal
    client.post(f"/teach/quizzes/{quiz.pk}/regrade/apply", query | {"seal": seal, "why": "It does, too", "lower": ""})
    points = {one.member.name: one.points for one in Attempt.objects.select_related("member")}
    assert points == {"Ana": 1000, "Ben": 4000}
    assert differences()[1] == []
    client.post(f"/teach/quizzes/{quiz.pk}/regrade/undo", {"batch": 1})
    assert {one.pk: one.points for one in Attempt.objects.all()} == {attempt.pk: 0, other.pk: 2000}


@database
@pytest.mark.parametrize(("void", "points"), [("drop", 2000), ("full", 4000)])
def test_it_is_voided_as_all_are(client, quiz, void, points):
    _, attempt = said(quiz, "Ana", "B", "B")
    query = {"what": "void", "question": 2, "said": void}
    seal = client.get(f"/teach/quizzes/{quiz.pk}/regrade/", query).context["page"].seal
    client.post(f"/teach/quizzes/{quiz.pk}/regrade/apply", query | {"seal": seal, "why": "Two readings", "lower": ""})
    assert Attempt.objects.get(pk=attempt.pk).points == points


@database
def test_beside_what_is_written_the_others_are_run_again(client, of):
    quiz = made.quiz(of, kinds=(made.NUMBER,), stock=2)
    made.by_hand(quiz, 2)
    page = words(client.get(f"/teach/quizzes/{quiz.pk}/regrade/"))
    assert "Run 2 variants again" in page
    client.post(f"/teach/quizzes/{quiz.pk}/regrade/run")
    page = words(client.get(f"/teach/quizzes/{quiz.pk}/regrade/"))
    assert "2 variants were run again with today’s models, all the same" in page
    assert "Question 2 was written by hand: in it there is nothing to run." in page


@database
def test_no_room_is_opened_for_it(client, quiz):
    item = Item.objects.get(quiz=quiz, place=1)
    assert client.get("/teach/live/", {"item": item.pk}).status_code == 404


@database
def test_a_preview_of_the_quiz_is_what_learners_get(client, draft, ruth):
    made.by_hand(draft, 2, ONE)
    form = client.get(at(draft)).context["form"]
    told = {name: "" if form[name].value() is None else form[name].value() for name in form.fields}
    page = client.post(at(draft, "preview"), told, follow=True)
    assert page.redirect_chain
    page = client.get(f"{page.redirect_chain[-1][0].rstrip('/').rpartition('/')[0]}/2/")
    assert "What does a load balancer see of a GET ?" in words(page)
    # Written anew, nothing of the preview is left.
    assert edited(client, at(draft, "written/2/"), SEVERAL).status_code == 303
    assert not Attempt.with_previews.filter(quiz=draft).exists()


@database
def test_what_a_learner_takes_along_holds_what_they_said(quiz):
    client, _ = said(quiz, "Ana", "B", "A,C")
    told = client.get("/quizzes/about-me.json").json()
    answers = told["classes"][0]["attempts"][0]["answers"]
    assert [one["value"] for one in answers] == ["B", "A,C"]


# Whatever is sent.

NAMES = [f"{part}-{number}" for part in ("text", "right", "belief") for number in range(9)]
VALUES = st.one_of(st.text(max_size=40), st.sampled_from(["8", "on", "*a*", "\0", "b" * 301]))
SENT = st.dictionaries(st.sampled_from(["prompt", "because", "name", "rows", *NAMES]), VALUES)


@given(SENT)
def test_whatever_a_form_sends_it_is_told_what_is_wrong_or_it_can_be_asked(sent):
    form = WrittenForm(None, sent)
    if form.is_valid():
        assert faults(form.written) == []
        assert form.written.words
        assert 2 <= len(form.written.options) <= 8
    assert 2 <= form.count <= 8
    for name, value in sent.items():
        if name in form.fields and not name.startswith("right"):
            assert form[name].value() == value


@given(st.recursive(st.none() | st.booleans() | st.text(max_size=9), lambda inner: st.lists(inner, max_size=3)))
def test_whatever_stands_in_a_file_where_a_question_should_it_is_told_or_read(told):
    for item in ({"written": told}, {"written": SEVERAL.source() | {"options": told}}, {"written": {"prompt": told}}):
        text = json.dumps({"format": 1, "title": "Words", "items": [item]})
        with suppress(quiz_file.Unreadable):
            read(text, "UTC")
