"""Names that people type, and names that nobody can guess."""

from __future__ import annotations

import secrets
import unicodedata

LONGEST = 60
"""Characters of a person's or a class's name."""

SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Of join codes: no 0 and O, no 1, I and L. 31 of them; 8 make 8.5 × 10¹¹ codes."""
CODE = 8
ROOM_CODE = 6
"""Signs of the code of a room, which is good for an afternoon."""


def tidy(text: str) -> str:
    """A name as it is shown: composed (NFC), without white space around it and no more than one space within."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def fold(text: str) -> str:
    """A name as it is compared: compatible forms and capitals made one (Unicode 3.13, D145: NFKC casefold)."""
    compatible = unicodedata.normalize("NFKC", tidy(text)).casefold()
    # Once more: what was made compatible may begin with a space that was none.
    return " ".join(unicodedata.normalize("NFKC", compatible).split())


def new_id() -> str:
    """A public id: 128 random bits as 22 characters that may stand in an address, and be typed after a command, where
    one with a dash before it would be taken for an option: such a draw is drawn again.
    """
    while (drawn := secrets.token_urlsafe(16)).startswith("-"):
        pass
    return drawn


def new_code() -> str:
    """A join code."""
    return _signs(CODE)


def new_room_code() -> str:
    """The code of a room."""
    return _signs(ROOM_CODE)


def _signs(count: int) -> str:
    return "".join(secrets.choice(SIGNS) for _ in range(count))


def read_code(text: str) -> str:
    """A join code as somebody typed it, or wrote it down: spaces, dashes and small letters do not matter."""
    plain = unicodedata.normalize("NFKC", text).upper()
    return "".join(sign for sign in plain if sign.isalnum())[: CODE + 1]
