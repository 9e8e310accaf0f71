"""Figures for readers are rounded, and not cut off: 0.359 % is 0.36 %."""


def nearest(amount: int, unit: int) -> int:
    """How many whole units an amount is, to the nearest; a half goes up."""
    return (2 * amount + unit) // (2 * unit)
