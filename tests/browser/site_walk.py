"""Every page of the site, found by following its links, and what is seen of those that are looked at.

All are asked for, and their answers judged. Of addresses that differ in actions and step alone, the plainest and
the fullest are looked at in the browser.
"""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from random import Random
from typing import Literal, NamedTuple
from urllib.parse import parse_qsl, urldefrag, urljoin, urlsplit

import axe_playwright_python
from django.urls import Resolver404, resolve
from playwright.sync_api import APIRequestContext, APIResponse, Page, expect

from config.serve.lanes import WRITES
from playground.engine.query import RESERVED
from playground.engine.registry import entries

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js")
WIDTHS = (1440, 820, 390, 360, 320, 280)
NOWHERE = ("/there-is-nothing-here", "/playground/hash-rink/", "/lessons/hash-rink/", "/playground/hash-ring/?points=0")
"""Pages that say what is wrong: nothing links to them."""
WIDGET = "/embed/hash-ring/?do=remove:cleo&step=22"
UNLINKED = (
    "/playground/hash-ring/predict/who-answers/?nodes=dee+ada+eve+fay+hal+bob&points=2&keys=12&do=fail:ada&do=look_up:user:8",
    "/playground/hash-ring/predict/how-many-move/?do=remove:cleo&answer=15",
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
    """Ours and public, and not the example of a mistake that the API's documentation links to.

    Pages for one reader set cookies and are kept by nobody: test_people.py and test_quiz.py look at those.
    """
    parts = urlsplit(address)
    ours = not parts.netloc and parts.scheme in ("", "http")
    return ours and not parts.path.startswith(WRITES) and "kyes" not in parts.query


def walk(request: APIRequestContext) -> tuple[dict[str, APIResponse], dict[str, APIResponse]]:
    """Every page and every file that they load, one of each shape; both with the server's answer."""
    pages: dict[str, APIResponse] = {}
    files: dict[str, APIResponse] = {}
    waiting = ["/", *UNLINKED, *NOWHERE]
    shapes = {shape(address) for address in waiting if address not in NOWHERE}
    while waiting:
        address = waiting.pop(0)
        response = request.get(address, max_redirects=3)
        if "content-disposition" in response.headers or response.headers["content-type"] == "image/png":
            files[address] = response  # to be kept, not shown in a window of its own
            continue
        pages[address] = response
        if not is_page(response):
            continue
        found = Links()
        found.feed(response.text())
        for link in found.links:
            target = urldefrag(urljoin(address, link)).url
            if is_inside(target) and shape(target) not in shapes:
                shapes.add(shape(target))
                waiting.append(target)
        for file in found.files:
            if is_inside(file) and shape(file) not in shapes:
                shapes.add(shape(file))
                files[file] = request.get(file)
    return pages, files


def is_page(answer: APIResponse) -> bool:
    """A page in HTML; all else has nothing to look at."""
    return "text/html" in answer.headers["content-type"]


def subject(address: str) -> str:
    """The miniature that a page is about; empty for the others."""
    words = re.split(r"[/.?=]", address)
    return next((slug for slug in entries() if slug in words), "")


Screen = tuple[int, Literal["light", "dark"]]
LIGHT: Screen = (1440, "light")
DARK: Screen = (390, "dark")
ALL: tuple[Screen, ...] = (LIGHT, (1440, "dark"), DARK, (390, "light"))


class Look(NamedTuple):
    """A page to look at: on which screens; and whether the players in it too, which have pages of their own."""

    address: str
    screens: tuple[Screen, ...]
    players: bool


def looks(pages: dict[str, APIResponse]) -> list[Look]:
    """What is looked at: the first page of each route on all screens; of each other path the plainest address
    wide and light, the fullest (with actions, a step, another run) narrow and dark. A model's plainest page is
    left to those who measure its pictures on it (test_geometry.py)."""
    paths: dict[str, list[str]] = {}
    for address, answer in pages.items():
        if is_page(answer):
            paths.setdefault(urlsplit(address).path, []).append(address)
    found: list[Look] = []
    routes: set[str] = set()
    for addresses in paths.values():
        plainest, *_, fullest = sorted([*addresses, *addresses], key=lambda address: len(shape(address)[1]))
        name = route(plainest)
        if name == "playground:run":
            found.append(Look(fullest, (DARK,), players=True))
        elif name not in routes:
            found.append(Look(plainest, ALL, players=True))
        elif plainest == fullest:
            found.append(Look(plainest, (LIGHT, DARK), players=not name.startswith("lessons:")))
        else:
            found += [Look(plainest, (LIGHT,), players=True), Look(fullest, (DARK,), players=True)]
        routes.add(name)
    return found


def some_of(looks: list[Look], draw: Random) -> list[Look]:
    """Of the looks at a miniature that is tested by a sample: its lesson and its run, each on one screen."""
    kept = [one for one in looks if route(one.address) in ("lessons:lesson", "playground:run")]
    return [one._replace(screens=(draw.choice(ALL),)) for one in kept]


@dataclass
class Seen:
    """What was seen of one page in the browser."""

    address: str
    violations: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    too_wide: list[str] = field(default_factory=list)
    cookies: list[str] = field(default_factory=list)


# Nothing here is heard or turned round, so no style sheet or sound needs to be loaded for it.
RUN_AXE = """async () => {
  const found = await axe.run(document, { resultTypes: ["violations"], preload: false });
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


# What axe is told to leave out takes it as long as what it looks at.
REMOVE = """() => { for (const player of document.querySelectorAll("orrery-player")) player.remove(); }"""


def too_wide(page: Page) -> list[str]:
    """What reaches beyond the screen, at each width."""
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 844})
        if wide := page.evaluate(TOO_WIDE):
            found.append(wide)
    return found


def axe(page: Page, width: int, theme: Literal["light", "dark"]) -> list[str]:
    """What axe finds on the page in view."""
    page.set_viewport_size({"width": width, "height": 844})
    page.emulate_media(color_scheme=theme)
    violations: list[str] = page.evaluate(RUN_AXE)
    return [f"{page.url} at {width}, {theme}: {one}" for one in violations]


def look_at(page: Page, look: Look) -> Seen:
    """One page, loaded once, on each of its screens. Players that are not looked at are gone when axe comes."""
    address, screens, players = look
    seen = Seen(address)
    page.set_viewport_size({"width": screens[0][0], "height": 900})
    page.emulate_media(color_scheme=screens[0][1])
    page.goto(address)
    expect(page.locator("orrery-player:not([at])")).to_have_count(0)
    page.evaluate(AXE.read_text("utf-8"))
    if not players:
        seen.too_wide = too_wide(page)
        page.evaluate(REMOVE)
    for width, theme in screens:
        seen.violations += axe(page, width, theme)
    if players:
        seen.too_wide = too_wide(page)
    seen.refused = page.evaluate("window.refused")
    seen.cookies = [cookie["name"] for cookie in page.context.cookies()]
    return seen
