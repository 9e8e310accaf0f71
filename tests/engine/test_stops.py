"""A surprise is a stop: the trace tells it, and an action is followed up to the first one."""

import pytest

from playground.engine.actions import Refused, action
from playground.engine.beside import pair
from playground.engine.clock import Say, Wait, decide
from playground.engine.inputs import Name, Whole
from playground.engine.query import parse
from playground.engine.run import Run, run
from playground.engine.trace import trace
from tests.engine.bells import Bells


class Cracked(Bells):
    """Every third ring of a bell cracks it, and in the end somebody hears."""

    @action("Ring", timed=True, bell=Name(among="known"), times=Whole(1, least=1, most=300))
    def ring(self, bell, times):
        if bell not in self.known():
            raise Refused("bell", f"There is no bell {bell}.")
        for number in range(1, times + 1):
            self.rung.append(f"{bell}{len(self.rung)}")
            yield decide(f"{bell} rings {number}.", "last", bell, stop=number % 3 == 0)
            yield Wait(1000)
        yield "Silence again."

    @action("Drop the last")
    def drop(self):
        self.rung.pop()
        yield Say("One less.", stop=True)


def ran(query: str, cls: type[Bells] = Cracked) -> Run:
    return run(cls, parse(cls, query).query)


def stops(done: Run) -> list[int]:
    return [number for number, step in enumerate(done.steps) if step.stop]


def test_a_step_is_a_stop_where_the_model_says_so_and_nowhere_else():
    assert stops(ran("rounds=1&do=ring:A:7")) == [4, 7]
    assert stops(ran("rounds=1&do=drop")) == [2]
    assert stops(ran("rounds=5")) == []


def test_the_trace_tells_a_stop_as_1_and_nothing_where_there_is_none():
    told = trace("bells", 1, ran("rounds=1&do=ring:A:4"), "wide")["steps"]
    assert {number: step["stop"] for number, step in enumerate(told) if "stop" in step} == {4: 1}


def test_nothing_else_is_told_otherwise_for_it():
    query = "rounds=1&do=ring:A:4"
    told = trace("bells", 1, ran(query), "wide")["steps"]
    assert told.pop()["say"] == "Silence again."
    for step in told:
        step.pop("stop", None)
    plain = trace("bells", 1, ran(query, Bells), "wide")["steps"]
    without_lines = [[{**step, "line": None} for step in steps] for steps in (told, plain)]
    assert without_lines[0] == without_lines[1]


@pytest.mark.parametrize(
    ("query", "consequence"),
    [
        ("rounds=1&do=ring:A:7", 4),  # the first of two surprises
        ("rounds=1&do=drop", 2),  # its own first step
        ("rounds=1&do=ring:A:2", 4),  # none: its last step
        ("rounds=1&do=say:x&do=ring:A:3", 5),  # none of its own: the next
    ],
)
def test_an_action_leads_to_the_first_surprise_from_its_first_step_on_else_to_its_last(query: str, consequence: int):
    assert ran(query).consequence(0) == consequence


def test_a_surprise_before_the_action_is_none_of_its_doing():
    done = ran("rounds=1&do=ring:A:3&do=ring:B:1")
    assert stops(done) == [4]
    assert done.consequence(1) == done.last


def test_what_a_timed_action_leads_to_may_be_told_by_what_was_under_way():
    done = ran("rounds=0&do=@0:ring:A:3&do=@500:ring:B:1")
    (stop,) = stops(done)
    assert done.starts[1] < stop
    assert done.steps[stop].act == 0
    assert done.consequence(1) == stop < done.last


def test_an_action_that_never_began_leads_to_the_end():
    done = ran("rounds=1&do=ring:A:3&do=ring:Z&do=drop")
    assert done.refusal
    assert done.consequence(2) == done.last


def test_the_step_that_says_that_a_run_was_cut_is_no_surprise_of_the_model():
    done = ran("rounds=0&do=ring:A:300&do=ring:A:300")
    assert done.stopped
    assert not done.steps[-1].stop


def test_two_runs_side_by_side_stop_where_either_does():
    left, right = ran("rounds=0&do=ring:A:3"), ran("rounds=0&do=ring:A:2")
    for one, other in ((left, right), (right, left)):
        both = pair(one, other, ("one", "other"))
        assert ["rings 3." in both.steps[step].text for step in stops(both)] == [True]
