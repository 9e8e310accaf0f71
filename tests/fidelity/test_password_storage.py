"""Stored passwords against the real things.

    RFC vectors   RFC 6070 (PBKDF2), RFC 7914 (scrypt, and PBKDF2 with SHA-256), RFC 9106 (Argon2d, i, id)
    argon2-cffi   argon2.low_level.hash_secret_raw, seeded passwords, salts and parameters
    hashlib       pbkdf2_hmac and scrypt, the same
    Django        check_password on the strings that the miniature stores, right and wrong passwords; and its
                  hashers wrapped as its manual wraps them, on rows whose old hash was wrapped

Each comparison counts the cases that differ, and that must be 0. Under each saboteur it must not be 0.
The teaching code computes every vector that takes it less than a second. RFC 7914's scrypt with
N = 1,024, r = 8, p = 16 would take it twelve: there hashlib answers for it, after the two were compared.
"""

import hashlib
import platform
from importlib.metadata import version
from itertools import product
from random import Random

import pytest
from argon2.low_level import Type, hash_secret_raw
from django.contrib.auth.hashers import (
    Argon2PasswordHasher,
    PBKDF2PasswordHasher,
    ScryptPasswordHasher,
    check_password,
    identify_hasher,
)

from playground.engine.query import parse
from playground.engine.registry import entries
from playground.engine.run import run
from playground.machines import kdf, passwords
from playground.miniatures.security.password_storage.model import COSTS, SIZES

pytestmark = pytest.mark.fidelity

SLUG = "password-storage"

# Password, salt, rounds, hash, derived key: RFC 6070, section 2, without the vector of 16,777,216 rounds; RFC 7914, 11.
PBKDF2 = [
    (b"password", b"salt", 1, "sha1", "0c60c80f961f0e71f3a9b524af6012062fe037a6"),
    (b"password", b"salt", 2, "sha1", "ea6c014dc72d6f8ccd1ed92ace1d41f0d8de8957"),
    (b"password", b"salt", 4096, "sha1", "4b007901b765489abead49d926f721d065a429c1"),
    (b"passwordPASSWORDpassword", b"saltSALTsaltSALTsaltSALTsaltSALTsalt", 4096, "sha1",
     "3d2eec4fe41c849b80c8d83662c0e44a8b291a964cf2f07038"),
    (b"pass\0word", b"sa\0lt", 4096, "sha1", "56fa6aa75548099dcc37d7f03425e0c3"),
    (b"passwd", b"salt", 1, "sha256",
     ("55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc"
      "49ca9cccf179b645991664b39d77ef317c71b845b1e30bd509112041d3a19783")),
    (b"Password", b"NaCl", 80_000, "sha256",
     ("4ddcd8f60b98be21830cee5ef22701f9641a4418d04c0414aeff08876b34ab56"
      "a1d425a1225833549adb841b51c9b3176a272bdebba1d078478f62b397f33c8d")),
]  # fmt: skip

# RFC 7914, section 12. The second is hashlib's to answer.
SCRYPT = (
    "77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442"
    "fcd0069ded0948f8326a753a0fc81f17e8d3e0fb2e0d3628cf35e20c38d18906"
)
SCRYPT_BIG = (
    "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162"
    "2eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640"
)

# RFC 9106, section 5: types d, i, id with the same input.
ARGON2 = {
    kdf.D: "512b391b6f1162975371d30919734294f868e3be3984f3c1a13a4db9fabe4acb",
    kdf.I: "c814d9d1dc7f37aa13f0d77f2494bda1c8de6b016dd388d29952a4c4672b6ce8",
    kdf.ID: "0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659",
}
TYPES = {kdf.D: Type.D, kdf.I: Type.I, kdf.ID: Type.ID}


