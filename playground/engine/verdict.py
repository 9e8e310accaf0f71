"""What somebody says to a question, read and judged. Pure: nothing is run, nothing is looked up elsewhere."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple, Protocol

from playground.engine.questions import Option, Parting

LONGEST, TYPED = 40, 80
"""Characters of a typed number; and of an answer that are read: no option has more."""

SPACES = " \u00a0\u2007\u2009\u202f"
"""Between thousands: plain, no-break, figure, thin, narrow no-break."""

MINUS = ("-", "−")

NUMBER = re.compile(
    r"(?P<sign>[+\-−]?)"
    rf"(?P<whole>\d{{1,3}}(?P<by>[,'’{SPACES}])\d{{3}}((?P=by)\d{{3}})*|\d+)"
    r"(?P<rest>\.\d+)?"
)


class Asks(Protocol):
    """What a verdict rests on: a frozen content, or a question that has just been posed."""

    @property
    def form(self) -> str: ...

    @property
    def options(self) -> tuple[Option, ...]: ...

    @property
    def right(self) -> str: ...

    @property
    def tolerance(self) -> int: ...

    @property
    def picks(self) -> tuple[str, ...]: ...


class Unreadable(ValueError):
    """What was said is no answer of the form that is asked for. Its text is a sentence for who said it."""


class Verdict(NamedTuple):
    """Whether an answer is right; the option that explains it (None: something else); where its belief parts."""

    right: bool
    option: Option | None
    parting: Parting | None


def read_value(asks: Asks, text: str) -> str:
    """The one spelling of what somebody typed or picked. Raises Unreadable with a sentence."""
    if asks.form == "number":
        return read_number(asks, text)
    said = text.strip()
    if said in offered(asks):
        return said
    if not said:
        raise Unreadable("Choose one of the answers.")
    if asks.form == "pick":
        raise Unreadable(f"Nothing in the picture is called “{shortened(said)}”. Pick a thing, or one from the list.")
    raise Unreadable(f"“{shortened(said)}” is not one of the answers. Choose one of them.")


def verdict(asks: Asks, value: str) -> Verdict:
    """What a value is worth, spelled as `read_value` spells it."""
    option = option_for(asks, value)
    if option is None:
        return Verdict(False, None, None)
    return Verdict(option.value == asks.right, option, option.parting)


def option_for(asks: Asks, value: str) -> Option | None:
    """The option that a value stands for: the same one; of numbers the right one within reach, else the nearest."""
    same = next((option for option in asks.options if option.value == value), None)
    if same or asks.form != "number" or (said := number_of(value)) is None:
        return same
    away = {option: abs(said - number) for option in asks.options if (number := number_of(option.value)) is not None}
    near = [option for option, far in away.items() if far <= asks.tolerance]
    return min(near, key=lambda option: (option.value != asks.right, away[option]), default=None)


def read_number(asks: Asks, text: str) -> str:
    """A number in the spelling of the option that it equals, else in digits with as many places as the right one."""
    said, places = text.strip(), places_of(asks.right)
    wanted = f"Write a number with {places} decimals, such as 1,250.{'0' * places}."
    if not places:
        wanted = "Write a whole number, such as 1,250."
    if len(said) > LONGEST:
        raise Unreadable(f"This is too long for a number. {wanted}")
    value = number_of(said)
    if value is None or places_of(said) > places:
        raise Unreadable(wanted)
    same = next((option.value for option in asks.options if number_of(option.value) == value), None)
    return same or f"{value or Decimal(0):.{places}f}"


def number_of(text: str) -> Decimal | None:
    """A number as people write it: with a sign, with one kind of sign between thousands, with a decimal point."""
    read = NUMBER.fullmatch(text)
    if not read:
        return None
    digits = "".join(sign for sign in read["whole"] if sign.isdecimal())
    return Decimal(f"{'-' if read['sign'] in MINUS else ''}{digits}{read['rest'] or ''}")


def places_of(text: str) -> int:
    """Digits after the decimal point."""
    return len(text.partition(".")[2])


def offered(asks: Asks) -> tuple[str, ...]:
    """All that can be chosen or picked."""
    return (*(option.value for option in asks.options), *asks.picks)


def shortened(text: str) -> str:
    return f"{text[:LONGEST]}…" if len(text) > LONGEST else text
