"""Joining by a code, coming back by a link, leaving: as browsers see it."""

import re
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from quizzes import joining
from quizzes.models import Attempt, Class, Entry, Member, Session, Tries
from quizzes.names import SIGNS
from quizzes.throttle import CODES
from quizzes.views.join import REVOKED, TAKEN, UNKNOWN
from tests.quizzes import people

pytestmark = pytest.mark.django_db


def text(response) -> str:
    return response.content.decode()


def secret_in(response) -> str:
    [secret] = re.findall(r'name="secret" value="([^"]*)"', text(response))
    return secret


def join(client: Client, of: Class, name: str, **fields: str):
    secret = secret_in(client.get(f"/join/{of.join_code}/?else=1"))
    return client.post(f"/join/{of.join_code}/", {"name": name, "secret": secret} | fields)


def link_in(response) -> str:
    [link] = re.findall(r'value="http://testserver(/resume/[^"]+/)"', text(response))
    return link


@pytest.mark.asvs("7.2.3")
def test_a_code_is_eight_signs_that_are_not_mistaken_for_each_other():
    codes = {str(people.room().join_code) for _ in range(20)}
    assert len(codes) == 20
    assert all(len(code) == 8 and set(code) <= set(SIGNS) for code in codes)
    assert not set("01ILO") & set(SIGNS)


def test_a_code_may_be_typed_as_it_was_written_down():
    of = people.room()
    code = str(of.join_code)
    typed = f" {code[:4].lower()}-{code[4:]} "
    response = Client().post("/join/", {"code": typed})
    assert (response.status_code, response.headers["Location"]) == (303, f"/join/{code}/")


def test_the_page_of_a_class_says_whose_it_is_and_what_is_kept():
    of = people.room(owner=people.user("Theo"))
    page = text(Client().get(f"/join/{of.join_code}/"))
    assert "A class of Theo" in page
    assert "It goes 730 days after" in page
    assert 'value="start"' not in page


def test_one_open_quiz_is_shown_with_its_rules():
    of = people.room()
    people.quiz(of, limit_s=1200, closes=timezone.now().replace(year=2099, month=12, day=4, hour=17, minute=0))
    page = text(Client().get(f"/join/{of.join_code}/"))
    assert "Rings and balancers" in page
    assert "You have 20 minutes from the moment you start." in page
    assert "You may take it once." in page
    assert "It closes Friday 4 December 2099, 18:00 in Vienna (UTC+1)." in page


def test_of_several_open_quizzes_none_is_put_first():
    of = people.room()
    people.quiz(of, "One")
    people.quiz(of, "Two")
    page = text(Client().get(f"/join/{of.join_code}/"))
    assert "One" not in page
    assert "Two" not in page


def test_who_joins_is_a_member_and_known_by_this_browser():
    of, client = people.room(), Client()
    response = join(client, of, "  Ana   Lía ")
    member = Member.objects.get()
    assert (member.name, member.role, member.user) == ("Ana Lía", Member.Role.LEARNER, None)
    assert "You are in, Ana Lía" in text(response)
    assert "Ana Lía" in text(client.get("/quizzes/"))
    assert Entry.objects.get().kind == "joined"


def test_joining_and_starting_is_one_press_where_one_quiz_is_open():
    of, client = people.room(), Client()
    one = people.quiz(of)
    response = join(client, of, "Ana", start="1")
    assert (response.status_code, response.headers["Location"]) == (307, f"/quizzes/{one.pk}/start")
    assert Member.objects.get().name == "Ana"


@pytest.mark.asvs("6.4.1", "7.2.2")
def test_the_link_brings_one_back_in_another_browser_and_is_kept_as_a_hash():
    of = people.room()
    link = link_in(join(Client(), of, "Ana"))
    secret = link.split("/")[2]
    assert len(secret) == 22
    member = Member.objects.get()
    assert member.resume_hash == joining.hashed(secret)
    other = Client()
    assert "Go on as Ana?" in text(other.get(link))
    assert "Ana" not in text(other.get("/quizzes/", follow=True))
    assert other.post(link).headers["Location"] == "/quizzes/"
    assert "You are Ana here" in text(other.get("/quizzes/"))


def test_the_link_stands_in_the_page_before_one_joins_too():
    of, client = people.room(), Client()
    page = client.get(f"/join/{of.join_code}/")
    assert link_in(page) == f"/resume/{secret_in(page)}/"


@pytest.mark.parametrize("name", ["Ana", "ANA", "ana ", "Ａｎａ"])
def test_a_name_that_is_taken_is_told_and_stays_in_the_field(name):
    of = people.room()
    people.learner(of, "Ana")
    response = join(Client(), of, name)
    assert response.status_code == 409
    assert TAKEN in response.context["form"].errors["name"]
    assert f'value="{name}"' in text(response)
    assert Member.objects.count() == 1


