"""Password hashing from its specifications: PBKDF2, scrypt, Argon2.

PBKDF2: RFC 8018, section 5.2, with HMAC from RFC 2104.
scrypt: RFC 7914 (Salsa20/8 core, BlockMix, ROMix).
Argon2: RFC 9106 (types d, i and id, version 0x13), on BLAKE2b from hashlib.

Written to be read. hashlib and argon2 do the same hundreds of times faster, and are what to use.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b, new
from struct import pack, unpack
from typing import NamedTuple

MASK32, MASK64, MASK128, MASK192 = (2**bits - 1 for bits in (32, 64, 128, 192))

# PBKDF2


def pbkdf2(password: bytes, salt: bytes, rounds: int, length: int, name: str = "sha256") -> bytes:
    """Each block of the key is the XOR of `rounds` links of a chain of HMACs (RFC 8018, 5.2)."""
    empty = new(name, usedforsecurity=False)
    key = password if len(password) <= empty.block_size else new(name, password, usedforsecurity=False).digest()
    key = key.ljust(empty.block_size, b"\0")
    inner, outer = empty.copy(), empty.copy()
    inner.update(bytes(byte ^ 0x36 for byte in key))
    outer.update(bytes(byte ^ 0x5C for byte in key))

    def hmac(text: bytes) -> bytes:
        inside, outside = inner.copy(), outer.copy()
        inside.update(text)
        outside.update(inside.digest())
        return outside.digest()

    derived = b""
    for block in range(1, -(-length // empty.digest_size) + 1):
        link = hmac(salt + pack(">I", block))
        total = int.from_bytes(link, "big")
        for _ in range(rounds - 1):
            link = hmac(link)
            total ^= int.from_bytes(link, "big")
        derived += total.to_bytes(empty.digest_size, "big")
    return derived[:length]


# scrypt

LANE = sum(1 << 64 * at for at in range(4))
"""A one in each of four lanes of 64 bits: an integer of Python's holds four words, and one sum adds all of them."""

WORDS = MASK32 * LANE
TWICE = 2**32 + 1
"""Times a word: the word twice, so that one shift turns it."""

Part = tuple[int, int, int, int]
"""Sixteen words of 32 bits, four to an integer: the first words of the four columns, the second ones, and so on."""

COLUMNS = ((0, 5, 10, 15), (4, 9, 14, 3), (8, 13, 2, 7), (12, 1, 6, 11))
"""The words of a part in that order. Each column begins at the diagonal (RFC 7914, 3)."""


def packed(text: bytes) -> Part:
    """Sixty-four bytes as a part."""
    words = unpack("<16I", text)
    a, b, c, d = (sum(words[at] << 64 * lane for lane, at in enumerate(four)) for four in COLUMNS)
    return a, b, c, d


def unpacked(part: Part) -> bytes:
    """A part as sixty-four bytes."""
    words = {
        at: four >> 64 * lane & MASK32 for row, four in zip(COLUMNS, part, strict=True) for lane, at in enumerate(row)
    }
    return pack("<16I", *(words[at] for at in range(16)))


def salsa20_8(part: Part) -> Part:
    """Four double rounds, added to what went in (RFC 7914, 3). After the columns come the rows: lanes move round."""
    a, b, c, d = part
    for _ in range(4):
        b ^= (a + d & WORDS) * TWICE >> 25 & WORDS
        c ^= (b + a & WORDS) * TWICE >> 23 & WORDS
        d ^= (c + b & WORDS) * TWICE >> 19 & WORDS
        a ^= (d + c & WORDS) * TWICE >> 14 & WORDS
        b, c, d = b >> 192 | (b & MASK192) << 64, c >> 128 | (c & MASK128) << 128, d >> 64 | (d & MASK64) << 192
        d ^= (a + b & WORDS) * TWICE >> 25 & WORDS
        c ^= (d + a & WORDS) * TWICE >> 23 & WORDS
        b ^= (c + d & WORDS) * TWICE >> 19 & WORDS
        a ^= (b + c & WORDS) * TWICE >> 14 & WORDS
        b, c, d = b >> 64 | (b & MASK64) << 192, c >> 128 | (c & MASK128) << 128, d >> 192 | (d & MASK192) << 64
    e, f, g, h = part
    return a + e & WORDS, b + f & WORDS, c + g & WORDS, d + h & WORDS


