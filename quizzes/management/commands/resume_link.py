"""`manage.py resume_link NAME --class ID` makes somebody's own link anew, whose link is lost."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Q
from django.urls import reverse

from config.origin import public_address
from quizzes.joining import new_link
from quizzes.models import Member
from quizzes.names import fold, read_code


class Command(BaseCommand):
    help = "Make a new link for a member and print it; the link before it stops."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="the member's name in the class")
        parser.add_argument("--class", dest="of", metavar="CODE", required=True, help="join code or id of the class")

    def handle(self, *, name: str, of: str, **options: Any) -> None:
        found = Member.objects.filter(Q(of=of) | Q(of__join_code=read_code(of)), folded=fold(name), removed=None)
        member = found.first()
        if member is None:
            raise CommandError("This class has no member of that name.")
        self.stdout.write(public_address() + reverse("quizzes:resume", args=[new_link(member)]))
