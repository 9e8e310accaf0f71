"""A copy is looked at before it has its name: what is not sound is never taken for a backup."""

import sqlite3
from contextlib import closing

import pytest
from django.core.management.base import CommandError
from django.db import connection

from config.backups import back_up, check, restore


@pytest.fixture
def database(tmp_path, monkeypatch):
    """A database of this site's, whose one row breaks a rule: SQLite copies it, and finds the fault in the copy."""
    path = tmp_path / "db.sqlite3"
    with closing(sqlite3.connect(path)) as made:
        made.execute("CREATE TABLE cup (tea TEXT)")
        made.execute("INSERT INTO cup VALUES (NULL)")
        made.execute("PRAGMA writable_schema = ON")
        made.execute("UPDATE sqlite_master SET sql = 'CREATE TABLE cup (tea TEXT NOT NULL)'")
        made.commit()
    monkeypatch.setitem(connection.settings_dict, "NAME", str(path))
    return path


def mend(path):
    with closing(sqlite3.connect(path)) as made:
        made.execute("UPDATE cup SET tea = 'green'")
        made.commit()


def test_a_copy_that_is_not_sound_has_no_name(database, tmp_path):
    with pytest.raises(CommandError, match=r"copy\.part is no sound database: NULL value in cup\.tea"):
        back_up(tmp_path / "copy")
    assert not (tmp_path / "copy").exists()
    mend(database)
    back_up(tmp_path / "copy")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["copy", "db.sqlite3"]


def test_a_copy_that_is_not_sound_is_not_put_back(database, tmp_path):
    broken = tmp_path / "broken"
    broken.write_bytes(database.read_bytes())
    mend(database)
    with pytest.raises(CommandError, match="broken is no sound database"):
        restore(broken)
    check(database)
