"""The folder of static files as they are served: built beside, put in its place file by file, looked at at every start.

Compressing takes seconds, so a build with nothing changed does nothing. A stamp says what it was made of (name, size
and time of every source) and what it holds (a digest of every file): whatever was cut or lost since is built anew.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import time
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.contrib.staticfiles.management.commands.collectstatic import Command as CollectStatic
from django.core.management import call_command

from config import errors, scripts, statics
from config.files import naming, write_whole

UNUSED = ["ninja", "htmx-2*", "htmax-4*", "htmx-4.js", "django-htmx.js", "ext"]
"""What packages ship and no page of ours loads: compressing it would be most of the build."""

KEPT = 7 * 24 * 60 * 60
"""Seconds for which a file of an earlier build stays: a page that is open somewhere may still ask for it."""

MANIFEST = "staticfiles.json"


@dataclass(frozen=True)
class Stamp:
    """What was built, and from what."""

    sources: str
    files: dict[str, str]
    """Name below the folder -> SHA-256 of what is in it."""


def build() -> bool:
    """Brings STATIC_ROOT up to date; False where it was so already. One process at a time."""
    root = Path(settings.STATIC_ROOT)
    stamp = root.with_name("static.stamp")
    before, sources = read(stamp), digest()
    if before and before.sources == sources and digests(root, before.files) == before.files:
        return False
    beside = root.with_name("static.part")
    shutil.rmtree(beside, ignore_errors=True)
    collect(beside)
    names = put(beside, root)
    shutil.rmtree(beside)
    # They name style sheets, and so can be drawn only now.
    names |= {f"errors/{name}" for name in errors.write_pages(root / "errors")}
    forget(root, names, set(before.files) if before else None)
    write_whole(stamp, json.dumps(asdict(Stamp(sources, digests(root, names)))))
    return True


def read(stamp: Path) -> Stamp | None:
    """What a stamp says; None where there is none that can be read."""
    try:
        said = json.loads(stamp.read_text("utf-8"))
        return Stamp(said["sources"], dict(said["files"]))
    except (FileNotFoundError, ValueError, TypeError, KeyError):
        return None


def digests(root: Path, names: Iterable[str]) -> dict[str, str]:
    """A digest of each of the files that are there."""
    return {
        name: hashlib.sha256((root / name).read_bytes()).hexdigest()
        for name in sorted(names)
        if (root / name).is_file()
    }


def collect(target: Path) -> None:
    """Writes all files, with their fingerprints and compressed, into a folder that is not there yet."""
    command = CollectStatic()
    command.storage = statics.ServedStorage(location=target, base_url=settings.STATIC_URL)
    with naming(target):
        call_command(command, interactive=False, verbosity=0, ignore_patterns=list(UNUSED))


def put(beside: Path, root: Path) -> set[str]:
    """Moves what is beside to its place, each file in one step; the manifest, which leads to the others, last."""
    names = {path.relative_to(beside).as_posix() for path in beside.rglob("*") if path.is_file()}
    for name in (*sorted(names - {MANIFEST}), MANIFEST):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (beside / name).replace(root / name)
    return names


def forget(root: Path, now: set[str], before: set[str] | None) -> None:
    """Removes what no build has held for long. A file's time is, from here on, when it was last part of one."""
    for path in root.rglob("*"):
        name = path.relative_to(root).as_posix()
        if name in now or not path.is_file():
            continue
        if before is None or name in before:
            os.utime(path)
        elif path.stat().st_mtime < time.time() - KEPT:
            path.unlink()


def digest() -> str:
    """Of every source: its name, size and time."""
    return hashlib.sha256("\n".join(sorted(_sources())).encode()).hexdigest()


def _sources() -> Iterator[str]:
    ours = [Path(__file__), *(Path(str(module.__file__)) for module in (errors, scripts, statics))]
    for path in (*ours, *Path(settings.BASE_DIR, "templates").glob("*.html")):
        yield f"{path} {path.stat().st_mtime_ns}"
    for finder in get_finders():
        for name, storage in finder.list(ignore_patterns=UNUSED):
            status = Path(storage.path(name)).stat()
            yield f"{storage.path(name)} {status.st_size} {status.st_mtime_ns}"
