"""A database that cannot be reached, or that another holds for too long: no fault of ours, and over after a while.

Told once a minute in the log of a process, not once a request: while it is away everybody asks.
"""

from __future__ import annotations

import logging
import sqlite3

from django.db import InterfaceError, OperationalError

from config.rarely import Rarely

OF_SQLITE = {
    sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL, sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL,
}  # fmt: skip
"""Primary result codes (https://sqlite.org/rescode.html) after which the same may be tried again. SQLite has one kind
of exception for these and for statements that are wrong."""

log = logging.getLogger(__name__)
_warnings = Rarely()


def is_one(fault: BaseException) -> bool:
    """Whether the same may be tried again after a fault of the database; then it is noted in the log."""
    if not _is_one(fault):
        return False
    if _warnings.is_due():
        # The kind alone: a message may hold an address, or what somebody sent.
        log.warning("The database does not answer (%s): who needs it is asked to come again.", _kind(fault))
    return True


def _is_one(fault: BaseException) -> bool:
    if isinstance(cause := fault.__cause__, sqlite3.Error):
        return (getattr(cause, "sqlite_errorcode", None) or 0) & 0xFF in OF_SQLITE
    return isinstance(fault, OperationalError | InterfaceError)


def _kind(fault: BaseException) -> str:
    cause = fault.__cause__
    return str(getattr(cause, "sqlite_errorname", None) or type(cause or fault).__name__)
