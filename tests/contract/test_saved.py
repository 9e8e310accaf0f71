"""An address that was shared shows for ever what it showed, or its page says what has changed.

`saved.json` beside each model holds addresses with what they showed when they were saved. `pytest
tests/contract/test_saved.py --write-saved` adds the scenarios that are missing. It never changes what has been on the
main branch; of a miniature that nobody has seen yet it writes all of them anew.
"""

import json
from hashlib import sha256
from typing import NamedTuple

import pytest
from django.test import Client

from playground.engine.golden import is_published
from playground.engine.patches import compact
from playground.engine.query import parse, print_query
from playground.engine.registry import Entry, entries, record
from playground.engine.run import run
from tests.contract.every import place

NAME = "saved.json"


class Saved(NamedTuple):
    """What an address showed: the model's version, the narration, the state in words, the outcome's digest."""

    version: int
    says: str
    words: str
    outcome: str


def shown(address: str) -> Saved:
    """What it shows today."""
    slug, _, text = address.removeprefix("/playground/").partition("/?")
    entry = entries()[slug]
    parsed = parse(entry.cls, text)
    assert parsed.problems == []
    assert parsed.ignored == []
    done = run(entry.cls, parsed.query)
    step = done.steps[min(parsed.query.step, done.last)]
    digest = sha256(compact(done.outcome).encode()).hexdigest()[:16]
    return Saved(entry.version, step.text, step.scenes[0].words().sentence, digest)


def kept(entry: Entry) -> dict[str, Saved]:
    """What is saved of a miniature."""
    return {address: Saved(*found) for address, found in record(entry.home / NAME).items()}


def saved() -> dict[str, Saved]:
    return {address: then for entry in entries().values() for address, then in kept(entry).items()}


def otherwise(address: str, then: Saved, now: Saved) -> str:
    """What is shown otherwise than saved, and what to do about it."""
    entry = entries()[address.split("/")[2]]
    both = zip(Saved._fields, then, now, strict=True)
    differs = [f"{name}: {was!r}, now {today!r}" for name, was, today in both if was != today]
    todo = (
        "An address that was shared shows for ever what it showed, or the version is raised"
        if is_published(entry, NAME)
        else "Nobody has it yet: python -m pytest tests/contract/test_saved.py --write-saved"
    )
    return f"{place(entry, NAME)}: {address} shows otherwise ({'; '.join(differs)}). {todo}."


@pytest.fixture(autouse=True)
def written(request: pytest.FixtureRequest) -> None:
    if not request.config.getoption("--write-saved", default=False):
        return
    for slug, entry in entries().items():
        now = kept(entry) if is_published(entry, NAME) else {}
        now |= {at: shown(at) for one in entry.scenarios if (at := f"/playground/{slug}/?{one.query}") not in now}
        (entry.home / NAME).write_text(json.dumps(now, indent=1, ensure_ascii=False) + "\n", "utf-8")


def test_a_saved_address_shows_what_it_showed_or_its_page_says_what_changed(client: Client):
    for entry in entries().values():
        todo = "save what its scenarios show: python -m pytest tests/contract/test_saved.py --write-saved"
        assert kept(entry) or not is_published(entry), f"{place(entry, NAME)}: {todo}"
    for address, then in saved().items():
        now = shown(address)
        if now.version == then.version:
            assert now == then, otherwise(address, then, now)
            continue
        answer = client.get(address)
        page = client.get(answer.headers.get("Location", address)).text
        slug = address.split("/")[2]
        for version in range(then.version + 1, now.version + 1):
            assert entries()[slug].changes[str(version)] in page, address


def test_a_saved_address_is_its_own_printed_form_or_where_names_have_changed_leads_to_it(client: Client):
    for address, then in saved().items():
        slug, _, text = address.removeprefix("/playground/").partition("/?")
        cls = entries()[slug].cls
        if print_query(cls, parse(cls, text).query) == text:
            continue
        assert entries()[slug].version > then.version, address
        assert client.get(client.get(address).headers["Location"]).status_code == 200
