"""`quiz.json`, read strictly; the three commands of the README, as they stand there."""

import csv
import io
import json
import re
import shlex
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from quizzes.files import quiz_file
from quizzes.files.cells import safe
from quizzes.files.quiz_file import Unreadable, read
from quizzes.handing_in import hand_in
from quizzes.models import Class, Item, Quiz, Variant
from quizzes.rules.sentence import Rules, filled
from quizzes.saving import save
from quizzes.starting import start
from quizzes.written import Choice, Written
from tests.conftest import ROOT
from tests.quizzes import made

PLAIN: dict[str, Any] = {
    "format": 1,
    "title": "Rings",
    "items": [{"miniature": "hash-ring", "question": "who-answers"}],
}
SAMPLES = sorted((ROOT / "quizzes" / "samples").glob("*.json"))


def of(**more):
    return read(json.dumps(PLAIN | more), "Europe/Vienna")


def test_without_rules_it_is_a_test():
    rules = of().columns
    assert (rules["attempts"], rules["tries"], rules["limit_s"]) == (1, [1000], None)
    assert rules["phases"] == dict.fromkeys(("verdict", "answer", "run"), "handing-in")


def test_an_instant_without_an_offset_is_in_the_zone_of_the_class():
    rules = of(rules={"opens": "2026-12-04T08:00Z", "closes": "2026-12-04T18:00"}).columns
    assert rules["opens"] == datetime(2026, 12, 4, 8, tzinfo=UTC)
    assert rules["closes"] == datetime(2026, 12, 4, 17, tzinfo=UTC)


def test_an_exercise_has_three_tries_and_any_number_of_attempts():
    rules = of(rules={"preset": "exercise"}).columns
    assert (rules["attempts"], rules["tries"]) == (None, [1000, 600, 300])
    assert of(rules={"preset": "exercise", "attempts": 2}).columns["attempts"] == 2
    assert of(rules={"preset": "test", "attempts": None}).columns["attempts"] is None


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"format": 2}, "format: "),
        ({"title": ""}, "title: "),
        ({"colour": "red"}, "colour: Extra"),
        ({"items": []}, "items: "),
        ({"items": [{"miniature": "ring", "question": "x"}]}, r"items\[0\]: there is no miniature “ring”"),
        (
            {"items": [{"miniature": "totp", "question": "x"}]},
            r"items\[0\]: totp has no question “x”; it has how-many-",
        ),
        ({"items": [PLAIN["items"][0] | {"points": -1}]}, r"items\[0\].points: "),
        ({"items": [PLAIN["items"][0] | {"points": "2"}]}, r"items\[0\].points"),
        ({"rules": {"limit_minutes": 0}}, "rules.limit_minutes: "),
        ({"rules": {"limit_minutes": True}}, "rules.limit_minutes: "),
        ({"rules": {"closes": "Friday"}}, "rules.closes: write an instant such as"),
        (
            {"rules": {"opens": "2026-12-04T18:00", "closes": "2026-12-04T18:00"}},
            "rules.closes: It closes after it opens",
        ),
        ({"rules": {"preset": "exam"}}, "rules.preset: "),
        ({"rules": {"closes": "9999-12-31T23:59+00:00"}}, "a year from 2000 to 2199, not 9999"),
        ({"rules": {"opens": "0001-01-01T00:00"}}, "a year from 2000 to 2199, not 1"),
        ({"title": "Rings\u202e"}, "title: a title is made of signs that can be seen"),
        ({"items": [PLAIN["items"][0] | {"points": 0.0001}]}, r"items\[0\].points: "),
        ({"rules": {"tries": [100, 101], "preset": "exercise"}}, r"rules.tries\[1\]: "),
        ({"rules": {"tries": [100, 50]}}, "rules.tries: Several tries need a verdict after checking"),
        (
            {"rules": {"phases": dict.fromkeys(("verdict", "answer", "run"), "closing")}},
            "rules.phases: What is shown after closing",
        ),
    ],
)
def test_what_is_wrong_is_said_with_its_place(more, words):
    with pytest.raises(Unreadable, match=words):
        of(**more)


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '"x"', "{}", "NaN", "[" * 9999, " " * 200_000])
def test_what_is_no_quiz_is_refused(text):
    with pytest.raises(Unreadable):
        read(text, "UTC")


def test_nothing_is_said_twice():
    with pytest.raises(Unreadable, match="“title” stands twice"):
        read('{"format": 1, "title": "a", "title": "b", "items": []}', "UTC")


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_the_samples_are_quizzes(sample):
    assert read(sample.read_text("utf-8"), "UTC").items


