"""`manage.py startminiature cache read-through` writes a miniature that runs, to be turned into the real one.

A package with the model and its parts, its lesson and its fidelity test, from the templates in `scaffold/` beside this
file. Its answers are recorded and its evidence is written, so that every test passes from the first minute.
"""

from __future__ import annotations

import keyword
import re
import subprocess
import sys
from argparse import ArgumentParser
from pathlib import Path
from string import Template
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from lessons.areas import AREAS, BY_NAME
from playground.engine.registry import entries

SCAFFOLD = Path(__file__).resolve().parent / "scaffold"
SLUG = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
PARTS = ("model", "shown", "about", "questions", "elsewhere")
"""The files of a miniature's package that are written from a template."""

LONGEST = 32
"""Characters of a slug: longer ones do not fit into a line of the files."""


class Command(BaseCommand):
    help = "Write a new miniature that runs: its package, its lesson, its fidelity test."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("area", help="the room of the map, such as cache")
        parser.add_argument("slug", help="its name in addresses, such as read-through")

    def handle(self, *args: Any, **options: Any) -> None:
        area, slug = options["area"], options["slug"]
        names = names_of(area, slug)
        files = files_of(names)
        refuse(names, files)
        for file, template in files.items():
            path = settings.BASE_DIR / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(Template(template).substitute(names), "utf-8")
            self.stdout.write(f"  wrote {file}")
        # Where lines break depends on the length of the name.
        self.do("ruff", "format", "--no-cache", "--quiet", *(file for file in files if file.endswith(".py")))
        # In processes of their own: this one has read the list of miniatures already.
        if self.do("playground", "record", slug):
            self.stdout.write(f"  wrote {names['home']}/versions.json, with what it answers")
            self.stdout.write(f"  wrote {names['home']}/questions.json, with what it asks")
        if self.do("pytest", "-q", "-p", "no:cacheprovider", names["test"], "--write-evidence"):
            self.stdout.write(f"  wrote {names['home']}/evidence.json, with what its comparison found")
        else:
            self.stdout.write("  its evidence could not be written; with the tests' packages installed, type")
            self.stdout.write(f"  python -m pytest {names['test']} --write-evidence")
        self.stdout.write(
            f"It runs at /playground/{slug}/ and /lessons/{slug}/. Now put your system in its place, in the order of\n"
            f"CONTRIBUTING.md. What is missing is said by\n  .venv/bin/python -m playground check {slug}"
        )

    @staticmethod
    def do(*command: str) -> bool:
        """Start one of our own programs here; whether it has worked."""
        done = subprocess.run(  # noqa: S603 - this Python, with words that have been checked
            [sys.executable, "-m", *command], cwd=settings.BASE_DIR, capture_output=True, text=True, check=False
        )
        return done.returncode == 0


def names_of(area: str, slug: str) -> dict[str, str]:
    """What the templates are filled with. Raises CommandError for an area or a slug that cannot be."""
    if area not in BY_NAME:
        known = "\n".join(f"  {one.name:{max(map(len, BY_NAME))}}  {one.question}" for one in AREAS)
        raise CommandError(f"There is no area “{area}”. There are:\n{known}")
    if not SLUG.fullmatch(slug) or len(slug) > LONGEST or keyword.iskeyword(slug):
        raise CommandError(
            f"“{slug}” cannot be an address. Take small letters and digits, in words with a hyphen between, such as "
            f"read-through; at most {LONGEST} characters, with a letter first, and no word of Python."
        )
    words = slug.split("-")
    module, package = slug.replace("-", "_"), area.replace("-", "_")
    return {
        "area": area,
        "area_title": BY_NAME[area].title,
        "home": f"playground/miniatures/{package}/{module}",
        "cls": "".join(word.capitalize() for word in words),
        "lower": " ".join(words),
        "module": module,
        "package": package,
        "slug": slug,
        "test": f"tests/fidelity/test_{module}.py",
        "title": " ".join([words[0].capitalize(), *words[1:]]),
    }


def files_of(names: dict[str, str]) -> dict[str, str]:
    """Path below the checkout -> template."""
    home, area = names["home"], names["home"].rpartition("/")[0]
    files = {f"{home}/{part}.py": f"{part}.py.txt" for part in PARTS} | {
        f"lessons/content/{names['area']}/{names['slug']}.md": "lesson.md.txt",
        names["test"]: "fidelity.py.txt",
    }
    found = {file: (SCAFFOLD / name).read_text("utf-8") for file, name in files.items()}
    found[f"{home}/__init__.py"] = '"""$title."""\n'
    if not (settings.BASE_DIR / area / "__init__.py").exists():
        found[f"{area}/__init__.py"] = '"""$area_title."""\n'
    return found


def refuse(names: dict[str, str], files: dict[str, str]) -> None:
    """Nothing is overwritten, and no name is taken twice."""
    if names["slug"] in entries():
        raise CommandError(f"There is a miniature {names['slug']} already, in {entries()[names['slug']].area}.")
    if there := [file for file in files if (settings.BASE_DIR / file).exists()]:
        raise CommandError(f"Nothing was written, for this is here already: {', '.join(there)}.")
    code = {file: text for file, text in files.items() if file.endswith(".py")}
    if taken := [file for file, text in code.items() if re.search(rf"\b{names['cls']}\b", text)]:
        raise CommandError(
            f"The class would be called {names['cls']}, a name that {taken[0]} uses for something else. "
            f"Take a slug of two words."
        )
