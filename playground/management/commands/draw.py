"""`manage.py draw hash-ring 'do=remove:cleo&step=28'` prints that state as an SVG file."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from playground.drawn.pictures import THEMES, picture_of
from playground.engine.query import parse
from playground.engine.registry import entries
from playground.engine.run import run
from playground.scenes.marks import LAYOUTS, WIDE


class Command(BaseCommand):
    help = "Print one state of a run as an SVG file with resolved colours."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", choices=sorted(entries()))
        parser.add_argument("query", nargs="?", default="", help="what stands after the “?” of its page")
        parser.add_argument("--theme", choices=THEMES, default=THEMES[0])
        parser.add_argument("--layout", choices=LAYOUTS, default=WIDE)

    def handle(self, *args: Any, **options: Any) -> None:
        entry = entries()[options["slug"]]
        parsed = parse(entry.cls, options["query"])
        done = run(entry.cls, parsed.query)
        if problems := [*parsed.problems, *([done.refusal] if done.refusal else [])]:
            raise CommandError(" ".join(problem.sentence for problem in problems))
        self.stdout.write(picture_of(done, parsed.query.step, options["theme"], options["layout"]))
