"""Results as files that a spreadsheet program opens."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO

from django.http import HttpRequest, StreamingHttpResponse
from django.utils import timezone

from playground.asking.runs import runs
from quizzes.access import taught_quiz
from quizzes.files import answers_csv, learners_csv
from quizzes.handing_in import settle_open
from quizzes.private import private

MARK = "\ufeff"
"""At the beginning: without it, spreadsheet programs take UTF-8 for an older encoding."""


@runs(at_most=0)
@private("GET")
def learners(request: HttpRequest, quiz: str) -> StreamingHttpResponse:
    """A row for each learner."""
    found = taught_quiz(request, quiz)
    settle_open(found, timezone.now())
    return _table(learners_csv.rows(found), "learners.csv")


@runs(at_most=0)
@private("GET")
def answers(request: HttpRequest, quiz: str) -> StreamingHttpResponse:
    """A row for each answer."""
    found = taught_quiz(request, quiz)
    settle_open(found, timezone.now())
    return _table(answers_csv.rows(found), "answers.csv")


def _table(rows: Iterator[list[object]], name: str) -> StreamingHttpResponse:
    response = StreamingHttpResponse(_written(rows), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _written(rows: Iterator[list[object]]) -> Iterator[str]:
    """Row by row (RFC 4180)."""
    yield MARK
    for row in rows:
        line = StringIO()
        csv.writer(line).writerow(row)
        yield line.getvalue()
