"""A picture as PNG, the same on every machine: the renderer gets its fonts from us and looks at no others."""

from __future__ import annotations

import importlib
import os
from functools import cache
from pathlib import Path
from threading import get_ident

import resvg_py
from django.conf import settings

from config import fonts
from playground.engine.turns import checkpoint

FACES = ("FiraGO_Regular", "FiraGO_Bold", "FiraMono_Regular", "FiraMono_Bold", "NotoSansSymbols2_Regular")
"""The last has the ticks and crosses that the others lack."""

SERIFS = ("SourceSerifPro-Regular.ttf", "SourceSerifPro-Semibold.ttf", "SourceSerifPro-It.ttf")


def png(svg: str, width: int) -> bytes:
    """An SVG of ours as PNG, `width` pixels wide. The renderer gives way to nobody until it has ended."""
    checkpoint(dear=True)
    return resvg_py.svg_to_bytes(
        svg_string=svg,
        width=width,
        skip_system_fonts=True,
        font_files=list(font_files()),
        font_family="FiraGO",
        sans_serif_family="FiraGO",
        monospace_family="Fira Mono",
        serif_family="Source Serif Pro",
    )


@cache  # kept: one
def font_files() -> tuple[str, ...]:
    """Paths of the fonts. The package of the sans and the mono holds them as Python; the renderer wants files."""
    folder = Path(settings.LOCAL_DIR, "fonts")
    return *(str(written(folder, face)) for face in FACES), *(str(fonts.source() / name) for name in SERIFS)


def written(folder: Path, face: str) -> Path:
    """A font as a file, written where it is not there yet."""
    target = folder / f"{face}.otf"
    if not target.exists():
        folder.mkdir(parents=True, exist_ok=True)
        # Under a name of its own first: who reads or writes along never sees half a font.
        unfinished = target.with_suffix(f".{os.getpid()}.{get_ident()}")
        unfinished.write_bytes(importlib.import_module(f"pymupdf_fonts.{face}").fontbuffer)
        unfinished.replace(target)
    return target
