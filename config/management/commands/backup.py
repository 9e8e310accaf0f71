"""`manage.py backup FILE` copies the database while the site runs."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from config.backups import back_up


class Command(BaseCommand):
    help = "Copy the SQLite database to a file, while the site runs (VACUUM INTO)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="where to; it must not exist yet")

    def handle(self, *args: Any, **options: Any) -> None:
        back_up(options["file"])
        self.stdout.write(f"{options['file']}: {options['file'].stat().st_size:,} bytes, checked")
