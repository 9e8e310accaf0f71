"""A widget in other people's pages, from another origin: every host that it must survive."""

import json
import re

import nh3
import pytest
from playwright.sync_api import FrameLocator, Page, Request, expect

from tests.bench.pages import ask
from tests.bench.sizes import widget_files
from tests.browser.hosts import RING
from tests.browser.player import unfold
from tests.tiers import operated

pytestmark = pytest.mark.browser

BUDGET = 28 * 1024


def operate(frame: FrameLocator) -> None:
    """Step, and act: the widget answers in place."""
    expect(frame.locator("orrery-player[at]")).to_have_count(1)
    expect(frame.locator(".narration")).to_contain_text("cleo leaves the ring")
    frame.get_by_role("link", name="Next step").click()
    expect(frame.locator(".narration")).to_contain_text("Step 23.")
    frame.locator("summary", has_text="Act on it").click()
    unfold(frame, "add")
    frame.locator("form[data-verb=add] button").click()
    # It plays to where the act has led, and rests there: after the 30 steps of the run before.
    expect(frame.locator(".slider")).not_to_have_attribute("max", "30")
    last = frame.locator(".slider").get_attribute("max") or ""
    expect(frame.locator("orrery-player")).to_have_attribute("at", last, timeout=8000)
    expect(frame.locator(".narration")).to_contain_text("keys moved")
    frame.locator(".stage").focus()
    frame.locator(".stage").press("ArrowLeft")
    expect(frame.locator(".narration")).not_to_contain_text("keys moved")


def test_in_a_bare_page(guest):
    page = guest.read(guest.frame())
    operate(page.frame_locator("iframe"))
    assert guest.context.cookies() == []


def test_where_frames_are_limited_to_our_origin(guest, site):
    page = guest.read(guest.frame(), Content_Security_Policy=f"frame-src {site.origin}")
    operate(page.frame_locator("iframe"))


def test_in_the_sandbox_of_wordpress(guest):
    page = guest.read(guest.frame(f"{RING}#?secret=abc123", 'sandbox="allow-scripts" security="restricted"'))
    operate(page.frame_locator("iframe"))
    heights = page.evaluate("told.filter((one) => one.message === 'height').map((one) => [one.secret, one.value])")
    assert heights
    assert all(secret == "abc123" and 200 < value < 1000 for secret, value in heights[:1])


ISOLATED = {"Cross_Origin_Embedder_Policy": "require-corp", "Cross_Origin_Opener_Policy": "same-origin"}


@pytest.mark.parametrize("sandbox", ["", 'sandbox="allow-scripts"'])
def test_in_a_page_that_asks_everything_in_it_for_leave(guest, site, sandbox):
    """Such a page (it has to be one for shared memory) shows a picture of ours and a widget, also in a sandbox."""
    picture = f'<img src="{site.origin}/playground/hash-ring.png?step=22&amp;do=remove:cleo">'
    page = guest.read(guest.frame(more=sandbox) + picture, **ISOLATED)
    operate(page.frame_locator("iframe"))
    assert page.locator("img").evaluate("(img) => img.decode().then(() => img.naturalWidth)") > 100
    assert page.evaluate("crossOriginIsolated")


def test_in_a_column_of_320_pixels(guest):
    page = guest.read(f'<div style="width:320px">{guest.frame(more="style=width:100%")}</div>', width=390)
    frame = page.frame_locator("iframe")
    operate(frame)
    assert frame.locator("html").evaluate("(html) => html.scrollWidth <= html.clientWidth")


def test_three_on_one_page_do_not_disturb_each_other(guest):
    page = guest.read(guest.frame() + guest.frame("totp/") + guest.frame("hash-ring/"))
    operate(page.frame_locator("iframe").nth(0))
    for place in (1, 2):
        expect(page.frame_locator("iframe").nth(place).locator(".narration")).to_contain_text("Step 0.")


def test_without_javascript_inside_the_frame(guest):
    page = guest.read(guest.frame(), javascript=False)
    frame = page.frame_locator("iframe")
    frame.get_by_role("link", name="Next step").click()
    expect(frame.locator(".narration")).to_contain_text("Step 23.")
    frame.locator("summary", has_text="Act on it").click()
    unfold(frame, "add")
    frame.locator("form[data-verb=add] button").click()
    expect(frame.locator(".narration")).to_contain_text("keys moved")
    assert "/embed/hash-ring/" in page.frames[1].url


def test_it_takes_no_focus_scrolls_nothing_and_never_plays_by_itself(guest):
    page = guest.read('<p style="height:1500px"></p>' + guest.frame())
    frame = page.frame_locator("iframe")
    expect(frame.locator("orrery-player[at]")).to_have_count(1)
    page.wait_for_timeout(600)
    assert page.evaluate("[scrollY, document.activeElement.localName]") == [0, "body"]
    expect(frame.locator(".narration")).to_contain_text("Step 22.")


