"""The small picture of a stack."""

from __future__ import annotations

from playground.scenes.layers.places import MOST
from playground.scenes.layers.value import Layers
from playground.scenes.marks import BAND, BOX, FURNITURE, THUMB, Picture, Sheet, number


def thumb(scene: Layers) -> Picture:
    """Plates and chips, without a word."""
    sheet = Sheet("layers", THUMB, 150)
    layers = scene.layers[:MOST]
    pitch = min(128 / max(len(layers), 1), 34)
    high, lean = pitch * 0.72, 18.0
    top = 75 - pitch * len(layers) / 2 + (pitch - high) / 2
    per = (204 - lean) / max(scene.columns, 1)
    for at, layer in enumerate(layers):
        y = top + pitch * at
        side = 204 - lean
        d = f"M{number(16 + lean)} {number(y)}h{number(side)}l{number(-lean)} {number(high)}h{number(-side)}z"
        pen = layer.pen if layer.plays else "guide"
        sheet.path(f"plate:{at}", FURNITURE, d, fill="none", stroke=pen, stroke_width=1.5)
    for cell in scene.cells:
        if cell.layer >= len(layers) or cell.state == "ahead":
            continue
        tall = high * 0.56
        slant = lean * 0.56
        x = 16 + lean / 2 + per * (cell.column + 0.5)
        y = top + pitch * cell.layer + (high - tall) / 2
        wide = per - 6
        d = (
            f"M{number(x - wide / 2 + slant / 2)} {number(y)}h{number(wide)}l{number(-slant)} {number(tall)}"
            f"h{number(-wide)}z"
        )
        pen = cell.pen or layers[cell.layer].pen
        solid = cell.state == "solid"
        sheet.path(
            f"chip:{cell.key}", BOX if solid else BAND, d, fill=pen if solid else "sheet", stroke=pen, stroke_width=1.5
        )
    return sheet.done()
