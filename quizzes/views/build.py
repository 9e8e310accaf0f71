"""The page on which a quiz is built, and what is done on it: one form, one button for each verb.

Every button sends the whole form: what was typed is saved with it or, where it cannot be, told beside its field, and
nothing is done. With htmx the same page is asked for, and what has changed of it is put in.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django_htmx.http import HttpResponseClientRedirect

from playground.asking.runs import runs
from playground.engine.questions import TRIES
from playground.engine.stock import DRAWS
from quizzes import building, previewing, starting
from quizzes.access import taught, taught_quiz, user_of
from quizzes.askable import RUNS, askable
from quizzes.build_forms import BuildForm, DaysForm
from quizzes.build_page import BuildPage, Search
from quizzes.building import Refused
from quizzes.models import Item, Quiz, TemplateRef
from quizzes.private import See, private
from quizzes.sitting import Sitting
from quizzes.views.classes import around

MOST = building.FIRST * (DRAWS * TRIES * 4 + 1)
"""Runs that a stock may take, if every draw were drawn anew as often as it may be; ten for a variant are usual."""

DONE = {
    "saved": "Saved.",
    "changed": "Saved, and it counts at once.",
    "added": "It is the last question of the quiz now, with 20 variants.",
    "written": "The question stands in the quiz.",
    "challenged": "It is the last question of the quiz now: one challenge, the same for everybody.",
    "moved": "The order is saved.",
    "joined": "Each learner gets one of these questions now; it has 20 variants.",
    "parted": "It is none of these any more.",
    "removed": "The question is gone from the quiz.",
    "published": "Published. Learners who join with the code find it.",
    "unpublished": "It is a draft again: learners do not see it.",
    "made": "They are made.",
    "left": "The preview is gone. Nothing of it was kept.",
    "new": "A new quiz: add questions from the list, and say its rules.",
    "copied": "This is the copy, as a draft.",
    "taken": "The quiz has been read from its file, as a draft.",
}
"""What was done by the form that led here, by the word in the address."""


@private("POST")
@runs(at_most=0)
def new(request: HttpRequest, of: str) -> HttpResponse:
    """An empty draft."""
    found = taught(request, of)
    try:
        quiz = building.new_quiz(found)
    except Refused:
        return See(f"{reverse('quizzes:class', args=[found.pk])}?done=full#quizzes")
    return back(quiz, "new")


@private("GET")
@runs(at_most=RUNS)
def page(request: HttpRequest, quiz: str) -> HttpResponse:
    """The search, the quiz, and its rules."""
    found = taught_quiz(request, quiz)
    return shown(request, found, BuildForm(found))


def shown(
    request: HttpRequest,
    quiz: Quiz,
    form: BuildForm,
    *,
    refused: str = "",
    days: DaysForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page, with a form that was sent and cannot be taken, or why something was not done."""
    told = Search.of(request.POST if request.method == "POST" else request.GET)
    context = around(request, quiz.of) | {
        "quiz": quiz,
        "tab": "build",
        "form": form,
        "page": BuildPage(request, quiz, form, told, timezone.now()),
        "refused": refused,
        "days": days or DaysForm(),
        "said": DONE.get(request.GET.get("done", ""), ""),
    }
    return render(request, "quizzes/teach/build.html", context, status=status)


def back(quiz: Quiz, done: str, search: Search | None = None, place: str = "") -> See:
    """To the page of a quiz, which says what was done."""
    query = f"&{search.query}" if search and search.query else ""
    return See(f"{reverse('quizzes:build', args=[quiz.pk])}?done={done}{query}{place}")


def done_with(
    request: HttpRequest, quiz_id: str, do: Callable[[HttpRequest, Quiz], str | HttpResponse]
) -> HttpResponse:
    """Saves what was typed, then does it; where either cannot be, the page says why and keeps what was typed."""
    quiz = taught_quiz(request, quiz_id)
    form = BuildForm(quiz, request.POST)
    if not form.is_valid():
        return shown(request, quiz, form, status=422)
    building.set_points(quiz, form.points)
    columns = building.columns_of(form.rules) | {"title": form.cleaned_data["title"]}
    building.change(quiz, columns, user_of(request), timezone.now())
    quiz.refresh_from_db()
    try:
        told = do(request, quiz)
    except (Refused, starting.Refused) as refused:
        return shown(request, quiz, BuildForm(quiz), refused=str(refused), status=409)
    return told if isinstance(told, HttpResponse) else back(quiz, told, Search.of(request.POST))


@private("POST")
@runs(at_most=RUNS)
def save(request: HttpRequest, quiz: str) -> HttpResponse:
    """Title, points and rules."""
    return done_with(request, quiz, _saved)


def _saved(request: HttpRequest, quiz: Quiz) -> str:
    return "saved" if quiz.state == Quiz.State.DRAFT else "changed"


@private("POST")
@runs(at_most=RUNS + MOST)
def add(request: HttpRequest, quiz: str) -> HttpResponse:
    """One question more, with its first variants."""
    return done_with(request, quiz, _add)


def _add(request: HttpRequest, quiz: Quiz) -> str:
    wanted = askable().get(request.POST.get("add", ""))
    if wanted is None:
        raise Refused("There is no such question.")
    if wanted.why_not:
        raise Refused(wanted.why_not)
    building.add(quiz, wanted.entry.slug, wanted.name, wanted.kind)
    return "challenged" if wanted.is_challenge else "added"


@private("POST")
@runs(at_most=RUNS)
def write(request: HttpRequest, quiz: str) -> HttpResponse:
    """To the form in which a question is written by hand; `edit` is the key of one that stands in the quiz."""
    return done_with(request, quiz, _write)


