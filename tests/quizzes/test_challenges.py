"""Challenges as questions of a quiz: a run is saved, what held of it is kept, and grading runs nothing."""

from __future__ import annotations

import html
import json
import re
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import resolve
from django.utils import timezone

from playground.asking.recent import Recent, recent
from playground.engine import limits, turns
from playground.engine.registry import entries
from playground.engine.replays import replay, spelled
from playground.engine.run import Run, Runner
from playground.engine.verdict import Unreadable
from quizzes import building, challenged, previewing, rerunning, starting
from quizzes.askable import askable
from quizzes.files import quiz_file
from quizzes.files.quiz_file import read, write
from quizzes.handing_in import hand_in
from quizzes.models import Answer, Attempt, Item, Member, Quiz, Save, User, Variant
from quizzes.personal import export
from quizzes.recount import differences
from quizzes.regrading import apply, by_accepting, by_today, preview, seal
from quizzes.rules.phases import PRESETS
from quizzes.saving import Change, save
from tests.engine.test_turns import held
from tests.quizzes import made, people
from tests.quizzes.made import EVEN, MINUTE, NOON

pytestmark = pytest.mark.django_db

SET_UP = "nodes=ada+bob+cleo+dee+eve"
HALF = f"{SET_UP}&points=1&keys=200&do=fail:bob"
"""Three of four conditions hold in it, one more than at the start: half of the points."""
WHOLE = f"{SET_UP}&points=10&keys=200&do=fail:bob"
OTHER = f"{SET_UP}&points=11&keys=200&do=fail:bob"
"""Another way to do it, or nearly."""
START = f"{SET_UP}&points=1&keys=200"
ALL = [(slug, one.name) for slug, entry in entries().items() for one in entry.challenges]


def says(text: str, base: int = 0, *, check: bool = False) -> Change:
    """The run, replayed as a page does before it saves."""
    told = challenged.replayed(made.content(EVEN, 1), text)
    return Change(uuid4(), base, told.value, check=check, held=told.held)


def begun(preset: str = "test", **more: Any) -> tuple[Attempt, Client, str]:
    """Ana's attempt at a quiz of one challenge, her browser, and the address of the question."""
    of = made.class_()
    quiz, ana = made.quiz(of, preset, kinds=(EVEN,), **more), made.member(of)
    attempt = starting.start(quiz, ana, timezone.now())
    return attempt, made.signed_in(ana), f"/quizzes/{quiz.pk}/1/1/"


def send(client: Client, page: str, text: str, base: int = 0, *, check: bool = False) -> Any:
    body = {"key": str(uuid4()), "base": base, "value": text, "check": check}
    api = page.replace("/quizzes/", "/quizzes/api/")
    return client.post(f"{api}save", json.dumps(body), content_type="application/json")


def words(answer) -> str:
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]*>", " ", answer.content.decode())))


# Points.


@pytest.mark.parametrize(("text", "points"), [(START, 0), (HALF, 1000), (WHOLE, 2000)])
def test_points_are_what_holds_beyond_the_start(text, points):
    attempt, *_ = begun()
    save(attempt, 1, says(text), timezone.now())
    assert hand_in(attempt, timezone.now()).points == points
    assert differences() == (1, [])


def test_what_held_is_kept_with_each_save_and_grading_asks_no_model():
    attempt, client, page = begun()
    assert send(client, page, HALF).json()["state"] == "saved"
    kept = Save.objects.get()
    assert (kept.value, kept.held) == (HALF, [True, True, False, True])
    with turns.taking_turns(turns.Gate(free=0, waiting=0)) as turn:
        turn.gate.enter()
        assert hand_in(attempt, timezone.now()).points == 1000, "a run would have been told to come again"


def test_a_fresh_replay_comes_to_what_was_kept():
    _, client, page = begun()
    for base, text in enumerate((START, HALF, WHOLE, HALF)):
        send(client, page, text, base)
    entry, challenge = challenged.found(*EVEN)
    for one in Save.objects.all():
        assert tuple(one.held) == replay(entry.cls, challenge, one.value).held


def test_another_spelling_is_the_same_run_and_the_same_answer():
    _, client, page = begun()
    told = send(client, page, f"do=fail:bob&keys=200&points=1&{SET_UP}&step=7").json()
    assert told["value"] == HALF


