"""Every view begins with the question who is asking; what is another's is not there."""

import ast
import inspect
import textwrap
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.base import SessionBase
from django.http import Http404
from django.test import Client, RequestFactory
from django.urls import URLPattern, get_resolver
from django.utils import timezone

from quizzes import access, urls
from quizzes.access import user_of
from quizzes.api import api
from quizzes.models import Attempt, Member, Quiz
from quizzes.private import Instead
from quizzes.sessions import SessionStore
from tests.quizzes import people

pytestmark = pytest.mark.django_db

WAYS = {
    "user_of", "teacher_of", "members_of", "member_of", "quiz_for", "attempt_for", "taught", "owned", "taught_quiz",
    "own_room",
}  # fmt: skip
ARRIVED = ("now = timezone.now()", "received = received_at(request)", "now = received_at(request)")
OWN_RULES = {"practise"}
"""Modules of views that are public pages, which ask nobody who they are."""


def views(patterns: list[Any] | None = None) -> list[Callable[..., Any]]:
    found = []
    for one in urls.urlpatterns if patterns is None else patterns:
        if isinstance(one, URLPattern):
            found.append(one.callback)
        elif one.namespace == "api":
            # Its own views hand on to these; its root is a 404.
            found += [act.view_func for path in api.default_router.path_operations.values() for act in path.operations]
        else:
            found += views(one.url_patterns)
    return found


def begins_with(view: Callable[..., Any]) -> set[str]:
    """What the first statement of a view calls, also by way of one function beside it."""
    function = inspect.unwrap(view)
    first = _first(function)
    near = {name: _first(vars(inspect.getmodule(function))[name]) for name in first & _beside(function)}
    return first.union(*near.values())


def _first(function: Callable[..., Any]) -> set[str]:
    [tree] = ast.parse(textwrap.dedent(inspect.getsource(function))).body
    assert isinstance(tree, ast.FunctionDef)
    told = tree.body[1:] if ast.get_docstring(tree) else tree.body
    # When it arrived is asked before anything else is.
    told = told[1:] if ast.unparse(told[0]) in ARRIVED else told
    called = [node for node in ast.walk(told[0]) if isinstance(node, ast.Call)]
    return {node.func.id for node in called if isinstance(node.func, ast.Name)}


def _beside(function: Callable[..., Any]) -> set[str]:
    module = inspect.getmodule(function)
    return {name for name, one in vars(module).items() if inspect.isfunction(one) and inspect.getmodule(one) is module}


@pytest.mark.asvs("8.2.1", "8.3.1")
def test_every_view_begins_with_one_of_the_ways_or_is_marked_as_for_anybody():
    without = [
        f"{view.__module__}.{view.__qualname__}"
        for view in views()
        if view.__module__.rpartition(".")[2] not in OWN_RULES
        and not getattr(view, "anybody", False)
        and not begins_with(view) & WAYS
    ]
    assert without == []
    assert len(views()) > 15


def test_one_that_does_not_would_be_noticed():
    def careless(request):
        """Shows everything, and asks afterwards."""
        found = Member.objects.all()
        return found, user_of(request)

    def careful(request):
        """Asks first."""
        return user_of(request)

    assert not begins_with(careless) & WAYS
    assert begins_with(careful) == {"user_of"}
    assert all(callable(vars(access)[name]) for name in WAYS)


def ask(user=None, member: Member | None = None, session: SessionBase | None = None):
    request = RequestFactory().get("/quizzes/")
    request.user = user or AnonymousUser()
    request.session = session if session is not None else SessionStore()
    if member:
        request.session[access.MEMBERS] = {member.of_id: member.pk}
    return request


def test_who_is_nobody_is_sent_to_sign_in_and_comes_back():
    with pytest.raises(Instead) as sent:
        access.user_of(ask())
    assert sent.value.response.headers["Location"] == "/account/sign-in/?next=%2Fquizzes%2F"
    assert sent.value.response.status_code == 303


def test_a_learner_without_an_account_is_known_by_the_session():
    ana = people.learner(people.room())
    request = ask(member=ana)
    assert access.members_of(request) == [ana]
    assert access.member_of(request, ana.of_id) == ana


def test_one_who_has_left_is_known_no_longer():
    ana = people.learner(people.room())
    ana.removed = timezone.now()
    ana.save()
    with pytest.raises(Instead):
        access.members_of(ask(member=ana))
    with pytest.raises(Http404):
        access.member_of(ask(member=ana), ana.of_id)


def test_an_account_stands_before_who_the_browser_was():
    room, theo = people.room(), people.user("Theo")
    ana, himself = people.learner(room, "Ana"), people.learner(room, "Theo", theo)
    assert access.members_of(ask(theo, ana)) == [himself]


@pytest.mark.asvs("8.2.2")
def test_a_quiz_is_there_for_its_class_alone():
    room, other = people.room(), people.room("Networks")
    quiz = people.quiz(room)
    ana, ben = people.learner(room, "Ana"), people.learner(other, "Ben")
    assert access.quiz_for(ask(member=ana), quiz.pk) == (quiz, ana)
    with pytest.raises(Http404) as missing:
        access.quiz_for(ask(member=ben), quiz.pk)
    assert not isinstance(missing.value, Instead)


