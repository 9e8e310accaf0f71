"""A place of a quiz may hold several questions, of which each learner gets one."""

from __future__ import annotations

import csv
import json
from collections import Counter
from io import StringIO
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from quizzes import building, printing, regrading, rerunning, starting, stock
from quizzes.files import answers_csv, learners_csv, quiz_file
from quizzes.files.quiz_file import Question, Unreadable
from quizzes.frozen import freeze
from quizzes.handing_in import hand_in
from quizzes.models import Answer, Attempt, Class, Item, Quiz, Room, TemplateRef, User, Variant
from quizzes.recount import differences
from quizzes.results_page import Results
from quizzes.saving import save
from quizzes.sitting import Sitting
from quizzes.stock import part_of
from quizzes.tally import tally
from quizzes.variants_page import VariantsPage
from tests.lopsided import KEY
from tests.quizzes import made, people
from tests.quizzes.test_building import NOON, fresh, send
from tests.quizzes.test_pages import words

pytestmark = pytest.mark.django_db

FIRST, SECOND, THIRD = TemplateRef(*made.PICK), TemplateRef(*made.NUMBER), TemplateRef(*made.CHOICE)


@pytest.fixture
def ruth() -> User:
    return people.user("Ruth")


@pytest.fixture
def of(ruth) -> Class:
    return people.room(owner=ruth)


@pytest.fixture
def client(ruth) -> Client:
    return people.browser(ruth)


def pooled(of: Class, *pools: tuple[TemplateRef, ...], each: int = 2, **more: Any) -> Quiz:
    """A quiz with a pool at each place, with so many variants of each template."""
    quiz = made.quiz(of, kinds=(), **{"closes": NOON} | more)
    for place, kinds in enumerate(pools, 1):
        also = [kind._asdict() for kind in kinds[1:]]
        item = Item.objects.create(quiz=quiz, place=place, **kinds[0]._asdict(), also=also, points=2000)
        contents = [
            made.content((kind.miniature, kind.template), seed) for kind in kinds for seed in range(1, each + 1)
        ]
        Variant.objects.bulk_create(
            Variant(item=item, number=number, seed=number, **freeze(content)._asdict())
            for number, content in enumerate(contents, 1)
        )
    return quiz


def taken(quiz: Quiz, of: Class, name: str, says: Any = made.right) -> Attempt:
    attempt = starting.start(quiz, people.learner(of, name), timezone.now())
    for answer in attempt.answers.all():
        save(attempt, answer.place, made.change(says(attempt, answer.place)), timezone.now())
    return hand_in(attempt, timezone.now())


def kinds_of(attempt: Attempt) -> list[TemplateRef]:
    return [one.variant.kind for one in attempt.answers.select_related("variant")]


def test_each_learner_gets_one_of_them_and_all_are_given_evenly(of):
    quiz = pooled(of, (FIRST, SECOND, THIRD))
    told = Counter(kinds_of(taken(quiz, of, f"Learner {number}"))[0] for number in range(12))
    assert told == {FIRST: 4, SECOND: 4, THIRD: 4}


def test_no_attempt_has_a_question_twice_while_others_remain(of):
    quiz = pooled(of, (FIRST, SECOND), (FIRST, SECOND), (FIRST, THIRD))
    for number in range(8):
        assert len(set(kinds_of(taken(quiz, of, f"Learner {number}")))) == 3


def test_nor_has_a_printed_form(of, ruth):
    quiz = pooled(of, (FIRST, SECOND), (SECOND, FIRST))
    for form in printing.make_forms(quiz, 4, ruth, timezone.now()):
        assert len({Variant.objects.get(pk=key).kind for key in form.variants}) == 2


# Building.


