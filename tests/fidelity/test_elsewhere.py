"""What the pages tell a reader to type is typed: every recipe, as it is shown, in an empty folder.

    runs       of every miniature: the default run, scenarios (in CI all of them, else two), and those that its
               `elsewhere.py` names as TRIED
    expected   what the recipe says that it prints, worked out from the run beside which it stands
    printed    by the real program, whatever it is: tests/real/shell.py types the commands

Under a saboteur it must print something else: its first program is misspelt, and one piece of it is exchanged
for another, as `elsewhere.py` says in WRONG.
"""

import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from playground.engine.elsewhere import Recipe
from playground.engine.query import parse
from playground.engine.registry import Entry, entries
from playground.engine.run import Run, run
from tests.conftest import ROOT
from tests.real import postgres, shell
from tests.tiers import everything

pytestmark = pytest.mark.fidelity


def place(entry: Entry) -> str:
    """Where recipes are written."""
    return (entry.home / "elsewhere.py").relative_to(ROOT).as_posix()


def done_with(entry: Entry, query: str) -> Run:
    parsed = parse(entry.cls, query)
    assert parsed.problems == []
    assert parsed.ignored == []
    done = run(entry.cls, parsed.query, draw=False)
    assert not done.refusal
    return done


def recipes(entry: Entry, query: str) -> tuple[Recipe, ...]:
    return entry.elsewhere(done_with(entry, query))


def cases() -> Iterator[object]:
    for entry in entries().values():
        # Two scenarios always; the others where everything is tested whole.
        seen = entry.scenarios if everything() else entry.scenarios[:2]
        queries = {"default": ""} | {one.name: one.query for one in seen}
        queries |= {query: query for query in entry.told("elsewhere", "TRIED")}
        for name, query in queries.items():
            yield pytest.param(entry, query, id=f"{entry.slug}-{name}")


def wrongs() -> Iterator[object]:
    for entry in entries().values():
        for query, right, wrong in entry.told("elsewhere", "WRONG"):
            yield pytest.param(entry, query, right, wrong, id=f"{entry.slug}-{right.strip()}-{wrong.strip()}")


each_miniature = pytest.mark.parametrize("entry", entries().values(), ids=list(entries()))


@pytest.fixture(scope="module")
def cluster() -> Iterator[postgres.Server]:
    with postgres.serving() as server:
        yield server


@pytest.fixture(scope="module")
def known() -> dict[tuple[str, object], list[str]]:
    """What has been typed, and what was printed: scenarios that differ in what is done often begin alike."""
    return {}


@pytest.fixture
def printed(request, known):
    """Types a recipe, in a folder that nginx's worker may look into: it is another user where tests run as root."""

    def of(recipe: Recipe) -> list[str]:
        key = recipe.commands, recipe.files
        if key not in known:
            who = {}
            if "psql" in recipe.commands:
                server = request.getfixturevalue("cluster")
                who = {"PGHOST": str(server.folder), "PGUSER": "postgres", "PGDATABASE": "postgres"}
            folder = Path(tempfile.mkdtemp(prefix="try", dir="/tmp"))
            folder.chmod(0o755)
            try:
                known[key] = shell.typed(recipe, folder, **who)
            finally:
                shutil.rmtree(folder, ignore_errors=True)  # nginx is still taking its sockets away
        return known[key]

    return of


@pytest.mark.parametrize(("entry", "query"), list(cases()))
def test_the_real_thing_prints_what_the_run_says(printed, entry, query):
    for recipe in recipes(entry, query):
        assert recipe.prints, f"{place(entry)}: say what {recipe.title} prints, with Recipe(…, prints=…)"
        came = printed(recipe)
        assert came == list(recipe.prints), (
            f"{place(entry)}: for ?{query} {recipe.title} prints {came[:8]}, not {list(recipe.prints[:8])}"
        )


@each_miniature
def test_recipes_stand_beside_the_default_run_and_two_scenarios_or_a_reason_is_given(entry):
    default = recipes(entry, "")
    beside = [one.name for one in entry.scenarios if recipes(entry, one.query)]
    why = entry.told("elsewhere", "NOT_ALWAYS")
    if default and len(beside) >= 2:
        assert not why, f"{place(entry)}: there are recipes enough; take NOT_ALWAYS away"
        return
    assert why, (
        f"{place(entry)}: elsewhere(run) gives {'a' if default else 'no'} recipe for the default run, and one for the "
        f"scenarios {beside}; give one for the default run and two scenarios, or say in NOT_ALWAYS why there is none"
    )
    assert re.fullmatch(r"[A-Z].{30,}\.", why), f"{place(entry)}: write NOT_ALWAYS as a sentence: {why!r}"


@each_miniature
def test_recipes_have_a_title_and_whole_lines_and_those_tried_are_there(entry):
    for query in ("", *(one.query for one in entry.scenarios)):
        for recipe in recipes(entry, query):
            assert recipe.title
            assert recipe.commands.endswith("\n")
    for query in entry.told("elsewhere", "TRIED"):
        assert recipes(entry, query), f"{place(entry)}: TRIED names {query!r}, which has no recipe"


# Saboteurs.


def misspelt(recipe: Recipe) -> Recipe:
    """Its first program is called as nobody is."""
    words = re.finditer(r"^[a-z][\w-]*(?= )", recipe.commands, re.MULTILINE)
    first = next((word for word in words if shutil.which(word[0], path=shell.PATH)), None)
    assert first, f"{recipe.title} names no program that is here:\n{recipe.commands}"
    return recipe._replace(commands=f"{recipe.commands[: first.end()]}-misspelt{recipe.commands[first.end() :]}")


def exchanged(recipe: Recipe, right: str, wrong: str) -> Recipe:
    """With another piece where one stands first, in the files or in the commands."""
    return recipe._replace(
        commands=recipe.commands.replace(right, wrong, 1),
        files=tuple((name, text.replace(right, wrong, 1)) for name, text in recipe.files),
    )


@each_miniature
def test_a_misspelt_program_is_noticed(printed, entry):
    queries = ("", *(one.query for one in entry.scenarios), *entry.told("elsewhere", "TRIED"))
    found = next((some for query in queries if (some := recipes(entry, query))), ())
    for recipe in found:
        assert printed(misspelt(recipe)) != list(recipe.prints)


@pytest.mark.parametrize(("entry", "query", "right", "wrong"), list(wrongs()))
def test_a_wrong_piece_is_noticed(printed, entry, query, right, wrong):
    recipe, *_ = recipes(entry, query)
    changed = exchanged(recipe, right, wrong)
    assert changed != recipe, f"{place(entry)}: WRONG names {right!r}, which is not in the recipe of {query!r}"
    assert printed(changed) != list(recipe.prints)


@each_miniature
def test_every_miniature_with_recipes_has_such_a_piece(entry):
    written = callable(entry.told("elsewhere", "elsewhere"))
    assert not written or entry.told("elsewhere", "WRONG"), (
        f"{place(entry)}: name in WRONG a query, a piece of its recipe, and another under which it prints otherwise"
    )
