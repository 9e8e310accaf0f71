"""What is answered at which address: one row for each."""

from typing import Any

import pytest
from django.test import Client
from jsonschema import Draft202012Validator

from playground.engine import registry
from tests.api.conftest import API, check

RING = "/miniatures/hash-ring"
RUN = f"{RING}/run"

RIGHT: list[tuple[str, dict[str, Any]]] = [
    (RING, {"slug": "hash-ring", "area": "data", "title": "The hash ring"}),
    (RUN, {"miniature": "hash-ring", "query": "", "stopped": None, "ignored": []}),
    (f"{RUN}?", {"query": ""}),
    (f"{RUN}?keys=24&points=3", {"query": ""}),
    (f"{RUN}?do=add:eve&points=2", {"query": "points=2&do=add:eve:1"}),
    (f"{RUN}?do=look_up:a:b+c&keys=0", {"query": "keys=0&do=look_up:a:b+c"}),
    (f"{RUN}?do=look_up:%E2%9C%93", {"query": "do=look_up:%E2%9C%93"}),
    (f"{RUN}?do=look_up:✓", {"query": "do=look_up:%E2%9C%93"}),
    (f"{RUN}?step=3", {"query": "step=3"}),
    (f"{RUN}?theme=dark&lang=de", {"query": "", "ignored": ["theme", "lang"]}),
]

WRONG: list[tuple[str, int, str, list[tuple[str, str]]]] = [
    # path, status, kind, (field, typed) of each error
    ("/", 404, "unknown-address", []),
    ("/nothing/here", 404, "unknown-address", []),
    ("/miniatures/", 404, "unknown-address", []),
    (f"{RUN}/", 404, "unknown-address", []),
    ("/miniatures/hash-rnig", 404, "unknown-miniature", []),
    ("/miniatures/hash-rnig/run", 404, "unknown-miniature", []),
    ("/miniatures/%00%1b%5b", 404, "unknown-miniature", []),
    (f"{RUN}?keys=many", 422, "invalid-query", [("keys", "many")]),
    (f"{RUN}?keys=9999", 422, "invalid-query", [("keys", "9999")]),
    (f"{RUN}?keys=", 422, "invalid-query", [("keys", "")]),
    (f"{RUN}?keys=2&keys=3", 422, "invalid-query", [("keys", "3")]),
    (f"{RUN}?nodes=a+b+a", 422, "invalid-query", [("nodes", "a b a")]),
    (f"{RUN}?kyes=2", 422, "invalid-query", [("kyes", "kyes")]),
    (f"{RUN}?utm_source=x&keys=-1", 422, "invalid-query", [("keys", "-1"), ("utm_source", "utm_source")]),
    (f"{RUN}?step=end", 422, "invalid-query", [("step", "end")]),
    (f"{RUN}?step=400", 422, "invalid-query", [("step", "400")]),
    (f"{RUN}?do=ad:eve", 422, "invalid-query", [("do[0]", "ad:eve")]),
    (f"{RUN}?do=add:eve:99", 422, "invalid-query", [("do[0].weight", "99")]),
    (f"{RUN}?do=add", 422, "invalid-query", [("do[0].node", "")]),
    (f"{RUN}?do=@5:add:eve", 422, "invalid-query", [("do[0]", "@5:add:eve")]),
    (f"{RUN}?do=look_up:%07", 422, "invalid-query", [("do[0].key", "\x07")]),
    (f"{RUN}?act=add&act.node=eve", 422, "invalid-query", [("act", "add")]),
    (f"{RUN}?do=look_up:%FF", 422, "invalid-query", [("query", "")]),
    (f"{RUN}?" + "do=add_keys:1&" * 101, 422, "invalid-query", [("do", "")]),
    (f"{RUN}?" + "x&" * 1000, 422, "invalid-query", [("query", "")]),
    (f"{RUN}?" + "k" * 100_000, 422, "invalid-query", [("query", "")]),
    (f"{RUN}?do=remove:zoe", 422, "refused-action", [("do[0].node", "zoe")]),
    (f"{RUN}?do=add:eve&do=add:eve", 422, "refused-action", [("do[1].node", "eve")]),
]


def test_the_list_has_every_miniature(client: Client, described):
    response = client.get(f"{API}/miniatures")
    assert response.headers["Content-Type"] == "application/json; charset=utf-8"
    assert [one["slug"] for one in response.json()] == list(registry.entries())
    for one in response.json():
        check(described, "MiniatureSummary", one)


