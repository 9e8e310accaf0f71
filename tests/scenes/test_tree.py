"""A tree of plans: what is listed under a node stands between it and what is below it."""

import pytest

from playground.scenes.marks import WIDE
from playground.scenes.paint import paint
from playground.scenes.tree import Node, Tree
from playground.scenes.tree.nodes import Part

PARTS = tuple(Part(name, "", "1.00", 500) for name in ("the bitmap", "its pages", "rows"))


def places(parts):
    """How far down each thing stands."""
    nodes = Node("above", "", "Bitmap Heap Scan", parts=parts), Node("below", "above", "Bitmap Index Scan")
    tree = Tree("The plan", nodes)
    picture = paint(tree, WIDE, tree.room())
    moved = {mark.key: dict(mark.attrs)["transform"] for mark in picture.marks if "transform" in dict(mark.attrs)}
    return {key: float(where.rstrip(")").replace(",", " ").split()[-1]) for key, where in moved.items()}, picture.height


@pytest.mark.parametrize("count", [1, 2, 3])
def test_what_is_below_a_node_stands_under_all_that_is_listed_there(count):
    found, height = places(PARTS[:count])
    listed = [at for key, at in found.items() if key.startswith("part:")]
    assert len(listed) == count
    assert found["node:above"] < min(listed) <= max(listed) + 25 < found["node:below"] < height - 54


def test_where_nothing_is_listed_it_stands_right_below():
    assert places(())[0]["node:below"] - places(())[0]["node:above"] == 90
