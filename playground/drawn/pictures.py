"""Pictures outside the page: the same marks, with colours resolved for a theme from the page's own tokens."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from pathlib import Path

from django.conf import settings

from playground.engine.run import Run
from playground.engine.trace import picture
from playground.scenes.marks import Mark, Picture, spelled
from playground.scenes.svg import document

THEMES = ("light", "dark")

TOKEN = re.compile(r"--([a-z0-9-]+):\s*light-dark\((#[0-9A-Fa-f]{6}), (#[0-9A-Fa-f]{6})\)")


@cache  # kept: one for each theme
def colours(theme: str) -> dict[str, str]:
    """Role -> colour, read from `static/css/tokens.css`: the only place that names a colour."""
    text = Path(settings.BASE_DIR, "static/css/tokens.css").read_text("utf-8")
    return {role: dark if theme == "dark" else light for role, light, dark in TOKEN.findall(text)} | {"none": "none"}


def picture_of(done: Run, step: int, theme: str, layout: str) -> str:
    """One state of a run as an SVG file: its first scene, on a sheet of the theme's colour."""
    scene = painted(done, step, layout)
    sheet = Mark("sheet", "rect", spelled({"width": scene.width, "height": scene.height, "fill": "sheet"}), "", "", 0)
    return document(replace(scene, marks=(sheet, *scene.marks)), colours(theme))


def painted(done: Run, step: int, layout: str) -> Picture:
    """The first scene of a step, or of the last one where the run has fewer."""
    return picture(done, min(step, done.last), 0, layout)
