"""A pool becomes marks: frames with their pages, the shelves of the disk, the way of a page that comes, the plan."""

from __future__ import annotations

from functools import lru_cache

from playground.scenes.many import many
from playground.scenes.marks import BOX, CHANGED, EDGE, FURNITURE, LABEL, TOKEN, Picture, Sheet, number
from playground.scenes.paint import PICTURES
from playground.scenes.pool.places import FRAME, TITLE, Places
from playground.scenes.pool.shelf import OVER, Stand
from playground.scenes.pool.value import Pool
from playground.scenes.tree.column import Column
from playground.scenes.tree.value import Tree
from playground.scenes.type import end_cut, width


@lru_cache(PICTURES)
def painted(pool: Pool, layout: str, room: tuple[int, ...]) -> Picture:
    return Painter(pool, layout, room).paint()


class Painter:
    """One painting of one pool."""

    def __init__(self, pool: Pool, layout: str, room: tuple[int, ...]) -> None:
        self.pool, self.places = pool, Places(pool, layout, room)
        self.sheet = Sheet("pool", layout, int(self.places.height))

    def paint(self) -> Picture:
        pool, places = self.pool, self.places
        if places.shows_frames:
            self.title("title", pool.title, pool.note, places.left, places.right, places.frames_at - TITLE)
            self.frames()
        if places.shows_disk and pool.disks:
            self.disks()
        if places.shows_frames:
            self.arrival()
        if pool.plan is not None:
            self.plan(pool.plan)
        return self.sheet.done()

    def disks(self) -> None:
        for at, (disk, shelf) in enumerate(zip(self.pool.disks, self.places.shelves, strict=False)):
            stand = Stand(self.sheet, disk, shelf, self.places.right)
            stand.draw(large=at == 0, crossed=bool(self.pool.changed))
            if self.pool.changed[:1] == disk.letter:
                stand.at(int(self.pool.changed[1:]))
        # Before a page has come, all bricks are alike.
        if any(disk.held or disk.read for disk in self.pool.disks):
            self.legend()

    def title(self, key: str, title: str, note: str, left: float, right: float, top: float) -> None:
        """A heading at the left, a note at the right."""
        said = end_cut(note, "note", (right - left) * 0.62)
        room = right - left - 12 - width(said, "note")
        self.sheet.label(key, left, top + 24, end_cut(title, "heading", room), "heading", fill="ink")
        if said:
            self.sheet.label(f"{key}/note", right, top + 24, said, "note", fill="mute", text_anchor="end")

    def plan(self, plan: Tree) -> None:
        """What asks for pages. Beside them it is whole; above them, what matters while they are read."""
        places = self.places
        left, right = places.plan
        self.title("plan", plan.title, plan.note, left + 2, right, 0)
        if places.parted:
            self.sheet.path("parted", FURNITURE, f"M367 12V{places.height - 12:g}", stroke="hair", stroke_width=1)
        if not plan.nodes and self.pool.disks:
            self.question(left + 2, TITLE + 104)
        whole = places.wide or self.pool.planning
        Column(self.sheet, plan, left, right, TITLE).draw(
            whole=whole, roomy=places.roomy, ringed=not (self.pool.changed and places.shows_frames)
        )

    def question(self, x: float, y: float) -> None:
        """What a learner may ask before anything has happened."""
        asked = f"Which of {many(sum(disk.pages for disk in self.pool.disks), 'page')} will it read?"
        self.sheet.label("question", x, y, end_cut(asked, "remark", 336), "remark", fill="ink")

    def frames(self) -> None:
        """Cells with the page's name, and a dot for each use."""
        pool, sheet, across = self.pool, self.sheet, self.places.step - 5
        full: list[str] = []
        dots: list[str] = []
        for at, frame in enumerate(pool.frames):
            x, y = self.places.frame(at)
            d = f"M{number(x)} {number(y)}h{number(across)}v{FRAME}h{number(-across)}z"
            if frame.page:
                full.append(d)
                style = "strong" if frame.page == pool.changed else "tick"
                middle = x + across / 2
                sheet.label(f"frame:{at}", middle, y + 15, frame.page, style, fill="ink", text_anchor="middle")
                start = middle - 3.5 * (frame.uses - 1)
                dots += [f"M{number(start + 7 * use - 2)} {number(y + 24)}h4v4h-4z" for use in range(frame.uses)]
        sheet.path(
            "frames/all", FURNITURE, self.places.every_frame(across), fill="none", stroke="guide", stroke_width=1,
            stroke_dasharray="2 3",
        )  # fmt: skip
        if full:
            sheet.path("frames", BOX, full, fill="data", fill_opacity="0.13", stroke="ink", stroke_width=1)
            sheet.path("uses", LABEL, dots, fill="ink")
            self.hand()

    def hand(self) -> None:
        """Under the frame that it looks at next, with its name."""
        places, sheet = self.places, self.sheet
        x, y = places.frame(min(self.pool.hand, len(self.pool.frames) - 1))
        middle, y = x + (places.step - 5) / 2, y + FRAME
        sheet.path("hand", TOKEN, f"M{number(middle)} {number(y + 2)}l5 8h-10z", fill="ink")
        ends = middle + 10 + width("clock hand", "note") > places.right
        sheet.label(
            "hand/name", middle + (-9 if ends else 9), y + 11.5, "clock hand", "note", fill="mute",
            text_anchor="end" if ends else "start", **OVER,
        )  # fmt: skip

    def arrival(self) -> None:
        """The page that was asked for last: its frame, and, if it came from disk, its way from the shelf."""
        pool, places, sheet = self.pool, self.places, self.sheet
        at = next((at for at, one in enumerate(pool.frames) if pool.changed and one.page == pool.changed), -1)
        if at < 0:
            return
        x, y = places.frame(at)
        sheet.add(
            "changed", "rect", CHANGED, x=x - 2.5, y=y - 2.5, width=places.step, height=FRAME + 5, rx=4, fill="none",
            stroke="brass-line", stroke_width=2.25,
        )  # fmt: skip
        for disk, shelf in zip(pool.disks, places.shelves, strict=False):
            if pool.came() == at and disk.letter == pool.changed[0]:
                brick_x, brick_y = shelf.corner(int(pool.changed[1:]))
                # Straight up to below the frames, across, and up beside them, so that it crosses none.
                start, gap, goal = brick_x + shelf.wide / 2, x - 2.5, y + FRAME - 5
                low, high = places.disk_at + 5, places.disk_at - 13
                d = (
                    f"M{number(start)} {number(brick_y - 2)}V{low}C{number(start)} {high} {number(gap)} {low} "
                    f"{number(gap)} {high}V{number(goal)}"
                )
                sheet.path("way/under", EDGE, d, fill="none", stroke="sheet", stroke_width=5)
                sheet.path("way", BOX, d, fill="none", stroke="brass-line", stroke_width=1.7)

    def legend(self) -> None:
        """What a brick says."""
        places, sheet = self.places, self.sheet
        x, y = places.left, places.legend
        grid, full = [], []
        for name, part in (("in memory", 1.0), ("read and gone", 0.4), ("not asked for", 0.0)):
            grid.append(f"M{number(x)} {number(y - 10)}h11v11h-11z")
            if part:
                tall = 9 * part
                full.append(f"M{number(x + 1)} {number(y - tall)}h9v{number(tall)}h-9z")
            sheet.label(f"legend/{name}", x + 15, y, name, "note", fill="mute")
            x += 15 + width(name, "note") + 9
        sheet.path("legend", FURNITURE, grid, fill="none", stroke="guide", stroke_width=1)
        sheet.path("legend/full", FURNITURE, full, fill="data")
