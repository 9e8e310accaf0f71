"""The balancer of a topology: who was compared, by which number, and who was chosen."""

from __future__ import annotations

from functools import lru_cache

from playground.scenes.marks import BOX, CHANGED, EDGE, TOKEN, WIDE, Sheet, number
from playground.scenes.names import escaped
from playground.scenes.shapes import head, initials
from playground.scenes.topology.layout import ROOMY
from playground.scenes.topology.parts import seen_of
from playground.scenes.topology.value import Machine, Topology
from playground.scenes.type import end_cut, width

LEFT, RIGHT = 106.0, 310.0
"""The sides of the wide box: five ranges of two digits stand beside each other."""
MIDDLE = (LEFT + RIGHT) / 2


class Decider:
    """The balancer: its rule, and the servers with the numbers that it compared, in one line or two."""

    def __init__(self, scene: Topology, sheet: Sheet, places: int) -> None:
        self.scene, self.sheet = scene, sheet
        # Two lines are as long as each other: seven stand as four and three.
        self.columns, self.lines = (places, 1) if places <= ROOMY else (-(-places // 2), 2)
        self.wide = sheet.layout == WIDE
        self.letters = initials(tuple(one.name for one in scene.servers))

    def paint(self) -> None:
        sheet, scene = self.sheet, self.scene
        sheet.take(balancer(sheet.layout, sheet.height, self.lines, scene.title, scene.rule))
        if self.wide:
            step = {5: 40.0, 4: 46.0}.get(self.columns, 52.0)
            first, y = MIDDLE - step * (self.columns - 1) / 2, sheet.height / 2 + 31 - 21 * self.lines
        else:
            step, y = (65.0 if self.columns == ROOMY else 300 / self.columns), 48.0
            first = 32.0 if self.columns == ROOMY else 14 + step / 2
        compared = dict(scene.compared)
        for place, one in enumerate(scene.servers):
            line, column = divmod(place, self.columns)
            self.candidate(
                one, first + step * column, y + (42 if self.wide else 36) * line, step, compared.get(one.name, "")
            )
        if scene.spare(self.columns * self.lines):
            line, column = divmod(len(scene.servers), self.columns)
            x, y = first + step * column, y + (42 if self.wide else 36) * line
            sheet.take(free(sheet.layout, x, y + 2))

    def candidate(self, one: Machine, x: float, y: float, step: float, figure: str) -> None:
        """A server as the balancer sees it: badge and number; the winner stands in a brass frame."""
        sheet = self.sheet
        sheet.take(seen_of(sheet.layout, (x, y + 2), one.name, self.letters[one.name], one.order, one.state))
        if figure:
            text = end_cut(figure, "strong", step - 4 if self.wide else step - 25)
            at, down = (x, y + 26) if self.wide else (x + 13, y + 6)
            chosen = one.name == self.scene.chosen
            anchor = "middle" if self.wide else "start"
            sheet.label(
                f"seen:{escaped(one.name)}/figure", at, down, text, "strong" if chosen else "value",
                fill="ink" if one.state == "live" else "mute", text_anchor=anchor,
            )  # fmt: skip
            if chosen:
                half = max(width(text, "strong") / 2 + 2, 13)
                frame = (x - half, y - 11, 2 * half, 41) if self.wide else (x - 13, y - 11, 28 + 2 * half, 26)
                left, top, wide, high = frame
                sheet.add(
                    "winner", "rect", CHANGED, x=left, y=top, width=wide, height=high, rx=3, fill="none",
                    stroke="brass-line", stroke_width=1.7,
                )  # fmt: skip


@lru_cache(64)
def free(layout: str, x: float, y: float) -> Sheet:
    """Where the next server will stand in the balancer."""
    sheet = Sheet("topology", layout, 0)
    sheet.add(
        "room/seen", "circle", TOKEN, cx=x, cy=y, r=9, fill="none", stroke="mute", stroke_width=1.2,
        stroke_dasharray="1.4 3", stroke_linecap="round",
    )  # fmt: skip
    return sheet


@lru_cache(64)
def balancer(layout: str, height: int, lines: int, title: str, rule: str) -> Sheet:
    """The box with its name and its rule, and where the requests come from: the same at every step."""
    sheet = Sheet("topology", layout, 0)
    if layout == WIDE:
        middle, box_height = height / 2, 62 + 42 * lines
        left, right = LEFT, RIGHT
        top = middle - box_height / 2
        sheet.add(
            "clients", "rect", BOX, x=14, y=middle - 20, width=72, height=40, rx=6, fill="sheet",
            stroke="ink", stroke_width=1.4,
        )  # fmt: skip
        sheet.label("clients/name", 50, middle + 4.5, "clients", "name", fill="ink", text_anchor="middle")
        line = f"M86 {number(middle)}H{number(LEFT - 9)}"
        sheet.path("clients/edge", EDGE, line, stroke="mute", stroke_width=1.25, fill="none")
        sheet.path("clients/head", EDGE, head(LEFT - 1, middle, 80, middle), fill="mute")
        cut = end_cut(rule, "remark", 180)
        sheet.label("balancer/name", MIDDLE, top + 22, title, "name", fill="ink", text_anchor="middle")
        sheet.label("balancer/rule", MIDDLE, top + 42, cut, "remark", fill="ink", text_anchor="middle")
    else:
        left, right, top = 8.0, 352.0, 8.0
        box_height = 70 if lines == 1 else 106
        cut = end_cut(rule, "remark", 190)
        sheet.label("balancer/name", 20, top + 22, title, "name", fill="ink")
        sheet.label("balancer/rule", 340, top + 22, cut, "remark", fill="ink", text_anchor="end")
    sheet.add(
        "balancer", "rect", BOX, x=left, y=top, width=right - left, height=box_height, rx=6, fill="sheet",
        stroke="ink", stroke_width=1.4,
    )  # fmt: skip
    return sheet
