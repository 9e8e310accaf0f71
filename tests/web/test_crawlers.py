"""What programs ask first: robots.txt, sitemap.xml, security.txt, an icon."""

import re
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import environment
from lessons.catalogue import lessons
from playground.engine.registry import entries
from tests.web.addresses import ADDRESSES

SITE = "http://testserver"


def forbidden(client):
    """The patterns of robots.txt as expressions."""
    lines = client.get("/robots.txt").text.splitlines()
    assert lines[0] == "User-agent: *"
    patterns = [line.removeprefix("Disallow: ") for line in lines if line.startswith("Disallow: ")]
    return [re.compile(".*".join(map(re.escape, pattern.split("*")))) for pattern in patterns]


def test_crawlers_leave_alone_what_only_a_page_asks_for_itself(client):
    refused = {name for name, address in ADDRESSES.items() if any(one.match(address) for one in forbidden(client))}
    assert refused == {
        f"playground:{name}"
        for name in ("player", "challenge-player", "solution-player", "trace", "predict", "predict-answer",
                     "predict-trace", "predict-another", "another-answer", "guide-trace", "json", "file", "oembed",
                     "api-v1:run_miniature")
    } | {"quizzes:practise-question", "quizzes:practise-trace"}  # fmt: skip


def test_the_site_map_lists_every_lesson_and_model_and_all_of_it_is_there(client):
    assert f"Sitemap: {SITE}/sitemap.xml" in client.get("/robots.txt").text
    response = client.get("/sitemap.xml")
    assert response.headers["Content-Type"] == "application/xml; charset=utf-8"
    listed = [str(found.text) for found in ElementTree.fromstring(response.content).iter() if found.tag.endswith("loc")]  # noqa: S314 - our own
    assert {one.startswith(f"{SITE}/") for one in listed} == {True}
    paths = [urlsplit(one).path for one in listed]
    assert len(paths) == len(set(paths))
    assert {f"/lessons/{slug}/" for slug in lessons()} | {f"/playground/{slug}/" for slug in entries()} <= set(paths)
    assert {client.get(path).status_code for path in paths} == {200}
    assert not [path for path in paths if any(one.match(path) for one in forbidden(client))]


def test_who_is_told_of_a_hole_is_named_for_less_than_a_year(client, settings):
    settings.CONTACT = "mailto:security@orrery.example"
    settings.ORIGIN = environment.origin({"ORIGIN": "https://orrery.example"})
    settings.ALLOWED_HOSTS = ["orrery.example"]
    response = client.get("/.well-known/security.txt", headers={"host": "orrery.example"}, secure=True)
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    fields = dict(line.split(": ", 1) for line in response.text.splitlines())
    assert fields["Contact"] == "mailto:security@orrery.example"
    assert fields["Canonical"] == "https://orrery.example/.well-known/security.txt"
    left = datetime.fromisoformat(fields["Expires"]) - datetime.now(UTC)
    assert timedelta(days=170) < left < timedelta(days=360)


def test_a_site_that_names_nobody_says_so(client):
    response = client.get("/.well-known/security.txt")
    assert response.status_code == 404
    assert "CONTACT" in response.text


@pytest.mark.parametrize("wrong", ["me@orrery.example", "http://orrery.example", "mailto:", "mailto:a b@c", "tel:1"])
def test_a_contact_that_is_none_is_refused(wrong):
    with pytest.raises(ImproperlyConfigured, match="CONTACT must be mailto:"):
        environment.contact({"CONTACT": wrong})


def test_an_icon_is_found_where_browsers_look_for_one(client):
    response = client.get("/favicon.ico")
    assert response.status_code == 302
    assert re.fullmatch(r"/static/img/icon\S*\.svg", response.headers["Location"])
    for page in ("/embed/hash-ring/", "/embed/nothing/", "/lessons/", "/there-is-nothing-here"):
        assert re.search(r'<link rel="icon" href="/static/img/icon\S*\.svg"', client.get(page).text), page


@pytest.mark.parametrize(
    ("address", "canonical"),
    [
        ("/playground/hash-ring/?step=22&do=remove:cleo", None),
        ("/playground/hash-ring/?do=remove:cleo&step=22", "/playground/hash-ring/?do=remove:cleo&amp;step=22"),
        ("/playground/%68ash-ring/?do=remove:cleo&utm_source=x", "/playground/hash-ring/?do=remove:cleo"),
        ("/playground/hash-ring/?vs=points:1", "/playground/hash-ring/?vs=points:1"),
        ("/lessons/hash-ring/?utm_source=x", "/lessons/hash-ring/"),
    ],
)
def test_a_page_names_its_one_address(client, address, canonical):
    response = client.get(address)
    if canonical is None:
        assert response.status_code == 302
        return
    while response.status_code == 302:
        response = client.get(response.headers["Location"])
    assert f'<link rel="canonical" href="{SITE}{canonical}">' in response.text
    assert response.text.count('rel="canonical"') == 1