def vectors():
    """Pairs: what the teaching code derives, what the document says."""
    found = [(kdf.pbkdf2(word, salt, rounds, len(key) // 2, name), key) for word, salt, rounds, name, key in PBKDF2]
    found.append((kdf.scrypt(b"", b"", 16, 1, 1, 64), SCRYPT))
    for kind, tag in ARGON2.items():
        made = kdf.argon2(
            b"\1" * 32,
            b"\2" * 16,
            memory=32,
            passes=3,
            lanes=4,
            length=32,
            kind=kind,
            secret=b"\3" * 8,
            data=b"\4" * 12,
        )
        found.append((made, tag))
    return [(made.hex(), key) for made, key in found]


def different(pairs):
    return sum(here != there for here, there in pairs)


def noticed(pairs):
    """Whether there is a difference: nothing after the first one is computed."""
    return any(here != there for here, there in pairs)


@pytest.mark.checks("password-storage", "RFC vectors")
def test_the_vectors_of_the_documents_are_derived(evidence):
    assert hashlib.scrypt(b"password", salt=b"NaCl", n=1024, r=8, p=16, dklen=64).hex() == SCRYPT_BIG
    pairs = vectors()
    evidence(
        SLUG, "RFC vectors",
        program="RFC 6070, 7914, 9106", version="2011, 2016, 2021", cases=len(pairs), different=different(pairs),
        compared="derived keys of PBKDF2 with SHA-1 and SHA-256, of scrypt, and of Argon2d, i and id",
    )  # fmt: skip
    assert different(pairs) == 0


def some(random, least, most):
    return random.randbytes(random.randint(least, most))


def against_argon2_cffi():
    random = Random(2026)  # noqa: S311 - cases, nothing secret
    for kind, lanes, passes in product(TYPES, (1, 2), (1, 2)):
        for memory in (8 * lanes, 8 * lanes + 5, 24):
            word, salt, length = some(random, 0, 40), some(random, 8, 20), random.choice((16, 32, 64, 70, 100))
            here = kdf.argon2(word, salt, memory=memory, passes=passes, lanes=lanes, length=length, kind=kind)
            yield here, hash_secret_raw(word, salt, passes, memory, lanes, length, TYPES[kind])
    for memory in SIZES:
        word, salt = some(random, 0, 40), some(random, 8, 20)
        here = kdf.argon2(word, salt, memory=memory, passes=1, lanes=1, length=32)
        yield here, hash_secret_raw(word, salt, 1, memory, 1, 32, Type.ID)


@pytest.mark.checks("password-storage", "argon2-cffi")
def test_argon2_cffi_derives_the_same_keys(evidence):
    pairs = list(against_argon2_cffi())
    evidence(
        SLUG, "argon2-cffi",
        program="argon2-cffi", version=version("argon2-cffi"), cases=len(pairs), different=different(pairs),
        compared="keys of 16 to 100 bytes by Argon2d, i and id, one and two lanes and passes, 8 to 64 KiB",
    )  # fmt: skip
    assert different(pairs) == 0


def against_hashlib():
    random = Random(2026)  # noqa: S311 - cases, nothing secret
    for name in ("sha1", "sha256", "sha512"):
        for _ in range(40):
            word, salt, rounds, length = (
                some(random, 0, 150),
                some(random, 0, 40),
                random.randint(1, 99),
                random.randint(1, 90),
            )
            here = kdf.pbkdf2(word, salt, rounds, length, name)
            yield here, hashlib.pbkdf2_hmac(name, word, salt, rounds, length)
    # Small blocks in every shape, then every N that a learner may choose.
    shapes = [*product((2, 16, 64), (1, 3), (1, 2)), *((n, 1, 1) for n in COSTS)]
    for n, r, p in shapes:
        word, salt = some(random, 0, 90), some(random, 0, 40)
        yield kdf.scrypt(word, salt, n, r, p, 64), hashlib.scrypt(word, salt=salt, n=n, r=r, p=p, dklen=64)
    for rounds in (1, 1000, 2000):
        word, salt = some(random, 0, 90), some(random, 0, 40)
        yield kdf.pbkdf2(word, salt, rounds, 32), hashlib.pbkdf2_hmac("sha256", word, salt, rounds, 32)


@pytest.mark.checks("password-storage", "hashlib")
def test_hashlib_derives_the_same_keys(evidence):
    pairs = list(against_hashlib())
    evidence(
        SLUG, "hashlib",
        program="Python's hashlib", version=platform.python_version(), cases=len(pairs), different=different(pairs),
        compared="PBKDF2 with SHA-1, SHA-256 and SHA-512, up to 2,000 rounds, and scrypt with every N from 2 to 1,024 "
        "that a learner may choose",
    )  # fmt: skip
    assert different(pairs) == 0


# Django

HASHERS = [f"django.contrib.auth.hashers.{name}PasswordHasher" for name in ("PBKDF2", "Argon2", "Scrypt")]
QUERIES = [f"{cost}seed={seed}" for seed in (1, 2, 3) for cost in (
    "scheme=pbkdf2&rounds=1&", "scheme=pbkdf2&rounds=2000&", "scheme=scrypt&", "scheme=scrypt&n=64&",
    "scheme=scrypt&n=128&", "scheme=scrypt&n=1024&", "scheme=argon2id&", "scheme=argon2id&memory=16&",
    "do=upgrade:argon2id&do=log_in:ada:own&",
)] + ["scheme=argon2id&memory=64&users=ada+bob&seed=4"]  # fmt: skip


def accounts(query):
    """What the miniature stores under these inputs; who signed up with what is read off the narration."""
    acts = "&".join(part for part in query.split("&") if part.startswith("do="))
    inputs = "&".join(part for part in query.split("&") if not part.startswith("do="))
    cls = entries()[SLUG].cls
    parsed = parse(cls, "&".join(part for part in (inputs, acts) if part))
    assert parsed.problems == []
    done = run(cls, parsed.query, draw=False)
    chosen = {}
    for step in done.steps:
        if " signs up and sends a password over TLS: " in step.text:
            name, _, word = step.text.partition(" signs up and sends a password over TLS: ")
            chosen[name] = word.removesuffix(".")
    return [(chosen[name], row["stored"]) for name, row in done.outcome["users"].items() if "$" in row["stored"]]


def verified(word, stored):
    """The verdict of check_password alone: a refusal there also spends the time of a million rounds on purpose."""
    return identify_hasher(stored).verify(word, stored)


def verdicts(check=verified):
    """Pairs: whether the password is the one that was chosen, whether Django lets it in."""
    for query in QUERIES:
        for word, stored in accounts(query):
            yield True, check(word, stored)
            yield False, verified(word + " ", stored)


@pytest.mark.checks("password-storage", "Django")
def test_django_accepts_what_the_miniature_stores_and_refuses_other_passwords(settings, evidence):
    settings.PASSWORD_HASHERS = HASHERS
    pairs = list(verdicts(check_password))
    evidence(
        SLUG, "Django",
        program="Django", version=version("Django"), cases=len(pairs), different=different(pairs),
        compared="verdicts of check_password on rows by PBKDF2, scrypt and Argon2id, signed up and made again, "
        "with the right and a wrong password",
    )  # fmt: skip
    assert different(pairs) == 0


# Old hashes that were wrapped: Django's hashers as its manual wraps them, under "Password upgrading without requiring
# a login"; there for a salted hash, here also for one without a salt.


def old_hash(name, password, salt):
    """What the row held before."""
    bare = hashlib.md5 if name == "md5" else hashlib.sha256
    return bare(f"{salt if name == 'salted_sha256' else ''}{password}".encode()).hexdigest()


class Wrapping:
    """What makes a hasher one that is given the old hash for the password: mixed into the hasher."""

    inner = ""

    def encode(self, password, salt, *more):
        return super().encode(old_hash(self.inner, password, salt), salt, *more)  # type: ignore[misc]  # the hasher that it is mixed into has it


class WrappedPBKDF2(Wrapping, PBKDF2PasswordHasher):
    """By PBKDF2."""


class WrappedScrypt(Wrapping, ScryptPasswordHasher):
    """By scrypt."""


class WrappedArgon2(Argon2PasswordHasher):
    """By Argon2, of which the library verifies: it does not encode again."""

    inner = ""

    def verify(self, password, encoded):
        return super().verify(old_hash(self.inner, password, self.decode(encoded)["salt"]), encoded)


def wrapped(hasher, inner):
    """One that wraps hashes of one kind."""
    made = hasher()
    made.inner, made.algorithm = inner, f"{hasher.algorithm}_wrapped_{inner}"
    return made


WRAPPED = {
    (old, new): wrapped(hasher, {"salted": "salted_sha256"}.get(old, old))
    for old in ("md5", "sha256", "salted")
    for new, hasher in (
        ("pbkdf2", WrappedPBKDF2), ("scrypt", WrappedScrypt), ("argon2id", WrappedArgon2),
    )
}  # fmt: skip


def wrapped_verdicts():
    """Pairs, as above, after one night without a log-in."""
    for (old, new), hasher in WRAPPED.items():
        for word, stored in accounts(f"scheme={old}&rounds=50&do=upgrade:{new}&do=wrap"):
            yield True, stored.startswith(f"{hasher.algorithm}$") and hasher.verify(word, stored)
            yield False, hasher.verify(f"{word} ", stored)


@pytest.mark.checks("password-storage", "wrapped hashers of Django")
def test_django_accepts_a_password_whose_old_hash_was_wrapped(evidence):
    pairs = list(wrapped_verdicts())
    evidence(
        SLUG, "wrapped hashers of Django",
        program="Django", version=version("Django"), cases=len(pairs), different=different(pairs),
        compared="verdicts of hashers wrapped as in its manual: MD5, SHA-256 with and without salt within PBKDF2, "
        "scrypt and Argon2id, with the right and a wrong password",
    )  # fmt: skip
    assert different(pairs) == 0


@pytest.mark.saboteur("password-storage", "wrapped hashers of Django")
@pytest.mark.parametrize(
    "wrong",
    [lambda recipe, salt, word: word, lambda recipe, salt, word: old_hash("md5", word, salt)],
    ids=["the password itself", "always MD5"],
)
def test_another_thing_in_place_of_the_password_is_noticed(monkeypatch, wrong):
    passwords.digest.cache_clear()
    monkeypatch.setattr(passwords, "fed", wrong)
    differ = noticed(wrapped_verdicts())
    passwords.digest.cache_clear()
    assert differ


# Saboteurs: one wrong line each.


def first_link_only(password, salt, rounds, length, name="sha256"):
    return hashlib.pbkdf2_hmac(name, password, salt, 1, length)


def not_shuffled(block):
    x, chain = block[-1], []
    for part in block:
        x = kdf.salsa20_8(kdf.mixed(x, part))
        chain.append(x)
    return chain


def rows_before_columns(part):
    """The lanes are not moved round between columns and rows."""
    a, b, c, d = part
    for _ in range(8):
        b ^= (a + d & kdf.WORDS) * kdf.TWICE >> 25 & kdf.WORDS
        c ^= (b + a & kdf.WORDS) * kdf.TWICE >> 23 & kdf.WORDS
        d ^= (c + b & kdf.WORDS) * kdf.TWICE >> 19 & kdf.WORDS
        a ^= (d + c & kdf.WORDS) * kdf.TWICE >> 14 & kdf.WORDS
    return tuple(one + other & kdf.WORDS for one, other in zip(part, (a, b, c, d), strict=True))


def previous_block(shape, turn, part, lane, at, word):
    return lane, (part * shape.segment + at - 2) % shape.columns


def plain_blake(text, length):
    return hashlib.blake2b(text, digest_size=min(length, 64)).digest().ljust(length, b"\0")


def saboteur(name, wrong, compared, title):
    return pytest.param(name, wrong, compared, id=title, marks=pytest.mark.saboteur(SLUG, COMPARED[compared]))


COMPARED = {vectors: "RFC vectors", against_hashlib: "hashlib", against_argon2_cffi: "argon2-cffi"}


@pytest.mark.parametrize(
    ("name", "wrong", "compared"),
    [
        saboteur("pbkdf2", first_link_only, vectors, "one round"),
        saboteur("pbkdf2", first_link_only, against_hashlib, "one round, hashlib"),
        saboteur("block_mix", not_shuffled, against_hashlib, "no shuffle"),
        saboteur("salsa20_8", rows_before_columns, vectors, "columns only"),
        saboteur("reference", previous_block, vectors, "block before"),
        saboteur("reference", previous_block, against_argon2_cffi, "block before, argon2-cffi"),
        saboteur("long_hash", plain_blake, against_argon2_cffi, "short hash"),
    ],
)
def test_a_saboteur_of_the_machine_is_noticed(monkeypatch, name, wrong, compared):
    monkeypatch.setattr(kdf, name, wrong)
    assert noticed(compared())


@pytest.mark.saboteur("password-storage", "Django")
@pytest.mark.parametrize("wrong", [lambda recipe, salt, word: b"\0" * 32], ids=["no hash"])
def test_a_saboteur_of_the_stored_string_is_noticed_by_django(monkeypatch, settings, wrong):
    settings.PASSWORD_HASHERS = HASHERS
    monkeypatch.setattr(passwords, "digest", wrong)
    assert noticed(verdicts())


@pytest.mark.saboteur("password-storage", "Django")
def test_half_the_memory_above_our_own_scrypt_is_noticed_by_django(monkeypatch, settings):
    settings.PASSWORD_HASHERS = HASHERS
    passwords.digest.cache_clear()
    right = hashlib.scrypt
    monkeypatch.setattr(passwords, "scrypt_in_c", lambda word, *, n, **more: right(word, n=n // 2, **more))
    differ = noticed(verdicts())
    passwords.digest.cache_clear()
    assert differ


@pytest.mark.saboteur("password-storage", "Django")
def test_a_salt_for_all_is_noticed_by_django(monkeypatch, settings):
    """The row's string names one salt and is hashed with another."""
    settings.PASSWORD_HASHERS = HASHERS
    right = passwords.digest
    monkeypatch.setattr(passwords, "digest", lambda recipe, salt, word: right(recipe, "the same for all", word))
    assert noticed(verdicts())
