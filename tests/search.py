"""How Hypothesis searches here: the same examples every time, no clock, nothing written to the tree."""

from hypothesis import settings

settings.register_profile("orrery", deadline=None, database=None, derandomize=True, max_examples=60)
settings.load_profile("orrery")
