"""Orrery in a real WordPress: an address in a post becomes a widget, and pasted code is shown as it was meant."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, FrameLocator, Locator, Page, expect

from tests.browser.server import Site
from tests.browser.snippet import PAGE, height_line, snippet
from tests.real import wordpress
from tests.real.wordpress import WordPress

pytestmark = pytest.mark.browser

MOST = 1000
"""No frame of a stranger is higher in WordPress."""
WIDTHS = (390, 1200)
THEMES = ("twentytwentyone", "twentytwentythree")
"""One of each kind: of PHP with a script that sizes frames, and of blocks."""
ADDRESSES = {
    "a lesson": "/lessons/hash-ring/",
    "a run with inputs": f"{PAGE}&points=4",
    "a widget with options": "/embed/hash-ring/?do=remove:cleo&step=22&theme=dark&hide=source",
    "no last slash": "/lessons/hash-ring",
}
PARAGRAPH = "<!-- wp:paragraph -->\n<p>{}</p>\n<!-- /wp:paragraph -->"
EMBED = """\
<!-- wp:embed {{"url":"{0}","type":"rich"}} -->
<figure class="wp-block-embed is-type-rich"><div class="wp-block-embed__wrapper">
{0}
</div></figure>
<!-- /wp:embed -->"""
LINES = "Before.\n\n{}\n\nAfter."
"""A post without blocks, as the classic editor saves it."""
LISTEN = "window.told = []; addEventListener('message', (event) => told.push(event.data));"


def post(*blocks: str) -> str:
    """A post as the editor saves it, with a line before and one after."""
    return "\n\n".join([PARAGRAPH.format("Before."), *blocks, PARAGRAPH.format("After.")])


def html_block(code: str) -> str:
    return f"<!-- wp:html -->\n{code}\n<!-- /wp:html -->"


class Blog:
    """A WordPress with posts about Orrery, and a reader of it."""

    def __init__(self, host: WordPress, site: Site, browser: Browser) -> None:
        self.host, self.site, self.browser = host, site, browser
        self.theme = ""
        self.posts: dict[tuple[str, str], str] = {}
        self.complaints: list[str] = []

    def read(
        self, content: str, *, width: int = 1200, theme: str = THEMES[1], author: str = "admin", javascript: bool = True
    ) -> Page:
        """The page of a post."""
        if theme != self.theme:
            self.host.wear(theme)
            self.theme = theme
        if (content, author) not in self.posts:
            self.posts[content, author] = self.host.write(content, author)
        page = self.browser.new_page(viewport={"width": width, "height": 900}, java_script_enabled=javascript)
        page.set_default_timeout(10_000)
        page.add_init_script(LISTEN)
        page.on("console", lambda said: self.note(said.type, said.text))
        page.on("pageerror", lambda error: self.note("error", str(error)))
        page.goto(self.posts[content, author])
        return page

    def note(self, kind: str, text: str) -> None:
        if kind in ("error", "warning") and "favicon" not in text:
            self.complaints.append(text)


@pytest.fixture(scope="module")
def blog_(browser: Browser, site: Site) -> Iterator[Blog]:
    with wordpress.serving(urlsplit(site.origin).port or 80, *THEMES) as host:
        yield Blog(host, site, browser)


@pytest.fixture
def blog(blog_: Blog) -> Iterator[Blog]:
    """At the end no page may have complained."""
    yield blog_
    complaints = list(blog_.complaints)
    blog_.complaints.clear()
    for context in blog_.browser.contexts:
        if any(page.url.startswith(blog_.host.origin) for page in context.pages):
            context.close()
    assert complaints == []


def ready(page: Page) -> tuple[Locator, FrameLocator]:
    """The frame in the page, and the widget in it."""
    frame = page.locator("iframe")
    frame.scroll_into_view_if_needed()
    widget = page.frame_locator("iframe")
    expect(widget.locator("orrery-player[at]")).to_have_count(1)
    return frame, widget


def whole(page: Page) -> None:
    """The frame is as high as the widget says, which is all of it: nothing scrolls in it, and the page not sideways."""
    frame, widget = ready(page)
    for _ in range(50):
        said = page.evaluate("told.filter((one) => one.orrery === 'height').at(-1)?.height")
        shown = frame.evaluate("(frame) => frame.clientHeight")
        inside = widget.locator("html").evaluate("(html) => [html.scrollHeight, html.scrollWidth - html.clientWidth]")
        if shown == said and inside == [shown, 0]:
            break
        page.wait_for_timeout(100)
    assert (shown, inside) == (said, [said, 0])
    assert said <= MOST
    fits(page)


def fits(page: Page) -> None:
    box = page.locator("iframe").bounding_box()
    assert box
    assert 0 <= box["x"] < box["x"] + box["width"] <= page.evaluate("document.documentElement.clientWidth"), box


def steps(widget: FrameLocator) -> None:
    before = int(widget.locator("orrery-player").get_attribute("at") or "")
    widget.locator("[data-go=next]").click()
    expect(widget.locator(".narration")).to_contain_text(f"Step {before + 1}.")


# ------------------------------------------------------- an address alone


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_on_its_own_line_is_a_whole_widget_that_steps(blog, address, width):
    page = blog.read(LINES.format(f"{blog.site.origin}{ADDRESSES[address]}"), width=width)
    whole(page)
    steps(ready(page)[1])


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("form", [LINES, post(EMBED)], ids=["alone", "in the block for it"])
def test_it_is_so_in_every_theme(blog, form, theme, width):
    page = blog.read(form.format(f"{blog.site.origin}/lessons/hash-ring/"), width=width, theme=theme)
    whole(page)
    steps(ready(page)[1])


def test_a_widget_keeps_the_options_of_its_address(blog):
    page = blog.read(f"{blog.site.origin}{ADDRESSES['a widget with options']}")
    _, widget = ready(page)
    expect(widget.locator("html")).to_have_attribute("data-theme", "dark")
    expect(widget.get_by_text("The code that runs")).to_have_count(0)
    expect(widget.locator(".narration")).to_contain_text("Step 22.")


def test_the_frame_has_no_border(blog):
    frame, _ = ready(blog.read(f"{blog.site.origin}/lessons/hash-ring/"))
    expect(frame).to_have_css("border-top-width", "0px")


def test_where_the_page_runs_no_script_a_sentence_with_a_link_is_there_and_else_it_is_not(blog):
    content = LINES.format(f"{blog.site.origin}{PAGE}")
    sentence = blog.read(content, javascript=False).get_by_text("The hash ring: a working model on Orrery")
    expect(sentence).to_be_visible()
    expect(sentence.get_by_role("link")).to_have_attribute("href", f"{blog.site.origin}{PAGE}")
    page = blog.read(content)
    whole(page)
    expect(page.get_by_text("The hash ring: a working model on Orrery")).to_be_hidden()


def test_its_link_leads_to_orrery(blog):
    page = blog.read(f"{blog.site.origin}{PAGE}")
    _, widget = ready(page)
    widget.locator("a[data-slot=own]").click()
    page.wait_for_url(f"{blog.site.origin}/playground/hash-ring/**")
    expect(page.locator(".narration")).to_contain_text("Step 22.")


# ----------------------------------------------------------- pasted code


def test_of_what_an_author_pastes_who_may_not_write_every_html_a_picture_and_a_link_are_left(blog):
    page = blog.read(html_block(snippet(blog.site)), author="anna")
    expect(page.locator("iframe")).to_have_count(0)
    link = page.get_by_role("link", name="The hash ring: a working model")
    expect(link).to_have_attribute("href", f"{blog.site.origin}{PAGE}")
    assert link.locator("img").evaluate("(img) => img.decode().then(() => img.naturalWidth)") > 0


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("theme", THEMES)
def test_what_an_administrator_pastes_is_in_the_middle_with_picture_sentence_and_buttons_in_view(blog, theme, width):
    page = blog.read(post(html_block(snippet(blog.site))), theme=theme, width=width)
    frame, widget = ready(page)
    in_the_middle(page)
    high = frame.evaluate("(frame) => frame.clientHeight")
    for part in (".picture:visible", ".narration", ".transport"):
        top, bottom = widget.locator(part).evaluate(
            "(part) => { const box = part.getBoundingClientRect(); return [box.top, box.bottom]; }"
        )
        assert 0 <= top < bottom <= high, part
    steps(widget)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("theme", THEMES)
def test_with_the_line_for_the_height_all_of_it_is_shown(blog, theme, width):
    page = blog.read(post(html_block(snippet(blog.site) + height_line(blog.site))), theme=theme, width=width)
    whole(page)
    in_the_middle(page)
    steps(ready(page)[1])


def in_the_middle(page: Page) -> None:
    box = page.locator("iframe").bounding_box()
    assert box
    assert abs(box["x"] + box["width"] / 2 - page.evaluate("document.documentElement.clientWidth") / 2) <= 1, box
    fits(page)
