"""The question law: over 300 seeds every question can be asked, graded and explained.

Of a miniature that is tested by a sample 60 seeds are tried, other ones at every commit.
"""

import re
from collections import Counter
from fractions import Fraction
from functools import cache

import pytest

from playground.engine.questions import BELIEFS, FEWEST, OFFERED, asked_at, overridden, part, pose
from playground.engine.run import run
from playground.engine.trace import picture
from playground.engine.verdict import TYPED, Verdict, number_of, verdict
from playground.scenes.marks import LAYOUTS
from tests.contract.every import each_miniature, each_pick, each_question, place
from tests.tiers import seed, whole

SEEDS, SAMPLED = 300, 60
SKEW = {SEEDS: 40, SAMPLED: 20}
"""How far any place may be from its share of the right answers. Of 300, four places have 75 each, and a fair draw
misses that by more than 40 less than once in a million tries; of 60, 15 each, and 20 is as rare above (below it is
never: there the larger sample is the judge)."""

MOST_ONE_RANK, MOST_ONE_ANSWER = Fraction(3, 4), Fraction(3, 5)
"""For how many of the seeds the right answer may be, of the options in order, always the same one; and the same text.
Three or four of them are offered, so that the rank cannot vary as freely as the place."""

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
def test_sensible_people_believe_four_things_or_more_and_three_of_them_are_offered_where_the_run_lets_them_differ(
    entry, question
):
    assert 4 <= len(question.wrong) <= BELIEFS, (
        f"{asks(entry, question)}: give it 4 to {BELIEFS} wrong models in wrong = (…); there are {len(question.wrong)}"
    )
    drawn = Counter(option.model for one in posed(entry, question) for option in one.options if option.belief)
    assert {model.__name__ for model in question.wrong} == drawn.keys(), (
        f"{asks(entry, question)}: of its wrong models some are never offered: {drawn}"
    )


@each_question
def test_options_differ_and_exactly_one_is_right(entry, question):
    for one in posed(entry, question):
        values = [option.value for option in one.options]
        assert len(set(values)) == len(values), values
        assert FEWEST <= len(values) - 1 <= OFFERED, values
        assert max(map(len, values)) <= TYPED, values
        assert [number for number, option in enumerate(one.options) if not option.belief] == [one.place]


@each_question
def test_the_right_answer_stands_in_every_place_about_as_often(entry, question):
    """On the page; things of the picture are listed as they stand there, and are judged by what is right."""
    asked = posed(entry, question)
    for number in range(1 + OFFERED):
        share = sum(1 / len(one.options) for one in asked if number < len(one.options))
        found = sum(one.place == number for one in asked)
        assert abs(found - share) <= SKEW[len(asked)], (
            f"{asks(entry, question)}: the right answer stands in place {number} for {found} of {len(asked)} seeds"
        )


@each_question
def test_the_right_answer_has_no_constant_rank_among_the_options(entry, question):
    """Whoever always takes the smallest, or the second, gains little."""
    ranks = Counter(in_order(one).index(one.right) for one in posed(entry, question))
    rank, times = ranks.most_common(1)[0]
    assert times <= MOST_ONE_RANK * len(seeds(entry)), (
        f"{asks(entry, question)}: in order the right answer is number {rank + 1} for {times} of {len(seeds(entry))} "
        f"seeds; draw runs and give beliefs on both sides of it, so that it varies: {dict(ranks)}"
    )


@each_question
def test_the_right_answer_is_not_one_string(entry, question):
    value, times = Counter(one.right for one in posed(entry, question)).most_common(1)[0]
    assert times <= MOST_ONE_ANSWER * len(seeds(entry)), (
        f"{asks(entry, question)}: the right answer is {value!r} for {times} of {len(seeds(entry))} seeds"
    )


@each_question
def test_the_prompt_does_not_tell_the_answer(entry, question):
    """Whoever takes an option that stands in the prompt, and guesses where none does, gains little."""
    score = chance = Fraction(0)
    for one in posed(entry, question):
        named = [option.value for option in one.options if stands_in(option.value, one.prompt)]
        score += Fraction(one.right in named, len(named)) if named else Fraction(1, len(one.options))
        chance += Fraction(1, len(one.options))
    assert score <= chance * 3 / 2, (
        f"{asks(entry, question)}: taking what stands in the prompt is right in {float(score):.0f} of "
        f"{len(seeds(entry))} seeds, guessing in {float(chance):.0f}"
    )


def in_order(one):
    """The values of its options as one sorts them: numbers by size, others as text."""
    values = [option.value for option in one.options]
    numbers = {value: number_of(value) for value in values}
    return sorted(values, key=lambda value: (numbers[value] is None, numbers[value] or 0, value))


def stands_in(value, prompt):
    """Whether an option is a word, or some, of the prompt."""
    return bool(re.search(rf"(?<![\w.,]){re.escape(value)}(?![\w]|[.,]\d)", prompt))


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
def test_where_a_belief_parts_the_machine_and_it_choose_otherwise(entry, question):
    for one in posed(entry, question):
        for option in one.options:
            if option.belief:
                _, thing, right, wrong = option.parting
                assert right != wrong, (
                    f"{asks(entry, question)}: {thing} is decided alike by the machine and the belief"
                )


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
