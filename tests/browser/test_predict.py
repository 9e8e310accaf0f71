"""Fay is asked before she is shown, and solves the challenge."""

import pytest
from playwright.sync_api import expect

from playground.engine.query import print_query
from playground.engine.questions import pose
from playground.engine.registry import entries
from tests.browser.player import RING, Player, unfold

pytestmark = pytest.mark.browser

ENTRY = entries()["hash-ring"]
POSED = pose(ENTRY.cls, ENTRY.questions[0], 0)
WHO = f"{RING}predict/who-answers/?{print_query(ENTRY.cls, POSED.query)}"
COUNT = f"{RING}predict/how-many-move/?do=remove:cleo"


def question(player: Player):
    return player.element.locator(".predict")


def stop(player: Player) -> int:
    return int(question(player).get_attribute("data-stop"))


def right_and_wrong(player: Player) -> tuple[str, str]:
    """The options, told apart by asking the server as a page without JavaScript would."""
    values = question(player).locator("input[type=radio]").evaluate_all("(all) => all.map((one) => one.value)")
    verdicts = {value: player.page.request.get(f"{player.page.url}&answer={value}").text() for value in values}
    right = [value for value, page in verdicts.items() if "<b>Right:</b>" in page]
    assert len(right) == 1
    return right[0], next(value for value in values if value not in right)


@pytest.fixture
def asked(visit) -> Player:
    return Player(visit(WHO, still=True))


def test_the_question_opens_at_its_stop_and_nothing_after_it_is_there(asked):
    asked.expect_step(stop(asked))
    # The browser has been told the steps up to there, and no more.
    assert asked.last == stop(asked)
    expect(question(asked).locator(".verdict")).to_have_text("")
    expect(asked.element.locator("svg.wide .ways")).to_have_count(0)
    expect(asked.element.locator("svg.wide .callout")).to_have_count(1)


@pytest.mark.parametrize("go", ["next", "last"])
def test_stepping_past_the_stop_asks_first(asked, go):
    asked.press(go)
    asked.expect_step(stop(asked))
    assert asked.page.evaluate("document.activeElement.type") == "radio"
    expect(question(asked)).to_have_class("predict called")


def test_neither_slider_nor_typed_step_nor_play_gives_the_answer_away(asked):
    asked.slider.focus()
    asked.page.keyboard.press("End")
    asked.expect_step(stop(asked))
    field = asked.element.locator(".jump input[type=number]")
    field.fill(str(asked.last))
    field.press("Enter")
    asked.expect_step(stop(asked))
    asked.hurry()
    asked.press("play")
    expect(asked.element.locator("[data-go=play]")).to_have_attribute("aria-pressed", "false")
    asked.expect_step(stop(asked))


def test_the_steps_before_the_stop_are_free(asked):
    asked.press("back")
    asked.expect_step(stop(asked) - 1)
    asked.press("first")
    asked.expect_step(0)


def give(player: Player, value: str) -> None:
    question(player).get_by_label(value, exact=True).check()
    with player.another_run():
        question(player).get_by_role("button", name="Answer").click()


def test_a_right_answer_from_the_list_draws_the_way_and_plays_on_to_the_end(asked):
    right, _ = right_and_wrong(asked)
    give(asked, right)
    verdict = question(asked).locator(".verdict")
    expect(verdict).to_contain_text(f"Right: {right}")
    expect(verdict.locator(".because")).to_have_text(ENTRY.questions[0].because)
    expect(asked.element.locator("svg.wide .ways > *")).not_to_have_count(0)
    expect(question(asked).get_by_role("button", name="Answer")).to_have_count(0)
    asked.hurry()
    verdict.locator("a.on").click()
    # It rests at a surprise on the way, as every run that is played.
    expect(asked.element.locator("[data-go=play]")).to_have_attribute("aria-pressed", "false")
    while asked.step < asked.last:
        asked.press("play")
        expect(asked.element.locator("[data-go=play]")).to_have_attribute("aria-pressed", "false")
    asked.expect_step(asked.last)


def parting(answer: str) -> int:
    """The step at which a wrong answer’s belief leaves the machine."""
    option = next(one for one in POSED.options if one.value == answer)
    assert option.parting
    return option.parting.step


def test_a_wrong_answer_tells_the_belief_and_both_ways_are_drawn_where_they_part(asked):
    _, wrong = right_and_wrong(asked)
    give(asked, wrong)
    verdict = question(asked).locator(".verdict")
    expect(verdict).to_contain_text(f"Not {wrong}.")
    expect(verdict).to_contain_text("That is the answer if")
    expect(verdict.locator(".because")).to_have_text(ENTRY.questions[0].because)
    asked.expect_step(parting(wrong))
    ways = asked.element.locator("svg.wide .ways")
    expect(ways).to_be_visible()
    expect(ways).to_contain_text(f"you: {wrong}")
    expect(ways).to_contain_text(POSED.right)
    # They belong to that step, and the question's own mark is gone.
    expect(asked.element.locator("svg.wide .callout")).to_have_count(0)
    asked.press("back")
    expect(ways).to_be_hidden()
    asked.press("next")
    expect(ways).to_be_visible()


