"""`python -m tests.chaos.classroom make N` sets a class of N up in the database; `… count` says what is in it.

With `make N idle` they have joined and not begun.

Both speak JSON on standard output. They run apart from the server, with its environment.
"""

from __future__ import annotations

import json
import os
import secrets
import sys
from typing import Any

import django

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


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    told = make(int(sys.argv[2]), begun="idle" not in sys.argv) if sys.argv[1] == "make" else count()
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main()