def test_a_check_says_whether_all_hold_and_what_it_was_worth_stays():
    attempt, client, page = begun("exercise")
    told = send(client, page, HALF, check=True).json()
    assert (told["state"], told["right"], told["tries"], told["decided"]) == ("checked", False, 1, False)
    assert "3 of 4 conditions hold" in words(client.get(page))
    assert send(client, page, WHOLE, 1, check=True).json()["points"] == "1.2"
    assert hand_in(attempt, timezone.now()).points == 1200


def test_who_checks_and_leaves_it_there_has_the_part():
    attempt, client, page = begun("exercise")
    send(client, page, HALF, check=True)
    send(client, page, START, 1)
    assert hand_in(attempt, timezone.now()).points == 1000


# What cannot be saved.


@pytest.mark.parametrize(
    ("text", "says_so"),
    [
        ("nodes=ada&do=fly:ada", "no action"),
        ("keys=a+thousand", "whole number"),
        (f"{SET_UP}&do=fail:zoe", "cannot be done"),
        (f"{SET_UP}&nodez=x", "no run of"),
        ("&".join(["do=fail:bob"] * 101), "at most 100 actions"),
    ],
)
def test_what_is_no_run_is_told_kindly_beside_the_stage_and_nothing_is_saved(text, says_so):
    _, client, page = begun()
    send(client, page, HALF)
    told = send(client, page, text, 1)
    assert (told.status_code, told.json()["state"]) == (422, "unreadable")
    assert says_so in told.json()["sentence"]
    form = client.post(f"{page}save", {"answer": text, "base": 1, "key": str(uuid4())})
    assert form.status_code == 422
    assert says_so in words(form)
    assert Answer.objects.get().value == HALF


def test_a_run_has_a_longest_spelling():
    _, client, page = begun()
    assert send(client, page, "keys=" + "1" * 5000).status_code == 422
    assert client.post(f"{page}save", {"answer": "1" * 5000}).status_code == 422


def test_an_answer_of_another_kind_stays_as_short_as_it_was():
    of = made.class_()
    quiz, ana = made.quiz(of, kinds=(made.NUMBER,)), made.member(of)
    starting.start(quiz, ana, timezone.now())
    told = send(made.signed_in(ana), f"/quizzes/{quiz.pk}/1/1/", "1" * 201)
    assert "at most 200 characters" in told.json()["sentence"]


@pytest.fixture
def full(monkeypatch):
    """The gate of whoever comes next: a run is under way in it that does not end."""
    gate = turns.Gate(free=-1.0, patience=0.0)
    monkeypatch.setattr("playground.asking.turns.Gate", lambda: gate)
    return held(gate)


def test_where_the_gate_is_full_the_page_keeps_the_run_and_sends_it_under_the_same_key(full):
    """The gate is made with the first request of a browser."""
    _, client, page = begun()
    key = str(uuid4())
    form = client.post(f"{page}save", {"answer": HALF, "base": 0, "key": key, "next": "yes"})
    assert (form.status_code, form["Retry-After"]) == (503, "2")
    assert form["Cache-Control"] == "no-store, private"
    assert html.escape(HALF) in form.text
    assert key in form.text
    assert send(client, page, HALF).status_code == 503
    assert not Save.objects.exists()
    full()
    kept = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form.text))
    assert client.post(f"{page}save", {name: html.unescape(value) for name, value in kept.items()}).status_code == 303
    assert Answer.objects.get().value == HALF


def dearest() -> list[tuple[str, str]]:
    """The dearest runs that are known of each miniature, as its search has kept them."""
    told = []
    for slug, entry in entries().items():
        known = json.loads((entry.home / "worst.json").read_text("utf-8"))
        texts = [one for one in known.values() if isinstance(one, str)]
        told += [(slug, one) for one in dict.fromkeys((*texts, *known.get("at", {}).values())) if "?" not in one]
    return [(slug, "&".join(part for part in text.split("&") if not part.startswith("vs="))) for slug, text in told]


