"""Files as they have to be where a start may be killed at any moment: whole or not there, and one builder at a time."""

import contextlib
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path


def write_whole(path: Path, content: str | bytes) -> None:
    """Puts a file in its place with one step, whatever stood there: nobody ever reads half of it.

    One writer at a time. Raises OSError, with the file's name, where the disk is full or refuses.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    # What begins with a dot is no source of static files: a part that was left behind is never served.
    part = path.with_name(f".{path.name}.part")
    try:
        with naming(path), part.open("wb") as file:
            file.write(content.encode() if isinstance(content, str) else content)
            file.flush()
            # Without it the name may reach the disk before the bytes, and a power cut leaves an empty file.
            os.fsync(file.fileno())
    except OSError:
        with contextlib.suppress(OSError):
            part.unlink()
        raise
    part.replace(path)


@contextlib.contextmanager
def naming(path: Path) -> Iterator[None]:
    """Where writing fails, the system does not say at which file: then it is this one, or below it."""
    try:
        yield
    except OSError as fault:
        fault.filename = fault.filename or str(path)
        raise


@contextlib.contextmanager
def alone(path: Path) -> Iterator[None]:
    """Waits until no other process is inside with the same path. The lock ends with the process, however it ends."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def make_private(path: Path) -> None:
    """Makes an empty file that its owner alone may read and write. Raises FileExistsError, and opens nothing then.

    An SQLite file that somebody in this process uses must not be opened beside it: when any of its descriptors
    closes, the locks of all are gone (https://sqlite.org/howtocorrupt.html, 2.2).
    """
    # With that mode from the first moment: who opens it before a later change can read it ever after.
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))


def hide(path: Path) -> None:
    """Takes from others what they may do with a file; what its owner may stays. Raises OSError where it cannot."""
    path.chmod(path.stat().st_mode & 0o700)


def private(path: Path) -> None:
    """A file that its owner alone may read and write: made, or one that is there."""
    with contextlib.suppress(FileExistsError):
        make_private(path)
    path.chmod(0o600)


def unlisted(path: Path) -> None:
    """Takes from others the list of a folder. They may go through it: the web server reads static files below."""
    with contextlib.suppress(OSError):  # another user's
        path.chmod(path.stat().st_mode & 0o711)