def _write(request: HttpRequest, quiz: Quiz) -> HttpResponse:
    key = key_of(request.POST.get("edit"))
    if not key:
        return onward(request, See(reverse("quizzes:written-new", args=[quiz.pk])))
    item = Item.objects.filter(quiz=quiz, pk=key, kind=Item.Kind.WRITTEN).first()
    if item is None:
        raise Refused("This question is not there any more.")
    return onward(request, See(reverse("quizzes:written", args=[quiz.pk, item.place])))


@private("POST")
@runs(at_most=RUNS)
def move(request: HttpRequest, quiz: str) -> HttpResponse:
    """A question goes up, or down."""
    return done_with(request, quiz, _move)


def _move(request: HttpRequest, quiz: Quiz) -> str:
    up = "up" in request.POST
    building.move(quiz, key_of(request.POST.get("up" if up else "down")), -1 if up else 1)
    return "moved"


@private("POST")
@runs(at_most=RUNS)
def remove(request: HttpRequest, quiz: str) -> HttpResponse:
    """A question goes from the quiz."""
    return done_with(request, quiz, _remove)


def _remove(request: HttpRequest, quiz: Quiz) -> str:
    building.remove(quiz, key_of(request.POST.get("remove")))
    return "removed"


@private("POST")
@runs(at_most=RUNS + MOST)
def join(request: HttpRequest, quiz: str) -> HttpResponse:
    """One more question for a place, of which each learner gets one."""
    return done_with(request, quiz, _join)


def _join(request: HttpRequest, quiz: Quiz) -> str:
    key = key_of(request.POST.get("join"))
    wanted = askable().get(request.POST.get(f"also-{key}", ""))
    if wanted is None:
        raise Refused("Choose from the list which question is to stand there too.")
    if wanted.why_not:
        raise Refused(wanted.why_not)
    if wanted.is_challenge:
        raise Refused("A challenge stands alone at its place: add it from the list, as a question of its own.")
    building.join(quiz, key, TemplateRef(wanted.entry.slug, wanted.name))
    return "joined"


@private("POST")
@runs(at_most=RUNS)
def part(request: HttpRequest, quiz: str) -> HttpResponse:
    """A question is taken out of those of a place."""
    return done_with(request, quiz, _part)


def _part(request: HttpRequest, quiz: Quiz) -> str:
    key, _, kind = request.POST.get("part", "").partition(":")
    miniature, _, template = kind.partition("/")
    building.part(quiz, key_of(key), TemplateRef(miniature, template))
    return "parted"


@private("POST")
@runs(at_most=RUNS)
def publish(request: HttpRequest, quiz: str) -> HttpResponse:
    """Learners see it from now on."""
    return done_with(request, quiz, _publish)


def _publish(request: HttpRequest, quiz: Quiz) -> HttpResponse:
    building.publish(quiz, user_of(request), timezone.now())
    return onward(request, back(quiz, "published"))


@private("POST")
@runs(at_most=RUNS)
def unpublish(request: HttpRequest, quiz: str) -> HttpResponse:
    """A draft again, where nobody has begun."""
    return done_with(request, quiz, _unpublish)


def _unpublish(request: HttpRequest, quiz: Quiz) -> HttpResponse:
    building.unpublish(quiz, user_of(request), timezone.now())
    return onward(request, back(quiz, "unpublished"))


@private("POST")
@runs(at_most=RUNS)
def preview(request: HttpRequest, quiz: str) -> HttpResponse:
    """To the first question, as a learner sees it."""
    return done_with(request, quiz, _preview)


def _preview(request: HttpRequest, quiz: Quiz) -> HttpResponse:
    now = timezone.now()
    member = previewing.member_for(quiz, user_of(request))
    if member is None:
        raise Refused("You are no member of this class. Let somebody who teaches it add you.")
    attempt = previewing.start(quiz, member, now)
    return onward(request, See(Sitting(attempt, now, 1).question_address))


@private("POST")
@runs(at_most=0)
def leave(request: HttpRequest, quiz: str) -> HttpResponse:
    """The preview is gone."""
    found = taught_quiz(request, quiz)
    if member := previewing.member_for(found, user_of(request)):
        previewing.leave(found, member)
    return back(found, "left")


@private("POST")
@runs(at_most=RUNS + MOST)
def stock(request: HttpRequest, quiz: str) -> HttpResponse:
    """Some of the variants that are lacking; with htmx the line that counts them, which asks for the next."""
    found = taught_quiz(request, quiz)
    why = ""
    try:
        building.portion(found)
    except Refused as refused:
        why = str(refused)
    form = BuildForm(found)
    if vars(request).get("htmx"):
        context = {"quiz": found, "refused": why, "page": BuildPage(request, found, form, Search(), timezone.now())}
        return render(request, "quizzes/teach/_making.html", context)
    return shown(request, found, form, refused=why, status=409) if why else back(found, "made")


@private("POST")
@runs(at_most=0)
def delete(request: HttpRequest, quiz: str) -> HttpResponse:
    """A draft goes."""
    found = taught_quiz(request, quiz)
    try:
        building.delete(found)
    except Refused as refused:
        return shown(request, found, BuildForm(found), refused=str(refused), status=409)
    return See(f"{reverse('quizzes:class', args=[found.of_id])}?done=quiz-deleted#quizzes")


def onward(request: HttpRequest, see: See) -> HttpResponse:
    """To another page: htmx, which would put it into this one, is told to go there."""
    return HttpResponseClientRedirect(see.url) if vars(request).get("htmx") else see


def key_of(text: str | None) -> int:
    """The key of an item that a button has sent; 0 for what is none."""
    return int(text) if text and text.isdecimal() and text.isascii() and len(text) < 12 else 0