def test_its_height_is_told_and_does_not_jump(guest):
    page = guest.read(guest.frame())
    expect(page.frame_locator("iframe").locator("orrery-player[at]")).to_have_count(1)
    page.wait_for_timeout(400)
    ours = page.evaluate("told.filter((one) => one.orrery === 'height').map((one) => one.height)")
    platforms = page.evaluate("told.filter((one) => one.subject === 'lti.frameResize').map((one) => one.height)")
    assert ours == platforms
    assert 1 <= len(ours) <= 2
    assert 300 < ours[-1] < 900


@pytest.mark.parametrize("slug", operated())
def test_the_first_view_is_four_requests_and_28_kb(browser, site, slug):
    """Everything that travels, compressed by gzip, headers left out; it is what the bench counts. Where things move in
    the picture, one request more."""
    page = browser.new_page(viewport={"width": 720, "height": 640})
    asked: list[str] = []

    def note(request: Request) -> None:
        if request.url.startswith("http"):
            asked.append(request.url)

    page.on("request", note)
    page.goto(f"{site.origin}/embed/{slug}/")
    expect(page.locator("orrery-player[at]")).to_have_count(1)
    page.close()
    moving = any("embed-pulse" in address for address in asked)
    assert len(asked) <= 4 + moving, asked
    assert {one.partition("?")[0] for one in asked} == {
        one.partition("?")[0] for one in widget_files(site.origin, slug)
    }
    sizes = {address: len(ask(address, "gzip").body) for address in asked}
    assert sum(sizes.values()) <= BUDGET, sizes


def test_options_are_parts_of_the_address(guest):
    page = guest.read(guest.frame(f"{RING}&theme=dark&hide=inputs&lock=inputs"))
    frame = page.frame_locator("iframe")
    assert frame.locator("html").evaluate("(html) => getComputedStyle(html).backgroundColor") == "rgb(19, 27, 42)"
    frame.locator("summary", has_text="Act on it").click()
    expect(frame.get_by_text("Set it up")).to_have_count(0)
    unfold(frame, "add")
    frame.locator("form[data-verb=add] button").click()
    expect(frame.locator(".narration")).to_contain_text("keys moved")
    assert frame.locator("html").get_attribute("data-theme") == "dark"


@pytest.mark.parametrize(("path", "status", "words"), [
    ("no-such-model/", 404, "This model is not here."),
    ("hash-ring/?points=999", 422, "999 is out of range"),
])  # fmt: skip
def test_a_mistake_is_a_small_readable_page(guest, path, status, words):
    page = guest.read(guest.frame(path))
    frame = page.frame_locator("iframe")
    expect(frame.locator("body")).to_contain_text(words)
    expect(frame.locator("a[target=_blank]:visible").first).to_be_visible()
    assert page.request.get(f"{guest.site.origin}/embed/{path}").status == status


def test_oembed_gives_the_widget_of_a_run_and_of_a_lesson(browser, site):
    page = browser.new_page()
    for url in (f"{site.origin}/playground/{RING}", f"{site.origin}/lessons/hash-ring/"):
        told = json.loads(page.request.get(f"{site.origin}/oembed", params={"url": url}).text())
        assert (told["version"], told["type"]) == ("1.0", "rich")
        (address, *_) = re.findall(r'src="([^"]+)"', told["html"].replace("&amp;", "&"))
        answer = page.request.get(address)
        assert answer.status == 200
        assert "frame-ancestors *" in answer.headers["content-security-policy"]
        link = r'<link rel="alternate" type="application/json\+oembed" href="([^"]+)"'
        (found,) = re.findall(link, page.request.get(url).text().replace("&amp;", "&"))
        assert found.startswith(f"{site.origin}/oembed?url="), "not every host resolves it"
        assert json.loads(page.request.get(found).text()) == told
    for wrong in (
        "https://example.org/",
        f"{site.origin}/api/v1/docs",
        f"{site.origin}/nothing",
        "not an address",
        "http://[",
        "//[::1",
        "",
    ):
        assert page.request.get(f"{site.origin}/oembed", params={"url": wrong}).status == 404
    assert page.request.get(f"{site.origin}/oembed", params={"url": site.origin, "format": "yaml"}).status == 501
    page.close()


@pytest.mark.asvs("3.4.6")
def test_only_the_widget_may_be_framed(browser, site):
    page = browser.new_page()
    for path in ("/", "/playground/hash-ring/", "/lessons/hash-ring/"):
        assert "frame-ancestors 'none'" in page.request.get(site.origin + path).headers["content-security-policy"]
    widget = page.request.get(f"{site.origin}/embed/hash-ring/")
    assert "x-frame-options" not in widget.headers
    assert widget.headers["access-control-allow-origin"] == "*"
    assert page.request.post(f"{site.origin}/embed/hash-ring/").status in (403, 405)
    page.close()


