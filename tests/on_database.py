"""`python -m pytest -p tests.on_database` runs the tests that touch the database, and no others.

DATABASE_URL says which one that is: tests/deploy/test_postgresql.py runs them on PostgreSQL.
"""

import pytest
from django.db import connection

FIXTURES = {"db", "transactional_db", "django_db_reset_sequences", "django_db_serialized_rollback", "live_server"}
"""What pytest-django gives to a test that wants the database."""


def touches(item: pytest.Item) -> bool:
    return item.get_closest_marker("django_db") is not None or bool(FIXTURES & set(getattr(item, "fixturenames", ())))


def pytest_report_header() -> str:
    return f"database: {connection.vendor}"


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    left_out = [item for item in items if not touches(item)]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if touches(item)]
