"""A class as those who teach it set it up and look after it."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.http import Http404
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from playground.drawn.symbols import qr_modules
from playground.scenes.qr import QUIET, runs
from quizzes import access, joining, record, starting
from quizzes.handing_in import hand_in
from quizzes.models import Attempt, Class, Entry, Extension, Member, Quiz, User
from quizzes.personal import erase_member
from quizzes.teaching import LEARNS, NO_ACCOUNT, TEACHES
from quizzes.views.classes import DONE
from quizzes.views.owners import NOT_THE_NAME
from quizzes.zones import wall_time
from tests.quizzes import made, people
from tests.quizzes.test_pages import words

pytestmark = pytest.mark.django_db

NOON = datetime(2099, 12, 4, 12, tzinfo=UTC)


@pytest.fixture
def ruth() -> User:
    return people.user("Ruth")


@pytest.fixture
def of(ruth) -> Class:
    return people.room(owner=ruth)


@pytest.fixture
def client(ruth) -> Client:
    return people.browser(ruth)


def at(of: Class, more: str = "") -> str:
    return f"/teach/classes/{of.pk}/{more}"


def kinds(of: Class) -> list[str]:
    return list(Entry.objects.filter(of=of).order_by("pk").values_list("kind", flat=True))


def told(client: Client, of: Class) -> str:
    return words(client.get(at(of, "?record")))


def test_who_is_signed_out_finds_both_doors_and_comes_back_to_teach():
    page = Client().get("/teach/")
    text = page.content.decode()
    assert (page.status_code, text.count('name="next" value="/teach/"')) == (200, 2)
    assert 'action="/account/sign-up/"' in text
    assert 'action="/account/sign-in/"' in text
    filled = {"name": "Ruth", "password": people.PASSWORD, "next": "/teach/"}
    assert Client().post("/account/sign-up/", filled).headers["Location"] == "/teach/"


def test_the_page_of_who_has_no_class_is_the_form_for_one():
    page = words(people.browser(people.user("Ruth")).get("/teach/"))
    assert "Your first class" in page
    assert "My classes" not in page


def test_a_new_class_shows_its_code_at_once():
    client = people.browser(people.user("Ruth"))
    page = client.post("/teach/", {"name": " Distributed  systems ", "zone": "europe/vienna"}, follow=True)
    of = Class.objects.get()
    code = str(of.join_code)
    assert (of.name, of.zone, of.owner) == ("Distributed systems", "Europe/Vienna", User.objects.get(name="Ruth"))
    assert f"{code[:4]} {code[4:]}" in words(page)
    assert f'value="http://testserver/join/{of.join_code}/"' in page.content.decode()


@pytest.mark.parametrize(
    ("name", "zone", "says"),
    [
        ("", "UTC", "Type a name."),
        ("x" * 61, "UTC", "at most 60"),
        ("a\u202eb", "UTC", "can be seen"),
        ("Systems", "", "Type a time zone"),
        ("Systems", "Mordor", "There is no time zone “Mordor”"),
        ("Systems", "../etc/passwd", "There is no time zone"),
        ("Systems", "x" * 65, "Type a time zone"),
        ("Systems", "<b>", "There is no time zone “&lt;b&gt;”"),
    ],
)
def test_what_no_class_can_be_is_told_beside_the_field_and_stays_in_it(name, zone, says):
    page = people.browser(people.user("Ruth")).post("/teach/", {"name": name, "zone": zone})
    assert page.status_code == 422
    assert says in page.content.decode()
    assert page.context["form"]["name"].value() == name
    assert not Class.objects.exists()


def test_only_classes_that_one_teaches_are_listed(client, of):
    people.room("Networks", people.user("Stranger"))
    Class.objects.create(name="An old one", owner=of.owner, archived=timezone.now())
    page = words(client.get("/teach/"))
    assert "Networks" not in page
    assert page.index("Distributed systems") < page.index("An old one archived")


def test_the_symbol_is_the_link(client, of):
    link = f"http://testserver/join/{of.join_code}/"
    page = client.get(at(of)).content.decode()
    side = len(qr_modules(link)) + 2 * QUIET
    assert f'viewBox="0 0 {side} {side}"' in page
    assert runs(qr_modules(link), 1) in page


def test_a_new_code_makes_the_old_one_unknown(client, of):
    old = of.join_code
    assert DONE["code"] in client.post(at(of, "code"), {"renew": "1"}, follow=True).content.decode()
    of.refresh_from_db()
    assert of.join_code != old
    assert joining.of_code(old) is None
    assert joining.of_code(of.join_code) == of
    assert Client().get(f"/join/{old}/").status_code == 404


def test_a_closed_code_is_unknown_and_the_class_opens_under_another(client, of):
    old = of.join_code
    page = client.post(at(of, "code"), {"close": "1"}, follow=True)
    assert old not in page.content.decode()
    assert Client().get(f"/join/{old}/").status_code == 404
    client.post(at(of, "code"), {"renew": "1"})
    of.refresh_from_db()
    assert of.join_code not in (None, old)
    assert kinds(of) == ["code-closed", "code-opened"]
    assert old not in told(client, of)


def dates(quiz: Quiz, opens: str | None = None, closes: str | None = None) -> dict[str, str]:
    """What the form sends: what it showed, and what is in its fields now."""
    shown = {name: wall_time(getattr(quiz, name), quiz.of.zone) for name in ("opens", "closes")}
    sent = {
        "opens": shown["opens"] if opens is None else opens,
        "closes": shown["closes"] if closes is None else closes,
    }
    fields = {f"{quiz.pk}-{name}": value for name, value in sent.items()}
    return fields | {f"initial-{quiz.pk}-{name}": value for name, value in shown.items()}


def test_the_form_of_the_page_sends_each_field_once_with_what_it_showed(client, of):
    quiz = people.quiz(of)
    page = client.get(at(of)).content.decode()
    names = re.findall(rf'name="([^"]*{quiz.pk}[^"]*)"', page)
    assert sorted(names) == sorted(dates(quiz))
    assert all(f'name="{name}" value="{value}"' in page for name, value in dates(quiz).items() if "initial" not in name)


def test_dates_are_set_by_the_clocks_of_the_class_and_told(client, of):
    quiz, other = people.quiz(of, "Rings", opens=None, closes=NOON), people.quiz(of, "CAP", opens=None, closes=None)
    sent = dates(quiz, closes="2099-12-05T18:00") | dates(other)
    assert client.post(at(of, "dates"), sent).headers["Location"] == f"{at(of)}?done=dates#quizzes"
    quiz.refresh_from_db()
    assert quiz.closes == datetime(2099, 12, 5, 17, tzinfo=UTC)
    assert (quiz.opens, quiz.revision) == (None, 1)
    assert Quiz.objects.get(pk=other.pk).revision == 0
    log = told(client, of)
    assert "closes Saturday 5 December 2099, 18:00 in Vienna (UTC+1), before Friday 4 December 2099, 13:00" in log
    assert "Ruth" in log
    assert kinds(of) == ["dates"]


def test_what_was_not_changed_in_the_form_is_left_as_somebody_else_has_set_it(client, of):
    quiz = people.quiz(of, opens=None, closes=NOON + timedelta(seconds=7))
    sent = dates(quiz, opens="2099-12-01T10:00")
    Quiz.objects.filter(pk=quiz.pk).update(closes=NOON + timedelta(days=1, seconds=7))
    client.post(at(of, "dates"), sent)
    quiz.refresh_from_db()
    assert quiz.closes == NOON + timedelta(days=1, seconds=7)
    assert quiz.opens == datetime(2099, 12, 1, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("opens", "closes", "says"),
    [
        ("", "Friday", "Type a date and a time"),
        ("", "1999-12-31T23:59", "a year from 2000"),
        ("", "2099-13-01T00:00", "Type a date and a time"),
        ("2099-12-05T18:00", "2099-12-05T18:00", "It closes after it opens."),
        ("", "2027-03-28T02:30", "never show this time"),
        ("", "", "it needs a date"),
        ("", "x" * 41, "shorter than that"),
        ("", "9999-12-31T23:59+00:00", "a year from 2000"),
    ],
)
def test_dates_that_cannot_be_are_told_and_none_is_changed(client, of, opens, closes, says):
    quiz, other = people.quiz(of, "Rings", opens=None, closes=NOON), people.quiz(of, "CAP", opens=None, closes=NOON)
    sent = dates(quiz, opens=opens, closes=closes) | dates(other, closes="2099-12-09T10:00")
    page = client.post(at(of, "dates"), sent)
    assert page.status_code == 422
    assert says in page.content.decode()
    assert 'value="2099-12-09T10:00"' in page.content.decode()
    assert set(Quiz.objects.values_list("closes", flat=True)) == {NOON}


def test_a_later_closing_opens_nothing_again_that_was_over(client, of):
    """Nobody had looked since it ended: what counts is when it ended, not who looked."""
    now = timezone.now()
    quiz = made.quiz(of, kinds=(made.NUMBER,), closes=now - timedelta(minutes=5))
    ana = people.learner(of, "Ana")
    Attempt.objects.create(quiz=quiz, member=ana, number=1, started=now - timedelta(hours=1))
    client.post(at(of, "dates"), dates(quiz, closes="2099-12-05T18:00"))
    assert Attempt.objects.get().handed_in == now - timedelta(minutes=5)


def test_the_table_says_for_whom_a_change_counts(client, of):
    now = timezone.now()
    quiz = made.quiz(of, kinds=(made.NUMBER,))
    for name in ("Ana", "Ben", "Chidi"):
        attempt = starting.start(quiz, people.learner(of, name), now)
    hand_in(attempt, now)
    Extension.objects.create(quiz=quiz, member=Member.objects.get(name="Ana"), minutes=5, why="x")
    assert "2 taking it now, 1 handed in, 1 with more time or attempts" in words(client.get(at(of)))


def test_members_say_when_they_joined_and_what_is_granted(client, of):
    people.learner(of, "Ana")
    made.member(of, "Ben", factor=1500, days=2, extra_attempts=1, external_id="2026-042")
    made.member(of, "Chidi", factor=None, joined=None)
    page = words(client.get(at(of)))
    assert "Learners 3" in page
    assert "Ben 2026-042" in page
    assert "time × 1.5, 2 days, 1 attempt more" in page
    assert "Chidi not yet no time limit" in page
    assert "1 of them stands on your list and has not joined yet" in page


def test_who_is_removed_is_gone_and_their_answers_stay(client, of):
    quiz, ana = made.quiz(of, kinds=(made.NUMBER,)), people.learner(of, "Ana")
    link = joining.new_link(ana)
    hers = Client()
    hers.post(f"/resume/{link}/")
    starting.start(quiz, ana, timezone.now())
    client.post(at(of, f"members/{ana.pk}/remove"))
    assert Client().get(f"/resume/{link}/").status_code == 404
    assert hers.get(f"/quizzes/{quiz.pk}/1/").status_code == 404
    assert Attempt.objects.filter(member=ana).exists()
    assert client.get(at(of, f"members/{ana.pk}/")).status_code == 404
    assert "Ana is removed." in told(client, of)


def test_removing_can_be_taken_back_unless_the_name_is_somebody_elses(client, of):
    ana = people.learner(of, "Ana")
    client.post(at(of, f"members/{ana.pk}/remove"))
    assert "1 removed or left" in words(client.get(at(of)))
    people.learner(of, "ANA")
    page = client.post(at(of, f"members/{ana.pk}/remove"), {"back": "1"}, follow=True)
    assert DONE["not-back"] in page.content.decode()
    Member.objects.filter(name="ANA").delete()
    client.post(at(of, f"members/{ana.pk}/remove"), {"back": "1"})
    assert Member.objects.get(pk=ana.pk).removed is None


def test_who_has_been_erased_is_not_offered_to_be_brought_back(client, of):
    ana = people.learner(of, "Ana")
    erase_member(ana)
    assert "removed or left" not in words(client.get(at(of)))
    assert client.post(at(of, f"members/{ana.pk}/remove"), {"back": "1"}).status_code == 404


def test_a_lost_link_is_made_anew_and_shown_once(client, of):
    ana = people.learner(of, "Ana")
    old = joining.new_link(ana)
    page = client.post(at(of, f"members/{ana.pk}/link"))
    [link] = re.findall(r'value="http://testserver(/resume/[^"]+/)"', page.content.decode())
    assert page.headers["Referrer-Policy"] == "strict-origin"
    assert Client().get(f"/resume/{old}/").status_code == 404
    assert "Go on as Ana?" in words(Client().get(link))
    assert link.split("/")[2] not in told(client, of)


def test_an_instructor_is_no_learner_to_remove(client, of, ruth):
    me = Member.objects.get(user=ruth)
    for verb in ("", "allow", "link", "remove"):
        address = at(of, f"members/{me.pk}/{verb}")
        assert (client.post(address) if verb else client.get(address)).status_code == 404


@pytest.mark.parametrize("number", ["0", "99999999", "9" * 30])
def test_a_member_that_there_is_not_is_not_there(client, of, number):
    assert client.get(at(of, f"members/{number}/")).status_code == 404
    assert client.post(at(of, f"members/{number}/remove"), {"back": "1"}).status_code == 404
    assert client.post(at(of, "instructors"), {"remove": number}).status_code == 404


def test_nobody_of_another_class_is_reached_through_mine(client, of):
    other = people.room("Networks", people.user("Stranger"))
    eve, quiz = people.learner(other, "Eve"), people.quiz(other)
    ana = people.learner(of, "Ana")
    assert client.get(at(of, f"members/{eve.pk}/")).status_code == 404
    assert client.post(at(of, f"members/{ana.pk}/extend/{quiz.pk}"), {"minutes": "9", "why": "x"}).status_code == 404
    assert client.get(at(of, f"members/{ana.pk}/?quiz={quiz.pk}")).status_code == 404
    client.post(at(of, "dates"), dates(quiz, closes="2099-12-05T18:00"))
    assert Quiz.objects.get(pk=quiz.pk).closes == quiz.closes


def test_the_owner_lets_somebody_else_teach_and_takes_it_back(client, of):
    theo = people.user("Theo")
    client.post(at(of, "instructors"), {"account": " theo "})
    his = people.browser(theo)
    assert his.get(at(of)).status_code == 200
    assert "Let them teach too" not in words(his.get(at(of)))
    client.post(at(of, "instructors"), {"remove": str(Member.objects.get(user=theo).pk)})
    assert his.get(at(of)).status_code == 404
    assert kinds(of) == ["teaches", "teaches-no-more"]


def test_who_taught_and_joins_by_the_code_is_a_learner(client, of):
    theo = people.user("Theo")
    client.post(at(of, "instructors"), {"account": "Theo"})
    client.post(at(of, "instructors"), {"remove": str(Member.objects.get(user=theo).pk)})
    member = people.learner(of, "Theo", theo)
    assert member.role == Member.Role.LEARNER
    assert people.browser(theo).get(at(of)).status_code == 404


@pytest.mark.parametrize("role", [Member.Role.LEARNER, Member.Role.INSTRUCTOR])
def test_whoever_is_in_the_class_is_not_added_again(client, of, role):
    made.member(of, "Theo", user=people.user("Theo"), role=role)
    page = client.post(at(of, "instructors"), {"account": "Theo"})
    assert page.status_code == 422
    assert (LEARNS if role == Member.Role.LEARNER else TEACHES).format("Theo") in page.content.decode()


def test_an_account_that_there_is_not_is_told_and_stays_in_the_field(client, of):
    page = client.post(at(of, "instructors"), {"account": "Nobody"})
    assert page.status_code == 422
    assert NO_ACCOUNT in page.content.decode()
    assert 'value="Nobody"' in page.content.decode()


def test_a_learner_of_the_same_name_is_in_nobodys_way(client, of):
    people.learner(of, "Theo")
    theo = people.user("Theo")
    client.post(at(of, "instructors"), {"account": "Theo"})
    assert Member.objects.get(user=theo).name == "Theo (instructor)"


def test_the_owner_cannot_be_removed(client, of, ruth):
    me = Member.objects.get(user=ruth)
    assert client.post(at(of, "instructors"), {"remove": str(me.pk)}).status_code == 404
    assert Member.objects.get(pk=me.pk).removed is None


def test_a_class_is_deleted_by_its_owner_who_types_its_name(client, of):
    starting.start(made.quiz(of, kinds=(made.NUMBER,)), people.learner(of, "Ana"), timezone.now())
    wrong = client.post(at(of, "delete"), {"typed": "Distributed"})
    assert (wrong.status_code, NOT_THE_NAME in wrong.content.decode()) == (422, True)
    assert client.post(at(of, "delete"), {"typed": "distributed systems"}).headers["Location"] == "/teach/"
    assert not Class.objects.exists()
    assert not Attempt.objects.exists()


def test_a_class_that_is_put_away_takes_nobody_and_comes_back(client, of):
    client.post(at(of, "archive"))
    page = words(client.get(at(of)))
    assert "Put away" in page
    assert of.join_code not in page
    assert Client().get(f"/join/{of.join_code}/").status_code == 404
    client.post(at(of, "archive"), {"out": "1"})
    assert Client().get(f"/join/{of.join_code}/").status_code == 200
    assert kinds(of) == ["archived", "unarchived"]


def test_another_zone_shows_other_clocks_and_moves_nothing(client, of):
    quiz = people.quiz(of, closes=NOON)
    client.post(at(of, "settings/"), {"name": "Systems", "zone": "lord howe"})
    of.refresh_from_db()
    assert (of.name, of.zone) == ("Systems", "Australia/Lord_Howe")
    assert Quiz.objects.get(pk=quiz.pk).closes == NOON
    assert "2099-12-04T23:00" in client.get(at(of)).content.decode()
    log = told(client, of)
    assert "its zone is Australia/Lord_Howe, before Europe/Vienna" in log


def test_a_draft_is_there_for_who_teaches_and_for_nobody_else(client, of):
    quiz = people.quiz(of, "A draft", state="draft")
    assert "A draft" in words(client.get(at(of)))
    request = client.get(at(of)).wsgi_request
    assert access.taught_quiz(request, quiz.pk) == quiz
    with pytest.raises(Http404):
        access.taught_quiz(people.browser(people.user("Stranger")).get("/teach/").wsgi_request, quiz.pk)


def test_every_line_of_the_log_has_its_sentence(client, of):
    """Whatever is written into the log is told; what nobody has written a sentence for is told by its name."""
    ana, quiz = people.learner(of, "Ana"), made.quiz(of, kinds=(made.NUMBER,))
    hand_in(starting.start(quiz, ana, timezone.now()), timezone.now())
    client.post(at(of, f"members/{ana.pk}/allow"), {"factor": "1500", "days": "1", "extra_attempts": ""})
    client.post(at(of, f"members/{ana.pk}/extend/{quiz.pk}"), {"minutes": "5", "why": "a fire drill"})
    client.post(at(of, f"members/{ana.pk}/link"))
    client.post(at(of, "list/"), {"roster": "Ben"})
    joining.leave(ana)
    Entry.objects.create(of=of, kind="something-new", at=timezone.now())
    page = told(client, of)
    for sentence in (
        "Ana joined.", "Ana started “Rings”.", "Ana handed in “Rings”.", "Ana left.", "something new",
        "Ana on every quiz: time × 1.5, 1 day, before nothing.",
        "Ana on “Rings”: 5 minutes more, before nothing. a fire drill", "Ana got a new link.",
        "1 learner put on the list.",
    ):  # fmt: skip
        assert sentence in page, sentence
    assert set(kinds(of)) - {"something-new"} <= record.SAID.keys()


def test_a_long_log_comes_in_pages(client, of):
    now = timezone.now()
    Entry.objects.bulk_create(Entry(of=of, kind="code-renewed", at=now) for _ in range(record.PAGE + 1))
    assert "page 1 of 2" in words(client.get(at(of, "?record")))
    assert "page 2 of 2" in words(client.get(at(of, "?record&page=2")))
    assert client.get(at(of, "?record&page=rubbish")).status_code == 200


def test_a_reason_is_erased_with_the_person_it_is_about(client, of):
    ana, quiz = people.learner(of, "Ana"), people.quiz(of)
    client.post(at(of, f"members/{ana.pk}/extend/{quiz.pk}"), {"minutes": "5", "why": "a broken arm"})
    assert "a broken arm" in told(client, of)
    erase_member(Member.objects.get(pk=ana.pk))
    page = told(client, of)
    assert "a broken arm" not in page
    assert "Ana" not in page


def test_what_people_call_themselves_is_shown_as_text(client, of):
    people.learner(of, "<script>alert(1)</script>")
    people.quiz(of, "<b>Rings</b>")
    for more in ("", "?record", "?allow=1"):
        page = client.get(at(of, more)).content.decode()
        assert "<script>alert" not in page
        assert "<b>Rings" not in page


@pytest.mark.asvs("14.3.1")
def test_nobody_keeps_what_stands_in_these_pages(client, of):
    ana, quiz = people.learner(of, "Ana"), people.quiz(of)
    pages = ("", "?record", f"?allow={ana.pk}", "list/", "learners.csv", "settings/", f"members/{ana.pk}/")
    answers = [client.get(at(of, more)) for more in (*pages, f"members/{ana.pk}/?quiz={quiz.pk}")]
    answers += [client.get("/teach/"), client.post(at(of, "list/"), {"roster": ""}), client.post(at(of, "dates"))]
    answers += [client.post(at(of, f"members/{ana.pk}/link")), client.get(at(of, "members/0/")), Client().get(at(of))]
    for answer in answers:
        assert answer.headers["Cache-Control"] == "no-store, private"
        assert not {"ETag", "Last-Modified", "Content-Encoding"} & set(answer.headers)
        assert answer.headers["Vary"].split(", ").count("Cookie") == 1


def test_no_public_page_says_that_somebody_teaches(client, of):
    for address in ("/", "/lessons/", "/playground/", "/practise/"):
        assert client.get(address).content == Client().get(address).content


def test_a_form_of_another_site_is_refused(of, ruth):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(ruth)
    assert strict.post(at(of, "code"), {"renew": "1"}).status_code == 403
    assert Class.objects.get().join_code == of.join_code


@pytest.mark.parametrize("allow", ["x", "9" * 40, "-1", "", "1e9"])
def test_a_row_that_there_is_not_opens_nothing(client, of, allow):
    assert client.get(at(of, f"?allow={allow}")).status_code == 200


def test_sixty_members_cost_no_more_questions_to_the_database_than_six(client, of):
    def asked(many: int) -> int:
        names = [f"{many} {one}" for one in range(many)]
        Member.objects.bulk_create(Member(of=of, name=name, folded=name) for name in names)
        with CaptureQueriesContext(connection) as queries:
            client.get(at(of))
        return len(queries)

    asked(1)
    assert asked(60) == asked(6)
