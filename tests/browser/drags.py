"""A hand that drags in a picture: a mouse, or a finger on a screen."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import CDPSession, Locator, Page

from tests.browser.test_hands import box_of

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

    def rest(self) -> None:
        self.page.wait_for_timeout(PRESS)

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


@contextmanager
def dragged(page: Page, start: Point, *ways: Point, touch: bool = False) -> Iterator[Mouse | Finger]:
    """Pressed, and moved from place to place; let go when what is inside is done."""
    hand = (Finger if touch else Mouse)(page)
    hand.press(start)
    for to in ways:
        hand.move(to)
    yield hand
    hand.release()


def word(page: Page) -> Locator:
    """What letting go would do."""
    return page.locator(".drag p:not([hidden])")
