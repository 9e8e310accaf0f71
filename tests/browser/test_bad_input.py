"""Gus sends nonsense to the real server: a sentence and what he typed come back, never a fault of ours."""

import re
import socket
from urllib.parse import quote, urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.player import RING, Player, unfold
from tests.browser.server import Site

pytestmark = pytest.mark.browser

VIEWS = (
    RING,
    f"{RING}player",
    f"{RING}trace",
    f"{RING}challenge/even-after-a-failure/",
    "/playground/hash-ring.svg",
    "/embed/hash-ring/",
    "/api/v1/miniatures/hash-ring/run",
)


def answer_to(site: Site, target: bytes) -> bytes:
    """Asks for a target exactly as given, as no client library would send it; head and body as received."""
    parts = urlsplit(site.origin)
    with socket.create_connection((parts.hostname, parts.port), 10) as connection:
        connection.sendall(
            b"GET " + target + b" HTTP/1.1\r\nHost: " + parts.netloc.encode() + b"\r\nConnection: close\r\n\r\n"
        )
        answer = b""
        while received := connection.recv(65536):
            answer += received
    return answer


def status_of(site: Site, target: bytes) -> int:
    return int(answer_to(site, target).split(b" ", 2)[1])


NONSENSE = {
    "100 kB": b"nodes=" + b"a" * 100_000,
    "100 kB of names": b"&".join(b"a%d=1" % number for number in range(12_000)),
    "control characters": b"nodes=a%00b%0d%0a%1b[2J",
    "broken percent-encoding": b"nodes=%zz%",
    "bytes that are no UTF-8": b"nodes=%ff%fe%c0%80",
    "raw bytes beyond ASCII": b"nodes=\xff\xc3\xa9",
    "a number of 4,000 digits": b"points=" + b"9" * 4000,
    "digits of another script": "points=٣".encode(),
    "a lone surrogate": b"nodes=%ed%a0%80",
    "an action without a verb": b"do=&do=:&do=@&do=@9:",
    "an unknown action": b"do=explode:ada",
    "101 actions": b"&".join([b"do=look_up:k"] * 101),
    "a server that is not there": b"do=remove:nobody",
    "a step far beyond": b"step=99999999999999999999",
    "a negative step": b"step=-1",
    "an input twice": b"keys=3&keys=4",
    "a form without fields": b"act=add",
    "a form for an unknown verb": b"act=explode&act.node=ada",
    "separators only": b"&&&===&;",
    "markup": b"nodes=%3Cscript%3Ealert(1)%3C/script%3E&do=look_up:%3Cimg%20src=x%20onerror=alert(1)%3E",
}  # fmt: skip


REFUSED = {"100 kB", "100 kB of names", "control characters", "a server that is not there", "101 actions"}


@pytest.mark.asvs("2.2.2")
@pytest.mark.parametrize("what", NONSENSE)
def test_nonsense_is_never_a_fault_of_ours(site, what):
    found = {view: status_of(site, view.encode() + b"?" + NONSENSE[what]) for view in VIEWS}
    usual = range(400, 500) if what in REFUSED else range(200, 500)
    assert {status for status in found.values() if status not in usual} == set(), found


@pytest.mark.parametrize("what", ["100 kB", "100 kB of names"])
@pytest.mark.parametrize("view", VIEWS)
def test_an_address_that_is_far_too_long_is_answered_with_a_sentence(site, view, what):
    answer = answer_to(site, view.encode() + b"?" + NONSENSE[what])
    assert answer.startswith(b"HTTP/1.1 422 ")
    assert re.search(rb"This address has \d+ characters after the .{3,16}; at most 4096 are read\.", answer)


NO_PATHS = ["%00", "%ff", "..%2f..%2fetc", "%zz", "a" * 3000]


@pytest.mark.asvs("5.3.2")
@pytest.mark.parametrize("path", [f"/{room}/{path}/" for room in ("playground", "lessons") for path in NO_PATHS])
def test_nonsense_in_the_path_is_not_found(site, path):
    assert status_of(site, path.encode()) in (400, 404)


def test_an_unknown_miniature_names_the_one_that_is_near(visit):
    page = visit("/playground/hash-rink/")
    expect(page.locator("main")).to_contain_text("hash-ring")


