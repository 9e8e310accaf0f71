"""Questions made by running: the wrong options are what wrong models answer."""

import pytest

from playground.engine.clock import decide
from playground.engine.miniature import Miniature
from playground.engine.query import parse, query_for
from playground.engine.questions import Option, Parting, Question, WrongModel, overridden, pose, pose_about
from playground.engine.run import run
from tests.engine.bells import Bells


class Twice(WrongModel, Bells):
    belief = "a bell rings twice as often as it is told to"

    def ring(self, bell, times):
        yield from super().ring(bell, 2 * times)


class Next(WrongModel, Bells):
    belief = "the next bell rings"

    def ring(self, bell, times):
        known = self.known()
        yield from super().ring(known[(known.index(bell) + 1) % len(known)], times)


class Last(WrongModel, Bells):
    belief = "it is always the last bell that rings"

    def ring(self, bell, times):
        yield from super().ring(self.known()[-1], times)


class First(WrongModel, Bells):
    belief = "it is always the first bell that rings"

    def ring(self, bell, times):
        yield from super().ring(self.known()[0], times)


class Same(WrongModel, Bells):
    belief = "nothing is different"

    def known(self):
        return super().known()


FOUR = "bells=A+B+C+D"


class WhoRang(Question):
    """Who rang last?"""

    name = "who-rang"
    wrong = (Next, Last)
    verbs = r"(\w+ )*ring"
    needs = "a run that ends with a bell rung"

    @classmethod
    def pose(cls, rng):
        bell, times = rng.choice("AB"), rng.between(1, 3)
        return parse(Bells, f"{FOUR}&rounds=1&do=ring:{bell}:{times}").query

    @classmethod
    def prompt(cls, query):
        return "Who rang last?"

    @classmethod
    def answer(cls, done):
        return done.outcome["rung"][-1][0]


def about(query, question=WhoRang):
    return pose_about(Bells, question, parse(Bells, f"{FOUR}&{query}").query)


def test_the_wrong_options_part_where_the_decisions_differ():
    posed = about("rounds=1&do=ring:A:2")
    assert set(posed.options) == {
        Option("A"),
        Option("B", Next.belief, Parting(3, "last", "A", "B"), "Next"),
        Option("D", Last.belief, Parting(3, "last", "A", "D"), "Last"),
    }
    assert (posed.options[posed.place].value, posed.right) == ("A", "A")
    assert posed.prompt == "Who rang last?"


def test_what_a_belief_answers_as_the_machine_or_another_belief_does_is_not_offered():
    four = type("Four", (WhoRang,), {"wrong": (Next, Last, First, Same)})
    assert values(about("rounds=1&do=ring:A", four)) == {"A", "B", "D"}
    assert values(about("rounds=1&do=ring:B", four)) == {"A", "B", "C", "D"}
    assert values(about("rounds=1&do=ring:C", four)) == {"A", "C", "D"}


def test_with_fewer_than_two_wrong_answers_it_is_not_asked():
    two = type("Two", (WhoRang,), {"wrong": (Next, First)})
    assert about("rounds=1&do=ring:A", two) is None
    assert about("rounds=1&do=ring:B", two)


def test_three_wrong_answers_are_offered_of_more_and_not_always_the_same():
    class Quietly(WrongModel, Bells):
        belief = "a bell whispers"

        def ring(self, bell, times):
            self.rung.append(bell.lower())
            yield decide("It whispers.", "last", bell.lower())

    four = type("Four", (WhoRang,), {"wrong": (Next, Last, First, Quietly)})
    asked = [values(about(f"rounds={rounds}&do=ring:B", four)) for rounds in range(1, 60)]
    assert {len(one) for one in asked} == {4}
    assert set.intersection(*asked) == {"B"}
    assert set.union(*asked) == {"A", "B", "C", "D", "b"}


def values(posed):
    return {option.value for option in posed.options}


def test_it_is_asked_at_the_step_before_the_action():
    assert about("rounds=2&do=ring:A").stop == 2
    assert about("rounds=2&do=ring:A&do=ring:B").stop == 3


