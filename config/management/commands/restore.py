"""`manage.py restore FILE` puts a backup in the place of the database."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from config.backups import restore


class Command(BaseCommand):
    help = "Put a backup in the place of the SQLite database. What was there is gone: back it up first."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="a file that `backup` wrote")

    def handle(self, *args: Any, **options: Any) -> None:
        restore(options["file"])
        self.stdout.write(f"Restored from {options['file']}, checked")
