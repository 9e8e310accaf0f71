"""What a frozen question holds: it is asked from the run without the asked action, and nothing later is in it.

Of a miniature that is tested by a sample fewer seeds are tried, other ones at every commit.
"""

import json
import re
from dataclasses import replace
from functools import cache

from playground.engine.asked import asked_run
from playground.engine.content import Content, content_of
from playground.engine.patches import state_of
from playground.engine.questions import pose, pose_about
from playground.engine.run import Run, run
from playground.engine.trace import picture, rebuild
from playground.engine.verdict import read_value, verdict
from playground.scenes.callout import callout
from playground.scenes.marks import LAYOUTS, WIDE
from playground.scenes.reach import reach
from playground.scenes.svg import inner, page_attrs
from tests.contract.every import each_miniature, each_question, place
from tests.tiers import sample

SEEDS, SAMPLED = range(1000, 1012), 4
PAINTED = 2
"""Of these, so many are painted."""
BRASS = {"brass", "brass-line"}


@cache
def posed(entry, question):
    return [pose(entry.cls, question, seed) for seed in sample(entry, SEEDS, SAMPLED)]


@cache
def contents(entry, question):
    return [content_of(entry.slug, entry.version, one) for one in posed(entry, question)[:PAINTED]]


def cut_by_hand(one):
    """The run without the asked action and what follows it."""
    acts = one.query.acts
    return replace(one.query, acts=acts[: len(acts) + one.question.before])


@each_question
def test_it_says_why_the_right_answer_is_right_and_has_a_name_for_lists(entry, question):
    where = f"{place(entry, 'questions.py')}, {question.__name__}"
    assert re.fullmatch(r"[A-Z][^.?]{30,230}\.", question.because), (
        f"{where}: say in because, in one sentence, why the right answer is right: {question.because!r}"
    )
    assert re.fullmatch(r"\S+( \S+){1,3}", question.title), (
        f"{where}: name it in two to four words in title: {question.title!r}"
    )
    assert question.title[0].islower(), f"{where}.title stands within a list, in lower case: {question.title!r}"


@each_miniature
def test_no_two_questions_have_one_name_in_a_list(entry):
    titles = [question.title for question in entry.questions]
    assert len(set(titles)) == len(titles), titles


@each_question
def test_without_the_asked_action_the_run_tells_the_same_up_to_the_step_of_asking(entry, question):
    for one in posed(entry, question):
        whole, cut = (run(entry.cls, query, draw=False) for query in (one.query, cut_by_hand(one)))
        heard = [
            [(step.text, step.clock, step.decisions, step.line) for step in done.steps[: one.stop + 1]]
            for done in (whole, cut)
        ]
        assert len(heard[0]) == one.stop + 1
        assert heard[0] == heard[1], (
            f"{place(entry, 'questions.py')}, {question.__name__}: what is still to come shows before step {one.stop}"
        )


@each_question
def test_each_option_is_read_as_it_stands_and_only_one_is_right(entry, question):
    for one in posed(entry, question):
        assert [read_value(one, option.value) for option in one.options] == [option.value for option in one.options]
        right = [option for option in one.options if verdict(one, option.value).right]
        assert [(option.value, option.model, option.belief) for option in right] == [(one.right, "", "")]
        models = {model.__name__: model.belief for model in question.wrong} | {"": ""}
        assert {option.model: option.belief for option in one.options}.items() <= models.items()


@each_question
def test_the_asked_frame_is_that_of_the_cut_run_without_its_brass(entry, question):
    for one, content in zip(posed(entry, question), contents(entry, question), strict=False):
        done = run(entry.cls, cut_by_hand(one))
        key, words = question.points_at(one.query)
        seen = Run(entry.cls, done.query, done.steps[: one.stop + 1])
        for layout in LAYOUTS:
            loud = picture(seen, one.stop, 0, layout)
            marks = tuple(mark for mark in loud.marks if not BRASS & {value for _, value in mark.attrs})
            asked = callout(loud, key, words, layout)
            shown = content.shown[layout]
            assert shown["svg"] == inner(replace(loud, marks=marks)) + inner(asked, page_attrs)
            assert (shown["width"], shown["height"], shown["kind"]) == (loud.width, loud.height, loud.kind)


@each_question
def test_what_is_asked_about_is_ringed_in_the_wide_picture(entry, question):
    for one, content in zip(posed(entry, question), contents(entry, question), strict=False):
        key, _ = content.points_at
        assert not key or reach(picture(asked_run(one), one.stop, 0, WIDE), key), key


@each_question
def test_the_trace_ends_with_the_asked_frame(entry, question):
    for one, content in zip(posed(entry, question), contents(entry, question), strict=False):
        for layout in LAYOUTS:
            trace = content.trace[layout]
            assert len(trace["steps"]) == one.stop + 1
            assert rebuild(trace, 0)[-1] == state_of(picture(asked_run(one), one.stop, 0, layout))


@each_question
def test_another_asked_action_shows_the_same_before_it(entry, question):
    """The asked actions of other draws are put after the same beginning. Not every such run could be asked about; what
    shows before the asked action is the same all the same."""
    one, here = posed(entry, question)[0], contents(entry, question)[0]
    for other in posed(entry, question)[1:4]:
        query = replace(one.query, acts=(*one.cut.acts, *other.query.acts[question.before :]))
        mixed = pose_about(entry.cls, question, query) or replace(one, query=query)
        there = content_of(entry.slug, entry.version, mixed)
        assert (here.stop, here.trace) == (there.stop, there.trace)
        assert (here.sentence, here.table) == (there.sentence, there.table)
        if here.points_at == there.points_at:
            assert here.shown == there.shown


@each_question
def test_whatever_can_be_picked_is_named_once_and_every_option_is_among_it(entry, question):
    for content in contents(entry, question):
        if content.form != "pick":
            assert content.picks == ()
            continue
        assert len(set(content.picks)) == len(content.picks)
        assert {option.value for option in content.options} <= set(content.picks)
        assert len(content.picks) > len(content.options), f"{question.name}: only the options can be picked"
        for layout in LAYOUTS:
            offered = set(re.findall(r'data-pick="([^"]*)"', content.shown[layout]["svg"]))
            assert offered <= set(content.picks)


@each_question
def test_through_json_a_content_stays_the_same(entry, question):
    for content in contents(entry, question):
        assert Content.from_json(json.loads(json.dumps(content.to_json()))) == content
