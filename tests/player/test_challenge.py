"""The page of a challenge holds every run of the model; its own address is the run that the challenge starts from."""

import re
from dataclasses import replace
from html import unescape
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse

from playground.asking.request import ask
from playground.engine.query import at_step, default_query, parse
from playground.engine.run import run
from tests.contract.every import each_challenge

PAST_TCP = reverse("playground:challenge", args=["tcp-ip-encapsulation", "past-tcp"])
EVEN = reverse("playground:challenge", args=["hash-ring", "even-after-a-failure"])
DEFAULT = "text=GET+/planets+HTTP/1.1+Host:+orrery.example"


@each_challenge
def test_every_run_is_held_at_every_step(entry, challenge):
    """Its address, read again, is that run at that step: the default one, the start and the solution."""
    start, solution = (parse(entry.cls, query).query for query in (challenge.start, challenge.solution))
    asked = ask(entry, "", challenge)
    assert asked.query == at_step(start, asked.step)
    for query in (default_query(entry.cls), start, solution):
        for step in (0, 1, min(start.step, run(entry.cls, query, draw=False).last)):
            text = replace(asked, query=query).address("run", step)
            again = ask(entry, text.partition("?")[2], challenge)
            assert again.query == at_step(query, step), text
            assert again.address() == text


def test_the_run_with_every_input_at_its_default_says_the_first_one(client: Client):
    for query in ("hops=2", "hops=2&step=0", f"{DEFAULT}&step=0"):
        assert client.get(f"{PAST_TCP}?{query}").headers["Location"] == f"{PAST_TCP}?{DEFAULT}"
    page = client.get(f"{PAST_TCP}?{DEFAULT}")
    assert page.status_code == 200
    assert "A client and a server have routers between them. Nothing has been sent yet." in page.text
    assert client.get(f"{EVEN}?keys=24").headers["Location"] == f"{EVEN}?nodes=ada+bob+cleo+dee"
    assert client.get(f"{EVEN}?nodes=ada+bob+cleo+dee&step=3").status_code == 200


def test_an_address_that_names_a_step_alone_is_the_start_at_that_step(client: Client):
    assert client.get(PAST_TCP).headers["Location"] == f"{PAST_TCP}?step=32"
    assert client.get(f"{PAST_TCP}?step=5").status_code == 200
    assert client.get(f"{EVEN}?step=5").headers["Location"] == (
        f"{EVEN}?nodes=ada+bob+cleo+dee+eve&points=1&keys=200&step=5"
    )


@pytest.mark.parametrize("opened", [f"{PAST_TCP}?step=5", f"{EVEN}?nodes=ada+bob+cleo+dee&step=5"])
def test_from_there_one_steps_to_the_first_step_of_the_same_run(client: Client, opened):
    page = unescape(client.get(opened).text)
    (first,) = re.findall(r'<a data-go="first" href="([^"]+)"', page)
    (jump,) = re.findall(r'<form class="jump" method="get" action="([^"]+)">(.*?)</form>', page, re.DOTALL)
    fields = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', jump[1]))
    typed = urlencode({**fields, "step": 0})
    pages = [arrived(client, address) for address in (opened.replace("=5", "=0"), first, f"{jump[0]}?{typed}")]
    assert said(pages[0])[0] == "0"
    assert [said(page) for page in pages] == [said(pages[0])] * 3
    # The check list of the challenge is that of the run.
    assert len({tuple(re.findall(r'<li class="(holds|open)">', page)) for page in pages}) == 1


def arrived(client: Client, address: str) -> str:
    """The page at the end of at most one redirect, whose address is taken as it stands."""
    response = client.get(address)
    if response.status_code == 302:
        response = client.get(response.headers["Location"])
    assert response.status_code == 200
    return response.text


def said(page: str) -> tuple[str, str]:
    """The number of the step and its narration."""
    (number,) = re.findall(r'data-slot="step">([^<]+)<', page)
    (text,) = re.findall(r'data-slot="say">([^<]+)<', page)
    return number, text
