"""Regrades: the laws of the fold, what a preview shows, applying and undoing.

That the code has changed is an older question here: a variant whose frozen content has another right answer than
today's run.
"""

from __future__ import annotations

import re
from dataclasses import asdict, replace
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.db import transaction
from django.db.models import Model
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quizzes import regrading, rerunning
from quizzes.correcting import excuse, give_points
from quizzes.grading import settle_all
from quizzes.handing_in import hand_in
from quizzes.models import Answer, Attempt, Class, Entry, Item, Member, Quiz, Save, User, Variant
from quizzes.recount import differences
from quizzes.regrade_page import RegradePage
from quizzes.rules.points import Said, standing
from quizzes.rules.regrade import Key, Ruling, Void, key_of, regraded, without
from quizzes.saving import save
from quizzes.starting import start
from tests.quizzes import made, people
from tests.quizzes.made import change
from tests.quizzes.test_pages import words

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)

# ------------------------------------------------------------------ the fold

TRIES = (1000, 600, 300)
saids = st.lists(st.builds(Said, st.sampled_from([None, *"abcd"]), st.booleans(), st.booleans()), max_size=6)
voids = st.sampled_from(Void)
rulings = st.lists(
    st.builds(
        Ruling,
        st.integers(1, 3),
        st.lists(st.sampled_from("abcd"), min_size=1, max_size=2).map(tuple),
        voids,
        st.booleans(),
    ),
    max_size=4,
)


def fold(said, found, *, over=True, worth=2000):
    def by(ruling):
        return lambda value: value in ruling.right

    return regraded(said, found, right="a".__eq__, by=by, worth=worth, tries=TRIES, over=over)


@given(saids, st.booleans())
def test_without_a_ruling_it_is_what_the_rules_say(said, over):
    assert fold(said, [], over=over) == standing(said, right="a".__eq__, worth=2000, tries=TRIES, over=over)


@given(saids, rulings, st.booleans())
def test_the_same_key_again_changes_nothing(said, found, lower):
    """Unchanged code: a regrade by what is right already."""
    key = key_of("a", found)
    now = fold(said, found).points
    again = fold(said, [*found, key.ruling(9, lower=False)]).points
    assert again == now
    if found and found[-1].lower:
        assert fold(said, [*found, key.ruling(9, lower=lower)]).points == now


@given(saids, rulings, st.builds(Ruling, st.just(9), st.just(("b",)), voids, st.booleans()))
def test_twice_is_once(said, found, ruling):
    assert fold(said, [*found, ruling, ruling]) == fold(said, [*found, ruling])


@given(saids, rulings, st.builds(Ruling, st.just(9), st.just(("b", "c")), voids, st.booleans()))
def test_undone_it_is_what_it_was(said, found, ruling):
    assert without([*found, ruling], 9) == found
    assert fold(said, without([*found, ruling], 9)) == fold(said, found)


@given(saids, rulings, st.builds(Ruling, st.just(9), st.just(("b",)), voids, st.just(False)), st.booleans())
def test_never_lower_never_lowers(said, found, ruling, over):
    before, after = fold(said, found, over=over).points, fold(said, [*found, ruling], over=over).points
    assert before is None or (after is not None and after >= before)


@given(saids, rulings)
def test_as_computed_is_what_the_key_alone_gives(said, found):
    last = Ruling(9, ("b", "c"), lower=True)
    alone = standing(said, right=("b", "c").__contains__, worth=2000, tries=TRIES, over=True)
    assert fold(said, [*found, last]).points == alone.points


@given(saids, rulings, st.booleans())
def test_what_was_said_and_tried_stays_as_it_was_then(said, found, over):
    then, now = fold(said, [], over=over), fold(said, found, over=over)
    assert (now.value, now.revision, now.tries) == (then.value, then.revision, then.tries)


@given(saids, rulings)
def test_points_are_never_more_than_it_is_worth(said, found):
    assert 0 <= (fold(said, found).points or 0) <= 2000


