"""/livez says that the process answers, /readyz that it may have traffic."""

import pytest
from django.db import OperationalError
from django.db.migrations.executor import MigrationExecutor
from django.test import Client, override_settings


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


def test_readyz_says_no_more_than_that_the_database_is_away(client: Client, monkeypatch: pytest.MonkeyPatch):
    def refuse(*_: object) -> None:
        raise OperationalError("could not connect to db.internal as reader")

    monkeypatch.setattr(MigrationExecutor, "__init__", refuse)
    response = client.get("/readyz")
    assert (response.status_code, response.text) == (503, "the database does not answer\n")


def test_a_probe_beside_the_server_is_not_sent_to_https():
    with override_settings(SECURE_SSL_REDIRECT=True, SECURE_REDIRECT_EXEMPT=[r"^livez$", r"^readyz$"]):
        assert Client().get("/livez").status_code == 200
