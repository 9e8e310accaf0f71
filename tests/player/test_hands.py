"""Things of the pictures are what one acts on: which verbs stand at which thing, and what *now* means."""

import re
from functools import cache

import pytest
from django.test import Client

from playground.asking.request import ask
from playground.engine.actions import SLOT, Action
from playground.engine.inputs import Choice, Flag, Names
from playground.engine.query import default_query, do, parse, print_query, query_for
from playground.engine.registry import Entry, entries
from playground.engine.run import Run, run
from playground.engine.trace import paint_all
from playground.miniatures.data.cap_theorem.model import MODES
from playground.scenes.marks import LAYOUTS

RUN = "/playground/load-balancing/"
ENTRIES = [pytest.param(entry, id=slug) for slug, entry in entries().items()]
TIMED = [
    pytest.param(slug, verb, arguments, id=f"{slug}: {verb}")
    for slug, verb, arguments in [
        ("load-balancing", "kill", ("dee",)),
        ("load-balancing", "slow", ("ada", 3)),
        ("load-balancing", "send", (4,)),
        ("load-balancing", "add", ("eve", 1)),
        ("load-balancing", "weight", ("ada", 3)),
        ("cap-theorem", "kill", ("b",)),
        ("cap-theorem", "cut", ("a",)),
        ("visa-authorization", "drop", ("answer",)),
    ]
]


@cache
def keys_of(entry: Entry) -> frozenset[str]:
    """The keys of all marks that the scenarios and the default run ever show, in both layouts."""
    queries = [default_query(entry.cls), *(parse(entry.cls, one.address).query for one in entry.scenarios)]
    return frozenset(
        mark.key
        for query in queries
        for layout in LAYOUTS
        for column in paint_all(run(entry.cls, query), layout)
        for painted in column
        for mark in painted.marks
        if not mark.parent
    )


@pytest.mark.parametrize("entry", ENTRIES)
def test_every_thing_that_a_verb_names_stands_in_a_picture(entry: Entry):
    """A beginning of a key, or a whole one: `server` is server:ada, `lane:phone` is lane:phone/box."""
    named = {one for action in entry.cls.actions().values() for one in action.on.split()}
    named |= {one for action in entry.cls.actions().values() for kind in action.arguments for one in kind.on.split()}
    named |= {one for kind in entry.cls.inputs().values() for one in kind.on.split()}
    begun = {re.split("[:/]", key)[0] for key in keys_of(entry)} | {key.split("/")[0] for key in keys_of(entry)}
    assert named
    assert named <= begun


@pytest.mark.parametrize("entry", ENTRIES)
def test_a_thing_that_stands_for_an_input_does_so_for_one_of_a_few_words_and_for_no_verb(entry: Entry):
    taken = {one for action in entry.cls.actions().values() for one in action.on.split()}
    taken |= {one for action in entry.cls.actions().values() for kind in action.arguments for one in kind.on.split()}
    for kind in entry.cls.inputs().values():
        assert not kind.on or isinstance(kind, Choice | Flag), f"{entry.slug} {kind.name}"
        assert taken.isdisjoint(kind.on.split()), f"{entry.slug} {kind.name}"


@pytest.mark.parametrize("mode", MODES)
def test_the_rule_of_a_run_is_a_side_of_its_switch_and_the_set_up_takes_it(client: Client, mode: str):
    page = client.get(f"/playground/cap-theorem/?mode={mode}&step=3", follow=True).text
    sides = re.findall(r'<g data-key="mode:(\w+)"[^>]*aria-label="([^"]+)"', page)
    assert mode in dict(sides)
    assert dict(sides) == {value: MODES[value] for value, _ in sides}
    # Beside the verbs and in the set-up.
    assert page.count('<select name="mode" data-on="mode">') == 2
    assert client.get("/api/v1/miniatures/cap-theorem").json()["inputs"][1]["on"] == ["mode"]


def test_where_inputs_are_locked_no_form_takes_the_switch(client: Client):
    assert 'data-on="mode"' in client.get("/embed/cap-theorem/").text
    for query in ("lock=inputs", "hide=inputs"):
        page = client.get(f"/embed/cap-theorem/?{query}").text
        assert 'data-key="mode:quorum"' in page
        assert 'data-on="mode"' not in page