@pytest.mark.parametrize("text", ["=1+1", "+1", "-2+3", "@sum", "\tx", "\r=x", "＝1"])
def test_no_spreadsheet_program_runs_what_somebody_typed(text):
    assert safe(text) == f"'{text}"
    assert safe("Ana") == "Ana"
    assert safe("-12.50") == "-12.50"


def commands() -> list[list[str]]:
    section = (ROOT / "README.md").read_text("utf-8").partition("## A quiz for a class")[2].partition("## ")[0]
    return [shlex.split(line) for line in re.findall(r"^ +\.venv/bin/python manage\.py (.+)$", section, re.MULTILINE)]


@pytest.mark.django_db
def test_the_readmes_commands_lead_from_nothing_to_everybodys_answers(tmp_path, capsys):
    new, load, out = commands()
    call_command(*new)
    call_command(*load, "--stock", "3")
    klass, quiz = Class.objects.get(), Quiz.objects.get()
    assert (klass.zone, quiz.state) == ("Europe/Vienna", "published")
    assert Variant.objects.count() == 3 * Item.objects.count() == 12
    code = klass.join_code
    assert f"Learners join with {code} at http://127.0.0.1:8000/join/{code}/" in capsys.readouterr().out
    ana = made.member(klass, "=Ana")
    attempt = start(quiz, ana, timezone.now())
    save(attempt, 3, made.change(made.right(attempt, 3)), timezone.now())
    hand_in(attempt, timezone.now())
    file = tmp_path / out[-1]
    call_command(*out[:-1], str(file))
    assert file.stat().st_mode & 0o777 == 0o600
    rows = list(csv.DictReader(io.StringIO(file.read_text("utf-8-sig"))))
    assert [(row["name"], row["place"], row["points"], row["of"]) for row in rows] == [
        ("'=Ana", "1", "0", "2"), ("'=Ana", "2", "0", "2"), ("'=Ana", "3", "2", "2"), ("'=Ana", "4", "0", "2"),
    ]  # fmt: skip
    with pytest.raises(CommandError, match="cannot be written: File exists"):
        call_command(*out[:-1], str(file))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["quiz_load", "nothing.json"], "There is no class yet"),
        (["quiz_load", "nothing.json", "--in", "ABC"], "No class has the join code"),
        (["answers_csv", "Nothing"], "There is no quiz “Nothing”"),
    ],
)
def test_what_a_command_cannot_use_it_says(words, said):
    with pytest.raises(CommandError, match=said):
        call_command(*words)


@pytest.mark.django_db
def test_a_question_that_cannot_be_evened_out_is_refused_and_leaves_no_quiz(tmp_path, lopsided):
    made.class_()
    file = tmp_path / "quiz.json"
    file.write_text(json.dumps(PLAIN | {"items": [{"miniature": "cap-theorem", "question": "cut-off"}]}))
    with pytest.raises(CommandError, match="whoever always says the same would score 100 %"):
        call_command("quiz_load", str(file), "--stock", "12")
    assert not Quiz.objects.exists()


@pytest.mark.django_db
def test_a_file_that_is_no_quiz_is_said_to_be_none(tmp_path):
    made.class_()
    file = tmp_path / "quiz.json"
    file.write_text("{")
    with pytest.raises(CommandError, match="is not a quiz"):
        call_command("quiz_load", str(file))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("1" * 5000, "A number in it is longer than any number of a quiz."),
        ('{"format": 1, "title": ' + "1" * 5000 + "}", "A number in it is longer than any number of a quiz."),
        (r'{"\ud800": 1, "\ud800": 2}', "“?” stands twice in one object."),
    ],
    ids=["a number alone", "a number in it", "a key that is no text"],
)
def test_what_python_cannot_read_or_write_is_told_as_all_else(text, told):
    with pytest.raises(quiz_file.Unreadable) as refused:
        quiz_file.read(text, "Europe/Vienna")
    assert str(refused.value) == told
    assert str(refused.value).encode()


def test_the_longest_questions_that_are_taken_come_back_from_their_file():
    """What may be written by hand fits into a file that may be read, whatever its layout."""
    choices = tuple(
        Choice("o" * 299 + str(number), right=not number, belief="b" * 290 if number else "") for number in range(8)
    )
    one = Written("p" * 2000, choices, "w" * 300)
    count = quiz_file.MOST_WRITTEN // quiz_file.size_of(one)
    items = [
        Item(place=place, kind=Item.Kind.WRITTEN, template="written", written=one.source())
        for place in range(1, count + 1)
    ]
    told = filled("test", None)
    rules = Rules(None, None, None, told.attempts, "best", told.tries, told.phases)
    text = quiz_file.write("Long", rules, items)
    assert len(quiz_file.read(text, "Europe/Vienna").items) == count
