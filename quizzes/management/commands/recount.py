"""`manage.py recount`: computes all points anew from what was saved, and says where the tables differ."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand

from quizzes.recount import differences


class Command(BaseCommand):
    help = "Computes all points once more from what was saved. Changes nothing; ends with 1 where something differs."

    def handle(self, **options: Any) -> None:
        count, found = differences()
        for line in found:
            self.stdout.write(line)
        self.stdout.write(f"{count} answers recounted, {len(found)} differences.")
        if found:
            sys.exit(1)
