"""Taking a quiz: its cover, one question at a time, handing in. The same addresses show the review afterwards."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4, uuid5

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django_htmx.http import HttpResponseClientRedirect

from playground.asking.request import query_of
from playground.asking.runs import runs
from playground.engine.content import Content
from playground.engine.turns import AGAIN, Busy
from playground.scenes.marks import LAYOUTS, WIDE
from quizzes import frozen, handing_in, starting
from quizzes.access import attempt_for, quiz_for
from quizzes.api import LONGEST_RUN, answered
from quizzes.challenged import Gone, begins, is_challenge
from quizzes.cover import Cover
from quizzes.models import Attempt
from quizzes.operating import operated
from quizzes.private import private
from quizzes.sitting import Sitting
from quizzes.starting import Refused
from quizzes.whose import meant, token
from quizzes.written import Written

STATES = (
    "saving", "saved", "left", "blank", "unsaved", "late", "conflict", "signed-out", "unreadable", "full", "decided",
    "no-checking",
)  # fmt: skip
"""Of a save; the page shows exactly one of them."""


@private("GET")
@runs(at_most=0)
def quiz_page(request: HttpRequest, quiz: str) -> HttpResponse:
    """The rules, one's earlier attempts, and Start."""
    now = timezone.now()
    found, member = quiz_for(request, quiz)
    for attempt in Attempt.objects.filter(quiz=found, member=member, handed_in=None).select_related("quiz", "member"):
        handing_in.settled(attempt, now)
    return _cover(request, Cover(found, member, now))


@private("POST")
@runs(at_most=0)
def start(request: HttpRequest, quiz: str) -> HttpResponse:
    """Begin, or go on."""
    now = timezone.now()
    found, member = quiz_for(request, quiz)
    meant(request, member)
    try:
        attempt = starting.start(found, member, now)
    except Refused as refused:
        return _cover(request, Cover(found, member, now), str(refused))
    return HttpResponseRedirect(Sitting(attempt, now, 1).question_address, status=303)


@private("GET")
@runs(at_most=0)
def attempt_page(request: HttpRequest, quiz: str, number: int) -> HttpResponse:
    """All questions of an attempt: where one hands in, and what it came to."""
    now = timezone.now()
    attempt = handing_in.settled(attempt_for(request, quiz, number), now)
    sitting = Sitting(attempt, now)
    blank = next((one.place for one in sitting.answers if one.value is None), 1)
    context = {
        **_context(sitting),
        "first_blank": sitting.address("question", blank),
        "by_time": sitting.over and sitting.end == attempt.handed_in,
    }
    return render(request, "quizzes/attempt.html", context)


@private("POST")
@runs(at_most=0)
def hand_in(request: HttpRequest, quiz: str, number: int) -> HttpResponse:
    """End an attempt."""
    now = timezone.now()
    attempt = attempt_for(request, quiz, number)
    meant(request, attempt)
    attempt = handing_in.hand_in(attempt, now)
    return HttpResponseRedirect(Sitting(attempt, now).page, status=303)


@private("GET")
@runs(at_most=4)
def question_page(request: HttpRequest, quiz: str, number: int, place: int) -> HttpResponse:
    """A question, or its review. Of a challenge the run on the stage is what the query says."""
    now = timezone.now()
    attempt = handing_in.settled(attempt_for(request, quiz, number), now)
    return _question(request, Sitting(attempt, now, place))


@private("GET")
@runs(at_most=4)
def player(request: HttpRequest, quiz: str, number: int, place: int) -> HttpResponse:
    """The stage of a challenge, and what stands beside it; it answers with the page's address to push."""
    now = timezone.now()
    attempt = handing_in.settled(attempt_for(request, quiz, number), now)
    sitting = Sitting(attempt, now, place)
    if not is_challenge(_there(sitting).content):
        raise Http404("This question has no stage to act on.")
    if not sitting.open:
        return HttpResponseClientRedirect(sitting.question_address)
    told, _ = operated(sitting, query_of(request))
    context = {
        **_context(sitting),
        "operated": told,
        "player": told.player,
        "entry": told.asked.entry,
        "fragment": True,
    }
    response = render(request, "quizzes/_operated.html", context, status=told.asked.status)
    if not told.asked.problems:
        response["HX-Push-Url"] = told.asked.address()
    return response


@private("POST")
@runs(at_most=4)
def save(request: HttpRequest, quiz: str, number: int, place: int) -> HttpResponse:
    """What the form of a question says, without JavaScript."""
    now = timezone.now()
    attempt = attempt_for(request, quiz, number)
    # Of several that can be chosen, each is a field of its own.
    said = ",".join(request.POST.getlist("answer"))
    meant(request, attempt, said[:LONGEST_RUN])
    typed = "" if "blank" in request.POST else said
    try:
        # A key for each value: who goes back and says something else has not said the same again.
        key = uuid5(UUID(request.POST.get("key", "")), f"{request.POST.get('check', '')}:{typed}")
        base = int(request.POST.get("base", ""))
    except ValueError:
        key, base = uuid4(), 0
    if len(typed) > LONGEST_RUN:
        status, told = 422, {"state": "unreadable", "sentence": f"An answer has at most {LONGEST_RUN} characters."}
    else:
        check = "check" in request.POST
        try:
            status, told = answered(attempt, place, key, max(base, 0), typed, check=check, received=now)
        except Busy:
            return _busy(request, Sitting(attempt, now, place))
    sitting = Sitting(handing_in.settled(attempt, now), now, place)
    if status == 200:
        onward = sitting.next_address if "next" in request.POST else sitting.question_address
        return HttpResponseRedirect(onward, status=303)
    return _question(request, sitting, typed=typed, told=told, status=status)


