"""Gus drags things of the pictures: onto another thing, or out of their place."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import CDPSession, Locator, Page, expect

from playground.engine.query import parse
from playground.engine.registry import entries
from playground.engine.run import run
from tests.browser.player import RING, Player, unfold
from tests.browser.test_hands import box_of, marks, menu, thing

pytestmark = pytest.mark.browser

CAP = "/playground/cap-theorem/"
PRESS = 320  # ms: longer than a thing has to be pressed until it is lifted

Point = tuple[float, float]


def middle(one: Locator) -> Point:
    box = box_of(one)
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def away(start: Point, by: Point) -> Point:
    return start[0] + by[0], start[1] + by[1]


class Mouse:
    """Presses, moves and lets go, as a hand does: over many small ways."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, at: Point) -> None:
        self.page.mouse.move(*at)
        self.page.mouse.down()

    def move(self, to: Point) -> None:
        self.page.mouse.move(*to, steps=6)

    def release(self) -> None:
        self.page.mouse.up()


class Finger:
    """The same on a screen; Chromium makes gestures of it as on a phone."""

    def __init__(self, page: Page) -> None:
        self.devtools: CDPSession = page.context.new_cdp_session(page)
        self.page, self.at = page, (0.0, 0.0)

    def send(self, kind: str, *points: Point) -> None:
        told = [{"x": x, "y": y} for x, y in points]
        self.devtools.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": told})

    def press(self, at: Point) -> None:
        self.at = at
        self.send("touchStart", at)

    def rest(self) -> None:
        self.page.wait_for_timeout(PRESS)

    def move(self, to: Point) -> None:
        (x, y), steps = self.at, 8
        for step in range(1, steps + 1):
            self.send("touchMove", (x + (to[0] - x) * step / steps, y + (to[1] - y) * step / steps))
        self.at = to

    def release(self) -> None:
        self.send("touchEnd")


def word(page: Page) -> Locator:
    """What letting go would do."""
    return page.locator(".drag p:not([hidden])")


def expect_nothing_done(page: Page, address: str) -> None:
    expect(page.locator(".drag")).to_have_count(0)
    expect(page.locator("[data-dragged], [data-takes]")).to_have_count(0)
    page.wait_for_timeout(300)
    assert page.url.endswith(address)
    expect(menu(page)).to_have_count(0)


def expect_typed(page: Page, visit, address: str) -> None:
    """The address that one could have typed, its picture and its words."""
    expect(page).to_have_url(re.compile(re.escape(address) + r"&step=\d+$"))
    slug = urlsplit(address).path.split("/")[2]
    cls = entries()[slug].cls
    acted = run(cls, parse(cls, urlsplit(address).query).query, draw=False)
    player = Player(page)
    player.expect_step(acted.consequence(len(acted.starts) - 1))
    expect(player.element.locator("[data-go=play]")).to_have_attribute("aria-pressed", "false")
    page.wait_for_timeout(500)
    typed = Player(visit(page.url, width=page.evaluate("innerWidth"), still=True))
    assert marks(player) == marks(typed)
    assert player.narration == typed.narration


@pytest.mark.parametrize("key", ["row:cleo", "point:cleo/0", "row:cleo/name"])
def test_a_server_thrown_off_the_ring_is_removed(visit, key):
    page = visit(f"{RING}?step=21", still=True)
    hand, start = Mouse(page), middle(thing(page, key))
    hand.press(start)
    hand.move(away(start, (-40, 20)))
    expect(page.locator(".drag svg")).to_be_visible()
    expect(word(page)).to_have_count(0)
    hand.move(away(start, (-90, 60)))
    expect(word(page)).to_have_text("Remove cleo")
    expect(word(page)).to_be_in_viewport(ratio=1)
    hand.release()
    expect_typed(page, visit, f"{RING}?do=remove:cleo")
    expect(menu(page)).to_have_count(0)


def test_the_same_by_touch_after_a_press(visit):
    """Pressed for a moment it is lifted, and goes up and down without the page."""
    page = visit(f"{RING}?step=21", width=390, height=844, touch=True, still=True)
    thing(page, "row:cleo").scroll_into_view_if_needed()
    finger, start, scrolled = Finger(page), middle(thing(page, "row:cleo")), page.evaluate("scrollY")
    finger.press(start)
    finger.rest()
    expect(page.locator(".drag svg")).to_be_visible()
    finger.move(away(start, (0, -90)))
    expect(word(page)).to_have_text("Remove cleo")
    finger.release()
    expect_typed(page, visit, f"{RING}?do=remove:cleo")
    expect(menu(page)).to_have_count(0)
    assert page.evaluate("scrollY") == scrolled


def test_the_same_by_touch_sideways(visit):
    page = visit(f"{RING}?step=21", width=390, height=844, touch=True, still=True)
    thing(page, "row:cleo").scroll_into_view_if_needed()
    finger, start = Finger(page), middle(thing(page, "row:cleo"))
    finger.press(start)
    finger.move(away(start, (100, 4)))
    expect(word(page)).to_have_text("Remove cleo")
    finger.release()
    expect_typed(page, visit, f"{RING}?do=remove:cleo")


