"""What people typed, in a table that a spreadsheet program opens."""

from __future__ import annotations

import re

NUMBER = re.compile(r"-?\d+(\.\d+)?")
FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet program takes for the beginning of a formula (OWASP, CSV Injection)."""
INERT = "'"


def safe(text: str) -> str:
    """A text that no spreadsheet program runs: an apostrophe goes before what would be a formula."""
    return f"{INERT}{text}" if text.startswith(FORMULAS) and not NUMBER.fullmatch(text) else text


def plain(text: str) -> str:
    """The text of a cell that `safe` has written."""
    return text[1:] if text.startswith(tuple(INERT + sign for sign in FORMULAS)) else text
