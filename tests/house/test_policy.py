"""What every response carries, whoever made it."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings

from config import policy

# A static file stays open until its response is closed, and closing looks at the database connections.
pytestmark = pytest.mark.django_db

STATIC_FILE = "/static/django_htmx/htmx-4.min.js"
EVERY_KIND = [
    pytest.param("/livez", 200, id="a view"),
    pytest.param("/there-is-nothing-here", 404, id="an error page"),
    pytest.param(STATIC_FILE, 200, id="a static file"),
]


@pytest.mark.parametrize(("path", "status"), EVERY_KIND)
def test_every_response_carries_the_policy_once(client: Client, path: str, status: int):
    response = client.get(path)
    response.close()
    assert response.status_code == status
    expected = {
        "Content-Security-Policy": policy.CONTENT_SECURITY_POLICY,
        "Permissions-Policy": policy.PERMISSIONS_POLICY,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
    }
    assert {name: response.headers.get(name) for name in expected} == expected
    assert len(response.headers) == len({name.lower() for name, _ in response.items()})


@pytest.mark.parametrize(("path", "status"), EVERY_KIND)
def test_readers_get_no_cookie(client: Client, path: str, status: int):
    response = client.get(path)
    response.close()
    assert response.status_code == status
    assert "Set-Cookie" not in response.headers
    assert not client.cookies


def test_a_request_for_a_foreign_host_gets_the_policy_and_a_page(client: Client):
    response = client.get("/there-is-nothing-here", headers={"host": "elsewhere.example"})
    assert response.status_code == 400
    assert response.headers["Content-Security-Policy"] == policy.CONTENT_SECURITY_POLICY
    assert "This request cannot be read" in response.text


def test_the_redirect_to_https_carries_the_policy_too():
    with override_settings(SECURE_SSL_REDIRECT=True):
        response = Client().get("/anywhere")
    assert response.status_code == 301
    assert response.headers["Content-Security-Policy"] == policy.CONTENT_SECURITY_POLICY


def test_nothing_is_allowed_that_is_not_named_and_nothing_unsafe_is_named():
    directives = dict(part.split(" ", 1) for part in policy.CONTENT_SECURITY_POLICY.split("; "))
    assert directives["default-src"] == "'none'"
    assert directives["frame-ancestors"] == "'none'"
    assert set(directives.values()) == {"'self'", "'none'"}


def test_a_view_that_sets_its_own_policy_keeps_it():
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse(headers={"Content-Security-Policy": "frame-ancestors *"})

    response = policy.PolicyMiddleware(view)(HttpRequest())
    assert response.headers["Content-Security-Policy"] == "frame-ancestors *"
