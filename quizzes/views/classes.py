"""The classes that somebody teaches, and the page of one of them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from playground.asking.runs import runs
from quizzes import joining
from quizzes.access import classes_of, taught, teacher_of
from quizzes.class_forms import ClassForm
from quizzes.models import Class, Member
from quizzes.private import See, private

ROOM = {"room": "teach"}
"""Which part of the site these pages are of."""


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
        form.fields["zone"].widget.attrs["data-fresh"] = ""
    context = ROOM | {"classes": [Listed(of) for of in classes_of(user)], "form": form, "whose": user.name}
    return render(request, "quizzes/teach/home.html", context, status=422 if form.errors else 200)


class Listed:
    """A class in the list."""

    def __init__(self, of: Class) -> None:
        self.of = of

    @property
    def words(self) -> str:
        learners = self.of.members.filter(removed=None, role=Member.Role.LEARNER).count()
        quizzes = self.of.quizzes.count()
        told = f"{learners} learner{'' if learners == 1 else 's'}, {quizzes} quiz{'' if quizzes == 1 else 'zes'}"
        return f"archived · {told}" if self.of.archived else told


@runs(at_most=0)
@private("GET")
def class_page(request: HttpRequest, of: str) -> HttpResponse:
    """The code, the quizzes with their dates, and the members of a class."""
    found = taught(request, of)
    return render(request, "quizzes/teach/class.html", ROOM | {"class": found})
