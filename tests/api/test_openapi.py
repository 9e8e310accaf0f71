"""The contract is a reviewed file: it never changes by accident."""

import json

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from tests.api.conftest import SNAPSHOT


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


@pytest.mark.asvs("15.3.1")
def test_nothing_undeclared_goes_out(described):
    for name, schema in described["components"]["schemas"].items():
        assert schema["additionalProperties"] is False, name
        assert set(schema["required"]) == set(schema["properties"]), name
