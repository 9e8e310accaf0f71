"""Of an act, what is new: its trace from the step on that it is sent from, `after=`."""

import json
import re
from urllib.parse import urlencode

import pytest
from django.test import Client

from playground.asking.ahead import same
from playground.asking.request import ask
from playground.engine.query import parse, print_query
from playground.engine.registry import Entry, entries
from playground.engine.rng import Rng
from playground.engine.run import run
from playground.engine.trace import rebuild
from playground.engine.walk import walk
from playground.page.forms import ActionForm, Forms

SIDES = ("width", "height")
BALANCER = "/playground/load-balancing/trace"


def told(client: Client, address: str) -> dict:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.content[:200])
    found: dict = json.loads(answer.content)
    return found


def fields(form: ActionForm) -> list[tuple[str, str]]:
    """What a form says when it is sent as it stands, with a name where it asks for one that is free."""
    said = [(one.name, one.value or (one.options[0][0] if one.options else "zoe")) for one in form.fields]
    return [("act", form.action.name), *said]


def acts(entry: Entry, query: str, step: int) -> list[str]:
    """The query of each act that can be done from a step of a run."""
    forms = Forms(ask(entry, f"{query}&step={step}" if query else f"step={step}"))
    return [urlencode([*forms.hidden, ("step", step), *fields(form)]) for form in forms.actions if form.ready]


@pytest.mark.parametrize("slug", entries())
def test_what_comes_after_is_what_the_whole_run_has_there(client, slug):
    entry, seen = entries()[slug], 0
    for query in ("", print_query(entry.cls, walk(entry.cls, Rng(2)))):
        last = run(entry.cls, parse(entry.cls, query).query, draw=False).last
        for step in {0, last // 2, last}:
            for act in acts(entry, query, step):
                address = f"/playground/{slug}/trace?{act}&layout=wide"
                if client.get(address).status_code == 422:
                    continue
                whole, new = told(client, address), told(client, f"{address}&after={step}")
                seen += new["first"] > 0
                check(whole, new, step)
    assert seen > 2, "hardly any act is told from where it is done"


def check(whole: dict, new: dict, step: int) -> None:
    """The same from there on, told from nothing."""
    first = new["first"]
    assert first in (0, step + 1)
    assert whole["first"] == 0
    for name in ("format", "slug", "version", "query", "layout", "from", "step", "moves", "pace"):
        assert new.get(name) == whole.get(name)
    assert new["from"] >= first
    assert len(new["steps"]) == len(whole["steps"]) - first
    for place, picture in enumerate(new["pictures"]):
        assert (picture["width"], picture["height"]) == tuple(
            whole["pictures"][place][side] for side in ("width", "height")
        )
        assert rebuild(new, place) == rebuild(whole, place)[first:]
    for mine, theirs in zip(new["steps"], whole["steps"][first:], strict=True):
        for name in ("say", "at", "act", "stop"):
            assert mine.get(name) == theirs.get(name)
        line, other = mine["line"], theirs["line"]
        assert (line and (new["files"][line[0]], line[1])) == (other and (whole["files"][other[0]], other[1]))
    for name in ("metrics", "names"):
        known = [one[name] for one in whole["steps"][: first + 1] if name in one]
        assert new["steps"][0].get(name, []) == (known[-1] if known else [])


@pytest.mark.parametrize("after", ["", "x", "-1", "1.5", "99", "500", "1e3", "²", "00000000"])
def test_a_step_that_is_none_gets_the_whole_run(client, after):
    new = told(client, f"{BALANCER}?step=5&act=add&act.node=eve&{urlencode({'after': after})}")
    assert new["first"] == 0


def test_what_is_no_act_has_no_first_step(client):
    new = told(client, f"{BALANCER}?after=5")
    assert "first" not in new
    assert new["steps"] == told(client, BALANCER)["steps"]


def test_two_runs_side_by_side_are_told_whole(client):
    new = told(client, f"{BALANCER}?vs=algorithm:ketama&step=5&act=add&act.node=eve&after=5")
    assert new["first"] == 0


def test_a_run_that_has_become_another_before_is_told_whole():
    cls = entries()["load-balancing"].cls
    one, other = (run(cls, parse(cls, query).query) for query in ("", "seed=2&gap=11"))
    assert same(one, one, one.last)
    assert not same(one, one, one.last + 1), "there is nothing after it"
    assert not same(one, other, 5)


def test_an_act_that_cannot_be_done_is_said_as_ever(client):
    answer = client.get(f"{BALANCER}?step=5&act=kill&act.node=nobody&after=5")
    assert answer.status_code == 422
    assert "nobody" in json.loads(answer.content)["detail"]


def test_the_forms_of_an_act_come_without_the_pictures_that_its_trace_draws(client):
    act = "step=5&act=add&act.node=eve"
    whole, followed = (client.get(f"/playground/load-balancing/player?{act}{more}") for more in ("", "&after=5"))
    assert followed.headers["HX-Push-Url"] == whole.headers["HX-Push-Url"]
    assert "data-key" in whole.text
    assert "data-key" not in followed.text
    assert sections(followed.text) == sections(whole.text)
    assert re.findall(r'data-scene="(\d)"', followed.text) == ["1"], "a picture beside it has a place to be drawn at"


def test_forms_of_an_act_that_is_refused_come_with_the_pictures(client):
    refused = client.get("/playground/load-balancing/player?step=5&act=kill&act.node=nobody&after=5")
    assert refused.status_code == 422
    assert "data-key" in refused.text


def sections(page: str) -> list[str]:
    """The parts of a fragment besides its pictures."""
    return re.findall(r"<section.*?</section>", page, re.DOTALL)
