"""One-time codes: what phone and server say of a code holds when somebody sends it."""

from dataclasses import replace
from functools import cache
from typing import cast

import pytest

from playground.engine.query import do, parse, print_query
from playground.engine.registry import entries
from playground.engine.rng import Rng
from playground.engine.run import Run, run
from playground.engine.walk import walk
from playground.miniatures.security.totp.stage import Stage
from playground.scenes.codes import OPEN
from playground.scenes.marks import LAYOUTS
from playground.scenes.paint import paint

CLS = entries()["totp"].cls
SEEDS = range(60)


def done(text: str) -> Run:
    parsed = parse(CLS, text)
    assert parsed.problems == []
    return run(CLS, parsed.query)


@cache
def walks() -> tuple[Run, ...]:
    return tuple(run(CLS, walk(CLS, Rng(seed))) for seed in SEEDS)


def pictures(found: Run) -> list[Stage]:
    return [cast("Stage", step.scenes[0]) for step in found.steps]


def test_what_is_said_to_be_accepted_would_be():
    """While one watches: the slot of the phone’s own step is open."""
    watched = 0
    for found in (*walks(), done("do=watch"), done("drift=40&do=watch")):
        for picture in pictures(found):
            codes = picture.codes
            if codes.verdict and codes.verdict.words == "would be accepted":
                watched += 1
                (state,) = [one.state for one in codes.verifier.slots if one.step == codes.step]
                assert state == OPEN
    assert watched > 3


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("drift=20&do=watch", "right, but used up"),
        ("lockout=1&do=enter:000000&do=watch", "right, but locked out"),
        (
            "window=1&looks=both&drift=-29&algorithm=sha512&lockout=2&do=enter:108752&do=enter:671578&do=watch",
            "right, but too late",
        ),
        ("drift=60&window=0&do=watch", "would be refused"),
    ],
)
def test_why_a_code_that_is_right_would_not_be_accepted(text: str, words: str):
    found = done(text)
    assert any(step.text.endswith(f"its code {'is ' * words.startswith('right')}{words}.") for step in found.steps)
    judged = [picture.codes for picture in pictures(found) if picture.codes.verdict]
    assert words in {codes.verdict.words for codes in judged if codes.verdict}
    for codes in judged:
        for layout in LAYOUTS:
            (seen,) = [mark.text for mark in paint(codes, layout, codes.room()).marks if mark.key == "verdict"]
            assert codes.verdict
            assert seen == codes.verdict.words, "all of it is seen"


def test_a_code_is_accepted_if_and_only_if_its_slot_is_open():
    tried = 0
    for found in walks()[:25]:
        for slot in pictures(found)[-1].codes.verifier.slots:
            longer = replace(found.query, acts=(*found.query.acts, do("enter", slot.code)))
            if parse(CLS, print_query(CLS, longer)).problems:
                continue  # a run has had all the actions that it may have
            then = run(CLS, longer)
            if then.refusal or then.stopped:
                continue
            tried += 1
            assert ("accepts it" in then.steps[-1].text) == (slot.state == OPEN), (longer, slot)
    assert tried > 50


def test_of_two_steps_with_one_code_the_later_one_still_takes_it():
    """Steps 910737 and 910738 have the same six digits."""
    twice = done("drift=0&time=27322110&do=enter:911617&do=enter:911617")
    accepted = [step.text for step in twice.steps if "accepts it and remembers step" in step.text]
    assert [text.partition("remembers step ")[2][:6] for text in accepted] == ["910737", "910738"]


def test_one_wrong_code_is_one():
    told = " ".join(step.text for step in done("lockout=1&do=enter:000000").steps)
    assert "locked after 1 wrong code." in told