def said_to(slug: str, text: str) -> str:
    """The refusal of a run, as a sentence; empty where it has been replayed."""
    entry = entries()[slug]
    try:
        told = replay(entry.cls, entry.challenges[0], text)
    except Unreadable as refused:
        return str(refused)
    return "" if len(told.value) <= limits.QUERY and len(told.held) == len(entry.challenges[0].conditions) else "lost"


def test_the_dearest_runs_that_are_known_are_replayed_or_refused_in_a_sentence():
    """What one of them costs is measured with the runs themselves; here none of them is a fault."""
    told = [said_to(slug, text) for slug, text in dearest()]
    assert {one for one in told if one and not one.endswith(".")} == set()
    assert told.count("") > len(told) / 2


RUNS = (
    "",
    "from=start",
    f"{HALF}&step=3",
    f"{START}&step=22&act=fail&act.node=bob",
    f"{START}&act=fail&act.node=zoe",
    f"{HALF}&step=3&act=fail&act.node=zoe",
    f"{HALF}&do=revive:bob&step=23&act=fail&act.node=ada",
    f"{SET_UP}&do=fail:zoe",
    f"{SET_UP}&do=fail:zoe&act=fail",
    f"{SET_UP}&do=fail:ada&do=fail:zoe&step=1&act=fail&act.node=bob",
    "keys=many",
    f"{HALF}&vs=points:10",
    "do=add:one&do=remove:one&" * 40 + "keys=200&points=64",
)
"""Queries of a challenge's page: plain, from an earlier step, with an action, refused, cut."""


def test_no_page_of_it_runs_the_model_more_often_than_its_view_says(monkeypatch):
    attempt, client, page = begun()
    ran: list[str] = []
    ended = Runner.ended

    def counted(runner: Runner) -> Run:
        ran.append(spelled(runner.run.cls, runner.run.query))
        return ended(runner)

    monkeypatch.setattr(Runner, "ended", counted)
    # Nothing is kept from one request to the next: the most that it may take is counted.
    monkeypatch.setattr(recent, "_runs", Recent(0)._runs)

    def within(answer: Any) -> int:
        taken = len(ran)
        ran.clear()
        assert taken <= vars(resolve(answer.request["PATH_INFO"]).func)["runs"], answer.request
        return taken

    most = {form: max(within(client.get(f"{page}{form}?{one}")) for one in RUNS) for form in ("", "player")}
    for one in (HALF, "nodes=none&do=fail:x", START):
        within(client.post(f"{page}save", {"answer": one, "base": 0}))
        within(send(client, page, one))
    hand_in(attempt, timezone.now())
    Quiz.objects.update(closes=timezone.now() - MINUTE)
    assert within(client.get(page)) == 2
    assert most == {"": 4, "player": 4}, "what it says is not more than it takes"


# The page.


def test_one_acts_by_forms_alone_in_the_page_s_own_address():
    _, client, page = begun()
    first = client.get(page)
    assert "2 of 4 conditions hold" in words(first)
    assert "No run is saved yet" in words(first)
    done = client.get(f"{page}?{START}&step=22&act=fail&act.node=bob")
    assert done.status_code == 302
    assert done["Location"] == f"{page}?{HALF}&step=25"
    acted = client.get(done["Location"])
    assert "3 of 4 conditions hold" in words(acted)
    sent = dict(re.findall(r'name="(who|key|base|answer)" value="([^"]*)"', acted.text))
    saved = client.post(f"{page}save", {name: html.unescape(value) for name, value in sent.items()}, follow=True)
    assert saved.redirect_chain == [(page, 303)]
    assert "This run is the one that is saved" in words(saved)


def test_one_begins_at_the_end_of_the_run_that_the_challenge_starts_from():
    """What is done there is done after it; nothing of it is dropped."""
    of = made.class_()
    quiz, ana = made.quiz(of, kinds=(("load-balancing", "slow-and-growing"),)), made.member(of)
    starting.start(quiz, ana, timezone.now())
    page = made.signed_in(ana).get(f"/quizzes/{quiz.pk}/1/1/").text
    ((step, last),) = re.findall(r'class="slider"[^>]* max="(\d+)" value="(\d+)"', page)
    assert step == last


