"""A run: what it keeps, where it ends, and what it says when it is cut short."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.engine import limits
from playground.engine.inputs import Choice, Fixed, Flag, Names, Numbers, Seed, Text, Whole
from playground.engine.patches import compact
from playground.engine.query import parse, print_query
from playground.engine.rng import Rng
from playground.engine.run import run, unseen
from playground.engine.trace import trace
from playground.engine.walk import walk
from tests.engine.bells import Bells, Few, Heavy, Row, Waiting


def number_in(pattern, sentence):
    found = re.search(pattern, sentence)
    assert found, sentence
    return int(found[1])


def ran(query, cls=Bells):
    return run(cls, parse(cls, query).query)


def test_step_0_is_the_state_before_anything_happened():
    first = ran("rounds=1").steps[0]
    assert (first.text, first.scenes[0].names, first.clock, first.act) == ("Silence.", (), 0, -1)
    assert first.line.file == ""


def test_a_step_names_its_file_below_playground_or_none():
    step = ran("rounds=1").steps[1]
    assert step.line.file == ""  # the tests are not below playground
    assert step.line.function == "Bells.start"


def test_decisions_are_listed_with_their_steps():
    assert [(step, *made) for step, made in ran("rounds=1&do=ring:A:2").decisions()] == [
        (2, "last", "A"),
        (3, "last", "A"),
    ]


def test_a_refused_action_ends_the_run_and_keeps_what_was():
    done = ran("rounds=1&do=ring:A&do=ring:Z&do=drop")
    assert tuple(done.refusal) == ("do[1].bell", "There is no bell Z.", "Z")
    assert [step.text for step in done.steps] == ["Silence.", "Round 1.", "A rings 1."]
    assert done.outcome["rung"] == ["r0", "A1"]


def test_a_timed_action_that_is_refused_names_itself_not_the_one_under_way():
    done = ran("rounds=0&do=ring:A:5&do=@1500:ring:Z")
    assert done.refusal.field == "do[1].bell"
    assert [step.text for step in done.steps][1:] == ["A rings 1.", "A rings 2."]


def test_acting_from_a_step_keeps_the_actions_that_have_started_by_then():
    done = ran("rounds=1&do=ring:A:2&do=drop&do=say:x")
    names = [[act.verb for act in done.kept_at(step)] for step in range(done.last + 1)]
    assert names == [[], [], ["ring"], ["ring"], ["ring", "drop"], ["ring", "drop", "say"]]


def test_acting_from_a_step_drops_a_timed_action_that_comes_later():
    done = ran("rounds=0&do=@5000:ring:B&do=@100:ring:A")
    assert [act.arguments[0] for act in done.kept_at(1)] == ["A"]


def test_a_timed_action_happens_while_the_set_up_is_under_way():
    done = ran("do=@20:shout", Waiting)
    told = [(step.clock, step.text) for step in done.steps]
    assert told.index((20, "Hey!")) < told.index((50, "The gate opens."))


def test_a_run_that_is_too_long_stops_at_the_limit_and_keeps_its_outcome():
    done = ran("rounds=600")
    assert len(done.steps) == limits.STEPS
    assert done.steps[-1].text == done.stopped
    assert done.steps[-1].scenes == done.steps[-2].scenes
    assert len(done.outcome["rung"]) == limits.STEPS - 1


def test_its_last_step_says_what_to_lower_to_half_and_that_fits():
    sentence = ran("rounds=600&do=drop").stopped
    assert sentence.endswith("To see its end, lower rounds to 300.")
    assert not ran("rounds=300&do=drop").stopped


def test_a_run_whose_trace_is_full_stops_too_and_what_it_advises_fits():
    done = ran("rounds=600", Heavy)
    assert len(done.steps) < limits.STEPS
    assert len(compact(trace("bells", 1, done, "wide")).encode()) <= limits.TRACE
    assert done.stopped.endswith("To see its end, lower rounds to 75."), "half of half of half"
    assert not ran("rounds=75", Heavy).stopped


def test_where_what_is_left_would_be_too_long_as_well_no_figure_is_named():
    assert ran("rounds=3&do=@0:ring:A:300", Heavy).stopped.endswith("To see its end, lower rounds.")


class Fuller(Bells):
    """Bells of which all are shown where there are few rounds."""

    def draw(self):
        return (Row(tuple(self.rung if self.rounds < 600 else self.rung[-4:])),)


def test_where_a_run_of_fewer_steps_is_heavier_no_figure_is_named():
    assert ran("rounds=600", Fuller).stopped.endswith("To see its end, lower rounds.")


def test_an_action_that_has_ended_during_the_set_up_is_not_what_to_keep():
    sentence = ran("rounds=600&do=@0:ring:A").stopped
    assert sentence.endswith("To see its end, lower rounds to 300.")


@pytest.mark.parametrize(
    ("cls", "query", "advice"),
    [
        (Bells, "rounds=3&do=@0:ring:A:290&do=@0:ring:B:290", "keep the first action alone"),
        (Bells, "rounds=3&do=drop&do=ring:A:300&do=@2:ring:B:300", "keep the first action alone"),
        (Heavy, "do=@0:ring:A:300&do=@0:ring:B:300", "lower rounds"),
    ],
)
def test_where_actions_happen_among_each_other_it_says_to_keep_the_first_if_that_fits(cls, query, advice):
    assert ran(query, cls).stopped.endswith(f"To see its end, {advice}.")


@given(
    rounds=st.integers(0, 600),
    acts=st.lists(st.tuples(st.sampled_from(["", "@0:", "@900:", "@90000:"]), st.integers(1, 300)), max_size=5),
)
def test_whatever_is_advised_fits(rounds, acts):
    deeds = [f"do={at}ring:A:{times}" for at, times in acts]
    stopped = ran("&".join([f"rounds={rounds}", *deeds])).stopped
    if found := re.search(r"lower rounds to (\d+)", stopped):
        assert not ran("&".join([f"rounds={found[1]}", *deeds[:1]])).stopped
    elif "keep the first" in stopped:
        kept = 1 if "the first action alone" in stopped else number_in(r"keep the first (\d+) actions", stopped)
        assert not ran("&".join([f"rounds={rounds}", *deeds[:kept]])).stopped
    else:
        assert not stopped or stopped.endswith(("lower rounds.", "keep fewer actions."))


class Drawn(Heavy):
    """Heavy bells that count how often they are drawn."""

    times = 0

    def draw(self):
        Drawn.times += 1
        return super().draw()


@pytest.mark.parametrize("query", ["rounds=600", "rounds=600&do=@0:ring:A:99", "do=@0:ring:A:300&do=@0:ring:B:300"])
def test_a_run_that_is_cut_during_its_set_up_costs_at_most_twice_a_run(query):
    Drawn.times = 0
    done = ran(query, Drawn)
    assert done.stopped
    assert Drawn.times <= 2 * len(done.steps)


def test_a_run_stops_at_the_same_step_with_and_without_pictures():
    query = parse(Heavy, "rounds=600").query
    assert len(run(Heavy, query, draw=False).steps) == len(run(Heavy, query).steps)


def test_a_run_that_nobody_looks_at_is_not_drawn_and_breaks_off_without_advice():
    Drawn.times = 0
    done = unseen(Drawn, parse(Drawn, "rounds=600").query)
    assert (Drawn.times, len(done.steps), done.stopped) == (0, limits.STEPS - 1, "The run breaks off here.")
    assert len(done.outcome["rung"]) == limits.STEPS - 1, "the one that was too many has happened"
    assert len(unseen(Drawn, parse(Drawn, "rounds=600").query, 20).steps) == 19


def test_where_later_actions_are_too_many_it_says_how_many_to_keep():
    acts = ["do=ring:A:200"] * 4
    sentence = ran("rounds=1&" + "&".join(acts)).stopped
    keep = number_in(r"keep the first (\d+) actions", sentence)
    assert not ran("rounds=1&" + "&".join(acts[:keep])).stopped
    assert ran("rounds=1&" + "&".join(acts[: keep + 1])).stopped


def test_a_run_without_pictures_says_and_answers_the_same():
    query = parse(Bells, "do=ring:A:3&do=@1:ring:B&do=drop").query
    drawn, plain = run(Bells, query), run(Bells, query, draw=False)
    assert [step._replace(scenes=()) for step in drawn.steps] == plain.steps
    assert drawn.outcome == plain.outcome


@given(seed=st.integers(0, 10**6))
def test_a_run_is_a_function_of_its_query(seed):
    query = walk(Few, Rng(seed))
    again = parse(Few, print_query(Few, query)).query
    assert run(Few, query).steps == run(Few, again).steps


class Letters(Bells):
    """Bells that ring once for each letter of a text that must end with a full stop."""

    grows_with = "note"
    note = Text("ding.", least=1, most=900)

    def rules(self):
        return [] if self.note.endswith(".") else [("note", "It ends with a full stop.")]

    def start(self):
        for place, letter in enumerate(self.note):
            self.rung.append(f"{letter}{place}")
            yield f"{letter} rings."


def test_a_run_that_grows_with_a_text_says_to_how_many_characters_to_shorten_it():
    text = "".join("." if place % 10 == 9 else "a" for place in range(900))
    sentence = ran(f"note={text}&rounds=0", Letters).stopped
    most = number_in(r"shorten note to (\d+) characters", sentence)
    assert most == 450
    assert text[most - 1] == ".", "only what the rules allow is advised"
    assert not ran(f"note={text[:most]}&rounds=0", Letters).stopped


def test_no_beginning_is_advised_that_the_rules_refuse():
    assert ran(f"note={'a' * 899}.&rounds=0", Letters).stopped.endswith("To see its end, shorten note.")


@pytest.mark.parametrize(
    ("kind", "value", "cut", "advice", "less"),
    [
        (Whole(5, least=2, most=9), 4, 2, "lower many to 2", "lower many"),
        (Text("abc", least=1, most=9), "abc", "a", "shorten many to 1 characters", "shorten many"),
        (
            Names("A B C", most=4),
            Names("A B C", most=4).default,
            Names("A", most=4).default,
            "leave 1 of the many",
            "leave fewer of the many",
        ),
        (Numbers("1 2", most=9, count=3), (1, 2), (), "leave 0 of the many", "leave fewer of the many"),
    ],
)
def test_what_has_a_size_can_be_cut_down_to_its_least(kind, value, cut, advice, less):
    kind.named("many")
    least = kind.sizes(value)[0]
    assert kind.cut(value, least) == cut == kind.parse(kind.print(cut))
    assert (kind.advice(least), kind.advice()) == (advice, less)


@pytest.mark.parametrize(
    "kind", [Seed(), Flag(True), Choice("a", {"a": "a", "b": "b"}), Fixed("1", least="0", most="2", places=1)]
)
def test_what_has_no_size_is_not_cut(kind):
    assert not kind.sizes(kind.default)
