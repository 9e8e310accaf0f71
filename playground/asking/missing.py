"""What is not there, said kindly: a 404 that names what is near."""

from collections.abc import Mapping
from difflib import get_close_matches
from typing import TypeVar

from django.http import Http404

T = TypeVar("T")


def find(what: str, slug: str, known: Mapping[str, T]) -> T:
    """The thing of that name. Raises Http404 with a sentence that names near ones."""
    if slug in known:
        return known[slug]
    near = get_close_matches(slug, known, 3, 0.5)
    hint = f" Did you mean {' or '.join(near)}?" if near else ""
    raise Http404(f"There is no {what} “{slug[:40]}”.{hint}")
