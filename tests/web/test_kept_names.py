"""Who has an answer already is told so (304), with everything that a cache must know (RFC 9110, 15.4.5)."""

import pytest
from django.test import Client

from tests.web.addresses import ADDRESSES, EVERY

NEVER = ("/livez", "/readyz", "/there-is-nothing-here", "/api/v1/nothing", "/embed/nothing/", "/oembed?url=/nothing")


@pytest.mark.django_db
@pytest.mark.parametrize("accepted", ["", "gzip", "br"])
@pytest.mark.parametrize("address", [one for one in EVERY if not one.startswith("/static/")])
def test_a_name_that_was_given_is_answered_with_304_and_the_same_headers(address, accepted):
    first = Client().get(address, headers={"accept-encoding": accepted})
    name = first.headers.get("ETag")
    if name is None:
        assert first.status_code != 200 or address in NEVER
        assert "no-store" in first.headers["Cache-Control"] or first.status_code == 422
        return
    again = Client().get(address, headers={"accept-encoding": accepted, "if-none-match": name})
    assert (again.status_code, again.content) == (304, b"")
    for header in ("Vary", "Cache-Control", "Content-Security-Policy"):
        assert again.headers.get(header) == first.headers.get(header), header
    assert again.headers["ETag"].removeprefix("W/") == name.removeprefix("W/")


def test_the_sample_has_addresses_that_are_kept():
    assert len([one for one in ADDRESSES.values() if one not in NEVER]) > 25
