"""A state in other forms: what each is sent as, what it is asked for with, and what is refused, in words.

That all of them show the same state, of every miniature, is in `test_four_lives.py`.
"""

import struct

import pytest
from django.test import Client

RING = "/playground/hash-ring"
STATE = "do=remove:cleo&step=22"


@pytest.mark.parametrize(
    ("form", "media", "begins"),
    [
        ("svg", "image/svg+xml; charset=utf-8", b"<svg "),
        ("png", "image/png", b"\x89PNG\r\n\x1a\n"),
        ("json", "application/json", b'{"miniature":"hash-ring"'),
        ("html", "text/html; charset=utf-8", b"<!doctype html>"),
    ],
)
def test_a_form_is_sent_as_what_it_is_for_everybody_and_once(client: Client, form: str, media: str, begins: bytes):
    address = f"{RING}.{form}?{STATE}"
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == media
    assert answer.content.startswith(begins)
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "public" in answer.headers["Cache-Control"]
    assert client.get(address, headers={"if-none-match": answer.headers["ETag"]}).status_code == 304


@pytest.mark.asvs("3.2.1")
def test_only_the_file_to_keep_is_saved_under_a_name(client: Client):
    assert client.get(f"{RING}.html").headers["Content-Disposition"] == 'attachment; filename="hash-ring.html"'
    assert "Content-Disposition" not in client.get(f"{RING}.html?layout=tall").headers
    assert "Content-Disposition" not in client.get(f"{RING}.svg").headers


def size(body: bytes) -> tuple[int, int]:
    """Width and height of a PNG (its first chunk, IHDR)."""
    wide, high = struct.unpack(">II", body[16:24])
    return wide, high


def test_pixels_are_twice_as_many_as_the_pictures_units_and_a_card_has_the_size_of_a_preview(client: Client):
    assert size(client.get(f"{RING}.png?layout=narrow").content)[0] == 720
    assert size(client.get(f"{RING}.png?layout=wide").content)[0] == 1440
    assert size(client.get(f"{RING}.png").content)[0] == 1440
    assert size(client.get(f"{RING}.png?format=card").content) == (1200, 630)


def test_a_theme_changes_the_colours_and_nothing_else(client: Client):
    light, dark = (client.get(f"{RING}.svg?theme={theme}").content for theme in ("light", "dark"))
    assert client.get(f"{RING}.svg").content == light != dark
    assert len(light) == len(dark)


@pytest.mark.parametrize("form", ["svg", "png", "json", "html"])
@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("layout=tall", "There is no layout “tall”; there are narrow and wide."),
        ("theme=green", "There is no theme “green”; there are light and dark."),
        ("format=poster", "There is no format “poster”; there is card."),
        ("layout=tall&theme=green", "There is no layout “tall”; there are narrow and wide. There is no theme “green”"),
        ("layout=" + "x" * 50, f"There is no layout “{'x' * 20}”;"),
        ("points=0", "points: 0 is out of range"),
    ],
)
def test_what_cannot_be_is_refused_in_words(client: Client, form: str, query: str, said: str):
    answer = client.get(f"{RING}.{form}?{query}")
    assert answer.status_code == 422
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.text.startswith(said)


def test_a_trace_for_a_widget_leaves_out_what_stands_beside_the_picture(client: Client):
    whole, one = (client.get(f"{RING}/trace?{STATE}{more}").json() for more in ("", "&hide=beside"))
    assert len(whole["pictures"]) == 2
    assert one["pictures"] == whole["pictures"][:1]
    for mine, theirs in zip(one["steps"], whole["steps"], strict=True):
        assert mine["patch"] == theirs["patch"][:1]
    assert {len(told.get("names", ["one"])) for told in one["steps"]} == {1}


def test_of_two_runs_side_by_side_a_widget_gets_both(client: Client):
    assert len(client.get(f"{RING}/trace?vs=points:9&hide=beside").json()["pictures"]) == 2


def test_a_trace_is_refused_in_words_too(client: Client):
    answer = client.get(f"{RING}/trace?layout={'x' * 50}")
    assert answer.status_code == 422
    assert answer.json() == {"detail": f"There is no layout “{'x' * 20}”; there are narrow and wide."}
    answer = client.get(f"{RING}/trace?points=0")
    assert answer.status_code == 422
    assert answer.json()["detail"].startswith("0 is out of range")


def test_the_small_picture_comes_in_two_themes(client: Client):
    light, dark = (client.get(f"{RING}/thumb.svg?theme={theme}") for theme in ("light", "dark"))
    assert light.headers["Content-Type"] == "image/svg+xml; charset=utf-8"
    assert light.content != dark.content
    assert client.get(f"{RING}/thumb.svg").content == light.content


def test_a_trace_is_not_sent_twice(client: Client):
    answer = client.get(f"{RING}/trace?{STATE}")
    again = client.get(f"{RING}/trace?{STATE}", headers={"if-none-match": answer.headers["ETag"]})
    assert (answer.status_code, again.status_code, again.content) == (200, 304, b"")


def test_the_whole_run_has_the_figures_of_its_last_step(client: Client):
    last = client.get(f"{RING}.json?do=remove:cleo&step=499").json()
    assert client.get("/api/v1/miniatures/hash-ring/run?do=remove:cleo").json()["metrics"] == last["metrics"]
    assert last["metrics"] != client.get(f"{RING}.json?do=remove:cleo").json()["metrics"]
