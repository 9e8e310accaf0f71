"""How often a view runs a model: each says so beside its code, and a test counts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

View = TypeVar("View", bound=Callable[..., Any])


def runs(*, at_most: int) -> Callable[[View], View]:
    """Say how many runs an answer of this view may take, whatever is asked.

    Counted are runs that are asked for; one that is cut may try one more, to say what would fit. What an answer
    takes that is made once in a process, and then kept, counts as well.
    """

    def say(view: View) -> View:
        vars(view)["runs"] = at_most
        return view

    return say
