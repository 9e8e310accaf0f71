"""Gus drags things of the pictures: onto another thing, or out of their place."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from playground.engine.query import parse
from playground.engine.registry import entries
from playground.engine.run import run
from tests.browser.drags import Point, away, dragged, middle, word
from tests.browser.player import RING, Player, unfold, whole
from tests.browser.test_hands import marks, menu, thing

pytestmark = pytest.mark.browser

BALANCER, CAP = "/playground/load-balancing/", "/playground/cap-theorem/"


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
    player.expect_step(acted.consequence(len(acted.query.acts) - 1))
    expect(player.element.locator("[data-go=play]")).to_have_attribute("aria-pressed", "false")
    page.wait_for_timeout(500)
    typed = Player(visit(page.url, width=page.evaluate("innerWidth"), still=True))
    assert marks(player) == marks(typed)
    assert player.narration == typed.narration


@pytest.mark.parametrize("key", ["row:cleo", "point:cleo/0", "row:cleo/name"])
def test_a_server_thrown_off_the_ring_is_removed(visit, key):
    page = visit(f"{RING}?step=21", still=True)
    start = middle(thing(page, key))
    with dragged(page, start, away(start, (-40, 20))) as hand:
        expect(page.locator(".drag svg")).to_be_visible()
        expect(word(page)).to_have_count(0)
        hand.move(away(start, (-90, 60)))
        expect(word(page)).to_have_text("Remove cleo")
        expect(word(page)).to_be_in_viewport(ratio=1)
    expect_typed(page, visit, f"{RING}?do=remove:cleo")
    expect(menu(page)).to_have_count(0)


def test_the_same_by_touch_after_a_press(visit):
    """Pressed for a moment it is lifted, and goes up and down without the page."""
    page = whole(visit(f"{RING}?step=21", width=390, height=844, touch=True, still=True))
    thing(page, "row:cleo").scroll_into_view_if_needed()
    start, scrolled = middle(thing(page, "row:cleo")), page.evaluate("scrollY")
    with dragged(page, start, touch=True) as finger:
        finger.rest()
        expect(page.locator(".drag svg")).to_be_visible()
        finger.move(away(start, (0, -90)))
        expect(word(page)).to_have_text("Remove cleo")
    expect_typed(page, visit, f"{RING}?do=remove:cleo")
    expect(menu(page)).to_have_count(0)
    assert page.evaluate("scrollY") == scrolled


def test_the_same_by_touch_sideways(visit):
    page = whole(visit(f"{RING}?step=21", width=390, height=844, touch=True, still=True))
    thing(page, "row:cleo").scroll_into_view_if_needed()
    start = middle(thing(page, "row:cleo"))
    with dragged(page, start, away(start, (100, 4)), touch=True):
        expect(word(page)).to_have_text("Remove cleo")
    expect_typed(page, visit, f"{RING}?do=remove:cleo")


def test_a_swipe_over_a_thing_scrolls_the_page(visit):
    page = whole(visit(f"{RING}?step=21", width=390, height=844, touch=True, still=True))
    thing(page, "row:cleo").scroll_into_view_if_needed()
    start, before = middle(thing(page, "row:cleo")), page.evaluate("scrollY")
    with dragged(page, start, away(start, (6, -160)), touch=True):
        pass
    page.wait_for_timeout(300)
    assert page.evaluate("scrollY") > before + 60
    expect_nothing_done(page, f"{RING}?step=21")


def test_a_tap_opens_the_menu_as_before(visit):
    page = whole(visit(f"{RING}?step=21", width=390, height=844, touch=True, still=True))
    thing(page, "row:cleo").scroll_into_view_if_needed()
    with dragged(page, middle(thing(page, "row:cleo")), touch=True):
        pass
    expect(menu(page)).to_have_count(1)


@pytest.mark.parametrize("touch", [False, True], ids=["mouse", "touch"])
def test_too_short_a_throw_does_nothing_and_opens_no_menu(visit, touch):
    page = visit(f"{RING}?step=21", touch=touch)
    start = middle(thing(page, "row:cleo"))
    with dragged(page, start, away(start, (50, 12)), touch=touch):
        expect(page.locator(".drag")).to_have_count(1)
        expect(word(page)).to_have_count(0)
    expect_nothing_done(page, f"{RING}?step=21")


def test_what_comes_back_to_its_place_opens_no_menu(visit):
    page = visit(f"{RING}?step=21", still=True)
    start = middle(thing(page, "row:cleo"))
    with dragged(page, start, away(start, (120, 90)), start):
        pass
    expect_nothing_done(page, f"{RING}?step=21")
    page.mouse.click(*start)
    expect(menu(page)).to_have_count(1)


def test_a_menu_that_is_open_gives_way(visit):
    page = visit(f"{RING}?step=21", still=True)
    thing(page, "row:ada").click()
    expect(menu(page)).to_have_count(1)
    start = middle(thing(page, "point:dee/0"))
    with dragged(page, start, away(start, (30, -20))):
        expect(page.locator(".drag")).to_have_count(1)
        expect(menu(page)).to_have_count(0)
    expect_nothing_done(page, f"{RING}?step=21")


def test_escape_lets_go_and_nothing_is_done(visit):
    page = visit(f"{RING}?step=21", still=True)
    start = middle(thing(page, "row:cleo"))
    with dragged(page, start, away(start, (120, 90))) as hand:
        expect(word(page)).to_have_text("Remove cleo")
        page.keyboard.press("Escape")
        expect(page.locator(".drag")).to_have_count(0)
        hand.move(away(start, (2, 2)))
    expect_nothing_done(page, f"{RING}?step=21")


def test_a_client_is_dropped_on_a_node_and_writes_there(visit):
    page = visit(f"{CAP}?step=last", still=True)
    with dragged(page, middle(thing(page, "client:ann")), middle(thing(page, "node:b"))):
        expect(word(page)).to_have_text("ann writes at b")
        taking = page.locator("[data-takes]").evaluate_all("(all) => all.map((one) => one.dataset.key)")
        assert {"node:a", "node:b", "node:c"} <= set(taking)
        assert not [key for key in taking if not key.startswith("node:")]
    expect_typed(page, visit, f"{CAP}?do=write:ann:b")


def test_a_node_is_dropped_on_a_client_who_reads_it(visit):
    page = visit(f"{CAP}?step=last", still=True)
    with dragged(page, middle(thing(page, "node:b")), middle(thing(page, "client:cat"))):
        expect(word(page)).to_have_text("b is read by cat")
    expect(page).to_have_url(re.compile(r"\?do=read:cat:b&step="))


def test_a_client_that_no_node_takes_goes_back(visit):
    """A client is not thrown: dropped beside the nodes it does nothing, however far it has come."""
    page = visit(f"{CAP}?step=20", still=True)
    with dragged(page, middle(thing(page, "client:ann")), away(middle(thing(page, "node:b")), (0, -110))):
        expect(page.locator(".drag svg")).to_be_visible()
        expect(word(page)).to_have_count(0)
    expect_nothing_done(page, f"{CAP}?step=20")


def test_what_is_refused_is_said_at_the_picture(visit):
    page = visit(f"{CAP}?step=4", still=True)  # ann still waits
    with dragged(page, middle(thing(page, "client:ann")), middle(thing(page, "node:b"))):
        pass
    expect(page.locator(".hand [role=alert]")).to_contain_text("ann still waits for an answer")


@pytest.mark.parametrize(
    ("path", "key", "by", "words", "address"),
    [
        (f"{CAP}?step=4", "node:c", (20, 110), "Cut c", r"\?do=@\d+:cut:c&step="),
        (f"{CAP}?do=cut:c&step=last", "cut/name", (70, 100), "Heal it", r"\?do=cut:c&do=(@\d+:)?heal&step="),
        (f"{BALANCER}?step=14", "server:dee", (10, 150), "Kill dee", r"\?do=@\d+:kill:dee&step="),
        ("/playground/git-objects/?step=last", "lane:README", (70, 30), "Remove README", r"\?do=remove:README&step="),
        (
            "/playground/http-versions/?step=last",
            "packet:19/load3-brick",
            (-160, 70),
            "Lose packet 19",
            r"\?do=lose:19&step=",
        ),
    ],
)
def test_what_is_thrown_away_elsewhere(visit, path, key, by, words, address):
    page = visit(path, still=True)
    start = middle(thing(page, key))
    with dragged(page, start, away(start, by)):
        expect(word(page)).to_have_text(words)
    expect(page).to_have_url(re.compile(address))


def test_the_loss_is_dragged_by_its_grip_onto_another_packet(visit):
    page = visit("/playground/http-versions/?lost=4&step=last", still=True)
    with dragged(page, middle(thing(page, "loss:4")), middle(thing(page, "packet:23/load2-brick"))):
        expect(word(page)).to_have_text("packet 4 comes, packet 23 is lost")
    expect(page).to_have_url(re.compile(r"\?lost=4&do=instead:4:23&step="))


def test_a_cut_is_dragged_by_its_grip_to_another_place(visit):
    page = visit(f"{CAP}?do=cut:c&step=last", still=True)
    grip, gap = middle(thing(page, "cut/grip")), middle(thing(page, "gap:a"))
    with dragged(page, grip, ((grip[0] + gap[0]) / 2, gap[1] - 30)):
        expect(word(page)).to_have_count(0)
    with dragged(page, grip, gap):
        expect(word(page)).to_have_text("cut a off")
    expect(page).to_have_url(re.compile(r"\?do=cut:c&do=(@\d+:)?cut:a&step="))


def test_a_consumer_is_dropped_on_the_batch_that_it_fetches_from(visit):
    page = visit("/playground/kafka-why-fast/?step=12", still=True)
    with dragged(page, middle(thing(page, "reader:search/name")), middle(thing(page, "batch:4"))):
        expect(word(page)).to_have_text("search fetches from 4")
    expect(page).to_have_url(re.compile(r"\?do=fetch:search:4&step="))


def test_what_is_lifted_while_it_plays_stays_where_it_is(visit):
    page = visit("/playground/load-balancing/?step=12", still=True)
    player = Player(page)
    player.press("play")
    expect(player.element).not_to_have_attribute("at", "12")
    start = middle(thing(page, "server:dee"))
    with dragged(page, start, away(start, (10, 150))):
        step = player.step
        expect(player.element.locator("[data-go=play]")).to_have_attribute("aria-pressed", "false")
        entry = entries()["load-balancing"]
        instant = run(entry.cls, parse(entry.cls, "").query, draw=False).steps[step].clock + 1
    expect(page).to_have_url(re.compile(rf"\?do=@{instant}:kill:dee&step="))


def test_in_a_lesson_things_are_dragged_too(visit):
    page = visit("/lessons/hash-ring/", still=True)
    number = next(n for n in range(page.locator("orrery-player").count()) if Player(page, n).form("remove").count())
    ring = Player(page, number)
    ring.press("last")
    server = ring.element.locator("svg [data-drag][data-key^='row:']").locator("visible=true").first
    server.scroll_into_view_if_needed()
    start = middle(server)
    last = ring.last
    with ring.another_run(), dragged(ring.page, start, away(start, (-80, 60))):
        pass
    assert ring.last != last


def test_what_cannot_be_dragged_is_marked_and_clicked_as_ever(visit):
    page = visit(f"{RING}?step=21", still=True)
    caption = middle(thing(page, "caption"))
    with dragged(page, away(caption, (-30, 0)), away(caption, (45, 0))):
        pass
    expect(page.locator(".drag")).to_have_count(0)
    assert page.evaluate("getSelection().toString()").strip()


def test_where_a_question_is_open_nothing_is_dragged(visit):
    page = visit(f"{RING}predict/how-many-move/?do=remove:cleo", still=True)
    start = middle(thing(page, "row:cleo"))
    with dragged(page, start, away(start, (120, 90))):
        expect(page.locator(".drag")).to_have_count(0)


def test_in_a_widget_nothing_is_dragged(visit):
    page = visit("/embed/load-balancing/?step=14", still=True)
    start = middle(thing(page, "server:dee"))
    with dragged(page, start, away(start, (10, 120))):
        expect(page.locator(".drag, [data-drag]")).to_have_count(0)


@pytest.mark.parametrize(("slug", "keys"), [("hash-ring", "row point"), ("cap-theorem", "client node")])
def test_everything_that_is_dragged_offers_its_verbs_by_a_click(visit, slug, keys):
    """What a drag does, the menu does too."""
    page = visit(f"/playground/{slug}/?step=last", still=True)
    unfold(page, "beside")
    dragged = page.locator("[data-drag]").locator("visible=true")
    kinds = set(dragged.evaluate_all("(all) => all.map((one) => one.dataset.key.split(/[:/]/)[0])"))
    assert kinds == set(keys.split())
    assert dragged.count() == page.locator("[data-drag][data-hand]").locator("visible=true").count()


def test_a_packet_is_thrown_off_its_lane_by_a_finger(visit):
    page = visit("/playground/http-versions/?before=2&step=last", width=390, height=844, touch=True, still=True)
    thing(page, "packet:26/load1-brick").scroll_into_view_if_needed()
    start = middle(thing(page, "packet:26/load1-brick"))
    with dragged(page, start, away(start, (90, 10)), touch=True):
        expect(word(page)).to_have_text("Lose packet 26")
    expect_typed(page, visit, "/playground/http-versions/?before=2&do=lose:26")
    expect(thing(page, "packet:26/load1-brick")).to_have_count(0)


# A number that a thing has is turned up and down by its grip.


def grip(page: Page, key: str, *, touch: bool = False) -> Point:
    """The place of the grip, which comes to a thing that is pointed at, and to one that is tapped."""
    one = thing(page, key)
    one.scroll_into_view_if_needed()
    if touch:
        one.tap()
    else:
        one.hover()
    expect(page.locator(".grip")).to_have_count(1)
    return middle(page.locator(".grip"))


TURNED = [
    pytest.param(RING, 21, "row:ada", -30, "ada has weight 3", "?do=weight:ada:3", id="ring"),
    pytest.param(BALANCER, 34, "server:bob", -90, "bob has weight 7", "?do=weight:bob:7", id="balancer"),
]


@pytest.mark.parametrize("touch", [False, True], ids=["mouse", "touch"])
@pytest.mark.parametrize(("path", "step", "key", "by", "words", "address"), TURNED)
def test_the_weight_of_a_server_is_dragged_up(visit, path, step, key, by, words, address, touch):
    size = {"width": 390, "height": 844} if touch else {}
    page = whole(visit(f"{path}?step={step}", touch=touch, still=True, **size))
    start = grip(page, key, touch=touch)
    with dragged(page, start, away(start, (4, by / 2)), away(start, (2, by)), touch=touch):
        expect(word(page)).to_have_text(words)
        expect(word(page)).to_be_in_viewport(ratio=1)
        expect(menu(page)).to_have_count(0)
    expect_typed(page, visit, f"{path}{address}")
    expect(menu(page)).to_have_count(0)


def test_it_goes_no_further_than_the_form_and_starts_from_what_it_is(visit):
    page = visit(f"{RING}?nodes=ada*4+bob&step=last", still=True)
    start = grip(page, "row:ada")
    with dragged(page, start, away(start, (0, -400))) as hand:
        expect(word(page)).to_have_text("ada has weight 10")
        hand.move(away(start, (0, 400)))
        expect(word(page)).to_have_text("ada has weight 1")
        hand.move(away(start, (0, 14)))
        expect(word(page)).to_have_text("ada has weight 3")
    expect(page).to_have_url(re.compile(r"nodes=ada\*4\+bob&do=weight:ada:3&step="))


def test_a_weight_that_stays_as_it_was_does_nothing(visit):
    page = visit(f"{RING}?step=21", still=True)
    start = grip(page, "row:ada")
    with dragged(page, start, away(start, (0, -60)), start):
        expect(word(page)).to_have_text("ada has weight 1")
    expect_nothing_done(page, f"{RING}?step=21")


def test_a_weight_is_set_while_requests_are_under_way(visit):
    page = visit(f"{BALANCER}?algorithm=weighted-nginx&step=14", still=True)
    start = grip(page, "server:dee")
    with dragged(page, start, away(start, (0, -56))):
        expect(word(page)).to_have_text("dee has weight 5")
    expect(page).to_have_url(re.compile(r"algorithm=weighted-nginx&do=@\d+:weight:dee:5&step="))


def test_the_grip_is_there_for_who_comes_by_key_and_goes_with_the_focus(visit):
    page = visit(f"{BALANCER}?step=14", still=True)
    thing(page, "server:ada").focus()
    expect(page.locator(".grip")).to_have_count(1)
    page.locator(".slider").focus()
    expect(page.locator(".grip")).to_have_count(0)
