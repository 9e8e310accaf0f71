"""The site's secret, made once on the first run and readable by its owner alone."""

import contextlib
import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


def read_or_make(path: Path) -> str:
    """The secret kept at `path`; where there is none yet, a new one. Raises ImproperlyConfigured where it is no secret.

    Two processes may start together. Each writes a complete secret under a name of its own and then
    links it to the shared name: linking is atomic and fails where the name exists, so one of them wins
    and nobody ever reads half a secret.
    """
    try:
        return _read(path)
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
    own = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(8)}")
    # 0600 from the first moment: a chmod after writing would leave a gap.
    descriptor = os.open(own, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(64))
            file.flush()
            os.fsync(file.fileno())
        # Where the name exists the other process was first, and its secret is the one.
        with contextlib.suppress(FileExistsError):
            os.link(own, path)
    finally:
        own.unlink()
    return _read(path)


def _read(path: Path) -> str:
    try:
        secret = path.read_text(encoding="ascii").strip()
    except UnicodeDecodeError:
        secret = ""
    if not secret:
        raise ImproperlyConfigured(f"{path} holds no secret. Delete it, and the next start makes a new one.")
    return secret
