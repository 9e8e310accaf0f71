"""/livez says that the process answers, /readyz that it may have traffic."""

import pytest
from django.db import OperationalError
from django.db.migrations.executor import MigrationExecutor
from django.test import Client, override_settings

from config.health import PATHS


def test_livez_asks_no_database(client: Client):
    # No database mark on this test: a query would fail it.
    response = client.get("/livez")
    assert (response.status_code, response.text) == (200, "ok\n")
    assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.django_db
def test_readyz_is_ok_where_the_database_answers_and_is_migrated(client: Client):
    response = client.get("/readyz")
    assert (response.status_code, response.text) == (200, "ok\n")
    assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.django_db
def test_readyz_waits_for_a_migration(client: Client, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(MigrationExecutor, "migration_plan", lambda *_: [("one", False)])
    response = client.get("/readyz")
    assert (response.status_code, response.text) == (503, "the database waits for a migration\n")
    assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.asvs("16.5.1")
def test_readyz_says_no_more_than_that_the_database_is_away(client: Client, monkeypatch: pytest.MonkeyPatch):
    def refuse(*_: object) -> None:
        raise OperationalError("could not connect to db.internal as reader")

    monkeypatch.setattr(MigrationExecutor, "__init__", refuse)
    response = client.get("/readyz")
    assert (response.status_code, response.text) == (503, "the database does not answer\n")


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "10.0.0.7", "elsewhere.example", "not a host"])
def test_a_probe_beside_the_server_is_answered_whatever_it_calls_the_site(host: str):
    with override_settings(SECURE_SSL_REDIRECT=True, ALLOWED_HOSTS=["orrery.example"]):
        assert Client().get("/livez", headers={"host": host}).status_code == 200


@pytest.mark.parametrize("path", PATHS)
def test_another_method_is_not_answered(client: Client, path: str):
    response = client.post(path)
    assert (response.status_code, response.headers["Allow"]) == (405, "GET, HEAD")


def test_a_database_that_is_away_is_a_line_and_no_trace(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    def refuse(*_: object) -> None:
        raise OperationalError("could not connect to db.internal as reader")

    monkeypatch.setattr(MigrationExecutor, "__init__", refuse)
    client.get("/readyz")
    (line,) = [record for record in caplog.records if record.name == "config.health"]
    assert (line.levelname, line.exc_info) == ("WARNING", None)
    assert "internal" not in caplog.text


def test_a_probe_leaves_no_line_in_the_log(client: Client, caplog: pytest.LogCaptureFixture):
    caplog.set_level("INFO")
    client.get("/livez")
    assert caplog.text == ""
