"""The Huffman code of header compression (RFC 7541, Appendix B), which HPACK and QPACK share.

The code is canonical: sorted by length, then by byte, each word is the one before plus one, shifted to its
length. So the lengths alone say everything.
"""

from __future__ import annotations

LENGTHS = """
13 23 28 28 28 28 28 28 28 24 30 28 28 30 28 28 28 28 28 28 28 28 30 28 28 28 28 28 28 28 28 28 6 10 10 12
13 6 8 11 10 10 8 11 8 6 6 6 5 5 5 6 6 6 6 6 6 6 7 8 15 6 12 10 13 6 7 7 7 7 7 7 7 7 7 7 7 7 7 7 7 7 7 7 7 7
7 7 8 7 8 13 19 13 14 6 15 5 6 5 6 5 6 6 6 5 7 7 6 6 6 5 6 7 6 5 5 6 7 7 7 7 7 15 11 14 13 28 20 22 20 20 22
22 22 23 22 23 23 23 23 23 24 23 24 24 22 23 24 23 23 23 23 21 22 23 22 23 23 24 22 21 20 22 22 23 23 21 23
22 22 24 21 22 23 23 21 21 22 21 23 22 23 23 20 22 22 22 23 22 22 23 26 26 20 19 22 23 22 25 26 26 26 27 27
26 24 25 19 21 26 27 27 26 27 24 21 21 26 26 28 27 27 27 20 24 20 21 22 21 21 23 22 22 25 25 24 24 26 23 26
27 26 26 27 27 27 27 27 28 27 27 27 27 27 26 30
"""
"""Bits for each byte, and for the end of a string as the 257th."""


def words() -> list[tuple[int, int]]:
    """For each byte its code word and the length of it in bits."""
    lengths = [int(part) for part in LENGTHS.split()]
    found = [(0, 0)] * len(lengths)
    word, before = 0, 5
    for at, symbol in enumerate(sorted(range(len(lengths)), key=lambda symbol: (lengths[symbol], symbol))):
        word = (word + (at > 0)) << (lengths[symbol] - before)
        before = lengths[symbol]
        found[symbol] = word, before
    return found


WORDS = words()
BYTES = {(length, word): symbol for symbol, (word, length) in enumerate(WORDS)}
END = 256


def encode(text: bytes) -> bytes:
    """The code words one after the other, filled up with ones."""
    bits, count = 0, 0
    for byte in text:
        word, length = WORDS[byte]
        bits, count = bits << length | word, count + length
    missing = -count % 8
    return (bits << missing | (1 << missing) - 1).to_bytes((count + missing) // 8, "big")


def decode(data: bytes) -> bytes:
    """The text. Raises ValueError where the filling is not what it must be."""
    out, word, length = bytearray(), 0, 0
    for byte in data:
        for bit in range(7, -1, -1):
            word, length = word << 1 | byte >> bit & 1, length + 1
            symbol = BYTES.get((length, word))
            if symbol == END:
                raise ValueError("the end of a string may not be written out")
            if symbol is not None:
                out.append(symbol)
                word, length = 0, 0
    if length > 7 or word != (1 << length) - 1:
        raise ValueError("a string is filled up with fewer than eight ones")
    return bytes(out)
