"""Every address of quizzes, asked by everybody, in both ways: who gets what stands in a table.

An address without a row fails, and so does a row without an address.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.test import Client
from django.urls import URLPattern
from django.utils import timezone

from quizzes import joining, printing, starting, urls, voting
from quizzes.api import api
from quizzes.models import Attempt, Class, Entry, Member, Save, User
from tests.quizzes import made, people

pytestmark = pytest.mark.django_db

NOBODY, MEMBER, OTHER, ELSEWHERE, LEARNER, HELPER, OWNER, STRANGER = (
    "nobody", "the member", "another member", "a member of another class", "a learner with an account",
    "a co-instructor", "the owner", "an instructor elsewhere",
)  # fmt: skip
EVERYBODY = (NOBODY, MEMBER, OTHER, ELSEWHERE, LEARNER, HELPER, OWNER, STRANGER)
ACCOUNTS = (LEARNER, HELPER, OWNER, STRANGER)


def all_(status: int) -> dict[str, int]:
    return dict.fromkeys(EVERYBODY, status)


REFUSED = all_(405)
ANYBODY = all_(200)
SENT_AWAY = all_(303)
SIGNED_IN = all_(303) | dict.fromkeys(ACCOUNTS, 200)
"""Those without an account are sent to sign in."""
IN_A_CLASS = all_(200) | {NOBODY: 303}
"""Nobody is sent to join."""
LEARNERS = all_(404) | {MEMBER: 200, OTHER: 200, LEARNER: 200}
"""Of the class; who teaches it cannot leave it alone."""
ITS_PEOPLE = all_(404) | dict.fromkeys((MEMBER, OTHER, LEARNER, HELPER, OWNER), 200)
"""Of the class; strangers get 404, of whom nobody gets it with the page for joining."""
TAUGHT = all_(303) | {HELPER: 200, OWNER: 200, LEARNER: 404, STRANGER: 404}
"""Those without an account are sent to sign in; other accounts get 404."""
BY_TEACHERS = TAUGHT | {HELPER: 303, OWNER: 303}
BY_OWNER = TAUGHT | {HELPER: 404, OWNER: 422}
BY_OPENER = all_(303) | dict.fromkeys(ACCOUNTS, 404) | {OWNER: 200}
"""Of a room: nobody but who has opened it, not even who teaches with them."""
FORMS = ("save", "add", "write", "move", "remove", "join", "part", "publish", "unpublish", "preview")
"""What the form of a quiz does."""
WITHOUT_A_REASON = TAUGHT | {HELPER: 422, OWNER: 422}
OWN = all_(404) | {MEMBER: 200}
"""The other members have no attempt here: their own has the same address."""

TABLE: dict[str, tuple[dict[str, int], dict[str, int]]] = {
    "join": (ANYBODY, all_(422)),
    "join-class": (ANYBODY, all_(422)),
    "resume": (ANYBODY, SENT_AWAY),
    "mine": (IN_A_CLASS, REFUSED),
    "export": (IN_A_CLASS, REFUSED),
    "link": (REFUSED, all_(404) | dict.fromkeys((MEMBER, OTHER, LEARNER, HELPER, OWNER), 200)),
    "leave": (LEARNERS, all_(404) | {MEMBER: 303, OTHER: 303, LEARNER: 303}),
    "erase": (LEARNERS, all_(404) | {MEMBER: 303, OTHER: 303, LEARNER: 303}),
    "account": (SIGNED_IN, REFUSED),
    "sign-up": (ANYBODY, all_(422)),
    "sign-in": (ANYBODY, all_(422)),
    "sign-out": (REFUSED, SENT_AWAY),
    "sign-out-elsewhere": (REFUSED, SENT_AWAY),
    "password": (REFUSED, all_(303) | dict.fromkeys(ACCOUNTS, 422)),
    "email": (REFUSED, SENT_AWAY),
    "codes": (REFUSED, all_(303) | dict.fromkeys(ACCOUNTS, 422)),
    "erase-account": (REFUSED, all_(303) | dict.fromkeys(ACCOUNTS, 422)),
    "reset": (ANYBODY, all_(422)),
    "reset-mail": (REFUSED, all_(422)),
    "reset-link": (all_(404), all_(404)),
    "quiz": (ITS_PEOPLE, REFUSED),
    # The member goes on with the attempt that is open; who teaches the class starts none.
    "start": (REFUSED, all_(404) | {MEMBER: 303, OTHER: 303, LEARNER: 303, HELPER: 409, OWNER: 409}),
    "attempt": (OWN, REFUSED),
    "hand-in": (REFUSED, all_(404) | {MEMBER: 303}),
    "question": (OWN, REFUSED),
    "save": (REFUSED, all_(404) | {MEMBER: 422}),
    "answer-trace": (OWN, REFUSED),
    "answer-player": (OWN, REFUSED),
    "teach": (ANYBODY, all_(303) | dict.fromkeys(ACCOUNTS, 422)),
    "class": (TAUGHT, REFUSED),
    "class-code": (REFUSED, BY_TEACHERS),
    "class-dates": (REFUSED, BY_TEACHERS),
    "roster": (TAUGHT, TAUGHT | dict.fromkeys((HELPER, OWNER), 422)),
    "roster-csv": (TAUGHT, REFUSED),
    "class-settings": (TAUGHT, TAUGHT | dict.fromkeys((HELPER, OWNER), 422)),
    "class-archive": (REFUSED, BY_TEACHERS),
    "class-instructors": (REFUSED, BY_OWNER),
    "class-delete": (REFUSED, BY_OWNER),
    "class-member": (TAUGHT, REFUSED),
    # Nothing that is granted says so: as all.
    "allow": (REFUSED, BY_TEACHERS),
    "extend": (REFUSED, TAUGHT | dict.fromkeys((HELPER, OWNER), 422)),
    "member-link": (REFUSED, TAUGHT),
    # The first who teaches removes them; then they are not there.
    "member-remove": (REFUSED, TAUGHT | {HELPER: 303, OWNER: 404}),
    # Who is in a room has its code, and a vote has no name; without the page's cookie there is none.
    "live": (ANYBODY, REFUSED),
    "live-vote": (REFUSED, all_(422)),
    "live-state": (ANYBODY, REFUSED),
    "live-trace": (ANYBODY, REFUSED),
    "live-new": (SIGNED_IN, all_(303) | dict.fromkeys(ACCOUNTS, 404)),
    "teach-live": (BY_OPENER, REFUSED),
    "teach-live-go-on": (REFUSED, BY_OPENER | {OWNER: 303}),
    "teach-live-state": (BY_OPENER, REFUSED),
    "teach-live-trace": (BY_OPENER, REFUSED),
    "new-quiz": (REFUSED, BY_TEACHERS),
    "copies": (TAUGHT, TAUGHT | dict.fromkeys((HELPER, OWNER), 422)),
    # Which one is not said.
    "ready": (REFUSED, TAUGHT | dict.fromkeys((HELPER, OWNER), 404)),
    "build": (TAUGHT, REFUSED),
    # A form without its fields is refused before anything is done.
    **{f"build-{verb}": (REFUSED, TAUGHT | dict.fromkeys((HELPER, OWNER), 422)) for verb in FORMS},
    # It says that the quiz is published; what is sent has no prompt.
    "written-new": (TAUGHT, TAUGHT | dict.fromkeys((HELPER, OWNER), 422)),
    "written": (TAUGHT, TAUGHT | dict.fromkeys((HELPER, OWNER), 422)),
    # A quiz that is published is not deleted.
    "build-delete": (REFUSED, TAUGHT | dict.fromkeys((HELPER, OWNER), 409)),
    "build-stock": (REFUSED, BY_TEACHERS),
    "build-leave": (REFUSED, BY_TEACHERS),
    "duplicate": (REFUSED, TAUGHT | dict.fromkeys((HELPER, OWNER), 422)),
    "quiz-file": (TAUGHT, REFUSED),
    "variants": (TAUGHT, REFUSED),
    **{f"variant-{verb}": (REFUSED, BY_TEACHERS) for verb in ("pin", "exclude", "take-back")},
    "variants-more": (REFUSED, BY_TEACHERS),
    "results": (TAUGHT, REFUSED),
    "results-now": (TAUGHT, REFUSED),
    "results-learners": (TAUGHT, REFUSED),
    "results-answers": (TAUGHT, REFUSED),
    "learner": (TAUGHT, REFUSED),
    # Without a reason nothing is done.
    **dict.fromkeys(
        ("learner-give", "learner-reopen", "learner-excuse", "learner-points"), (REFUSED, WITHOUT_A_REASON)
    ),
    "print": (TAUGHT, REFUSED),
    # How many forms is not said.
    "print-make": (REFUSED, TAUGHT | dict.fromkeys((HELPER, OWNER), 422)),
    "print-sheets": (TAUGHT, REFUSED),
    "print-key": (TAUGHT, REFUSED),
    "print-typed": (TAUGHT, TAUGHT | dict.fromkeys((HELPER, OWNER), 422)),
    # The first who teaches throws the form away; the other finds none.
    "print-throw-away": (REFUSED, BY_TEACHERS),
    "regrade": (TAUGHT, REFUSED),
    "regrade-run": (REFUSED, BY_TEACHERS),
    "regrade-apply": (REFUSED, WITHOUT_A_REASON),
    # There is none to undo.
    "regrade-undo": (REFUSED, TAUGHT | {HELPER: 409, OWNER: 409}),
    "learner-trace": (TAUGHT, REFUSED),
    "api/save": (all_(405), all_(404) | {NOBODY: 401, MEMBER: 200}),
    "api/clock": (all_(404) | {NOBODY: 401, MEMBER: 200}, all_(405)),
}
"""Name of an address → status by GET and by POST. `practise` is public and in the tests of public pages."""
PUBLIC = {"practise", "practise-question", "practise-trace"}


def names() -> Iterator[str]:
    for one in urls.urlpatterns:
        if isinstance(one, URLPattern):
            yield str(one.name)
    for path in api.default_router.path_operations:
        yield f"api/{path.rpartition('/')[2]}"


@dataclass
class School:
    """A class in which the member has an attempt that is open, another class, and a browser for everybody."""

    addresses: dict[str, str]
    browsers: dict[str, Client]


@pytest.fixture
def school() -> School:
    owner, helper, stranger, lea = (people.user(name) for name in ("Owner", "Helper", "Stranger", "Lea"))
    of, elsewhere = people.room(owner=owner), people.room("Networks", stranger)
    Member.objects.create(of=of, user=helper, name="Helper", role=Member.Role.INSTRUCTOR)
    ana, ben, eve = people.learner(of, "Ana"), people.learner(of, "Ben"), people.learner(elsewhere, "Eve")
    people.learner(of, "Lea", lea)
    quiz, printed = made.quiz(of, kinds=(made.NUMBER, made.EVEN)), made.quiz(of, kinds=(made.NUMBER,))
    made.by_hand(quiz, 3)
    # A challenge cannot be printed.
    printing.make_forms(printed, 1, owner, timezone.now())
    asked = voting.open_room(owner, made.content(made.NUMBER, 1), timezone.now())
    starting.start(quiz, ana, timezone.now())
    browsers = {
        NOBODY: Client(),
        MEMBER: people.browser(member=ana),
        OTHER: people.browser(member=ben),
        ELSEWHERE: people.browser(member=eve),
        LEARNER: people.browser(lea),
        HELPER: people.browser(helper),
        OWNER: people.browser(owner),
        STRANGER: people.browser(stranger),
    }
    # Whose link this is, is in no other part of the table.
    link = joining.new_link(people.learner(of, "Zoe"))
    attempt, taught, built = f"/quizzes/{quiz.pk}/1/", f"/teach/classes/{of.pk}/", f"/teach/quizzes/{quiz.pk}/"
    results, paper = f"/teach/quizzes/{quiz.pk}/", f"/teach/quizzes/{printed.pk}/print/"
    saw = f"{results}learners/{ana.pk}/"
    addresses = {
        "join": "/join/",
        "join-class": f"/join/{of.join_code}/?else=1",
        "resume": f"/resume/{link}/",
        "mine": "/quizzes/",
        "export": "/quizzes/about-me.json",
        **{name: f"/quizzes/classes/{of.pk}/{name}" for name in ("link", "leave", "erase")},
        "account": "/account/",
        **{name: f"/account/{name}/" for name in ("sign-up", "sign-in", "reset")},
        **{name: f"/account/{name}" for name in ("sign-out", "sign-out-elsewhere", "password", "email", "codes")},
        "erase-account": "/account/erase",
        "reset-mail": "/account/reset/mail",
        "reset-link": "/account/reset/1/a-b/",
        "quiz": f"/quizzes/{quiz.pk}/",
        "start": f"/quizzes/{quiz.pk}/start",
        "attempt": attempt,
        "hand-in": f"{attempt}hand-in",
        "question": f"{attempt}1/",
        "save": f"{attempt}1/save",
        "answer-trace": f"{attempt}1/trace",
        "answer-player": f"{attempt}2/player",
        "teach": "/teach/",
        "class": f"{taught}",
        **{f"class-{name}": f"{taught}{name}" for name in ("code", "dates", "archive", "instructors", "delete")},
        "class-settings": f"{taught}settings/",
        "roster": f"{taught}list/",
        "roster-csv": f"{taught}learners.csv",
        "class-member": f"{taught}members/{ben.pk}/",
        "allow": f"{taught}members/{ben.pk}/allow",
        "extend": f"{taught}members/{ben.pk}/extend/{quiz.pk}",
        "member-link": f"{taught}members/{ben.pk}/link",
        "member-remove": f"{taught}members/{ben.pk}/remove",
        "live": f"/live/{asked.code}/",
        **{f"live-{name}": f"/live/{asked.code}/{name}" for name in ("vote", "state", "trace")},
        "live-new": "/teach/live/?question=hash-ring/how-many-move&run=do=add:eve:1",
        "teach-live": f"/teach/live/{asked.pk}/",
        **{f"teach-live-{name}": f"/teach/live/{asked.pk}/{name}" for name in ("go-on", "state", "trace")},
        "new-quiz": f"{taught}new-quiz",
        "copies": f"{taught}quizzes/",
        "ready": f"{taught}ready",
        "build": built,
        **{f"build-{verb}": f"{built}{verb}" for verb in (*FORMS, "delete", "stock", "leave")},
        "written-new": f"{built}written/",
        "written": f"{built}written/3/",
        "duplicate": f"{built}duplicate",
        "quiz-file": f"{built}quiz.json",
        "variants": f"{built}variants/1/",
        **{f"variant-{verb}": f"{built}variants/1/{verb}" for verb in ("pin", "exclude", "take-back")},
        "variants-more": f"{built}variants/1/more",
        "results": f"{results}results/",
        "results-now": f"{results}results/now",
        **{f"results-{name}": f"{results}{name}.csv" for name in ("learners", "answers")},
        "print": paper,
        **{f"print-{name}": f"{paper}{name}" for name in ("make", "throw-away")},
        **{f"print-{name}": f"{paper}{name}/" for name in ("sheets", "key", "typed")},
        "regrade": f"{results}regrade/",
        **{f"regrade-{name}": f"{results}regrade/{name}" for name in ("run", "apply", "undo")},
        "learner": saw,
        **{f"learner-{name}": f"{saw}1/{name}" for name in ("give", "reopen")},
        **{f"learner-{name}": f"{saw}1/1/{name}" for name in ("trace", "excuse", "points")},
        "api/save": f"/quizzes/api/{quiz.pk}/1/1/save",
        "api/clock": f"/quizzes/api/{quiz.pk}/1/clock",
    }
    return School(addresses, browsers)


def test_every_address_has_a_row_and_every_row_an_address():
    assert sorted(set(names()) - PUBLIC) == sorted(TABLE)


SAID = {"key": "a3bb189e-8bf9-4f2e-9c3a-1b1f3c1d2e3f", "base": 0, "value": None}


@pytest.mark.asvs("8.2.1", "8.2.2", "8.3.1")
@pytest.mark.parametrize("name", TABLE)
def test_everybody_gets_what_the_table_says(school: School, name: str):
    address, got, sent = school.addresses[name], {}, {}
    for who, client in school.browsers.items():
        got[who] = client.get(address).status_code
        if name.startswith("api/"):
            sent[who] = client.post(address, SAID, content_type="application/json").status_code
        else:
            # Of a form nothing is filled in, but an answer that cannot be read.
            sent[who] = client.post(address, {"answer": "not a number"}).status_code
    assert (got, sent) == TABLE[name]


KEPT = (Attempt, Class, Entry, Member, Save, User)


def rows() -> list[dict[str, object]]:
    """All that is kept, but for when a clock was asked for last."""
    return [{**row, "seen": None} for one in KEPT for row in one.objects.order_by("pk").values()]


@pytest.mark.parametrize("name", [name for name, (got, _) in TABLE.items() if got != REFUSED])
def test_head_is_answered_as_get_and_changes_no_more(school: School, name: str):
    """Its method is none that is checked against forging: what only a form may do, it must not do."""
    client, address = school.browsers[MEMBER], school.addresses[name]
    before = rows()
    head = client.head(address)
    assert rows() == before
    assert (head.status_code, head.content) == (client.get(address).status_code, b"")


@pytest.mark.asvs("8.2.2")
def test_one_member_s_attempt_is_at_no_address_of_another_s(school: School):
    """Ben starts his own: the same address then shows each their own, and no byte of the other's."""
    start, question = school.addresses["start"], school.addresses["attempt"]
    school.browsers[OTHER].post(start)
    ids = {who: str(Attempt.objects.get(member__name=name).pk) for who, name in ((MEMBER, "Ana"), (OTHER, "Ben"))}
    assert len(set(ids.values())) == 2
    for who, name, not_name in ((MEMBER, "Ana", "Ben"), (OTHER, "Ben", "Ana")):
        page = school.browsers[who].get(question).text
        assert name in page
        assert not_name not in page
