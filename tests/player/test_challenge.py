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
from playground.engine.registry import entries
from playground.engine.run import run
from tests.contract.every import each_challenge

PAST_TCP = reverse("playground:challenge", args=["tcp-ip-encapsulation", "past-tcp"])
EVEN = reverse("playground:challenge", args=["hash-ring", "even-after-a-failure"])
SOLVED = "nodes=ada+bob+cleo+dee+eve&points=10&keys=200&do=fail:bob"
PAST_TCP_SOLVED = "do=flip:router:60:6&do=flip:router:62:6"
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


@each_challenge
def test_its_solution_has_an_address_and_opens_where_it_begins_to_act(client: Client, entry, challenge):
    done = run(entry.cls, parse(entry.cls, challenge.solution).query, draw=False)
    address = reverse("playground:solution", args=[entry.slug, challenge.name])
    page = unescape(client.get(address).text)
    first = str(done.starts[0])
    assert said(page) == (first, done.steps[int(first)].text)
    # The picture is drawn at that step, and from there it plays to the end.
    assert re.search(rf'<orrery-player [^>]*step="{first}" from="{first}"', page)
    assert '<section class="challenge" data-plays>' in page
    count = len(challenge.conditions)
    assert page.count('<li class="holds">') == count
    assert f"{count} of {count} hold." in page
    assert "One way to do it." in page
    # A query changes nothing.
    assert client.get(f"{address}?points=1").text == client.get(address).text
    fragment = client.get(reverse("playground:solution-player", args=[entry.slug, challenge.name]))
    assert said(unescape(fragment.text)) == said(page)
    pushed = fragment.headers["HX-Push-Url"]
    assert said(unescape(client.get(pushed).text)) == said(page)


def test_an_unknown_challenge_has_no_solution_and_near_ones_are_named(client: Client):
    response = client.get(EVEN.replace("even-after", "even-before") + "solution/")
    assert response.status_code == 404
    assert "Did you mean even-after-a-failure?" in response.text


@pytest.mark.parametrize(
    ("query", "held"), [("", 2), ("nodes=ada+bob+cleo+dee+eve&points=1&keys=200&do=fail:ada", 3), (f"{SOLVED}", 4)]
)
def test_how_many_conditions_hold_stands_beside_the_picture_in_words(client: Client, query, held):
    page = client.get(f"{EVEN}?{query}", follow=True).text
    assert f"{held} of 4 hold." in page
    assert page.count('<li class="holds">') == held
    # A mark for each is on the rim of the picture, above what it says.
    rim = page[page.index('class="tally"') : page.index('class="narration"')]
    assert page.index('class="stage"') < page.index('class="tally"')
    assert rim.count('<span class="holds">') == held
    assert rim.count('<span class="open">') == 4 - held


def test_the_solution_is_offered_after_the_second_hint_or_when_it_is_solved(client: Client):
    page = unescape(client.get(EVEN, follow=True).text)
    one, two = next(one for one in entries()["hash-ring"].challenges if one.name == "even-after-a-failure").hints
    opened = re.search(r'<div class="hints"[^>]*>(.*?)</div>', page, re.DOTALL)
    assert opened
    # A box in a box: what is inside is there when both have been opened, with a script and without one.
    first, _, second = opened[1].partition("<summary>One more hint</summary>")
    assert one in first
    assert two not in first
    assert two in second
    assert "Show a solution" not in first
    assert "Show a solution" in second
    assert page.count("Show a solution") == 1
    solved = re.search(r'<p class="further">(.*?)</p>', client.get(f"{EVEN}?{SOLVED}").text, re.DOTALL)
    assert solved
    assert "Show the 5" in solved[1]
    best = re.search(r'<p class="further">(.*?)</p>', client.get(f"{PAST_TCP}?{PAST_TCP_SOLVED}").text, re.DOTALL)
    assert best
    assert "Show a solution" in best[1]


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
