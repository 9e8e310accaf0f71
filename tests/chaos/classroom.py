"""`python -m tests.chaos.classroom make N` sets a class of N up in the database; `… count` says what is in it.

With `make N idle` they have joined and not begun. `… hall` opens a room that votes, and `… votes` counts its votes.

All speak JSON on standard output. They run apart from the server, with its environment.
"""

from __future__ import annotations

import json
import os
import secrets
import sys
from typing import Any

import django
from django.conf import settings

QUESTIONS = (("hash-ring", "who-answers"), ("hash-ring", "how-many-move"), ("load-balancing", "who-is-next"))
VARIANTS = 3


def make(learners: int, *, begun: bool = True) -> dict[str, Any]:
    """A class whose members are signed in and have begun: what each needs to answer."""
    from django.utils import timezone  # noqa: PLC0415 - as above

    from playground.engine.registry import entries  # noqa: PLC0415 - as above
    from quizzes.models import Class, Item, Member, Quiz  # noqa: PLC0415 - as above
    from quizzes.sessions import SessionStore  # noqa: PLC0415 - Django is set up in main()
    from quizzes.starting import start  # noqa: PLC0415 - as above
    from quizzes.stock import fill  # noqa: PLC0415 - as above

    of = Class.objects.create(name="Chaos")
    quiz = Quiz.objects.create(of=of, title="Chaos", state=Quiz.State.PUBLISHED)
    items = [
        (slug, name)
        for slug, entry in sorted(entries().items())
        for name in [one.name for one in entry.questions]
        if (slug, name) in QUESTIONS
    ]
    for place, (slug, name) in enumerate(items, 1):
        fill(Item.objects.create(quiz=quiz, place=place, miniature=slug, template=name), VARIANTS)
    told = []
    for number in range(learners):
        member = Member.objects.create(of=of, name=f"Learner {number}")
        session = SessionStore()
        session["members"] = {of.pk: member.pk}
        session.create()
        answers = start(quiz, member, timezone.now()).answers.all() if begun else []
        values = [[one["value"] for one in answer.variant.content["options"]] for answer in answers]
        told.append({"session": session.session_key, "values": values})
    return {"quiz": quiz.pk, "code": of.join_code, "learners": told, "csrf": secrets.token_hex(16)}


def count() -> dict[str, Any]:
    """How often each key was stored, and what a recount finds."""
    from quizzes.models import Save  # noqa: PLC0415 - as above
    from quizzes.recount import differences  # noqa: PLC0415 - as above

    _, found = differences()
    return {"keys": [str(key) for key in Save.objects.values_list("key", flat=True)], "differences": found}


def hall() -> dict[str, Any]:
    """A room that votes on a question, and whoever opened it, signed in."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: PLC0415 - as above
    from django.utils import timezone  # noqa: PLC0415 - as above

    from playground.engine.content import content_of  # noqa: PLC0415 - as above
    from playground.engine.questions import pose  # noqa: PLC0415 - as above
    from playground.engine.registry import entries  # noqa: PLC0415 - as above
    from quizzes.models import User  # noqa: PLC0415 - as above
    from quizzes.sessions import SessionStore  # noqa: PLC0415 - as above
    from quizzes.voting import open_room  # noqa: PLC0415 - as above

    slug, name = QUESTIONS[0]
    entry = entries()[slug]
    kind = next(one for one in entry.questions if one.name == name)
    content = content_of(slug, entry.version, pose(entry.cls, kind, 1))
    owner = User.objects.create_user("Ruth", password=secrets.token_hex(16))
    room = open_room(owner, content, timezone.now())
    session = SessionStore()
    session[SESSION_KEY], session[HASH_SESSION_KEY] = str(owner.pk), owner.get_session_auth_hash()
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session.create()
    values = [one.value for one in content.options]
    return {"room": room.pk, "code": room.code, "session": session.session_key, "values": values}


def votes() -> dict[str, Any]:
    """How many have voted, ballot by ballot, and of how many phones."""
    from quizzes.models import Vote  # noqa: PLC0415 - as above

    ballots = [Vote.objects.filter(ballot=one).count() for one in (1, 2)]
    return {"ballots": ballots, "voters": Vote.objects.values("voter").distinct().count()}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    what, *more = sys.argv[1:]
    told = (
        make(int(more[0]), begun="idle" not in more)
        if what == "make"
        else {"count": count, "hall": hall, "votes": votes}[what]()
    )
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main()
