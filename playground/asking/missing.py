"""What is not there, said kindly: a 404 that names what is near."""

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import TypeVar

from django.http import Http404

T = TypeVar("T")


class Missing(Http404):
    """A 404 whose sentence names near ones; `name` is what was asked for."""

    def __init__(self, sentence: str, name: str, near: Sequence[str]) -> None:
        super().__init__(sentence)
        self.name, self.near = name, near

    def addresses(self, path: str) -> list[tuple[str, str]]:
        """Each near one, and the path at which it is what was asked for there."""
        before, name, after = path.rpartition(f"/{self.name}/")
        return [(one, f"{before}/{one}/{after}") for one in self.near] if name else []


def find(what: str, slug: str, known: Mapping[str, T]) -> T:
    """The thing of that name. Raises Missing with a sentence that names near ones."""
    if slug in known:
        return known[slug]
    near = get_close_matches(slug, known, 3, 0.5)
    hint = f" Did you mean {' or '.join(near)}?" if near else ""
    raise Missing(f"There is no {what} “{slug[:40]}”.{hint}", slug, near)
