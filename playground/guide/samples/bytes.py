"""Runs of bytes, and what follows from them."""

from dataclasses import replace

from playground.scenes.bytes import Bytes, Nibble, Value, Verdict
from playground.scenes.scene import Scene


def run_of(
    cells: int,
    *,
    first: int = 0,
    changed: str = "verdict",
    title: str = "Server: HMAC of step 41152263",
    verdict: Verdict | None = None,
) -> Bytes:
    """A run of bytes with everything that can follow from it."""
    values = (
        Value("number", "2039980357", "31 bits as a number", 4),
        Value("code", "980357", "the code of step 41152263", 0, "mod 10⁶"),
    )
    return Bytes(
        title, f"{cells} bytes", tuple(at * 37 % 256 for at in range(cells)), first, 4,
        Nibble(cells - 1, first, f"low half of byte {cells - 1}: {first:x}, so byte {first}"), True, 1,
        "the top bit does not count", values, verdict or Verdict("980357 accepted, and used up", True), changed,
    )  # fmt: skip


SAMPLES: dict[str, Scene] = {
    "typical": run_of(20, first=12),
    "over the end of a row": run_of(20, first=5, changed="picked"),
    "its own cell": run_of(16, first=15, changed="nibble"),
    "few": Bytes("Phone: step 41152262", "8 bytes", tuple(range(8)), changed="data"),
    "remark": Bytes("Phone: inner hash", "20 bytes", tuple(range(20)), remark="words that take a line " * 12),
    "empty": Bytes("The secret", "", ()),
    "a QR code": Bytes(
        "The secret", "20 bytes", tuple(range(20)), code="otpauth://totp/" + 24 * "ada?", changed="code"
    ),
    "a large QR code": Bytes("The secret", "64 bytes", tuple(range(64)), code="otpauth://totp/" + 44 * "ada?"),
    "what is to come": replace(
        run_of(20),
        bits=False,
        ahead="bits",
        verdict=None,
        masked=0,
        changed="nibble",
        values=tuple(one._replace(text="", kept=0) for one in run_of(20).values),
    ),
    "crowded": run_of(64, first=9, changed="mask"),
    "folded": run_of(96, first=2, changed="number"),
    "long words": run_of(
        32, changed="code", title="A title that takes all its room", verdict=Verdict("words without end " * 5, False)
    ),
}