def test_the_run_goes_on_from_the_question_to_where_the_ways_part(visit):
    asked = Player(visit(WHO))
    began, (_, wrong) = stop(asked), right_and_wrong(asked)
    asked.follow()
    question(asked).get_by_label(wrong, exact=True).check()
    question(asked).get_by_role("button", name="Answer").click()
    expect(asked.element).to_have_attribute("at", str(parting(wrong)))
    seen = asked.followed(1)
    assert seen[0] == began
    expect(asked.element.locator("svg.wide .ways")).to_be_visible()


def test_a_wrong_answer_may_be_followed_by_another_try(asked):
    right, wrong = right_and_wrong(asked)
    for value in (wrong, right):
        question(asked).get_by_label(value, exact=True).check()
        question(asked).get_by_role("button", name="Answer").click()
        expect(question(asked).locator(".verdict")).to_contain_text(value)
    expect(question(asked).locator(".verdict")).to_contain_text("Right")


def test_a_click_on_a_server_of_the_picture_answers(asked):
    right, _ = right_and_wrong(asked)
    asked.element.locator(f"svg.wide [data-key^='point:{right}/'][data-open]").first.click()
    expect(question(asked).locator(".verdict")).to_contain_text(f"Right: {right}")
    expect(asked.element.locator("[data-open]")).to_have_count(0)


def test_a_tap_on_a_row_of_the_narrow_picture_answers(visit):
    asked = Player(visit(WHO, still=True, width=390, height=844, touch=True))
    right, _ = right_and_wrong(asked)
    row = asked.element.locator(f"svg.narrow [data-key='row:{right}']")
    box = row.bounding_box()
    assert box
    assert min(box["width"], box["height"]) >= 24
    row.tap()
    expect(question(asked).locator(".verdict")).to_contain_text(f"Right: {right}")


def test_the_keyboard_answers_on_the_picture(asked):
    right, _ = right_and_wrong(asked)
    rows = asked.element.locator("svg.wide [data-key^='row:'][data-open]")
    assert rows.count() == question(asked).locator("input[type=radio]").count()
    asked.page.locator(".stage").focus()
    for _ in range(rows.count()):
        asked.page.keyboard.press("Tab")
        focused = asked.page.evaluate("""() => {
          const style = getComputedStyle(document.activeElement);
          return [document.activeElement.dataset.pick, document.activeElement.getAttribute("role"), style.outlineStyle];
        }""")
        assert focused[1:] == ["button", "solid"]
        if focused[0] == right:
            break
    asked.page.keyboard.press("Enter")
    expect(question(asked).locator(".verdict")).to_contain_text(f"Right: {right}")


def test_the_keyboard_answers_from_the_list(visit):
    asked = Player(visit(COUNT, still=True))
    page = asked.page
    page.locator(".stage").focus()
    page.keyboard.press("End")
    assert page.evaluate("document.activeElement.type") == "radio"
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    chosen = page.evaluate("document.activeElement.value")
    page.keyboard.press("Enter")
    expect(question(asked).locator(".verdict")).to_contain_text(chosen)


def test_a_challenge_is_solved_on_the_page_and_its_check_list_follows(visit):
    page = visit(f"{RING}challenge/even-after-a-failure/", still=True)
    ring = Player(page)
    checks = page.locator(".challenge li")
    expect(page.locator(".challenge li.holds")).not_to_have_count(4)
    result = page.locator(".challenge .result")
    expect(result).to_have_text("")

    unfold(page, "setup")
    page.locator(".inputs [name=points]").fill("10")
    with ring.another_run():
        page.get_by_role("button", name="Run", exact=True).click()
    expect(result).to_have_text("")
    ring.press("last")
    ring.form("fail").locator("select").select_option("bob")
    with ring.another_run():
        ring.form("fail").get_by_role("button").click()

    expect(checks).to_have_count(4)
    expect(page.locator(".challenge li.holds")).to_have_count(4)
    expect(result).to_contain_text("Solved with 50 points on the ring.")
    assert "/challenge/even-after-a-failure/" in page.url
    page.reload()
    expect(page.locator(".challenge li.holds")).to_have_count(4)


def test_a_challenge_at_its_start_is_not_solved(visit):
    page = visit(f"{RING}challenge/even-after-a-failure/")
    expect(page.locator(".challenge .result")).to_have_text("")
    expect(page.locator(".challenge li.open").first).to_contain_text("Does not hold yet")
