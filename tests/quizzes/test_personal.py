"""What is kept about a person can be had as a file, and goes."""

import json
import logging
import uuid
from datetime import timedelta

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from quizzes import joining, personal, throttle
from quizzes.models import (
    Answer,
    Attempt,
    Class,
    Entry,
    Extension,
    Item,
    Member,
    Quiz,
    RecoveryCode,
    Save,
    Session,
    User,
    Variant,
)
from tests.quizzes import people
from tests.quizzes.people import PASSWORD

pytestmark = pytest.mark.django_db

NAME = "Ottilie Quasar"
OUTSIDE = "s1234567"


def everything() -> str:
    """All text in all of our tables, as one."""
    found = []
    for model in apps.get_models():
        with connection.cursor() as cursor:
            rows = model._default_manager.all()
            sql, parameters = rows.query.sql_with_params()
            cursor.execute(sql, parameters)
            found += [str(value) for row in cursor.fetchall() for value in row]
    # What sessions hold is packed.
    found += [str(one.get_decoded()) for one in Session.objects.all()]
    return "\n".join(found).casefold()


def taken(member: Member, quiz: Quiz | None = None) -> Attempt:
    """A quiz that a member has taken, with everything that hangs on it."""
    now = timezone.now()
    quiz = quiz or people.quiz(member.of)
    item = Item.objects.create(quiz=quiz, place=1, miniature="hash-ring", template="who-answers")
    variant = Variant.objects.create(
        item=item, number=1, seed=1, content={"right": "hal", "prompt": "?"}, steps=b"", digest="d"
    )
    attempt = Attempt.objects.create(quiz=quiz, member=member, number=1, started=now, handed_in=now, points=1000)
    answer = Answer.objects.create(attempt=attempt, place=1, variant=variant, value="cleo", points=1000)
    Save.objects.create(
        answer=answer, key=uuid.uuid4(), number=1, kind="save", value="cleo", received=now, reply={"right": "hal"}
    )
    Extension.objects.create(quiz=quiz, member=member, minutes=10, why=f"{member.name} was ill")
    Entry.objects.create(of=member.of, quiz=quiz, attempt=attempt, kind="extended", at=now, why=f"for {member.name}")
    Entry.objects.create(of=member.of, kind="noted", at=now, why=f"{member.name} came late")
    return attempt


@pytest.fixture
def ottilie() -> Member:
    """Somebody with an account, in a class, of whom everything is kept that can be."""
    account = people.user(NAME, "ottilie@example.org")
    member = people.learner(people.room(), NAME, account)
    member.external_id = OUTSIDE
    member.save()
    people.browser(account).get("/account/")
    RecoveryCode.objects.create(user=account, hashed="x")
    throttle.spend(throttle.PASSWORDS_OF, account.folded)
    taken(member)
    return member


def test_before_it_the_search_finds_the_name(ottilie):
    assert NAME.casefold() in everything()
    assert OUTSIDE in everything()


def test_after_erasing_an_account_no_table_holds_who_it_was(ottilie):
    personal.erase_user(User.objects.get())
    for word in (NAME, "ottilie", OUTSIDE):
        assert word.casefold() not in everything(), word
    assert not User.objects.exists()
    assert not Session.objects.exists()
    assert not RecoveryCode.objects.exists()


def test_answers_stay_and_are_nobody_s(ottilie):
    personal.erase_user(User.objects.get())
    member = Member.objects.get()
    assert (member.name, member.user, member.external_id, member.resume_hash) == (f"erased {member.pk}", None, "", None)
    assert member.removed
    assert Answer.objects.get().points == 1000
    assert Save.objects.get().value == "cleo"
    assert Entry.objects.count() == 3


def test_one_without_an_account_is_erased_likewise_and_their_browser_forgets_them():
    of = people.room()
    member = people.learner(of, NAME)
    elsewhere = people.learner(people.room("Networks"), NAME)
    here, there = people.browser(member=member), people.browser(member=member)
    here.post(f"/resume/{joining.new_link(elsewhere)}/")
    taken(member)
    assert "Erase Ottilie Quasar here?" in here.get(f"/quizzes/classes/{of.pk}/erase").text
    assert here.post(f"/quizzes/classes/{of.pk}/erase").status_code == 303
    assert there.get("/quizzes/").headers["Location"] == "/join/"
    assert "Networks" in here.get("/quizzes/").text
    personal.erase_member(elsewhere)
    assert NAME.casefold() not in everything()
    held = [one.get_decoded().get("members") for one in Session.objects.all()]
    assert held == [{}, {}]


def test_the_name_is_free_again():
    of = people.room()
    personal.erase_member(people.learner(of, NAME))
    assert people.learner(of, NAME).name == NAME


@pytest.mark.asvs("7.4.2")
def test_one_is_erased_by_oneself_with_the_password(ottilie):
    client, elsewhere = people.browser(User.objects.get()), people.browser(User.objects.get())
    response = client.post("/account/erase", {"password": PASSWORD})
    assert "Your account is erased" in response.text
    assert NAME.casefold() not in everything()
    assert client.get("/account/").status_code == elsewhere.get("/account/").status_code == 303


