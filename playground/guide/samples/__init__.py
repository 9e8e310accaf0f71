"""Every kind of picture on a typical value, an empty one, a crowded one and long names.

One file a kind, found by looking: the style guide shows them, and the tests hold every kind to the same
rules on them. A kind without samples fails a test.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from playground.scenes.scene import Scene


@cache  # kept: one
def samples() -> dict[str, dict[str, Scene]]:
    """kind -> name -> value."""
    found = sorted(module.name for module in pkgutil.iter_modules(__path__))
    return {name: importlib.import_module(f"{__name__}.{name}").SAMPLES for name in found}