def test_an_unknown_lesson_is_said_to_be_none(visit):
    page = visit("/lessons/no-such-lesson/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_role("link", name="the lessons")).to_be_visible()


def test_a_value_out_of_range_is_told_beside_its_field_and_kept(visit):
    page = visit(f"{RING}?points=1000&keys=12")
    expect(page.locator("label:has([name=points]) .error")).to_contain_text("160")
    expect(page.locator(".inputs [name=points]")).to_have_value("1000")
    expect(page.locator(".inputs [name=keys]")).to_have_value("12")


def test_a_name_that_is_too_long_is_told_beside_its_field_and_kept(visit):
    name = "a" * 65
    page = visit(f"{RING}?nodes={name}")
    expect(page.locator("label:has([name=nodes]) .error")).to_be_visible()
    expect(page.locator(".inputs [name=nodes]")).to_have_value(name)


def test_a_rule_across_fields_is_told_beside_the_one_to_change(visit):
    page = visit(f"{RING}?nodes=ada*10+bob*10&points=160&placement=nginx")
    expect(page.locator("label:has([name=points]) .error")).to_contain_text("Lower it to 128")


def test_an_action_on_a_server_that_is_not_there_keeps_the_run_before_it(visit):
    page = visit(f"{RING}?do=remove:cleo&do=remove:nobody")
    expect(page.locator("main")).to_contain_text("There is no server nobody")
    expect(Player(page).element.locator(".done")).to_have_text("Remove a server: cleo")


@pytest.mark.asvs("1.2.1", "3.2.2")
def test_markup_in_a_query_stays_text(visit):
    page = visit(f"{RING}?do=look_up:{quote('<img src=x onerror=alert(1)>')}")
    assert page.locator("main img").count() == 0
    ring = Player(page)
    ring.press("last")
    assert page.locator("main img").count() == 0
    expect(ring.element.locator(".narration")).to_contain_text("<img")


def test_long_names_stay_inside_the_picture(visit):
    page = visit(f"{RING}?nodes=a-very-long-name+another-long-na+third-long-name-", width=390, height=844)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_what_is_too_long_is_refused_whole_and_stays_as_it_was_typed(visit):
    """232 characters where 160 may stand: nothing is cut, neither in the field nor on the way."""
    page = visit("/playground/git-objects/")
    git, text = Player(page), " ".join(f"src/module{number:02}.py=text{number:02}" for number in range(1, 10))
    assert len(text) > 160
    unfold(page, "setup")
    field = page.locator(".inputs input[name=files]")
    field.focus()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(text)
    expect(field).to_have_value(text)
    page.locator(".inputs").get_by_role("button", name="Run").click()
    expect(git.element.locator(".inputs .error")).to_be_visible()
    expect(page.locator(".inputs input[name=files]")).to_have_value(text)


@pytest.mark.parametrize("path", [RING, "/playground/totp/", "/lessons/", "/practise/hash-ring/how-many-move/?seed=1"])
def test_no_field_cuts_what_is_pasted_into_it(visit, path: str):
    assert visit(path).locator("[maxlength]").count() == 0


# Notes what a live region that was there from the beginning tells.
HEAR = """() => {
  window.heard = [];
  const region = document.querySelector("orrery-player .messages[role=status]");
  new MutationObserver(() => { if (region.isConnected) window.heard.push(region.textContent.trim()); })
    .observe(region, { childList: true, subtree: true, characterData: true });
  return region.checkVisibility();
}"""


@pytest.mark.parametrize(
    ("form", "name", "typed"), [(".inputs form", "points", "500"), ("form[data-verb=add_keys]", "act.count", "5000")]
)
@pytest.mark.parametrize("path", [RING, "/lessons/hash-ring/"])
def test_what_is_refused_is_heard_and_the_focus_is_on_what_is_wrong(visit, path: str, form: str, name: str, typed: str):
    page = visit(path)
    player = page.locator("orrery-player").first
    assert page.evaluate(HEAR)
    unfold(player, "setup" if name == "points" else "add_keys")
    wanted = player.locator(form).first
    field = wanted.locator(f"[name='{name}']")
    field.fill(typed)
    wanted.locator("button").first.click()
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_be_focused()
    sentence = wanted.locator(".error").inner_text()
    expect(field).to_have_accessible_description(sentence)
    assert sentence in page.evaluate("window.heard.at(-1)")
