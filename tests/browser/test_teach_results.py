"""Results, what one learner saw, and a regrade, as browsers show them: wide and narrow, by keyboard, without JavaScript."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.site_walk import AXE, axe, too_wide

pytestmark = pytest.mark.browser


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
