"""Plates that nest, as protocols do, and plates through which one looks, as layers of an image."""

from playground.scenes.layers import AHEAD, CARRIED, COVERED, DELETED, SOLID, Cell, Layer, Layers, Move, Stations, View
from playground.scenes.scene import Scene

LONG = [f"node-number-{number:04d}" for number in range(12)]
FILES = ["nginx.conf", "app.py", "libc.so", "cache.db"]


def nested(
    names: list[str],
    columns: int,
    *,
    filled: bool = True,
    stations: tuple[str, ...] = (),
    note: str = "a note",
    text: str = "chip 20",
) -> Layers:
    """Each layer adds its own chip at the left and carries the others."""
    layers = tuple(Layer(name, note, f"m{at % 8 + 1}", at != 1) for at, name in enumerate(names))
    cells = tuple(
        Cell(at, columns - 1 - above, text, text[:4], (SOLID if above == at else CARRIED) if filled else AHEAD)
        for at in range(len(names))
        for above in range(min(at + 1, columns))
    )
    changed = (cells[-1].key,) if cells else ()
    move = Move(0, 1, columns - 1, "handed down") if len(names) > 1 else None
    way = Stations(stations, len(stations) // 2) if stations else None
    return Layers("At the client", "2 routers", layers, columns, cells, None, move, way, changed, not filled)


def image(names: list[str], files: list[str]) -> Layers:
    """Layers of files with a view on top: the last file is deleted, the first copied up."""
    layers = tuple(Layer(name, f"image layer {at}", "m2" if at == 0 else "m1") for at, name in enumerate(names))
    last, lowest = len(files) - 1, len(names) - 1
    cells = [Cell(0, 0, "edited"), Cell(0, last, "deleted", "gone", DELETED), Cell(lowest, last, "v1", "v1", COVERED)]
    cells += [Cell(lowest, 0, "v1", "v1", COVERED)]
    cells += [Cell(lowest - column % 2, column, f"v{column}") for column in range(1, last)]
    seen = [(files[0], 0), *((files[column], lowest - column % 2) for column in range(1, last)), (files[last], 0)]
    view, move = View("the program sees", "first file from above", tuple(seen)), Move(lowest, 0, 0, "copy-up")
    return Layers("A container", "", layers, len(files), tuple(cells), view, move, changed=("0/0",))


SAMPLES: dict[str, Scene] = {
    "typical": nested(["Program", "TCP", "IP", "Ethernet"], 5, stations=("client", "router 1", "server")),
    "a view on top": image(["container", "COPY . /app", "RUN apt-get", "FROM debian"], FILES),
    "nothing in them": nested(["Program", "TCP"], 4, filled=False, stations=("client", "server")),
    "empty": Layers("", "", (), 1),
    "crowded": nested([f"layer {at}" for at in range(6)], 5, stations=tuple(f"router {at}" for at in range(7))),
    "folded": nested([f"layer {at}" for at in range(11)], 5),
    "long names": nested(
        LONG[:4],
        5,
        stations=tuple(LONG[:5]),
        note="a note that is longer than there is room",
        text="a chip that is too long",
    ),
}
