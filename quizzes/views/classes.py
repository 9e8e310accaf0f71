"""The classes that somebody teaches, and the page of one of them."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from playground.asking.runs import runs
from quizzes import building, joining, record, teaching
from quizzes.access import classes_of, taught, teacher_of, user_of
from quizzes.class_forms import AllowForm, ClassForm, DatesForm, InstructorForm
from quizzes.class_page import ClassPage, Listed
from quizzes.models import Class, Quiz
from quizzes.private import See, private
from quizzes.zones import place_of

DONE = {
    "code": "The class has a new code. The one before it is answered as unknown.",
    "closed": "The code is closed. Nobody joins any more; who is in the class stays.",
    "dates": "The dates are saved, and count at once.",
    "allowed": "It is saved, and counts at once.",
    "removed": "Removed. What they answered stays with the class; if they should not come back, make a new code.",
    "back": "They are back. Make them a new link: the one before does not work any more.",
    "not-back": "Somebody else has this name meanwhile, so they cannot come back under it.",
    "teaches": "They teach this class too.",
    "teaches-no-more": "They teach this class no longer.",
    "saved": "Saved.",
    "archived": "The class is put away: nobody joins it any more.",
    "full": "A class has no more than 200 quizzes. Delete a draft first.",
    "quiz-deleted": "The draft is deleted.",
    "unarchived": "The class is open again under its code.",
}
"""What was done by the form that led here, by the word in the address."""


@runs(at_most=0)
@private("GET", "POST")
def teach(request: HttpRequest) -> HttpResponse:
    """My classes, and the form for a new one."""
    user = teacher_of(request)
    form = ClassForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        of = joining.new_class(form.cleaned_data["name"], form.cleaned_data["zone"], user)
        return See(reverse("quizzes:class", args=[of.pk]))
    if not form.is_bound:
        # A script may fill in the zone of the browser, where nobody has chosen one.
        form.fields["zone"].widget.attrs["data-fresh"] = ""
    context = {"room": "teach", "classes": [Listed(of) for of in classes_of(user)], "form": form, "whose": user.name}
    return render(request, "quizzes/teach/home.html", context, status=422 if form.errors else 200)


@runs(at_most=0)
@private("GET")
def class_page(request: HttpRequest, of: str) -> HttpResponse:
    """The code, the quizzes with their dates, and the members of a class; with `?record` its log."""
    found = taught(request, of)
    if "record" in request.GET:
        page = Paginator(record.entries_of(found), record.PAGE).get_page(request.GET.get("page"))
        context = around(request, found) | {
            "page": page,
            "lines": record.lines(found, page),
            "below": "the record",
            "place": place_of(timezone.now(), found.zone),
        }
        return render(request, "quizzes/teach/record.html", context)
    return shown(request, found)


def around(request: HttpRequest, of: Class) -> dict[str, Any]:
    """What every page of a class knows."""
    user = user_of(request)
    done = DONE.get(request.GET.get("done", ""), "")
    return {"room": "teach", "class": of, "whose": user.name, "owns": of.owner_id == user.pk, "done": done}


def shown(
    request: HttpRequest,
    of: Class,
    *,
    dates: dict[str, DatesForm] | None = None,
    allow: tuple[int, AllowForm] | None = None,
    instructor: InstructorForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page of a class, with a form that was sent and cannot be taken."""
    wanted = request.GET.get("allow", "")
    opened = allow or (int(wanted) if wanted.isdecimal() and len(wanted) < 10 else 0, None)
    page = ClassPage(request, of, timezone.now(), dates or {}, *opened)
    context = around(request, of) | {"page": page, "instructor": instructor or InstructorForm()}
    return render(request, "quizzes/teach/class.html", context, status=status)


def back(of: Class, done: str, place: str = "") -> See:
    """To the page of a class, which says what was done."""
    return See(f"{reverse('quizzes:class', args=[of.pk])}?done={done}{place}")


@runs(at_most=0)
@private("POST")
def code(request: HttpRequest, of: str) -> HttpResponse:
    """Closes the code, or makes another; a class that was closed is open again by it."""
    found = taught(request, of)
    user, now = user_of(request), timezone.now()
    if "close" in request.POST:
        teaching.close_code(found, user, now)
        return back(found, "closed")
    teaching.new_code_of(found, user, now)
    return back(found, "code")


@runs(at_most=0)
@private("POST")
def dates(request: HttpRequest, of: str) -> HttpResponse:
    """When the quizzes open and close: all that were changed, or none where one cannot be."""
    found = taught(request, of)
    user, now = user_of(request), timezone.now()
    quizzes = Quiz.objects.filter(of=found).select_related("of")
    # A quiz that came into the class while the page was open is in no field of it.
    forms = {one.pk: DatesForm(one, request.POST) for one in quizzes if f"{one.pk}-closes" in request.POST}
    if not all([form.is_valid() for form in forms.values()]):  # noqa: C419 - each is asked, so that each is told
        return shown(request, found, dates=forms, status=422)
    for form in forms.values():
        if form.changed_data:
            building.change(form.quiz, {name: form.cleaned_data[name] for name in ("opens", "closes")}, user, now)
    return back(found, "dates", "#quizzes")