SANDBOX = 'sandbox="allow-scripts" security="restricted"'
"""How WordPress frames what it does not know."""


def heights_told(page: Page) -> int:
    return int(page.evaluate("told.filter((one) => one.message === 'height').length"))


def test_wordpress_is_told_the_height_at_once_also_where_nothing_of_the_frame_shows_and_again_when_it_asks(guest):
    page = guest.read(
        guest.frame(f"{RING}#?secret=abc123", f'{SANDBOX} style="position: absolute; visibility: hidden"')
    )
    expect(page.frame_locator("iframe").locator("[data-go=next]")).to_have_count(1)
    page.wait_for_function("told.some((one) => one.message === 'height' && one.value > 200)")
    before = heights_told(page)
    page.evaluate(
        "document.querySelector('iframe').contentWindow.postMessage({ message: 'ready', secret: 'abc123' }, '*')"
    )
    page.wait_for_function(f"told.filter((one) => one.message === 'height').length > {before}")


def test_in_wordpress_a_link_is_followed_by_the_page(guest):
    page = guest.read(guest.frame(f"{RING}#?secret=abc123", SANDBOX))
    link = page.frame_locator("iframe").locator("a[data-slot=own]")
    link.click()
    page.wait_for_function("told.some((one) => one.message === 'link')")
    (asked,) = page.evaluate("told.filter((one) => one.message === 'link')")
    assert asked == {"message": "link", "value": link.evaluate("(one) => one.href"), "secret": "abc123"}


def test_a_page_that_listens_late_asks_and_gets_the_height(guest):
    """The line for the height stands after a script that keeps the page busy: the widget has spoken by then."""
    page = guest.read(guest.frame(RING))
    expect(page.frame_locator("iframe").locator("[data-go=next]")).to_be_visible()
    page.wait_for_function("told.some((one) => one.orrery === 'height')")
    page.add_script_tag(url=f"{guest.site.origin}/static/js/height.js")
    expect(page.locator("iframe")).to_have_attribute("style", re.compile(r"height: \d+px"))


@pytest.mark.parametrize("slug", operated())
def test_at_the_snippets_own_height_picture_sentence_and_buttons_are_in_view_whatever_the_width(browser, site, slug):
    """Without a script on the host’s page, and without one in the widget."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    for width in (280, 358, 500, 650, 720):
        page.set_viewport_size({"width": width, "height": 640})
        page.goto(f"{site.origin}/embed/{slug}/?step=last")
        for part in (".picture:visible", ".narration", ".transport"):
            box = page.locator(part).first.bounding_box()
            assert box
            # In the narrowest frame the foot of a tall picture is scrolled to, and its text stays readable.
            scrolled = width < 328 and part.startswith(".picture")
            assert 0 <= box["y"] <= box["y"] + (0 if scrolled else box["height"]) <= 640, (
                f"{slug} at {width}: {part} is {box}"
            )
    context.close()


SMALLEST = """() => {
  const svg = [...document.querySelectorAll(".frame > .stage > .picture")].find((one) => one.clientHeight);
  const scale = svg.getScreenCTM().a;
  return Math.min(...[...svg.querySelectorAll("text")].map((one) => parseFloat(getComputedStyle(one).fontSize) * scale));
}"""


@pytest.mark.parametrize("slug", operated())
@pytest.mark.parametrize("width", [280, 320, 330, 359])
def test_at_the_snippets_own_height_no_text_is_smaller_than_nine_pixels(browser, site, slug, width):
    page = browser.new_page(viewport={"width": width, "height": 640})
    page.goto(f"{site.origin}/embed/{slug}/?step=last")
    expect(page.locator("orrery-player[at]")).to_have_count(1)
    assert page.evaluate(SMALLEST) >= 9
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.close()


def test_the_snippets_frame_stays_in_the_middle_and_its_sentence_survives_where_frames_do_not(guest):
    code = guest.snippet(RING)
    page = guest.read(f'<div style="width:900px">{code}</div>', width=1000)
    box = page.locator("iframe").bounding_box()
    assert box
    assert (box["width"], box["height"]) == (720, 640)
    assert abs(box["x"] - page.locator("div").first.bounding_box()["x"] - 90) < 2
    for left in (nh3.clean(code), re.sub(r"<iframe.*?</iframe>", "", code)):
        assert re.search(r'<a href="[^"]+/playground/hash-ring/[^"]*"[^>]*><img [^>]+>The hash ring: a working', left)
        assert "iframe" not in left
