"""README and pictures tell the truth."""

import importlib
import re
import tomllib
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from playground.guide.samples import samples
from playground.machines.ketama import Point
from playground.scenes.marks import LAYOUTS
from playground.scenes.paint import paint

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text("utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text("utf-8")


def test_the_picture_in_the_readme_is_what_the_code_draws():
    drawn = StringIO()
    call_command("draw", "hash-ring", "do=remove:cleo&step=28", stdout=drawn)
    assert (ROOT / "static/img/hash-ring.svg").read_text("utf-8") == drawn.getvalue(), (
        "python manage.py draw hash-ring 'do=remove:cleo&step=28' > static/img/hash-ring.svg"
    )


def test_every_place_that_the_readme_names_exists():
    cells = re.findall(r"^\| (`.+?) \|", README, re.MULTILINE)
    places = [place for cell in cells for place in re.findall(r"`([^`<]+)", cell) if "/" in place]
    assert places
    assert [place for place in places if not (ROOT / place).exists()] == []


def test_every_place_that_contributing_names_exists():
    paths = re.findall(r"`((?:playground|tests|lessons|machines|scenes|\.ci)/[^`<\s]*)`", CONTRIBUTING)
    assert len(paths) > 8
    below = [ROOT, ROOT / "playground"]
    assert [path for path in paths if not any((home / path).exists() for home in below)] == []


def test_make_test_prints_the_ten_slowest():
    options = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["pytest"]["ini_options"]["addopts"]
    assert "--durations=10" in options


def test_every_command_that_the_readme_names_is_a_target():
    makefile = (ROOT / "Makefile").read_text("utf-8")
    named = set(re.findall(r"make ([a-z][a-z-]*)", README))
    assert {"run", "test"} <= named
    assert [name for name in named if not re.search(rf"^{name}:", makefile, re.MULTILINE)] == []


def kinds_in_contributing() -> dict[str, str]:
    """Kind of picture -> its smallest value, as the table has them."""
    table = CONTRIBUTING.partition("## The kinds of picture")[2].partition("\n## ")[0]
    return dict(re.findall(r"^\| `(\w+)` \| [^|]+ \| `(.+)` \|$", table, re.MULTILINE))


def test_contributing_lists_every_kind_of_picture():
    assert list(kinds_in_contributing()) == sorted(samples())


@pytest.mark.parametrize("kind", samples())
def test_the_smallest_value_of_a_kind_can_be_drawn_and_says_itself(kind):
    names = {**vars(importlib.import_module(f"playground.scenes.{kind}")), "Point": Point}
    value = eval(kinds_in_contributing()[kind], names)  # noqa: S307 - our own paper
    assert value.kind == kind
    assert value.words().sentence.endswith(".")
    for layout in LAYOUTS:
        assert paint(value, layout, value.room()).marks
