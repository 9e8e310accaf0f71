"""A database that is away is told from a statement that is wrong, by what SQLite and its driver really say."""

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from django.db import Error, InterfaceError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import ConnectionHandler

from config import absence, environment
from config.rarely import Rarely


@pytest.fixture
def connection(tmp_path: Path, django_db_blocker) -> Iterator[BaseDatabaseWrapper]:
    """One to a file, with a second of patience."""
    (tmp_path / "data").mkdir()
    url = f"sqlite:///{tmp_path}/data/db.sqlite3?timeout=1"
    with django_db_blocker.unblock():
        found = ConnectionHandler({"default": environment.database({"DATABASE_URL": url}, "")})["default"]
        yield found
        found.close()


def fault(connection: BaseDatabaseWrapper, statement: str) -> Error:
    with pytest.raises(Error) as found, connection.cursor() as cursor:
        cursor.execute(statement)
    return found.value


def test_a_file_that_another_holds_is_one(connection):
    connection.ensure_connection()
    with closing(sqlite3.connect(connection.settings_dict["NAME"])) as other:
        other.execute("BEGIN IMMEDIATE")
        assert absence.is_one(fault(connection, "CREATE TABLE a (b)"))


def test_a_file_that_cannot_be_opened_is_one(connection):
    Path(connection.settings_dict["NAME"]).parent.rmdir()
    assert absence.is_one(fault(connection, "SELECT 1"))


@pytest.mark.parametrize("statement", ["SELECT a FROM nowhere", "SELEKT 1"])
def test_a_statement_that_is_wrong_is_none_though_its_exception_is_of_the_same_kind(connection, statement):
    assert not absence.is_one(fault(connection, statement))


def test_a_file_that_is_no_database_is_none(connection):
    """It does not come back: whoever looks after the site has to hear of it."""
    Path(connection.settings_dict["NAME"]).write_text("no database " * 1000)
    assert not absence.is_one(fault(connection, "SELECT 1"))


def test_what_holds_everybody_up_is_said_once_in_a_while(caplog):
    caplog.set_level(logging.WARNING)
    assert all(absence.is_one(InterfaceError("the connection is closed")) for _ in range(9))
    assert len(caplog.records) <= 1
    assert "the connection is closed" not in caplog.text


def test_rarely_is_once_in_a_stretch_of_time_and_in_the_next_one_again():
    an_hour, no_time = Rarely(3600), Rarely(0)
    assert [an_hour.is_due() for _ in range(3)] == [True, False, False]
    assert [no_time.is_due() for _ in range(3)] == [True, True, True]
