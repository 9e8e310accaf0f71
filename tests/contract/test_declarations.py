"""What every miniature declares."""

import ast
import inspect
import re

import jsonschema
import pytest

from playground.engine.golden import recorded
from playground.engine.inputs import Text
from playground.engine.query import RESERVED, parse
from playground.engine.registry import entries
from playground.engine.run import Runner
from tests.conftest import ROOT
from tests.contract.every import each_miniature, place, shown_runs
from tests.fidelity import proofs

BOUNDS = [
    {"minimum", "maximum"},
    {"enum"},
    {"x-minimum", "x-maximum", "pattern"},
    {"x-least", "x-most", "x-item-pattern"},
    {"minLength", "maxLength"},
    {"pattern"},
]


def kinds_of(cls):
    """Inputs by name, and arguments by verb.name."""
    arguments = {f"{verb}.{kind.name}": kind for verb, act in cls.actions().items() for kind in act.arguments}
    return cls.inputs() | arguments


@pytest.mark.asvs("2.1.1")
@each_miniature
def test_every_input_and_argument_is_bounded(entry):
    for name, kind in kinds_of(entry.cls).items():
        schema = kind.schema()
        assert any(bounds <= schema.keys() for bounds in BOUNDS), (
            f"{place(entry)}: give {name} bounds; its schema is {schema}"
        )


@each_miniature
def test_every_default_is_allowed(entry):
    for name, kind in kinds_of(entry.cls).items():
        if kind.default is not None:
            same = kind.parse(kind.print(kind.default)) == kind.default
            assert same, f"{place(entry)}: the default of {name} is not one of its own values"
    assert entry.cls({}).rules() == [], f"{place(entry)}: the defaults break rules()"


@each_miniature
def test_knobs_are_at_most_three_of_its_inputs(entry):
    assert len(entry.cls.knobs) <= 3
    assert set(entry.cls.knobs) <= entry.cls.inputs().keys(), f"{place(entry)}: a knob is an input"


@each_miniature
def test_the_docstring_opens_with_the_rule_in_one_sentence(entry):
    doc = inspect.getdoc(entry.cls) or ""
    opening = doc.split("\n\n")[0].replace("\n", " ")
    assert re.fullmatch(r"[A-Z].{10,160}\.", opening), (
        f"{place(entry)}: open the docstring with the rule of the system in one sentence, not {opening!r}"
    )


@each_miniature
@pytest.mark.parametrize("what", ["title", "question", "opening", "outcome_schema"])
def test_it_says_what_it_is(entry, what):
    assert getattr(entry.cls, what, None), f"{place(entry)}: add {what} = …"


@each_miniature
@pytest.mark.parametrize("what", ["sources", "simplified", "checks"])
def test_it_says_what_it_rests_on(entry, what):
    assert getattr(entry, what), f"{place(entry, 'about.py')}: add {what.upper()} = (…)"


@each_miniature
def test_sources_are_addresses_and_simplifications_are_sentences(entry):
    about = place(entry, "about.py")
    for source in entry.sources:
        assert source.name, f"{about}: give every Source a name"
        assert source.url.startswith("https://"), f"{about}: Source({source.name!r}) needs an https address"
    for sentence in entry.simplified:
        assert sentence.endswith("."), f"{about}: write SIMPLIFIED as sentences: {sentence!r}"


@each_miniature
def test_every_check_has_figures_that_a_fidelity_test_wrote(entry):
    for check, figures in entry.evidence():
        missing = {"program", "version", "cases", "different", "date", "compared"} - figures.keys()
        assert not missing, (
            f"{place(entry, 'evidence.json')}: {check.name} has no figures; "
            f"run python -m pytest tests/fidelity -k {entry.home.name} --write-evidence"
        )
        assert figures["cases"] > 0, f"{check.name} compared nothing"
        assert figures["different"] == 0, f"{check.name}: {figures['different']} cases differ"


@pytest.fixture(scope="module")
def marked():
    """The comparisons and saboteurs of all fidelity tests, whatever runs today."""
    return proofs.marked_in(ROOT / "tests/fidelity")


