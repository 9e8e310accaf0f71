"""Cuts the reading font out of its package: fewer signs, a name of our own, its licence beside it."""

import importlib.util
import sys
from io import BytesIO
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import USE_MY_METRICS

from config.files import write_whole

FAMILY = "Orrery Serif"
_STYLES = {"Regular": "Regular", "Italic": "It", "Semibold": "Semibold"}
_SIGNS = "–—‘’“”…·→←×−≥≤≈"
UNICODES = [*range(0x20, 0x7F), *range(0xA0, 0x100), *map(ord, _SIGNS)]
_FEATURES = ["ccmp", "kern", "liga", "locl", "mark"]
# Of the name table: copyright, names, version, licence and where it stands.
_KEPT_NAMES = [0, 1, 2, 3, 4, 5, 6, 13, 14]


def source() -> Path:
    """The package's folder of fonts, found without importing the package."""
    spec = importlib.util.find_spec("font_source_serif_pro")
    if spec is None or spec.origin is None:
        raise RuntimeError("The package font-source-serif-pro is missing; `make run` installs it.")
    return Path(spec.origin).parent / "files"


def build(target: Path) -> list[Path]:
    """Writes the fonts and their licence into `target`; returns what was not up to date."""
    target.mkdir(parents=True, exist_ok=True)
    written = []
    for style, suffix in _STYLES.items():
        original = source() / f"SourceSerifPro-{suffix}.ttf"
        result = target / f"orrery-serif-{style.lower()}.woff2"
        if _older(result, original):
            _cut(original, style, result)
            written.append(result)
    licence = target / "OFL.txt"
    if _older(licence, source() / "LICENSE.txt"):
        write_whole(licence, (source() / "LICENSE.txt").read_bytes())
        written.append(licence)
    return written


def _older(result: Path, original: Path) -> bool:
    """A change of this file asks for new fonts too."""
    newest = max(original.stat().st_mtime, Path(__file__).stat().st_mtime)
    return not result.exists() or result.stat().st_mtime < newest


def _cut(original: Path, style: str, result: Path) -> None:
    options = subset.Options(
        flavor="woff2", hinting=False, layout_features=_FEATURES, name_IDs=_KEPT_NAMES, notdef_outline=True
    )
    font = TTFont(original, recalcTimestamp=False)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=UNICODES)
    cutter.subset(font)
    _own_widths(font)
    _rename(font, style)
    made = BytesIO()
    subset.save_font(font, made, options)
    write_whole(result, made.getvalue())


def _own_widths(font: TTFont) -> None:
    """A sign that is made of others keeps its own width.

    The source gives the per cent sign that of its fraction bar, and the double quotation marks that of the single ones
    (`USE_MY_METRICS`, OpenType 1.9, glyf): what follows would lie on them.
    """
    table = font["glyf"]
    for name in font.getGlyphOrder():
        for part in table[name].components if table[name].isComposite() else ():
            part.flags &= ~USE_MY_METRICS


def _rename(font: TTFont, style: str) -> None:
    """The licence reserves the name "Source": a changed font must not carry it."""
    full = f"{FAMILY} {style}"
    unique = full.replace(" ", "")
    # Old programs know four styles of a family, so Semibold is a family of its own to them (IDs 1 and 2).
    family, sub = (FAMILY, style) if style != "Semibold" else (full, "Regular")
    postscript = f"{FAMILY.replace(' ', '')}-{style}"
    table = font["name"]
    for name_id, text in {1: family, 2: sub, 3: unique, 4: full, 6: postscript, 16: FAMILY, 17: style}.items():
        table.removeNames(nameID=name_id)
        table.setName(text, name_id, 3, 1, 0x409)


def main() -> None:
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(".local/generated/fonts")
    for path in build(target):
        print(f"{path}: {path.stat().st_size} bytes")


if __name__ == "__main__":
    main()
