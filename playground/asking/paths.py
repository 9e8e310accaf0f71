"""Paths of the site by the name of their view: looked up once for each, for a page of a run says forty."""

from __future__ import annotations

from functools import lru_cache

from django.urls import reverse

MOST = 1000
"""Paths that are remembered: a view of every model, of its challenges and its questions."""


@lru_cache(MOST)
def path_of(view: str, *names: str) -> str:
    """The path of a view of the site, with what stands in it: `path_of("playground:run", "hash-ring")`."""
    return reverse(view, args=names)
