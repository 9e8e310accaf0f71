"""What every response carries, whoever made it."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.test import Client, override_settings
from django.urls import path

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


@pytest.mark.asvs("1.3.2", "3.4.3", "3.4.6")
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


def with_a_form(request: HttpRequest) -> HttpResponse:
    return HttpResponse(get_token(request))


urlpatterns = [path("form/", with_a_form), path("page/", lambda request: HttpResponse("read"))]


@pytest.mark.urls(__name__)
@pytest.mark.parametrize("sent", ["", "csrftoken=of-another-program"])
def test_a_cookie_is_set_where_a_form_asks_for_a_token_and_nowhere_else(sent: str):
    headers = {"cookie": sent}
    assert not Client().get("/page/", headers=headers).cookies
    answer = Client().get("/form/", headers=headers)
    assert "csrftoken" in answer.cookies
    sound = Client(enforce_csrf_checks=True).post(
        "/form/",
        {"csrfmiddlewaretoken": answer.text},
        headers={"cookie": f"csrftoken={answer.cookies['csrftoken'].value}"},
    )
    assert sound.status_code == 200
    assert Client(enforce_csrf_checks=True).post("/form/", headers=headers).status_code == 403
