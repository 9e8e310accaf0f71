"""What the tests of the API share."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from jsonschema import Draft202012Validator

API = "/api/v1"
SNAPSHOT = Path(__file__).with_name("openapi.json")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--write-openapi", action="store_true", help="write openapi.json anew")


@pytest.fixture
def client() -> Client:
    """A client that checks CSRF as a browser's server would, and meets faults as answers."""
    return Client(enforce_csrf_checks=True, raise_request_exception=False)


@pytest.fixture
def described(client: Client) -> dict[str, Any]:
    """The OpenAPI description as it is served."""
    return dict(client.get(f"{API}/openapi.json").json())


def check(described: dict[str, Any], name: str, body: Any) -> None:
    """Fails unless the body is what the description says about that part."""
    schema = {"$ref": f"#/components/schemas/{name}", "components": described["components"]}
    Draft202012Validator(schema).validate(body)
