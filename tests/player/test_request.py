"""How a request becomes a run, and what it may not become: an address that nobody can open."""

from pathlib import Path

import pytest
from django.test import Client

from playground.asking.request import ask
from playground.engine import limits
from playground.engine.query import parse
from playground.engine.registry import Entry, entries
from playground.engine.run import run
from tests.engine.bells import Bells

RING = entries()["hash-ring"]
BELLS = Entry("bells", "tests", Bells, Path("bells.py"))
DROP = "&do=drop"
ROOM = 12
"""Characters that an address keeps free for the step at which it is opened."""


def said(length: int) -> str:
    """A query of so many characters: sentences of twenty signs, a shorter one, and one of a few letters."""
    long, short = "do=say:" + "%E6%97%A5" * 20 + "&", "do=say:xxxxx&do=say:"
    count, rest = divmod(length - len(short), len(long))
    return long * count + short + "%E6%97%A5" * (rest // 9) + "x" * (rest % 9)


@pytest.mark.parametrize("length", range(limits.QUERY - 20, limits.QUERY))
def test_one_may_act_as_long_as_what_it_leads_to_can_be_opened_at_each_of_its_steps(length):
    asked = ask(BELLS, said(length - len(DROP)) + "&act=drop")
    assert bool(asked.problems) == (length > limits.QUERY - ROOM)
    if asked.problems:
        assert asked.problems[0].field == "act"
        assert asked.printed == said(length - len(DROP))
    else:
        address = asked.printed_at(limits.STEPS - 1)
        assert address == said(length - len(DROP)) + DROP + f"&step={limits.STEPS - 1}"
        assert run(Bells, parse(Bells, address).query).steps == asked.run.steps


def test_no_page_leads_to_a_step_before_the_first_or_after_the_last(client: Client):
    last = ask(RING, "").run.last
    for step in (0, 1, last - 1, last):
        page = client.get("/playground/hash-ring/", {"step": step} if step else {}).text
        assert 'data-go="back"' in page
        assert "step=-" not in page
        assert f"step={last + 1}" not in page
