"""What one takes away or shows to others: a file to keep, a screen for a class, a loop, the code inside a widget."""

import re
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from playground.embed.keepsake import MOST
from playground.engine.query import parse
from playground.engine.registry import entries
from playground.engine.run import run
from tests.browser.player import RING, Player, unfold
from tests.browser.server import Site
from tests.tiers import operated

pytestmark = pytest.mark.browser

Theme = Literal["light", "dark"]
OVERFLOWS = """() => [...document.querySelectorAll("body *")]
  .filter((one) => one.checkVisibility() && !one.closest("svg, .for-ears") && one.localName !== "script")
  .filter((one) => {
    const { overflowX, overflowY } = getComputedStyle(one);
    const scrolls = [overflowX, overflowY].some((how) => /auto|scroll/.test(how));
    const cut = one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 0;
    return scrolls || cut || one.getBoundingClientRect().right > innerWidth + 1;
  })
  .map((one) => `${one.outerHTML.slice(0, 80)} ${getComputedStyle(one).overflow}`)"""
"""JavaScript: what is cut, has a scroll bar or stands over the edge."""


def test_a_file_lets_nothing_else_run_and_fetches_nothing(browser: Browser, site: Site, tmp_path):
    page = browser.new_page()
    text = page.request.get(f"{site.origin}{RING.rstrip('/')}.html").text()
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]+)"', text)
    told = dict(part.strip().split(" ", 1) for part in policy.replace("&#x27;", "'").split(";"))
    assert told["default-src"] == told["base-uri"] == "'none'"
    assert re.fullmatch(r"'sha256-[\w+/=]+'", told["style-src"])
    assert re.fullmatch(r"'sha256-[\w+/=]+'", told["script-src"])
    file = Path(tmp_path, "ring.html")
    file.write_text(text.replace("</main>", "<script>document.title = 'taken over'</script></main>"), "utf-8")
    page.goto(file.as_uri())
    expect(page.locator("orrery-player[at]")).to_have_count(1)
    assert page.title() != "taken over"
    page.close()