def test_coming_back_shows_the_saved_run_and_another_one_is_told_apart():
    _, client, page = begun()
    send(client, page, HALF)
    assert "This run is the one that is saved" in words(client.get(page))
    other = words(client.get(f"{page}?{WHOLE}"))
    assert "4 of 4 conditions hold" in other
    assert "This run is not saved. Saved is another, in which 3 of 4 hold" in other
    again = words(client.get(f"{page}?from=start"))
    assert "2 of 4 conditions hold" in again


@pytest.mark.parametrize("challenge", ALL, ids="/".join)
def test_of_every_challenge_start_and_saved_run_have_addresses_of_their_own(challenge):
    """Also where the start is the run in which everything has its default, which a query need not name."""
    of = made.class_()
    quiz, ana = made.quiz(of, kinds=(challenge,)), made.member(of)
    starting.start(quiz, ana, timezone.now())
    client, page, content = made.signed_in(ana), f"/quizzes/{quiz.pk}/1/1/", made.content(challenge, 1)
    assert send(client, page, content.right).json()["value"] == content.right
    count, at_start = len(content.conditions), sum(one.at_start for one in content.conditions)
    assert f"{count} of {count} conditions hold" in words(client.get(page))
    for start in (f"{page}?from=start", f"{page}?{content.query}"):
        assert f"{at_start} of {count} conditions hold" in words(client.get(start)), start


def test_the_stage_is_a_fragment_which_knows_its_page():
    _, client, page = begun()
    told = client.get(f"{page}player?{START}&step=22&act=fail&act.node=bob")
    assert told["HX-Push-Url"] == f"{page}?{HALF}&step=25"
    assert told["Cache-Control"] == "no-store, private"
    assert "3 of 4 conditions hold" in words(told)
    refused = client.get(f"{page}player?{START}&step=22&act=fail&act.node=zoe")
    assert refused.status_code == 422
    assert "HX-Push-Url" not in refused.headers


def test_a_question_of_another_kind_has_no_stage_to_act_on():
    of = made.class_()
    quiz, ana = made.quiz(of, kinds=(made.NUMBER,)), made.member(of)
    starting.start(quiz, ana, timezone.now())
    assert made.signed_in(ana).get(f"/quizzes/{quiz.pk}/1/1/player").status_code == 404


def test_after_time_the_stage_leads_to_the_review():
    attempt, client, page = begun()
    hand_in(attempt, timezone.now())
    assert client.get(f"{page}player?{HALF}")["HX-Redirect"] == page


# Leaks.


def secrets(challenge: tuple[str, str]) -> set[bytes]:
    """Hints and solution, in every spelling; what the solution does is in no start."""
    _, known = challenged.found(*challenge)
    told = [made.content(challenge, 1).right, known.solution, *known.hints, f"challenge/{known.name}/solution"]
    ways = (str, html.escape, quote, lambda text: json.dumps(text)[1:-1])
    return {way(one).encode() for one in told for way in ways}


@pytest.mark.parametrize("challenge", ALL, ids="/".join)
@pytest.mark.parametrize("preset", ["test", "exercise"])
def test_neither_hint_nor_solution_leaves_the_server_before_its_phase(challenge, preset):
    of = made.class_()
    quiz, ana = made.quiz(of, preset, kinds=(challenge,)), made.member(of)
    attempt = starting.start(quiz, ana, timezone.now())
    client, page = made.signed_in(ana), f"/quizzes/{quiz.pk}/1/1/"
    start = made.content(challenge, 1).query
    got = [
        client.get(f"{page}{more}")
        for more in ("", "?from=start", "player", "trace?layout=wide", "trace?layout=narrow")
    ]
    got += [send(client, page, start), client.get(page), client.get(f"/quizzes/{quiz.pk}/1/")]
    got += [send(client, page, "nothing=of-the-kind", 1), client.get("/quizzes/about-me.json")]
    if preset == "exercise":
        got += [send(client, page, start, 1, check=True), client.get(page)]
    else:
        hand_in(attempt, timezone.now())
        got += [client.get(page)]
    bodies = [one.content + str(sorted(one.headers.items())).encode() for one in got]
    assert {one for one in secrets(challenge) for body in bodies if one in body} == set()


