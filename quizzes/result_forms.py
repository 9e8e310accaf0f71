"""What those who teach type on the pages of results: each field bounded, each refusal a sentence beside it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms

from quizzes.class_forms import WhyField
from quizzes.rules.points import spelled

MOST_MINUTES = 1440


class MinutesForm(forms.Form):
    """Time for an attempt."""

    minutes = forms.IntegerField(
        label="Minutes",
        min_value=1,
        max_value=MOST_MINUTES,
        initial=10,
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"),
            f"Type a whole number of minutes from 1 to {MOST_MINUTES:,}.",
        ),
        widget=forms.NumberInput(attrs={"min": 1, "max": MOST_MINUTES, "inputmode": "numeric", "autocomplete": "off"}),
    )
    why = WhyField()


class WhyForm(forms.Form):
    """A reason alone."""

    why = WhyField()


class PointsForm(forms.Form):
    """Points by hand; none for those that are computed."""

    why = WhyField()

    field_order = ("points", "why")

    def __init__(self, most: int, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        told = f"Type points from 0 to {spelled(most)}, with three decimals at most; nothing for those computed."
        self.fields["points"] = _Points(
            label="Points",
            required=False,
            min_value=0,
            max_value=Decimal(most) / 1000,
            max_digits=12,
            decimal_places=3,
            help_text=f"Of {spelled(most)}. Empty for those that are computed.",
            error_messages=dict.fromkeys(
                ("invalid", "min_value", "max_value", "max_digits", "max_decimal_places", "max_whole_digits"), told
            ),
            widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
        )
        self.order_fields(self.field_order)

    @property
    def thousandths(self) -> int | None:
        points: Decimal | None = self.cleaned_data["points"]
        return None if points is None else int(points * 1000)


class _Points(forms.DecimalField):
    """With a decimal point, or a comma."""

    def to_python(self, value: Any) -> Any:
        return super().to_python(value.replace(",", ".") if isinstance(value, str) else value)
