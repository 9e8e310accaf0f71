"""`manage.py forget` erases classes that have been archived for longer than they are kept."""

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from quizzes import voting
from quizzes.models import Class
from quizzes.personal import erase_class


class Command(BaseCommand):
    help = "Say which archived classes are older than RETENTION_DAYS; with --yes, erase them, and rooms that are old."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--yes", action="store_true", help="erase them")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["yes"]:
            voting.tidy_up(timezone.now())
        before = timezone.now() - timedelta(days=settings.RETENTION_DAYS)
        for of in Class.objects.filter(archived__lt=before).order_by("archived"):
            told = f"{of.pk} {of.name!r}, archived on {of.archived:%Y-%m-%d}, {of.members.count()} members"
            if options["yes"]:
                erase_class(of)
            self.stdout.write(f"{'erased' if options['yes'] else 'would be erased'}: {told}")