@pytest.mark.asvs("8.2.2")
def test_a_draft_is_there_for_nobody():
    room = people.room()
    draft = people.quiz(room, state=Quiz.State.DRAFT)
    with pytest.raises(Http404):
        access.quiz_for(ask(member=people.learner(room)), draft.pk)


def test_a_stranger_gets_the_page_for_joining_whether_there_is_such_a_quiz_or_not():
    answers = []
    for pk in (people.quiz(people.room()).pk, "x" * 22):
        with pytest.raises(Instead) as shown:
            access.quiz_for(ask(), pk)
        answers.append(shown.value.response)
    assert [one.status_code for one in answers] == [404, 404]
    assert all("Join a class" in one.text for one in answers)


@pytest.mark.asvs("8.2.2")
def test_an_attempt_is_found_by_its_own_member_alone():
    room = people.room()
    quiz = people.quiz(room)
    ana, ben = people.learner(room, "Ana"), people.learner(room, "Ben")
    hers = Attempt.objects.create(quiz=quiz, member=ana, number=1, started=timezone.now())
    his = Attempt.objects.create(quiz=quiz, member=ben, number=1, started=timezone.now())
    assert access.attempt_for(ask(member=ana), quiz.pk, 1) == hers
    assert access.attempt_for(ask(member=ben), quiz.pk, 1) == his
    for request, number in ((ask(), 1), (ask(member=ana), 2)):
        with pytest.raises(Http404):
            access.attempt_for(request, quiz.pk, number)


@pytest.mark.asvs("8.2.1")
def test_a_class_is_taught_by_its_owner_and_its_instructors():
    owner, helper, other = people.user("Theo"), people.user("Uma"), people.user("Vera")
    room = people.room(owner=owner)
    Member.objects.create(of=room, user=helper, name="Uma", role=Member.Role.INSTRUCTOR)
    people.learner(room, "Vera", other)
    assert access.taught(ask(owner), room.pk) == access.taught(ask(helper), room.pk) == room
    with pytest.raises(Http404) as missing:
        access.taught(ask(other), room.pk)
    assert not isinstance(missing.value, Instead)
    with pytest.raises(Instead):
        access.taught(ask(), room.pk)


def test_a_learner_s_role_is_no_instructor_s_in_another_class():
    uma = people.user("Uma")
    people.room(owner=uma)
    room = people.room("Networks")
    people.learner(room, "Uma", uma)
    with pytest.raises(Http404):
        access.taught(ask(uma), room.pk)


def test_use_moves_the_end_of_a_session_once_a_day():
    session = SessionStore()
    access.members_of(ask(member=people.learner(people.room()), session=session))
    session.modified = False
    access.members_of(ask(session=session))
    assert not session.modified
    session[access.DAY] -= 1
    session.modified = False
    access.members_of(ask(session=session))
    assert session.modified


PRIVATE = ("/join/", "/quizzes/", "/account/", "/account/sign-in/", "/account/sign-up/", "/account/reset/")


@pytest.mark.asvs("14.3.1")
@pytest.mark.parametrize("address", PRIVATE)
def test_private_answers_are_kept_by_nobody(address):
    for client in (Client(), people.browser(people.user())):
        response = client.get(address, headers={"accept-encoding": "gzip, br"})
        assert response.headers["Cache-Control"] == "no-store, private"
        assert "Cookie" in response.headers["Vary"]
        assert response.headers["Referrer-Policy"] == "same-origin"
        assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert "ETag" not in response.headers
        assert "Content-Encoding" not in response.headers


@pytest.mark.parametrize("address", ["/resume/" + people.SECRET + "/", "/account/reset/1/abc/"])
def test_an_address_that_is_a_secret_is_told_to_nobody(address):
    assert Client().get(address).headers["Referrer-Policy"] == "strict-origin"


@pytest.mark.asvs("3.5.1", "3.5.3")
@pytest.mark.parametrize(
    ("address", "allowed"), [("/quizzes/", "GET, HEAD"), ("/join/", "GET, HEAD, POST"), ("/account/sign-out", "POST")]
)
def test_another_method_is_told_what_is_allowed(address, allowed):
    client = Client(enforce_csrf_checks=True)
    for method in {"GET", "POST", "PUT", "DELETE", "OPTIONS", "BREW"} - set(allowed.split(", ")):
        response = client.generic(method, address)
        assert (response.status_code, response.headers["Allow"]) == (405, allowed), method
        assert "something else was sent" in response.text
        assert response.headers["Cache-Control"] == "no-store, private"


POSTS = sorted(
    {
        f"/{pattern.pattern}"
        for pattern in get_resolver("quizzes.urls").url_patterns
        if isinstance(pattern, URLPattern) and "<" not in str(pattern.pattern)
    }
)


@pytest.mark.asvs("3.5.1", "3.5.2")
@pytest.mark.parametrize("address", POSTS)
def test_a_form_of_another_site_is_refused(address):
    client = Client(enforce_csrf_checks=True)
    client.force_login(people.user())
    assert client.post(address).status_code in (403, 405)
    trusting = people.browser(people.user("Uma"))
    assert trusting.post(address, headers={"sec-fetch-site": "cross-site"}).status_code in (403, 405)
