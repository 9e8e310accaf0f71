"""`?vs=` opens a run beside another: on its page, in a widget, as a trace."""

import re
from html import unescape

import pytest
from django.test import Client

from playground.engine.about import Scenario
from playground.engine.registry import entries

RUN = "/playground/load-balancing/"
BESIDE = "vs=algorithm:least-connections"


def test_the_page_shows_both_and_says_what_differs(client: Client):
    page = client.get(f"{RUN}?{BESIDE}&step=20")
    assert page.status_code == 200
    assert len(re.findall(r'<svg class="picture narrow(?: tall)?" data-scene="[01]"', page.text)) == 2
    assert "Round robin beside Least connections" in page.text
    assert re.search(r'at-the-end">At the end: .+ against .+\.<', page.text)
    assert page.text.count("differs:") > 2


def test_its_address_has_one_spelling(client: Client):
    assert client.get(f"{RUN}?{BESIDE}&step=0").headers["Location"] == f"{RUN}?{BESIDE}"
    assert client.get(f"{RUN}?step=3&{BESIDE}").headers["Location"] == f"{RUN}?{BESIDE}&step=3"
    assert client.get(f"{RUN}?{BESIDE}&step=3").status_code == 200


def test_every_address_on_it_keeps_the_other_run(client: Client):
    page = unescape(client.get(f"{RUN}?{BESIDE}&step=20").text)
    (trace,) = re.findall(r'<orrery-player class="player" trace="([^"]+)"', page)
    told = client.get(f"{trace}&layout=narrow").json()
    assert [picture["kind"] for picture in told["pictures"]] == ["topology", "topology"]
    for link in re.findall(r'<a data-go="\w+" href="([^"]+)"', page):
        assert "vs=algorithm" in link
        assert client.get(link).status_code == 200
    (alone,) = re.findall(r'<a href="([^"]+)">Round robin alone', page)
    assert "vs=" not in alone


def test_it_travels_narrow_whatever_layout_is_asked_for(client: Client):
    narrow, wide = (client.get(f"{RUN}trace?{BESIDE}&layout={layout}").content for layout in ("narrow", "wide"))
    assert narrow == wide
    assert b'"layout":"narrow"' in narrow


def test_what_one_shares_is_the_pair(client: Client):
    page = unescape(unescape(client.get(f"{RUN}?{BESIDE}&step=20").text))
    shared = re.findall(r"http://testserver/(?:playground|embed)/load-balancing/\?[^\s\"<)]+", page)
    assert len(shared) >= 4
    for address in shared:
        assert BESIDE in address, address


def test_a_link_to_a_pair_is_a_widget_of_the_pair_elsewhere(client: Client):
    told = client.get("/oembed", {"url": f"http://testserver{RUN}?{BESIDE}&step=20"}).json()
    assert f"/embed/load-balancing/?{BESIDE}&amp;step=20" in told["html"]


def test_a_file_to_keep_holds_both(client: Client):
    page = client.get(f"/playground/load-balancing.html?{BESIDE}&step=20").text
    assert len(re.findall(r'<svg class="picture narrow(?: tall)?"', page)) == 2
    assert page.count("<figcaption>") >= 2
    assert re.findall(r'<script type="text/plain" id="(run-\d+)"', page)[:1] == ["run-0"]


def test_a_widget_shows_both(client: Client):
    page = client.get(f"/embed/load-balancing/?{BESIDE}&theme=dark").text
    assert len(re.findall(r'<svg class="picture narrow(?: tall)?"', page)) == 2
    assert "Least connections" in page


@pytest.mark.parametrize("path", [RUN, "/embed/load-balancing/"])
@pytest.mark.parametrize(
    ("vs", "sentence"),
    [
        ("algorithm:best", "is not one of the choices"),
        ("nonsense", "Write vs=input:value"),
        ("algorithm:round-robin", "Both runs would have algorithm round robin."),
        ("%00%ff", "Write vs=input:value"),
    ],
)
def test_what_cannot_stand_beside_it_is_told_and_the_run_stays(client: Client, path: str, vs: str, sentence: str):
    page = client.get(f"{path}?vs={vs}")
    assert page.status_code == 422
    assert "<orrery-player" in page.text
    if "%" not in vs:
        assert sentence in unescape(page.text)


def test_the_run_page_offers_every_other_choice(client: Client):
    page = client.get(RUN).text
    offered = re.findall(r'<option value="(algorithm:[^"]+)"', page)
    assert len(offered) >= 6
    assert "algorithm:round-robin" not in offered


BESIDES = [(slug, one) for slug, entry in entries().items() for one in entry.scenarios if one.vs]


@pytest.mark.parametrize(("slug", "scenario"), BESIDES, ids=[f"{slug}-{one.name}" for slug, one in BESIDES])
def test_a_scenario_with_another_run_beside_it_opens_as_it_is_spelled(client: Client, slug: str, scenario: Scenario):
    page = client.get(f"/playground/{slug}/?{scenario.address}")
    assert page.status_code == 200
    assert len(re.findall(r'<svg class="picture narrow(?: tall)?"', page.text)) == 2
    assert re.search(rf'aria-current="true">{re.escape(scenario.title)}</a>', page.text)


def test_some_scenario_shows_two_runs():
    assert len(BESIDES) >= 3


def test_two_rules_that_were_shown_in_one_run_are_led_to_the_two_runs_side_by_side(client: Client):
    answer = client.get("/playground/load-balancing/?algorithm=least-connections&against=round-robin&step=4")
    beside = "?algorithm=least-connections&vs=algorithm:round-robin&step=4"
    assert answer.headers["Location"] == f"/playground/load-balancing/{beside}"
    alone = client.get("/playground/load-balancing/?against=nothing&requests=4")
    assert alone.headers["Location"] == "/playground/load-balancing/?requests=4"