def test_a_swipe_over_a_thing_scrolls_the_page(visit):
    page = visit(f"{RING}?step=21", width=390, height=844, touch=True, still=True)
    thing(page, "row:cleo").scroll_into_view_if_needed()
    finger, start, before = Finger(page), middle(thing(page, "row:cleo")), page.evaluate("scrollY")
    finger.press(start)
    finger.move(away(start, (6, -160)))
    finger.release()
    page.wait_for_timeout(300)
    assert page.evaluate("scrollY") > before + 60
    expect_nothing_done(page, f"{RING}?step=21")


def test_a_tap_opens_the_menu_as_before(visit):
    page = visit(f"{RING}?step=21", width=390, height=844, touch=True, still=True)
    thing(page, "row:cleo").scroll_into_view_if_needed()
    finger = Finger(page)
    finger.press(middle(thing(page, "row:cleo")))
    finger.release()
    expect(menu(page)).to_have_count(1)


@pytest.mark.parametrize("touch", [False, True], ids=["mouse", "touch"])
def test_too_short_a_throw_does_nothing_and_opens_no_menu(visit, touch):
    page = visit(f"{RING}?step=21", touch=touch)
    hand, start = (Finger if touch else Mouse)(page), middle(thing(page, "row:cleo"))
    hand.press(start)
    hand.move(away(start, (50, 12)))
    expect(page.locator(".drag")).to_have_count(1)
    expect(word(page)).to_have_count(0)
    hand.release()
    expect_nothing_done(page, f"{RING}?step=21")


def test_what_comes_back_to_its_place_opens_no_menu(visit):
    page = visit(f"{RING}?step=21", still=True)
    hand, start = Mouse(page), middle(thing(page, "row:cleo"))
    hand.press(start)
    hand.move(away(start, (120, 90)))
    hand.move(start)
    hand.release()
    expect_nothing_done(page, f"{RING}?step=21")
    page.mouse.click(*start)
    expect(menu(page)).to_have_count(1)


def test_a_menu_that_is_open_gives_way(visit):
    page = visit(f"{RING}?step=21", still=True)
    thing(page, "row:ada").click()
    expect(menu(page)).to_have_count(1)
    hand, start = Mouse(page), middle(thing(page, "point:dee/0"))
    hand.press(start)
    hand.move(away(start, (30, -20)))
    expect(page.locator(".drag")).to_have_count(1)
    expect(menu(page)).to_have_count(0)
    hand.release()
    expect_nothing_done(page, f"{RING}?step=21")


def test_escape_lets_go_and_nothing_is_done(visit):
    page = visit(f"{RING}?step=21", still=True)
    hand, start = Mouse(page), middle(thing(page, "row:cleo"))
    hand.press(start)
    hand.move(away(start, (120, 90)))
    expect(word(page)).to_have_text("Remove cleo")
    page.keyboard.press("Escape")
    expect(page.locator(".drag")).to_have_count(0)
    hand.move(away(start, (2, 2)))
    hand.release()
    expect_nothing_done(page, f"{RING}?step=21")


def test_a_client_is_dropped_on_a_node_and_writes_there(visit):
    page = visit(f"{CAP}?step=last", still=True)
    hand = Mouse(page)
    hand.press(middle(thing(page, "client:ann")))
    hand.move(middle(thing(page, "node:b")))
    expect(word(page)).to_have_text("ann writes at b")
    taking = page.locator("[data-takes]").evaluate_all("(all) => all.map((one) => one.dataset.key)")
    assert {"node:a", "node:b", "node:c"} <= set(taking)
    assert not [key for key in taking if not key.startswith("node:")]
    hand.release()
    expect_typed(page, visit, f"{CAP}?do=write:ann:b")


def test_a_node_is_dropped_on_a_client_who_reads_it(visit):
    page = visit(f"{CAP}?step=last", still=True)
    hand = Mouse(page)
    hand.press(middle(thing(page, "node:b")))
    hand.move(middle(thing(page, "client:cat")))
    expect(word(page)).to_have_text("b is read by cat")
    hand.release()
    expect(page).to_have_url(re.compile(r"\?do=read:cat:b&step="))


def test_a_client_that_no_node_takes_goes_back(visit):
    """A client is not thrown: dropped beside the nodes it does nothing, however far it has come."""
    page = visit(f"{CAP}?step=20", still=True)
    hand = Mouse(page)
    hand.press(middle(thing(page, "client:ann")))
    hand.move(away(middle(thing(page, "node:b")), (0, -110)))
    expect(page.locator(".drag svg")).to_be_visible()
    expect(word(page)).to_have_count(0)
    hand.release()
    expect_nothing_done(page, f"{CAP}?step=20")