def test_a_question_is_added_to_a_place_and_taken_out(client, of):
    quiz = made.quiz(of, kinds=(made.PICK,), stock=2, state=Quiz.State.DRAFT, closes=NOON)
    item = Item.objects.get(quiz=quiz)
    assert send(client, quiz, "join", **{"join": item.pk, f"also-{item.pk}": SECOND.key}).status_code == 303
    item.refresh_from_db()
    assert item.kinds == [FIRST, SECOND]
    assert Variant.objects.filter(item=item, **SECOND._asdict()).count() == building.FIRST
    assert "One of 2 questions" in words(client.get(f"/teach/quizzes/{quiz.pk}/"))
    assert send(client, quiz, "part", part=f"{item.pk}:{FIRST.key}").status_code == 303
    item.refresh_from_db()
    assert item.kinds == [SECOND]
    assert {one.kind for one in item.variants.all()} == {SECOND}


@pytest.mark.parametrize(
    ("verb", "typed", "told"),
    [
        ("join", {"join": "", "also-": ""}, "Choose from the list"),
        ("join", {"also-": "nothing/there"}, "Choose from the list"),
        ("join", {"also-": "x" * 3000}, "Choose from the list"),
        ("join", {"also-": FIRST.key}, "It is one of these already."),
        ("join", {"also-": KEY}, ""),
        ("part", {"part": FIRST.key}, "It is the only one at its place"),
    ],
)
def test_what_cannot_be_is_told(client, of, lopsided, verb, typed, told):
    quiz = made.quiz(of, kinds=(made.PICK,), stock=2, state=Quiz.State.DRAFT, closes=NOON)
    item = Item.objects.get(quiz=quiz)
    fields = {"join": item.pk, f"also-{item.pk}": typed.get("also-", "")} if verb == "join" else {}
    if verb == "part":
        fields = {"part": f"{item.pk}:{typed['part']}"}
    answer = send(client, quiz, verb, **fields)
    if told:
        assert answer.status_code == 409
        assert told in words(answer)
        assert Item.objects.get(quiz=quiz).kinds == [FIRST]


@pytest.mark.parametrize("part", ["", "x", "1:", ":a/b", "9" * 40 + ":a/b"])
def test_what_is_not_there_is_not_taken_out(client, of, part):
    quiz = pooled(of, (FIRST, SECOND), state=Quiz.State.DRAFT)
    assert send(client, quiz, "part", part=part).status_code == 303
    assert Item.objects.get(quiz=quiz).kinds == [FIRST, SECOND]


def test_there_is_an_end_to_a_pool_and_a_published_quiz_keeps_its_own(of):
    quiz = pooled(of, (FIRST, SECOND), state=Quiz.State.DRAFT)
    item = Item.objects.get(quiz=quiz)
    item.also = [{"miniature": "hash-ring", "template": f"t-{number}"} for number in range(11)]
    item.save()
    with pytest.raises(building.Refused, match="At most 12"):
        building.join(quiz, item.pk, THIRD)
    Quiz.objects.filter(pk=quiz.pk).update(state="published")
    for act in (building.join, building.part):
        with pytest.raises(building.Refused, match="is published"):
            act(quiz, item.pk, FIRST)


def test_the_stock_is_made_in_equal_parts(of):
    quiz = pooled(of, (FIRST, SECOND), each=0, state=Quiz.State.DRAFT)
    item = Item.objects.get(quiz=quiz)
    for _ in range(4):
        building.portion(quiz)
    assert Counter(one.kind for one in item.variants.all()) == {FIRST: 20, SECOND: 20}
    assert sorted(one.number for one in item.variants.all()) == list(range(1, 41))
    assert [part_of(item, size) for size in (4, 20, 60, 100)] == [4, 20, 30, 50]
    assert part_of(Item(), 7) == 7


def test_a_preview_takes_one_of_them(client, of):
    quiz = pooled(of, (FIRST, SECOND), state=Quiz.State.DRAFT)
    assert send(client, quiz, "preview").status_code == 303
    attempt = Attempt.with_previews.get(quiz=quiz)
    assert attempt.answers.get().variant.kind in (FIRST, SECOND)


# Files.


