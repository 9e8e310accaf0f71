"""`manage.py quiz_load quiz.json --publish`: a quiz from its file, with its stock of questions."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from config.origin import public_address
from playground.engine.stock import Lopsided
from quizzes.building import wanted
from quizzes.files.quiz_file import Unreadable, read
from quizzes.models import Class, Item, Quiz
from quizzes.names import read_code
from quizzes.record import counted
from quizzes.rules.points import spelled
from quizzes.stock import SIZE, fill


class Command(BaseCommand):
    help = "Loads a quiz from a file, makes its questions, and prints the code with which learners join."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--in", dest="code", help="join code of the class; without it, the newest class")
        parser.add_argument("--publish", action="store_true", help="let learners see it")
        parser.add_argument("--stock", type=int, default=SIZE, help=f"variants of each question (default {SIZE})")

    def handle(self, *, file: Path, code: str | None, publish: bool, stock: int, **options: Any) -> None:
        of = class_of(code)
        if not 1 <= stock <= 500:
            raise CommandError("--stock must be 1 to 500.")
        try:
            found = read(file.read_text("utf-8"), of.zone)
        except OSError as fault:
            raise CommandError(f"{file} cannot be read: {fault.strerror}.") from None
        except UnicodeDecodeError:
            raise CommandError(f"{file} is not text in UTF-8.") from None
        except Unreadable as fault:
            raise CommandError(f"{file} is not a quiz.\n{fault}") from None
        # Not in one transaction: making the questions takes a while, and others write meanwhile. Until all are made
        # it is a draft, which nobody sees.
        quiz = Quiz.objects.create(of=of, title=found.title, **found.columns)
        for place, one in enumerate(wanted(found.items), 1):
            item = Item.objects.create(quiz=quiz, place=place, **one.columns)
            try:
                made = fill(item, stock)
            except Lopsided as fault:
                quiz.delete()
                raise CommandError(f"items[{place - 1}]: {fault}") from None
            names = " or ".join(f"{kind.miniature}, {kind.template}" for kind in item.kinds)
            told = "written by hand" if item.written is not None else f"{names}: {counted(made, 'variant')}"
            self.stdout.write(f"{place}. {told}, {spelled(item.points)} points")
        if publish:
            quiz.state = Quiz.State.PUBLISHED
            quiz.save(update_fields=["state"])
        self.stdout.write(f"Quiz {quiz.pk}, “{quiz.title}”, in {of.name}: {quiz.state}.")
        if of.join_code:
            self.stdout.write(f"Learners join with {of.join_code} at {public_address()}/join/{of.join_code}/")


def class_of(code: str | None) -> Class:
    """The class with that join code, or the newest. Raises CommandError."""
    if code:
        found = Class.objects.filter(join_code=read_code(code)).first()
        if found is None:
            raise CommandError(f"No class has the join code {code}.")
        return found
    newest = Class.objects.order_by("-created").first()
    if newest is None:
        raise CommandError("There is no class yet. Make one: manage.py class_new NAME")
    return newest