def test_after_closing_the_solution_stands_beside_the_run_and_the_search_above_finds_it():
    attempt, client, page = begun(closes=NOON + 900000 * MINUTE)
    send(client, page, HALF)
    hand_in(attempt, timezone.now())
    before = client.get(page)
    assert "3 of 4 conditions hold in your run" in words(before)
    assert "One solution" not in words(before)
    Quiz.objects.update(closes=timezone.now() - MINUTE)
    after = client.get(page)
    assert "One solution" in words(after)
    assert any(one in after.content for one in secrets(EVEN))


@pytest.mark.parametrize(("phases", "told", "seen"), [("closing", False, False), ("handing-in", True, False)])
def test_words_of_the_solution_and_its_picture_have_phases_of_their_own(phases, told, seen):
    rules = {"verdict": "handing-in", "answer": phases, "run": "never"}
    attempt, client, page = begun(phases=rules, closes=NOON + 900000 * MINUTE)
    send(client, page, HALF)
    hand_in(attempt, timezone.now())
    shown = client.get(page)
    assert ("Points a server: 10" in words(shown)) is told
    assert ('aria-label="One solution"' in shown.text) is seen


# Building.


def owner_and_draft() -> tuple[Client, Quiz]:
    owner = people.user()
    of = people.room(owner=owner)
    return people.browser(owner), building.new_quiz(of)


def owner_of(quiz: Quiz) -> User:
    return User.objects.get(owns=quiz.of)


def add(client: Client, quiz: Quiz, key: str = "hash-ring/even-after-a-failure"):
    page = client.get(f"/teach/quizzes/{quiz.pk}/")
    form = {field.name: field.value() or "" for field in page.context["form"]}
    return client.post(f"/teach/quizzes/{quiz.pk}/add", {**form, "add": key}, follow=True)


def test_an_instructor_finds_it_by_its_filter_and_adds_it_frozen_once_for_all():
    client, quiz = owner_and_draft()
    found = client.get(f"/teach/quizzes/{quiz.pk}/", {"how": "challenge"})
    assert f"11 of {len(askable())} kinds" in words(found)
    assert "best blind guess" not in words(found)
    assert "Five servers hold 200 keys" in words(found)
    page = add(client, quiz)
    item = Item.objects.get()
    assert (item.kind, item.template, item.variants.count()) == (Item.Kind.CHALLENGE, EVEN[1], 1)
    assert "a challenge, the same for all" in words(page)
    assert f"item={item.pk}" not in page.text, "it is put to no room"
    assert "of 1 variants are made" not in words(page)


def test_publishing_makes_no_more_of_it():
    client, quiz = owner_and_draft()
    add(client, quiz)
    building.publish(quiz, owner_of(quiz), timezone.now())
    building.portion(quiz)
    with pytest.raises(building.Refused, match="there is one of it, the same for all"):
        building.more(Item.objects.get(), 20)
    assert Variant.objects.count() == 1


def test_a_quiz_of_a_file_or_a_copy_gets_its_challenge_frozen_in_a_portion():
    _, quiz = owner_and_draft()
    building.add(quiz, *EVEN, Item.Kind.CHALLENGE)
    copy = building.duplicate(quiz, 7)
    assert not Variant.objects.filter(item__quiz=copy).exists()
    building.portion(copy)
    assert Variant.objects.filter(item__quiz=copy).count() == 1


def test_those_who_teach_see_start_conditions_and_a_solution():
    client, quiz = owner_and_draft()
    add(client, quiz)
    page = client.get(f"/teach/quizzes/{quiz.pk}/variants/1/")
    for told in (
        "The start",
        "One solution",
        "of four or more that answer, none holds more than 1.3 times the mean",
        "2 of 4 conditions hold",
    ):
        assert told in words(page)
    assert client.get(f"/teach/quizzes/{quiz.pk}/variants/1/?page=7").status_code == 200


def test_it_is_not_put_to_a_room_and_says_why():
    client, quiz = owner_and_draft()
    add(client, quiz)
    told = client.get(f"/teach/live/?item={Item.objects.get().pk}")
    assert told.status_code == 404
    assert "nothing in it to vote on" in words(told)