def test_a_pool_goes_out_and_comes_in(client, of):
    quiz = pooled(of, (FIRST, SECOND, THIRD), (SECOND,))
    text = client.get(f"/teach/quizzes/{quiz.pk}/quiz.json").content.decode()
    read = quiz_file.read(text, of.zone)
    assert [one.kinds for one in read.items if isinstance(one, Question)] == [[FIRST, SECOND, THIRD], [SECOND]]
    again = building.new_quiz(of, read.title, read.columns, building.wanted(read.items))
    assert [item.kinds for item in Item.objects.filter(quiz=again)] == [[FIRST, SECOND, THIRD], [SECOND]]
    copy = building.duplicate(fresh(quiz), 7)
    assert [item.kinds for item in Item.objects.filter(quiz=copy)] == [[FIRST, SECOND, THIRD], [SECOND]]


@pytest.mark.parametrize(
    ("also", "told"),
    [
        ([{"miniature": "hash-ring", "question": "who-answers"}], "stands twice at one place"),
        ([{"miniature": "hash-ring", "question": "none"}], "has no question “none”"),
        ([{"miniature": "nothing", "question": "none"}], "there is no miniature"),
        ([{"miniature": "hash-ring", "question": "how-many-move", "points": 2}], "also[0].points"),
        ([{"miniature": "hash-ring", "question": "how-many-move"}] * 12, "at most 11"),
        ("x", "also"),
    ],
)
def test_a_pool_that_is_wrong_is_told_with_its_place(also, told):
    item = {"miniature": "hash-ring", "question": "who-answers", "also": also}
    with pytest.raises(Unreadable, match="items") as fault:
        quiz_file.read(json.dumps({"format": 1, "title": "x", "items": [item]}), "UTC")
    assert told in str(fault.value)


# Looking at it, results, regrades.


def test_variants_are_looked_at_by_question(client, of):
    quiz = pooled(of, (FIRST, SECOND))
    address = f"/teach/quizzes/{quiz.pk}/variants/1/"
    for kind, numbers in ((FIRST, {1, 2}), (SECOND, {3, 4})):
        page = client.get(address, {"of": kind.key})
        assert {card.number for card in page.context["page"].cards} == numbers
        assert "Each learner gets one of these 2 questions." in words(page)
    assert client.get(address, {"of": "x" * 500}).status_code == 200
    sent = client.post(f"{address}exclude", {"variant": "3", "of": SECOND.key, "page": "1"})
    assert "of=hash-ring%2Fhow-many-move" in sent.headers["Location"]
    client.post(f"{address}pin", {"variant": "1", "of": FIRST.key})
    item = Item.objects.get(quiz=quiz)
    assert VariantsPage(item, 1, SECOND.key).given == []
    assert client.get(address, {"of": SECOND.key}).status_code == 200


def test_results_show_the_questions_of_a_pool_apart(client, of):
    quiz = pooled(of, (FIRST, SECOND), (THIRD,))
    for number in range(4):
        taken(quiz, of, f"Learner {number}", made.wrong)
    asked = tally(quiz)
    assert [(one.mark, one.kind, one.count) for one in asked] == [("1a", FIRST, 2), ("1b", SECOND, 2), ("2", THIRD, 4)]
    for one in asked:
        own = {
            option["model"]
            for variant in Variant.objects.filter(**one.kind._asdict())
            for option in variant.content["options"]
        }
        assert set(one.sentences) <= own
        assert len(one.beliefs) > 0
    results = Results(quiz, timezone.now(), 1, "", 2)
    assert results.opened is not None
    assert results.opened.kind == SECOND
    assert results.of == "4"
    page = client.get(f"/teach/quizzes/{quiz.pk}/results/?question=1&part=2")
    assert "one of 2 at this place, given to 2" in words(page)
    assert client.get(f"/teach/quizzes/{quiz.pk}/results/?question=1&part=99").status_code == 200


def test_files_name_the_question_that_was_given(of):
    quiz = pooled(of, (FIRST, SECOND))
    told = {name: kinds_of(taken(quiz, of, name))[0] for name in ("Ana", "Ben")}
    text = StringIO()
    answers_csv.write(quiz, text)
    rows = list(csv.DictReader(StringIO(text.getvalue())))
    assert {one["name"]: TemplateRef(one["miniature"], one["question"]) for one in rows} == told
    assert next(learners_csv.rows(quiz))[-1] == "1 who-answers or how-many-move"
    assert differences()[1] == []