@private("GET")
@runs(at_most=0)
def trace(request: HttpRequest, quiz: str, number: int, place: int) -> HttpResponse:
    """The steps up to the one at which it is asked; nothing after it."""
    attempt = attempt_for(request, quiz, number)
    layout = request.GET.get("layout", WIDE)
    if layout not in LAYOUTS:
        raise Http404(f"There is no layout “{layout[:20]}”; there are {' and '.join(LAYOUTS)}.")
    sitting = _there(Sitting(attempt, timezone.now(), place))
    try:
        body = frozen.trace_of(sitting.answer.variant, layout)
    except KeyError:
        raise Http404("This question has no picture, and no steps.") from None
    return HttpResponse(body, content_type="application/json")


def _cover(request: HttpRequest, cover: Cover, refused: str = "") -> HttpResponse:
    context = {
        "quiz": cover.quiz,
        "member": cover.member,
        "cover": cover,
        "refused": refused,
        "who": token(cover.member),
    }
    return render(request, "quizzes/quiz.html", context, status=409 if refused else 200)


def _question(
    request: HttpRequest,
    sitting: Sitting,
    *,
    typed: str | None = None,
    told: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    if is_challenge(_there(sitting).content):
        return _challenge(request, sitting, typed, told, status)
    return render(request, "quizzes/take.html", _page(sitting, typed, told), status=status)


def _challenge(
    request: HttpRequest, sitting: Sitting, typed: str | None, told: dict[str, Any] | None, status: int
) -> HttpResponse:
    """The page of a challenge: to be operated while it is open, else the run that was made and, in time, a solution."""
    context = _page(sitting, "", told) | {"over": sitting.over}
    if sitting.open:
        try:
            shown, moved = operated(sitting, typed if typed is not None else query_of(request))
        except Gone as gone:
            context["gone"] = str(gone)
        else:
            if moved and told is None:
                return HttpResponseRedirect(shown.asked.address())
            context |= {"operated": shown, "player": shown.player, "entry": shown.asked.entry}
            context |= {"begins": begins(sitting.challenge), "theirs_words": "another run" if context["theirs"] else ""}
            status = shown.asked.status if told is None else status
            return render(request, "quizzes/operate.html", context, status=status)
    context["pair"] = sitting.run_pair
    return render(request, "quizzes/made.html", context, status=status)


def _there(sitting: Sitting) -> Sitting:
    """The same. Raises Http404 where there is no such question."""
    try:
        sitting.answer  # noqa: B018 - it is looked up, and may not be there
    except LookupError:
        raise Http404("This quiz has no such question.") from None
    return sitting


def _busy(request: HttpRequest, sitting: Sitting) -> HttpResponse:
    """Others' runs come first: what was sent lies in a form, to be sent once more with the same key."""
    names = ("who", "key", "base", "answer", "check", "next")
    kept = [(name, request.POST[name]) for name in names if name in request.POST]
    response = render(request, "quizzes/busy.html", {**_context(sitting), "kept": kept, "seconds": AGAIN}, status=503)
    response["Retry-After"] = str(AGAIN)
    return response


def _page(sitting: Sitting, typed: str | None, told: dict[str, Any] | None) -> dict[str, object]:
    answer, content = sitting.answer, sitting.content
    challenge = is_challenge(content)
    kept = "blank" if not sitting.saved_words else "left" if answer.value is None else "saved"
    state = str(told["state"]) if told else kept
    wrong = sitting.shows["verdict"] and sitting.open and answer.tries_used
    return {
        **_context(sitting),
        "showing": None if challenge else sitting.showing(typed),
        "typed": typed or "",
        "told": told,
        "state": state,
        "states": STATES,
        "since": told.get("since", "") if told else sitting.saved_words,
        "theirs": (told or {}).get("value") or "",
        "sentence": (told or {}).get("sentence", ""),
        "checked": sitting.checked_last if wrong else "",
        "key": uuid4(),
        "last": sitting.place == len(sitting.answers),
        "one_point": sitting.worth == "1",
        "thought": sitting.thought_so,
        "changed": sitting.changed,
        **({} if isinstance(content, Written) else _elsewhere(content)),
    }


def _elsewhere(content: Content) -> dict[str, object]:
    """Where one may go from a question that a miniature made."""
    return {
        "practise": reverse(
            "playground:challenge" if is_challenge(content) else "quizzes:practise-question",
            args=[content.miniature, content.template],
        ),
        "lesson": reverse("lessons:lesson", args=[content.miniature]),
        "run": f"{reverse('playground:run', args=[content.miniature])}?{content.query}",
    }


def _context(sitting: Sitting) -> dict[str, object]:
    return {"sitting": sitting, "quiz": sitting.quiz, "member": sitting.attempt.member}
