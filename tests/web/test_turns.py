"""Where others are served first, a request is told so in the clothes of what it asked for, and when to come again."""

import json

import pytest
from django.test import Client

from playground.engine.turns import Gate, checkpoint, taking_turns
from tests.engine.test_turns import held

GATE = Gate(free=-1, patience=0.0)
RUN = "/playground/hash-ring"
READ = ("/", "/lessons/", "/lessons/hash-ring/", "/lessons/?q=ring", "/livez", "/about/how-we-check", "/playground/")


@pytest.fixture
def busy(monkeypatch):
    """A site on which a run is under way that does not end."""
    gate = Gate(free=0.0, patience=0.0)
    monkeypatch.setattr("playground.asking.turns.Gate", lambda: gate)
    release = held(gate)
    yield Client()
    release()


@pytest.mark.asvs("2.4.1")
@pytest.mark.parametrize(
    "address",
    [f"{RUN}/?keys=7", f"{RUN}/?vs=points:1", f"{RUN}/trace?keys=7", f"{RUN}.svg?keys=7", f"{RUN}.png?keys=7",
     f"{RUN}.json?keys=7", f"{RUN}.html?keys=7", f"{RUN}/predict/how-many-move/?do=remove:cleo", f"{RUN}/player?keys=7",
     "/embed/hash-ring/?keys=7", "/api/v1/miniatures/hash-ring/run?keys=7",
     "/oembed?url=/playground/hash-ring/?keys=7"],
)  # fmt: skip
def test_a_run_is_told_when_to_come_again(busy, address):
    response = busy.get(address)
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "2"
    assert "no-store" in response.headers["Cache-Control"]
    assert "ETag" not in response.headers
    assert "Others" in response.text or "Other long runs" in response.text


def test_a_page_says_it_on_a_page_and_a_fragment_beside_what_one_did(busy):
    page = busy.get(f"{RUN}/?keys=7&step=3").text
    assert "<h1>This run has to wait</h1>" in page
    assert f'<a href="{RUN}/?keys=7&amp;step=3">Ask for it again</a>' in page
    note = busy.get(f"{RUN}/player", headers={"hx-request": "true"})
    assert note.headers["HX-Retarget"] == "#trouble"
    assert "<html" not in note.text


def test_a_widget_says_it_in_its_own_frame(busy):
    response = busy.get("/embed/hash-ring/?keys=7&theme=dark")
    assert "frame-ancestors *" in response.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in response.headers
    assert "This model has to wait." in response.text
    assert '<a href="/embed/hash-ring/?keys=7&amp;theme=dark">Ask for it again</a>' in response.text


def test_the_api_says_it_as_a_problem(busy):
    told = json.loads(busy.get("/api/v1/miniatures/hash-ring/run").content)
    assert told["status"] == 503
    assert told["type"].endswith("#busy")


@pytest.mark.asvs("15.2.2")
@pytest.mark.django_db
@pytest.mark.parametrize("address", READ)
def test_what_is_read_waits_for_no_run(busy, address):
    assert busy.get(address).status_code == 200


def test_without_another_run_nobody_is_told_to_wait():
    with taking_turns(GATE) as turn:
        checkpoint()
        assert turn.holds
    assert Client().get(f"{RUN}/").status_code == 200
