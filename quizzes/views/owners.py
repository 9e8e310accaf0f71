"""What a class is called, who teaches it, and whether it stays."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from playground.asking.runs import runs
from quizzes import teaching
from quizzes.access import owned, taught, user_of
from quizzes.class_forms import ClassForm, DeleteForm, InstructorForm
from quizzes.models import Class, Member
from quizzes.personal import erase_class
from quizzes.private import See, private
from quizzes.views.classes import around, back, shown

NOT_THE_NAME = "That is not the name of this class."


@runs(at_most=0)
@private("GET", "POST")
def class_settings(request: HttpRequest, of: str) -> HttpResponse:
    """Its name and zone; whether it is put away; for its owner, how it is deleted."""
    found = taught(request, of)
    form = ClassForm(request.POST) if request.method == "POST" else _form(found)
    if form.is_bound and form.is_valid():
        told = form.cleaned_data
        teaching.rename(found, told["name"], told["zone"], user_of(request), timezone.now())
        return back(found, "saved")
    return _page(request, found, form, DeleteForm(), 422 if form.errors else 200)


@runs(at_most=0)
@private("POST")
def archive(request: HttpRequest, of: str) -> HttpResponse:
    """Puts a class away, or takes it out again."""
    found = taught(request, of)
    user, now = user_of(request), timezone.now()
    if "out" in request.POST:
        teaching.unarchive(found, user, now)
        return back(found, "unarchived")
    teaching.archive(found, user, now)
    return back(found, "archived")


@runs(at_most=0)
@private("POST")
def instructors(request: HttpRequest, of: str) -> HttpResponse:
    """Somebody else teaches the class too, or no longer."""
    found = owned(request, of)
    user, now = user_of(request), timezone.now()
    if "remove" in request.POST:
        teaching.remove_instructor(_instructor(found, request.POST["remove"]), user, now)
        return back(found, "teaches-no-more", "#instructors")
    form = InstructorForm(request.POST)
    if form.is_valid():
        try:
            teaching.add_instructor(found, form.cleaned_data["account"], user, now)
        except teaching.Refused as fault:
            form.add_error("account", str(fault))
        else:
            return back(found, "teaches", "#instructors")
    return shown(request, found, instructor=form, status=422)


@runs(at_most=0)
@private("POST")
def delete(request: HttpRequest, of: str) -> HttpResponse:
    """Erases a class with its people, quizzes and answers."""
    found = owned(request, of)
    form = DeleteForm(request.POST)
    if form.is_valid():
        if teaching.is_name_of(found, form.cleaned_data["typed"]):
            erase_class(found)
            return See(reverse("quizzes:teach"))
        form.add_error("typed", NOT_THE_NAME)
    return _page(request, found, _form(found), form, 422)


def _page(request: HttpRequest, of: Class, form: ClassForm, delete_form: DeleteForm, status: int) -> HttpResponse:
    told = {"below": "settings", "form": form, "delete": delete_form, "retention": settings.RETENTION_DAYS}
    return render(request, "quizzes/teach/settings.html", around(request, of) | told, status=status)


def _form(of: Class) -> ClassForm:
    return ClassForm(initial={"name": of.name, "zone": of.zone})


def _instructor(of: Class, key: str) -> Member:
    """Who teaches a class beside its owner."""
    rows = Member.objects.filter(of=of, role=Member.Role.INSTRUCTOR, removed=None).exclude(user=of.owner_id)
    found = rows.filter(pk=key).first() if key.isdecimal() and len(key) < 10 else None
    if found is None:
        raise Http404
    return found
