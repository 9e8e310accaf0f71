"""Mutants that say the same as what they were made of: listed with the reason, by file and code, never by line."""

from __future__ import annotations

import tomllib
from pathlib import Path

LIST = Path(__file__).with_name("equivalent.toml")

Key = tuple[str, str, str]
"""File, line of code, change."""


def equivalents() -> dict[Key, str]:
    """Which mutant -> why nobody can tell."""
    listed = tomllib.loads(LIST.read_text("utf-8")).get("same", [])
    return {(one["file"], one["code"], one["change"]): one["why"] for one in listed}