def test_what_is_refused_is_said_at_the_picture(visit):
    page = visit(f"{CAP}?step=4", still=True)  # ann still waits
    hand = Mouse(page)
    hand.press(middle(thing(page, "client:ann")))
    hand.move(middle(thing(page, "node:b")))
    hand.release()
    expect(page.locator(".hand [role=alert]")).to_contain_text("ann still waits for an answer")


@pytest.mark.parametrize(
    ("path", "key", "by", "words", "address"),
    [
        (f"{CAP}?step=4", "node:c", (20, 110), "Cut c", r"\?do=@\d+:cut:c&step="),
        (f"{CAP}?do=cut:c&step=last", "cut/name", (70, 100), "Heal it", r"\?do=cut:c&do=(@\d+:)?heal&step="),
        ("/playground/load-balancing/?step=14", "server:dee", (10, 150), "Kill dee", r"\?do=@\d+:kill:dee&step="),
    ],
)
def test_what_is_thrown_away_elsewhere(visit, path, key, by, words, address):
    page = visit(path, still=True)
    hand, start = Mouse(page), middle(thing(page, key))
    hand.press(start)
    hand.move(away(start, by))
    expect(word(page)).to_have_text(words)
    hand.release()
    expect(page).to_have_url(re.compile(address))


def test_a_consumer_is_dropped_on_the_batch_that_it_fetches_from(visit):
    page = visit("/playground/kafka-why-fast/?step=12", still=True)
    hand = Mouse(page)
    hand.press(middle(thing(page, "reader:search/name")))
    hand.move(middle(thing(page, "batch:4")))
    expect(word(page)).to_have_text("search fetches from 4")
    hand.release()
    expect(page).to_have_url(re.compile(r"\?do=fetch:search:4&step="))


def test_what_is_lifted_while_it_plays_stays_where_it_is(visit):
    page = visit("/playground/load-balancing/?step=12", still=True)
    player = Player(page)
    player.press("play")
    expect(player.element).not_to_have_attribute("at", "12")
    hand, start = Mouse(page), middle(thing(page, "server:dee"))
    hand.press(start)
    hand.move(away(start, (10, 150)))
    step = player.step
    expect(player.element.locator("[data-go=play]")).to_have_attribute("aria-pressed", "false")
    entry = entries()["load-balancing"]
    instant = run(entry.cls, parse(entry.cls, "").query, draw=False).steps[step].clock + 1
    hand.release()
    expect(page).to_have_url(re.compile(rf"\?do=@{instant}:kill:dee&step="))


def test_in_a_lesson_things_are_dragged_too(visit):
    page = visit("/lessons/hash-ring/", still=True)
    number = next(n for n in range(page.locator("orrery-player").count()) if Player(page, n).form("remove").count())
    ring = Player(page, number)
    ring.press("last")
    server = ring.element.locator("svg [data-drag][data-key^='row:']").locator("visible=true").first
    server.scroll_into_view_if_needed()
    hand, start = Mouse(page), middle(server)
    last = ring.last
    with ring.another_run():
        hand.press(start)
        hand.move(away(start, (-80, 60)))
        hand.release()
    assert ring.last != last


def test_what_cannot_be_dragged_is_marked_and_clicked_as_ever(visit):
    page = visit(f"{RING}?step=21", still=True)
    caption = middle(thing(page, "caption"))
    hand = Mouse(page)
    hand.press(away(caption, (-30, 0)))
    hand.move(away(caption, (45, 0)))
    hand.release()
    expect(page.locator(".drag")).to_have_count(0)
    assert page.evaluate("getSelection().toString()").strip()


def test_where_a_question_is_open_nothing_is_dragged(visit):
    page = visit(f"{RING}predict/how-many-move/?do=remove:cleo", still=True)
    hand, start = Mouse(page), middle(thing(page, "row:cleo"))
    hand.press(start)
    hand.move(away(start, (120, 90)))
    expect(page.locator(".drag")).to_have_count(0)
    hand.release()


def test_in_a_widget_nothing_is_dragged(visit):
    page = visit("/embed/load-balancing/?step=14", still=True)
    hand, start = Mouse(page), middle(thing(page, "server:dee"))
    hand.press(start)
    hand.move(away(start, (10, 120)))
    expect(page.locator(".drag, [data-drag]")).to_have_count(0)
    hand.release()


@pytest.mark.parametrize(("slug", "keys"), [("hash-ring", "row point"), ("cap-theorem", "client node")])
def test_everything_that_is_dragged_offers_its_verbs_by_a_click(visit, slug, keys):
    """What a drag does, the menu does too."""
    page = visit(f"/playground/{slug}/?step=last", still=True)
    unfold(page, "beside")
    dragged = page.locator("[data-drag]").locator("visible=true")
    kinds = set(dragged.evaluate_all("(all) => all.map((one) => one.dataset.key.split(/[:/]/)[0])"))
    assert kinds == set(keys.split())
    assert dragged.count() == page.locator("[data-drag][data-hand]").locator("visible=true").count()