@pytest.mark.parametrize("model", [Same, Twice])
def test_a_question_whose_runs_do_not_part_is_not_drawn(model):
    question = type("Hopeless", (WhoRang,), {"name": "hopeless", "wrong": (model, Next)})
    assert about("rounds=1&do=ring:A", question) is None
    with pytest.raises(LookupError, match="hopeless"):
        pose(Bells, question, 1)


def test_a_refused_run_is_no_question():
    assert about("rounds=1&do=ring:Z") is None


def test_what_has_been_told_before_is_no_question():
    last = type("Last", (WhoRang,), {"about": "last"})
    assert about("rounds=1&do=ring:A", last).stop == 1
    assert about("rounds=1&do=ring:A&do=ring:B", last) is None


def test_a_question_says_which_runs_it_can_be_asked_about_and_is_asked_about_no_others():
    class Fewer(WhoRang):
        verbs = "ring"

        @classmethod
        def fits(cls, done):
            return done.query["rounds"] > 0

    assert about("rounds=1&do=ring:A", Fewer) is not None
    for other in ("rounds=1", "rounds=1&do=say:x", "rounds=1&do=ring:A&do=drop", "rounds=1&do=@5:ring:A"):
        assert about(other, Fewer) is None, other
    assert about("rounds=0&do=ring:A", Fewer) is None
    needed = "It needs a run that ends with a bell rung, for which 2 wrong ideas or more give answers of their own."
    assert Fewer.needed() == needed


def test_no_option_is_empty():
    silent = type("Silent", (WhoRang,), {"answer": lambda done: done.outcome["rung"][-1][0].strip("B")})
    assert about("rounds=1&do=ring:A", silent) is None
    assert about("rounds=1&do=ring:B", silent) is None


def test_a_seed_asks_one_question():
    assert pose(Bells, WhoRang, 5) == pose(Bells, WhoRang, 5)
    assert {pose(Bells, WhoRang, seed).place for seed in range(40)} == {0, 1, 2}


def test_a_wrong_model_overrides_one_method():
    assert overridden(Next, Bells) == ["ring"]
    assert overridden(Same, Bells) == ["known"]
    assert overridden(Bells, Miniature) != []


class HowOften(Question):
    """The answer and the thing are named, not computed."""

    reads = "rung.0"
    about = "ring at {at}"


def test_the_answer_and_the_thing_are_read_off_the_outcome():
    done = run(Bells, query_for(Bells, rounds=1))
    done.outcome |= {"rung": {"0": "r0"}, "at": 3}
    assert (HowOften.answer(done), HowOften.thing(done)) == ("r0", "ring at 3")
    assert HowOften.points_at(done.query) == ("", "")


def test_a_run_hands_out_its_machine_as_what_it_is():
    done = run(Bells, query_for(Bells, rounds=1))
    assert done.model(Bells).rung == ["r0"]
    with pytest.raises(TypeError, match="not one of Twice"):
        done.model(Twice)


class Unseen(Next):
    """Whoever draws it fails."""

    def draw(self):
        raise AssertionError("nobody looks at a wrong model")


class WhoRangUnseen(WhoRang):
    wrong = (Unseen, Last)


@pytest.mark.parametrize("query", ["rounds=1&do=ring:A:3", "rounds=1&do=ring:A:200"])
def test_a_wrong_model_is_not_drawn_however_long_its_run_is(query):
    assert about(query, WhoRangUnseen)


def test_a_question_about_a_run_that_is_there_is_the_same():
    query = parse(Bells, f"{FOUR}&rounds=1&do=ring:A:3").query
    assert pose_about(Bells, WhoRang, query, right=run(Bells, query)) == pose_about(Bells, WhoRang, query)


def test_a_run_that_is_cut_is_no_question():
    acts = "&".join(["do=ring:A:200"] * 4)
    assert run(Bells, parse(Bells, f"rounds=1&{acts}").query).stopped
    assert about(f"rounds=1&{acts}") is None
    assert about("rounds=1&do=ring:A:200") is not None
