"""A room that votes: its phases, who may vote and how often, what is told when, and what is forgotten."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from playground.engine.verdict import Unreadable
from quizzes import voting
from quizzes.models import Room, User, Vote
from quizzes.names import ROOM_CODE, SIGNS
from quizzes.room_page import RoomPage
from quizzes.rules.rounds import BALLOTS, ORDER, Phase, ballots_shown, next_phase
from tests.quizzes import made, people

pytestmark = pytest.mark.django_db

ASKED = made.content(made.PICK, 1)
RIGHT = ASKED.right
WRONG = next(option.value for option in ASKED.options if option.model)


def room(owner: User | None = None) -> Room:
    return voting.open_room(owner or people.user("Ruth"), ASKED, timezone.now())


def phone(of: Room) -> Client:
    """A phone that has looked at the page, and so has its cookie."""
    client = Client()
    assert client.get(f"/live/{of.code}/").status_code == 200
    return client


def votes(of: Room, client: Client, value: str) -> int:
    return client.post(f"/live/{of.code}/vote", {"answer": value}).status_code


def on(of: Room, *, run: bool = False) -> None:
    of.refresh_from_db()
    voting.go_on(of, of.revision, run=run)
    of.refresh_from_db()


@given(st.sampled_from(ORDER), st.booleans())
def test_a_room_goes_on_and_never_back(phase: Phase, run: bool):
    then = next_phase(phase, run=run)
    assert ORDER.index(then) >= ORDER.index(phase)
    assert (then == phase) == (phase == Phase.ENDED)


@pytest.mark.parametrize("phase", ORDER)
def test_of_a_vote_that_is_open_nothing_is_told_but_how_many(phase: Phase):
    """Also not of the one before: who sees what most chose before the second vote, follows."""
    assert (ballots_shown(phase) == ()) == (phase in BALLOTS)


def test_a_code_is_six_signs_that_cannot_be_mistaken():
    code = room().code
    assert code is not None
    assert len(code) == ROOM_CODE
    assert set(code) <= set(SIGNS)


def test_a_vote_may_be_changed_and_counts_once():
    of = room()
    ana, ben = phone(of), phone(of)
    assert votes(of, ana, WRONG) == votes(of, ben, RIGHT) == votes(of, ana, RIGHT) == 303
    assert voting.counts(of, 1) == {RIGHT: 2}


def test_a_phone_is_known_in_its_room_alone():
    owner = people.user("Ruth")
    one, other = room(owner), room(owner)
    client = phone(one)
    votes(one, client, RIGHT)
    votes(other, client, RIGHT)
    assert len(set(Vote.objects.values_list("voter", flat=True))) == 2


def test_what_cannot_be_read_is_no_vote():
    of = room()
    assert votes(of, phone(of), "nobody of that name") == 422
    with pytest.raises(Unreadable):
        voting.vote(of, voting.new_voter(), "", timezone.now())
    assert not Vote.objects.exists()


def test_who_keeps_no_cookie_cannot_vote_again_and_again():
    of = room()
    assert Client().post(f"/live/{of.code}/vote", {"answer": RIGHT}).status_code == 422
    assert not Vote.objects.exists()


def test_a_vote_that_comes_when_it_is_closed_is_told_so_and_not_counted():
    of = room()
    client = phone(of)
    on(of)
    assert votes(of, client, RIGHT) == 409
    assert not Vote.objects.exists()


def test_both_votes_stand_beside_each_other():
    of = room()
    phones = [phone(of) for _ in range(3)]
    for client in phones:
        votes(of, client, WRONG)
    on(of)
    on(of)
    for client in phones[:2]:
        votes(of, client, RIGHT)
    assert RoomPage(of).rows == []
    on(of)
    figures = {row.value: row.figures for row in RoomPage(of).rows}
    assert (figures[RIGHT], figures[WRONG]) == ("0 → 2", "3 → 0")
    assert RoomPage(of).votes == "2 of 3 votes"


def test_who_presses_twice_goes_on_once():
    of = room()
    for _ in range(2):
        voting.go_on(of, 0)
    of.refresh_from_db()
    assert (of.phase, of.revision) == (Phase.TALK, 1)


def test_the_second_vote_may_be_left_out():
    of = room()
    on(of)
    on(of, run=True)
    assert of.phase == Phase.RUN


@pytest.mark.asvs("8.3.1")
def test_before_the_machine_runs_no_answer_is_in_anything_that_is_sent():
    owner = people.user("Ruth")
    of = room(owner)
    client, screen = phone(of), people.browser(owner)
    votes(of, client, WRONG)
    told = [option.belief for option in ASKED.options if option.belief] + [ASKED.because]
    while True:
        of.refresh_from_db()
        pages = [client.get(f"/live/{of.code}/{part}").text for part in ("", "state", "trace?layout=wide")] + [
            screen.get(f"/teach/live/{of.pk}/{part}").text for part in ("", "state", "trace?layout=narrow")
        ]
        says = [sentence for sentence in told for page in pages if sentence in page]
        if Phase(of.phase) in (Phase.RUN, Phase.ENDED):
            break
        assert not says
        on(of)
    assert ASKED.because in says


def test_a_page_that_is_the_same_is_not_sent_again():
    of = room()
    client = phone(of)
    assert client.get(f"/live/{of.code}/state?revision=0").status_code == 204
    on(of)
    answer = client.get(f"/live/{of.code}/state?revision=0")
    assert answer.json() == {"revision": 1}


def test_late_comers_and_reloads_find_the_vote_and_their_own():
    of = room()
    client = phone(of)
    votes(of, client, WRONG)
    assert f'</b> <span translate="no">{WRONG}</span>' in client.get(f"/live/{of.code}/").text
    on(of)
    assert f'You voted for <b translate="no">{WRONG}</b>' in client.get(f"/live/{of.code}/").text
    assert "The vote is closed." in phone(of).get(f"/live/{of.code}/").text


def test_the_code_of_a_room_is_taken_where_those_of_classes_are():
    of = room()
    assert of.code
    answer = Client().post("/join/", {"code": f" {of.code[:3].lower()}-{of.code[3:]} "})
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/live/{of.code}/")


def test_nobody_else_goes_on_in_a_room():
    of = room()
    other = people.browser(people.user("Theo"))
    assert other.get(f"/teach/live/{of.pk}/").status_code == 404
    assert other.post(f"/teach/live/{of.pk}/go-on", {"revision": 0}).status_code == 404
    of.refresh_from_db()
    assert of.revision == 0


def test_a_lesson_s_question_and_an_item_are_put_to_a_room():
    owner = people.user("Ruth")
    screen, of = people.browser(owner), people.room(owner=owner)
    item = made.quiz(of, kinds=(made.NUMBER,)).items.get()
    for wanted in ({"item": item.pk}, {"question": f"{ASKED.miniature}/{ASKED.template}", "run": ASKED.query}):
        assert screen.get("/teach/live/", wanted).status_code == 200
        assert screen.post("/teach/live/", wanted).status_code == 303
    assert set(Room.objects.values_list("content__template", flat=True)) == {made.NUMBER[1], ASKED.template}


def test_an_item_of_another_s_class_is_not_there():
    item = made.quiz(people.room(owner=people.user("Theo")), kinds=(made.NUMBER,)).items.get()
    screen = people.browser(people.user("Ruth"))
    assert screen.get("/teach/live/", {"item": item.pk}).status_code == 404


@pytest.mark.parametrize(
    "wanted",
    [
        {}, {"item": "x"}, {"item": "9" * 30}, {"question": "no/such"}, {"question": "hash-ring/no"},
        {"question": "hash-ring/who-answers", "run": "points=0"},
        {"question": "hash-ring/who-answers", "run": "x" * 5000},
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_told_so(wanted: dict[str, str]):
    screen = people.browser(people.user("Ruth"))
    assert screen.get("/teach/live/", wanted).status_code == 404
    assert screen.post("/teach/live/", wanted).status_code == 404
    assert not Room.objects.exists()


def test_of_one_account_five_rooms_are_open_at_most():
    owner = people.user("Ruth")
    rooms = [room(owner) for _ in range(voting.MOST_OPEN + 1)]
    rooms[0].refresh_from_db()
    assert rooms[0].phase == Phase.ENDED
    assert Room.objects.exclude(phase=Phase.ENDED).count() == voting.MOST_OPEN


def test_a_code_is_good_for_three_hours_and_a_room_gone_after_thirty_days():
    of = room()
    client = phone(of)
    votes(of, client, RIGHT)
    Room.objects.update(opened=timezone.now() - voting.LASTS - timedelta(seconds=1))
    assert client.get(f"/live/{of.code}/").status_code == 404
    call_command("forget", "--yes")
    of.refresh_from_db()
    assert (of.code, of.phase) == (None, Phase.ENDED)
    Room.objects.update(opened=timezone.now() - voting.KEPT - timedelta(seconds=1))
    call_command("forget", "--yes")
    assert not Room.objects.exists()
    assert not Vote.objects.exists()
