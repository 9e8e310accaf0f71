"""How texts stand in a timeline."""

from __future__ import annotations

from typing import Any

OVER: dict[str, Any] = {"stroke": "sheet", "stroke_width": 4, "paint_order": "stroke"}
"""A text over thin lines has an outline in the colour of the sheet."""