@each_miniature
def test_every_check_has_a_comparison_and_a_saboteur(entry, marked):
    found = proofs.lacking(entry.slug, place(entry, "about.py"), [check.name for check in entry.checks], marked)
    assert not found, "\n".join(found)


def test_every_comparison_and_saboteur_is_of_a_miniature_that_is_there(marked):
    found = proofs.strangers(entries(), marked)
    assert not found, "\n".join(found)


@each_miniature
def test_the_input_to_lower_has_a_size(entry):
    """A number, a text or a list: something can be taken away from it at one of its corners."""
    kind = entry.cls.inputs().get(entry.cls.grows_with)
    assert kind, f"{place(entry)}: grows_with must name an input"
    assert any(kind.sizes(value) for value in kind.corners()), (
        f"{place(entry)}: grows_with names {kind.name}, which has no size; name a number, a text or a list"
    )


@each_miniature
def test_names_on_offer_come_from_methods(entry):
    for name, kind in kinds_of(entry.cls).items():
        for method in (getattr(kind, way, "") for way in ("among", "suggest", "now")):
            assert not method or callable(getattr(entry.cls, method, None)), (
                f"{place(entry)}: {name} names {method}(), which is not there"
            )


@each_miniature
def test_free_text_is_the_last_argument(entry):
    for verb, act in entry.cls.actions().items():
        for kind in act.arguments[:-1]:
            assert not isinstance(kind, Text), (
                f"{place(entry)}: {verb} must take {kind.name} last, since it may hold ':'"
            )


@each_miniature
def test_no_input_has_a_reserved_name(entry):
    taken = RESERVED & entry.cls.inputs().keys()
    assert not taken, f"{place(entry)}: rename {', '.join(taken)}; the query's grammar keeps it"


@each_miniature
def test_slug_file_and_lesson_have_one_name(entry):
    assert entry.home.name.replace("_", "-") == entry.slug
    lesson = ROOT / "lessons/content" / entry.area / f"{entry.slug}.md"
    assert lesson.exists(), f"{place(entry)}: write its lesson, {lesson.relative_to(ROOT)}"


@each_miniature
def test_outcomes_are_as_the_schema_says(entry):
    jsonschema.Draft202012Validator.check_schema(entry.cls.outcome_schema)
    check = jsonschema.Draft202012Validator(entry.cls.outcome_schema)
    outcomes = {name: done.outcome for name, done in shown_runs(entry).items()}
    for query in recorded(entry)["digests"]:
        outcomes[query] = Runner(entry.cls, parse(entry.cls, query).query, draw=False).go().outcome
    for name, outcome in outcomes.items():
        wrong = [error.message for error in check.iter_errors(outcome)]
        assert not wrong, f"{place(entry)}: outcome() of the {name} is not as outcome_schema says: {wrong[0]}"


@each_miniature
def test_there_is_no_float_in_an_outcome_nor_in_its_schema(entry):
    assert '"number"' not in repr(entry.cls.outcome_schema).replace("'", '"'), (
        f"{place(entry)}: outcome_schema allows floats"
    )
    for name, done in shown_runs(entry).items():
        assert not floats(done.outcome), f"{place(entry)}: outcome() of the {name} holds floats; count in whole units"


def floats(value):
    """The floats anywhere in a JSON value."""
    if isinstance(value, dict):
        return [found for part in value.values() for found in floats(part)]
    if isinstance(value, list | tuple):
        return [found for part in value for found in floats(part)]
    return [value] if isinstance(value, float) else []


@each_miniature
def test_the_module_is_one_that_a_newcomer_can_read(entry):
    source = (entry.home / "model.py").read_text("utf-8")
    assert ast.get_docstring(ast.parse(source)), f"{place(entry)}: open the module with a docstring"
    for verb, act in entry.cls.actions().items():
        assert act.label[:1].isupper(), f"{place(entry)}: give {verb} a label for its button"
    for name, kind in entry.cls.inputs().items():
        assert kind.help, f"{place(entry)}: give {name} a help="
