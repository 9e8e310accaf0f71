"""What those who teach type about a class and its people: each field bounded, each refusal a sentence beside it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms

from quizzes.allowing import FACTORS, Grant, OnQuiz
from quizzes.forms import TYPED, NameField
from quizzes.models import Quiz
from quizzes.names import LONGEST, tidy
from quizzes.record import factor_words
from quizzes.rules.sentence import faults
from quizzes.zones import long_time, read_wall_time, read_zone, wall_time, zones

NO_ZONE = "Type a time zone, such as Europe/Vienna."


def _whole(label: str, most: int, things: str, help_text: str = "") -> forms.IntegerField:
    """A number of things that are granted; empty for none."""
    told = f"Type a whole number of {things} from 0 to {most:,}."
    return _Granted(
        label=label,
        required=False,
        min_value=0,
        max_value=most,
        help_text=help_text,
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), told),
        widget=forms.NumberInput(attrs={"min": 0, "max": most, "inputmode": "numeric", "autocomplete": "off"}),
    )


class _Granted(forms.IntegerField):
    def clean(self, value: Any) -> int:
        return super().clean(value) or 0


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


class MomentField(forms.CharField):
    """A date with a time, as the clocks of a class show it; None for none."""

    def __init__(self, zone: str, **kwargs: Any) -> None:
        self.zone = zone
        widget = forms.DateTimeInput(attrs={"type": "datetime-local", "autocomplete": "off"})
        told = {"max_length": "A date and a time are shorter than that."}
        super().__init__(required=False, max_length=40, error_messages=told, widget=widget, **kwargs)

    def clean(self, value: Any) -> datetime | None:
        text = super().clean(value)
        try:
            return read_wall_time(text, self.zone) if text else None
        except ValueError as fault:
            raise forms.ValidationError(str(fault)) from None


class WhyField(forms.CharField):
    """The reason for what is done for one learner."""

    def __init__(self) -> None:
        super().__init__(
            label="Why",
            max_length=200,
            help_text="It stands in the record, and in what the learner can export. "
            "Leave out what is nobody’s business.",
            error_messages={"required": "Say why, in a few words.", "max_length": "At most 200 characters."},
            widget=forms.TextInput(attrs={"autocomplete": "off"}),
        )

    def clean(self, value: Any) -> str:
        why = tidy(super().clean(value))
        if not why.isprintable():
            raise forms.ValidationError("It is made of signs that can be seen.")
        return why


class DatesForm(forms.Form):
    """When one quiz of the table opens and closes. What was not changed in the form is left as it is meanwhile."""

    def __init__(self, quiz: Quiz, data: Any = None) -> None:
        zone = quiz.of.zone
        initial = {"opens": wall_time(quiz.opens, zone), "closes": wall_time(quiz.closes, zone)}
        super().__init__(data, prefix=quiz.pk, initial=initial)
        self.quiz = quiz
        for name, label in (("opens", "opens"), ("closes", "closes")):
            field = MomentField(zone, show_hidden_initial=True)
            field.widget.attrs["aria-label"] = f"{quiz.title} {label}"
            self.fields[name] = field

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        for name in ("opens", "closes"):
            if name not in self.changed_data and name in told:
                # Seconds that the field does not show, or a date that somebody else has set meanwhile.
                told[name] = getattr(self.quiz, name)
        opens, closes = told.get("opens"), told.get("closes")
        if not self.changed_data or self.errors:
            return told
        for fault in faults(opens, closes, self.quiz.phases, self.quiz.tries):
            self.add_error("closes", fault.sentence)
        return told


class AllowForm(forms.Form):
    """What is granted to one member on every quiz."""

    factor = forms.TypedChoiceField(
        label="Time",
        choices=[("1000", "as all"), *((str(one or ""), factor_words(one)) for one in FACTORS[1:])],
        coerce=int,
        empty_value=None,
        required=False,
        error_messages={"invalid_choice": "Choose one of the list."},
    )
    days = _whole("Days more", 60, "days")
    extra_attempts = _whole("Attempts more", 20, "attempts")

    def grant(self) -> Grant:
        told = self.cleaned_data
        return Grant(told["factor"], told["days"], told["extra_attempts"])


class ExtendForm(forms.Form):
    """What is granted to one member on one quiz."""

    minutes = _whole("Minutes more", 1440, "minutes", help_text="Of time, and of the closing.")
    attempts = _whole("Attempts more", 20, "attempts")
    why = WhyField()

    field_order = ("minutes", "closes", "attempts", "why")

    def __init__(self, quiz: Quiz, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.quiz = quiz
        self.fields["closes"] = MomentField(quiz.of.zone, label="Closes for this learner", help_text=self._closing())
        self.order_fields(self.field_order)

    def _closing(self) -> str:
        if self.quiz.closes is None:
            return "It closes for nobody."
        return f"For the others {long_time(self.quiz.closes, self.quiz.of.zone)}."

    def clean_closes(self) -> datetime | None:
        closes: datetime | None = self.cleaned_data["closes"]
        if closes and self.quiz.closes is None:
            raise forms.ValidationError("This quiz closes for nobody; leave it empty.")
        if closes and self.quiz.closes and closes <= self.quiz.closes:
            raise forms.ValidationError("What is granted is more: a closing after that of the others.")
        return closes

    def clean_attempts(self) -> int:
        attempts: int = self.cleaned_data["attempts"]
        if attempts and self.quiz.attempts is None:
            raise forms.ValidationError("This quiz may be taken as often as one likes.")
        return attempts

    def given(self) -> OnQuiz:
        told = self.cleaned_data
        return OnQuiz(told["minutes"], told["closes"], told["attempts"])


class RosterForm(forms.Form):
    """A list of learners, pasted."""

    roster = forms.CharField(
        label="The list",
        required=False,
        strip=False,
        help_text="One learner a row. The first row names the columns: name, and id if you have ids; from a "
        "spreadsheet, or with commas or semicolons. A list of names alone needs no such row.",
        widget=forms.Textarea(attrs={"rows": 12, "autocomplete": "off", "spellcheck": "false"}),
    )


class InstructorForm(forms.Form):
    """An account that teaches the class too, by its whole name."""

    account = NameField(
        label="Name of the account",
        help_text="As they sign in with it.",
        widget=forms.TextInput(attrs={"autocomplete": "off", **TYPED}),
    )


class DeleteForm(forms.Form):
    """The name of the class, typed by whoever wants it gone."""

    typed = forms.CharField(
        label="Type the name of the class, to be sure that it is this one",
        max_length=4 * LONGEST,
        error_messages={"required": "Type the name of the class.", "max_length": "That is not the name of this class."},
        widget=forms.TextInput(attrs={"autocomplete": "off", **TYPED}),
    )
