"""What an instructor types about a quiz: its rules as one sentence, and what each question is worth."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from django import forms

from quizzes.building import rules_of
from quizzes.class_forms import MomentField
from quizzes.models import Item, Quiz
from quizzes.names import tidy
from quizzes.rules.phases import Part, Phase, may_check
from quizzes.rules.points import spelled
from quizzes.rules.sentence import (
    FULL,
    MOST_ATTEMPTS,
    MOST_MINUTES,
    MOST_POINTS,
    MOST_TRIES,
    TITLE,
    Rules,
    faults,
    filled,
    kind_of,
)
from quizzes.zones import wall_time

KINDS = [("test", "test"), ("exercise", "exercise")]
KEEP = [
    ("best", "the best counts"), ("last", "the last counts"),
    ("first", "the first counts"), ("average", "their mean counts"),
]  # fmt: skip
BOOK = [("yes", "allowed"), ("no", "not wanted")]
PHASES = [
    (Phase.CHECKING, "after checking"),
    (Phase.HANDING_IN, "after handing in"),
    (Phase.CLOSING, "after closing"),
    (Phase.NEVER, "never"),
]
TRIES = f"Type per cents from 0 to 100, at most {MOST_TRIES}: 100, 60, 30."


def _choice(label: str, choices: list[Any]) -> forms.ChoiceField:
    told = dict.fromkeys(("invalid_choice", "required"), "Choose one of the list.")
    return forms.ChoiceField(label=label, choices=choices, error_messages=told)


def _number(label: str, most: int, none: str) -> forms.IntegerField:
    told = f"Type a whole number from 1 to {most:,}, or nothing for {none}."
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=1,
        max_value=most,
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), told),
        widget=forms.NumberInput(
            attrs={"min": 1, "max": most, "inputmode": "numeric", "autocomplete": "off", "placeholder": none}
        ),
    )


class BuildForm(forms.Form):
    """A quiz: its title, the sentence of its rules and, of a draft, what its questions are worth.

    `rules`, once it is valid, are the rules that are meant: another kind of quiz fills them anew, and those of a kind
    follow the date of closing.
    """

    title = forms.CharField(
        label="Title",
        max_length=TITLE,
        error_messages={"required": "Give it a title.", "max_length": f"A title has at most {TITLE} characters."},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    kind = _choice("Kind of quiz", KINDS)
    minutes = _number("Minutes from the start", MOST_MINUTES, "no limit")
    attempts = _number("Attempts", MOST_ATTEMPTS, "any number")
    keep = _choice("Of several attempts", KEEP)
    tries = forms.CharField(
        label="What tries are worth, in per cent",
        required=False,
        max_length=60,
        error_messages={"max_length": TRIES},
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "text", "size": 12}),
    )
    verdict = _choice("The verdict", PHASES)
    answer = _choice("The right answer with its reason", PHASES)
    run = _choice("The run", PHASES)
    book = _choice("The playground and notes", BOOK)

    def __init__(self, quiz: Quiz, data: Any = None) -> None:
        rules, zone = rules_of(quiz), quiz.of.zone
        initial = {
            "title": quiz.title,
            "kind": kind_of(rules.phases),
            "opens": wall_time(rules.opens, zone),
            "closes": wall_time(rules.closes, zone),
            "minutes": rules.limit_s // 60 if rules.limit_s else None,
            "attempts": rules.attempts,
            "keep": rules.keep,
            "tries": ", ".join(spelled(one * 100) for one in rules.tries),
            "book": "yes" if rules.open_book else "no",
            **rules.phases,
        }
        items = list(Item.objects.filter(quiz=quiz)) if quiz.state == Quiz.State.DRAFT else []
        initial |= {f"points-{item.pk}": spelled(item.points) for item in items}
        super().__init__(data, initial=initial, auto_id="quiz-%s")
        self.quiz, self.before, self.items = quiz, rules, items
        self.fields["opens"] = MomentField(zone, label="Opens")
        self.fields["closes"] = MomentField(zone, label="Closes")
        told = f"Type points from 0 to {MOST_POINTS:,}, with three decimals at most."
        for item in items:
            field = forms.DecimalField(
                label=f"Points of question {item.place}",
                min_value=0,
                max_value=MOST_POINTS,
                decimal_places=3,
                error_messages=dict.fromkeys(
                    ("required", "invalid", "min_value", "max_value", "max_decimal_places", "max_digits"), told
                ),
                widget=forms.NumberInput(attrs={"min": 0, "max": MOST_POINTS, "step": "any", "autocomplete": "off"}),
            )
            # An item that came while the page was open is in no field of it.
            field.required = data is None or f"points-{item.pk}" in data
            self.fields[f"points-{item.pk}"] = field
        for one in self.fields.values():
            one.widget.attrs["form"] = "quiz"

    def clean_title(self) -> str:
        title = tidy(self.cleaned_data["title"])
        if not title.isprintable():
            raise forms.ValidationError("A title is made of signs that can be seen.")
        return title

    def clean_tries(self) -> tuple[int, ...]:
        text: str = self.cleaned_data["tries"]
        if not re.fullmatch(r"[\s\d,;%]*", text, re.ASCII):
            raise forms.ValidationError(TRIES)
        found = [int(one) for one in re.findall(r"\d+", text)]
        if len(found) > MOST_TRIES or any(one > 100 for one in found):
            raise forms.ValidationError(TRIES)
        return tuple(10 * one for one in found) or FULL

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        if self.errors:
            return told
        before = self.before
        # Seconds that the field does not show stay.
        opens, closes = (
            getattr(before, name) if name not in self.changed_data else told[name] for name in ("opens", "closes")
        )
        phases = {str(part): told[part] for part in Part}
        tries = told["tries"] if may_check(phases) else FULL
        attempts = told["attempts"]
        if told["kind"] != kind_of(before.phases):
            tries, phases, attempts = filled(told["kind"], closes)
        elif phases == before.phases == filled(told["kind"], before.closes).phases:
            phases = filled(told["kind"], closes).phases
        limit = told["minutes"] * 60 if told["minutes"] else None
        self.rules = Rules(opens, closes, limit, attempts, told["keep"], tries, phases, told["book"] == "yes")
        for fault in faults(opens, closes, phases, tries):
            self.add_error(self._field(fault.rule, phases), fault.sentence)
        return told

    def _field(self, rule: str, phases: dict[str, str]) -> str:
        """Where a fault is told."""
        return next(part for part in Part if phases[part] == Phase.CLOSING) if rule == "phases" else rule

    @property
    def wrong(self) -> list[forms.BoundField]:
        """Fields of the sentence in which something is wrong; the others tell it beside them."""
        return [field for field in self if field.errors and field.name != "title" and "-" not in field.name]

    @property
    def points(self) -> dict[int, int]:
        """What the questions are worth, in thousandths, by item."""
        told: dict[int, Decimal | None] = {item.pk: self.cleaned_data[f"points-{item.pk}"] for item in self.items}
        return {pk: int(worth * 1000) for pk, worth in told.items() if worth is not None}


class DaysForm(forms.Form):
    """By how much the dates of a copy are later."""

    days = forms.IntegerField(
        label="Days later",
        initial=0,
        min_value=-3660,
        max_value=3660,
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"), "Type a whole number of days, at most ten years of them."
        ),
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )


class FileForm(forms.Form):
    """A quiz as the text of its file."""

    quiz = forms.CharField(
        label="The quiz",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 14, "autocomplete": "off", "spellcheck": "false", "data-into": ""}),
    )
