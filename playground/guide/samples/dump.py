"""An object’s parts, and the id that follows from them."""

from playground.scenes.dump import Dump, Part
from playground.scenes.scene import Scene


def dump(rows: int, text: str = "100644 README", raw: str = "ce013625030ba8dba906f756967f9e9ca394464a") -> Dump:
    """Parts of an object, with an id that follows from them."""
    parts = tuple(Part(at * 34, text, "NUL", raw, "a file") for at in range(rows))
    return Dump(
        "Tree 09217f0", "103 bytes", parts, "SHA-1 of all these bytes", raw, "its name", "value", "A remark. " * 9
    )


SAMPLES: dict[str, Scene] = {
    "typical": dump(4),
    "empty": Dump("Bytes", "", ()),
    "crowded": dump(12),
    "long names": dump(3, text="author a-very-long-name <somebody@example.org> 1700000000 +0000"),
}