def mixed(one: Part, other: Part) -> Part:
    """The words of one XOR those of another."""
    return one[0] ^ other[0], one[1] ^ other[1], one[2] ^ other[2], one[3] ^ other[3]


def block_mix(block: list[Part]) -> list[Part]:
    """Chain the 64-byte parts of a block through Salsa20/8; even parts first, then odd ones (RFC 7914, 4)."""
    x, chain = block[-1], []
    for part in block:
        x = salsa20_8(mixed(x, part))
        chain.append(x)
    return chain[::2] + chain[1::2]


def ro_mix(text: bytes, n: int) -> bytes:
    """Fill N blocks of memory, then read N of them in an order that only the data tells (RFC 7914, 5)."""
    x, memory = [packed(text[at : at + 64]) for at in range(0, len(text), 64)], []
    for _ in range(n):
        memory.append(x)
        x = block_mix(x)
    for _ in range(n):
        # The first word of the last part says which block.
        x = block_mix(list(map(mixed, x, memory[(x[-1][0] & MASK32) % n])))
    return b"".join(map(unpacked, x))


def scrypt(password: bytes, salt: bytes, n: int, r: int, p: int, length: int) -> bytes:
    """PBKDF2 for one round, p times ROMix over N blocks of 128 r bytes, PBKDF2 again (RFC 7914, 6)."""
    size = 128 * r
    blocks = pbkdf2(password, salt, 1, p * size)
    filled = b"".join(ro_mix(blocks[at : at + size], n) for at in range(0, p * size, size))
    return pbkdf2(password, filled, 1, length)


# Argon2

D, I, ID = range(3)  # noqa: E741 - the letters of the specification
VERSION = 0x13
SLICES = 4


def long_hash(text: bytes, length: int) -> bytes:
    """BLAKE2b stretched to any length: 32 bytes of each link of a chain (RFC 9106, 3.3)."""
    text = pack("<I", length) + text
    if length <= 64:
        return blake2b(text, digest_size=length).digest()
    link, derived = blake2b(text).digest(), b""
    while length - len(derived) > 64:
        derived += link[:32]
        rest = length - len(derived)
        link = blake2b(link, digest_size=min(rest, 64)).digest()
    return derived + link


CELLS = tuple(
    [tuple(range(row, row + 16)) for row in range(0, 128, 16)]
    + [tuple(16 * j + column + k for j in range(8) for k in (0, 1)) for column in range(0, 16, 2)]
)
"""Words that one permutation takes: eight rows of the block, then eight columns."""

QUARTERS = (
    (0, 4, 8, 12), (1, 5, 9, 13), (2, 6, 10, 14), (3, 7, 11, 15),
    (0, 5, 10, 15), (1, 6, 11, 12), (2, 7, 8, 13), (3, 4, 9, 14),
)  # fmt: skip

MIXES = tuple(tuple(cells[at] for at in quarter) for cells in CELLS for quarter in QUARTERS)


def compress(left: list[int], right: list[int]) -> list[int]:
    """The function G: XOR two blocks of 128 words, permute rows and columns, XOR again (RFC 9106, 3.5)."""
    start = [a ^ b for a, b in zip(left, right, strict=True)]
    v = start.copy()
    for i, j, k, m in MIXES:
        a, b, c, d = v[i], v[j], v[k], v[m]
        a = (a + b + 2 * (a & MASK32) * (b & MASK32)) & MASK64
        d ^= a
        d = d >> 32 | (d & MASK32) << 32
        c = (c + d + 2 * (c & MASK32) * (d & MASK32)) & MASK64
        b ^= c
        b = b >> 24 | b << 40 & MASK64
        a = (a + b + 2 * (a & MASK32) * (b & MASK32)) & MASK64
        d ^= a
        d = d >> 16 | d << 48 & MASK64
        c = (c + d + 2 * (c & MASK32) * (d & MASK32)) & MASK64
        b ^= c
        v[i], v[j], v[k], v[m] = a, b >> 63 | b << 1 & MASK64, c, d
    return [a ^ b for a, b in zip(start, v, strict=True)]


