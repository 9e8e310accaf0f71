"""A question, frozen: as JSON and back, and nothing in it comes from what is still to be found out."""

import json
import re
from functools import cache

import pytest

from playground.engine.asked import asked_run
from playground.engine.content import Content, content_of
from playground.engine.questions import pose
from playground.engine.quiet import bare
from playground.engine.registry import entries
from playground.engine.run import run
from playground.scenes.marks import LAYOUTS
from playground.scenes.ring import Ring

RING = entries()["hash-ring"]
KINDS = {question.name: question for question in RING.questions}


@cache
def made(name="who-answers", seed=7):
    posed = pose(RING.cls, KINDS[name], seed)
    return posed, content_of("hash-ring", 3, posed)


def test_it_says_what_is_asked_of_which_template_in_which_versions():
    posed, content = made()
    assert (content.miniature, content.miniature_version) == ("hash-ring", 3)
    assert (content.template, content.template_version) == ("who-answers", posed.question.version)
    assert (content.prompt, content.stop) == (posed.prompt, posed.stop)
    assert (content.options, content.right) == (posed.options, posed.right)
    assert {option.model for option in content.options} < {"", *(model.__name__ for model in posed.question.wrong)}


def test_through_json_it_stays_the_same():
    for name in KINDS:
        _, content = made(name)
        told = json.loads(json.dumps(content.to_json()))
        assert Content.from_json(told) == content
        assert Content.from_json(told).to_json() == told == content.to_json()


def test_a_field_too_many_or_too_few_is_named():
    _, content = made()
    told = content.to_json()
    with pytest.raises(ValueError, match="There is no field hint in a question’s content"):
        Content.from_json({**told, "hint": "ada"})
    for name in told:
        without = {one: value for one, value in told.items() if one != name}
        with pytest.raises(ValueError, match=f"The field {name} is missing in a question’s content"):
            Content.from_json(without)


def test_a_field_too_many_within_an_option_a_parting_or_a_picture_is_named():
    for place, what in ((("options", 0), "an option"), (("shown", "wide"), "the wide picture")):
        told = made()[1].to_json()
        told[place[0]][place[1]]["hint"] = "ada"
        with pytest.raises(ValueError, match=f"There is no field hint in {what}"):
            Content.from_json(told)
    told = made()[1].to_json()
    wrong = next(option for option in told["options"] if option["parting"])
    del wrong["parting"]["thing"]
    with pytest.raises(ValueError, match="The field thing is missing in a parting"):
        Content.from_json(told)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("stop", "7"), ("stop", None), ("prompt", 7), ("options", {}), ("options", ["ada"]), ("points_at", ["key"]),
        ("points_at", ["key", 7]), ("picks", "ada"), ("picks", [7]), ("table", [["key"], "ada"]), ("shown", []),
        ("shown", {}), ("trace", {"wide": {}}), ("trace", None),
    ],
)  # fmt: skip
def test_a_field_that_holds_something_else_is_refused_in_a_sentence(name, value):
    with pytest.raises(ValueError, match=r"^[A-Z].*\.$"):
        Content.from_json(made()[1].to_json() | {name: value})


@pytest.mark.parametrize("told", [None, [], "content", 7])
def test_what_is_no_object_is_refused(told):
    with pytest.raises(ValueError, match="What should be a question’s content is no object"):
        Content.from_json(told)


def test_another_format_is_not_read():
    told = made()[1].to_json() | {"format": 2}
    with pytest.raises(ValueError, match="format 2; format 1 is read"):
        Content.from_json(told)


def test_the_trace_ends_at_the_asked_frame_and_has_the_query_without_the_asked_action():
    posed, content = made()
    for layout in LAYOUTS:
        trace = content.trace[layout]
        assert len(trace["steps"]) == posed.stop + 1
        assert "do=" not in trace["query"]
        assert trace["layout"] == layout
    assert "do=fail" in content.query


def test_the_asked_thing_is_ringed_and_named_and_nothing_else_wears_brass():
    posed, content = made()
    for layout in LAYOUTS:
        svg = content.shown[layout]["svg"]
        assert re.findall(r'class="[^"]*brass[^"]*"', svg) == ['class="f-none s-brass-line"']
        assert f"{posed.query.argument()} ?</text>" in svg


def test_what_can_be_picked_on_a_ring_is_read_clockwise_from_the_top():
    posed, content = made()
    scene = bare(asked_run(posed).steps[-1].scenes[0])
    assert isinstance(scene, Ring)
    assert list(content.picks) == list(dict.fromkeys(server for _, server in sorted(scene.ring)))
    assert {option.value for option in content.options} <= set(content.picks)
    assert made("how-many-move")[1].picks == ()


def test_it_is_told_in_words_as_well():
    posed, content = made()
    words = run(RING.cls, posed.cut).steps[posed.stop].scenes[0].words()
    assert content.sentence == words.sentence
    assert content.table == (words.head, *words.rows)
