"""What holds for the answer of every address: its type, what a browser may do with it, and who may read it."""

import pytest
from django.test import Client

from config.policy import CONTENT_SECURITY_POLICY
from playground.embed import builder, widgets
from tests.web.addresses import EVERY

pytestmark = pytest.mark.django_db

FILES = ("/static/css/base.css", "/static/img/icon.svg", "/static/js/height.js")
ALL = (*EVERY, *FILES)
WIDGETS = "/embed/"
ABOUT_WIDGETS = (WIDGETS, "/embed/in-an-article/")
POLICIES = {CONTENT_SECURITY_POLICY, widgets.POLICY, builder.POLICY}
IN_UTF_8 = ("application/json", "application/problem+json", "image/png")
"""JSON is in UTF-8 whatever is said (RFC 8259, 8.1 and 11), and pixels are in no encoding."""
ELSEWHERE = "https://elsewhere.example"


def ask(address: str, **headers: str):
    response = Client().get(address, headers={name.replace("_", "-"): value for name, value in headers.items()})
    response.close()
    return response


@pytest.mark.asvs("4.1.1", "3.2.1")
@pytest.mark.parametrize("address", ALL)
def test_it_says_its_type_and_text_its_encoding_and_no_browser_guesses(address):
    response = ask(address)
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    if response.status_code == 302:
        return
    media, _, encoding = response.headers["Content-Type"].partition("; ")
    assert encoding.replace('"', "") == "charset=utf-8" or (media in IN_UTF_8 and not encoding), response.headers[
        "Content-Type"
    ]


@pytest.mark.asvs("3.2.1", "3.4.3", "3.4.6")
@pytest.mark.parametrize("address", ALL)
def test_its_policy_lets_nothing_run_that_is_not_ours_and_says_who_may_frame_it(address):
    policy = ask(address).headers["Content-Security-Policy"]
    told = dict(part.strip().partition(" ")[::2] for part in policy.split(";"))
    assert policy in POLICIES
    assert told["default-src"] == "'none'"
    assert "unsafe" not in policy
    assert told["base-uri"] == "'none'"
    assert told.get("object-src", told["default-src"]) == "'none'"
    framed = address.startswith(WIDGETS) and not address.startswith(f"{WIDGETS}?") and address not in ABOUT_WIDGETS
    assert told["frame-ancestors"] == ("*" if framed else "'none'")


@pytest.mark.asvs("3.4.2")
@pytest.mark.parametrize("address", ALL)
def test_who_may_read_it_elsewhere_is_fixed_and_never_with_a_cookie(address):
    plain, other = ask(address), ask(address, origin=ELSEWHERE, cookie="a=b")
    for response in (plain, other):
        assert response.headers.get("Access-Control-Allow-Origin") in (None, "*")
        assert "Access-Control-Allow-Credentials" not in response.headers
    name = "Access-Control-Allow-Origin"
    assert plain.headers.get(name) == other.headers.get(name)


@pytest.mark.parametrize("address", ALL)
def test_it_sets_no_cookie(address):
    for sent in ("", "csrftoken=abc; sessionid=def", f"csrftoken={'a' * 32}", f"csrftoken={'a' * 64}", "csrftoken="):
        response = ask(address, cookie=sent, hx_request="true")
        assert not response.cookies, sent
        assert "Cookie" not in response.headers.get("Vary", ""), sent


@pytest.mark.asvs("3.4.1")
@pytest.mark.parametrize("address", ALL)
def test_on_a_public_site_it_asks_for_https_for_a_year(address, settings):
    settings.SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    response = Client().get(address, secure=True)
    response.close()
    assert response.headers["Strict-Transport-Security"] == "max-age=31536000"
