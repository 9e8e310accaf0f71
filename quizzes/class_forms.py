"""What those who teach type about a class and its people: each field bounded, each refusal a sentence beside it."""

from __future__ import annotations

from typing import Any

from django import forms

from quizzes.forms import TYPED, NameField
from quizzes.zones import read_zone, zones

NO_ZONE = "Type a time zone, such as Europe/Vienna."


class ZoneField(forms.CharField):
    """An IANA time zone, by its name or by that of its city alone, whatever the capitals."""

    names = zones()

    def __init__(self, **kwargs: Any) -> None:
        told = {"required": NO_ZONE, "max_length": NO_ZONE}
        super().__init__(max_length=64, error_messages=told, **kwargs)

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        if found := read_zone(text):
            return found
        raise forms.ValidationError(f"There is no time zone “{text}”. One is called Europe/Vienna.")


class ClassForm(forms.Form):
    """A class: what it is called, and the time zone of its dates."""

    name = NameField(
        label="Name of the class",
        help_text="Learners see it when they join.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    zone = ZoneField(
        label="Time zone",
        initial="UTC",
        help_text="Dates are shown in it, to everybody.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "list": "zones", "data-zone": "", **TYPED}),
    )