@given(st.lists(st.sampled_from(["today a", "today b", "accept c", "accept b", "drop", "full", "count"])))
def test_a_key_keeps_what_was_accepted_and_says_no_answer_twice(doings):
    key = Key(("a",))
    for doing in doings:
        verb, _, value = doing.partition(" ")
        if verb == "today":
            key = key.today(value)
            assert key.right[0] == value
        elif verb == "accept":
            key = key.accepting(value)
            assert value in key.right
        else:
            key = key.voided(Void("" if verb == "count" else verb))
        assert len(set(key.right)) == len(key.right)


# ------------------------------------------------------------------ a class


@pytest.fixture
def ruth() -> User:
    return people.user("Ruth")


@pytest.fixture
def of(ruth) -> Class:
    return people.room(owner=ruth)


@pytest.fixture
def quiz(of) -> Quiz:
    return made.quiz(of, kinds=(made.PICK, made.NUMBER))


@pytest.fixture
def client(ruth) -> Client:
    return people.browser(ruth)


def older(item: Item) -> None:
    """Every variant as it was made by code that answered as the first wrong model does."""
    for variant in item.variants.all():
        truth = next(one for one in variant.content["options"] if not one["model"])
        wrong = next(one for one in variant.content["options"] if one["model"])
        truth["value"], wrong["value"] = wrong["value"], truth["value"]
        variant.content["right"] = truth["value"]
        variant.content["miniature_version"] -= 1
        variant.save()


def todays(attempt: Attempt, place: int) -> str:
    """What today's run answers, of a question that `older` has made."""
    return made.wrong(attempt, place)


def takes(quiz: Quiz, name: str, *values: str | None) -> Attempt:
    """Says `right`, `wrong` or `second`, by what was frozen, and hands in."""
    began = timezone.now() - 20 * MINUTE
    attempt = start(quiz, people.learner(quiz.of, name), began)
    for place, what in enumerate(values, 1):
        said = {"right": made.right, "wrong": made.wrong, "second": lambda one, place: made.wrong(one, place, 1)}.get(
            what or ""
        )
        if said:
            save(attempt, place, change(said(attempt, place)), began + place * MINUTE)
    return hand_in(attempt, began + 5 * MINUTE)


def at(quiz: Quiz, more: str = "") -> str:
    return f"/teach/quizzes/{quiz.pk}/regrade/{more}"


def points(quiz: Quiz) -> dict[str, int | None]:
    return dict(Attempt.objects.filter(quiz=quiz).values_list("member__name", "points"))


def run_all(client: Client, quiz: Quiz) -> None:
    for _ in range(20):
        client.post(at(quiz, "run"))
        if not rerunning.waiting(quiz):
            return
    raise AssertionError("it never ends")


def sent(client: Client, quiz: Quiz, query: str = "", **more: str):
    """Looks at a proposal and applies it."""
    page = client.get(f"{at(quiz)}{query}").context["page"]
    told = {"what": page.what, "question": page.place or "", "said": page.said, "seal": page.seal, "why": "a reason"}
    return client.post(at(quiz, "apply"), told | more)


def everything() -> list[list[dict[str, object]]]:
    tables: tuple[type[Model], ...] = (Attempt, Answer, Save, Entry, Variant, Quiz, Item, Member)
    return [list(one._default_manager.order_by("pk").values()) for one in tables]


def test_unchanged_code_changes_nothing(client, quiz):
    takes(quiz, "Ana", "right", "wrong")
    run_all(client, quiz)
    page = client.get(at(quiz))
    assert "4 variants were run again with today’s models, all the same" in words(page)
    assert not page.context["page"].can_apply
    before = points(quiz)
    assert sent(client, quiz).headers["Location"].endswith("done=nothing")
    assert points(quiz) == before
    assert not Entry.objects.filter(kind="regrade").exists()


