"""What the tests of quizzes share."""

from dataclasses import replace

import pytest

from playground.miniatures.data.cap_theorem.questions import CutOff
from quizzes.askable import askable
from tests.lopsided import KEY, on_the_smaller_side


@pytest.fixture
def lopsided(monkeypatch):
    """A question that has one answer however it is drawn, and is recorded so: its key."""
    why = "In 60 of 60 variants the right answer is “no answer”; it cannot be evened out."
    monkeypatch.setattr(CutOff, "pose", classmethod(lambda cls, rng: on_the_smaller_side(rng)))
    monkeypatch.setitem(askable(), KEY, replace(askable()[KEY], why_not=why))
    return KEY
