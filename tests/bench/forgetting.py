"""Empties what this process has kept of answers and runs, so that the next one is made as if it were the first."""

from __future__ import annotations

import gc
from functools import cache

from config.keeping import Kept
from playground.asking.recent import recent


def forget() -> None:
    """Runs, and every `Kept` of this process: pages, answers (`playground`), compressed bytes (of each
    CompressMiddleware).

    What painters and machines remember of single parts stays: a process that serves has it too.
    """
    recent.forget()
    for one in keeps():
        one.forget()


@cache
def keeps() -> list[Kept]:
    """Wherever they hang. Looked for once, when the site has answered: to look through everything before each measure
    would empty the processor's own caches too.
    """
    # By its very type: to ask some lazy values for their class makes them.
    return [one for one in gc.get_objects() if type(one) is Kept]
