"""What people type: each field bounded, and each refusal a sentence beside it."""

from __future__ import annotations

import unicodedata
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password

from quizzes.names import CODE, LONGEST, ROOM_CODE, fold, read_code, tidy

NO_CODE = "Type the code that your instructor has shown you: eight letters and digits, or six for a vote."
NO_NAME = "Type a name."
UNSEEN = "A name is made of letters, digits and signs that can be seen."
JOINERS = "\u200c\u200d"
"""Persian and Indian names are written with them, and emoji are joined by them."""
FILLERS = "\u115f\u1160\u3164\uffa0"
"""Letters by category, and nothing to the eye."""
LONG_NAME = f"A name has at most {LONGEST} characters."
NO_PASSWORD = "Type the password."  # noqa: S105 - what is said of one that is missing
LONGEST_PASSWORD = 128
LONG_PASSWORD = f"A password has at most {LONGEST_PASSWORD} characters here."
NO_EMAIL = "An e-mail address looks like ana@example.org."
TYPED = {"autocapitalize": "none", "spellcheck": "false"}
"""For what is no prose."""


class NameField(forms.CharField):
    """The name of a person, tidied."""

    def __init__(self, **kwargs: Any) -> None:
        told = {"required": NO_NAME, "max_length": LONG_NAME}
        super().__init__(max_length=4 * LONGEST, error_messages=told, **kwargs)

    def clean(self, value: Any) -> str:
        name = tidy(super().clean(value))
        for before, sign in zip(f" {name}", name, strict=False):
            joins = sign in JOINERS and not before.isascii()
            if unicodedata.category(sign).startswith("C") and not joins:
                raise forms.ValidationError(UNSEEN)
        if not any(unicodedata.category(sign)[0] in "LNS" and sign not in FILLERS for sign in name):
            raise forms.ValidationError(UNSEEN)
        # As it is compared it may be longer than it was typed.
        if len(name) > LONGEST or len(fold(name)) > 4 * LONGEST:
            raise forms.ValidationError(LONG_NAME)
        return name


class PasswordField(forms.CharField):
    """A password as it was typed; a new one is judged too. It is never written back into a page."""

    def __init__(self, *, new: bool = False, **kwargs: Any) -> None:
        self.new = new
        attrs = {"autocomplete": "new-password" if new else "current-password"}
        told = {"required": NO_PASSWORD, "max_length": LONG_PASSWORD}
        super().__init__(
            max_length=LONGEST_PASSWORD,
            strip=False,
            error_messages=told,
            widget=forms.PasswordInput(attrs=attrs),
            **kwargs,
        )

    def clean(self, value: Any) -> str:
        password: str = super().clean(value)
        if self.new:
            validate_password(password)
        return password


def email_field() -> forms.EmailField:
    return forms.EmailField(
        label="E-mail, if you like",
        required=False,
        max_length=254,
        help_text="For a new password when you have forgotten it, and for nothing else.",
        error_messages={"invalid": NO_EMAIL, "max_length": NO_EMAIL},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


def account_name() -> NameField:
    return NameField(label="Name", widget=forms.TextInput(attrs={"autocomplete": "username", **TYPED}))


class CodeForm(forms.Form):
    """The code of a class, or of a room; spaces, dashes and small letters do not matter."""

    code = forms.CharField(
        label="Code",
        max_length=40,
        error_messages={"required": NO_CODE, "max_length": NO_CODE},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )

    def clean_code(self) -> str:
        code = read_code(self.cleaned_data["code"])
        if len(code) not in (CODE, ROOM_CODE):
            raise forms.ValidationError(NO_CODE)
        return code


class JoinForm(forms.Form):
    """The name under which somebody is in a class."""

    name = NameField(
        label="Your name in this class",
        help_text="Your instructor sees it; your classmates do not.",
        widget=forms.TextInput(attrs={"autocomplete": "nickname", "spellcheck": "false"}),
    )


class SignInForm(forms.Form):
    name = account_name()
    password = PasswordField(label="Password")
    bring = forms.BooleanField(required=False)


class SignUpForm(forms.Form):
    name = account_name()
    password = PasswordField(
        label="Password", new=True, help_text="Eight characters or more; those that many people use are refused."
    )
    email = email_field()
    bring = forms.BooleanField(required=False)


class PasswordForm(forms.Form):
    old = PasswordField(label="The password until now")
    new = PasswordField(
        label="The new password",
        new=True,
        help_text="Eight characters or more; those that many people use are refused.",
    )


class EmailForm(forms.Form):
    email = email_field()


class EraseForm(forms.Form):
    password = PasswordField(label="Your password, to be sure that it is you")


class CodesForm(forms.Form):
    password = PasswordField(label="Your password, to be sure that it is you")


class AskForm(forms.Form):
    """For a link by mail."""

    name = account_name()


class RecoverForm(forms.Form):
    name = account_name()
    code = forms.CharField(
        label="One of your recovery codes",
        max_length=40,
        error_messages={"required": "Type one of the codes.", "max_length": "A code is shorter than that."},
        widget=forms.TextInput(attrs={"autocomplete": "off", **TYPED}),
    )
    password = PasswordField(label="A new password", new=True, help_text="Eight characters or more.")


class NewPasswordForm(forms.Form):
    password = PasswordField(label="A new password", new=True, help_text="Eight characters or more.")
