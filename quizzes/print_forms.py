"""What those who teach type about paper: how many forms, and what stands on one that came back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from django import forms

from playground.engine.verdict import Unreadable
from quizzes.forms import NameField
from quizzes.frozen import thaw
from quizzes.lettering import BLANK, LONGEST, read_sign, written
from quizzes.models import Attempt, Member, PaperForm, Quiz, Variant
from quizzes.record import counted
from quizzes.rules.paper import MOST_FORMS
from quizzes.typing_in import Paper, learner_called, paper_of

COUNT = f"Type a whole number of forms from 1 to {MOST_FORMS}."
NO_FORM = "Choose the letter that stands at the top of the paper."
TEACHES = "{} teaches this class."
NOT_LISTED = "Nobody in this class is called “{}”. Correct it, or tick below that it comes onto the list."
DIGITS = 10
"""Of a revision: none has as many."""
LINE = 4000
"""Characters of a whole paper in one line."""


class CountForm(forms.Form):
    """How many forms."""

    count = forms.IntegerField(
        label="How many",
        min_value=1,
        max_value=MOST_FORMS,
        initial=3,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), COUNT),
        widget=forms.NumberInput(attrs={"min": 1, "max": MOST_FORMS, "inputmode": "numeric", "autocomplete": "off"}),
    )


class PaperFields(forms.Form):
    """One paper: whose it is, its form, and what is written at each question, in fields or in one line."""

    name = NameField(
        label="Name on the paper",
        widget=forms.TextInput(attrs={"autocomplete": "off", "list": "learners", "spellcheck": "false"}),
    )
    new = forms.BooleanField(label="Put this name on the list of learners", required=False)
    form = forms.ChoiceField(
        label="Form", error_messages={"required": NO_FORM, "invalid_choice": NO_FORM}, widget=forms.RadioSelect
    )
    line = forms.CharField(
        label="All answers in one line",
        required=False,
        max_length=LINE,
        error_messages={"max_length": f"A line has at most {LINE:,} characters."},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )
    base = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, quiz: Quiz, papers: Iterable[PaperForm], places: int, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.quiz, self.places = quiz, range(1, places + 1)
        self.papers = {one.letter: one for one in papers}
        letters = cast("forms.ChoiceField", self.fields["form"])
        letters.choices = [(letter, letter) for letter in self.papers]
        self.who: Member | str = ""
        self.values: list[str | None] = []
        for place in self.places:
            self.fields[f"q{place}"] = forms.CharField(
                label=str(place),
                required=False,
                max_length=LONGEST,
                error_messages={"max_length": f"An answer has at most {LONGEST} characters."},
                widget=forms.TextInput(attrs={
                    "autocomplete": "off", "autocapitalize": "none", "spellcheck": "false",
                    "aria-label": f"Answer to question {place}",
                }),
            )  # fmt: skip

    @property
    def answers(self) -> list[forms.BoundField]:
        """The fields of the questions."""
        return [self[f"q{place}"] for place in self.places]

    @property
    def paper(self) -> Paper:
        """What was typed, once it is valid."""
        base = self.cleaned_data["base"]
        read = int(base) if base.isascii() and base.isdecimal() and len(base) < DIGITS else None
        return Paper(self.papers[self.cleaned_data["form"]], self.values, read)

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        self._whose(told)
        said = self._said(told)
        if said is not None and "form" in told:
            self._read(self.papers[told["form"]], said)
        return told

    def _whose(self, told: dict[str, Any]) -> None:
        if not (name := told.get("name")):
            return
        member = learner_called(self.quiz, name)
        if member is None and not told.get("new"):
            self.add_error("name", NOT_LISTED.format(name))
        elif member and member.role != Member.Role.LEARNER:
            self.add_error("name", TEACHES.format(member.name))
        else:
            self.who = member or name

    def _said(self, told: dict[str, Any]) -> list[str] | None:
        """What stands at each question; None where line and fields contradict each other, or are too long."""
        fields = [told.get(f"q{place}", "") for place in self.places]
        line = told.get("line", "").split()
        if not line or "line" in self.errors:
            return fields
        if len(line) != len(self.places):
            answers, questions = counted(len(line), "answer"), counted(len(self.places), "question")
            self.add_error("line", f"The line has {answers}, the paper {questions}. Type - for blank.")
            return None
        for place, (one, other) in enumerate(zip(line, fields, strict=True), 1):
            if other and other.upper() != one.upper():
                self.add_error("line", f"Question {place}: the line says {one}, its field {other}. Empty one of them.")
                return None
        return line

    def _read(self, paper: PaperForm, said: list[str]) -> None:
        """Each answer by its own question of that form; where it cannot be read, beside its field or the line."""
        variants = Variant.objects.defer("steps").in_bulk(paper.variants)
        by_line = bool(self.cleaned_data.get("line"))
        for place, key, one in zip(self.places, paper.variants, said, strict=True):
            if f"q{place}" in self.errors:
                continue
            try:
                self.values.append(read_sign(thaw(variants[key]), one))
            except Unreadable as fault:
                self.add_error(
                    "line" if by_line else f"q{place}", f"Question {place}: {fault}" if by_line else str(fault)
                )


def as_typed(attempt: Attempt) -> dict[str, Any]:
    """A paper that is typed in, as the fields show it."""
    rows = attempt.answers.select_related("variant").defer("variant__steps")
    told = {f"q{one.place}": written(thaw(one.variant), one.value) for one in rows}
    letter = attempt.paper.letter if attempt.paper else BLANK[0]
    return {"name": attempt.member.name, "form": letter, "base": attempt.revision, **told}


def known_paper(quiz: Quiz, member: Member | None) -> dict[str, Any]:
    """What the fields show of the paper of a member; nothing where there is none."""
    found = paper_of(quiz, member) if member else None
    return as_typed(found) if found else {"name": member.name} if member else {}
