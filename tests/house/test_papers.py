"""README and pictures tell the truth."""

import re
from io import StringIO
from pathlib import Path

from django.core.management import call_command

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text("utf-8")


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


def test_every_command_that_the_readme_names_is_a_target():
    makefile = (ROOT / "Makefile").read_text("utf-8")
    named = set(re.findall(r"make ([a-z][a-z-]*)", README))
    assert {"run", "test"} <= named
    assert [name for name in named if not re.search(rf"^{name}:", makefile, re.MULTILINE)] == []
