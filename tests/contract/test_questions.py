"""The question law: over 300 seeds every question can be asked, graded and explained.

Of a miniature that is tested by a sample 60 seeds are tried, other ones at every commit.
"""

from collections import Counter
from functools import cache

import pytest

from playground.engine.questions import asked_at, overridden, part, pose
from playground.engine.run import run
from playground.engine.trace import picture
from playground.engine.verdict import Verdict, verdict
from playground.scenes.marks import LAYOUTS
from tests.contract.every import each_miniature, each_pick, each_question, place
from tests.tiers import seed, whole

SEEDS, SAMPLED = 300, 60
SKEW = {SEEDS: 40, SAMPLED: 20}
"""How far any place may be from its share of the right answers. Of 300, four places have 75 each, and a fair draw
misses that by more than 40 less than once in a million tries; of 60, 15 each, and 20 is as rare above (below it is
never: there the larger sample is the judge)."""

AGAIN = 60
"""Of these, the runs are made once more, one by one."""

# Hundreds of runs of every miniature: `make test` does them, `make check` does not.
pytestmark = pytest.mark.search


def asks(entry, question):
    """Where a question is written."""
    return f"{place(entry, 'questions.py')}, {question.__name__}"


@cache
def posed(entry, question):
    return [pose(entry.cls, question, seed) for seed in seeds(entry)]


def seeds(entry):
    """All of them, or as many others at every commit."""
    if entry.slug in whole():
        return range(SEEDS)
    first = SEEDS + seed() % 10**6
    return range(first, first + SAMPLED)


@each_miniature
def test_there_are_two_questions_or_more(entry):
    names = [question.name for question in entry.questions]
    assert len(set(names)) == len(names) >= 2, (
        f"{place(entry, 'questions.py')}: name two questions or more in QUESTIONS, no two alike; there are {names}"
    )


@each_question
def test_options_differ_and_exactly_one_is_right(entry, question):
    for one in posed(entry, question):
        values = [option.value for option in one.options]
        assert len(values) >= 3, (
            f"{asks(entry, question)}: give it two wrong models or more in wrong = (…); its options are {values}"
        )
        assert len(set(values)) == len(values) == 1 + len(question.wrong), values
        assert [number for number, option in enumerate(one.options) if not option.belief] == [one.place]


@each_question
def test_the_right_answer_stands_in_every_place_about_as_often(entry, question):
    places = Counter(one.place for one in posed(entry, question))
    drawn = len(seeds(entry))
    share = drawn / len(posed(entry, question)[0].options)
    for number in range(len(posed(entry, question)[0].options)):
        assert abs(places[number] - share) <= SKEW[drawn], (
            f"{asks(entry, question)}: the right answer stands in place {number} for {places[number]} of {drawn} seeds"
        )


@each_question
def test_each_option_is_what_the_machine_or_its_wrong_model_answers(entry, question):
    """Run again by itself, each gives its option, and a wrong run parts where the option says; it is asked before
    the answer is in the picture."""
    models = {model.belief: model for model in question.wrong}
    for one in posed(entry, question)[:AGAIN]:
        right = run(entry.cls, one.query, draw=False)
        assert 0 <= one.stop < right.last, (
            f"{asks(entry, question)}: asked at step {one.stop} of {right.last}; `before` says before which action"
        )
        told = [made for step, made in right.decisions() if step <= one.stop and made.thing == question.thing(right)]
        assert not told, f"{question.name} is asked at step {one.stop}, when {told} is known"
        for option in one.options:
            answered = run(models[option.belief], one.query, draw=False) if option.belief else right
            assert option.value == question.answer(answered), (
                f"{asks(entry, question)}: run again, it answers otherwise; draw from the seed alone"
            )
            parting = part(right, answered, question.thing(right), asked_at(question, right))
            assert option.parting == (parting if option.belief else None)


@each_question
def test_feedback_names_the_belief_the_thing_and_both_choices(entry, question):
    for one in posed(entry, question):
        for option in one.options:
            told = option.feedback()
            if not option.belief:
                assert told == ""
                continue
            step, thing, right, wrong = option.parting
            assert right != wrong, f"{asks(entry, question)}: {thing} is decided alike by the machine and the belief"
            for named in (option.belief, thing, right, wrong, f"step {step}"):
                assert named in told, f"{question.name}: the feedback does not name {named!r}: {told}"


@each_question
def test_a_verdict_knows_right_from_wrong_and_which_belief_explains_it(entry, question):
    for one in posed(entry, question)[:40]:
        for number, option in enumerate(one.options):
            assert verdict(one, option.value) == Verdict(number == one.place, option, option.parting)
    assert verdict(one, "something else") == Verdict(False, None, None)


@each_pick
def test_the_right_answer_to_pick_and_a_wrong_one_can_be_picked_on_the_picture(entry, question):
    """Narrow and wide, at the step at which it is asked. Others may stand in the list alone."""
    for one in posed(entry, question)[:3]:
        done = run(entry.cls, one.query)
        for layout in LAYOUTS:
            pictures = [picture(done, one.stop, place, layout) for place in range(len(done.steps[one.stop].scenes))]
            marks = [mark for painted in pictures for mark in painted.marks]
            offered = {dict(mark.attrs).get("data-pick") for mark in marks} & {option.value for option in one.options}
            assert one.options[one.place].value in offered, f"{question.name}, {layout}: {one.query}"
            assert len(offered) > 1, f"{question.name}, {layout}: {one.query}"


@each_question
def test_the_same_seed_asks_the_same_and_another_seed_another(entry, question):
    again = [pose(entry.cls, question, number) for number in seeds(entry)[:10]]
    assert again == posed(entry, question)[:10]
    different = len({one.query for one in posed(entry, question)})
    assert different > len(seeds(entry)) // 3, f"{question.name}: pose() draws few runs"


@each_question
def test_a_wrong_model_overrides_one_method_and_is_a_belief(entry, question):
    for model in question.wrong:
        where = f"{place(entry, 'questions.py')}: {model.__name__}"
        changed = overridden(model, entry.cls)
        assert len(changed) == 1, f"{where} must override exactly one method, not {changed}"
        belief = model.belief
        assert belief[:1].islower(), f"{where}.belief follows “if”: {belief!r}"
        assert not belief.endswith("."), f"{where}.belief follows “if”: {belief!r}"
