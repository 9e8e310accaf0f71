"""What an instructor types of a question: its prompt, its options row by row, and why the right ones are right."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django import forms

from quizzes.written import FEWEST, LONGEST_LINE, LONGEST_NAME, LONGEST_PROMPT, MOST, Choice, Written, faults, tidied

ROWS = 4
"""Rows for options to begin with."""
PARTS = ("text", "right", "belief")


@dataclass(frozen=True)
class Row:
    """The fields of one option."""

    number: int
    """Counted from one."""
    text: forms.BoundField
    right: forms.BoundField
    belief: forms.BoundField


class TextField(forms.CharField):
    """A text as it was typed: what is wrong with it, a sign that cannot be seen among that, `faults` says."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, strip=False, **kwargs)
        # Django's own refuses a NUL in words of its own, before anything else is looked at.
        self.validators = []


def _line(label: str, help_text: str = "", **attrs: Any) -> TextField:
    widget = forms.TextInput(attrs={"autocomplete": "off", **attrs})
    return TextField(label=label, help_text=help_text, widget=widget)


class WrittenForm(forms.Form):
    """A question. `written`, once the form is valid, is what is meant; rows in which nothing stands are left out."""

    prompt = TextField(
        label="The question",
        help_text=f"Markdown: **bold**, *emphasis*, `code`, code blocks, lists, links; {LONGEST_PROMPT:,} characters.",
        widget=forms.Textarea(attrs={"rows": 6, "autocomplete": "off"}),
    )
    because = _line(
        "Why it is so",
        f"One sentence without Markdown, which is told when the right answer is; {LONGEST_LINE} characters.",
    )
    name = _line(
        "Short name, if you like",
        f"For lists and results, and learners see it: it should not give the answer away. {LONGEST_NAME} characters.",
    )

    def __init__(self, written: Written | None = None, data: Any = None, *, more: bool = False) -> None:
        choices = written.choices if written else ()
        there = rows_in(data) if data is not None else max(ROWS, len(choices))
        count = min(MOST, there + more)
        initial: dict[str, Any] = {}
        if written:
            initial = {"prompt": written.prompt, "because": written.because, "name": written.name}
        for number, one in enumerate(choices):
            initial |= {f"{part}-{number}": getattr(one, part) for part in PARTS}
        super().__init__(data, initial=initial, auto_id="written-%s")
        for number in range(count):
            name = f"option {number + 1}"
            self.fields[f"text-{number}"] = _line(name.capitalize())
            self.fields[f"right-{number}"] = forms.BooleanField(label=f"{name.capitalize()} is right", required=False)
            self.fields[f"belief-{number}"] = _line(f"What is believed by who takes {name}")
        self.count = count

    @property
    def rows(self) -> list[Row]:
        return [Row(number + 1, *(self[f"{part}-{number}"] for part in PARTS)) for number in range(self.count)]

    @property
    def can_grow(self) -> bool:
        """Whether there may be one row more."""
        return self.count < MOST

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        filled = [
            number
            for number in range(self.count)
            if told[f"right-{number}"] or any(told[f"{part}-{number}"].strip() for part in ("text", "belief"))
        ]
        choices = tuple(Choice(*(told[f"{part}-{number}"] for part in PARTS)) for number in filled)
        self.written = tidied(Written(told["prompt"], choices, told["because"], told["name"]))
        for fault in faults(self.written):
            self.add_error(self._field(fault.place, filled), fault.sentence)
        return told

    def _field(self, place: str, filled: list[int]) -> str | None:
        """The field in which a fault is; None for the options as a whole."""
        if found := re.fullmatch(r"options\[(\d+)\]\.(\w+)", place):
            return f"{found[2]}-{filled[int(found[1])]}"
        return None if place == "options" else place


def rows_in(data: Any) -> int:
    """The rows that a form has sent, as it says."""
    said = data.get("rows", "")
    return min(MOST, max(FEWEST, int(said))) if re.fullmatch(r"[0-9]{1,2}", said, re.ASCII) else ROWS
