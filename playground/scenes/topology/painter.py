"""A topology becomes marks: the balancer, then each server with the way to it, then the requests."""

from __future__ import annotations

from functools import lru_cache

from playground.scenes.marks import CHANGED, Picture, Sheet
from playground.scenes.names import told_apart
from playground.scenes.paint import PICTURES
from playground.scenes.shapes import wedge
from playground.scenes.topology.decider import Decider
from playground.scenes.topology.layout import ROOMY, places_for, rows
from playground.scenes.topology.parts import box_of, edge_of, room_for_name, room_for_one
from playground.scenes.topology.traffic import Traffic
from playground.scenes.topology.value import Machine, Topology


@lru_cache(PICTURES)
def painted(scene: Topology, layout: str, room: tuple[int, ...]) -> Picture:
    return Painter(scene, layout, room).paint()


class Painter:
    """One painting of one topology."""

    def __init__(self, scene: Topology, layout: str, room: tuple[int, ...]) -> None:
        self.scene = scene
        self.places = places_for(room[0])
        self.roomy = room[0] <= ROOMY
        self.dots = 2 if not self.roomy else room[1]
        self.rows, height = rows(layout, self.places)
        self.sheet = Sheet("topology", layout, height)
        self.row = {one.name: row for one, row in zip(scene.servers, self.rows, strict=False)}
        free = min((room_for_name(self.row[one.name], one) for one in scene.servers), default=0)
        self.short = told_apart(tuple(self.row), "name", free)

    def paint(self) -> Picture:
        Decider(self.scene, self.sheet, self.places).paint()
        for one in self.scene.servers:
            self.edge(one)
            self.server(one)
        if self.scene.spare(self.places):
            self.sheet.take(room_for_one(self.sheet.layout, self.roomy, self.rows[len(self.scene.servers)]))
        Traffic(self.scene, self.sheet, self.row, self.dots, self.roomy).paint()
        return self.sheet.done()

    def edge(self, one: Machine) -> None:
        bold = one.name == self.scene.chosen and self.scene.current > 0
        failed = one.state == "failed"
        self.sheet.take(edge_of(self.sheet.layout, self.roomy, self.row[one.name], one.name, failed, bold))

    def server(self, one: Machine) -> None:
        sheet, row = self.sheet, self.row[one.name]
        still = one._replace(working=(), waiting=())
        sheet.take(box_of(sheet.layout, self.roomy, row, still, self.short[one.name], bool(one.working)))
        if one.name == self.scene.changed:
            sheet.add(
                "changed/box", "rect", CHANGED, x=row.x - 4.5, y=row.y - 4.5, width=row.width + 9,
                height=row.height + 9, rx=8, fill="none", stroke="brass-line", stroke_width=2.25,
            )  # fmt: skip
            sheet.path("wedge", CHANGED, wedge(row.x - 8, row.middle), fill="brass-line")