NO_THING = {
    "a name that is not there yet": """
        hash-ring add node, load-balancing add node, git-objects branch name, password-storage sign_up user""",
    "a text of one’s own": """
        git-objects commit message, git-objects amend message, tcp-ip-encapsulation send text, totp enter code,
        sql-execution run statement, sql-execution explain statement, password-storage sign_up password,
        password-storage log_in password""",
    "how many, how much or how long: the verb itself stands at a thing, or the grip of a thing sets it": """
        hash-ring add weight, hash-ring weight weight, hash-ring add_keys count, load-balancing send count,
        load-balancing slow times, load-balancing weight weight, load-balancing add weight, cap-theorem wait ms,
        kafka-why-fast produce count, kafka-why-fast wait seconds, tcp-ip-encapsulation reroute routers,
        visa-authorization authorise amount, visa-authorization increment amount, password-storage guess words,
        totp wait seconds, totp guess count, sql-execution update add""",
    "one of thousands, of which those are drawn that have been written": """
        sql-execution update row, sql-execution read_row row""",
    "in which way, where none of the ways is drawn": """
        http-versions load version, sql-execution rewrite order, tcp-ip-encapsulation flip where""",
    "a place in a frame whose bytes are drawn as fields": """
        tcp-ip-encapsulation flip byte, tcp-ip-encapsulation flip bit""",
    "a message that is still to come": "visa-authorization drop what",
}
"""Arguments that no thing of a picture stands for, by the reason."""


def test_what_can_be_named_is_a_thing_or_there_is_a_reason_why_not():
    """Of all miniatures: an argument has things that stand for it, or nothing in the picture could."""
    named = {
        f"{entry.slug} {action.name} {kind.name}"
        for entry in entries().values()
        for action in entry.cls.actions().values()
        for kind in action.arguments
        if not kind.on
    }
    reasons = [one.strip() for some in NO_THING.values() for one in some.split(",")]
    assert sorted(named) == sorted(reasons)


@pytest.mark.parametrize("entry", ENTRIES)
def test_a_form_says_which_things_it_takes(client: Client, entry: Entry):
    page = client.get(f"/playground/{entry.slug}/?step=last", follow=True).text
    forms = dict(re.findall(r'data-verb="(\w+)" data-short="[^"]+"( data-on="[^"]+")?', page))
    for name, action in entry.cls.actions().items():
        if name in forms:
            assert forms[name] == (f' data-on="{action.on}"' if action.on else "")
            for kind in action.arguments:
                assert (f'name="act.{kind.name}" data-on="{kind.on}"' in page) is bool(kind.on) or not kind.on


@pytest.mark.parametrize("entry", ENTRIES)
def test_a_form_says_what_a_drag_does(client: Client, entry: Entry):
    page = client.get(f"/playground/{entry.slug}/?step=last", follow=True).text
    forms = dict(re.findall(r'data-verb="(\w+)"([^>]*)>', page))
    for name, action in entry.cls.actions().items():
        said = dict(re.findall(r'data-(dropped|thrown|turned)="([^"]+)"', forms.get(name, "")))
        declared = (("dropped", action.dropped), ("thrown", action.thrown), ("turned", action.turned))
        told = {key: text for key, text in declared if text}
        assert name not in forms or said == told


@pytest.mark.parametrize("entry", ENTRIES)
def test_a_drag_means_one_thing(entry: Entry):
    """No two verbs take the same throw, a drop of the same things on the same others, or turn the same things."""
    actions = entry.cls.actions().values()
    thrown = [one for action in actions for one in action.thrown.split()]
    dropped = [
        (one, other)
        for action in actions
        for one in onto(action.dropped, action, 0)
        for other in onto(action.dropped, action, 1)
    ]
    assert len(set(thrown)) == len(thrown)
    turned = [one for action in actions for one in onto(action.turned, action, 0)]
    assert len(set(dropped)) == len(dropped)
    assert len(set(turned)) == len(turned)


@pytest.mark.parametrize(("slug", "form"), [("load-balancing", "weight"), ("hash-ring", "weight")])
def test_a_form_says_from_where_a_thing_is_turned_and_how_far(client: Client, slug: str, form: str):
    first = next(name for name, kind in entries()[slug].cls.inputs().items() if isinstance(kind, Names))
    path = f"/playground/{slug}/?{first}=ada+bob&do={form}:ada:4&do={form}:bob:2&step=last"
    page = client.get(client.get(path).headers["Location"]).text
    assert f'name="act.{form}" data-now="ada:4 bob:2" data-least="1" data-most="10"' in page


def onto(words: str, action: Action, place: int) -> list[str]:
    """The things of the argument that the words of a drag name first, or second."""
    names = SLOT.findall(words)
    return [one for kind in action.arguments if names[place : place + 1] == [kind.name] for one in kind.on.split()]


