"""`manage.py class_new NAME` makes a class and prints its join code."""

from argparse import ArgumentParser
from typing import Any
from zoneinfo import available_timezones

from django.core.management.base import BaseCommand, CommandError

from quizzes.joining import new_class
from quizzes.management.people import account
from quizzes.names import LONGEST, tidy


class Command(BaseCommand):
    help = "Make a class, and print the code by which people join it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="what the class is called")
        parser.add_argument("--zone", default="UTC", help="IANA name of its time zone, for example Europe/Vienna")
        parser.add_argument("--owner", metavar="ACCOUNT", help="who teaches it: the name of an account")

    def handle(self, *args: Any, **options: Any) -> None:
        name = tidy(options["name"])
        if not 0 < len(name) <= LONGEST:
            raise CommandError(f"A class has a name of at most {LONGEST} characters.")
        if options["zone"] not in available_timezones():
            raise CommandError(f"There is no time zone {options['zone']!r}; one is called Europe/Vienna.")
        owner = account(options["owner"]) if options["owner"] else None
        self.stdout.write(str(new_class(name, options["zone"], owner).join_code))
