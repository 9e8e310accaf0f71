"""A challenge in a book that keeps scores. The host speaks SPLICE as Runestone's `spliceWrapper.ts` does, read in its
published source: it answers `SPLICE.getState` with what it has kept as a text, under the message's own id, and keeps
what `SPLICE.reportScoreAndState` brings.
"""

import json
from urllib.parse import unquote

import pytest
from playwright.sync_api import FrameLocator, Page, expect

pytestmark = pytest.mark.browser

CHALLENGE = "hash-ring/challenge/even-after-a-failure/"
SOLVED = "nodes=ada+bob+cleo+dee+eve&points=12&keys=200&do=fail:ada"
BOOK = """<script>
window.asked = []; window.reports = []; window.events = [];
addEventListener("message", ({ data, source }) => {
  if (data.subject === "SPLICE.getState") {
    asked.push(data);
    source.postMessage({ message_id: data.message_id, subject: "SPLICE.getState.response", state: KEPT }, "*");
  }
  if (data.subject === "SPLICE.reportScoreAndState") reports.push(data);
  if (data.subject === "SPLICE.sendEvent") events.push(data);
});
</script>"""


def opened(guest, kept: object = None) -> tuple[Page, FrameLocator]:
    page = guest.read(BOOK.replace("KEPT", json.dumps(kept)) + guest.frame(CHALLENGE))
    frame = page.frame_locator("iframe")
    expect(frame.locator("orrery-player[at]")).to_have_count(1)
    return page, frame


def act(page: Page, verb: str, **arguments: str) -> None:
    before = page.evaluate("reports.length")
    page.evaluate(
        "(message) => document.querySelector('iframe').contentWindow.postMessage(message, '*')",
        {"orrery": "act", "verb": verb, "arguments": arguments},
    )
    page.wait_for_function(f"reports.length > {before}")


def test_it_asks_for_its_state_under_a_name_of_its_own(guest):
    page, _ = opened(guest)
    [asked] = page.evaluate("asked")
    assert asked["activity_id"] == f"{guest.site.origin}/embed/{CHALLENGE}"
    assert asked["message_id"]


def test_from_a_frame_that_is_only_looked_at_nothing_is_reported(guest):
    page, frame = opened(guest)
    frame.get_by_role("link", name="Step back").click()
    frame.locator(".slider").press("Home")
    frame.locator("[data-go=play]").click()
    page.wait_for_timeout(1500)
    assert page.evaluate("[reports.length, events.length]") == [0, 0]


def test_an_act_is_reported_with_its_run_and_a_score_only_where_it_has_risen(guest):
    page, _ = opened(guest)
    act(page, "fail", node="ada")
    act(page, "look_up", key="user:7")
    first, second = page.evaluate("reports")
    # Of four conditions two hold at the start; one more is half of the way.
    assert first["score"] == 0.5
    assert second["score"] is None
    assert second["state"]["score"] == 0.5
    assert second["activity_id"] == f"{guest.site.origin}/embed/{CHALLENGE}"
    assert "do=fail:ada&do=look_up" in unquote(second["state"]["query"])
    assert [one["name"] for one in page.evaluate("events")] == ["acted", "acted"]
    assert len({one["message_id"] for one in page.evaluate("[...reports, ...events]")}) == 4


def test_what_is_refused_is_not_reported(guest):
    page, frame = opened(guest)
    page.evaluate(
        "(message) => document.querySelector('iframe').contentWindow.postMessage(message, '*')",
        {"orrery": "act", "verb": "fail", "arguments": {"node": "zoe"}},
    )
    expect(frame.locator(".messages")).to_contain_text("zoe")
    assert page.evaluate("reports.length") == 0


@pytest.mark.parametrize(
    "shape",
    [
        pytest.param(lambda state, name: json.dumps(state), id="as Runestone keeps it"),
        pytest.param(lambda state, name: state, id="as it was sent"),
        pytest.param(lambda state, name: {name: state}, id="under its name, as OpenDSA keeps it"),
    ],
)
def test_what_the_book_has_kept_is_opened_and_its_score_does_not_fall(guest, shape):
    name = f"{guest.site.origin}/embed/{CHALLENGE}"
    state = {"query": SOLVED, "step": 3, "score": 0.5}
    page, frame = opened(guest, shape(state, name))
    expect(frame.locator(".narration")).to_contain_text("Step 3.")
    expect(frame.locator("form.inputs [name=points], [name=points]").first).to_have_value("12")
    assert page.evaluate("reports.length") == 0
    act(page, "look_up", key="user:7")
    assert page.evaluate("reports[0].score") is None
    assert page.evaluate("reports[0].state.score") >= 0.5


def test_the_best_score_is_kept_through_the_load_that_opens_the_state(guest):
    page, frame = opened(guest, {"query": SOLVED, "step": 3, "score": 0.75})
    expect(frame.locator(".narration")).to_contain_text("Step 3.")
    page.evaluate("window.KEPT = null")
    act(page, "look_up", key="user:7")
    assert page.evaluate("reports[0].state.score") >= 0.75


def test_the_options_of_the_frame_stay_whatever_was_kept(guest):
    query = f"{SOLVED}&theme=dark&hide=actions&act=remove&act.node=bob"
    page = guest.read(
        BOOK.replace("KEPT", json.dumps({"query": query})) + guest.frame(f"{CHALLENGE}?theme=light&hide=source")
    )
    frame = page.frame_locator("iframe")
    expect(frame.locator("[name=points]").first).to_have_value("12")
    expect(frame.locator("html")).to_have_attribute("data-theme", "light")
    expect(frame.locator(".source-more")).to_have_count(0)
    expect(frame.locator("form[data-verb=fail]")).to_have_count(1)
    assert page.evaluate("reports.length") == 0


def test_a_state_that_is_not_read_any_more_begins_as_the_challenge_does(guest):
    _, frame = opened(guest, {"query": "points=7&do=fail:nobody"})
    expect(frame.locator("[name=points]").first).to_have_value("1")
    expect(frame.locator("[name=nodes]").first).to_have_value("ada bob cleo dee eve")


@pytest.mark.parametrize("kept", [None, "", "no JSON", {"query": 3}, {"query": "points=0"}, [], 7])
def test_a_state_that_says_nothing_harms_nothing(guest, kept):
    _, frame = opened(guest, kept)
    expect(frame.locator(".goal")).to_be_visible()


def test_there_is_no_way_to_the_solution_in_it_and_two_hints_are(guest):
    _, frame = opened(guest)
    expect(frame.locator(".hints details")).to_have_count(2)
    expect(frame.locator("a.solution")).to_have_count(0)
