"""Messages that announce their fields in bits."""

from dataclasses import replace

from playground.scenes.bitmap import Bitmap, Part
from playground.scenes.scene import Scene


def message(fields: tuple[int, ...], *, changed: str = "", name: str = "response code", shown: str = "00 approved",
            title: str = "0110, the answer") -> Bitmap:  # fmt: skip
    """A message with these fields, ten bytes each."""
    rows = 8 if any(field > 64 for field in fields) else 4
    parts = [Part("type", "message type", "0110", "30313130"), Part("bitmap", "bitmap", "", 2 * rows * "00")]
    parts += [Part(f"field:{field}", name, shown, 5 * "3031", field) for field in fields]
    bits = (1, *fields) if rows == 8 else fields
    return Bitmap(title, f"{10 * len(fields)} bytes", tuple(parts), bits, changed, rows)


SAMPLES: dict[str, Scene] = {
    "typical": message((2, 3, 4, 7, 11, 14, 22, 41, 42, 49), changed="field:4"),
    "empty": Bitmap("No message", "", (), ()),
    "to be picked": replace(message((2, 4, 39), changed="bit:39"), picks=True),
    "crowded": replace(message((*range(2, 12), 37, 38, 39, 64), changed="field:39"), picks=True),
    "a second bitmap": message((2, 3, 4, 7, 11, 37, 38, 39, 41, 42, 49, 90), changed="bitmap"),
    "still to be written": Bitmap("0100", "", (Part("type", "message type", "0100", "30313030"),), (), "type"),
    "a bit": message((2, 4), changed="bit:64"),
    "long names": message(
        (2, 35, 42), name="a name that is long, very long", shown=4 * "0123456789", title="A title that is quite long"
    ),
}
