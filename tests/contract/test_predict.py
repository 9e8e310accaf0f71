"""Whatever run a question is asked about, by its address: it makes sense there, or a sentence says what it needs.

The runs are those that readers are led to, those that the question draws, and these with something changed: an action
more or less, an instant, another input. What a prompt says in particular is in tests/player/test_predict.py.
"""

import re
from dataclasses import replace
from html import escape

from django.test import Client
from django.urls import reverse

from playground.engine.query import Query, parse, print_pairs, print_query
from playground.engine.questions import FEWEST, of_shape, pose_about
from playground.engine.registry import record
from playground.engine.rng import Rng
from playground.engine.run import run
from playground.engine.spelling import encode
from playground.engine.walk import draw_act, walk
from tests.contract.every import each_question, place, shown_runs
from tests.tiers import seed

DRAWN, PAGES = 24, 2
"""Runs drawn for each question, and how many of those that it can be asked about, and cannot, are fetched as pages."""

ONE_OF_MANY = re.compile(r"(?<![\d,.])1 (?!has|is|goes|ms\b)[a-z]+s\b")


def drawn(entry, question, rng):
    """A run near those that the question draws, or any run at all."""
    if rng.chance(15):
        return walk(entry.cls, rng)
    query = question.pose(rng)
    return query if rng.chance(30) else changed(entry.cls, query, rng)


def changed(cls, query, rng):
    """The same with something else in it."""
    how, place = rng.below(5), rng.below(len(query.acts))
    acts = list(query.acts)
    if how == 0:
        del acts[place]
    elif how == 1:
        acts.insert(place + rng.below(2), draw_act(rng.choice(list(cls.actions().values())), machine(cls, query), rng))
    elif how == 2:
        verb = cls.actions()[acts[place].verb]
        acts[place] = draw_act(verb, machine(cls, query), rng)
    elif how == 3 and cls.actions()[acts[place].verb].timed:
        acts[place] = acts[place]._replace(at=rng.below(2_000_000))
    else:
        name, kind = rng.choice(list(cls.inputs().items()))
        value = rng.choice(list(kind.corners())) if rng.chance(50) else kind.draw(rng)
        inputs = tuple((one, value if one == name else was) for one, was in query.inputs)
        query = query if cls(dict(inputs)).rules() else replace(query, inputs=inputs)
    return replace(query, acts=tuple(acts))


def machine(cls, query):
    return run(cls, query, draw=False).machine


def led_to(entry):
    """The runs that readers are led to."""
    saved = [address.partition("?")[2] for address in record(entry.home / "saved.json")]
    return [*(done.query for done in shown_runs(entry).values()), *(parse(entry.cls, text).query for text in saved)]


def makes_sense(entry, question, query):
    """Whether it can be asked; where it can, that prompt, options and place are right."""
    told = f"{place(entry, 'questions.py')}, {question.__name__}, ?{print_query(entry.cls, query)}"
    one = pose_about(entry.cls, question, query)
    if not one:
        return False
    done = run(entry.cls, query, draw=False)
    assert not done.refusal, told
    assert not done.stopped, told
    values = [option.value for option in one.options]
    assert len(set(values)) == len(values) >= 1 + FEWEST, f"{told}: {values}"
    assert one.options[one.place].value == question.answer(done), told
    assert [option.belief == "" for option in one.options].index(True) == one.place, told
    assert 0 <= one.stop < done.last, f"{told}: asked at step {one.stop} of {done.last}"
    for text in (one.prompt, *values):
        assert text.strip(), told
        assert not re.search(r"None|[{}]|“”|<class", text), f"{told}: {text}"
    assert one.prompt.endswith(("?", "…", "two bytes.")), f"{told}: {one.prompt}"
    assert not ONE_OF_MANY.search(one.prompt), f"{told}: {one.prompt}"
    return True


def fetched(client, entry, question, query, answer, view):
    client.raise_request_exception = False
    pairs = encode([*print_pairs(entry.cls, query), ("answer", answer)])
    return client.get(f"{reverse(f'playground:{view}', args=[entry.slug, question.name])}?{pairs}")


def answered_well(client, entry, question, query):
    """The page and the fragment: the question with its verdict, or a sentence."""
    one = pose_about(entry.cls, question, query)
    answer = one.options[one.place].value if one else "7"
    for view in ("predict", "predict-answer"):
        response = fetched(client, entry, question, query, answer, view)
        text = response.content.decode()
        told = f"{view} of {question.name}, ?{print_query(entry.cls, query)}"
        if one:
            assert response.status_code == 200, told
            assert f"<b>Right:</b> {escape(answer)}." in text, told
            assert view != "predict" or escape(one.prompt) in text, told
        else:
            assert response.status_code == 404, told
            # What the actions themselves show is told before anything runs.
            refused = run(entry.cls, query, draw=False).refusal if of_shape(question, query) else None
            assert escape(refused.sentence if refused else question.needed()) in text, told


@each_question
def test_a_question_says_which_runs_it_needs(entry, question):
    assert re.fullmatch(r"a run .{10,}[^.,]", question.needs), (
        f"{place(entry, 'questions.py')}, {question.__name__}: say in needs which runs it can be asked about, "
        f"as “a run that …”: {question.needs!r}"
    )


@each_question
def test_it_makes_sense_wherever_it_is_asked_and_else_says_what_it_needs(client: Client, entry, question):
    rng = Rng(seed())
    runs = [*led_to(entry), *(drawn(entry, question, rng) for _ in range(DRAWN))]
    found: dict[bool, list[Query]] = {True: [], False: []}
    for query in runs:
        found[makes_sense(entry, question, query)].append(query)
    for some in found.values():
        for query in some[-PAGES:]:
            answered_well(client, entry, question, query)