def test_pressing_twice_is_joining_once():
    of, client = people.room(), Client()
    secret = secret_in(client.get(f"/join/{of.join_code}/"))
    for _ in range(2):
        fresh = Client()
        assert fresh.post(f"/join/{of.join_code}/", {"name": "Ana", "secret": secret}).status_code == 200
        assert "You are Ana here" in text(fresh.get("/quizzes/"))
    assert Member.objects.count() == 1
    assert Entry.objects.count() == 1


@pytest.mark.parametrize("secret", ["", "x", "x" * 21, "x" * 23, "<script>", "\0" * 22])
def test_a_secret_that_is_none_is_replaced(secret):
    of = people.room()
    response = Client().post(f"/join/{of.join_code}/", {"name": "Ana", "secret": secret})
    assert len(link_in(response).split("/")[2]) == 22


@pytest.mark.parametrize("name", ["", "   ", "x" * 61, "a\u202eb", "a\u200db", "—", "\ufdfa" * 20, "a\0b"])
def test_a_name_that_cannot_be_one_is_told(name):
    of = people.room()
    response = Client().post(f"/join/{of.join_code}/", {"name": name})
    assert response.status_code == 422
    assert response.context["form"].errors["name"]
    assert not Member.objects.exists()


def test_somebody_else_at_the_same_computer_joins_under_another_name():
    of, client = people.room(), Client()
    link = link_in(join(client, of, "Ana"))
    page = text(client.get(f"/join/{of.join_code}/"))
    assert "You are Ana here" in page
    assert "I am somebody else" in page
    join(client, of, "Ben")
    assert "You are Ben here" in text(client.get("/quizzes/"))
    assert "Go on as Ana?" in text(client.get(link))


def test_with_an_account_one_joins_with_it():
    of, theo = people.room(), people.user("Theo")
    client = people.browser(theo)
    assert 'value="Theo"' in text(client.get(f"/join/{of.join_code}/"))
    join(client, of, "Theo")
    assert Member.objects.get().user == theo
    assert "You are Theo here" in text(people.browser(theo).get("/quizzes/"))


def test_with_an_account_one_is_in_a_class_once_and_comes_back_after_leaving():
    of, theo = people.room(), people.user("Theo")
    member = people.learner(of, "Theo", theo)
    joining.leave(member)
    join(people.browser(theo), of, "Teo")
    member.refresh_from_db()
    assert (Member.objects.count(), member.name, member.removed) == (1, "Teo", None)


@pytest.mark.parametrize("way", ["unknown", "closed", "archived"])
def test_a_code_that_leads_nowhere_is_answered_the_same_whatever_the_reason(way):
    of = people.room()
    code = of.join_code
    if way == "unknown":
        code = "ZZZZZZZ2"
    elif way == "closed":
        of.join_code = None
    else:
        of.archived = timezone.now()
    of.save()
    for response in (Client().post("/join/", {"code": code}), Client().get(f"/join/{code}/")):
        assert response.status_code == 404
        assert UNKNOWN in text(response)
        assert f'value="{code}"' in text(response)
    assert Tries.objects.get().count == 2


@pytest.mark.parametrize("code", ["", "abc", "x" * 200, "123456789", "\0"])
def test_what_is_no_code_is_told_and_not_counted(code):
    response = Client().post("/join/", {"code": code})
    assert response.status_code == 422
    assert not Tries.objects.exists()


@pytest.mark.asvs("6.3.1", "2.4.1")
def test_wrong_codes_are_limited_and_what_was_typed_stays():
    of = people.room()
    for _ in range(CODES.most):
        assert Client().post("/join/", {"code": "ZZZZZZZ2"}).status_code == 404
    response = Client().post("/join/", {"code": of.join_code})
    assert response.status_code == 429
    assert 0 < int(response.headers["Retry-After"]) <= CODES.seconds
    assert f'value="{of.join_code}"' in text(response)
    assert "Please try again in" in text(response)
    assert Client(REMOTE_ADDR="10.0.0.9").post("/join/", {"code": of.join_code}).status_code == 303


def test_sixty_learners_behind_one_address_get_in():
    of = people.room()
    for number in range(60):
        client = Client()
        assert client.post("/join/", {"code": of.join_code}).status_code == 303
        assert client.post(f"/join/{of.join_code}/", {"name": f"learner {number}"}).status_code == 200
    assert of.members.count() == 60
    assert not Tries.objects.exists()  # none of them was counted, so more would get in too


def test_looking_at_a_link_changes_nothing():
    link = f"/resume/{joining.new_link(people.learner(people.room()))}/"
    client = Client()
    assert client.get(link).status_code == 200
    assert not Session.objects.exists()


