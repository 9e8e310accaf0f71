"""Somebody takes a quiz in a browser, and whatever goes wrong meanwhile, what they said is not lost."""

from __future__ import annotations

import json
import os
import re
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect

from tests.browser.conftest import LISTEN, wait_until_ready
from tests.browser.server import Site, serving
from tests.browser.site_walk import AXE, axe
from tests.conftest import ROOT

pytestmark = pytest.mark.browser

SECRET = "0123456789abcdef" * 4
SAVE = re.compile(r"/save$")


@dataclass
class Room:
    """A server with classes in it."""

    site: Site
    environ: dict[str, str]

    def do(self, *words: str) -> Any:
        command = [sys.executable, "-m", "tests.quizzes.command", *words]
        done = subprocess.run(command, cwd=ROOT, env=self.environ, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr[-2000:]
        return json.loads(done.stdout)

    def saved(self, quiz: str) -> list[Any]:
        """(place, value, late, kind) of every save of a quiz."""
        return [tuple(one[1:]) for one in self.do("peek")["saves"] if one[0] == quiz]


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    folder: Path = tmp_path_factory.mktemp("quiz")
    # A second of patience, less than the page has.
    environ = {"DATABASE_URL": f"sqlite:///{folder}/db.sqlite3?timeout=1", "SECRET_KEY": SECRET}
    with serving(0, **environ) as site:
        yield Room(site, os.environ | environ)
        assert "Traceback" not in site.log, site.log


@dataclass
class Taker:
    """A learner at a question."""

    room: Room
    context: BrowserContext
    page: Page
    quiz: str

    @property
    def state(self) -> Locator:
        return self.page.locator(".state")

    def options(self) -> list[str]:
        return [
            str(one) for one in self.page.locator("input[type=radio]").evaluate_all("(all) => all.map((x) => x.value)")
        ]

    def choose(self, which: int = 0) -> str:
        value = self.options()[which]
        self.page.locator(f'label.answer:has(input[value="{value}"])').click()
        return value

    @property
    def mark(self) -> Locator:
        """The option that is chosen."""
        return self.page.locator("input[type=radio]:checked")

    def chosen(self) -> str:
        return str(self.mark.get_attribute("value"))

    def at(self, place: int) -> None:
        self.page.goto(f"{self.room.site.origin}/quizzes/{self.quiz}/1/{place}/")
        wait_until_ready(self.page)

    def another_tab(self) -> Taker:
        page = self.context.new_page()
        page.goto(self.page.url)
        wait_until_ready(page)
        return Taker(self.room, self.context, page, self.quiz)


@pytest.fixture
def take(room: Room, browser: Browser) -> Iterator[Any]:
    """Call it with a preset: a learner who has started."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def begin(preset: str = "test", limit: str = "", *, width: int = 1440, **more: Any) -> Taker:
        told = room.do("make", preset, "1", limit)
        context = browser.new_context(base_url=room.site.origin, viewport={"width": width, "height": 900}, **more)
        context.set_default_timeout(10_000)
        context.add_init_script(LISTEN)
        context.add_cookies([{"name": "sessionid", "value": told["sessions"][0], "url": room.site.origin}])
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(f"/quizzes/{told['quiz']}/")
        page.get_by_role("button", name="Start").click()
        page.wait_for_url("**/1/1/")
        if more.get("java_script_enabled", True):
            wait_until_ready(page)
        return Taker(room, context, page, told["quiz"])

    yield begin
    for context in contexts:
        for page in context.pages:
            assert page.evaluate("window.refused ?? []") == [] if page.url.startswith("http") else True
        context.close()
    assert complaints == []


def test_every_change_is_saved_and_the_page_says_when(take, room):
    one = take()
    first = one.choose(0)
    expect(one.state).to_have_text(re.compile(r"Saved \d\d:\d\d:\d\d, on the server"))
    second = one.choose(1)
    expect(one.state).to_have_attribute("data-state", "saved")
    one.page.reload()
    assert one.chosen() == second
    assert room.saved(one.quiz) == [(1, first, False, "save"), (1, second, False, "save")]


def test_what_is_chosen_while_another_choice_is_on_its_way_outlives_the_page(take, room):
    """The first save hangs; a second answer is chosen, and the page is loaded anew before anything was acknowledged."""
    one = take()
    one.page.route("**/save", lambda route: None)
    first, second = one.choose(0), one.choose(1)
    expect(one.state).to_have_attribute("data-state", "saving")
    one.page.unroute("**/save")
    one.page.reload()
    wait_until_ready(one.page)
    expect(one.mark).to_have_value(second)
    expect(one.state).to_have_attribute("data-state", "saved")
    one.page.reload()
    assert one.chosen() == second
    assert room.saved(one.quiz) == [(1, first, False, "save"), (1, second, False, "save")]


def test_a_page_that_was_written_before_the_last_save_shows_that_save_all_the_same(take):
    """Loading anew takes a while, and the old page is alive until the new one is there."""
    one = take()
    one.choose(0)
    expect(one.state).to_have_attribute("data-state", "saved")
    written = one.context.request.get(one.page.url)
    with one.page.expect_response(SAVE):
        second = one.choose(1)
    expect(one.state).to_have_attribute("data-state", "saved")
    one.page.route(one.page.url, lambda route: route.fulfill(response=written))
    one.page.reload()
    wait_until_ready(one.page)
    expect(one.mark).to_have_value(second)
    third = one.choose(2)
    expect(one.mark).to_have_value(third)
    expect(one.state).to_have_attribute("data-state", "saved")


def test_what_is_typed_is_not_called_saved_before_it_is(take, room):
    one = take()
    one.choose(0)
    expect(one.state).to_have_attribute("data-state", "saved")
    states = one.page.evaluate("""() => {
      const radios = [...document.querySelectorAll("form[data-save] input[type=radio]")];
      radios[1].checked = true;
      radios[1].dispatchEvent(new Event("change", { bubbles: true }));
      return document.querySelector("[data-state]").dataset.state;
    }""")
    assert states == "saving"
    expect(one.state).to_have_attribute("data-state", "saved")


def test_a_picture_is_answered_on_the_picture_and_the_list_follows(take):
    one = take()
    one.page.locator("svg.wide [data-pick]").first.click()
    expect(one.state).to_have_attribute("data-state", "saved")
    assert one.chosen()


def test_an_answer_is_taken_back_by_a_button_and_by_escape_on_the_picture(take, room):
    one = take()
    one.choose(0)
    expect(one.state).to_have_attribute("data-state", "saved")
    one.page.get_by_role("button", name="Leave it blank").click()
    expect(one.page.locator("input[type=radio]:checked")).to_have_count(0)
    expect(one.state).to_contain_text("Left blank, saved")
    one.page.locator("svg.wide [data-pick]").first.click()
    expect(one.page.locator("input[type=radio]:checked")).to_have_count(1)
    expect(one.state).to_have_attribute("data-state", "saved")
    one.page.keyboard.press("Escape")
    expect(one.page.locator("input[type=radio]:checked")).to_have_count(0)
    expect(one.state).to_contain_text("Left blank, saved")
    assert [value is None for _, value, *_ in room.saved(one.quiz)] == [False, True, False, True]


def test_by_keyboard_alone(take, room):
    """From the link that skips to the content to the button that hands in."""
    one = take()
    page = one.page
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.type") == "radio":
            break
    page.keyboard.press("Space")
    expect(one.state).to_have_attribute("data-state", "saved")
    for _ in range(10):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == "Next question":
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/1/2/")
    assert len(room.saved(one.quiz)) == 1


def test_a_tab_that_dies_before_its_answer_went_out_says_it_when_the_page_opens_again(take, room):
    one = take()
    # Not `set_offline`: that ends before a page that is closed has, which hears of it and sends at once.
    one.page.route("**/save", lambda route: route.abort())
    value = one.choose(1)
    expect(one.state).to_have_attribute("data-state", "unsaved")
    one.page.close(run_before_unload=False)
    assert room.saved(one.quiz) == []
    one.page = one.context.new_page()
    one.at(2)  # another question of the same attempt is enough
    deadline = time.monotonic() + 10
    while not room.saved(one.quiz) and time.monotonic() < deadline:
        time.sleep(0.2)
    assert room.saved(one.quiz) == [(1, value, False, "save")]
    one.at(1)
    assert one.chosen() == value


def test_while_the_network_is_cut_it_says_what_the_server_has_and_tries_again_with_the_same_key(take, room):
    one = take()
    first = one.choose(0)
    expect(one.state).to_have_attribute("data-state", "saved")
    keys: list[str] = []

    def lose(route: Route) -> None:
        keys.append(json.loads(route.request.post_data or "{}")["key"])
        if len(keys) == 1:
            route.fetch()  # it arrives, and its answer is lost
        if len(keys) < 4:
            route.abort()
        else:
            route.continue_()

    one.page.route(SAVE, lose)
    second = one.choose(1)
    expect(one.state).to_contain_text("Not saved. Keep this tab open.")
    expect(one.state).to_contain_text(f"The server has {first}")
    expect(one.state).to_have_attribute("data-state", "saved", timeout=20_000)
    assert len(set(keys)) == 1
    assert [value for _, value, *_ in room.saved(one.quiz)] == [first, second]


def test_while_the_database_is_held_the_page_keeps_the_answer_and_sends_it_again(take, room):
    """The server says that it is busy, as it does where its patience has ended; then what was said is there once."""
    one = take()
    path = room.environ["DATABASE_URL"].removeprefix("sqlite:///").partition("?")[0]
    one.choose(0)
    expect(one.state).to_have_attribute("data-state", "saved")
    with closing(sqlite3.connect(path)) as other:
        other.execute("BEGIN IMMEDIATE")
        with one.page.expect_response(SAVE) as told:
            value = one.choose(1)
        assert told.value.status == 503
        expect(one.state).to_contain_text("Not saved. Keep this tab open.")
        other.rollback()
    expect(one.state).to_have_attribute("data-state", "saved", timeout=15_000)
    assert [said for _, said, *_ in room.saved(one.quiz)][1:] == [value]


def test_what_waits_in_the_browser_goes_out_before_one_hands_in(take, room):
    one = take()
    one.page.on("dialog", lambda dialog: dialog.accept())
    one.page.route(SAVE, lambda route: route.abort())
    value = one.choose(1)
    expect(one.state).to_have_attribute("data-state", "unsaved")
    one.page.unroute(SAVE)
    one.page.goto(f"/quizzes/{one.quiz}/1/")
    expect(one.page.get_by_text("2 of 3 questions have no saved answer yet.")).to_be_visible()
    assert [said for _, said, *_ in room.saved(one.quiz)] == [value]


def test_the_old_tab_of_one_person_writes_nothing_for_the_next(take, room):
    one = take()
    other = room.do("join", one.quiz)
    one.context.add_cookies([{"name": "sessionid", "value": other["session"], "url": room.site.origin}])
    two = one.context.new_page()
    two.goto(f"/quizzes/{one.quiz}/")
    two.get_by_role("button", name="Start").click()
    two.wait_for_url("**/1/1/")
    one.choose(2)
    expect(one.state).to_contain_text("Signed out here.")
    assert room.saved(one.quiz) == []


@pytest.mark.long
def test_a_network_that_is_cut_for_half_a_minute(take, room):
    one = take()
    one.choose(0)
    expect(one.state).to_have_attribute("data-state", "saved")
    one.context.set_offline(True)
    for which in (1, 2, 1):
        value = one.choose(which)
    expect(one.state).to_have_attribute("data-state", "unsaved")
    time.sleep(30)
    one.context.set_offline(False)
    expect(one.state).to_have_attribute("data-state", "saved", timeout=15_000)
    one.page.reload()
    assert one.chosen() == value


def test_two_tabs_of_one_browser_follow_each_other(take):
    one = take()
    other = one.another_tab()
    value = one.choose(1)
    expect(one.state).to_have_attribute("data-state", "saved")
    expect(other.page.locator("input[type=radio]:checked")).to_have_attribute("value", value)
    expect(other.state).to_have_attribute("data-state", "saved")


def test_a_second_device_that_said_something_else_is_asked_which_it_is(take, room, browser):
    one = take()
    phone = browser.new_context(base_url=room.site.origin, viewport={"width": 390, "height": 844}, has_touch=True)
    phone.add_cookies(one.context.cookies())
    page = phone.new_page()
    page.goto(one.page.url)
    wait_until_ready(page)
    there = Taker(room, phone, page, one.quiz)
    first = one.choose(0)
    expect(one.state).to_have_attribute("data-state", "saved")
    second = there.choose(1)
    expect(there.state).to_contain_text(f"Another tab said {first}")
    there.page.get_by_role("button", name=f"Say {second}").tap()
    expect(there.state).to_have_attribute("data-state", "saved")
    assert [value for _, value, *_ in room.saved(one.quiz)] == [first, second]
    phone.close()


@pytest.mark.long
def test_at_the_end_what_was_typed_goes_out_and_the_page_says_that_time_is_up(take, room):
    one = take("test", "9")
    one.at(2)
    expect(one.page.locator(".warning")).to_have_text("One minute left. What is saved then counts.")
    one.page.locator("input[name=answer]").press_sequentially("12", delay=50)
    one.page.locator("[data-left]").and_(one.page.get_by_text("0:00")).wait_for(timeout=15_000)
    expect(one.page.locator(".warning")).to_contain_text("Time is up. What was saved by")
    assert one.page.locator("form[data-save]").evaluate("(form) => form.inert")
    assert room.saved(one.quiz) == [(2, "12", False, "save")]
    expect(one.page.get_by_text("handed in")).to_be_visible(timeout=30_000)


def test_time_that_is_given_is_on_the_clock_within_ten_seconds(take, room):
    one = take("test", "600")
    expect(one.page.locator("[data-left]")).to_have_text(re.compile(r"^(10:00|9:5\d)$"))
    room.do("give", "20")
    expect(one.page.locator("[data-left]")).to_have_text(re.compile(r"^29:\d\d$"), timeout=12_000)


def test_a_clock_of_the_machine_that_is_hours_wrong_changes_nothing(take):
    one = take("test", "600")
    one.page.add_init_script("{ const now = Date.now; Date.now = () => now() + 5 * 3600_000; }")
    one.page.reload()
    expect(one.page.locator("[data-left]")).to_have_text(re.compile(r"^9:\d\d$"))


def test_a_phone_that_slept_asks_for_the_time_when_it_wakes(take, room):
    one = take("test", "600", width=390, has_touch=True)
    one.choose(0)
    expect(one.state).to_have_attribute("data-state", "saved")
    room.do("move", "300")  # as if five minutes had gone by unseen
    one.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(one.page.locator("[data-left]")).to_have_text(re.compile(r"^4:\d\d$"))


def test_who_is_signed_out_meanwhile_is_told_and_the_answer_waits(take, room):
    one = take()
    cookies = one.context.cookies()
    one.context.clear_cookies(name="sessionid")
    value = one.choose(2)
    expect(one.state).to_contain_text("Signed out here.")
    one.context.add_cookies(cookies)
    one.page.reload()
    expect(one.state).to_have_attribute("data-state", "saved")
    assert [said for _, said, *_ in room.saved(one.quiz)] == [value]


def test_a_number_that_cannot_be_read_is_told_beside_the_field_and_stays(take, room):
    one = take()
    one.at(2)
    field = one.page.locator("input[name=answer]")
    field.fill("a dozen")
    expect(one.state).to_contain_text("Write a whole number, such as 1,250.")
    assert field.input_value() == "a dozen"
    field.fill("12")
    expect(one.state).to_have_attribute("data-state", "saved")


def test_an_exercise_checks_and_shows_the_review(take):
    one = take("exercise")
    for which, value in enumerate(one.options()):
        one.choose(which)
        expect(one.state).to_have_attribute("data-state", "saved")
        with one.page.expect_navigation():
            one.page.get_by_role("button", name="Check").click()
        if one.page.locator(".because").count():
            break
        expect(one.page.get_by_text(f"{value} is not what the machine does.")).to_be_visible()
    expect(one.page.locator(".because")).to_be_visible()


def test_each_trouble_is_heard_once(take):
    one = take()
    one.page.evaluate(
        """() => { window.heard = []; new MutationObserver(() => window.heard.push(document.querySelector("[data-ears]").textContent))
            .observe(document.querySelector("[data-ears]"), { childList: true }); }"""
    )
    one.page.route(SAVE, lambda route: route.abort())
    one.choose(1)
    expect(one.state).to_have_attribute("data-state", "unsaved")
    time.sleep(4)
    heard = one.page.evaluate("window.heard")
    assert len(heard) == 1
    assert heard[0].startswith("Not saved. Keep this tab open.")


@pytest.mark.parametrize("width", [390, 1440])
def test_without_javascript_it_is_a_form(take, room, width):
    one = take(width=width, java_script_enabled=False)
    value = one.choose(1)
    one.page.get_by_role("button", name="Save", exact=True).click()
    expect(one.state).to_have_text(re.compile(r"Saved \d\d:\d\d:\d\d"))
    assert one.chosen() == value
    one.page.get_by_role("link", name="hand in").click()
    one.page.get_by_role("button", name="Hand in with 2 blank").click()
    expect(one.page.get_by_text("handed in")).to_be_visible()
    assert room.saved(one.quiz) == [(1, value, False, "save")]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_with_forced_colours_the_scale_says_where_one_is_and_what_is_saved(take, theme):
    one = take(forced_colors="active", color_scheme=theme)
    one.choose(0)
    expect(one.state).to_have_attribute("data-state", "saved")
    places = one.page.locator(".scale li")
    rings = places.locator("svg").evaluate_all("(all) => all.map((x) => getComputedStyle(x).outlineStyle !== 'none')")
    assert rings == places.evaluate_all("(all) => all.map((x) => x.matches('.is-here'))")
    ground, sign = one.page.evaluate("""() => [getComputedStyle(document.documentElement).backgroundColor,
      getComputedStyle(document.querySelector(".scale .is-here .ink")).fill]""")
    assert {ground, sign} == {"rgb(0, 0, 0)", "rgb(255, 255, 255)"}


@pytest.mark.parametrize("limit", ["", "9000000"], ids=["no limit", "months"])
@pytest.mark.parametrize("width", [280, 390, 820, 1440])
def test_nothing_is_wider_than_the_window_and_the_finger_finds_its_way(take, width, limit):
    one = take(limit=limit, width=width)
    assert one.page.locator(".sitting-name b").evaluate("(name) => name.getClientRects()[0].width") > 60
    for place in (1, 2, 3):
        one.at(place)
        assert one.page.evaluate("document.documentElement.scrollWidth") <= width
        small = one.page.locator("label.answer, .onward a, .onward button:visible").evaluate_all(
            "(all) => all.filter((x) => x.getClientRects().length && x.getBoundingClientRect().height < 36).length"
        )
        assert small == 0


def violations(page: Page, width: int, theme: Literal["light", "dark"]) -> list[str]:
    page.evaluate(AXE.read_text("utf-8"))
    return axe(page, width, theme)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing(take, theme):
    """The cover, each kind of question before and after it is answered, the end, the review."""
    one = take("exercise")
    found = []
    for place in (1, 2, 3):
        one.at(place)
        found += violations(one.page, 1440, theme)
        if one.options():
            one.choose(0)
            expect(one.state).to_have_attribute("data-state", "saved")
            found += violations(one.page, 390, theme)
    for address in ("", "1/"):
        one.page.goto(f"/quizzes/{one.quiz}/{address}")
        found += violations(one.page, 390, theme)
    one.page.get_by_role("button", name="Hand in").click()
    for place in (1, 2):
        one.at(place)
        found += violations(one.page, 1440, theme)
    assert found == []
