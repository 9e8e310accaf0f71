"""What a password table stores under each scheme, and what a guess costs by a stated model.

The strings are Django's (`django.contrib.auth.hashers`); that of Argon2 is a PHC string behind a prefix.
"""

from __future__ import annotations

from base64 import b64encode
from functools import lru_cache
from hashlib import md5, sha256
from hmac import compare_digest
from typing import NamedTuple

from playground.machines.kdf import argon2, pbkdf2, scrypt

try:
    from hashlib import scrypt as scrypt_in_c
except ImportError:  # Python without OpenSSL, as in a browser
    # Its stub promises any buffer; here bytes are enough.
    def scrypt_in_c(password: bytes, *, salt: bytes, n: int, r: int, p: int, dklen: int) -> bytes:  # type: ignore[misc]  # see above
        """The same by our own code, slower."""
        return scrypt(password, salt, n, r, p, dklen)


QUICK = 64
"""Up to this N a page waits for our own scrypt; above, for that of hashlib. The tests compare the two at every N."""


class Recipe(NamedTuple):
    """A scheme and its cost: rounds of PBKDF2, N of scrypt, KiB of Argon2; `times` is r, or passes."""

    scheme: str
    cost: int = 0
    times: int = 1
    inner: str = ""
    """Scheme of the old hash that is hashed in place of the password, a wrapped one; empty: the password itself."""

    @property
    def salted(self) -> bool:
        return self.scheme in SALTED

    def setting(self) -> str:
        """The cost in words."""
        if self.scheme == "pbkdf2":
            return f"{self.cost:,} rounds"
        if self.scheme == "scrypt":
            return f"N = {self.cost:,}, r = {self.times}"
        if self.scheme == "argon2id":
            size = f"{self.cost} KiB" if self.cost < 1024 else f"{self.cost // 1024} MiB"
            return f"{size}, {self.times} pass{'es' if self.times > 1 else ''}"
        return "one hash" if self.scheme != "plain" else "no hash"


LADDER = ("plain", "md5", "sha256", "salted", "pbkdf2", "scrypt", "argon2id")
"""From the weakest to the strongest."""

SALTED = LADDER[3:]

NAMES = {
    "plain": "plain text", "md5": "MD5", "sha256": "SHA-256", "salted": "salted SHA-256",
    "pbkdf2": "PBKDF2", "scrypt": "scrypt", "argon2id": "Argon2id",
}  # fmt: skip

PREFIX = {"salted": "sha256", "pbkdf2": "pbkdf2_sha256", "scrypt": "scrypt", "argon2id": "argon2"}
"""What a stored string begins with, by scheme."""

INNER = {"md5": "md5", "sha256": "sha256", "salted": "salted_sha256"}
"""What it says of a wrapped hash."""

FAST = tuple(INNER)
"""Schemes whose hashes are wrapped: one hash, and a guess is as quick as that."""

SHORT = NAMES | {"plain": "plain", "salted": "SHA-256"}

ADVISED = (
    Recipe("sha256"), Recipe("pbkdf2", 600_000), Recipe("scrypt", 2**17, 8), Recipe("argon2id", 19 * 1024, 2),
)  # fmt: skip
"""A bare hash, and what the OWASP cheat sheet asks for at least."""


@lru_cache(4096)
def digest(recipe: Recipe, salt: str, password: str) -> bytes:
    """The hash of a password. Salt and password are bytes by UTF-8, as in Django."""
    scheme, cost, times, _ = recipe
    word, grain = fed(recipe, salt, password).encode(), salt.encode()
    if scheme == "md5":
        return md5(word, usedforsecurity=False).digest()
    if scheme in ("sha256", "salted"):
        return sha256(grain + word).digest()
    if scheme == "pbkdf2":
        return pbkdf2(word, grain, cost, 32)
    if scheme == "scrypt":
        if cost <= QUICK:
            return scrypt(word, grain, cost, times, 1, 64)
        return scrypt_in_c(word, salt=grain, n=cost, r=times, p=1, dklen=64)
    return argon2(word, grain, memory=cost, passes=times, lanes=1, length=32)


