"""README and pictures tell the truth."""

import re
import tomllib
from io import StringIO
from pathlib import Path

from django.core.management import call_command

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