def test_a_preview_says_who_old_new_and_why_and_writes_nothing(client, quiz):
    older(quiz.items.get(place=2))
    up, down, same = (
        takes(quiz, name, "right", what) for name, what in (("Ana", "wrong"), ("Ben", "right"), ("Chidi", "second"))
    )
    hand = takes(quiz, "Dora", "right", "wrong")
    give_points(made.answer_of(hand, 2), 1500, "why", people.user("Helper"), timezone.now())
    run_all(client, quiz)
    before = everything()
    page = client.get(at(quiz))
    assert everything() == before
    rows = {row.name: (row.kind, row.old, row.new) for row in page.context["page"].rows}
    assert rows == {
        "Ana": ("up", "0", "2"), "Ben": ("down", "2", "2"), "Chidi": ("same", "0", "0"), "Dora": ("hand", "1.5", "1.5"),
    }  # fmt: skip
    whys = {row.name: row.why for row in page.context["page"].rows}
    assert whys["Ana"] == f"{todays(up, 2)} is right by today’s run"
    assert (
        whys["Ben"]
        == f"{made.right(down, 2)} was right then; by today’s run it is {todays(down, 2)}: 0 computed, 2 kept"
    )
    assert (whys["Chidi"], whys["Dora"]) == ("still wrong", "given by hand, stays")
    assert made.wrong(same, 2, 1) in words(page)
    assert "1 answer goes up, 1 would go down" in words(page)
    assert all(Client().get(row.run).status_code == 200 for row in page.context["page"].rows)


@pytest.mark.parametrize(("lower", "ben"), [("", 4000), ("yes", 2000)])
def test_it_is_applied_as_one_batch_and_undone_by_one_press(client, quiz, lower, ben):
    older(quiz.items.get(place=2))
    takes(quiz, "Ana", "right", "wrong")
    takes(quiz, "Ben", "right", "right")
    run_all(client, quiz)
    before, rows = points(quiz), list(Answer.objects.order_by("pk").values())
    assert sent(client, quiz, lower=lower).headers["Location"].endswith("done=applied")
    assert points(quiz) == {"Ana": 4000, "Ben": ben}
    assert differences()[1] == []
    assert "Nothing would change" in words(client.get(at(quiz)))
    # Twice is once.
    assert sent(client, quiz, lower=lower).headers["Location"].endswith("done=nothing")
    undone = client.post(at(quiz, "undo"), {"batch": "1"})
    assert undone.headers["Location"].endswith("done=undone")
    assert (points(quiz), list(Answer.objects.order_by("pk").values())) == (before, rows)
    assert differences()[1] == []
    assert list(Entry.objects.filter(kind__startswith="regrade-").values_list("kind", flat=True)) == ["regrade-undone"]


def test_another_answer_is_accepted_by_its_belief_or_in_one_variant(client, quiz):
    ana, ben = takes(quiz, "Ana", "right", "wrong"), takes(quiz, "Ben", "right", "second")
    asked = client.get(f"{at(quiz)}?what=accept&question=2")
    choices = [one.value for one in asked.context["page"].choices]
    assert asked.context["page"].proposal is None
    model = next(
        one["model"] for one in made.answer_of(ana, 2).variant.content["options"] if one["value"] == made.wrong(ana, 2)
    )
    number = made.answer_of(ben, 2).variant.number
    single = f"variant:{number}:{made.wrong(ben, 2, 1)}"
    assert {f"model:{model}", single} <= set(choices)
    sent(client, quiz, f"?what=accept&question=2&said=model:{model}")
    assert points(quiz)["Ana"] == 4000
    before = points(quiz)["Ben"]
    sent(client, quiz, f"?what=accept&question=2&said={single}")
    assert points(quiz)["Ben"] == 4000
    assert before in (2000, 4000)
    assert differences()[1] == []
    learner = made.signed_in(ana.member)
    Quiz.objects.filter(pk=quiz.pk).update(phases=dict.fromkeys(("verdict", "answer", "run"), "handing-in"))
    assert f"Right too: {made.wrong(ana, 2)}." in words(learner.get(f"/quizzes/{quiz.pk}/1/2/"))


