"""`manage.py reset_password NAME` prints a link with which a password can be set."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from quizzes.accounts import reset_path
from quizzes.management.people import account


class Command(BaseCommand):
    help = "Print a link with which the owner of an account sets a new password: once, within an hour."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="the name of the account")

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{settings.ORIGIN.url if settings.ORIGIN else ''}{reset_path(account(options['name']))}")
