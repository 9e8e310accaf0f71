"""A player on a page, as a reader meets it."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import FrameLocator, Locator, Page, expect

RING = "/playground/hash-ring/"


class Player:
    """One `<orrery-player>`; the first on the page, or the one asked for."""

    def __init__(self, page: Page, number: int = 0) -> None:
        self.page, self.number = page, number
        self.element = page.locator("orrery-player").nth(number)

    @property
    def step(self) -> int:
        return int(self.element.get_attribute("at") or self.element.get_attribute("step") or 0)

    @property
    def last(self) -> int:
        return int(self.element.locator(".slider").get_attribute("max") or 0)

    @property
    def narration(self) -> str:
        return self.element.locator("[data-slot=say]").inner_text()

    @property
    def picture(self) -> str:
        """The visible pictures as one text, attributes sorted: equal texts, equal pictures."""
        return str(self.element.evaluate(f"(player) => {{ {SPELL} return shown(player).map(spell).join('\\n'); }}"))

    @property
    def slider(self) -> Locator:
        return self.element.locator(".slider")

    def press(self, what: str) -> None:
        """A button of the transport: first, back, play, next, last."""
        self.element.locator(f"[data-go={what}]").click()

    def hurry(self) -> None:
        """The fastest speed, faster: a test has no time to watch."""
        fast = self.element.locator(".speed select")
        fast.select_option("8")

    def follow(self) -> None:
        """From now on note every step that is shown, however short: who looks now and then misses one."""
        self.element.evaluate("""(player) => {
          player.stepsSeen = [];
          new MutationObserver(() => { if (player.stepsSeen.at(-1) !== player.step) player.stepsSeen.push(player.step); }).observe(player, { attributeFilter: ["at"] });
        }""")

    def followed(self, count: int) -> list[int]:
        """The first steps since then, when there are so many."""
        found: list[int] = self.element.evaluate(UNTIL_FOLLOWED, count)
        return found

    def form(self, verb: str) -> Locator:
        """The form of a verb, in view: a verb that asks something is pressed first."""
        unfold(self.element, verb)
        return self.element.locator(f"form[data-verb={verb}]")

    @contextmanager
    def another_run(self) -> Iterator[None]:
        """What is done inside leads to another run; afterwards it is loaded and shown."""
        before = self.page.evaluate("window.runs")
        yield
        self.page.evaluate(UNTIL_LOADED, before)

    def resize(self, width: int, height: int) -> None:
        """Another screen; where it asks for the other layout, the run has been loaded for it."""
        before, layout = self.page.evaluate("window.runs"), self.element.evaluate("(player) => player.loaded")
        self.page.set_viewport_size({"width": width, "height": height})
        if self.element.evaluate("(player) => player.layout()") != layout:
            self.page.evaluate(UNTIL_LOADED, before)

    def remove(self, name: str) -> None:
        self.form("remove").locator("select").select_option(name)
        with self.another_run():
            self.form("remove").get_by_role("button").click()

    def add(self, name: str) -> None:
        self.form("add").locator("input[name='act.node']").fill(name)
        with self.another_run():
            self.form("add").get_by_role("button").click()

    def expect_step(self, step: int) -> None:
        expect(self.element).to_have_attribute("at", str(step))
        expect(self.element.locator(".narration")).to_contain_text(f"Step {step}.")
        expect(self.slider).to_have_value(str(step))


def unfold(where: Page | FrameLocator | Locator, name: str) -> None:
    """A part of the bench, or what a verb asks, is opened by its word, where it is not open."""
    word = where.locator(f"details[data-fold={name}]:not([open]) > summary").first
    if word.is_visible():
        word.click()


UNTIL_LOADED = """
(before) => new Promise((done, fail) => {
  setTimeout(() => fail(new Error("no other run was loaded within 5 s")), 5000);
  const look = () => (window.runs > before ? done() : setTimeout(look, 10));
  look();
})
"""

UNTIL_FOLLOWED = """
(player, count) => new Promise((done, fail) => {
  setTimeout(() => fail(new Error(`only these steps within 10 s: ${player.stepsSeen}`)), 10_000);
  const look = () => (player.stepsSeen.length >= count ? done(player.stepsSeen.slice(0, count)) : setTimeout(look, 10));
  look();
})
"""

SPELL = """
// What can be touched says so; the picture of a step does not.
const HANDS = ["data-hand", "data-drag", "data-turn", "data-named", "data-chosen", "role", "tabindex", "aria-haspopup", "aria-pressed", "aria-label"];
const shown = (player) => [...player.querySelectorAll("svg.picture")].filter((svg) => svg.getClientRects().length);
const spell = (element) => {
  const handed = element.hasAttribute("data-hand") ? HANDS : ["role"];
  const attributes = element.getAttributeNames().filter((name) => !handed.includes(name)).sort().map((name) => {
    let value = element.getAttribute(name);
    if (name === "class") value = value.split(" ").filter((one) => !["moving", "later"].includes(one)).join(" ");
    return ` ${name}="${value}"`;
  });
  const inside = element.children.length ? [...element.children].map(spell).join("\\n") : element.textContent;
  return `<${element.localName}${attributes.join("")}>${inside}</${element.localName}>`;
};
"""
"""JavaScript: the visible pictures of a player; an SVG element spelled with sorted attributes, but for its hands."""

FOREIGN = """() => [...document.querySelectorAll("svg *")]
  .filter((element) => element.namespaceURI !== "http://www.w3.org/2000/svg").length"""
"""JavaScript: how many elements of pictures are none of SVG's, and so draw nothing."""


def whole(page: Page) -> Page:
    """A tall picture of a phone, all of it."""
    button = page.get_by_role("button", name="Whole picture")
    if button.count():
        button.tap()
    return page
