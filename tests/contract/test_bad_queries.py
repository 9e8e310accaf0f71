"""Whatever stands in an address, there is a run, within the limits."""

from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.engine import limits
from playground.engine.query import parse, print_query
from playground.engine.run import run
from tests.contract.every import each_miniature


def pieces(entry):
    """Names and values that are nearly right."""
    cls = entry.cls
    names = [*cls.inputs(), "do", "do", "do", "do", "step", "act", "x"]
    words = [kind.print(value) for kind in cls.inputs().values() for value in kind.corners()]
    arguments = [
        kind.print(value) for act in cls.actions().values() for kind in act.arguments for value in kind.corners()
    ]
    return names, [*words, *arguments, *cls.actions(), ":", "@", "@5:", "*", " ", "-1", "\x00", "é", "9" * 30]


def sound(entry, text):
    parsed = parse(entry.cls, text)
    done = run(entry.cls, parsed.query, draw=False)
    assert 1 <= len(done.steps) <= limits.STEPS, f"?{text} runs for {len(done.steps)} steps"
    assert len(parsed.query.acts) <= limits.ACTIONS, f"?{text} has {len(parsed.query.acts)} actions"
    canonical = print_query(entry.cls, parsed.query)
    assert len(canonical) <= limits.QUERY
    assert print_query(entry.cls, parse(entry.cls, canonical).query) == canonical
    for problem in [*parsed.problems, *([done.refusal] if done.refusal else [])]:
        assert problem.sentence.endswith("."), problem


@pytest.mark.asvs("2.2.1")
@each_miniature
@given(data=st.data())
def test_pieces_put_together_anyhow_make_a_run(entry, data):
    names, words = pieces(entry)
    value = st.lists(st.sampled_from(words), max_size=4).map(":".join) | st.text(max_size=6)
    pairs = data.draw(st.lists(st.tuples(st.sampled_from(names), value), max_size=8))
    sound(entry, urlencode([(name, text.encode("utf-8", "replace").decode()) for name, text in pairs]))


@pytest.mark.asvs("2.2.1")
@each_miniature
@given(text=st.text(alphabet="&=+:@*.%;0123ABCdoadnesstp\x00é ", max_size=60))
def test_any_text_makes_a_run(entry, text):
    sound(entry, text)
