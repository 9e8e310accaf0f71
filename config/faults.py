"""What is wrong around the site (a variable, the disk, the database, a port), said in one sentence.

Every entry point stands inside `in_words()`. A fault that is none of these is one of the program, and keeps its trace.
"""

from __future__ import annotations

import contextlib
import errno
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from socket import gaierror

from django.core.exceptions import ImproperlyConfigured

from config.environment import SERVERS

_FULL = (errno.ENOSPC, errno.EDQUOT)
_REFUSED = (errno.EACCES, errno.EPERM, errno.EROFS)
_NO_FOLDER = (errno.EEXIST, errno.ENOTDIR)


@contextlib.contextmanager
def in_words() -> Iterator[None]:
    """Ends the process with a sentence on stderr and status 1 where the fault is known, and quietly on Ctrl-C."""
    try:
        yield
    except KeyboardInterrupt:
        raise SystemExit(130) from None
    except Exception as fault:
        if sentence := words(fault):
            raise SystemExit(sentence) from None
        raise


def words(fault: Exception) -> str | None:
    """The sentence about a fault; None where it is not one of those around the site."""
    if isinstance(fault, ImproperlyConfigured):
        return _of_settings(fault)
    if isinstance(fault, gaierror):
        return f"HOST must be an address of this machine, for example 127.0.0.1 or 0.0.0.0: {fault.strerror}."
    if isinstance(fault, OSError):
        return _of_system(fault)
    if isinstance(cause := fault.__cause__ or fault, sqlite3.Error):
        return _of_sqlite(cause)
    if type(cause).__module__.partition(".")[0] in ("psycopg", "psycopg2"):
        return _of_postgres(cause)
    return None


def _of_settings(fault: ImproperlyConfigured) -> str | None:
    if str(fault).startswith("Error loading psycopg2 or"):
        return (
            "DATABASE_URL names PostgreSQL, and the package that speaks to it is not installed; "
            f"`make run` does that, or type '.ci/environment {SERVERS}'"
        )
    # Django says so too where the code is wrong, and then the trace is what helps: only what we have refused ourselves.
    last = fault.__traceback__
    while last and last.tb_next:
        last = last.tb_next
    place = last.tb_frame.f_globals.get("__name__", "") if last else ""
    if place.startswith("django.db."):
        return f"DATABASE_URL asks for what cannot be had: {str(fault).splitlines()[0]}"
    return str(fault) if place.startswith("config.") else None


def _of_system(fault: OSError) -> str | None:
    where = Path(os.fsdecode(fault.filename)).absolute() if isinstance(fault.filename, str | bytes | Path) else None
    if fault.errno in _FULL:
        return f"The disk is full: {where or 'a file'} could not be written. Make room, and start again."
    if fault.errno in (errno.EADDRINUSE, errno.EADDRNOTAVAIL):
        return f"HOST and PORT cannot be served on: {os.strerror(fault.errno)}."
    if where and fault.errno in _REFUSED:
        return f"{where} cannot be read or written by this user: {os.strerror(fault.errno)}."
    if where and fault.errno in _NO_FOLDER:
        return f"{where} stands where a folder is needed, or below a file: {os.strerror(fault.errno)}."
    return None


_OF_SQLITE = {
    sqlite3.SQLITE_CANTOPEN: "cannot be opened: its folder must be there, and both must be this user's to write",
    sqlite3.SQLITE_PERM: "may not be read or written by this user",
    sqlite3.SQLITE_READONLY: "may not be written by this user: neither the file nor its folder may be read-only",
    sqlite3.SQLITE_NOTADB: "is a file, but no SQLite database; move it away, or name another in DATABASE_URL",
    sqlite3.SQLITE_CORRUPT: "is damaged; put a backup in its place: manage.py restore FILE",
    sqlite3.SQLITE_FULL: "cannot grow: the disk is full. Make room, and start again",
    sqlite3.SQLITE_IOERR: "cannot be read or written: the disk is full or reports a fault",
    sqlite3.SQLITE_BUSY: "has been held by another program for too long; end it, and start again",
}
"""What is wrong with the file, by SQLite's primary result code (https://sqlite.org/rescode.html)."""


def _of_sqlite(fault: sqlite3.Error) -> str | None:
    code = getattr(fault, "sqlite_errorcode", None)
    found = _OF_SQLITE.get(code & 0xFF) if code is not None else None
    return f"The database {_database()['NAME']} {found}." if found else None


def _of_postgres(fault: BaseException) -> str | None:
    """What PostgreSQL or its driver said when there was no connection yet; the password is no part of that."""
    from django.db import connection  # noqa: PLC0415 - settings that cannot be read must not stop us here

    if connection.connection is not None:
        return None
    named = _database()
    reason = (str(fault).strip() or type(fault).__name__).splitlines()[0]
    place = f"{named['HOST'] or 'this machine'}, port {named['PORT'] or 5432}"
    return f"The database {named['NAME']} on {place} cannot be used: {reason.rstrip('.')}."


def _database() -> dict[str, object]:
    from django.conf import settings  # noqa: PLC0415 - as above

    return dict(settings.DATABASES["default"])
