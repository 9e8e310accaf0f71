"""Copies of an SQLite database while it is in use, and back."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.db import connection

from config.files import private


def database_path() -> Path:
    """The SQLite file. Raises CommandError where the database is another one, with what to use there."""
    if connection.vendor != "sqlite":
        raise CommandError(
            "The database is PostgreSQL: use its own tools, pg_dump --format=custom and pg_restore --clean."
        )
    return Path(connection.settings_dict["NAME"])


def back_up(target: Path) -> None:
    """Writes a copy of one moment, compacted, while others may write. Raises CommandError where it cannot."""
    path = database_path()
    if target.exists():
        raise CommandError(f"{target} exists already; a backup never overwrites one.")
    if not target.parent.is_dir():
        raise CommandError(f"There is no folder {target.parent}.")
    part = target.with_name(f"{target.name}.part")
    part.unlink(missing_ok=True)
    # SQLite fills an empty file, and leaves it to whom it belongs.
    private(part)
    with closing(sqlite3.connect(path)) as source:
        source.execute("VACUUM INTO ?", (str(part),))
    check(part)
    # Whoever sees the name sees a whole copy.
    part.rename(target)


def restore(copy: Path) -> None:
    """Puts a copy in the place of what is there, in one transaction. Raises CommandError where it cannot."""
    path = database_path()
    if not copy.is_file():
        raise CommandError(f"There is no file {copy}.")
    check(copy)
    connection.close()
    private(path)
    with closing(sqlite3.connect(copy)) as source, closing(sqlite3.connect(path, timeout=20)) as target:
        try:
            source.backup(target)
        except sqlite3.OperationalError as error:
            raise CommandError(f"The database is in use ({error}); stop the server and try again.") from error
    check(path)


def check(path: Path) -> None:
    """Raises CommandError where a file is no sound SQLite database."""
    found: list[Any] = []
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as database:
            found = database.execute("PRAGMA integrity_check").fetchall()
    except sqlite3.DatabaseError as error:
        raise CommandError(f"{path} is no sound database: {error}.") from error
    if found != [("ok",)]:
        raise CommandError(f"{path} is no sound database: {found[0][0]}.")
