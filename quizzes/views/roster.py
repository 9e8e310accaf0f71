"""The list of a class's learners: taken in at once or not at all, and handed out."""

from __future__ import annotations

from io import StringIO

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from playground.asking.runs import runs
from quizzes import roster
from quizzes.access import taught, user_of
from quizzes.class_forms import RosterForm
from quizzes.files import roster_csv
from quizzes.private import private
from quizzes.views.classes import around


@runs(at_most=0)
@private("GET", "POST")
def page(request: HttpRequest, of: str) -> HttpResponse:
    """The field for a list; a list that cannot be taken stays in it, beside what is wrong, row by row."""
    found = taught(request, of)
    context = around(request, found) | {"below": "a list of learners", "most": roster_csv.MOST_ROWS}
    if request.method != "POST":
        return render(request, "quizzes/teach/roster.html", context | {"form": RosterForm()})
    form = RosterForm(request.POST)
    try:
        read = roster_csv.read(form["roster"].value() or "")
        told = roster.enrol(found, read.rows, user_of(request), timezone.now())
    except roster_csv.Unreadable as fault:
        context |= {"form": form, "faults": fault.faults, "more": fault.more}
        return render(request, "quizzes/teach/roster.html", context, status=422)
    return render(request, "quizzes/teach/enrolled.html", context | {"told": told, "left_out": read.left_out})


@runs(at_most=0)
@private("GET")
def as_file(request: HttpRequest, of: str) -> HttpResponse:
    """The learners of a class as a table that a spreadsheet program opens."""
    found = taught(request, of)
    text = StringIO()
    roster_csv.write(found, text)
    # Without the mark at its beginning, spreadsheet programs take UTF-8 for an older encoding.
    response = HttpResponse(f"\ufeff{text.getvalue()}", content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="learners.csv"'
    return response
