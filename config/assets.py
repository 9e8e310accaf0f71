"""`python -m config.assets` builds the static files: the font, what widgets load, then fingerprints and compression."""

import os
import re
from contextlib import AbstractContextManager
from pathlib import Path

import django
import rcssmin

from config import fonts, scripts, static_root
from config.faults import in_words
from config.files import alone, write_whole

HOME = Path(__file__).resolve().parent.parent
STATIC = HOME / "static"
LOCAL = HOME / ".local"

LAYERS = ("tokens", "frame", "marks", "player")
"""What a widget's one style sheet is made of, in this order."""


def widget_css(*more: str) -> str:
    """The page's own layers, and those named, in one style sheet, without comments and blanks."""
    return small_css("\n".join((STATIC / "css" / f"{name}.css").read_text("utf-8") for name in (*LAYERS, *more)))


def kept_css() -> str:
    """The style sheet of a file to keep, which is printed too."""
    return widget_css("pages", "paper", "kept")


def small_css(text: str) -> str:
    """A style sheet without comments and blanks.

    The minifier takes the blank before a colon for one before a value: `.a :is(.b)`, a `.b` inside an `.a`, would be
    an `.a` that is a `.b`. With a star it means the same, and is kept.
    """
    return str(rcssmin.cssmin(re.sub(r"(?<=[^\s,{}>+~(]) +(?=:[a-z-]+\()", " *", text)))


def widget_js() -> str:
    """All that a widget does before it is touched, as one script: its reader fetches it over somebody else's page."""
    return scripts.small(scripts.alone(scripts.joined(STATIC / "js", "player", "widget", "driven", "reach")))


def hands_js() -> str:
    """What a widget fetches when somebody reaches for it."""
    return scripts.small(scripts.alone(scripts.joined(STATIC / "js", "hands")))


def moving_js() -> str:
    """What a widget fetches besides where things travel in its picture."""
    return scripts.small(scripts.alone(scripts.joined(STATIC / "js", "pulse")))


def kept_js() -> str:
    """What shows the runs of a file to keep and steps through them, as one script, to be read too."""
    return scripts.joined(STATIC / "js", "keep", "player")


def write(target: Path, text: str) -> None:
    """Writes what is not there yet or has changed."""
    if not target.exists() or target.read_bytes() != text.encode():
        write_whole(target, text)


def generate(target: Path) -> None:
    """Writes the sources that are made: fonts, and a widget's style sheet and script."""
    fonts.build(target / "fonts")
    write(target / "css" / "embed.css", widget_css())
    write(target / "js" / "embed.js", widget_js())
    write(target / "js" / "embed-hands.js", hands_js())
    write(target / "js" / "embed-pulse.js", moving_js())


def one_at_a_time() -> AbstractContextManager[None]:
    """Two servers of one checkout may start together: the second waits."""
    return alone(LOCAL / "start.lock")


def build() -> None:
    """Brings the static files up to date, and Django up."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    # Before the settings are read: they name the folder only where it exists.
    generate(LOCAL / "generated")
    django.setup()
    static_root.build()


def main() -> None:
    with in_words(), one_at_a_time():
        build()


if __name__ == "__main__":
    main()
