"""One-time codes: HMAC, dynamic truncation, time steps, the address in the QR code, and a guesser's odds.

HMAC: RFC 2104. HOTP (counter to code): RFC 4226, section 5. TOTP (clock to counter): RFC 6238, section 4.
The address: the key URI format of Google Authenticator.
"""

from __future__ import annotations

from base64 import b32encode
from functools import lru_cache
from hashlib import sha1, sha256, sha512
from typing import Any
from unicodedata import category, normalize
from urllib.parse import quote, urlencode

HASHES: dict[str, Any] = {"sha1": sha1, "sha256": sha256, "sha512": sha512}
"""Name of an algorithm -> its hash function."""

INNER, OUTER = 0x36, 0x5C
"""The bytes that HMAC lays over the key: one pattern for each of its two hashes."""

ONE = 10**30
"""The number one in the fixed-point arithmetic of the odds."""


def digest(algorithm: str, data: bytes) -> bytes:
    """The hash of some bytes."""
    return bytes(HASHES[algorithm](data, usedforsecurity=False).digest())


def padded(key: bytes, algorithm: str) -> bytes:
    """The key as long as one block of the hash: zeros behind it; a key longer than a block is hashed first."""
    block = HASHES[algorithm]().block_size
    return (digest(algorithm, key) if len(key) > block else key).ljust(block, b"\0")


def masked(key: bytes, pattern: int) -> bytes:
    """Every byte of the key, xor the pattern."""
    return bytes(byte ^ pattern for byte in key)


@lru_cache(1024)
def hmac(key: bytes, message: bytes, algorithm: str) -> bytes:
    """H(K xor opad, H(K xor ipad, message)): nobody without the key can make it or check it."""
    key = padded(key, algorithm)
    inner = digest(algorithm, masked(key, INNER) + message)
    return digest(algorithm, masked(key, OUTER) + inner)


def message_of(counter: int) -> bytes:
    """A counter as the eight bytes that are hashed, the highest first."""
    return counter.to_bytes(8, "big")


def offset_of(mac: bytes) -> int:
    """Where to cut: the low half of the last byte, 0 to 15."""
    return mac[-1] & 0x0F


def four_at(mac: bytes, offset: int) -> bytes:
    """The four bytes from there on."""
    return mac[offset : offset + 4]


def number_of(four: bytes) -> int:
    """The four bytes as a number, without the top bit, which some languages would read as a minus sign."""
    return int.from_bytes(four, "big") & 0x7FFF_FFFF


def digits_of(number: int, digits: int) -> str:
    """The last digits of the number, with zeros in front."""
    return str(number % 10**digits).zfill(digits)


def hotp(key: bytes, counter: int, digits: int = 6, algorithm: str = "sha1") -> str:
    """The code for a counter."""
    mac = hmac(key, message_of(counter), algorithm)
    return digits_of(number_of(four_at(mac, offset_of(mac))), digits)


def counter_at(seconds: int, period: int = 30) -> int:
    """The number of whole time steps since the beginning of 1970."""
    return seconds // period


def same(one: str, other: str) -> bool:
    """Whether two texts are equal, in a time that does not tell how far they agree."""
    differs = len(one) ^ len(other)
    for left, right in zip(one, other, strict=False):
        differs |= ord(left) ^ ord(right)
    return differs == 0


def typed(text: str) -> str:
    """A code as a person types it, without the spaces and dashes between its groups.

    Full-width digits are the plain ones: compatible forms of a character are made one (Unicode, NFKC), as pyotp does
    before it compares.
    """
    plain = normalize("NFKC", text)
    return "".join(char for char in plain if category(char) not in ("Zs", "Pd"))


def is_code(text: str, digits: int) -> bool:
    """Whether a text is so many of the digits 0 to 9."""
    return len(text) == digits and text.isascii() and text.isdigit()


def base32(key: bytes) -> str:
    """The key in the 32 letters and digits that people can type, without padding."""
    return b32encode(key).decode().rstrip("=")


def also_base32(key: bytes, most: int) -> bool:
    """Whether its hexadecimal digits could be typed for base 32 as well, of so many bytes at most."""
    digits = key.hex()
    return set(digits) <= set("abcdef234567") and len(digits) % 8 not in (1, 3, 6) and len(digits) * 5 // 8 <= most


def padding(key: bytes) -> int:
    """How many "=" would fill the last group of eight letters in base 32 (RFC 4648, section 6)."""
    return -len(base32(key)) % 8


def address(key: bytes, issuer: str, account: str, algorithm: str, digits: int, period: int) -> str:
    """What the QR code says: everything that the phone has to know, once. The secret has no "=" (key URI format)."""
    said = urlencode(
        {"secret": base32(key), "issuer": issuer, "algorithm": algorithm.upper(), "digits": digits, "period": period},
        quote_via=quote,
    )
    return f"otpauth://totp/{quote(issuer)}:{quote(account)}?{said}"


def odds(valid: int, codes: int, guesses: int) -> int:
    """The chance that one of so many random guesses is right, in parts of a thousand million.

    1 - (1 - valid / codes) ** guesses, by repeated squaring in whole numbers: every machine gets the same.
    """
    miss, power = ONE, ONE * (codes - min(valid, codes)) // codes
    while guesses:
        if guesses & 1:
            miss = miss * power // ONE
        power = power * power // ONE
        guesses >>= 1
    return (ONE - miss) * 10**9 // ONE
