"""Which encoding a reader gets (RFC 9110, 12.5.3), for pages and for static files alike."""

import gzip

import brotli
import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from config.codings import IDENTITY, best

OURS = ["br", "gzip", IDENTITY]

SAID = [
    ("gzip, deflate, br", "br"),
    ("gzip", "gzip"),
    ("GZIP;q=0.5", "gzip"),
    ("x-gzip", "gzip"),
    ("br;q=0, gzip", "gzip"),
    ("gzip;q=1, br;q=0.1", "gzip"),
    ("gzip;q=0.9, br;q=0.9", "br"),
    ("gzip ; q = 0.4 , br;q=0.3", "gzip"),
    ("*", "br"),
    ("*;q=0.1, gzip;q=0.2", "gzip"),
    ("br;q=0, *", "gzip"),
    ("identity", IDENTITY),
    ("identity, gzip;q=0.5", IDENTITY),
    ("identity;q=0.5, gzip;q=0.5", "gzip"),
    ("identity;q=0, gzip", "gzip"),
    ("identity;q=0.1, *;q=0", IDENTITY),
    ("br;q=0", IDENTITY),
    ("gzip;q=0", IDENTITY),
    ("deflate, zstd", IDENTITY),
    ("", IDENTITY),
    ("gzip;q=nonsense", IDENTITY),
    ("gzip;q=2", IDENTITY),
    ("identity;q=0", None),
    ("*;q=0", None),
    ("identity;q=0.000, gzip;q=0.0", None),
]


@pytest.mark.parametrize(("accepted", "coding"), SAID)
def test_the_one_of_the_highest_quality_is_taken(accepted, coding):
    assert best(accepted, OURS) == coding


@pytest.mark.parametrize("quality", ["q=0", "q=0.", "q=0.0", "q=0.00", "q=0.000", " q = 0.000"])
def test_zero_in_every_spelling_refuses(quality):
    assert best(f"br;{quality}, gzip", OURS) == "gzip"
    assert best(f"gzip;{quality}", OURS) == IDENTITY


@given(st.text())
def test_whatever_is_said_one_of_ours_is_found_or_all_are_refused(accepted):
    found = best(accepted, OURS)
    assert found in [*OURS, None]
    if found is None:
        assert "0" in accepted


def test_no_more_is_read_than_any_browser_sends():
    assert best("gzip;q=0," * 100_000 + "br", OURS) == IDENTITY
    assert best("a," * 400 + "gzip", OURS) == "gzip"


READ = {"br": brotli.decompress, "gzip": gzip.decompress, "": bytes}


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/lessons/", "/playground/hash-ring/trace"])
@pytest.mark.parametrize(("accepted", "coding"), SAID)
def test_pages_follow_it(address, accepted, coding):
    plain = whole(Client().get(address))
    response = Client().get(address, headers={"accept-encoding": accepted})
    if coding is None:
        assert response.status_code == 406
        assert "refuses every encoding" in response.text
        return
    said = response.headers.get("Content-Encoding", "")
    assert said == coding.replace(IDENTITY, "")
    assert response.headers["Vary"] == "Accept-Encoding"
    assert READ[said](whole(response)) == plain


@pytest.mark.django_db
def test_what_is_too_short_to_compress_is_compressed_for_who_takes_nothing_else():
    short = "/playground/nothing/thumb.svg", "/oembed?url=/lessons/hash-ring/"
    response = Client().get(short[1], headers={"accept-encoding": "gzip"})
    long_enough = "Content-Encoding" in response.headers
    forced = Client().get(short[1], headers={"accept-encoding": "gzip, identity;q=0"})
    assert forced.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(forced.content) == (gzip.decompress(response.content) if long_enough else response.content)


def whole(response) -> bytes:
    body = b"".join(response.streaming_content) if response.streaming else response.content
    response.close()
    return body
