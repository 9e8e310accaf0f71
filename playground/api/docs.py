"""The documentation page: our own template over the OpenAPI description, with answers really given."""

import json
from collections.abc import Iterator
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import resolve, reverse
from ninja import NinjaAPI
from ninja.openapi.docs import DocsBase

from config.origin import origin_of
from playground.api.problems import KINDS

SHOWN_ITEMS = 2
WRONG_EXAMPLE = "/hash-ring/run?points=0&kyes=12"


class DocsPage(DocsBase):
    """One page, readable without a script."""

    def render_page(self, request: HttpRequest, api: NinjaAPI, **kwargs: Any) -> HttpResponse:
        schema = api.get_openapi_schema()
        base = reverse(f"{api.urls_namespace}:list_miniatures")
        context = {
            "room": "api",
            "info": schema["info"],
            "openapi_url": self.get_openapi_url(api, kwargs),
            "origin": origin_of(request),
            "operations": [
                told(method, path, operation, example(base + operation["x-example"]))
                for path, operations in schema["paths"].items()
                for method, operation in operations.items()
            ],
            "answers": list(answers(schema["components"]["schemas"])),
            "kinds": KINDS,
            "wrong": example(base + WRONG_EXAMPLE),
        }
        return render(request, "playground/api-docs.html", context)


def told(method: str, path: str, operation: dict[str, Any], given: dict[str, str]) -> dict[str, Any]:
    """An operation as the page tells it."""
    return {
        "id": operation["operationId"],
        "method": method.upper(),
        "path": path,
        "summary": operation["summary"],
        "paragraphs": [pieces(paragraph) for paragraph in operation["description"].split("\n\n")],
        "parameters": [
            {"name": one["name"], "in_path": one["in"] == "path", "pieces": pieces(one["description"])}
            for one in operation["parameters"]
        ],
        "example": given,
    }


def pieces(text: str) -> list[tuple[bool, str]]:
    """A text cut at its backticks: (whether it is code, piece)."""
    return [(number % 2 == 1, piece) for number, piece in enumerate(text.split("`")) if piece]


def answers(schemas: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every part of an answer as a table: name, type in words, description."""
    for name, schema in sorted(schemas.items()):
        fields = [
            {"name": field, "type": type_of(found), "pieces": pieces(found.get("description", ""))}
            for field, found in schema["properties"].items()
        ]
        yield {"name": name, "pieces": pieces(schema["description"]), "fields": fields}


def type_of(schema: dict[str, Any]) -> str:
    """A JSON Schema in a few words."""
    if "$ref" in schema:
        return str(schema["$ref"].rsplit("/", 1)[-1])
    if "anyOf" in schema:
        return " or ".join(type_of(one) for one in schema["anyOf"])
    if schema.get("type") == "array":
        return f"list of {type_of(schema['items'])}"
    return str(schema.get("type", "any"))


@cache  # kept: one for each documented address
def example(address: str) -> dict[str, str]:
    """An address of ours and what it answers, shortened. The addresses are fixed, so each is asked once."""
    path, _, query = address.partition("?")
    request = HttpRequest()
    request.method, request.path = "GET", path
    request.META |= {"QUERY_STRING": query, "HTTP_HOST": "localhost"}
    match = resolve(path)
    response = match.func(request, *match.args, **match.kwargs)
    body = shortened(json.loads(response.content))
    return {
        "address": address,
        "status": f"{response.status_code} {response.reason_phrase}",
        "type": response.headers["Content-Type"],
        "body": json.dumps(body, indent=2, ensure_ascii=False),
    }


def shortened(value: Any) -> Any:
    """The same value with the first items of each list, and a word about the others."""
    if isinstance(value, dict):
        return {name: shortened(item) for name, item in value.items()}
    if isinstance(value, list):
        rest = len(value) - SHOWN_ITEMS
        more = [f"… {rest} more"] if rest > 0 else []
        return [shortened(item) for item in value[:SHOWN_ITEMS]] + more
    return value