def test_a_class_goes_on_without_its_owner():
    theo = people.user("Theo")
    of = people.room(owner=theo)
    people.learner(of)
    assert "The class that you own goes on" in people.browser(theo).get("/account/").text.replace("\n", " ")
    personal.erase_user(theo)
    of.refresh_from_db()
    assert of.owner is None
    assert of.members.filter(removed=None).count() == 1


def test_whoever_runs_the_site_can_erase_too(ottilie, capsys):
    of = Class.objects.get()
    people.learner(of, "Ben")
    call_command("erase", "--member", "ben", "--class", of.pk)
    call_command("erase", "--account", NAME.upper())
    assert not Member.objects.filter(removed=None).exists()
    assert NAME.casefold() not in everything()
    assert NAME not in capsys.readouterr().out
    for words in (("--member", "Ben"), ("--member", "Nobody", "--class", of.pk), ("--account", "Nobody")):
        with pytest.raises(CommandError):
            call_command("erase", *words)


# ------------------------------------------------------------------ export


def test_everything_about_a_person_is_one_file(ottilie):
    response = people.browser(User.objects.get()).get("/quizzes/about-me.json")
    assert response.headers["Content-Disposition"] == 'attachment; filename="orrery-about-me.json"'
    assert response.headers["Cache-Control"] == "no-store, private"
    told = json.loads(response.content)
    assert told["account"]["email"] == "ottilie@example.org"
    [membership] = told["classes"]
    assert membership["name"] == NAME
    assert membership["granted"][0]["minutes"] == 10
    [attempt] = membership["attempts"]
    assert attempt["answers"][0]["saves"][0]["value"] == "cleo"
    assert attempt["points in thousandths"] == 1000


def test_the_file_says_nothing_that_the_quiz_has_not_said_yet():
    member = people.learner(people.room())
    taken(member, people.quiz(member.of, phases={"verdict": "closing", "answer": "closing", "run": "closing"}))
    told = people.browser(member=member).get("/quizzes/about-me.json").text
    assert "points" not in told
    assert "hal" not in told
    Quiz.objects.update(closes=timezone.now() - timedelta(minutes=1))
    Extension.objects.all().delete()
    told = people.browser(member=member).get("/quizzes/about-me.json").text
    assert '"points in thousandths": 1000' in told
    assert "hal" not in told


def test_a_learner_without_an_account_has_one_too():
    ana = people.learner(people.room())
    told = json.loads(people.browser(member=ana).get("/quizzes/about-me.json").content)
    assert (told["account"], told["classes"][0]["name"]) == (None, "Ana")
    assert Client().get("/quizzes/about-me.json").headers["Location"] == "/join/"


# --------------------------------------------------------------- retention


def test_classes_that_ended_long_ago_are_named_and_erased_when_that_is_said(ottilie, settings, capsys):
    now = timezone.now()
    old, recent = Class.objects.get(), people.room("Networks")
    Class.objects.filter(pk=old.pk).update(archived=now - timedelta(days=731))
    Class.objects.filter(pk=recent.pk).update(archived=now - timedelta(days=729))
    call_command("forget")
    assert f"would be erased: {old.pk} 'Distributed systems'" in capsys.readouterr().out
    assert Class.objects.count() == 2
    call_command("forget", "--yes")
    assert list(Class.objects.all()) == [recent]
    assert not Attempt.objects.exists()
    assert not Variant.objects.exists()
    assert "erased: " in capsys.readouterr().out
    settings.RETENTION_DAYS = 700
    call_command("forget", "--yes")
    assert not Class.objects.exists()


# -------------------------------------------------------------------- logs


CANARY = "kanarienvogel"


@pytest.mark.asvs("14.2.1")
def test_what_is_typed_into_any_form_is_in_no_log(caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.DEBUG, "orrery.access")
    theo = people.user(f"Theo {CANARY}", f"{CANARY}@example.org")
    of = people.room(f"Class {CANARY}")
    ana = people.learner(of, f"Ana {CANARY}")
    secret, code = joining.new_link(ana), of.join_code or ""
    clients = [Client(), people.browser(theo), people.browser(member=ana), Client(enforce_csrf_checks=True)]
    fields = dict.fromkeys(("name", "password", "old", "new", "code", "email", "secret", "next", "bring"), CANARY)
    addresses = [
        "/join/", f"/join/{CANARY}/", f"/join/{of.join_code}/", f"/resume/{secret}/", f"/resume/{CANARY}/", "/quizzes/",
        f"/quizzes/classes/{of.pk}/link", f"/quizzes/classes/{of.pk}/leave", f"/quizzes/classes/{of.pk}/erase",
        f"/quizzes/classes/{CANARY}/leave", "/quizzes/about-me.json", "/account/", "/account/sign-up/",
        "/account/sign-in/", "/account/password", "/account/email", "/account/codes", "/account/erase",
        "/account/reset/", "/account/reset/mail", f"/account/reset/1/{CANARY}/", "/account/sign-out-elsewhere",
        "/account/sign-out",
    ]  # fmt: skip
    for client in clients:
        for address in addresses:
            for response in (client.get(address), client.post(address, fields), client.post(address, {})):
                assert response.status_code < 500, address
    told = "\n".join(record.getMessage() + str(record.__dict__.get("told", "")) for record in caplog.records
                     if not record.name.startswith("django.db"))  # fmt: skip
    assert "resume/<str:secret>/" in told
    for word in (CANARY, secret, code, PASSWORD):
        assert word not in told
