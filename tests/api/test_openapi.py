"""The contract is a reviewed file: it never changes by accident."""

import json

import pytest
from django.test import Client
from openapi_spec_validator import OpenAPIV31SpecValidator

from config.environment import Origin
from playground.engine.registry import entries
from tests.api.conftest import API, SNAPSHOT

PUBLIC = Origin("https://orrery.example:8443", "orrery.example", "orrery.example:8443")


def test_the_description_is_the_reviewed_one(described, request: pytest.FixtureRequest):
    text = json.dumps(described, indent=2, ensure_ascii=False) + "\n"
    if request.config.getoption("--write-openapi", default=False):
        SNAPSHOT.write_text(text, encoding="utf-8")
    assert text == SNAPSHOT.read_text(encoding="utf-8"), (
        "The API's description is not the one that was reviewed. If the change is meant: "
        "pytest tests/api --write-openapi, then read the diff of tests/api/openapi.json and commit it."
    )


def test_it_is_sound(described):
    OpenAPIV31SpecValidator(described).validate()


def test_every_operation_is_named_and_every_error_described(described):
    operations = [operation for methods in described["paths"].values() for operation in methods.values()]
    assert [one["operationId"] for one in operations] == ["list_miniatures", "get_miniature", "run_miniature"]
    for operation in operations:
        assert operation["description"]
        assert all(parameter["description"] for parameter in operation["parameters"])
        for status, response in operation["responses"].items():
            kind = "application/json" if status == "200" else "application/problem+json"
            assert list(response["content"]) == [kind]


def test_its_one_server_is_this_site_under_the_address_that_it_has(client: Client):
    answers = [client.get(f"{API}/openapi.json", headers={"host": host}) for host in ("localhost", "127.0.0.1:8000")]
    assert [one.json()["servers"] for one in answers] == [
        [{"url": "http://localhost"}],
        [{"url": "http://127.0.0.1:8000"}],
    ]
    # Who keeps both must not take the one for the other.
    assert answers[0].headers["ETag"] != answers[1].headers["ETag"]
    known = {"host": "localhost", "if-none-match": answers[0].headers["ETag"]}
    assert client.get(f"{API}/openapi.json", headers=known).status_code == 304


def test_of_a_public_site_the_server_is_its_one_address(client: Client, settings):
    settings.ORIGIN, settings.ALLOWED_HOSTS = PUBLIC, [PUBLIC.host]
    told = client.get(f"{API}/openapi.json", headers={"host": PUBLIC.netloc}, secure=True).json()
    assert told["servers"] == [{"url": PUBLIC.url}]


def test_the_miniatures_are_named_where_one_is_asked_for(described):
    paths = [f"{API}/miniatures/{{slug}}", f"{API}/miniatures/{{slug}}/run"]
    asked = [one for path in paths for one in described["paths"][path]["get"]["parameters"] if one["name"] == "slug"]
    assert [one["schema"]["enum"] for one in asked] == [list(entries())] * 2


@pytest.mark.asvs("15.3.1")
def test_nothing_undeclared_goes_out(described):
    for name, schema in described["components"]["schemas"].items():
        assert schema["additionalProperties"] is False, name
        assert set(schema["required"]) == set(schema["properties"]), name
