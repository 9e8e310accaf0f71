"""When requests come: at random, as callers who know nothing of each other do."""

GAPS = (
    16, 49, 82, 117, 153, 191, 230, 270, 312, 356, 402, 450, 501, 554, 610, 670,
    733, 800, 872, 950, 1035, 1127, 1228, 1340, 1467, 1611, 1780, 1983, 2237, 2577, 3094, 4203,
)  # fmt: skip
"""Thirty-two equal parts of an exponential distribution, in thousandths of its mean."""
