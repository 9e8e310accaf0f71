"""Where things stand in a lesson's file. mistune keeps no line numbers, so the block state notes them.

Inside a list it cannot: mistune has read to the list's end before it makes the items.
"""

from __future__ import annotations

from typing import Any

from mistune.core import BlockState


class Placed(BlockState):
    """A block state that gives every block the number of the line on which it begins, as `line`."""

    def __init__(self, parent: Placed | None = None, first: int = 1) -> None:
        super().__init__(parent)
        self.first = parent.here() if parent else first

    def here(self) -> int:
        """The line of the file at the cursor."""
        return self.first + self.src.count("\n", 0, self.cursor)

    def append_token(self, token: dict[str, Any]) -> None:
        token.setdefault("line", self.here())
        super().append_token(token)

    def add_paragraph(self, text: str) -> None:
        before = self.last_token()
        super().add_paragraph(text)
        if self.last_token() is not before:
            self.tokens[-1]["line"] = self.here() + len(text[: len(text) - len(text.lstrip("\n"))])
