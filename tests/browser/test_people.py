"""Joining, coming back and signing in, as browsers do it: with their own headers, by keyboard, without JavaScript."""

from __future__ import annotations

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

SECRET = "0123456789abcdef" * 4


@dataclass
class Class:
    """A server with one class, and its code."""

    site: Site
    code: str


@pytest.fixture(scope="module")
def a_class(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Class]:
    folder: Path = tmp_path_factory.mktemp("people")
    database = f"sqlite:///{folder}/db.sqlite3"
    with serving(DATABASE_URL=database, SECRET_KEY=SECRET) as site:
        command = [sys.executable, "manage.py", "class_new", "Distributed systems"]
        environ = os.environ | {"DATABASE_URL": database, "SECRET_KEY": SECRET}
        made = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, check=True)
        yield Class(site, made.stdout.strip())
        assert "Traceback" not in site.log, site.log


@pytest.fixture
def opened(browser: Browser, a_class: Class) -> Iterator[Callable[..., Page]]:
    """Opens a browser of its own, which knows nobody."""
    contexts = []

    def open_(path: str, *, width: int = 1440, javascript: bool = True) -> Page:
        context = browser.new_context(
            base_url=a_class.site.origin, viewport={"width": width, "height": 844}, java_script_enabled=javascript
        )
        context.set_default_timeout(10_000)
        context.add_init_script(LISTEN)
        contexts.append(context)
        page = context.new_page()
        page.goto(path)
        return page

    yield open_
    for context in contexts:
        context.close()


def joined(page: Page, code: str, name: str) -> str:
    """Joins by hand; the own link that is shown."""
    page.get_by_label("Code").fill(code.lower())
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("Your name in this class").fill(name)
    page.get_by_role("button", name="Join", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"You are in, {name}")
    return page.get_by_label("Your own link").input_value()


@pytest.mark.parametrize("javascript", [True, False])
def test_one_joins_in_three_actions_and_comes_back_in_another_browser(a_class, opened, javascript):
    link = joined(opened("/join/", javascript=javascript), a_class.code, f"Ana {javascript}")
    other = opened(link, javascript=javascript)
    other.get_by_role("button", name="Go on").click()
    expect(other.get_by_role("heading", level=1)).to_have_text("My quizzes")
    expect(other.locator(".whose")).to_contain_text(f"Ana {javascript}")


def test_the_link_can_be_copied_and_the_button_is_there_only_where_it_works(a_class, opened):
    page = opened("/join/")
    link = joined(page, a_class.code, "Copying")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy").click()
    expect(page.locator(".copied")).to_have_text("Copied.")
    assert page.evaluate("navigator.clipboard.readText()") == link
    plain = opened(f"/join/{a_class.code}/", javascript=False)
    expect(plain.get_by_role("button", name="Copy")).to_be_hidden()


def test_by_keyboard_alone(a_class, opened):
    page = opened(f"/join/{a_class.code}/", width=390)
    page.get_by_label("Your name in this class").focus()
    page.keyboard.type("Keys")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("You are in, Keys")


def test_a_public_page_shows_nobody_and_its_search_key_works_on_a_private_one_too(a_class, opened):
    page = opened("/join/")
    joined(page, a_class.code, "Public")
    page.goto("/")
    expect(page.get_by_text("Public")).to_have_count(0)
    page.goto("/quizzes/")
    page.keyboard.press("/")
    expect(page.get_by_role("heading", level=1)).to_have_text("My quizzes")


def test_an_account_is_made_and_a_forgotten_password_set_by_a_code(opened):
    page = opened("/account/sign-up/")
    page.get_by_label("Name").fill("Theo")
    page.get_by_label("Password").fill("a brass orrery turns")
    page.get_by_role("button", name="Create account").click()
    page.goto("/account/")
    page.locator("#codes-password").fill("a brass orrery turns")
    page.get_by_role("button", name="Make eight codes").click()
    code = page.locator(".codes code").first.inner_text()
    other = opened("/account/reset/", javascript=False)
    other.get_by_label("Name").fill("theo")
    other.get_by_label("One of your recovery codes").fill(code)
    other.get_by_label("A new password").fill("another that is long")
    other.get_by_role("button", name="Set the new password").click()
    expect(other.get_by_role("heading", level=1)).to_have_text("Theo")
    page.goto("/account/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")


def test_every_page_is_sound_and_fits(a_class, opened):
    """axe and the width of the screen, wide and narrow, light and dark."""
    page = opened("/join/")
    faults: list[str] = []

    def look(name: str) -> None:
        page.evaluate(AXE.read_text("utf-8"))
        for width in (1440, 390):
            for theme in ("light", "dark"):
                faults.extend(axe(page, width, theme))
        faults.extend(f"{name}: {wide}" for wide in too_wide(page))

    link = joined(page, a_class.code, "Looker")
    look("joined")
    for address in (
        "/join/", f"/join/{a_class.code}/", f"/join/{a_class.code}/?else=1", "/join/ABCDEFGH/", "/quizzes/", link,
        "/account/sign-in/", "/account/sign-up/", "/account/reset/", "/account/reset/1/a-b/",
    ):  # fmt: skip
        page.goto(address)
        look(address)
    for name in ("Leave the class", "Erase me here"):
        page.goto("/quizzes/")
        page.get_by_role("link", name=name).click()
        look(name)
    page.goto("/account/sign-up/")
    page.get_by_label("Name").fill("Looker")
    page.get_by_label("Password").fill("password")
    page.get_by_role("button", name="Create account").click()
    look("refused")
    page.get_by_label("Password").fill("a brass orrery turns")
    page.get_by_role("button", name="Create account").click()
    page.goto("/account/")
    look("account")
    page.locator("#codes-password").fill("a brass orrery turns")
    page.get_by_role("button", name="Make eight codes").click()
    look("codes")
    assert faults == []
