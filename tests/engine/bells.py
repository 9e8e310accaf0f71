"""Tiny miniatures for the tests of the engine."""

from dataclasses import dataclass

from playground.engine.actions import Refused, action
from playground.engine.clock import Event, Until, Wait, decide
from playground.engine.inputs import Choice, Fixed, Flag, Hex, Name, Names, Seed, Text, Whole
from playground.engine.miniature import Miniature
from playground.engine.schema import TEXT, WHOLE, listed, record
from playground.scenes.marks import BOX, LABEL, THUMB, Picture, Sheet
from playground.scenes.paint import paints
from playground.scenes.scene import Words


@dataclass(frozen=True)
class Row:
    """Discs in a row, one for each name; the last one is heavy."""

    names: tuple[str, ...]

    kind = "row"

    def room(self) -> tuple[int, ...]:
        return (len(self.names),)

    def blank(self) -> bool:
        return not self.names

    def words(self) -> Words:
        return Words(f"{len(self.names)} discs.", ("name",), tuple((name,) for name in self.names))


def painted(row: Row, layout: str, room: tuple[int, ...]) -> Picture:
    sheet = Sheet("row", layout, 60)
    for place, name in enumerate(row.names):
        last = place == len(row.names) - 1
        key = sheet.group(f"disc:{name}", BOX, 20 + sheet.width * place / (room[0] + 1), 30, name)
        sheet.add(f"{key}/disc", "circle", BOX, parent=key, r=9, stroke_width=2 if last else None)
    sheet.label("count", 10, 10, str(len(row.names)), "label", layer=LABEL)
    return sheet.done()


def thumb(row: Row) -> Picture:
    return painted(row, THUMB, row.room())


paints(Row, painted, thumb)


class Bells(Miniature):
    """A bell rings when it is told to."""

    title = "Bells"
    question = "Who rings?"
    opening = "Silence."
    grows_with = "rounds"
    shown = 4
    """Discs in the picture: the last few rings."""
    outcome_schema = record(rung=listed(TEXT), at=WHOLE)

    rounds = Whole(2, least=0, most=600)
    pace = Fixed("0.5", least="-1", most="2", places=1)
    loud = Flag(False)
    tone = Choice("low", {"low": "a low one", "high": "a high one"})
    bells = Names("A B", most=4, weights=9)
    note = Text("ding", most=12)
    raw = Hex("", most=4)
    draws = Seed(1)

    def rules(self) -> list[tuple[str, str]]:
        return [("tone", "A loud bell is never high.")] if self.loud and self.tone == "high" else []

    def set_up(self):
        self.rung: list[str] = []

    def start(self):
        for number in range(self.rounds):
            self.rung.append(f"r{number}")
            yield f"Round {number + 1}."

    @action("Ring", timed=True, bell=Name(among="known"), times=Whole(1, least=1, most=300))
    def ring(self, bell, times):
        if bell not in self.known():
            raise Refused("bell", f"There is no bell {bell}.")
        for number in range(times):
            self.rung.append(f"{bell}{len(self.rung)}")
            yield decide(f"{bell} rings {number + 1}.", "last", bell)
            yield Wait(1000)

    @action("Say", text=Text("hi", most=20))
    def say(self, text):
        yield f"Somebody says {text}."

    @action("Drop the last")
    def drop(self):
        if self.rung:
            self.rung.pop()
        yield "One less."

    def known(self) -> tuple[str, ...]:
        return tuple(bell.name for bell in self.bells)

    def draw(self):
        return (Row(tuple(self.rung[-self.shown :])),)

    def outcome(self):
        return {"rung": list(self.rung), "at": self.now}


class Few(Bells):
    """Bells with small bounds, for tests that paint every step of many runs."""

    rounds = Whole(2, least=0, most=9)

    @action("Ring", timed=True, bell=Name(among="known"), times=Whole(1, least=1, most=4))
    def ring(self, bell, times):
        yield from super().ring(bell, times)


class Heavy(Bells):
    """Bells whose picture grows with every ring, so that the trace is full before the steps run out."""

    shown = 1000


class Waiting(Miniature):
    """Two who wait for a third."""

    title = "Waiting"
    question = "In which order?"
    opening = "Nobody moves."
    outcome_schema = record()

    def set_up(self):
        self.gate = Event()

    def start(self):
        self.spawn(self.visitor("first"))
        self.spawn(self.visitor("second"))
        self.spawn(self.ticking(), background=True)
        yield Wait(50)
        self.happen(self.gate)
        yield "The gate opens."

    def visitor(self, name):
        yield f"{name} arrives."
        yield Until(self.gate)
        yield f"{name} enters."
        yield Wait(10)
        yield f"{name} leaves."

    def ticking(self):
        while True:
            yield Wait(30)
            yield "tick"

    @action("Wait for what never comes")
    def never(self):
        yield "One waits."
        yield Until(Event())
        yield "It came."

    @action("Shout", timed=True)
    def shout(self):
        yield "Hey!"

    @action("Sleep", long=Whole(100, least=1, most=1000))
    def sleep(self, long):
        yield Wait(long)
        yield "Awake."

    def draw(self):
        return (Row(()),)

    def outcome(self):
        return {}