@pytest.mark.parametrize(("path", "expected"), RIGHT, ids=[path for path, _ in RIGHT])
def test_right(client: Client, path, expected):
    response = client.get(API + path)
    assert response.status_code == 200, response.content.decode()
    assert {name: response.json()[name] for name in expected} == expected


@pytest.mark.asvs("2.2.1", "2.2.2")
@pytest.mark.parametrize(("path", "status", "kind", "errors"), WRONG, ids=[row[0][:50] for row in WRONG])
def test_wrong(client: Client, described, path, status, kind, errors):
    response = client.get(API + path)
    body = response.json()
    assert (response.status_code, response.headers["Content-Type"]) == (status, "application/problem+json")
    check(described, "Problem", body)
    assert (body["status"], body["type"]) == (status, f"{API}/docs#{kind}")
    assert [(one["field"], one["typed"]) for one in body["errors"]] == errors
    for one in body["errors"]:
        assert one["detail"].endswith((".", "?"))
    assert "no-store" in response.headers["Cache-Control"]


def test_a_wrong_name_is_told_which_names_are_near(client: Client):
    assert "hash-ring" in client.get(f"{API}/miniatures/hash-rnig").json()["detail"]
    assert "keys" in client.get(f"{API}{RUN}?kyes=2").json()["detail"]
    assert "nodes, points" in client.get(f"{API}{RUN}?colour=2").json()["detail"]


@pytest.mark.parametrize("path", ["/miniatures", RING, RUN, "/openapi.json", "/docs"])
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
def test_it_can_only_be_read(client: Client, path, method):
    response = getattr(client, method)(API + path)
    assert (response.status_code, response.headers["Allow"]) == (405, "GET, HEAD")
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.json()["type"] == f"{API}/docs#method-not-allowed"


def test_writing_to_an_unknown_address_is_a_404(client: Client):
    assert client.post(f"{API}/nothing").json()["type"] == f"{API}/docs#unknown-address"


@pytest.mark.asvs("2.1.1")
@pytest.mark.parametrize("entry", registry.entries().values(), ids=list(registry.entries()))
def test_a_miniature_is_what_the_description_says(client: Client, described, entry):
    told = client.get(f"{API}/miniatures/{entry.slug}").json()
    check(described, "MiniatureDetail", told)
    Draft202012Validator.check_schema(told["outcome_schema"])
    assert [one["name"] for one in told["inputs"]] == list(entry.cls.inputs())
    assert [one["name"] for one in told["actions"]] == list(entry.cls.actions())
    assert [one["name"] for one in told["checked_against"]] == [check.name for check in entry.checks]


RUNS = [
    (entry.slug, query)
    for entry in registry.entries().values()
    for query in ("", *(scenario.query for scenario in entry.scenarios))
]


@pytest.mark.asvs("15.3.1")
@pytest.mark.parametrize(("slug", "query"), RUNS)
def test_a_run_is_what_the_descriptions_say(client: Client, described, slug, query):
    answer = client.get(f"{API}/miniatures/{slug}/run?{query}")
    told = answer.json()
    assert answer.status_code == 200, f"/playground/{slug}/?{query}: {told.get('detail')} {told.get('errors')}"
    check(described, "Run", told)
    schema = client.get(f"{API}/miniatures/{slug}").json()["outcome_schema"]
    Draft202012Validator(schema).validate(told["outcome"])
    assert told["query"] == query
    assert told["steps"][0]["file"] is None
    assert all(step["file"] and step["line"] and step["function"] for step in told["steps"][1:])
    assert [one["step"] for one in told["decisions"]] == sorted(one["step"] for one in told["decisions"])


def test_a_run_that_is_too_long_stops_and_says_what_to_do(client: Client):
    acts = "&do=look_up:k" * 50 + "&do=add_keys:100" * 4 + "&do=fail:a&do=revive:a" * 23
    told = client.get(f"{API}{RUN}?nodes=a+b&keys=0{acts}")
    assert told.status_code == 200
    assert told.json()["stopped"].startswith("The run stops here")
    assert told.json()["steps"][-1]["narration"] == told.json()["stopped"]


@pytest.mark.asvs("16.5.1")
def test_a_fault_of_ours_is_a_problem_too(client: Client, monkeypatch, caplog):
    def broken(*_: object) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr("playground.api.miniatures.recent.run", broken)
    response = client.get(API + RUN)
    assert (response.status_code, response.json()["type"]) == (500, f"{API}/docs#our-fault")
    assert "a bug" not in response.content.decode()
    assert "a bug" in caplog.text