def test_a_regrade_runs_each_variant_by_its_own_question_and_changes_nothing(of):
    quiz = pooled(of, (FIRST, SECOND, THIRD))
    taken(quiz, of, "Ana")
    while rerunning.waiting(quiz):
        rerunning.run_again(quiz)
    told = [rerunning.rerun_of(one) for one in rerunning.variants_of(quiz)]
    assert [one.failed for one in told if one] == [""] * 6
    assert regrading.by_today(quiz).keys == {}


def test_an_answer_is_accepted_in_the_question_in_which_it_was_believed(of):
    """A wrong model has its name within its template alone."""
    quiz = pooled(of, (FIRST, SECOND))
    item = Item.objects.get(quiz=quiz)
    first = Variant.objects.filter(item=item, **FIRST._asdict())
    model = next(option["model"] for option in first[0].content["options"] if option["model"])
    # Another kind may have a wrong model of the same name.
    for one in Variant.objects.filter(item=item, **SECOND._asdict()):
        next(option for option in one.content["options"] if option["model"])["model"] = model
        one.save()
    keys = regrading.by_accepting(item, model=model, template=FIRST.key).keys
    assert {Variant.objects.get(pk=key).kind for key in keys} == {FIRST}


def test_regrade_names_all_questions_of_a_place_once(client, of):
    quiz = pooled(of, (FIRST, SECOND))
    assert {kinds_of(taken(quiz, of, name, made.wrong))[0] for name in ("Ana", "Ben")} == {FIRST, SECOND}
    page = client.get(f"/teach/quizzes/{quiz.pk}/regrade/?what=accept&question=1")
    told = page.context["page"]
    assert [place for place, _ in told.questions] == [1]
    models = [one.value for one in told.choices if one.value.startswith("model:")]
    assert {one.removeprefix("model:").rpartition("/")[0] for one in models} == {FIRST.key, SECOND.key}
    for said in models:
        assert (
            client.get(f"/teach/quizzes/{quiz.pk}/regrade/", {"what": "accept", "question": "1", "said": said})
            .context["page"]
            .can_apply
        )


def test_a_room_gets_the_one_that_is_picked(client, of):
    quiz = pooled(of, (FIRST, SECOND))
    item = Item.objects.get(quiz=quiz).pk
    for kind in (FIRST, SECOND):
        page = client.get("/teach/live/", {"item": item, "of": kind.key})
        assert page.context["showing"].content.template == kind.template
        client.post("/teach/live/", {"item": item, "of": kind.key})
        assert Room.objects.latest("opened").content["template"] == kind.template
    for odd in ("", "x" * 500):
        assert client.get("/teach/live/", {"item": item, "of": odd}).status_code == 200


def test_of_what_others_thought_one_is_told_of_one_s_own_question(of):
    quiz = pooled(of, (FIRST, SECOND), each=1)
    attempts = [taken(quiz, of, f"Learner {number}", made.wrong) for number in range(12)]
    own = Answer.objects.filter(variant__in=Variant.objects.filter(**FIRST._asdict())).count()
    assert own == 6
    Quiz.objects.filter(pk=quiz.pk).update(phases=dict.fromkeys(("verdict", "answer", "run"), "handing-in"))
    mine = next(one for one in attempts if kinds_of(one)[0] == FIRST)
    told = Sitting(Attempt.objects.select_related("quiz__of", "member").get(pk=mine.pk), timezone.now(), 1).thought_so
    assert told == (6, 6)


def test_what_is_made_knows_its_question(of):
    """What fills a stock tells each variant its template."""
    quiz = pooled(of, (FIRST, SECOND), each=0)
    item = Item.objects.get(quiz=quiz)
    stock.fill(item, 4)
    assert all(
        (one.miniature, one.template) == (one.content["miniature"], one.content["template"])
        for one in item.variants.all()
    )
