"""A log line is one JSON object with the request's id, and holds nothing about the reader."""

import json
import logging
import sys

import pytest
from django.test import Client

from config.logs import JsonFormatter


def told(record: logging.LogRecord) -> dict[str, object]:
    text = JsonFormatter().format(record)
    assert "\n" not in text
    found: dict[str, object] = json.loads(text)
    return found


def test_a_record_is_one_line_with_a_time_in_utc():
    found = told(logging.LogRecord("orrery", logging.WARNING, "f.py", 1, "two\nlines of %s", ("words",), None))
    assert found["message"] == "two\nlines of words"
    assert str(found["time"]).endswith("+00:00")
    assert "request" not in found


def test_a_fault_carries_its_trace():
    try:
        int("broken")
    except ValueError:
        record = logging.LogRecord("orrery", logging.ERROR, "f.py", 1, "it broke", (), sys.exc_info())
    assert "ValueError: invalid literal" in str(told(record)["error"])


@pytest.mark.parametrize("given", ["short", "a" * 65, "with space here", 'quote"quote"', ""])
def test_an_id_that_is_no_id_is_replaced(client: Client, given: str):
    answered = client.get("/nothing", headers={"x-request-id": given}).headers["X-Request-ID"]
    assert answered != given
    assert len(answered) == 32


def test_the_id_of_the_proxy_is_kept(client: Client):
    given = "0123456789abcdef"
    assert client.get("/nothing", headers={"x-request-id": given}).headers["X-Request-ID"] == given


def test_a_method_of_a_strangers_own_is_no_text_in_the_log(client: Client, caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.INFO, "orrery.access")
    client.generic("FORGED" * 1000, "/lessons/")
    client.generic("DELETE", "/lessons/")
    lines = [told(record) for record in caplog.records if record.name == "orrery.access"]
    assert [(line["method"], line["message"]) for line in lines] == [
        ("other", "other lessons/"),
        ("DELETE", "DELETE lessons/"),
    ]


def test_the_line_of_a_request_names_the_route_and_not_what_was_typed(client: Client, caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.INFO, "orrery.access")
    client.get("/lessons/?q=private", headers={"user-agent": "special"})
    client.get("/nothing/private-path")
    lines = [json.dumps(told(record)) for record in caplog.records if record.name == "orrery.access"]
    assert [json.loads(line)["route"] for line in lines] == ["lessons/", "none"]
    assert [json.loads(line)["status"] for line in lines] == [200, 404]
    assert not any("private" in line or "special" in line or "127.0.0.1" in line for line in lines)
