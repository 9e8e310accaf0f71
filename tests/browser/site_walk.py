"""Every page of the site, found by following its links, each looked at once."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Literal
from urllib.parse import parse_qsl, urldefrag, urljoin, urlsplit

import axe_playwright_python
from django.urls import Resolver404, resolve
from playwright.sync_api import APIResponse, Page, expect

from playground.engine.query import RESERVED

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js")
WIDTHS = (1440, 820, 390)
NOWHERE = ("/there-is-nothing-here", "/playground/hash-rink/", "/lessons/hash-rink/", "/playground/hash-ring/?points=0")
"""Pages that say what is wrong: nothing links to them."""
WIDGET = "/embed/hash-ring/?do=remove:cleo&step=22"
UNLINKED = (
    "/playground/hash-ring/predict/who-answers/?nodes=dee+ada+eve+fay+hal+bob&points=2&keys=12&do=fail:ada&do=look_up:user:8",
    "/playground/hash-ring/predict/how-many-move/?do=remove:cleo&answer=19",
    WIDGET,
    "/oembed?url=/lessons/hash-ring/",
    "/embed/?url=/playground/totp/&theme=dark&hide=actions&hide=inputs&lock=inputs&step=3&from=2&to=9",
    "/lessons/?q=nginx",
    "/lessons/?q=passwrd",
    "/livez",
    "/readyz",
)  # fmt: skip
"""Pages to which the site has no plain link."""


class Links(HTMLParser):
    """What a page refers to: its links, and the files that it loads."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.files: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        elif tag in ("link", "use", "image") and "href" in given:
            self.files.append(given["href"])
        elif tag == "orrery-player":
            self.files.append(given["trace"])
        self.files += [given[name].split()[0] for name in ("src", "srcset") if given.get(name)]


def shape(address: str) -> tuple[str, frozenset[str]]:
    """Addresses of one shape differ in inputs and values only."""
    parts = urlsplit(address)
    return parts.path, RESERVED & {name for name, _ in parse_qsl(parts.query, keep_blank_values=True)}


def route(address: str) -> str:
    """The name of the view, or the path where none answers."""
    try:
        return resolve(urlsplit(address).path).view_name or urlsplit(address).path
    except Resolver404:
        return "nowhere"


def is_inside(address: str) -> bool:
    """Ours, and not the example of a mistake that the API's documentation links to."""
    parts = urlsplit(address)
    return not parts.netloc and parts.scheme in ("", "http") and "kyes" not in parts.query


def walk(page: Page) -> tuple[dict[str, APIResponse], dict[str, APIResponse]]:
    """Every page, one of each shape, and every file that they load; both with the server's answer."""
    pages: dict[str, APIResponse] = {}
    files: dict[str, APIResponse] = {}
    waiting = ["/", *UNLINKED, *NOWHERE]
    shapes = {shape(address) for address in waiting if address not in NOWHERE}
    while waiting:
        address = waiting.pop(0)
        response = page.request.get(address, max_redirects=3)
        if "content-disposition" in response.headers or response.headers["content-type"] == "image/png":
            files[address] = response  # to be kept, not shown in a window of its own
            continue
        pages[address] = response
        if "text/html" not in response.headers["content-type"]:
            continue
        found = Links()
        found.feed(response.text())
        for link in found.links:
            target = urldefrag(urljoin(address, link)).url
            if is_inside(target) and shape(target) not in shapes:
                shapes.add(shape(target))
                waiting.append(target)
        for file in found.files:
            if is_inside(file) and file not in files:
                files[file] = page.request.get(file)
    return pages, files


@dataclass
class Seen:
    """What was seen of one page in the browser."""

    address: str
    violations: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    too_wide: list[str] = field(default_factory=list)
    cookies: list[str] = field(default_factory=list)
    body: bool = False


RUN_AXE = """async () => {
  const found = await axe.run(document, { resultTypes: ["violations"] });
  const told = ({ target, any, all, none }) => `${target.join(" ")} ${[...any, ...all, ...none][0]?.message ?? ""}`;
  return found.violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.slice(0, 3).map(told).join(" | ")}`);
}"""
TOO_WIDE = """() => {
  const wide = document.documentElement.scrollWidth;
  if (wide <= innerWidth) return "";
  const beyond = [...document.querySelectorAll("body *")]
    .filter((element) => element.getBoundingClientRect().right > innerWidth + 0.5)
    .map((element) => `${element.localName}.${element.className}`);
  return `${wide} of ${innerWidth}: ${beyond.slice(0, 3).join(", ")}`;
}"""


def look_at(page: Page, address: str, *, fully: bool) -> Seen:
    """One page, loaded once: wide and light, narrow and dark; where `fully`, the other two as well."""
    seen = Seen(address)
    page.set_viewport_size({"width": WIDTHS[0], "height": 900})
    page.emulate_media(color_scheme="light")
    page.goto(address, wait_until="domcontentloaded")
    if page.evaluate("document.contentType") != "text/html":
        seen.body = True
        return seen
    page.wait_for_load_state("load")
    expect(page.locator("orrery-player:not([at])")).to_have_count(0)
    page.evaluate(AXE.read_text("utf-8"))
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 844})
        if wide := page.evaluate(TOO_WIDE):
            seen.too_wide.append(wide)
        for theme in themes(width, fully=fully):
            page.emulate_media(color_scheme=theme)
            where = f"{address} at {width}, {theme}"
            seen.violations += [f"{where}: {one}" for one in page.evaluate(RUN_AXE)]
    seen.refused = page.evaluate("window.refused")
    seen.cookies = [cookie["name"] for cookie in page.context.cookies()]
    source = page.request.get(address, max_redirects=3).text()
    seen.body = bool(re.search(r"<body\b", source))
    return seen


def themes(width: int, *, fully: bool) -> Iterator[Literal["light", "dark"]]:
    if width == 1440:
        yield from ("light", "dark") if fully else ("light",)
    elif width == 390:
        yield from ("dark", "light") if fully else ("dark",)
