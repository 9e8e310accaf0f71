"""`python -m tests.quizzes.command WHAT …` sets a quiz up, or looks into it, beside a server that runs. Speaks JSON.

make PRESET LEARNERS [LIMIT]    a class with a published quiz; each learner's session and answers
people                          three learners with accounts, open attempts and saves; the third in another class
join QUIZ                       another learner of its class: their session
give MINUTES                    to everybody, on every quiz
peek                            every save, and what a recount finds
move SECONDS                    every attempt was started so many seconds earlier
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import django


def make(preset: str, learners: str, limit: str = "") -> dict[str, Any]:
    from tests.quizzes import made  # noqa: PLC0415 - Django is set up in main()

    of = made.class_()
    quiz = made.quiz(of, preset, limit_s=int(limit) if limit else None, attempts=None)
    people = [made.member(of, f"Learner {number}") for number in range(int(learners))]
    sessions = [made.signed_in(one).cookies["sessionid"].value for one in people]
    return {"quiz": quiz.pk, "class": of.pk, "sessions": sessions}


def people() -> list[dict[str, str]]:
    from django.conf import settings  # noqa: PLC0415 - Django is set up in main()
    from django.utils import timezone  # noqa: PLC0415 - as above

    from quizzes import joining  # noqa: PLC0415 - as above
    from quizzes.saving import save  # noqa: PLC0415 - as above
    from quizzes.sitting import Sitting  # noqa: PLC0415 - as above
    from quizzes.starting import start  # noqa: PLC0415 - as above
    from tests.quizzes import made, people  # noqa: PLC0415 - as above

    told, now = [], timezone.now()
    classes = [made.class_("Distributed rings"), made.class_("Networks of nets")]
    quizzes = [made.quiz(of, kinds=(made.NUMBER,), title=f"Quiz of {of.name}") for of in classes]
    for name, which in (("Anastasia", 0), ("Berengar", 0), ("Chidi", 1)):
        account = people.user(f"account-of-{name.lower()}")
        member = people.learner(classes[which], name, account)
        attempt, marker = start(quizzes[which], member, now), str(71_000_000_007 + member.pk * 1_000_003)
        save(attempt, 1, made.change(marker), now)
        session = people.browser(account).cookies[settings.SESSION_COOKIE_NAME].value
        told.append(
            {
                "name": name, "account": account.name, "session": session, "value": marker,
                "box": Sitting(attempt, now, 1).box.partition("/")[0], "secret": joining.new_link(member),
                "of": classes[which].pk, "class": classes[which].name, "code": str(classes[which].join_code),
                "quiz": quizzes[which].pk,
            }
        )  # fmt: skip
    return told


def join(quiz: str) -> dict[str, Any]:
    from quizzes.models import Quiz  # noqa: PLC0415 - as above
    from tests.quizzes import made  # noqa: PLC0415 - as above

    who = made.member(Quiz.objects.get(pk=quiz).of, "Somebody else")
    return {"session": made.signed_in(who).cookies["sessionid"].value}


def give(minutes: str) -> None:
    from quizzes.models import Attempt, Extension  # noqa: PLC0415 - as above

    for one in Attempt.objects.all():
        Extension.objects.update_or_create(
            quiz_id=one.quiz_id, member_id=one.member_id, defaults={"minutes": int(minutes), "why": "a fire drill"}
        )


def move(seconds: str) -> None:
    from quizzes.models import Attempt  # noqa: PLC0415 - as above

    for one in Attempt.objects.all():
        Attempt.objects.filter(pk=one.pk).update(started=one.started - timedelta(seconds=int(seconds)))


def peek() -> dict[str, Any]:
    from quizzes.models import Save  # noqa: PLC0415 - as above
    from quizzes.recount import differences  # noqa: PLC0415 - as above

    saves = Save.objects.order_by("pk").values_list(
        "answer__attempt__quiz_id", "answer__place", "value", "late", "kind"
    )
    return {"saves": list(saves), "differences": differences()[1]}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    commands: dict[str, Callable[..., Any]] = {
        "make": make,
        "join": join,
        "people": people,
        "give": give,
        "move": move,
        "peek": peek,
    }
    sys.stdout.write(json.dumps(commands[sys.argv[1]](*sys.argv[2:])))


if __name__ == "__main__":
    main()
