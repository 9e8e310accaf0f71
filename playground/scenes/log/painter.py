"""A log becomes marks: batches and their places, files, the index, readers, a look-up."""

from __future__ import annotations

from functools import lru_cache

from playground.scenes.log.layout import TALL, Window, rows
from playground.scenes.log.parts import cell_of, entry_of, tear, torn
from playground.scenes.log.readers import Readers
from playground.scenes.log.value import Log, LookUp
from playground.scenes.marks import CHANGED, EDGE, FURNITURE, WIDE, Picture, Sheet, number
from playground.scenes.paint import PICTURES
from playground.scenes.shapes import head
from playground.scenes.type import end_cut, width


@lru_cache(PICTURES)
def painted(scene: Log, layout: str, room: tuple[int, ...]) -> Picture:
    return Painter(scene, layout, room).paint()


class Painter:
    """One painting of one log."""

    def __init__(self, scene: Log, layout: str, room: tuple[int, ...]) -> None:
        self.scene, self.wide = scene, layout == WIDE
        self.rows = rows(layout, room[0], bool(room[1]))
        self.window = Window(scene, layout)
        self.pitch = self.window.pitch
        self.sheet = Sheet("log", layout, self.rows.height)
        self.edge = self.sheet.width - (18 if self.wide else 10)

    def paint(self) -> Picture:
        scene, sheet = self.scene, self.sheet
        sheet.label("title", 18 if self.wide else 10, 24, scene.title, "heading", fill="ink", layer=FURNITURE)
        sheet.label("end", self.edge, 24, f"next offset {scene.end}", "value", fill="ink", text_anchor="end")
        if self.wide and any(cell.state == "cold" for cell in scene.cells):
            x = 18 + width(scene.title, "heading") + 20
            sheet.label("cold", x, 24, "dashed: on disk only", "note", fill="mute")
        self.furniture()
        for cell in self.window.cells:
            sheet.take(cell_of(sheet.layout, self.pitch, self.window.place[cell.base], self.rows.cells, cell))
        self.files()
        self.index()
        Readers(scene, sheet, self.window, self.rows).paint()
        if scene.look_up:
            self.look_up(scene.look_up)
        self.brass()
        return sheet.done()

    def furniture(self) -> None:
        """The torn end, and the place of the next batch."""
        window, sheet, y = self.window, self.sheet, self.rows.cells
        if window.older:
            sheet.take(torn(sheet.layout, window.left, y))
        x = window.right
        if window.newer:
            sheet.path("tear/right", FURNITURE, tear(x + 10, y), fill="none", stroke="ink", stroke_width=1.25)
            sheet.label("newer", x + 16, y + 27, f"+{window.newer}", "tick", fill="mute")
            return
        d = f"M{number(x + 2)} {number(y)}h{self.pitch - 4}v{TALL}h{4 - self.pitch}"
        sheet.path("next", FURNITURE, d, fill="none", stroke="guide", stroke_width=1, stroke_dasharray="2 3")
        middle, coming = x + self.pitch / 2, self.scene.coming
        words = str(self.scene.end)
        at = y + (18 if coming else 26)
        sheet.label("next/offset", middle, at, words, "tick", fill="mute", text_anchor="middle")
        if coming:
            words = f"{coming} B"
            sheet.label("next/size", middle, y + 35, words, "tick", fill="data", text_anchor="middle")
            sheet.label("next/words", x + self.pitch + 10, y + 26, "not in the log yet", "note", fill="mute")

    # Below the batches.

    def files(self) -> None:
        """Segments: a bold border at each one's beginning, a bracket under its batches, its file's name."""
        sheet, y = self.sheet, self.rows.files
        borders, brackets = [], []
        starts = [one.base for one in self.scene.segments]
        for place, one in enumerate(self.scene.segments):
            stop = starts[place + 1] if place + 1 < len(starts) else self.scene.end
            inside = [self.window.place[cell.base] for cell in self.window.cells if one.base <= cell.base < stop]
            if not inside and not (one.active and not self.window.newer):
                continue
            left, right = (
                (inside[0], inside[-1] + self.pitch) if inside else (self.window.right, self.window.right + self.pitch)
            )
            if one.active and not self.window.newer:
                right = self.window.right + self.pitch
            right = min(right, self.sheet.width - 6)
            brackets.append(f"M{number(left + 2)} {number(y - 4)}v5H{number(right - 2)}v-5")
            if one.base and (not inside or self.window.place.get(one.base) == left):
                borders.append(f"M{number(left)} {number(self.rows.cells - 8)}V{number(y + 1)}")
            name = self.file_name(one.name, one.active, right - left - 4)
            if name:
                sheet.label(
                    f"segment:{one.base}", (left + right) / 2, y + 16, name, "tick",
                    fill="ink" if one.active else "mute", text_anchor="middle",
                )  # fmt: skip
        sheet.path("brackets", FURNITURE, brackets, fill="none", stroke="guide", stroke_width=1)
        sheet.path("borders", EDGE, borders, fill="none", stroke="ink", stroke_width=2.25)

    @staticmethod
    def file_name(name: str, active: bool, room: float) -> str:
        """As much of a file's name as fits: its noughts go first."""
        short = name.lstrip("0")
        short = f"0{short}" if short.startswith(".") else short
        forms = [f"{name}, active"] if active else []
        for one in (*forms, name, f"…{name[-9:]}", f"…{short}", short):
            if width(one, "tick") <= room:
                return one
        return ""

    def index(self) -> None:
        """A box for each entry, and a line from it up to the place it names."""
        sheet, y = self.sheet, self.rows.entries
        chosen = self.scene.look_up.entry if self.scene.look_up else -1
        stems = []
        for entry in self.scene.entries:
            x = self.window.place.get(entry.batch)
            if x is None:
                continue
            sheet.take(entry_of(sheet.layout, self.pitch, x, y, entry, entry.batch == chosen))
            if entry.batch != chosen:
                stems.append(f"M{number(x + 4)} {number(y)}V{number(self.rows.cells + TALL + 4)}")
        sheet.path("stems", FURNITURE, stems, fill="none", stroke="guide", stroke_width=1)
        if not self.scene.entries and self.window.cells and len(self.scene.segments) == 1:
            x = self.window.left + 4
            sheet.label("index/none", x, y + 21, "no entry yet", "note", fill="mute")
        if self.wide:
            sheet.label("index", 10, y + 21, "index", "note", fill="mute", layer=FURNITURE)

    def look_up(self, look: LookUp) -> None:
        """From the entry up to its batch, then forward in hops; the story below."""
        sheet, y = self.sheet, self.rows.hops
        x = self.window.place.get(look.entry)
        if x is not None:
            foot, top = self.rows.entries, self.rows.cells + TALL + 1
            d = f"M{number(x + 4)} {number(foot)}V{number(top + 7)}"
            sheet.path("look/up", EDGE, d, fill="none", stroke="data", stroke_width=1.7)
            sheet.path("look/up/head", EDGE, head(x + 4, top, x + 4, foot, 8, 3.5), fill="data")
        spots = [self.window.place[base] + self.pitch / 2 for base in look.read if base in self.window.place]
        arcs = [f"M{number(one)} {number(y)}q{self.pitch / 2} 18 {self.pitch} 0" for one in spots[:-1]]
        if spots:
            sheet.path("look/hops", EDGE, arcs, fill="none", stroke="data", stroke_width=1.5)
            at = spots[-1]
            if len(spots) > 1:
                sheet.path("look/found", EDGE, head(at, y - 1, at - 8, y + 8, 8, 3.5), fill="data")
        for row, line in enumerate(self.lines(look.words)):
            x = 18 if self.wide else 10
            sheet.label(f"look/words/{row}", x, self.rows.words + 4 + 17 * row, line, "label", fill="ink")

    def lines(self, words: str) -> list[str]:
        most, room = (1, 684) if self.wide else (3, 340)
        found = [""]
        for word in words.split():
            longer = f"{found[-1]} {word}".strip()
            if width(longer, "label") <= room or len(found) == most:
                found[-1] = longer
            else:
                found.append(word)
        return [end_cut(line, "label", room) for line in found]

    def brass(self) -> None:
        """The one thing that changed."""
        kind, _, name = self.scene.changed.partition(":")
        sheet, y, tall = self.sheet, self.rows.cells, float(TALL)
        if kind in ("batch", "entry") and int(name) in self.window.place:
            x, wide = self.window.place[int(name)], self.pitch
            if kind == "entry":
                x, y, tall, wide = x + 2, self.rows.entries, 36, self.pitch - 4
        elif kind in ("segment", "coming"):
            x, wide = self.window.place.get(int(name or -1), self.window.right), self.pitch
        else:
            return
        sheet.add(
            "changed", "rect", CHANGED, x=x - 1.5, y=y - 1.5, width=wide + 3, height=tall + 3, fill="none",
            stroke="brass-line", stroke_width=2.25,
        )  # fmt: skip
