"""How often Python looks for values that hold each other in a circle: in the server, and in the tests."""

import gc


def look_rarely() -> None:
    """A run makes tens of thousands of values, hardly one of them in a circle: looking through them every 700, as
    Python does, took a fifth of the time of long runs."""
    gc.set_threshold(20_000, 5, 10)