def test_a_preview_operates_it_as_a_learner_does():
    client, quiz = owner_and_draft()
    add(client, quiz)
    attempt = previewing.start(quiz, Member.objects.get(of=quiz.of, user=owner_of(quiz)), timezone.now())
    page = f"/quizzes/{quiz.pk}/{attempt.number}/1/"
    assert "2 of 4 conditions hold" in words(client.get(page))
    assert send(client, page, WHOLE).json()["state"] == "saved"


def test_the_file_of_a_quiz_goes_out_and_comes_in_with_it():
    _, quiz = owner_and_draft()
    building.add(quiz, *made.NUMBER)
    building.add(quiz, *EVEN, Item.Kind.CHALLENGE)
    items = list(Item.objects.filter(quiz=quiz))
    text = write(quiz.title, building.rules_of(quiz), items)
    assert json.loads(text)["items"][1] == {"miniature": EVEN[0], "challenge": EVEN[1], "points": 1}
    again = building.wanted(read(text, "UTC").items)
    assert [one.columns for one in again] == [building.Wanted.of(one).columns for one in items]


@pytest.mark.parametrize(
    ("item", "says_so"),
    [
        ({"challenge": "even-after-a-fire"}, "no challenge “even-after-a-fire”; it has even-after-a-failure"),
        ({}, "either a question or a challenge"),
        ({"question": "who-answers", "challenge": "even-after-a-failure"}, "either a question or a challenge"),
    ],
)
def test_an_item_of_a_file_is_one_or_the_other_and_there(item, says_so):
    text = json.dumps({"format": 1, "title": "Rings", "items": [{"miniature": "hash-ring", **item}]})
    with pytest.raises(quiz_file.Unreadable, match=re.escape(says_so)):
        read(text, "UTC")


# Results, files and regrade.


def taken(*runs: str | None) -> Quiz:
    """A quiz that somebody has handed in with each of these runs."""
    owner = people.user()
    of = people.room(owner=owner)
    quiz = made.quiz(of, kinds=(EVEN,))
    for number, text in enumerate(runs):
        attempt = starting.start(quiz, people.learner(of, f"Learner {number}"), NOON)
        if text:
            save(attempt, 1, says(text), NOON + MINUTE)
        hand_in(attempt, NOON + 2 * MINUTE)
    return quiz


def test_results_count_by_condition_and_open_the_run_of_each():
    quiz = taken(HALF, HALF, WHOLE, None)
    client = people.browser(quiz.of.owner)
    page = words(client.get(f"/teach/quizzes/{quiz.pk}/results/?question=1&who=runs"))
    assert "1 right" in page
    assert "2 not all conditions" in page
    assert "1 blank" in page
    assert "3 of 4 held: 200 keys or more are placed" in page
    assert "1 of 4 held: of four or more that answer, none holds more than 1.3 times the mean" in page
    assert "Learner 2 4 of 4" in page
    ana = Member.objects.get(name="Learner 0")
    saw = client.get(f"/teach/quizzes/{quiz.pk}/learners/{ana.pk}/?attempt=1&question=1")
    assert "3 of 4 conditions hold in this run" in words(saw)
    assert html.escape(f"challenge/{EVEN[1]}/?{HALF}") in saw.text


def test_the_csv_says_how_many_conditions_hold():
    quiz = taken(HALF, None)
    rows: Any = people.browser(quiz.of.owner).get(f"/teach/quizzes/{quiz.pk}/answers.csv")
    text = b"".join(rows.streaming_content if rows.streaming else [rows.content]).decode()
    assert text.splitlines()[0].endswith(",conditions")
    assert text.splitlines()[1].endswith(",3 of 4")
    assert text.splitlines()[2].endswith(",")


def test_an_export_holds_the_runs_and_what_held_of_them_once_it_may_be_told():
    quiz = taken(HALF)
    told = export(None, [Member.objects.get(name="Learner 0")])
    one = told["classes"][0]["attempts"][0]["answers"][0]
    assert one["value"] == HALF
    assert one["saves"][0]["conditions that held"] == [True, True, False, True]
    Quiz.objects.filter(pk=quiz.pk).update(phases={"verdict": "never", "answer": "never", "run": "never"})
    told = export(None, [Member.objects.get(name="Learner 0")])
    assert "conditions that held" not in told["classes"][0]["attempts"][0]["answers"][0]["saves"][0]


