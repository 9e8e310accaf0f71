"""Secret keys, as programs store them and as people are handed them."""

from __future__ import annotations

import re
from base64 import b32decode

from playground.engine.inputs.kind import Invalid, shown
from playground.engine.inputs.texts import HEX, Hex

BASE32 = re.compile(r"[a-z2-7]*")
BROKEN = (1, 3, 6)
"""Letters in the last group of eight after which a byte is not whole (RFC 4648, section 6)."""


class Key(Hex):
    """Bytes, in hexadecimal pairs or in base 32; in any case, spaces and an "=" at the end do not count.

    What can be read in both ways is hexadecimal, unless it ends with "=" or has too few bytes so. It is printed in
    lower-case hexadecimal pairs.
    """

    kind = "key"

    def parse(self, text: str) -> bytes:
        bare = "".join(text.split()).lower()
        letters = bare.rstrip("=")
        readings = []
        if HEX.fullmatch(bare):
            readings.append(bytes.fromhex(bare))
        if BASE32.fullmatch(letters) and len(letters) % 8 not in BROKEN:
            readings.append(b32decode(letters + "=" * (-len(letters) % 8), casefold=True))
        for value in readings:
            if self.least <= len(value) <= self.most:
                return value
        if readings:
            raise Invalid(f"{len(readings[0])} bytes are out of range; {self.allowed()}.")
        if BASE32.fullmatch(letters):
            raise Invalid(f"{shown(text)} breaks off within a byte of base 32; {self.allowed()}.")
        raise Invalid(f"{shown(text)} is neither hexadecimal nor base 32; {self.allowed()}.")

    def allowed(self) -> str:
        return (
            f"allowed are {self.least} to {self.most} bytes, as pairs of hexadecimal digits, or else in base 32, which "
            "is written in the letters A to Z and the digits 2 to 7"
        )
