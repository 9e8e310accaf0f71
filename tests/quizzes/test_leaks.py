"""What nobody may learn before they have answered is in no answer of the server: of every template, in every page.

Searched for are seed, run, models, beliefs, reasons and partings. That the right answer among those offered is not
told apart is asked differently: with another one right, every byte is the same.
"""

from __future__ import annotations

import html
import json
import re
from dataclasses import replace
from itertools import islice
from urllib.parse import quote
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from playground.engine.content import Content
from playground.engine.registry import entries
from quizzes import starting
from quizzes.frozen import freeze
from quizzes.models import Attempt, Class, Item, Quiz, Variant
from quizzes.written import Written
from tests.quizzes import made

pytestmark = pytest.mark.django_db

VARIANTS = 3
TEMPLATES = [(slug, one.name) for slug, entry in entries().items() for one in entry.questions]
SEED = 7_203_456_781_234_567
"""As a stock draws them: long, so that it cannot be met by chance."""


def taking(of: Class, name: str, contents: list[Content]) -> tuple[Client, Attempt]:
    """A learner at a quiz of these questions."""
    quiz = Quiz.objects.create(
        of=of, title="Leaks", state="published", tries=[1000, 600],
        phases={"verdict": "checking", "answer": "checking", "run": "checking"},
    )  # fmt: skip
    for place, content in enumerate(contents, 1):
        item = Item.objects.create(quiz=quiz, place=place, miniature=content.miniature, template=content.template)
        Variant.objects.create(item=item, number=1, seed=SEED, **freeze(content)._asdict())
    member = made.member(of, name)
    return made.signed_in(member), starting.start(quiz, member, timezone.now())


def everything(client: Client, attempt: Attempt, values: list[str]) -> list[bytes]:
    """All that the server says while an attempt is open; also to what is saved, checked and cannot be read."""
    root, api = f"/quizzes/{attempt.quiz_id}/", f"/quizzes/api/{attempt.quiz_id}/1/"
    found = [client.get(address) for address in ("/quizzes/", root, f"{root}1/", f"{api}clock")]
    for place, value in enumerate(values, 1):
        page = f"{root}1/{place}/"
        found += [client.get(page), *(client.get(f"{page}trace", {"layout": layout}) for layout in ("wide", "narrow"))]
        for said in (value, "nothing of the kind"):
            body = {"key": str(uuid4()), "base": 0, "value": said, "check": False}
            found.append(client.post(f"{api}{place}/save", json.dumps(body), content_type="application/json"))
            found.append(client.post(f"{page}save", {"answer": said, "key": str(uuid4()), "base": "1"}))
        found.append(client.get(page))
    return [one.content + str(sorted(one.headers.items())).encode() for one in found]


def secrets(content: Content) -> list[str]:
    """What may not be in any of them, in every spelling that a page or an address gives it."""
    told = [str(SEED), content.because, content.query]
    for option in content.options:
        told += [option.model, option.belief]
        if parting := option.parting:
            told += [f"{parting.thing} → {choice}" for choice in (parting.right, parting.wrong)]
    ways = (str, html.escape, quote, lambda text: json.dumps(text)[1:-1])
    return sorted({way(one) for one in told if one for way in ways})


@pytest.mark.parametrize("template", TEMPLATES, ids=":".join)
def test_before_it_is_answered_nothing_of_the_answer_leaves_the_server(template):
    contents = [made.content(template, seed) for seed in range(1, VARIANTS + 1)]
    client, attempt = taking(made.class_(), "Ana", contents)
    wrong = [next(one.value for one in content.options if one.model) for content in contents]
    told = everything(client, attempt, wrong)
    hidden = {one.encode() for content in contents for one in secrets(content)}
    assert {one for one in hidden for said in told if one in said} == set()


@pytest.mark.parametrize("template", TEMPLATES, ids=":".join)
def test_with_another_answer_right_every_byte_is_the_same(template):
    content = made.content(template, 1)
    wrong = next(one for one in content.options if one.model)
    truth = next(one for one in content.options if not one.model)
    roles = {truth.value: replace(wrong, value=truth.value), wrong.value: replace(truth, value=wrong.value)}
    swapped = tuple(roles.get(one.value, one) for one in content.options)
    other = replace(content, right=wrong.value, options=swapped, because="Because it is so.")
    # One that neither of them has right, so that what is said is the same.
    said = next((one.value for one in content.options if one.value not in (wrong.value, truth.value)), wrong.value)
    told = []
    of = made.class_()
    for name, one in (("Ana", content), ("Bea", other)):
        client, attempt = taking(of, name, [one])
        root = f"/quizzes/{attempt.quiz_id}/"
        pages = [f"{root}1/1/", f"{root}1/", *(f"{root}1/1/trace?layout={layout}" for layout in ("wide", "narrow"))]
        told.append([plain(client.get(page).content, attempt, name) for page in pages])
        body = {"key": str(uuid4()), "base": 0, "value": said, "check": False}
        address = f"/quizzes/api/{attempt.quiz_id}/1/1/save"
        reply = client.post(address, json.dumps(body), content_type="application/json")
        told[-1].append(json.dumps(sorted(reply.json())).encode())
    assert told[0] == told[1]


