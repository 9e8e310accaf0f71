"""`python -m config.assets` builds the static files: the font, then fingerprints and compression.

Compressing takes seconds, so a second build with nothing changed does nothing: a stamp keeps a digest of
every source file's name, size and time.
"""

import fcntl
import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

import django
import rcssmin
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

from config import errors, fonts, scripts, statics

UNUSED = ["ninja", "htmx-2*", "htmax-4*", "htmx-4.js", "django-htmx.js", "ext"]
"""What packages ship and no page of ours loads: compressing it would be most of the build."""


def build() -> bool:
    """Brings STATIC_ROOT up to date; False where it was so already."""
    root = Path(settings.STATIC_ROOT)
    stamp = root.with_name("static.stamp")
    wanted = digest()
    if (root / "staticfiles.json").exists() and stamp.exists() and stamp.read_text() == wanted:
        return False
    # Files of an earlier build stay: a page that is open somewhere may still ask for them.
    call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=UNUSED)
    errors.write_pages(root / "errors")
    stamp.write_text(wanted)
    return True


STATIC = Path(__file__).resolve().parent.parent / "static"

LAYERS = ("tokens", "frame", "marks", "player")
"""What a widget's one style sheet is made of, in this order."""


def widget_css() -> str:
    """The page's own layers in one style sheet, without comments and blanks."""
    text = "\n".join((STATIC / "css" / f"{name}.css").read_text("utf-8") for name in LAYERS)
    return str(rcssmin.cssmin(text))


def widget_js() -> str:
    """The player with its modules as one script: a reader of a widget fetches it over somebody else's page."""
    return scripts.small(scripts.joined(STATIC / "js", "player"))


def write(target: Path, text: str) -> None:
    """Writes what is not there yet or has changed."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if not target.exists() or target.read_text("utf-8") != text:
        target.write_text(text, "utf-8")


def digest() -> str:
    return hashlib.sha256("\n".join(sorted(_sources())).encode()).hexdigest()


def _sources() -> Iterator[str]:
    ours = [Path(str(module.__file__)) for module in (errors, scripts, statics)]
    for path in (*ours, *Path(settings.BASE_DIR, "templates").glob("*.html")):
        yield f"{path} {path.stat().st_mtime_ns}"
    for finder in get_finders():
        for name, storage in finder.list(ignore_patterns=UNUSED):
            status = Path(storage.path(name)).stat()
            yield f"{storage.path(name)} {status.st_size} {status.st_mtime_ns}"


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    local = Path(__file__).resolve().parent.parent / ".local"
    local.mkdir(exist_ok=True)
    # One at a time: two servers of one checkout may start together.
    with (local / "assets.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        # Before the settings are read: they name the folder only where it exists.
        fonts.build(local / "generated" / "fonts")
        write(local / "generated" / "css" / "embed.css", widget_css())
        write(local / "generated" / "js" / "embed.js", widget_js())
        django.setup()
        build()


if __name__ == "__main__":
    main()
