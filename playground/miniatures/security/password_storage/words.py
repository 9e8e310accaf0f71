"""Lists and schemes in words."""

from collections.abc import Sequence

from playground.machines.passwords import NAMES, SHORT, Recipe


def some(names: Sequence[str]) -> str:
    if not names:
        return "nothing"
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def function(recipe: Recipe) -> str:
    """What a password goes through."""
    return f"{NAMES[recipe.scheme]} of the {NAMES[recipe.inner]}" if recipe.inner else NAMES[recipe.scheme]


def by(recipe: Recipe) -> str:
    """The same in a column, which has room for one name."""
    return "wrapped" if recipe.inner else SHORT[recipe.scheme]
