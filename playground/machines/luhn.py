"""The last digit of a card number checks the others (ISO/IEC 7812-1, annex B; Luhn's patent of 1960)."""

from __future__ import annotations


def total(digits: str) -> int:
    """From the right, every second digit is doubled; of a double above nine its two digits are added."""
    found = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit)
        if place % 2:
            value *= 2
            value -= 9 * (value > 9)
        found += value
    return found


def valid(digits: str) -> bool:
    """A number passes where the sum ends in 0."""
    return total(digits) % 10 == 0


def check_digit(digits: str) -> str:
    """The digit that makes the number pass."""
    return str(-total(digits + "0") % 10)


def masked(digits: str) -> str:
    """As a person may see it: the first six and the last four."""
    return digits[:6] + "*" * (len(digits) - 10) + digits[-4:]