@pytest.mark.parametrize("slug", operated())
def test_a_file_opens_from_disk_without_a_network_and_steps_to_the_end(browser: Browser, site: Site, slug, tmp_path):
    context = browser.new_context(offline=False)
    page = context.new_page()
    answer = page.request.get(f"{site.origin}/playground/{slug}.html?step=1")
    assert answer.headers["content-disposition"] == f'attachment; filename="{slug}.html"'
    assert len(answer.body()) <= MOST
    file = Path(tmp_path, f"{slug}.html")
    file.write_bytes(answer.body())
    complaints: list[str] = []
    page.on("console", lambda told: complaints.append(told.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    context.set_offline(True)
    page.goto(file.as_uri())
    expect(page.locator("orrery-player[at]")).to_have_count(1)
    cls = entries()[slug].cls
    done = run(cls, parse(cls, "").query)
    page.locator(".stage").focus()
    for number in range(2, done.last + 1):
        page.keyboard.press("ArrowRight")
        assert page.locator("[data-slot=say]").inner_text() == done.steps[number].text
    page.keyboard.press("Home")
    expect(page.locator("[data-slot=step]")).to_have_text("0")
    assert complaints == []
    context.close()


def test_a_file_leads_back_to_the_state_that_it_shows(browser: Browser, site: Site, tmp_path):
    page = browser.new_page()
    file = Path(tmp_path, "ring.html")
    file.write_bytes(page.request.get(f"{site.origin}{RING.rstrip('/')}.html?do=remove:cleo&step=22").body())
    page.goto(file.as_uri())
    expect(page.locator("orrery-player[at]")).to_have_count(1)
    page.get_by_role("link", name="Next step").click()
    page.locator(".credit a").click()
    expect(page.locator("[data-slot=step]")).to_have_text("23")
    assert page.url == f"{site.origin}{RING}?do=remove:cleo&step=23"
    page.close()


@pytest.fixture
def kept(browser: Browser, site: Site, tmp_path):
    """Opens a file from disk, the network off; call it with an address of the site. No page may have complained."""
    complaints: list[str] = []
    contexts = []

    def open_(path: str, *, width: int = 1440, touch: bool = False, theme: Theme = "light") -> Page:
        context = browser.new_context(viewport={"width": width, "height": 900}, has_touch=touch, color_scheme=theme)
        contexts.append(context)
        page = context.new_page()
        file = Path(tmp_path, "kept.html")
        file.write_bytes(page.request.get(f"{site.origin}{path}").body())
        context.set_offline(True)
        page.on("console", lambda told: complaints.append(told.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda asked: complaints.append(asked.url) if asked.url != file.as_uri() else None)
        page.goto(file.as_uri())
        expect(page.locator("orrery-player[at]")).to_have_count(1)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert complaints == []


def choose(page: Page, by: str, title: str) -> None:
    """Another run of a file: its link is pressed by mouse, by keyboard or by a finger."""
    link = page.get_by_role("navigation", name="Runs in this file").get_by_role("link", name=title, exact=True)
    if by == "mouse":
        link.click()
    elif by == "finger":
        link.tap()
    else:
        link.focus()
        page.keyboard.press("Enter")
    expect(link).to_have_attribute("aria-current", "true")


@pytest.mark.parametrize(
    ("by", "width", "theme"), [("mouse", 1440, "light"), ("keyboard", 820, "dark"), ("finger", 390, "light")]
)
def test_scenarios_are_switched_and_stepped_through_without_a_network(kept, by, width, theme):
    entry = entries()["hash-ring"]
    page = kept(f"{RING.rstrip('/')}.html?do=remove:bob", width=width, touch=by == "finger", theme=theme)
    for one in [*entry.scenarios, entry.scenarios[0]]:
        choose(page, by, one.title)
        done = run(entry.cls, parse(entry.cls, one.query).query)
        expect(page.locator("[data-slot=say]")).to_have_text(done.steps[done.query.step].text)
        expect(page.get_by_role("status")).to_have_text(one.shows)
        expect(page.locator("[data-slot=last]")).to_have_text(str(done.last))
        assert page.locator(".stage svg:visible [data-key]").count() > 10
        page.locator(".stage").focus()
        page.keyboard.press("ArrowRight")
        expect(page.locator("[data-slot=say]")).to_have_text(done.steps[min(done.query.step + 1, done.last)].text)
        page.keyboard.press("End")
        expect(page.locator("[data-slot=say]")).to_have_text(done.steps[-1].text)
        figures = page.locator(".metrics dd b").all_inner_texts()
        assert figures == [metric.value for metric in done.steps[-1].metrics]
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    choose(page, by, "This run")
    expect(page.locator("[data-slot=step]")).to_have_text("0")


def test_of_two_runs_side_by_side_a_file_shows_both_and_goes_back_to_one(kept):
    page = kept("/playground/load-balancing.html")
    choose(page, "mouse", "Two rules, the same requests")
    expect(page.locator(".pair .stage svg:visible")).to_have_count(2)
    for picture in page.locator(".pair .stage svg").all():
        assert picture.locator("[data-key]").count() > 10
    choose(page, "keyboard", "One slow server")
    expect(page.locator(".pair")).to_have_count(0)
    expect(page.locator(".stage svg:visible")).to_have_count(1)
    page.locator(".transport [data-go=next]").click()
    expect(page.locator(".transport")).to_have_count(1)


def test_a_verb_of_a_file_opens_the_live_run_at_that_step_with_its_form(kept, site):
    page = kept(f"{RING.rstrip('/')}.html?step=3")
    choose(page, "mouse", "A server leaves")
    page.locator(".stage").focus()
    page.keyboard.press("ArrowRight")
    page.context.set_offline(False)
    address = page.get_by_role("link", name="Add a server").get_attribute("href")
    assert address == f"{site.origin}{RING}?do=remove:cleo&step=22#do=add"
    live = page.context.new_page()
    live.goto(address)
    Player(live).expect_step(22)
    expect(live.locator("details[data-fold=add]")).to_have_attribute("open", "")
    expect(live.locator("form[data-verb=add] input[name='act.node']")).to_be_focused()


@pytest.mark.parametrize(
    ("slug", "scenario"),
    [("hash-ring", ""), ("kafka-why-fast", ""), ("load-balancing", "Two rules, the same requests")],
)
def test_a_printed_file_is_whole_and_holds_nothing_that_only_works_on_a_screen(kept, slug, scenario):
    page = kept(f"/playground/{slug}.html?step=3", theme="dark")
    if scenario:
        choose(page, "mouse", scenario)
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 680, "height": 1000})
    assert page.evaluate(OVERFLOWS) == []
    for part in (".transport", ".to-live", ".runs", ".by-keys", "summary"):
        assert not [one for one in page.locator(part).all() if one.is_visible()], part
    assert page.locator("body").evaluate("(body) => getComputedStyle(body).colorScheme") == "light"
    # All lines of the function, none behind an edge.
    shown = page.locator(".listings figure:visible")
    code, box = shown.bounding_box(), page.locator(".listings").bounding_box()
    assert code
    assert box
    assert code["height"] <= box["height"] + 1
    assert len(re.findall(rb"/Type /Page\n", page.pdf(format="A4"))) <= 2


def test_presented_the_player_has_the_screen_and_a_remote_steps(visit):
    page = visit(f"{RING}?step=3")
    player = Player(page)
    unfold(page, "share")
    page.get_by_role("button", name="Present").click()
    expect(player.element).to_have_css("display", "grid")
    assert page.evaluate("document.fullscreenElement.localName") == "orrery-player"
    for rest in (".words", ".actions"):
        expect(player.element.locator(rest)).to_be_hidden()
    page.keyboard.press("PageDown")
    player.expect_step(4)
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("PageDown")
    page.keyboard.press("PageUp")
    page.keyboard.press("PageDown")
    player.expect_step(5)
    page.keyboard.press("Escape")
    page.evaluate("document.fullscreenElement && document.exitFullscreen()")
    for rest in (".words", ".actions"):
        expect(player.element.locator(rest)).to_be_visible()
    page.keyboard.press("PageUp")
    player.expect_step(5)


def test_a_loop_goes_from_the_one_step_to_the_other_and_begins_again(browser: Browser, site: Site):
    page = browser.new_page()
    page.goto(f"{site.origin}/embed/hash-ring/?from=3&to=5&step=3")
    player = Player(page)
    expect(player.element).to_have_attribute("at", "3")
    page.wait_for_timeout(300)
    assert player.step == 3, "it plays by itself"
    player.hurry()
    player.follow()
    player.press("play")
    assert player.followed(5) == [4, 5, 3, 4, 5]
    page.close()


@pytest.mark.parametrize("given", ["from=5&to=3", "from=x&to=5", "to=99999999", "from=4", f"from=1&to={'9' * 4000}"])
def test_a_loop_that_makes_no_sense_is_none(browser: Browser, site: Site, given):
    page = browser.new_page()
    answer = page.goto(f"{site.origin}/embed/hash-ring/?{given}")
    assert answer
    assert answer.status in (200, 422)
    player = Player(page)
    expect(player.element).to_have_attribute("at", "0")
    player.hurry()
    player.follow()
    player.press("play")
    assert player.followed(2) == [1, 2]
    page.close()


def test_the_code_of_a_widget_comes_when_it_is_asked_for(browser: Browser, site: Site):
    page = browser.new_page()
    page.goto(f"{site.origin}/embed/hash-ring/?do=remove:cleo&step=22")
    expect(page.locator("orrery-player[at]")).to_have_count(1)
    assert page.locator(".listings").count() == 0
    page.get_by_text("The code that runs").click()
    expect(page.locator(".listings li.now")).to_be_visible()
    before = page.locator(".listings li.now").inner_text()
    page.get_by_role("link", name="Next step").click()
    expect(page.locator(".listings li.now")).not_to_have_text(before)
    page.goto(f"{site.origin}/embed/hash-ring/?hide=source")
    expect(page.locator("orrery-player[at]")).to_have_count(1)
    assert page.get_by_text("The code that runs").count() == 0
    page.close()


def test_a_click_while_another_run_is_on_its_way_is_done_when_it_is_there(visit):
    page = visit(f"{RING}?do=remove:cleo&step=21")
    player = Player(page)
    held = []
    page.route("**/trace?**", lambda route: held.append(route))  # noqa: PLW0108 - Playwright wants a function of Python
    page.locator("[data-undo]").click()
    expect(page.locator(".done button")).to_have_count(0)
    player.press("back")
    player.press("back")
    page.locator(".stage").focus()
    page.keyboard.press("ArrowRight")
    with player.another_run():
        for route in held:
            route.continue_()
    player.expect_step(20)


def test_a_link_of_a_lesson_moves_the_player_above_it(visit):
    page = visit("/lessons/hash-ring/")
    link = page.locator("a.run[data-operates]").first
    target = link.get_attribute("hx-target").split()[0]
    player = Player(page, page.locator("orrery-player").evaluate_all(
        "(all, target) => all.findIndex((one) => one.closest(target))", target
    ))  # fmt: skip
    address = page.url
    with player.another_run():
        link.click()
    (step,) = re.findall(r"step=(\d+)", link.get_attribute("href"))
    player.expect_step(int(step))
    expect(player.element.locator(".stage")).to_be_in_viewport()
    assert page.url == address


def test_without_javascript_such_a_link_leads_to_the_run(visit):
    page = visit("/lessons/hash-ring/", javascript=False)
    link = page.locator("a.run").first
    wanted = link.get_attribute("href")
    link.click()
    assert page.url.endswith(wanted)


def test_options_of_a_widget_are_tried_at_once(visit):
    page = visit("/embed/")
    frame = page.frame_locator(".preview iframe")
    expect(frame.locator(".narration")).to_contain_text("cleo leaves the ring")
    page.get_by_label("Theme").first.select_option("dark")
    expect(page.get_by_label("The code to copy")).to_have_value(re.compile("theme=dark"))
    expect(frame.locator("html[data-theme=dark]")).to_have_count(1)
    page.get_by_label("actions").check()
    expect(page.get_by_label("The code to copy")).to_have_value(re.compile("hide=actions"))
    expect(frame.locator("summary", has_text="Set it up")).to_have_count(1)
    page.get_by_label("Address of a run").fill("https://example.org/")
    page.get_by_label("Address of a run").press("Enter")
    expect(page.get_by_role("alert").first).to_contain_text("no address of")
    expect(page.get_by_label("Address of a run")).to_have_value("https://example.org/")


def test_a_page_that_listens_makes_the_frame_as_high_as_what_it_shows(visit):
    page = visit("/embed/?url=/playground/hash-ring/")
    frame = page.locator(".preview iframe")
    content = page.frame_locator(".preview iframe").locator("orrery-player")
    expect(content).to_have_attribute("at", "0")
    page.wait_for_timeout(300)
    before = frame.evaluate("(frame) => frame.clientHeight")
    assert abs(before - content.evaluate("(player) => player.getBoundingClientRect().height")) <= 2
    page.frame_locator(".preview iframe").locator("summary", has_text="Act on it").click()
    page.wait_for_timeout(300)
    assert frame.evaluate("(frame) => frame.clientHeight") > before + 100


def test_what_is_open_in_a_widget_stays_open_after_an_action_and_nothing_else_opens(browser: Browser, site: Site):
    page = browser.new_page()
    page.goto(f"{site.origin}/embed/hash-ring/?do=remove:cleo&step=22")
    expect(page.locator("orrery-player[at]")).to_have_count(1)
    page.locator("summary", has_text="Act on it").click()
    unfold(page, "add")
    page.locator("form[data-verb=add] button").click()
    expect(page.locator(".narration")).to_contain_text("eve joins")
    opened = page.locator("details[open] > summary").all_inner_texts()
    assert [words.split(",")[0] for words in opened] == ["Act on it", "Add a server"]
    page.close()


def test_in_a_file_the_code_is_that_of_the_run_that_is_shown(browser: Browser, site: Site, tmp_path):
    """Also at its beginning, where no line has run yet."""
    page = browser.new_page()
    file = Path(tmp_path, "balancer.html")
    file.write_bytes(page.request.get(f"{site.origin}/playground/load-balancing.html").body())
    page.goto(file.as_uri())
    expect(page.locator("orrery-player[at]")).to_have_count(1)
    excerpts = page.locator(".listings figure:not([hidden])")
    first = excerpts.all_inner_texts()
    page.get_by_role("link", name="By response time").click()
    expect(page.locator(".listings .now")).to_have_count(1)
    assert excerpts.all_inner_texts() != first
    page.locator("[data-run='0']").click()
    expect(page.locator(".listings .now")).to_have_count(0)
    assert excerpts.all_inner_texts() == first
    page.close()
