"""`manage.py answers_csv QUIZ`: everybody's answers as a table."""

from __future__ import annotations

import os
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from quizzes.files import answers_csv
from quizzes.handing_in import settle_open
from quizzes.models import Quiz


class Command(BaseCommand):
    help = "Writes everybody’s answers to a quiz as CSV: to a file that only you can read, or to standard output."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("quiz", help="id of the quiz, or its title")
        parser.add_argument("--to", metavar="FILE", help="a new file")

    def handle(self, *, quiz: str, to: str | None, **options: Any) -> None:
        found = Quiz.objects.filter(pk=quiz).first() or self.named(quiz)
        settle_open(found, timezone.now())
        if to is None:
            answers_csv.write(found, self.stdout)
            return
        try:
            handle = os.open(to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except OSError as fault:
            raise CommandError(f"{to} cannot be written: {fault.strerror}.") from None
        # With a mark at the beginning, without which a spreadsheet program takes UTF-8 for something else.
        with os.fdopen(handle, "w", encoding="utf-8-sig", newline="") as file:
            rows = answers_csv.write(found, file)
        self.stdout.write(f"{rows} answers are in {to}.")

    def named(self, title: str) -> Quiz:
        found = list(Quiz.objects.filter(title=title).order_by("-created")[:2])
        if not found:
            raise CommandError(f"There is no quiz “{title}”.")
        if len(found) > 1:
            raise CommandError(f"Several quizzes are called “{title}”; the newest is {found[0].pk}.")
        return found[0]
