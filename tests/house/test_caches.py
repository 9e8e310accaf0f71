"""What is kept for good is bounded: nothing that a stranger types fills a cache without an end."""

import ast
import re
from pathlib import Path

import pytest

from playground.scenes import type as types
from tests.conftest import ROOT

ENDLESS = {"cache", "functools.cache", "lru_cache(None)", "lru_cache(maxsize=None)"}
REASON = re.compile(r"# kept: \S.+")


def endless(text: str) -> list[str]:
    """Lines with a cache that has no bound and does not say how many things it can hold."""
    tree, lines = ast.parse(text), text.splitlines()
    decorators = [one for node in ast.walk(tree) for one in getattr(node, "decorator_list", [])]
    calls = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    found = sorted({one.lineno for one in [*decorators, *calls] if ast.unparse(one) in ENDLESS})
    return [lines[number - 1].strip() for number in found if not REASON.search(lines[number - 1])]


@pytest.mark.asvs("15.2.2")
def test_every_cache_without_a_bound_says_how_much_it_can_hold():
    files = [path for room in ("config", "lessons", "playground") for path in sorted((ROOT / room).rglob("*.py"))]
    found = {path.relative_to(ROOT).as_posix(): endless(Path(path).read_text("utf-8")) for path in files}
    assert {path: lines for path, lines in found.items() if lines} == {}, "bound it, or say so: @cache  # kept: one"


@pytest.mark.parametrize("line", ["@cache\ndef f(x): ...", "@lru_cache(None)\ndef f(x): ...", "f = cache(g)"])
def test_one_that_says_nothing_is_noticed(line):
    assert endless(line)
    first, *rest = line.split("\n")
    assert not endless("\n".join([f"{first}  # kept: one for each model", *rest]))


def test_texts_that_learners_type_are_forgotten_again():
    for measured in (types.width, types.middle_cut, types.end_cut):
        assert measured.cache_info().maxsize == types.TEXTS
