"""What others make of our addresses and of the code that we give: libraries that embed, that clean, that compile."""

import re
from html import unescape
from urllib.parse import parse_qsl, urlsplit

import bleach
import micawber
import pytest
from playwright.sync_api import Browser
from wagtail.embeds.finders.oembed import OEmbedFinder

from tests.browser.server import Site
from tests.browser.snippet import PAGE, snippet
from tests.real import npm

pytestmark = pytest.mark.browser

RUN = "/playground/hash-ring/?do=remove:cleo&step=22&points=4"
WIDGET = "/embed/hash-ring/?do=remove:cleo&step=22&theme=dark&hide=source"
LINK = re.compile(r'<a href="([^"]+)"[^>]*>(?:<img [^>]+>)?\s*The hash ring: a working model</a> on Orrery')


@pytest.fixture(scope="module")
def providers(site: Site) -> micawber.ProviderRegistry:
    """The list of somebody who embeds from Orrery."""
    known = micawber.ProviderRegistry()
    known.register(rf"{re.escape(site.origin)}/\S+", micawber.Provider(f"{site.origin}/oembed"))
    return known


@pytest.fixture(scope="module")
def code(site: Site) -> str:
    return snippet(site)


def source(html: str) -> tuple[str, set[tuple[str, str]]]:
    """Path and query of the one frame."""
    (found,) = re.findall(r'<iframe [^>]*src="([^"]+)"', html)
    parts = urlsplit(unescape(found))
    return parts.path, set(parse_qsl(parts.query))


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("/lessons/hash-ring/", {("do", "remove:cleo"), ("step", "21")}),
        (RUN, {("do", "remove:cleo"), ("step", "22"), ("points", "4")}),
        (WIDGET, {("do", "remove:cleo"), ("step", "22"), ("theme", "dark"), ("hide", "source")}),
        ("/playground/hash-ring", set()),
    ],
    ids=["a lesson", "a run with inputs", "a widget with options", "no last slash"],
)
def test_micawber_puts_a_widget_where_an_address_stands(providers, site, path, shown):
    html = providers.parse_html(f"<p>{site.origin}{path.replace('&', '&amp;')}</p>")
    assert source(html) == ("/embed/hash-ring/", shown)
    assert LINK.search(html)


@pytest.mark.parametrize("path", ["/lessons/hash-ring/", RUN, WIDGET])
def test_micawber_is_given_no_more_than_it_has_room_for(providers, browser: Browser, site, path):
    found = providers.request(f"{site.origin}{path}", maxwidth=400, maxheight=500)
    assert (found["width"], found["height"]) == (400, 500)
    page = browser.new_page(viewport={"width": 1000, "height": 900})
    page.set_content(found["html"])
    box = page.locator("iframe").bounding_box()
    page.close()
    assert box
    assert (box["width"] <= 400, box["height"] <= 500) == (True, True), box


@pytest.mark.parametrize("path", ["/lessons/hash-ring/", RUN, WIDGET])
def test_wagtail_finds_a_widget_and_is_given_no_more_than_it_has_room_for(site, path):
    """Its finder, with Orrery among the sites that it knows, as a site's settings name one."""
    known = {"endpoint": f"{site.origin}/oembed", "urls": [rf"^{re.escape(site.origin)}/.+$"]}
    found = OEmbedFinder(providers=[known]).find_embed(f"{site.origin}{path}", max_width=500)
    assert source(found["html"])[0] == "/embed/hash-ring/"
    assert (found["type"], found["width"], found["title"]) == ("rich", 500, "The hash ring")
    assert (found["provider_name"], found["height"]) == ("Orrery", 640)


def test_bleach_leaves_a_link_and_a_sentence(code, site):
    (link,) = LINK.findall(bleach.clean(code, strip=True))
    assert unescape(link) == f"{site.origin}{PAGE}"


def test_dompurify_leaves_a_link_with_its_picture_and_a_sentence(browser: Browser, code, site):
    page = browser.new_page()
    page.add_script_tag(path=npm.package("dompurify") / "dist/purify.min.js")
    left = page.evaluate("(code) => DOMPurify.sanitize(code)", code)
    page.close()
    (link,) = LINK.findall(left)
    assert unescape(link) == f"{site.origin}{PAGE}"
    assert "<img " in left
    assert "iframe" not in left


def test_mdx_compiles_its_form_and_react_shows_it(site):
    npm.package("@mdx-js/mdx")
    html = npm.told("mdx.mjs", f"# A page\n\nBefore.\n\n{snippet(site, 'mdx')}\n\nAfter.\n")
    assert source(html) == ("/embed/hash-ring/", {("do", "remove:cleo"), ("step", "22")})
    assert LINK.search(html)
    assert html.endswith("<p>After.</p>")
