"""A question on a page: while it is asked nothing tells the answer; in a review as much as may be told."""

from dataclasses import asdict

import pytest
from django.template.loader import render_to_string
from django.utils.html import escape

from playground.engine.content import Content, content_of
from playground.engine.questions import pose
from playground.engine.registry import entries
from quizzes.showing import asking, reviewing
from tests.contract.every import each_question

SEED = 3
PARTS = ("quizzes/_asked.html", "quizzes/_options.html")


def content(slug, name):
    entry = entries()[slug]
    question = next(one for one in entry.questions if one.name == name)
    return content_of(slug, entry.version, pose(entry.cls, question, SEED))


@pytest.fixture(scope="module")
def ring():
    return content("hash-ring", "who-answers")


def asked(told, **more):
    return asking(told, page="/here", trace="/steps", **more)


def reviewed(told, value, **may):
    return reviewing(told, value, page="/here", trace="/steps", **may)


def parting_of(told, value):
    return next(option.parting for option in told.options if option.value == value)


def wrong(told):
    return next(option.value for option in told.options if option.belief)


def html(showing):
    parts = PARTS if not showing.review else ("quizzes/_asked.html", "quizzes/_review.html")
    return "".join(render_to_string(part, {"showing": showing}) for part in parts)


def test_every_thing_that_can_be_picked_is_an_answer_with_the_badge_of_the_picture(ring):
    answers = asked(ring).answers
    assert tuple(answer.value for answer in answers) == ring.picks
    assert len(answers) > len(ring.options)
    assert {answer.badge.letter for answer in answers} == {value[0].upper() for value in ring.picks}
    assert len({answer.badge.role for answer in answers}) == len(answers)


def test_the_steps_end_where_it_is_asked(ring):
    stage = asked(ring).stage
    assert (stage.step, stage.last, len(stage.said)) == (ring.stop, ring.stop, ring.stop + 1)
    assert stage.trace == "/steps"


@each_question
def test_before_the_answer_nothing_on_the_page_tells_it(entry, question):
    told = content_of(entry.slug, entry.version, pose(entry.cls, question, SEED))
    page = html(asked(told))
    for option in told.options:
        assert not option.belief or option.belief not in page
        assert not option.model or option.model not in page
    assert not told.because or told.because not in page
    assert told.query not in page
    if told.form == "number":
        assert page.count("<input") == 2, "the slider, and an empty field"


@each_question
def test_the_page_is_the_same_whichever_answer_is_right(entry, question):
    told = content_of(entry.slug, entry.version, pose(entry.cls, question, SEED))
    other = Content.from_json({**told.to_json(), "right": wrong(told)})
    assert html(asked(told)) == html(asked(other))


def test_what_was_typed_is_kept_beside_what_is_wrong_with_it():
    page = html(asked(content("hash-ring", "how-many-move"), typed='"many"', error="Write a whole number."))
    assert 'value="&quot;many&quot;"' in page
    assert 'aria-invalid="true"' in page
    assert "Write a whole number." in page


@each_question
def test_a_wrong_answer_opens_the_machines_run_where_the_two_part(entry, question):
    told = content_of(entry.slug, entry.version, pose(entry.cls, question, SEED))
    value = wrong(told)
    parting = parting_of(told, value)
    showing = reviewed(told, value)
    assert showing.stage.step == parting.step
    assert showing.review.run.endswith(f"step={parting.step}")
    page = html(showing)
    assert "here the two part" in page
    for way, choice in ((showing.review.my_way, parting.wrong), (showing.review.machines_way, parting.right)):
        assert choice in way
        assert way.endswith(".")
        assert escape(way) in page


def test_a_wrong_answer_is_told_with_its_belief_the_truth_and_both_ends(ring):
    value = wrong(ring)
    showing = reviewed(ring, value)
    page = html(showing)
    assert showing.review.belief in page
    assert f'You said <b>{value}</b>. It is <b class="truth">{ring.right}</b>.' in page
    assert f">you: {value}</text>" in page
    assert page.count('class="ways"') == 2


def test_a_right_answer_opens_the_step_that_decides_it_and_has_one_way(ring):
    showing = reviewed(ring, ring.right)
    assert showing.stage.step == max(option.parting.step for option in ring.options if option.parting)
    assert f"{ring.right} answers" in showing.stage.say
    page = html(showing)
    assert "and so it is" in page
    assert ">you: " not in page
    assert "that way" not in page


def test_a_pick_that_no_belief_explains_is_something_else(ring):
    value = next(one for one in ring.picks if one not in {option.value for option in ring.options})
    page = html(reviewed(ring, value))
    assert "is something else" in page
    assert "is right in a world where" not in page


def test_a_number_is_reviewed_beside_the_right_one():
    told = content("hash-ring", "how-many-move")
    answers = reviewed(told, "999").reviewed
    assert [(answer.value, answer.chosen, answer.right) for answer in answers] == [
        ("999", True, False), (told.right, False, True)
    ]  # fmt: skip


def test_of_many_things_a_review_lists_the_two_that_matter():
    told = content("visa-authorization", "which-bit")
    assert len(asked(told).answers) == 64
    assert {answer.value for answer in reviewed(told, wrong(told)).reviewed} == {wrong(told), told.right}


def test_where_neither_reason_nor_run_may_be_told_the_verdict_stands_alone(ring):
    value = wrong(ring)
    showing = reviewed(ring, value, reason=False, run=False)
    assert showing.stage.last == ring.stop
    assert showing.review.run == showing.review.right == showing.review.belief == ""
    page = html(showing)
    assert "That is not what the machine does." in page
    assert next(option.belief for option in ring.options if option.value == value) not in page
    assert not ring.because or ring.because not in page
    assert "the machine’s way" not in page
    assert 'class="ways"' not in page


def test_with_the_reason_and_without_the_run_the_picture_stays_the_asked_one(ring):
    showing = reviewed(ring, wrong(ring), run=False)
    assert showing.stage == asked(ring).stage
    assert showing.review.belief


def test_names_of_the_picture_are_escaped_in_the_list():
    told = content("hash-ring", "who-answers")
    page = html(asked(Content(**{**vars_of(told), "picks": ("<b>", *told.picks)})))
    assert "&lt;b&gt;" in page
    assert "<b></b>" not in page
    assert 'value="<b>"' not in page


def vars_of(told):
    return {name: getattr(told, name) for name in asdict(told)}


def test_a_template_that_is_no_more_still_tells_both_ways(ring):
    gone = Content.from_json({**ring.to_json(), "template": "gone"})
    value = wrong(gone)
    assert reviewed(gone, value).review.my_way == f"Look-up of {gone.points_at[1]}: {value}."
