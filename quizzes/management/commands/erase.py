"""`manage.py erase` takes away what is kept about a person."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from quizzes.management.people import account
from quizzes.models import Member
from quizzes.names import fold
from quizzes.personal import erase_member, erase_user


class Command(BaseCommand):
    help = (
        "Erase a person: their account with all its memberships, or one member of one class. Answers stay, as nobody's."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        whom = parser.add_mutually_exclusive_group(required=True)
        whom.add_argument("--account", metavar="NAME", help="the name of an account")
        whom.add_argument("--member", metavar="NAME", help="the name of a member of the class that --class names")
        parser.add_argument("--class", dest="of", metavar="ID", help="the id of the class of --member")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["account"]:
            erase_user(account(options["account"]))
            self.stdout.write("1 account erased")
            return
        if not options["of"]:
            raise CommandError("Say of which class: --class ID.")
        found = Member.objects.select_related("of").filter(of=options["of"], folded=fold(options["member"]))
        members = list(found)
        if not members:
            raise CommandError("This class has no member of that name.")
        for member in members:
            erase_member(member)
        self.stdout.write(f"{len(members)} erased")
