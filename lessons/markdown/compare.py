"""A comparison: one markdown table under a caption. It scrolls by itself where it is too wide.

:::{compare} Two programs, one rule
| | libketama | nginx |
| --- | --- | --- |
| hash | MD5 | CRC-32 |
:::
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from mistune.util import escape

from lessons.markdown.lesson import Directive, Fault, Token, Told


class Compare(Directive):
    name = "compare"

    @staticmethod
    def faults(token: Token, lesson: Told) -> Iterator[Fault]:
        if not token["attrs"]["told"]:
            yield Fault("The comparison has no caption.", "Write it after {compare}.")
        if [child["type"] for child in token["children"] if child["type"] != "blank_line"] != ["table"]:
            yield Fault(
                "A comparison is one table.",
                "Write lines that begin and end with “|”, the second of them “| --- | --- |”.",
            )

    @staticmethod
    def render(renderer: Any, text: str, told: str) -> str:
        caption = escape(told)
        table = text.replace("<table>", f"<table>\n<caption>{caption}</caption>", 1)
        # A head without words is no head.
        table = table.replace("<th></th>", "<td></td>")
        return f'<div class="compare" tabindex="0" role="region" aria-label="{caption}">\n{table}</div>\n'
