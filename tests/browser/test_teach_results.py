"""Results, what one learner saw, and a regrade, as browsers show them: wide and narrow, by keyboard, without JavaScript.

A class is put into the database of the server by a process of its own: Django's database refuses to work beside
Playwright's event loop.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import LISTEN
from tests.browser.server import Site, serving
from tests.browser.site_walk import AXE, axe, too_wide
from tests.conftest import ROOT

pytestmark = pytest.mark.browser

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

    def fill(self, name: str) -> dict[str, str]:
        """An account of that name, with a class that has taken a quiz: the ids and the code."""
        environ = os.environ | self.environ | {"DJANGO_SETTINGS_MODULE": "config.settings"}
        command = [sys.executable, "-c", FILL, name]
        done = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, check=True, text=True)
        told: dict[str, str] = json.loads(done.stdout)
        return told


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Iterator[School]:
    folder: Path = tmp_path_factory.mktemp("results")
    environ = {"DATABASE_URL": f"sqlite:///{folder}/db.sqlite3", "SECRET_KEY": SECRET}
    with serving(0, **environ) as site:
        yield School(site, environ)
        assert "Traceback" not in site.log, site.log


@pytest.fixture
def opened(browser: Browser, school: School) -> Iterator[Callable[..., Page]]:
    """Opens a browser of its own; with a name it signs in."""
    contexts = []

    def open_(path: str, *, name: str = "", width: int = 1440, javascript: bool = True) -> Page:
        context = browser.new_context(
            base_url=school.site.origin, viewport={"width": width, "height": 844}, java_script_enabled=javascript
        )
        context.set_default_timeout(10_000)
        context.add_init_script(LISTEN)
        contexts.append(context)
        page = context.new_page()
        if name:
            page.goto(f"/account/sign-in/?next={path}")
            page.get_by_label("Name").fill(name)
            page.get_by_label("Password").fill(PASSWORD)
            page.get_by_role("button", name="Sign in").click()
            expect(page.locator(".whose")).to_contain_text(name)
        page.goto(path)
        return page

    yield open_
    for context in contexts:
        context.close()


@pytest.mark.parametrize("javascript", [True, False])
@pytest.mark.parametrize("width", [1440, 390])
def test_from_the_results_to_the_run_that_refutes_and_to_one_learner(school, opened, width, javascript):
    name = f"Ruth {width} {javascript}"
    told = school.fill(name)
    page = opened(f"/teach/quizzes/{told['quiz']}/results/", name=name, width=width, javascript=javascript)
    expect(page.locator(".counts").first).to_contain_text("finished")
    page.get_by_role("link", name="Who answers").click()
    expect(page.get_by_role("heading", name="Who answers")).to_be_visible()
    page.get_by_role("link", name="Who thought so").first.click()
    expect(page.locator(".who li").first).to_be_visible()
    page.get_by_role("link", name="See the run that refutes it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The hash ring")
    page.go_back()
    page.get_by_role("row", name="Łucja Żółć").get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Łucja Żółć")
    page.get_by_label("Points", exact=True).fill("7")
    page.get_by_label("Why").last.fill("")
    act = page.locator("form", has=page.get_by_role("button", name="Change points"))
    act.get_by_label("Why").fill("a good reason")
    act.get_by_role("button").click()
    expect(page.get_by_text("Type points from 0 to 2")).to_be_visible()
    expect(act.get_by_label("Why")).to_have_value("a good reason")
    act.get_by_label("Points").fill("1,5")
    act.get_by_role("button").click()
    expect(page.get_by_role("status").filter(has_text="The points are saved")).to_be_visible()
    expect(page.get_by_role("row", name="by hand").first).to_contain_text("1.5 of 2")


def test_while_it_runs_the_page_follows_and_keeps_the_focus(school, opened):
    told = school.fill("Live")
    page = opened(f"/teach/quizzes/{told['quiz']}/results/", name="Live")
    link = page.get_by_role("link", name="Ana", exact=True)
    link.focus()
    expect(page.locator(".counts").first).to_contain_text("12")
    learner = opened(f"/join/{told['code']}/")
    learner.get_by_label("Your name in this class").fill("Newcomer")
    learner.get_by_role("button", name="Join and start").click()
    learner.wait_for_url("**/quizzes/**")
    expect(page.get_by_role("row", name="Newcomer")).to_contain_text("working", timeout=15_000)
    expect(link).to_be_focused()
    assert page.evaluate("window.refused") == []


@pytest.mark.parametrize("javascript", [True, False])
@pytest.mark.parametrize("width", [1440, 390])
def test_a_regrade_is_looked_at_applied_and_undone(school, opened, width, javascript):
    name = f"Regrader {width} {javascript}"
    told = school.fill(name)
    page = opened(f"/teach/quizzes/{told['quiz']}/regrade/", name=name, width=width, javascript=javascript)
    page.get_by_role("button", name="Run 6 variants again").click()
    expect(page.get_by_role("heading", name="3 of 6 variants have another right answer today")).to_be_visible()
    expect(page.get_by_role("row", name="Ana").filter(has_text="by today’s run")).to_be_visible()
    page.get_by_label("Why").fill("The ring was wrong")
    page.get_by_role("button", name="Apply to").click()
    expect(page.get_by_role("status").filter(has_text="It is written down")).to_be_visible()
    page.get_by_role("button", name="Undo regrade 1").click()
    expect(page.get_by_role("status").filter(has_text="It is taken back")).to_be_visible()
    page.get_by_label("Void question").select_option("2")
    page.get_by_label("It", exact=True).select_option("full")
    page.get_by_role("button", name="Show what it would change").click()
    expect(page.get_by_role("heading", name="Full points for question 2")).to_be_visible()


def test_by_keyboard_alone(school, opened):
    told = school.fill("Keys")
    page = opened(f"/teach/quizzes/{told['quiz']}/regrade/?what=void&question=2&said=full", name="Keys")
    page.get_by_role("radio", name="Never lower").focus()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("radio", name="As computed")).to_be_checked()
    page.keyboard.press("Tab")
    page.keyboard.type("It was ambiguous")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Apply to")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="It is written down")).to_be_visible()


def test_every_page_is_sound_and_fits(school, opened):
    """axe and the width of the screen, wide and narrow, light and dark."""
    told = school.fill("Looker")
    quiz = f"/teach/quizzes/{told['quiz']}/"
    page = opened(f"{quiz}results/", name="Looker")
    faults: list[str] = []

    def look(name: str) -> None:
        page.evaluate(AXE.read_text("utf-8"))
        for width in (1440, 390):
            for theme in ("light", "dark"):
                faults.extend(f"{name}: {fault}" for fault in axe(page, width, theme))
        faults.extend(f"{name}: {wide}" for wide in too_wide(page))

    def press(name: str) -> None:
        """Without the browser's own check, so that the server is asked."""
        button = page.get_by_role("button", name=name).last
        button.evaluate("button => button.form.noValidate = true")
        button.click()
        expect(page.get_by_text("Say why, in a few words.")).to_be_visible()

    look("results")
    page.get_by_role("link", name="Who thought so").first.click()
    look("who thought so")
    page.get_by_role("link", name="Ana", exact=True).last.click()
    look("a learner")
    page.get_by_text("Reopen it", exact=True).click()
    press("Reopen")
    look("a learner, refused")
    page.goto(f"{quiz}regrade/")
    look("not run yet")
    page.get_by_role("button", name="Run 6 variants again").click()
    look("run again")
    press("Apply to")
    look("without a reason")
    page.goto(f"{quiz}regrade/?what=accept&question=1")
    look("accept")
    assert faults == []
    assert page.evaluate("window.refused") == []
