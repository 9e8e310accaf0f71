"""The verifier: what is typed there and what became of it, the codes that it takes now, both clocks, the account."""

from __future__ import annotations

from playground.scenes.codes.layout import Box, Places
from playground.scenes.codes.parts import KEY, TICK, brass, padlock, placed
from playground.scenes.codes.value import OLD, OPEN, OUTSIDE, SHUT, USED, Account, Codes, Slot, at, grouped, late, told
from playground.scenes.marks import BAND, BOX, CROSS, EDGE, LABEL, Sheet, number
from playground.scenes.shapes import cross
from playground.scenes.type import end_cut, width

GAP = 6
"""Between two slots."""
OUTLINES = {OPEN: "m3", OUTSIDE: "guide", SHUT: "guide"}
"""Roles of a slot's outline; of a code that has been taken it is mute."""
PIPS = 20
"""Wrong codes that are drawn one by one."""


class Panel:
    """What is drawn of a verifier."""

    def __init__(self, sheet: Sheet, scene: Codes, places: Places, slots: int) -> None:
        self.sheet, self.scene, self.places = sheet, scene, places
        self.count = max(slots, 1)
        self.pitch = places.slots.wide / self.count

    def draw(self) -> None:
        self.case()
        self.field()
        slots = self.scene.verifier.slots
        for at_, one in enumerate(slots):
            self.slot(at_, one)
        if slots:
            self.clocks()
        else:
            self.nothing()
        if self.scene.verifier.account:
            self.account(self.scene.verifier.account)

    def case(self) -> None:
        """The verifier’s outline, its name and clock. A group: its verbs are found anywhere on it."""
        sheet, places, one, panel = self.sheet, self.places, self.scene.verifier, self.places.panel
        key, (x, y) = f"lane:{one.name}", places.head
        sheet.group(key, BAND, 0, 0, f"{one.name}, in step {self.scene.own}")
        sheet.add(
            f"{key}/case", "rect", BAND, parent=key, x=panel.x, y=panel.y, width=panel.wide, height=panel.high, rx=6,
            fill="sheet", stroke="m3", stroke_width=2,
        )  # fmt: skip
        name = end_cut(one.name, "name", panel.right - x - 80)
        sheet.label(f"{key}/name", x, y, name, "name", parent=key, fill="ink")
        start = x + width(name, "name") + 8
        if one.slots and start + 20 < panel.right - 80:
            sheet.path(
                f"{key}/secret", BOX, placed(KEY, start, y - 4), parent=key, fill="none", stroke="mute",
                stroke_width=1.5,
            )  # fmt: skip
        sheet.label(
            f"{key}/clock", panel.right - 14, y, at(one.clock), "strong", parent=key, fill="ink", text_anchor="end"
        )

    def field(self) -> None:
        """Where a code is typed into, and beside it what became of it."""
        sheet, box, verdict = self.sheet, self.places.field, self.scene.verdict
        sheet.add(
            "field", "rect", EDGE, x=box.x, y=box.y, width=box.wide, height=box.high, rx=3, fill="warm", stroke="mute",
            stroke_width=1,
        )  # fmt: skip
        x, y = self.places.verdict
        if not any(one.here and one.receiver == self.scene.verifier.name for one in self.scene.sent):
            sheet.label("field/empty", box.x + 10, box.middle[1] + 4, "a code", "note", fill="mute", layer=LABEL)
        if not verdict:
            return
        pen = "done" if verdict.good else "fail"
        sign = placed(TICK, x, y) if verdict.good else cross(x, y, 5.5)
        sheet.path("verdict/sign", CROSS, sign, fill="none", stroke=pen, stroke_width=2.25)
        words = end_cut(verdict.words, "label", self.places.panel.right - x - 18)
        sheet.label("verdict", x + 12, y + 4, words, "label", fill=pen)

    def nothing(self) -> None:
        """It has no secret either: it takes no code."""
        box = self.places.slots
        sheet, (x, y) = self.sheet, box.middle
        sheet.add(
            "slots/none", "rect", EDGE, x=box.x + GAP / 2, y=box.y, width=box.wide - GAP, height=box.high, fill="none",
            stroke="guide", stroke_width=1, stroke_dasharray="2 3",
        )  # fmt: skip
        sheet.label(
            "slots/words", x, y + 4, "no secret yet: it takes no code", "note", fill="mute", text_anchor="middle"
        )

    # Slots.

    def slot(self, place: int, one: Slot) -> None:
        """A time step: its code, and how it stands."""
        sheet, box, key = self.sheet, self.places.slots, f"slot:{one.step}"
        wide, open_ = self.pitch - GAP, one.state == OPEN
        far = one.step - self.scene.own
        sheet.group(key, BOX, box.x + self.pitch * place + GAP / 2, box.y, f"step {one.step}, {one.code}, {one.state}")
        sheet.add(
            f"{key}/box", "rect", BOX, parent=key, width=wide, height=box.high, fill="m3" if open_ else "sheet",
            fill_opacity="0.08" if open_ else None, stroke=OUTLINES.get(one.state, "mute"),
            stroke_width=1.75 if open_ else 1, stroke_dasharray=None if open_ else "2 3",
        )  # fmt: skip
        middle, pen = wide / 2, "ink" if open_ else "mute"
        sheet.label(
            f"{key}/step", middle, 15, f"…{one.step % 1000:03d}", "tick", parent=key, fill="mute", text_anchor="middle"
        )
        code, style = fitted(one.code, wide)
        sheet.label(f"{key}/code", middle, 33, code, style, parent=key, fill=pen, text_anchor="middle")
        if one.state in (USED, OLD):
            half = width(code, style) / 2 + 2
            sheet.path(
                f"{key}/struck", CROSS, f"M{number(middle - half)} 29H{number(middle + half)}", parent=key,
                stroke="ink" if one.state == USED else "mute", stroke_width=1.75, fill="none",
            )  # fmt: skip
        words = {OUTSIDE: "not taken", USED: "used up", OLD: "too old", SHUT: "shut"}.get(one.state) or beside(far)
        sheet.label(f"{key}/words", middle, 49, words, "note", parent=key, fill=pen, text_anchor="middle")
        compared = self.scene.compared
        if compared and compared.step == one.step:
            self.sign(place, compared.equal)
        if self.scene.changed == key:
            brass(sheet, Box(box.x + self.pitch * place + GAP / 2 - 3, box.y - 3, wide + 6, box.high + 6), 2)

    def sign(self, place: int, equal: bool | None) -> None:
        """What is typed and what belongs to this step, joined by = or ≠."""
        sheet, places = self.sheet, self.places
        x, y, (start, _) = places.slots.x + self.pitch * (place + 0.5), places.sign_y, places.field.middle
        pen = "done" if equal else "mute"
        line = f"M{number(start)} {number(places.field.bottom)}V{number(y)}H{number(x)}V{number(places.slots.y)}"
        sheet.path("compares", EDGE, line, fill="none", stroke=pen, stroke_width=1.7)
        sheet.add("compares/sign", "circle", BOX, cx=x, cy=y, r=9, fill="sheet", stroke=pen, stroke_width=1.7)
        sheet.label("compares/word", x, y + 4.5, "=" if equal else "≠", "name", fill=pen, text_anchor="middle")

    # Clocks.

    def along(self, clock: int) -> float:
        """Where a clock points on the axis of slots; what is farther than they reach, at their end."""
        slots, scene = self.scene.verifier.slots, self.scene
        part = (clock / scene.period - slots[0].step) / len(slots)
        return self.places.slots.x + len(slots) * self.pitch * min(max(part, 0.004), 0.996)

    def clocks(self) -> None:
        """Where both clocks point into the steps, and how far they are apart."""
        sheet, scene, box = self.sheet, self.scene, self.places.slots
        own, theirs = self.along(scene.verifier.clock), self.along(scene.device.clock)
        top, low = box.bottom + 3, box.bottom + 34
        left, right = box.x + 3, box.right - 3
        later = scene.drift > 0
        mine = f"{scene.verifier.name}’s clock"
        key = f"value:clock/{scene.verifier.name}"
        sheet.group(key, BOX, own, top, f"clock of the {scene.verifier.name}, {at(scene.verifier.clock)}")
        sheet.path(f"{key}/hand", BOX, "M0 0l5 9h-10zM0 9V21", parent=key, fill="m3", stroke="m3", stroke_width=1.5)
        # Away from the device’s hand, which goes on below.
        sheet.label(
            f"{key}/name", -7 if later else 7, 23, mine, "label", parent=key, fill="ink",
            text_anchor="end" if later else None,
        )  # fmt: skip
        key = f"value:clock/{scene.device.name}"
        # A name needs a role where there is no text to be read.
        told = f"clock of the {scene.device.name}, {at(scene.device.clock)}"
        sheet.group(key, BOX, theirs, top, told, role="img")
        sheet.path(
            f"{key}/hand", BOX, f"M0 0l5 9h-10zM0 9V{number(low - top)}", parent=key, fill="sheet", stroke="m1",
            stroke_width=1.5,
        )  # fmt: skip
        if scene.drift:
            line = f"M{number(theirs)} {number(low)}H{number(own)}m0 -3.5v7M{number(theirs)} {number(low - 3.5)}v7"
            sheet.path("apart", EDGE, line, fill="none", stroke="m1", stroke_width=1.5)
            sheet.path("apart/from", EDGE, f"M{number(own)} {number(top + 21)}V{number(low)}", fill="none", stroke="m3",
                       stroke_width=1, stroke_dasharray="2 3")  # fmt: skip
        words = f"{scene.device.name}, {late(scene.drift)}"
        half = width(words, "label") / 2
        middle = min(max((own + theirs) / 2, left + half), right - half)
        sheet.label("apart/words", middle, low + 16, words, "label", fill="ink", text_anchor="middle")
        if scene.changed == "clocks":
            brass(sheet, Box(middle - half - 4, low + 3, 2 * half + 8, 19), 4)

    # The account.

    def account(self, one: Account) -> None:
        """A padlock, what is counted, and a pip for each wrong code that it allows."""
        sheet, panel, top = self.sheet, self.places.panel, self.places.account_y
        line = f"M{number(panel.x + 12)} {number(top - 8)}H{number(panel.right - 12)}"
        sheet.path("account/rule", EDGE, line, stroke="hair", stroke_width=1, fill="none")
        pen = "fail" if one.locked else "ink"
        lock = padlock(panel.x + 26, top + 22, shut=one.locked)
        sheet.path("account/lock", BOX, lock, fill="none", stroke=pen, stroke_width=1.75)
        if one.locked:
            sheet.path(
                "account/cross", CROSS, cross(panel.x + 26, top + 27.5, 4), fill="none", stroke="fail", stroke_width=2
            )
        x = panel.x + 50
        sheet.label("account", x, top + 17, one.name, "name", fill="ink")
        words = told(one)
        sheet.label(
            "account/words", x, top + 35, end_cut(words, "note", panel.right - x - 10), "note",
            fill="fail" if one.locked or one.inside else "mute",
        )  # fmt: skip
        if one.limit:
            self.pips(one, x + width(one.name, "name") + 14, top + 13)
        if self.scene.changed == "account":
            brass(sheet, Box(panel.x + 8, top - 3, panel.wide - 16, 46), 4)

    def pips(self, one: Account, x: float, y: float) -> None:
        count = min(one.limit, PIPS)
        gap = min((self.places.panel.right - 16 - x) / PIPS, 10)
        wrong = min(one.wrong, count)
        discs = [f"M{number(x + gap * number_)} {number(y)}a3 3 0 1 0 6 0a3 3 0 1 0 -6 0" for number_ in range(count)]
        if wrong < count:
            sheet = self.sheet
            sheet.path("account/free", BOX, discs[wrong:], fill="none", stroke="mute", stroke_width=1.25)
        if wrong:
            self.sheet.path("account/wrong", BOX, discs[:wrong], fill="fail", stroke="fail", stroke_width=1.25)


def beside(far: int) -> str:
    """Where a step stands from the verifier’s own."""
    return f"{abs(far)} {'later' if far > 0 else 'earlier'}" if far else "its own"


def fitted(code: str, room: float) -> tuple[str, str]:
    """A code and its style: in two groups, or large, where there is room."""
    ways = (grouped(code), "strong"), (code, "strong"), (code, "tick")
    return next((way for way in ways if width(*way) <= room - 6), ways[-1])
