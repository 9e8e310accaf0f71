"""What somebody has made of a challenge is read as the playground reads it, and replayed; a challenge can be frozen."""

import json

import pytest

from playground.engine import limits
from playground.engine.content import Content
from playground.engine.query import parse
from playground.engine.registry import entries
from playground.engine.replays import content_of_challenge, replay, spelled
from playground.engine.run import run
from playground.engine.verdict import Unreadable
from tests.engine.bells import Bells
from tests.engine.test_challenges import TWICE

ALL = [(entry, one) for entry in entries().values() for one in entry.challenges]
NAMES = [f"{entry.slug}/{one.name}" for entry, one in ALL]


def test_it_says_which_conditions_hold_and_spells_the_run_in_one_way():
    told = replay(Bells, TWICE, "?rounds=0&do=ring:A:2&step=3")
    assert (told.value, told.held) == ("rounds=0&do=ring:A:2", (True, True))
    assert replay(Bells, TWICE, told.value) == told


def test_a_run_is_never_the_empty_text_which_is_no_answer():
    told = replay(Bells, TWICE, "step=1")
    assert told.value
    assert spelled(Bells, parse(Bells, told.value).query) == told.value


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("rounds=many", "whole number"),
        ("do=whistle:A", "There is no action"),
        ("rounds=0&do=ring:Z", "cannot be done to its end"),
        ("gongs=4", "no run of"),
        ("rounds=0&vs=rounds:1", "no run of"),
        ("rounds=0&act=ring&act.bell=A", "Do it first"),
        ("&".join(["do=ring:A"] * (limits.ACTIONS + 1)), f"at most {limits.ACTIONS} actions"),
        ("rounds=" + "1" * limits.QUERY, "longer than 4,096"),
        ("rounds=%FF", "UTF-8"),
    ],
)
def test_what_is_no_run_or_too_much_of_one_is_refused_in_a_sentence(text, says):
    with pytest.raises(Unreadable, match=says):
        replay(Bells, TWICE, text)


def test_a_run_that_is_cut_is_a_run_in_which_nothing_holds():
    assert replay(Bells, TWICE, "rounds=600").held == (False, False)


@pytest.mark.parametrize(("entry", "challenge"), ALL, ids=NAMES)
def test_every_challenge_is_frozen_with_its_start_and_a_solution_in_which_all_holds(entry, challenge):
    content = content_of_challenge(entry, challenge)
    assert Content.from_json(json.loads(json.dumps(content.to_json()))) == content
    assert replay(entry.cls, challenge, content.query).held == tuple(one.at_start for one in content.conditions)
    assert all(replay(entry.cls, challenge, content.right).held)
    assert not all(one.at_start for one in content.conditions)
    last = run(entry.cls, parse(entry.cls, challenge.start).query).last
    assert (content.stop, len(content.trace["wide"]["steps"])) == (last, last + 1)


def test_no_challenge_has_the_name_of_a_question_of_its_miniature():
    """Both are found in the builder under miniature and name."""
    assert [
        slug for slug, one in entries().items() if {q.name for q in one.questions} & {c.name for c in one.challenges}
    ] == []


def test_a_content_of_a_question_says_nothing_of_conditions():
    """What was frozen before there were challenges is read, and is the same once more."""
    entry, challenge = ALL[0]
    told = content_of_challenge(entry, challenge).to_json()
    assert told["conditions"]
    told.pop("conditions")
    assert Content.from_json(told).to_json() == told


def test_a_condition_that_is_something_else_is_refused():
    told = content_of_challenge(*ALL[0]).to_json()
    with pytest.raises(ValueError, match="condition"):
        Content.from_json(told | {"conditions": [["it holds", 1]]})
