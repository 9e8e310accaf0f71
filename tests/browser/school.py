"""A server with a database of its own, where people teach and learn.

What is put into the database is put there by a process of its own: Django's database refuses to work beside
Playwright's event loop.
"""

from __future__ import annotations

import itertools
import json
import os
import subprocess
import sys
from dataclasses import dataclass

from playwright.sync_api import Page, expect

from tests.browser.server import Site
from tests.conftest import ROOT

PASSWORD = "a brass orrery turns"
SECRET = "0123456789abcdef" * 4
FILL = """
import json, sys
from datetime import timedelta
import django
django.setup()
from django.utils import timezone
from tests.quizzes import made, people
from quizzes.handing_in import hand_in
from quizzes.saving import save
from quizzes.starting import start

name = sys.argv[1]
of = people.room("Systems of " + name, people.user(name))
quiz = made.quiz(of, kinds=(made.PICK, made.NUMBER), stock=3, title="Rings", limit_s=3600)
item = quiz.items.get(place=2)
for variant in item.variants.all():
    # As it was made by code that answered as a wrong model does.
    truth = next(one for one in variant.content["options"] if not one["model"])
    wrong = next(one for one in variant.content["options"] if one["model"])
    truth["value"], wrong["value"] = wrong["value"], truth["value"]
    variant.content["right"] = truth["value"]
    variant.save()
began = timezone.now() - timedelta(minutes=20)
for number in range(12):
    attempt = start(quiz, people.learner(of, ("Ana", "Łucja Żółć")[number] if number < 2 else f"Learner {number}"), began)
    for place in (1, 2):
        says = made.right if (number + place) % 3 else made.wrong
        save(attempt, place, made.change(says(attempt, place)), began + timedelta(minutes=place))
    if number < 11:
        hand_in(attempt, began + timedelta(minutes=5))
print(json.dumps({"of": of.pk, "quiz": quiz.pk, "code": of.join_code}))
"""


@dataclass
class School:
    """A server, and its database."""

    site: Site
    environ: dict[str, str]

    def load(self, code: str) -> None:
        """A published quiz for the class of a code, with few variants."""
        sample = "quizzes/samples/rings-and-balancers.json"
        self.run("manage.py", "quiz_load", sample, "--in", code, "--publish", "--stock", "4")

    def fill(self, name: str) -> dict[str, str]:
        """An account of that name, with a class that has taken a quiz: the ids and the code."""
        told: dict[str, str] = json.loads(self.run("-c", FILL, name))
        return told

    def run(self, *arguments: str) -> str:
        environ = os.environ | self.environ | {"DJANGO_SETTINGS_MODULE": "config.settings"}
        command = [sys.executable, *arguments]
        return subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, check=True, text=True).stdout


NUMBERS = itertools.count(1)


def account(page: Page, name: str) -> None:
    """From /teach/ to an account of one's own; its name is another one each time, also where a test runs twice."""
    door = page.get_by_role("region", name="Create an account")
    door.get_by_label("Name").fill(f"{name} {next(NUMBERS)}")
    door.get_by_label("Password").fill(PASSWORD)
    door.get_by_role("button", name="Create account").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your first class")


def new_class(page: Page, name: str) -> str:
    """Makes a class; its code."""
    page.get_by_label("Name of the class").fill(name)
    page.get_by_role("button", name="Make the class").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    return page.locator(".code").inner_text().replace(" ", "")