@pytest.mark.parametrize("slug", ["load-balancing", "hash-ring", "git-objects"])
def test_a_verb_is_called_by_what_is_done(slug: str):
    shorts = {name: action.short for name, action in entries()[slug].cls.actions().items()}
    assert shorts == {
        "load-balancing": {
            "send": "Send requests", "slow": "Slow", "kill": "Kill", "revive": "Revive", "weight": "Set",
            "add": "Add a server",
        },
        "hash-ring": {
            "add": "Add a server", "remove": "Remove", "fail": "Fail", "revive": "Revive", "weight": "Set",
            "look_up": "Look up", "add_keys": "Add keys",
        },
        "git-objects": {
            "write": "Write", "remove": "Remove", "commit": "Commit", "amend": "Amend the last commit",
            "branch": "Make a branch", "switch": "Switch", "collect": "Throw away what no name leads to",
        },
    }[slug]  # fmt: skip


def told(done: Run, until: int) -> list[tuple[str, int, int]]:
    return [(step.text, step.clock, step.act) for step in done.steps[: until + 1]]


@pytest.mark.parametrize(("slug", "verb", "arguments"), TIMED)
def test_what_was_told_before_an_act_stays_as_it_was(slug: str, verb: str, arguments: tuple[object, ...]):
    """At every step of the default run: words and clock up to there are the same, so the run goes on from there."""
    entry = entries()[slug]
    cls = entry.cls
    before = parse(cls, entry.scenarios[0].address).query if slug != "load-balancing" else default_query(cls)
    base = run(cls, before, draw=False)
    for step in range(base.last):
        kept = base.kept_at(step)
        acted = run(cls, query_for(cls, *kept, do(verb, *arguments, at=base.steps[step].clock + 1), **before.values()))
        if not acted.refusal:
            assert told(acted, step) == told(base, step), f"acted from step {step}"


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(("slug", "step"), [("hash-ring", 21), ("load-balancing", 14)])
def test_a_server_that_comes_later_changes_no_picture_before(slug: str, step: int, layout: str):
    """There is room for it from the start, so nothing jumps at the act. The scale of a chart may be another one."""
    entry = entries()[slug]
    cls, base = entry.cls, run(entry.cls, default_query(entry.cls))
    at = base.steps[step].clock + 1 if entry.cls.actions()["add"].timed else None
    acted = run(cls, query_for(cls, *base.kept_at(step), do("add", "eve", 1, at=at)))
    before, after = paint_all(base, layout)[0], paint_all(acted, layout)[0]
    assert (before[0].width, before[0].height) == (after[0].width, after[0].height)
    for number in range(1, step + 1):
        assert before[number].marks == after[number].marks, number


def test_acting_on_a_step_is_acting_at_its_instant():
    entry = entries()["load-balancing"]
    base = run(entry.cls, default_query(entry.cls))
    asked = ask(entry, "step=14&act=kill&act.node=dee")
    typed = query_for(entry.cls, do("kill", "dee", at=base.steps[14].clock + 1))
    assert print_query(entry.cls, typed) == asked.printed_at(0)
    assert asked.run.outcome == run(entry.cls, typed).outcome
    assert asked.run.outcome != base.outcome


def test_after_an_act_the_run_stands_where_it_has_led_and_is_played_from_where_it_began():
    asked = ask(entries()["hash-ring"], "step=21&act=remove&act.node=cleo")
    begun = asked.run.starts[0]
    assert asked.begins == begun
    assert asked.step == max(number for number, step in enumerate(asked.run.steps) if step.act == 0) > begun
    assert "7 of 24 keys moved" in asked.run.steps[asked.step].text


def test_new_inputs_are_shown_at_their_end_and_played_from_their_beginning(client: Client):
    page = client.get("/playground/hash-ring/player?points=1&step=last")
    last = ask(entries()["hash-ring"], "points=1").run.last
    assert page.headers["HX-Push-Url"] == f"/playground/hash-ring/?points=1&step={last}"
    assert f'step="{last}" from="0"' in page.text
    assert client.get("/playground/hash-ring/?points=1&step=last").headers["Location"].endswith(f"points=1&step={last}")


def test_where_nothing_was_done_nothing_is_played(client: Client):
    for path in (f"{RUN}?step=7", f"{RUN}?do=kill:ada&step=9", f"{RUN}player?do=kill:ada", "/embed/load-balancing/"):
        assert ' from="' not in client.get(path).text
