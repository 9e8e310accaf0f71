"""The stored hashes by OpenSSL, coreutils and the reference program of Argon2."""

from __future__ import annotations

from shlex import quote

from playground.engine import Recipe, Run
from playground.machines.passwords import Recipe as HowStored
from playground.miniatures.security.password_storage.accounts import Account
from playground.miniatures.security.password_storage.model import PasswordStorage

TRIED = (
    *(f"scheme={scheme}&rounds=300&n=64&memory=16" for scheme in ("md5", "sha256", "salted")),
    *(f"scheme={scheme}&rounds=300&n=64&memory=16" for scheme in ("pbkdf2", "scrypt", "argon2id")),
    "scheme=md5&do=sign_up:zoe:don't%20worry",
    *(
        f"scheme={old}&rounds=300&do=upgrade:{new}&do=wrap"
        for old, new in (
            ("md5", "salted"),
            ("sha256", "pbkdf2"),
            ("salted", "argon2id"),
            ("sha256", "scrypt"),
            ("plain", "argon2id"),
        )
    ),
    *(f"scheme={scheme}&users=ada&do=sign_up:zoe:--help&do=sign_up:yan:-n" for scheme in ("md5", "argon2id")),
)
WRONG = (("", "printf %s ", "printf %s x"), (TRIED[3], "iter:300", "iter:301"), (TRIED[5], " -t ", " -t 1"))
PROGRAMS = {
    "md5": "coreutils", "sha256": "coreutils", "salted": "coreutils", "pbkdf2": "OpenSSL 3", "scrypt": "OpenSSL 3",
    "argon2id": "argon2, the reference program",
}  # fmt: skip
# OpenSSL prints AA:BB:…; the table has aabb….
HEX = "| tr -d ':\\n' | tr A-F a-f; echo"


def elsewhere(done: Run) -> tuple[Recipe, ...]:
    """One line for each row of the table that holds a hash, in its order; one recipe for each program."""
    rows: dict[str, list[Account]] = {}
    for row in done.model(PasswordStorage).accounts.rows.values():
        if program := PROGRAMS.get(row.recipe.scheme):
            rows.setdefault(program, []).append(row)
    return tuple(
        Recipe(program, "".join(f"{line(row)}\n" for row in some), prints=tuple(row.hash() for row in some))
        for program, some in rows.items()
    )


def line(row: Account) -> str:
    """The command that prints the row's hash."""
    scheme, cost, times, inner = row.recipe
    word, salt = quote(row.password), row.salt
    if inner:
        old = Account(HowStored(inner), salt if inner == "salted" else "", "", row.password)
        word = f'"$({line(old)})"'
    if scheme in ("md5", "sha256", "salted"):
        return f"printf %s {salt}{word} | {'md5sum' if scheme == 'md5' else 'sha256sum'} | cut -d ' ' -f 1"
    if scheme == "pbkdf2":
        options = f"-keylen 32 -kdfopt digest:SHA256 -kdfopt iter:{cost}"
        return f"openssl kdf {options} -kdfopt salt:{salt} -kdfopt pass:{word} PBKDF2 {HEX}"
    if scheme == "scrypt":
        options = f"-keylen 64 -kdfopt n:{cost} -kdfopt r:{times} -kdfopt p:1"
        return f"openssl kdf {options} -kdfopt salt:{salt} -kdfopt pass:{word} SCRYPT {HEX}"
    return f"printf %s {word} | argon2 {salt} -id -k {cost} -t {times} -p 1 -l 32 -r"
