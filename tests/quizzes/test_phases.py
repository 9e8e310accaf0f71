"""What may be shown, and when."""

from itertools import product

import pytest

from quizzes.rules.phases import PRESETS, Part, Phase, may_check, visible

MOMENTS = [
    {"checked": checked, "decided": decided, "handed_in": handed_in, "closed": closed}
    for checked, decided, handed_in, closed in product((False, True), repeat=4)
]


def at(phase, **moment):
    now = dict.fromkeys(("checked", "decided", "handed_in", "closed"), False) | moment
    return visible(dict.fromkeys(Part, phase), **now)


def test_never_is_never():
    assert not any(at(Phase.NEVER, **moment) for moment in MOMENTS)


def test_before_anything_is_done_nothing_is_shown_whatever_the_rules():
    for phase in Phase:
        assert at(phase) == frozenset()
        assert at(phase, closed=True) == frozenset()


def test_after_a_check_the_verdict_is_shown_and_the_answer_when_no_try_is_left():
    assert at(Phase.CHECKING, checked=True) == {Part.VERDICT}
    assert at(Phase.CHECKING, checked=True, decided=True) == set(Part)


def test_after_handing_in():
    assert at(Phase.HANDING_IN, checked=True, decided=True) == frozenset()
    assert at(Phase.HANDING_IN, handed_in=True) == set(Part)


def test_after_closing_only_of_what_was_handed_in():
    assert at(Phase.CLOSING, handed_in=True) == frozenset()
    assert at(Phase.CLOSING, handed_in=True, closed=True) == set(Part)


@pytest.mark.parametrize("preset", PRESETS)
def test_the_presets_name_phases_that_exist_and_tries_that_fit(preset):
    rules = PRESETS[preset]
    assert set(rules.phases) == set(Part)
    assert set(rules.phases.values()) <= set(Phase)
    assert (len(rules.tries) > 1) == may_check(rules.phases)