def fed(recipe: Recipe, salt: str, password: str) -> str:
    """What a function is given: the password, or where an old hash was wrapped, that hash as hexadecimal digits.

    As in Django’s manual, “Password upgrading without requiring a login”: an old salt serves both.
    """
    if not recipe.inner:
        return password
    old = Recipe(recipe.inner)
    return digest(old, salt if old.salted else "", password).hex()


def shown(recipe: Recipe, salt: str, password: str) -> str:
    """What the column of hashes shows."""
    return password if recipe.scheme == "plain" else digest(recipe, salt, password).hex()


def stored(recipe: Recipe, salt: str, password: str) -> str:
    """The one string that goes into the table: scheme, cost, salt and hash."""
    scheme, cost, times, inner = recipe
    if scheme == "plain":
        return password
    found = digest(recipe, salt, password)
    if scheme in ("md5", "sha256"):
        return found.hex()
    name = f"{PREFIX[scheme]}_wrapped_{INNER[inner]}" if inner else PREFIX[scheme]
    if scheme == "salted":
        return f"{name}${salt}${found.hex()}"
    text = b64encode(found).decode()
    if scheme == "pbkdf2":
        return f"{name}${cost}${salt}${text}"
    if scheme == "scrypt":
        return f"{name}${cost}${salt}${times}$1${text}"
    grain = b64encode(salt.encode()).decode().rstrip("=")
    return f"{name}$argon2id$v=19$m={cost},t={times},p=1${grain}${text.rstrip('=')}"


def verify(row: str, recipe: Recipe, salt: str, password: str) -> bool:
    """Compute again with the row's own salt and cost, and compare in constant time."""
    return compare_digest(row.encode(), stored(recipe, salt, password).encode())


class Work(NamedTuple):
    """What one computation takes: hashes of one block, and bytes moved to and from memory."""

    hashes: int
    bytes: int


def work(recipe: Recipe) -> Work:
    """PBKDF2: two a round. scrypt: 1.25 times its memory. Argon2: three times its memory a pass, less one.

    The factors for memory are those of Steve Thomas, "Minimum Password Settings" (tobtu.com, 29 December 2022).
    """
    scheme, cost, times, _ = recipe
    if scheme == "pbkdf2":
        return Work(2 * cost, 0)
    if scheme == "scrypt":
        return Work(0, cost * times * 160)
    if scheme == "argon2id":
        return Work(0, cost * 1024 * (3 * times - 1))
    return Work(int(scheme != "plain"), 0)


def checking(recipe: Recipe) -> Work:
    """What a check takes one core of a server: the same, but scrypt is held up by its mixing, not by its memory.

    RFC 7914, sections 4 and 5: 2 N times BlockMix, and 2 r times Salsa20/8 in each. A core does about as many of
    those a second as SHA-256 blocks, with what they move.
    """
    return Work(4 * recipe.cost * recipe.times, 0) if recipe.scheme == "scrypt" else work(recipe)


def picoseconds(work: Work, hashes: int, memory: int) -> int:
    """Time of some work for who does `hashes` million a second and moves `memory` million bytes a second."""
    return work.hashes * 10**6 // hashes + work.bytes * 10**6 // memory


WORDS = (
    "123456", "password", "qwerty", "letmein", "monkey", "sunshine", "dragon", "iloveyou", "football", "princess",
    "welcome", "shadow", "superman", "michael", "abc123", "baseball", "master", "trustno1", "batman", "charlie",
    "freedom", "whatever", "starwars", "jordan23", "pepper", "hunter2", "summer", "ginger", "cookie", "soccer",
    "hockey", "killer", "george", "andrew", "flower", "banana", "matrix", "purple", "chelsea", "orange",
)  # fmt: skip
"""Words that every thief tries, the commonest first."""

PHRASES = (
    "seven lamps over Oslo", "a kettle named Harald", "no ducks before noon", "violet crane on ice",
    "tuba in the elevator", "my third umbrella", "grey owls eat pears", "left sock, right hat",
)  # fmt: skip
"""Passphrases that stand in no list."""
