"""What Git takes as the name of a branch (`git check-ref-format --branch`).

https://git-scm.com/docs/git-check-ref-format
"""

from __future__ import annotations


def is_branch(name: str) -> bool:
    """No part between `/` is empty, begins with `.` or ends with `.lock`; there is no `:` and no `..` in it."""
    if ":" in name or ".." in name or name.startswith("-") or name.endswith("."):
        return False
    return all(part and not part.startswith(".") and not part.endswith(".lock") for part in name.split("/"))


def one_is_a_folder(one: str, other: str) -> bool:
    """Whether one of two different names would be a folder where the other is a file: `fix` and `fix/login`."""
    return one.startswith(f"{other}/") or other.startswith(f"{one}/")
