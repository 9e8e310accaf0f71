"""A state in other forms: what each is sent as, what it is asked for with, and what is refused, in words.

That all of them show the same state, of every miniature, is in `test_four_lives.py`.
"""

import base64
import gzip
import json
import re
import struct
from typing import Any

import pytest
from django.test import Client

from playground.asking.request import ask
from playground.embed.keepsake import MOST, PLAIN, File, page_of, whole_trace
from playground.engine.patches import compact
from playground.engine.registry import Entry, entries
from playground.engine.trace import trace
from playground.page.player import Player
from tests.bench.queries import stored

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


SIGNS = {mark: sign for sign, mark in PLAIN.items()}
"""Back from what stands in a file to the signs of base 85."""
LINK = re.compile(r'<a href="http://testserver([^"]+)" data-run="(\d+)"(?: aria-current="true")?>')


def unpacked(text: str, name: str) -> Any:
    """What lies in a file under a name."""
    (found,) = re.findall(f'<script type="text/plain" id="{name}">([^<]+)</script>', text)
    return json.loads(gzip.decompress(base64.b85decode(found.translate(SIGNS))))


def traces_in(text: str) -> dict[str, dict[str, Any]]:
    """The traces that a file carries by their ids, without references."""
    values: list[Any] = []

    def whole(part: Any) -> Any:
        if isinstance(part, dict):
            return whole(values[part["$"]]) if "$" in part else {name: whole(inner) for name, inner in part.items()}
        return [whole(inner) for inner in part] if isinstance(part, list) else part

    found = {}
    for name in re.findall(r'<script type="text/plain" id="(run-\d+)">', text):
        told = unpacked(text, name)
        values += told["values"]
        found[name] = whole(told["run"])
    return found


def runs_in(text: str) -> dict[str, dict[str, Any]]:
    """The runs that a file carries, by the addresses of their pages."""
    told = unpacked(text, "runs")
    return {path.replace("&amp;", "&"): told[int(number)] for path, number in LINK.findall(text)}


@pytest.mark.parametrize("entry", entries().values(), ids=list(entries()))
def test_a_file_of_the_default_run_carries_every_scenario_and_has_at_most_300_kb(client: Client, entry: Entry):
    answer = client.get(f"/playground/{entry.slug}.html")
    assert len(answer.content) <= MOST == 300_000
    assert "Left out" not in answer.text
    page = f"/playground/{entry.slug}/"
    told, traces = runs_in(answer.text), traces_in(answer.text)
    assert {page, *(f"{page}?{one.address}".removesuffix("?") for one in entry.scenarios)} == told.keys()
    for path, one in told.items():
        asked = ask(entry, path.partition("?")[2])
        assert (one["page"], one["step"]) == (f"http://testserver{asked.address('run', 0)}", asked.step)
        assert asked.step == 0 or "step=" in path
        run = traces[one["trace"]]
        for layout in Player(asked).drawings.layouts:
            shown = {**run["all"], **run[layout], "steps": [{**step["all"], **step[layout]} for step in run["steps"]]}
            whole = trace(entry.slug, entry.version, asked.run, layout) | {"query": asked.printed_at(0)}
            assert shown == json.loads(compact(whole)), path


@pytest.mark.parametrize(
    ("slug", "known", "some"), [("visa-authorization", "slow", True), ("sql-execution", "crowded", False)]
)
def test_what_has_no_room_in_a_file_is_left_out_and_named(client: Client, slug: str, known: str, some: bool):
    """Runs as dear as are known: beside one there is room for most of the scenarios, beside the other for few."""
    entry = entries()[slug]
    text = client.get(f"/playground/{slug}.html?{stored()[slug][known]}").text
    assert len(text.encode()) <= MOST
    carried = runs_in(text)
    (sentence,) = re.findall(r'<p class="left-out">(.+?)</p>', text)
    left_out = [one.title for one in entry.scenarios if page_of(entry, one.address) not in carried]
    assert left_out
    assert (len(left_out) < len(entry.scenarios) / 2) is some
    assert left_out == [one.title for one in entry.scenarios][-len(left_out) :]
    assert re.findall(r">([^<]+)</a>", sentence) == left_out
    assert re.findall(r'href="([^/]+//[^/]+)/', sentence) == ["http://testserver"] * len(left_out)
    # As many as have room: with the next one it would be too long. What is left is whole.
    own = ask(entry, stored()[slug][known])
    file = File(own, "http://testserver", "")
    assert file.rendered(len(carried) - 1) == text
    assert not file.fits(len(carried))
    run = traces_in(text)[carried[own.address("run", 0)]["trace"]]
    assert run == json.loads(compact(whole_trace(own)))


def test_a_scenario_that_is_kept_is_in_its_file_once_and_is_the_one_that_is_shown(client: Client):
    text = client.get("/playground/hash-ring.html?do=remove:cleo&step=21").text
    titles = re.findall(r'data-run="\d+"( aria-current="true")?>([^<]+)</a>', text)
    assert [title for _, title in titles] == [one.title for one in entries()["hash-ring"].scenarios]
    assert [title for shown, title in titles if shown] == ["A server leaves"]
    own = client.get("/playground/hash-ring.html?do=remove:bob").text
    assert re.findall(r'aria-current="true">([^<]+)</a>', own) == ["This run"]


def test_verbs_in_a_file_lead_to_the_live_run_at_its_step_and_it_says_so(client: Client):
    text = client.get("/playground/hash-ring.html?do=remove:cleo&step=5").text
    assert text.count("To act on the run, go to the site: each of these opens the live run at this step") == 1
    links = dict(re.findall(r'<a href="([^"]+)" data-pattern="([^"]+)"', text))
    page = "http://testserver/playground/hash-ring/?do=remove:cleo&amp;"
    assert f"{page}step=5#do=add" in links
    assert links[f"{page}step=5#do=add"] == f"{page[:-5]}{{&amp;step}}#do=add"
    assert len(links) == len(entries()["hash-ring"].cls.actions())
    # Two runs side by side are not acted on: the first one alone is.
    both = client.get("/playground/load-balancing.html?vs=algorithm:two-choices").text
    assert 'href="http://testserver/playground/load-balancing/?step=last#do=kill"' in both
    assert "Round robin alone, at its end" in both