def test_accepted_answers_stay_when_the_code_changes(client, quiz):
    ana = takes(quiz, "Ana", "right", "second")
    number = made.answer_of(ana, 2).variant.number
    sent(client, quiz, f"?what=accept&question=2&said=variant:{number}:{made.wrong(ana, 2, 1)}")
    accepted = made.wrong(ana, 2, 1)
    older(quiz.items.get(place=2))
    run_all(client, quiz)
    sent(client, quiz, lower="yes")
    assert points(quiz)["Ana"] == 4000
    assert accepted in made.answer_of(ana, 2).variant.rulings[-1]["right"]


@pytest.mark.parametrize(
    ("way", "lower", "ana", "ben"),
    [("drop", "", 4000, 2000), ("drop", "yes", 2000, 2000), ("full", "", 4000, 4000), ("full", "yes", 4000, 4000)],
)
def test_a_question_is_voided_through_the_same_page(client, quiz, way, lower, ana, ben):
    row = takes(quiz, "Ana", "right", "right")
    takes(quiz, "Ben", "right", None)
    assert sent(client, quiz, f"?what=void&question=2&said={way}", lower=lower).status_code == 303
    assert points(quiz) == {"Ana": ana, "Ben": ben}
    assert differences()[1] == []
    of = "2" if way == "drop" else "4"
    assert f"{ana // 1000} of {of} points" in words(made.signed_in(row.member).get(f"/quizzes/{quiz.pk}/1/"))
    tag = "dropped" if way == "drop" else "full points for all"
    assert tag in words(client.get(f"/teach/quizzes/{quiz.pk}/results/"))
    sent(client, quiz, "?what=void&question=2&said=count", lower="yes")
    assert points(quiz) == {"Ana": 4000, "Ben": 2000}
    assert tag not in words(client.get(f"/teach/quizzes/{quiz.pk}/results/"))


def test_excused_answers_and_points_by_hand_stay(client, quiz, ruth):
    older(quiz.items.get(place=2))
    excused, hand = takes(quiz, "Ana", "right", "wrong"), takes(quiz, "Ben", "right", "right")
    excuse(made.answer_of(excused, 2), "why", ruth, timezone.now())
    give_points(made.answer_of(hand, 2), 500, "why", ruth, timezone.now())
    run_all(client, quiz)
    sent(client, quiz, lower="yes")
    assert points(quiz) == {"Ana": 2000, "Ben": 2500}
    assert differences()[1] == []


def test_what_cannot_be_run_is_listed_and_keeps_its_points(client, quiz):
    attempt = takes(quiz, "Ana", "right", "right")
    variant = made.answer_of(attempt, 2).variant
    variant.content["query"] = "nodes=A+B&do=explode:A"
    variant.save()
    Item.objects.filter(quiz=quiz, place=1).update(template="no-such-question")
    Variant.objects.filter(item__quiz=quiz, item__place=1).update(template="no-such-question")
    run_all(client, quiz)
    page = words(client.get(at(quiz)))
    assert "3 could not be run: those answers keep their points" in page
    assert "all the same but for 3 that could not be run." in page
    assert rerunning.NO_RUN in page
    assert rerunning.NO_TEMPLATE in page
    sent(client, quiz)
    assert points(quiz) == {"Ana": 4000}


def test_a_portion_ends_and_the_next_goes_on(client, quiz, monkeypatch):
    monkeypatch.setattr(rerunning, "PORTION", 3)
    client.post(at(quiz, "run"))
    assert len(rerunning.waiting(quiz)) == 1
    assert "3 of 4 variants run" in words(client.get(at(quiz)))
    client.post(at(quiz, "run"))
    assert rerunning.waiting(quiz) == []
    client.post(at(quiz, "run"), {"again": "1"})
    assert len(rerunning.waiting(quiz)) == 1


