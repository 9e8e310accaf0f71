"""Passwords: the work that a server's price is reckoned by, and what is told of plain text and of guesses."""

import pytest

from playground.engine.query import parse
from playground.engine.registry import entries
from playground.engine.run import run
from playground.machines import hotp, kdf, passwords


def done(slug, text):
    """A run, and all that it tells."""
    cls = entries()[slug].cls
    parsed = parse(cls, text)
    assert parsed.problems == []
    told = run(cls, parsed.query, draw=False)
    return told.outcome, " ".join(step.text for step in told.steps)


@pytest.mark.parametrize(("n", "r"), [(16, 1), (16, 2), (32, 3)])
def test_a_check_by_scrypt_is_reckoned_by_its_mixings(monkeypatch, n, r):
    mixings, once = [], kdf.salsa20_8

    def counted(part):
        mixings.append(part)
        return once(part)

    monkeypatch.setattr(kdf, "salsa20_8", counted)
    kdf.scrypt(b"word", b"salt", n, r, 1, 64)
    assert passwords.checking(passwords.Recipe("scrypt", n, r)) == (len(mixings), 0)


@pytest.mark.parametrize(
    ("scheme", "least", "most"), [("pbkdf2", 135, 158), ("scrypt", 391, 462), ("argon2id", 29, 50)]
)
def test_a_price_is_within_a_factor_of_two_of_what_was_measured(scheme, least, most):
    outcome, _ = done("password-storage", "")
    assert most / 2 <= outcome["prices"][scheme]["server_microseconds"] / 1000 <= 2 * least


def test_plain_text_is_read_as_it_leaks_and_takes_no_hash():
    outcome, told = done("password-storage", "scheme=plain&do=leak")
    assert outcome["read"] == 6
    assert "he has read every password" in told
    outcome, told = done("password-storage", "scheme=plain&do=leak&do=guess:20&do=look_up")
    assert (outcome["read"], outcome["hashes"], outcome["table_reads"]) == (6, 0, 0)
    assert "hashes 20" not in told


def test_rows_in_plain_text_are_left_out_of_the_lists_beside_hashes():
    acts = "do=upgrade:sha256&do=log_in:ada:own&do=leak&do=guess:40&do=look_up"
    outcome, told = done("password-storage", f"scheme=plain&{acts}")
    assert (outcome["read"], outcome["hashes"], outcome["table_reads"]) == (6, 40, 1)
    assert "passwords of bob, cleo, dee, eve and fay are read already" in told


def test_what_the_table_reads_is_not_what_was_guessed_before():
    outcome, _ = done("password-storage", "scheme=salted&do=leak&do=guess:20&do=look_up")
    assert (outcome["read"], outcome["table_reads"]) == (5, 0)


def test_a_plain_password_is_hashed_where_an_old_hash_would_be_wrapped():
    _, told = done("password-storage", "scheme=plain&do=upgrade:argon2id&do=wrap")
    assert "Each plain password is hashed by Argon2id" in told
    assert "old hash goes" not in told


@pytest.mark.parametrize(
    ("scheme", "reads"),
    [("plain", "reads the password"), ("sha256", "reads the hash, and nothing"), ("salted", "reads scheme, salt and"),
     ("argon2id", "reads scheme, cost, salt and")],
)  # fmt: skip
def test_the_server_reads_what_stands_in_the_row(scheme, reads):
    assert reads in done("password-storage", f"scheme={scheme}")[1]


def test_guesses_that_are_not_played_count_as_wrong_and_say_so():
    outcome, told = done("totp", "lockout=0&do=guess:1000000&do=guess:1000000")
    assert outcome["wrong"] == 2_000_000
    assert told.count("counted here as if all were wrong") == 2
    assert "that one was right after all" in told


def test_a_secret_that_could_be_base_32_as_well_says_how_it_was_read():
    both = "ABCDEF234567ABCDEF234567ABCDEF23"
    assert "read as hexadecimal" in done("totp", f"secret={both}")[1]
    assert "read as hexadecimal" not in done("totp", f"secret={both}%3D")[1]
    assert "read as hexadecimal" not in done("totp", "")[1]
    assert not hotp.also_base32(bytes.fromhex("ab" * 64), 64)