class Shape(NamedTuple):
    """Passes over memory, lanes, blocks of 1 KiB a lane, and the type."""

    passes: int
    lanes: int
    columns: int
    kind: int

    @property
    def segment(self) -> int:
        return self.columns // SLICES


def argon2(
    password: bytes,
    salt: bytes,
    *,
    memory: int,
    passes: int,
    lanes: int,
    length: int,
    kind: int = ID,
    secret: bytes = b"",
    data: bytes = b"",
) -> bytes:
    """Fill `memory` KiB block by block, each from the one before and one chosen by the data (RFC 9106, 3.2)."""
    columns = memory // (SLICES * lanes) * SLICES
    shape = Shape(passes, lanes, columns, kind)
    told = b"".join(pack("<I", len(part)) + part for part in (password, salt, secret, data))
    seed = blake2b(pack("<6I", lanes, length, memory, passes, VERSION, kind) + told).digest()
    matrix = [[[0] * 128 for _ in range(columns)] for _ in range(lanes)]
    for lane in range(lanes):
        for column in (0, 1):
            first = long_hash(seed + pack("<II", column, lane), 1024)
            matrix[lane][column] = list(unpack("<128Q", first))
    for turn in range(passes):
        for part in range(SLICES):
            for lane in range(lanes):
                fill(matrix, shape, turn, part, lane, memory)
    last = matrix[0][-1]
    for lane in range(1, lanes):
        last = [a ^ b for a, b in zip(last, matrix[lane][-1], strict=True)]
    return long_hash(pack("<128Q", *last), length)


def fill(matrix: list[list[list[int]]], shape: Shape, turn: int, part: int, lane: int, memory: int) -> None:
    """One segment: a quarter of a lane. Of types i and id some segments take addresses that no data tells."""
    blind = shape.kind == I or (shape.kind == ID and turn == 0 and part < 2)
    told = addresses(shape, turn, part, lane, memory) if blind else iter(())
    for at in range(shape.segment):
        column = part * shape.segment + at
        address = next(told) if blind else 0
        if turn == 0 and column < 2:
            continue
        before = matrix[lane][column - 1]
        other, where = reference(shape, turn, part, lane, at, address if blind else before[0])
        mixed = compress(before, matrix[other][where])
        if turn:
            mixed = [a ^ b for a, b in zip(mixed, matrix[lane][column], strict=True)]
        matrix[lane][column] = mixed


def addresses(shape: Shape, turn: int, part: int, lane: int, memory: int) -> Iterator[int]:
    """Pseudo-random words from a counter alone (RFC 9106, 3.4.1.2)."""
    zero = [0] * 128
    counter = 0
    while True:
        counter += 1
        given = [turn, lane, part, memory // (SLICES * shape.lanes) * SLICES * shape.lanes]
        given += [shape.passes, shape.kind, counter]
        yield from compress(zero, compress(zero, given + zero[len(given) :]))


def reference(shape: Shape, turn: int, part: int, lane: int, at: int, word: int) -> tuple[int, int]:
    """Lane and column of the block that a 64-bit word chooses (RFC 9106, 3.4.2)."""
    low, high = word & MASK32, word >> 32
    other = lane if turn == 0 and part == 0 else high % shape.lanes
    finished = part * shape.segment if turn == 0 else shape.columns - shape.segment
    area = finished + at - 1 if other == lane else finished - (at == 0)
    far = area - 1 - (area * (low * low >> 32) >> 32)
    begin = (part + 1) * shape.segment % shape.columns if turn else 0
    return other, (begin + far) % shape.columns