def test_what_is_looked_at_stays_while_the_rest_is_run(client, quiz, monkeypatch):
    """A reason may be half typed: the page goes on where it is, and is changed, not replaced."""
    monkeypatch.setattr(rerunning, "PORTION", 3)
    looked_at = {"what": "void", "question": "2", "said": "full"}
    answer = client.post(at(quiz, "run"), looked_at)
    assert answer.headers["Location"] == f"{at(quiz)}?{urlencode(looked_at)}"
    page = client.get(answer.headers["Location"]).content.decode()
    (form,) = re.findall(r"<form[^>]*hx-trigger=\"load.*?</form>", page, re.DOTALL)
    assert 'hx-swap="outerMorph"' in form
    assert dict(re.findall(r'name="(what|question|said)" value="([^"]*)"', form)) == looked_at


def test_what_was_not_seen_is_not_applied(client, quiz):
    older(quiz.items.get(place=2))
    ana = takes(quiz, "Ana", "right", "wrong")
    run_all(client, quiz)
    page = client.get(at(quiz)).context["page"]
    takes(quiz, "Ben", "right", "wrong")
    before = points(quiz)
    told = {"what": "today", "seal": page.seal, "why": "a reason"}
    refused = client.post(at(quiz, "apply"), told)
    assert (refused.status_code, points(quiz)) == (409, before)
    assert "Look at it once more; nothing has been written" in words(refused)
    assert 'value="a reason"' in refused.content.decode()
    assert ana.points == before["Ana"]


@pytest.mark.parametrize("batch", ["", "0", "2", "x", "-1", "9" * 99])
def test_only_the_last_regrade_is_undone(client, quiz, batch):
    takes(quiz, "Ana", "right", "wrong")
    sent(client, quiz, "?what=void&question=2&said=full")
    before = points(quiz)
    assert client.post(at(quiz, "undo"), {"batch": batch}).status_code == 409
    assert points(quiz) == before


@pytest.mark.parametrize(
    "query",
    [
        "?what=nonsense", "?what=void", "?what=void&question=9&said=drop", "?what=void&question=1&said=explode",
        "?what=accept&question=1&said=model:Nobody", "?what=accept&question=1&said=variant:x:y",
        "?what=accept&question=" + "9" * 99, "?show=nonsense", "?what=accept&question=1&said=" + "x" * 5000,
    ],
)  # fmt: skip
def test_an_address_that_means_nothing_proposes_nothing(client, quiz, query):
    takes(quiz, "Ana", "wrong", "right")
    before = points(quiz)
    assert client.get(f"{at(quiz)}{query}").status_code == 200
    assert sent(client, quiz, query).status_code in (303, 422)
    assert points(quiz) == before


def test_the_record_says_what_was_regraded_and_the_learner_s_page_what_it_made(client, quiz, of):
    older(quiz.items.get(place=2))
    ana = takes(quiz, "Ana", "right", "wrong")
    run_all(client, quiz)
    sent(client, quiz)
    record = words(client.get(f"/teach/classes/{of.pk}/?record"))
    assert "Regrade 1 of “Rings”, today’s run, never lower: 2 variants, other points for 1 learner." in record
    page = words(client.get(f"/teach/quizzes/{quiz.pk}/learners/{ana.member_id}/"))
    assert "Ana has 4 points at “Rings” by regrade 1, before 2." in page


def test_another_quiz_of_the_class_is_left_alone(client, quiz, of):
    other = made.quiz(of, kinds=(made.NUMBER,))
    older(quiz.items.get(place=2))
    older(other.items.get(place=1))
    takes(quiz, "Ana", "right", "wrong")
    row = takes(other, "Ben", "wrong")
    run_all(client, quiz)
    run_all(client, other)
    sent(client, quiz)
    assert Attempt.objects.get(pk=row.pk).points == 0
    assert RegradePage(other, timezone.now()).can_apply


