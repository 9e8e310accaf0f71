"""Gus touches the pictures: a thing's verbs stand at the thing."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import FloatRect, Locator, Page, expect

from playground.engine.query import default_query, do, parse, print_query, query_for
from playground.engine.registry import entries
from playground.engine.run import run
from tests.browser.player import RING, Player, unfold, whole
from tests.browser.site_walk import AXE, axe

pytestmark = pytest.mark.browser

BALANCER = "/playground/load-balancing/"
STEP = 14
ENTRY = entries()["load-balancing"]
INSTANT = run(ENTRY.cls, default_query(ENTRY.cls), draw=False).steps[STEP].clock + 1
KILLED = print_query(ENTRY.cls, query_for(ENTRY.cls, do("kill", "dee", at=INSTANT)))
SIZES = [pytest.param(1440, 900, False, id="1440"), pytest.param(390, 844, True, id="phone")]


def thing(page: Page, key: str) -> Locator:
    return page.locator(f"svg [data-key='{key}']").locator("visible=true").first


def box_of(one: Locator) -> FloatRect:
    box = one.bounding_box()
    assert box
    return box


def menu(page: Page) -> Locator:
    return page.get_by_role("menu")


def after(step: int, player: Player) -> list[int]:
    """The steps that were seen after the one from which somebody acted."""
    seen: list[int] = player.element.evaluate("(player) => player.stepsSeen")
    return [one for one in seen if one != step]


def entries_of(page: Page) -> list[str]:
    return [text.replace("\n", " ") for text in menu(page).get_by_role("menuitem").all_inner_texts()]


def expect_killed(page: Page, visit) -> None:
    """The run of the typed address, and the picture of its step."""
    expect(page).to_have_url(re.compile(re.escape(f"?{KILLED}&step=")))
    player = Player(page)
    consequence = run(ENTRY.cls, query_for(ENTRY.cls, do("kill", "dee", at=INSTANT)), draw=False).consequence(0)
    player.expect_step(consequence)
    expect(player.element.locator("[data-go=play]")).to_have_attribute("aria-pressed", "false")
    page.wait_for_timeout(500)
    typed = Player(visit(f"{BALANCER}?{KILLED}&step={consequence}", width=page.evaluate("innerWidth")))
    assert marks(player) == marks(typed)
    assert player.narration == typed.narration


def marks(player: Player) -> list[str]:
    """The pictures: the focus may have wandered from thing to thing, the state of the step has not."""
    return player.picture.split("\n")


def test_a_click_on_a_server_offers_its_verbs_and_one_more_does_it_now(visit):
    page = visit(f"{BALANCER}?step={STEP}")
    thing(page, "server:dee").click()
    assert entries_of(page) == ["Slow Times slower 5", "…", "Kill", "Set Weight 3", "…", "Copy"]
    menu(page).get_by_role("menuitem", name="Kill").click()
    expect_killed(page, visit)
    thing(page, "server:dee").click()
    assert entries_of(page) == ["Revive", "Set Weight 3", "…", "Undo", "Copy"]


def test_the_same_while_it_plays(visit):
    """Playing stops at the step that is seen when the thing is touched, and the act happens there."""
    page = visit(f"{BALANCER}?step={STEP - 2}")
    player = Player(page)
    player.press("play")
    expect(player.element).not_to_have_attribute("at", str(STEP - 2))
    thing(page, "server:dee").click()
    step = player.step
    menu(page).get_by_role("menuitem", name="Kill").click()
    instant = run(ENTRY.cls, default_query(ENTRY.cls), draw=False).steps[step].clock + 1
    expect(page).to_have_url(re.compile(re.escape(f"?do=@{instant}:kill:dee&step=")))


def test_the_same_by_keyboard(visit):
    page = visit(f"{BALANCER}?step={STEP}")
    page.locator(".stage").focus()
    page.keyboard.press("Tab")
    for _ in range(12):
        if page.evaluate("document.activeElement.dataset.key") == "server:dee":
            break
        page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.dataset.key") == "server:dee"
    page.keyboard.press("Enter")
    expect(menu(page).get_by_role("menuitem").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(menu(page)).to_have_count(0)
    assert page.evaluate("document.activeElement.dataset.key") == "server:dee"
    page.keyboard.press("Enter")
    page.keyboard.press("End")
    for _ in range(3):
        page.keyboard.press("ArrowUp")
    expect(menu(page).get_by_role("menuitem", name="Kill")).to_be_focused()
    page.keyboard.press("Enter")
    expect_killed(page, visit)
    assert page.evaluate("document.activeElement.dataset.key") == "server:dee"


def test_the_same_by_touch_with_targets_for_a_thumb_that_hide_no_thing(visit):
    page = visit(f"{BALANCER}?step={STEP}", width=390, height=844, touch=True)
    thing(page, "server:dee").tap()
    boxes = [box_of(one) for one in menu(page).get_by_role("menuitem").all()]
    assert all(box["height"] >= 44 and box["width"] >= 44 for box in boxes), boxes
    servers = [box_of(one) for one in page.locator("svg.narrow g[data-key^='server:']").all()]
    assert min(box["y"] for box in boxes) >= max(box["y"] + box["height"] for box in servers)
    menu(page).get_by_role("menuitem", name="Kill").tap()
    expect_killed(page, visit)


def test_a_tap_beside_a_small_thing_takes_it(visit):
    page = visit(f"{RING}?step=21", width=390, height=844, touch=True)
    page.locator("svg.narrow").scroll_into_view_if_needed()
    box = box_of(thing(page, "key:user:7"))
    page.touchscreen.tap(box["x"] + box["width"] / 2 - 4, box["y"] + box["height"] / 2 - 4)
    assert entries_of(page)[0] == "Look up"


def test_an_argument_that_no_thing_names_can_be_set_first(visit):
    page = visit(f"{BALANCER}?step={STEP}")
    thing(page, "server:bob").click()
    menu(page).get_by_role("menuitem", name="Slow, with other figures").click()
    slow = Player(page).form("slow")
    expect(slow.locator("select")).to_have_value("bob")
    expect(slow.locator("input[name='act.times']")).to_be_focused()


def test_copy_takes_the_full_value(visit):
    page = visit(f"{RING}?step=21")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    thing(page, "key:user:7").click()
    menu(page).get_by_role("menuitem", name="Copy").click()
    assert page.evaluate("navigator.clipboard.readText()") == "user:7"


def test_an_act_is_played_from_where_it_began_and_rests_where_it_has_led(visit):
    page = visit(f"{RING}?step=21")
    ring = Player(page)
    ring.follow()
    thing(page, "row:cleo").click()
    menu(page).get_by_role("menuitem", name="Remove").click()
    ring.expect_step(30)
    assert after(21, ring) == [*range(22, ring.last + 1)]
    ring.expect_step(ring.last)


def test_with_reduced_motion_it_stands_there_at_once(visit):
    page = visit(f"{RING}?step=21", still=True)
    ring = Player(page)
    ring.follow()
    with ring.another_run():
        thing(page, "row:cleo").click()
        menu(page).get_by_role("menuitem", name="Remove").click()
    assert after(21, ring) == [ring.last]


def test_new_inputs_are_played_to_their_end(visit):
    page = visit(RING)
    unfold(page, "setup")
    page.locator(".inputs input[name=points]").fill("1")
    page.get_by_role("button", name="Run", exact=True).click()
    ring = Player(page)
    expect(page).to_have_url(re.compile(r"\?points=1&step=\d+$"))
    expect(ring.element).to_have_attribute("at", page.url.rpartition("=")[2])
    assert ring.step == ring.last


def test_a_question_that_is_open_offers_nothing(visit):
    page = visit(f"{RING}predict/how-many-move/?do=remove:cleo")
    assert page.locator("[data-hand]").count() == 0


def test_in_a_widget_a_thing_is_touched_too(visit):
    page = visit("/embed/load-balancing/?step=14")
    thing(page, "server:dee").click()
    menu(page).get_by_role("menuitem", name="Kill").click()
    expect(page.locator("orrery-player [data-slot=say]")).not_to_be_empty()
    expect(page.locator("[data-key='server:dee']").first).to_have_attribute(
        "aria-label", re.compile("does not answer|fail")
    )


def test_a_widget_fetches_its_hands_once_somebody_reaches_for_it_and_the_first_click_is_not_lost(visit):
    page = visit("/embed/load-balancing/?step=14")
    expect(page.locator("orrery-player[at]")).to_have_count(1)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.partition("/static/js/")[2].partition(".")[0]))
    assert page.locator("[data-hand]").count() == 0

    def late(route):
        page.wait_for_timeout(300)
        route.continue_()

    page.route("**/embed-hands.*", late)
    # Without a pointer on its way there: what a tap is.
    thing(page, "server:dee").dispatch_event("click", {"bubbles": True, "detail": 1})
    expect(menu(page).get_by_role("menuitem", name="Kill")).to_be_visible()
    thing(page, "server:cleo").click()
    expect(menu(page)).to_have_attribute("aria-label", re.compile("cleo"))
    assert asked.count("embed-hands") == 1


def test_a_click_on_a_widget_whose_run_has_not_come_yet_is_not_lost(visit):
    page = visit("/embed/")

    def late(route):
        page.wait_for_timeout(500)
        route.continue_()

    page.route("**/trace?*", late)
    page.goto(page.url + "load-balancing/?step=14")
    thing(page, "server:bob").click()
    expect(menu(page).get_by_role("menuitem", name="Kill")).to_be_visible()


@pytest.mark.parametrize(("width", "height", "touch"), SIZES)
@pytest.mark.parametrize("slug", entries())
def test_every_model_has_something_to_touch(visit, slug, width, height, touch):
    page = visit(f"/playground/{slug}/?step=last", width=width, height=height, touch=touch)
    unfold(page, "beside")
    stops = page.locator("[data-hand=stop]").locator("visible=true")
    assert stops.count() > 0
    assert page.locator("[data-hand=stop][tabindex='0']").count() == 1
    names = stops.evaluate_all("(all) => all.map((one) => one.getAttribute('aria-label'))")
    assert all(names)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_at_an_open_menu(visit, theme):
    page = visit(f"{BALANCER}?step={STEP}")
    thing(page, "server:dee").click()
    expect(menu(page)).to_be_visible()
    page.evaluate(AXE.read_text("utf-8"))
    assert axe(page, 1440, theme) == []


def test_a_second_act_is_done_while_the_first_one_still_plays(visit):
    """The forms come anew while the menu is open; the act is done by those that are there then."""
    page = visit(f"{BALANCER}?step=10")
    thing(page, "clients/name").click()
    menu(page).get_by_role("menuitem", name="Send requests").first.click()
    expect(page).to_have_url(re.compile("send:10"))
    page.wait_for_timeout(1200)  # the forms are asked for once more when it has played past the act
    thing(page, "server:bob").click()
    page.wait_for_timeout(900)
    menu(page).get_by_role("menuitem", name="Kill").click()
    expect(page).to_have_url(re.compile(r"do=@\d+:send:10&do=@\d+:kill:bob&"))


def test_where_it_is_stopped_on_the_way_the_address_says_so(visit):
    page = visit(f"{RING}?step=21")
    ring = Player(page)
    thing(page, "row:cleo").click()
    menu(page).get_by_role("menuitem", name="Remove").click()
    expect(ring.element).not_to_have_attribute("at", "21")
    ring.press("play")
    step = ring.step
    assert step < 30
    expect(page).to_have_url(re.compile(rf"do=remove:cleo&step={step}$"))


def test_the_same_inputs_once_more_are_played_too(visit):
    page = visit(f"{RING}?step=10")
    unfold(page, "setup")
    page.get_by_role("button", name="Run", exact=True).click()
    ring = Player(page)
    expect(ring.element).to_have_attribute("at", str(ring.last), timeout=10_000)
    expect(page).to_have_url(re.compile(rf"\?step={ring.last}$"))


@pytest.mark.parametrize(("width", "height", "touch"), SIZES)
def test_what_is_refused_is_said_at_the_picture_and_heard(visit, width, height, touch):
    page = visit("/playground/git-objects/?step=24", width=width, height=height, touch=touch)
    thing(page, "ref:HEAD").click()
    menu(page).get_by_role("menuitem", name="Commit").first.click()
    said = page.locator(".hand [role=alert]")
    expect(said).to_contain_text("Nothing has changed since the last commit")
    expect(said).to_be_focused()
    expect(said).to_be_in_viewport(ratio=0.98)
    expect(page.locator(".jump .no-js")).to_be_hidden()
    page.keyboard.press("Escape")
    expect(said).to_have_count(0)


@pytest.mark.parametrize("key", ["row:ada", "key:user:7"])
def test_on_a_phone_the_menu_comes_into_view(visit, key):
    page = whole(visit(f"{RING}?step=last", width=390, height=844, touch=True))
    thing(page, key).tap()
    expect(menu(page)).to_be_in_viewport(ratio=0.98)


def test_the_last_act_is_undone_from_the_menu_also_in_a_lesson(visit):
    page = visit("/lessons/hash-ring/", still=True)
    number = next(n for n in range(page.locator("orrery-player").count()) if Player(page, n).form("remove").count())
    ring = Player(page, number)
    began, last = ring.step, ring.last
    with ring.another_run():
        ring.form("remove").get_by_role("button").click()
    assert ring.last != last
    ring.element.locator("svg [data-hand=stop][data-key^='row:']").locator("visible=true").first.dispatch_event("click")
    with ring.another_run():
        menu(page).get_by_role("menuitem", name="Undo").click()
    assert (ring.step, ring.last) == (began, last)


def test_who_acts_while_it_plays_sees_it_go_on(visit):
    page = visit(f"{BALANCER}?step=4")
    player = Player(page)
    player.hurry()
    player.press("play")
    expect(player.element).not_to_have_attribute("at", "4")
    thing(page, "server:ada").click()
    menu(page).get_by_role("menuitem", name="Slow").first.click()
    expect(page).to_have_url(re.compile("slow:ada"))
    acted = run(ENTRY.cls, parse(ENTRY.cls, urlsplit(page.url).query).query, draw=False)
    # Up to the surprise that comes next, which is not the act's own step.
    stop = acted.consequence(0)
    assert acted.starts[0] < stop
    expect(player.element).to_have_attribute("at", str(stop), timeout=10_000)
    expect(player.element.locator("[data-go=play]")).to_have_attribute("aria-pressed", "false")


def test_a_drag_is_no_click(visit):
    page = visit("/playground/password-storage/?step=21")
    box = box_of(thing(page, "row:bob"))
    page.mouse.move(box["x"] + 150, box["y"] + 8)
    page.mouse.down()
    page.mouse.move(box["x"] + 260, box["y"] + 10, steps=4)
    page.mouse.up()
    expect(menu(page)).to_have_count(0)


def test_arrows_walk_along_a_menu_whichever_way_it_lies(visit):
    page = visit(f"{BALANCER}?step={STEP}")
    thing(page, "server:dee").click()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(menu(page).get_by_role("menuitem", name="Kill")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowUp")
    expect(menu(page).get_by_role("menuitem", name="Slow Times")).to_be_focused()


def test_the_cut_is_healed_where_it_is_seen(visit):
    page = visit("/playground/cap-theorem/?do=cut:c&step=last", width=390, height=844, touch=True)
    thing(page, "cut/name").tap()
    assert entries_of(page)[0] == "Heal it"


@pytest.mark.parametrize(
    ("slug", "key", "name"),
    [
        ("load-balancing", "balancer/name", "Add a server"),
        ("load-balancing", "clients", "Send requests"),
        ("visa-authorization", "lane:issuer/name", "issuer"),
        ("http-versions", "group:load1", "HTTP/1.1"),
        ("tcp-ip-encapsulation", "station:0", "client"),
        ("hash-ring", "track", "Add a server"),
        ("hash-ring", "row:bob/kept", "bob"),
    ],
)
def test_a_thing_is_called_what_the_picture_calls_it(visit, slug, key, name):
    page = visit(f"/playground/{slug}/?step=last")
    thing(page, key).dispatch_event("click")
    expect(menu(page)).to_have_attribute("aria-label", name)


def test_a_thing_that_takes_no_verb_opens_no_other_things_menu(visit):
    page = visit("/playground/git-objects/?step=24")
    thing(page, "ref:main").click()
    expect(menu(page)).to_have_count(0)


@pytest.mark.parametrize(("width", "height", "touch"), SIZES)
def test_a_file_is_written_and_removed_at_its_name(visit, width, height, touch):
    page = visit("/playground/git-objects/?step=last", width=width, height=height, touch=touch, still=True)
    thing(page, "lane:docs/README").click()
    assert entries_of(page) == ["Write docs/README=changed", "…", "Remove", "Copy"]
    store = Player(page)
    with store.another_run():
        menu(page).get_by_role("menuitem", name="Write docs/README=changed").click()
    expect(page).to_have_url(re.compile(r"\?do=write:docs/README%3Dchanged&step="))
    thing(page, "lane:docs/README").click()
    with store.another_run():
        menu(page).get_by_role("menuitem", name="Remove").click()
    expect(page).to_have_url(re.compile(r"&do=remove:docs/README&step="))
    thing(page, "lane:docs/README").click()
    expect(menu(page)).to_have_count(0)  # its name stays in the picture, and nothing can be done to it


def test_another_text_is_written_into_the_file_that_was_touched(visit):
    page = visit("/playground/git-objects/?step=last", still=True)
    thing(page, "lane:src/app.py").click()
    menu(page).get_by_role("menuitem", name="Write, with other figures").click()
    field = page.locator("form[data-verb=write] input[name='act.file']")
    expect(field).to_be_focused()
    expect(field).to_have_value("src/app.py=changed")


def test_a_folder_that_is_not_written_has_no_menu(visit):
    page = visit("/playground/git-objects/?step=last", still=True)
    assert page.locator("svg [data-hand][data-key='lane:src/']").count() == 0
    assert page.locator("svg [data-hand][data-key='lane:src/app.py']").count() > 0


@pytest.mark.parametrize(("width", "height", "touch"), SIZES)
def test_a_server_is_added_where_there_is_room_for_it_and_the_others_stay_in_their_places(visit, width, height, touch):
    page = whole(visit(f"{BALANCER}?step={STEP}", width=width, height=height, touch=touch, still=True))
    names = ["ada", "bob", "cleo", "dee"]
    before = [thing(page, f"server:{name}").get_attribute("transform") for name in names]
    thing(page, "room").click()
    menu(page).get_by_role("menuitem", name=re.compile("^Add a server")).first.click()
    expect(page).to_have_url(re.compile(r"\?do=@\d+:add:eve:1&step="))
    expect(thing(page, "server:eve")).to_be_visible()
    assert [thing(page, f"server:{name}").get_attribute("transform") for name in names] == before
    expect(thing(page, "room")).to_have_count(0)


def test_a_server_named_by_address_and_zone_is_touched_like_any_other(visit):
    """Its key has escapes; the address that follows has the name."""
    address = f"{RING}?nodes=us-east/a+10.0.16.69:11211+bob&points=1&step=15"
    page = visit(address)
    thing(page, "row:us-east~2Fa").focus()
    page.keyboard.press("Enter")
    menu(page).get_by_role("menuitem").filter(has_text="Fail").click()
    expect(page).to_have_url(re.compile(re.escape("&do=fail:us-east/a&step=")))
    page = visit(address)
    thing(page, "row:10.0.16.69~3A11211").focus()
    page.keyboard.press("Enter")
    menu(page).get_by_role("menuitem").filter(has_text="Remove").click()
    expect(page).to_have_url(re.compile(re.escape("&do=remove:10.0.16.69:11211&step=")))