def run_all(quiz: Quiz) -> None:
    while rerunning.waiting(quiz):
        rerunning.run_again(quiz)


def test_unchanged_code_changes_nothing():
    quiz = taken(HALF, WHOLE, START, None)
    assert [one.item.kind for one in rerunning.waiting(quiz)] == [Item.Kind.CHALLENGE]
    run_all(quiz)
    told = Variant.objects.get().rerun
    assert (told["runs"], told["at_start"]) == ({HALF: 3, WHOLE: 4, START: 2}, 2)
    assert by_today(quiz).keys == {}


def test_what_was_found_otherwise_then_is_shown_applied_and_taken_back():
    """As it was saved by code that found another condition to hold."""
    quiz = taken(HALF, WHOLE)
    Save.objects.filter(value=HALF).update(held=[True, False, False, True])
    attempt = Attempt.objects.get(member__name="Learner 0")
    Answer.objects.filter(attempt=attempt).update(points=0)
    Attempt.objects.filter(pk=attempt.pk).update(points=0)
    run_all(quiz)
    proposal = by_today(quiz)
    assert [(one.old, one.kept, one.computed) for one in preview(proposal)] == [(0, 1000, 1000), (2000, 2000, 2000)]
    client = people.browser(quiz.of.owner)
    page = words(client.get(f"/teach/quizzes/{quiz.pk}/regrade/"))
    assert "2 of 4 conditions then, 3 by today’s run" in page
    assert (
        apply(proposal, seal(proposal, preview(proposal)), "today", "a fault", owner_of(quiz), NOON, lower=False) == 1
    )
    assert Attempt.objects.get(pk=attempt.pk).points == 1000
    assert differences()[1] == []
    assert by_today(quiz).keys == {}
    client.post(f"/teach/quizzes/{quiz.pk}/regrade/undo", {"batch": "1"})
    assert Attempt.objects.get(pk=attempt.pk).points == 0
    assert differences()[1] == []


def test_a_run_that_is_accepted_has_all_points():
    quiz = taken(HALF, WHOLE)
    proposal = by_accepting(Item.objects.get(), variant=1, value=HALF)
    assert [(one.old, one.kept) for one in preview(proposal)] == [(1000, 2000), (2000, 2000)]
    client = people.browser(quiz.of.owner)
    page = client.get(f"/teach/quizzes/{quiz.pk}/regrade/?what=accept&question=1")
    (choice,) = re.findall(r'value="(run:\w+)"', page.text)
    assert "the run of Learner 0, 3 of 4 conditions" in words(page)
    shown = words(client.get(f"/teach/quizzes/{quiz.pk}/regrade/?what=accept&question=1&said={choice}"))
    assert "1 answer goes up" in shown
    assert "this run is accepted" in shown


def test_a_challenge_that_asks_for_something_else_today_regrades_nothing():
    quiz = taken(HALF)
    variant = Variant.objects.get()
    variant.content["conditions"][0][0] = "two hundred keys"
    variant.save()
    run_all(quiz)
    assert by_today(quiz).keys == {}
    assert "other conditions today" in Variant.objects.get().rerun["failed"]
    attempt = Attempt.objects.get()
    page = made.signed_in(attempt.member).get(f"/quizzes/{quiz.pk}/1/1/")
    assert "3 of 4 conditions hold in your run" in words(page)
    assert "has been changed since" in words(page)


def test_a_challenge_that_is_gone_is_told_and_what_was_saved_stays():
    attempt, client, page = begun()
    send(client, page, HALF)
    variant = Variant.objects.get()
    variant.content["template"] = "no-such-challenge"
    variant.save()
    told = client.get(page)
    assert told.status_code == 200
    assert "no such challenge any more" in words(told)
    assert "no such challenge any more" in send(client, page, WHOLE, 1).json()["sentence"]
    assert hand_in(attempt, timezone.now()).points == 1000


def test_the_presets_let_a_challenge_be_checked_in_an_exercise_alone():
    assert PRESETS["exercise"].phases["verdict"] == "checking"
    _, client, page = begun()
    assert send(client, page, HALF, check=True).json()["state"] == "no-checking"
    assert 'name="check"' not in client.get(page).text