# ----------------------------------------------------------- any order of doings

doings = st.lists(
    st.one_of(
        st.tuples(st.just("today"), st.booleans()),
        st.tuples(st.sampled_from(["drop", "full", "count"]), st.booleans()),
        st.tuples(st.just("accept"), st.booleans()),
        st.tuples(st.sampled_from(["undo", "excuse", "hand", "older"]), st.booleans()),
    ),
    max_size=8,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(doings)
def test_any_order_of_regrades_comes_to_what_paper_says(db, doings):
    with transaction.atomic():
        through(doings)
        transaction.set_rollback(True)


def through(doings: list[tuple[str, bool]]) -> None:
    """Three learners and one question; the paper keeps the points of each after every regrade, to go back to."""
    by = User.objects.create(name="Ruth")
    quiz = made.quiz(made.class_(), kinds=(made.NUMBER,), stock=1)
    item = quiz.items.get()
    attempts = [takes(quiz, name, what) for name, what in (("Ana", "right"), ("Ben", "wrong"), ("Chidi", "second"))]
    said = [str(made.answer_of(one).value) for one in attempts]
    key = Key((said[0],))
    paper, excused, hand = [2000, 0, 0], False, False
    history: list[tuple[Key, list[int]]] = []
    today = said[0]
    for what, flag in doings:
        now = timezone.now()
        if what == "undo":
            if history:
                key, paper = history.pop()
            if batch := regrading.last_batch(quiz):
                regrading.undo(quiz, batch, by, now)
        elif what == "excuse":
            excuse(made.answer_of(attempts[1]), "why", by, now, counts=not flag)
            excused = flag
        elif what == "hand":
            give_points(made.answer_of(attempts[2]), 700 if flag else None, "why", by, now)
            hand = flag
        elif what == "older":
            # Today's code answers otherwise from now on: kept as it would be told.
            today = said[1] if flag else said[0]
        else:
            new = {
                "today": key.today(today), "accept": key.accepting(said[2]),
                "drop": key.voided(Void.DROP), "full": key.voided(Void.FULL), "count": key.voided(Void.NO),
            }[what]  # fmt: skip
            proposal = proposed(item, what, said[2], today)
            changes = regrading.preview(proposal)
            before = [one.points or 0 for one in Attempt.objects.order_by("pk")]
            regrading.apply(proposal, regrading.seal(proposal, changes), "today", "why", by, now, lower=flag)
            if new != key:
                history.append((key, paper))
                paper = [
                    max(old, worth(new, value)) if not flag else worth(new, value)
                    for old, value in zip(paper, said, strict=True)
                ]
                key = new
                after = [one.points or 0 for one in Attempt.objects.order_by("pk")]
                assert flag or all(new_ >= old for old, new_ in zip(before, after, strict=True))
        wanted = [paper[0], 0 if excused else paper[1], 700 if hand else paper[2]]
        assert [one.points for one in Attempt.objects.filter(quiz=quiz).order_by("pk")] == wanted
    assert differences()[1] == []
    for one in attempts:
        settle_all(Attempt.objects.get(pk=one.pk))
    assert differences()[1] == []


def worth(key: Key, value: str) -> int:
    if key.void:
        return 2000 if key.void is Void.FULL else 0
    return 2000 if value in key.right else 0


def proposed(item: Item, what: str, accepted: str, today: str) -> regrading.Proposal:
    if what == "today":
        variant = item.variants.get()
        told = rerunning.rerun(variant)
        assert told.right is not None
        Variant.objects.filter(pk=variant.pk).update(rerun=asdict(replace(told, right=today)))
        return regrading.by_today(item.quiz)
    if what == "accept":
        return regrading.by_accepting(item, variant=1, value=accepted)
    return regrading.by_voiding(item, Void("" if what == "count" else what))
