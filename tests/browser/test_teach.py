"""Setting up a class, as browsers do it: by mouse, by keyboard, without JavaScript, wide and narrow."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.school import PASSWORD, account, new_class
from tests.browser.site_walk import AXE, axe, too_wide

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("javascript", [True, False])
@pytest.mark.parametrize("width", [1440, 390])
def test_a_class_is_set_up_and_joined_from_its_list(opened, width, javascript):
    page = opened("/teach/", width=width, javascript=javascript)
    account(page, f"Ruth {width} {javascript}")
    expect(page.get_by_label("Time zone")).to_have_value("Europe/Vienna" if javascript else "UTC")
    code = new_class(page, "Distributed systems")
    page.get_by_role("link", name="Add a list of learners").click()
    page.get_by_label("The list").fill("name;id\nAna;7\nBen;7")
    page.get_by_role("button", name="Add them").click()
    expect(page.get_by_role("alert").filter(has_text="Nothing was added")).to_contain_text("Row 3: The id 7")
    page.get_by_label("The list").fill(page.get_by_label("The list").input_value().replace("Ben;7", "Ben;8"))
    page.get_by_role("button", name="Add them").click()
    page.get_by_role("link", name="Back to the class").click()
    learner = opened(f"/join/{code}/", width=width, javascript=javascript)
    learner.get_by_label("Your name in this class").fill("ana")
    learner.get_by_role("button", name="Join", exact=True).click()
    expect(learner.get_by_role("heading", level=1)).to_have_text("You are in, Ana")
    page.reload()
    expect(page.get_by_role("row", name="Ben")).to_contain_text("not yet")
    expect(page.get_by_role("row", name="Ana")).not_to_contain_text("not yet")
    page.get_by_role("link", name="Change what Ana is granted").click()
    page.get_by_label("Time", exact=True).select_option("1500")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("row", name="Ana")).to_contain_text("time × 1.5")
    page.get_by_role("button", name="Make a new code").click()
    expect(page.get_by_role("status").filter(has_text="new code")).to_be_visible()
    assert opened(f"/join/{code}/").title().startswith("Join a class")


@pytest.mark.parametrize("javascript", [True, False])
def test_dates_are_changed_in_the_table_and_reach_the_learner(school, opened, javascript):
    page = opened("/teach/", width=390, javascript=javascript)
    account(page, f"Dates {javascript}")
    page.get_by_label("Time zone").fill("vienna")
    code = new_class(page, "Dates")
    school.load(code)
    page.reload()
    opens, closes = (page.get_by_label(f"Rings and balancers {one}") for one in ("opens", "closes"))
    opens.fill("2099-12-04T18:00")
    closes.fill("2099-12-04T17:00")
    page.get_by_role("button", name="Save the dates").click()
    expect(page.get_by_text("It closes after it opens.")).to_be_visible()
    expect(opens).to_have_value("2099-12-04T18:00")
    closes.fill("2099-12-05T18:00")
    page.get_by_role("button", name="Save the dates").click()
    expect(page.get_by_role("status").filter(has_text="The dates are saved")).to_be_visible()
    expect(page.get_by_role("row", name="Rings and balancers")).to_contain_text("coming")
    learner = opened(f"/join/{code}/", width=390, javascript=javascript)
    learner.get_by_label("Your name in this class").fill("Ana")
    learner.get_by_role("button", name="Join", exact=True).click()
    learner.goto("/quizzes/")
    expect(learner.get_by_text("opens Friday 4 December 2099, 18:00 in Vienna (UTC+1)")).to_be_visible()


def test_by_keyboard_alone(opened):
    page = opened("/teach/")
    page.locator("#up-name").focus()
    page.keyboard.type("Keys")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_label("Name of the class").focus()
    page.keyboard.type("By keys")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("By keys")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == "Copy the link":
            break
    page.keyboard.press("Enter")
    expect(page.locator(".copied")).to_have_text("Copied.")
    assert page.evaluate("navigator.clipboard.readText()") == page.get_by_label("Link", exact=True).input_value()


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b""), ("utf-8", b"\xef\xbb\xbf"), ("utf-16-le", b"\xff\xfe"), ("utf-16-be", b"\xfe\xff"),
        ("utf-16-le", b""), ("utf-16-be", b""), ("windows-1252", b""),
    ],
)  # fmt: skip
def test_a_file_is_read_into_the_field_whatever_its_letters_are_saved_as(opened, tmp_path: Path, encoding, mark):
    page = opened("/teach/")
    account(page, f"Files {encoding} {len(mark)} {mark[:1].hex()}")
    new_class(page, "Files")
    page.get_by_role("link", name="Add a list of learners").click()
    file = tmp_path / "class.csv"
    file.write_bytes(mark + "name;id\r\nAna Lía;7\r\nJürgen Größe;8\r\n".encode(encoding))
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Take it from a file").click()
    chooser.value.set_files(file)
    expect(page.get_by_role("status").filter(has_text="is in the field")).to_be_visible()
    page.get_by_role("button", name="Add them").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("2 learners added")
    page.get_by_role("link", name="Back to the class").click()
    expect(page.get_by_role("link", name="Jürgen Größe", exact=True)).to_be_visible()
    assert page.evaluate("window.refused") == []


def test_a_workbook_and_what_is_too_large_are_refused_in_words(opened, tmp_path: Path):
    page = opened("/teach/")
    account(page, "Workbooks")
    new_class(page, "Files")
    page.get_by_role("link", name="Add a list of learners").click()
    page.get_by_label("The list").fill("Ana")
    for name, content, says in (("a.xlsx", b"PK\x03\x04", "is a workbook"), ("b.csv", b"x" * 1_000_001, "is larger")):
        (tmp_path / name).write_bytes(content)
        with page.expect_file_chooser() as chooser:
            page.get_by_role("button", name="Take it from a file").click()
        chooser.value.set_files(tmp_path / name)
        expect(page.get_by_role("status").filter(has_text=says)).to_be_visible()
    expect(page.get_by_label("The list")).to_have_value("Ana")


def test_every_page_is_sound_and_fits(school, opened):
    """axe and the width of the screen, wide and narrow, light and dark."""
    page = opened("/teach/")
    faults: list[str] = []

    def look(name: str) -> None:
        page.evaluate(AXE.read_text("utf-8"))
        for width in (1440, 390):
            for theme in ("light", "dark"):
                faults.extend(axe(page, width, theme))
        faults.extend(f"{name}: {wide}" for wide in too_wide(page))

    look("the door")
    account(page, "Looker")
    look("the form")
    code = new_class(page, "An-unusually-long-name-of-a-class-that-has-no-place-to-break")
    look("an empty class")
    page.get_by_role("link", name="Add a list of learners").click()
    page.get_by_label("The list").fill("name,id\n" + "x" * 60 + ",7\nBen,7")
    page.get_by_role("button", name="Add them").click()
    look("a list refused")
    page.get_by_label("The list").fill("name,id\n" + "x" * 60 + ",7\nBen,8")
    page.get_by_role("button", name="Add them").click()
    look("a list taken")
    school.load(code)
    page.get_by_role("link", name="Back to the class").click()
    look("a class")
    address = page.url.partition("#")[0]
    page.get_by_role("link", name="Change what Ben is granted").click()
    look("a row")
    page.get_by_label("Days more").fill("99")
    page.get_by_label("Days more").evaluate("field => field.form.noValidate = true")
    page.get_by_role("button", name="Save", exact=True).click()
    look("a row refused")
    page.get_by_role("link", name="Ben", exact=True).click()
    look("a learner")
    page.get_by_role("link", name="Grant something on Rings and balancers").click()
    look("a quiz of a learner")
    page.get_by_role("button", name="Grant it").evaluate("button => button.form.noValidate = true")
    page.get_by_role("button", name="Grant it").click()
    look("a quiz of a learner, refused")
    page.get_by_role("button", name="Make a new link").click()
    look("a link")
    for more in ("?record", "settings/"):
        page.goto(f"{address}{more}")
        look(more)
    page.get_by_role("button", name="Put it away").click()
    look("put away")
    page.goto("/teach/")
    look("my classes")
    assert faults == []
    assert page.evaluate("window.refused") == []
