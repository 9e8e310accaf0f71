"""Every public address can be read and nothing else, and says so."""

import pytest
from django.test import Client

from tests.web.addresses import EVERY


@pytest.mark.asvs("3.5.3")
@pytest.mark.django_db
@pytest.mark.parametrize("address", EVERY)
def test_another_method_is_told_what_is_allowed(address):
    # As a browser and as a stranger's program would send it: the check against forged forms is on.
    site = Client(enforce_csrf_checks=True)
    for method in ("POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND"):
        response = site.generic(method, address, headers={"host": "localhost"})
        missing = address in ("/there-is-nothing-here", "/api/v1/nothing")
        assert response.status_code == (404 if missing else 405), method
        if not missing and not address.startswith("/static/"):
            assert response.headers["Allow"] == "GET, HEAD"
            assert response.content.strip()
            assert "no-store" in response.headers["Cache-Control"]
        response.close()
