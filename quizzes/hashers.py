"""How recovery codes are hashed."""

from __future__ import annotations

from django.contrib.auth.hashers import Argon2PasswordHasher


class CodeHasher(Argon2PasswordHasher):
    """Argon2id at a hundredth of what a password costs: a code holds 59 random bits, and eight are made at once."""

    algorithm = "argon2_code"
    time_cost = 1
    memory_cost = 8 * 1024
    """KiB."""
    parallelism = 1