def test_a_new_link_stops_the_one_before_it():
    of, client = people.room(), Client()
    old = link_in(join(client, of, "Ana"))
    new = link_in(client.post(f"/quizzes/classes/{of.pk}/link"))
    assert new != old
    response = Client().get(old)
    assert response.status_code == 404
    assert REVOKED in text(response)
    assert "Go on as Ana?" in text(Client().get(new))


def test_who_goes_on_as_somebody_else_signs_the_account_out():
    ana = people.learner(people.room(), "Ana")
    client = people.browser(people.user("Theo"))
    client.post(f"/resume/{joining.new_link(ana)}/")
    assert "You are Ana here" in text(client.get("/quizzes/"))
    assert client.get("/account/").status_code == 303


@pytest.mark.asvs("7.2.4")
def test_whoever_becomes_a_member_gets_a_new_session_key():
    of, client = people.room(), Client()
    join(client, of, "Ana")
    before = client.session.session_key
    client.post(f"/resume/{joining.new_link(people.learner(of, 'Ben'))}/")
    assert client.session.session_key != before
    assert not Session.objects.filter(pk=before).exists()


def test_leaving_asks_first_and_the_link_stops():
    of, client = people.room(), Client()
    link = link_in(join(client, of, "Ana"))
    assert "Leave this class?" in text(client.get(f"/quizzes/classes/{of.pk}/leave"))
    assert Member.objects.get().removed is None
    client.post(f"/quizzes/classes/{of.pk}/leave")
    assert Member.objects.get().removed is not None
    assert client.get("/quizzes/").headers["Location"] == "/join/"
    assert Client().get(link).status_code == 404
    assert join(Client(), of, "Ana").status_code == 200


def test_who_teaches_a_class_cannot_leave_it():
    theo = people.user("Theo")
    of = people.room(owner=theo)
    assert people.browser(theo).post(f"/quizzes/classes/{of.pk}/leave").status_code == 404


def test_quizzes_are_told_by_what_they_are_for_me():
    of, client, now = people.room(), Client(), timezone.now()
    people.quiz(of, "Later", opens=now + timedelta(days=1), closes=now + timedelta(days=2))
    people.quiz(of, "Over", closes=now - timedelta(minutes=1))
    people.quiz(of, "Soon", closes=now + timedelta(minutes=5))
    people.quiz(of, "Calm", closes=None)
    people.quiz(of, "Draft", state="draft")
    join(client, of, "Ana")
    page = client.get("/quizzes/")
    [membership] = page.context["memberships"]
    assert [(one.quiz.title, one.state) for one in membership.quizzes] == [
        ("Soon", "open"), ("Calm", "open"), ("Later", "coming"), ("Over", "closed"),
    ]  # fmt: skip
    assert page.context["urgent"].quiz.title == "Soon"
    assert "Draft" not in text(page)


def test_what_people_call_themselves_is_shown_as_text():
    of, client = people.room("<b>Systems</b>"), Client()
    response = join(client, of, "<script>alert(1)</script>")
    for page in (response, client.get("/quizzes/"), client.get(f"/join/{of.join_code}/")):
        assert "<script>alert" not in text(page)
        assert "&lt;script&gt;alert(1)" in text(page)
        assert "<b>Systems" not in text(page)


def test_after_a_class_has_ended_its_learners_still_come_to_what_is_theirs():
    of, client = people.room(), Client()
    link = link_in(join(client, of, "Ana"))
    Class.objects.update(archived=timezone.now(), join_code=None)
    other = Client()
    other.post(link)
    assert "You are Ana here" in text(other.get("/quizzes/"))
    assert other.get("/quizzes/about-me.json").status_code == 200


def test_time_that_is_given_to_one_is_told_to_that_one():
    of, now = people.room(), timezone.now()
    quiz = people.quiz(of, closes=now - timedelta(hours=1), opens=now - timedelta(hours=9))
    ana, ben = people.learner(of, "Ana"), people.learner(of, "Ben")
    Member.objects.filter(pk=ana.pk).update(days=2)
    states = [
        [one.state for one in people.browser(member=who).get("/quizzes/").context["memberships"][0].quizzes]
        for who in (ana, ben)
    ]
    assert states == [["open"], ["closed"]]
    Attempt.objects.create(quiz=quiz, member=ben, number=1, started=now - timedelta(hours=8))
    page = people.browser(member=ben).get("/quizzes/")
    assert [one.state for one in page.context["memberships"][0].quizzes] == ["done"]


def test_a_lost_link_is_made_anew_by_a_command(capsys):
    of = people.room()
    ana = people.learner(of, "Ana")
    call_command("resume_link", "ana", "--class", str(of.join_code))
    address = capsys.readouterr().out.strip()
    assert joining.of_secret(address.rstrip("/").rpartition("/")[2]) == ana
    with pytest.raises(CommandError, match="no member of that name"):
        call_command("resume_link", "Bea", "--class", of.pk)