def plain(page: bytes, attempt: Attempt, name: str) -> bytes:
    """A page without what is another for each reader and each request."""
    text = page.decode().replace(attempt.quiz_id, "QUIZ").replace(name, "NAME")
    for one in (r'name="(?:csrfmiddlewaretoken|key|who)" value="[^"]*"', r'data-(?:box|now|end|since)="[^"]*"'):
        text = re.sub(one, "", text)
    return text.encode()


def written(question: Written) -> tuple[Client, Attempt]:
    """A learner at a quiz that asks this twice: the second time nothing is checked."""
    quiz = Quiz.objects.create(
        of=made.class_(), title="Leaks", state="published", tries=[1000, 600],
        phases={"verdict": "checking", "answer": "checking", "run": "checking"},
    )  # fmt: skip
    for place in (1, 2):
        made.by_hand(quiz, place, question)
    member = made.member(quiz.of, "Ana")
    return made.signed_in(member), starting.start(quiz, member, timezone.now())


@pytest.mark.parametrize("question", [made.ONE, made.SEVERAL])
def test_of_what_is_written_by_hand_no_belief_and_no_reason_leaves_the_server(question):
    client, attempt = written(question)
    wrong = next(one.value for one in question.options if one.model)
    told = everything(client, attempt, [wrong, wrong])
    body = {"key": str(uuid4()), "base": 1, "value": wrong, "check": True}
    checked = client.post(f"/quizzes/api/{attempt.quiz_id}/1/1/save", json.dumps(body), content_type="application/json")
    assert checked.json()["right"] is False
    told += [checked.content, client.get(f"/quizzes/{attempt.quiz_id}/1/1/").content]
    hidden = [question.because, *(one.belief for one in question.options if one.belief)]
    assert [one for one in hidden for said in told if one.encode() in said or html.escape(one).encode() in said] == []


@pytest.mark.parametrize(
    ("question", "right"), [(made.ONE, "A"), (made.ONE, "C"), (made.SEVERAL, "A,B"), (made.SEVERAL, "A,B,C,D")]
)
def test_of_what_is_written_by_hand_every_byte_is_the_same_with_another_answer_right(question, right):
    choices = tuple(
        replace(choice, right=one.value in right, belief="")
        for one, choice in zip(question.options, question.choices, strict=True)
    )
    told = []
    for one in (question, replace(question, choices=choices, right="", because="Because it is so.")):
        client, attempt = written(one)
        root = f"/quizzes/{attempt.quiz_id}/"
        told.append([plain(client.get(page).content, attempt, "Ana") for page in (f"{root}1/1/", f"{root}1/", root)])
        reply = client.post(
            f"/quizzes/api/{attempt.quiz_id}/1/1/save",
            json.dumps(
                {"key": str(uuid4()), "base": 0, "value": "D" if question is made.SEVERAL else "A", "check": False}
            ),
            content_type="application/json",
        )
        told[-1].append(json.dumps(sorted(reply.json())).encode())
        # But for when it was saved.
        told[-1].append(re.sub(rb"\d\d:\d\d:\d\d", b"", plain(client.get(f"{root}1/1/").content, attempt, "Ana")))
    assert told[0] == told[1]


def test_the_search_finds_what_is_there():
    """A belief that a page does say is found by the same search."""
    content = made.content(made.PICK, 1)
    client, attempt = taking(made.class_(), "Ana", [content])
    for value in islice((one.value for one in content.options if one.model), 2):
        body = {"key": str(uuid4()), "base": made.answer_of(attempt).revision, "value": value, "check": True}
        client.post(f"/quizzes/api/{attempt.quiz_id}/1/1/save", json.dumps(body), content_type="application/json")
    page = client.get(f"/quizzes/{attempt.quiz_id}/1/1/").content.decode()
    assert [one for one in secrets(content) if one in page]
