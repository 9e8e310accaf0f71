"""These tests search with the one Hypothesis profile."""

from tests import search

assert search
