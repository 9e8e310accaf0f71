"""A value is painted by whom its kind has named."""

from dataclasses import dataclass

import pytest

from playground.guide.samples import samples
from playground.scenes.marks import LAYOUTS, THUMB, WIDTH
from playground.scenes.paint import Unpainted, paint, thumb


@dataclass(frozen=True)
class Stray:
    """A value of a kind that nobody has finished."""


@pytest.mark.parametrize("kind", samples())
def test_a_picture_is_of_its_kind_and_as_wide_as_its_layout(kind):
    for scene in samples()[kind].values():
        for layout in LAYOUTS:
            painted = paint(scene, layout, scene.room())
            assert (painted.kind, painted.width) == (scene.kind, WIDTH[layout])
        small = thumb(scene)
        assert (small.kind, small.width, small.height) == (scene.kind, WIDTH[THUMB], 150)


@pytest.mark.parametrize("painting", [lambda stray: paint(stray, "wide", ()), thumb])
def test_a_value_that_nobody_paints_is_told_what_is_missing(painting):
    with pytest.raises(Unpainted, match=r"Nobody paints a Stray\. .*paints\(Stray, painted, thumb\)"):
        painting(Stray())
