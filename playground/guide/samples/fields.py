"""Headers: fields of so many bits in a row."""

from playground.scenes.fields import Field, Fields, Tally
from playground.scenes.scene import Scene

LONG = [f"node-number-{number:04d}" for number in range(12)]


def header(
    names: list[str],
    bits: list[int],
    *,
    changed: tuple[str, ...] = (),
    tallies: int = 0,
    row: int = 32,
    old: str = "",
    value: str = "1c46",
    meaning: str = "60 bytes",
    remark: str = "",
) -> Fields:
    """Fields of so many bits each, in turn."""
    fields = []
    for at, name in enumerate(names):
        size, key = bits[at % len(bits)], f"f{at}"
        written = value[: max(size // 4, 1)]
        fields.append(Field(key, name, name[:3], size, written, meaning, old if key in changed else ""))
    lines = tuple(Tally(f"t{at}", f"sum after word {at}", f"{at * 4711:x}") for at in range(tallies))
    return Fields("A header", "20 bytes", tuple(fields), changed, lines, remark, row)


IP = ["version", "length", "service", "total length", "identification", "flags", "fragment offset"]

SAMPLES: dict[str, Scene] = {
    "typical": header(IP, [4, 4, 8, 16, 16, 3, 13], changed=("f3",), old="003b", tallies=2),
    "rows of 48": header(["destination", "source", "type"], [48, 48, 16], changed=("f0", "f1"), tallies=1, row=48),
    "to come": header(["source port", "destination port"], [16], value=""),
    "empty": Fields("", "", ()),
    "crowded": header([f"n{at}" for at in range(48)], [4], changed=("f3", "f4", "f17"), tallies=3, meaning=""),
    "long names": header(
        ["a field whose name is very long indeed", *LONG[:6]],
        [32, 16, 16, 8, 8, 3, 13],
        changed=("f1", "t0"),
        old="0123456789abcdef",
        value="0123456789abcdef0123",
        meaning="a meaning that goes on and on",
        tallies=1,
        remark="words that take a line " * 6,
    ),
}
