"""Virtual time: who speaks when, in which order, and from which line."""

from pathlib import Path

from playground.engine.clock import Clock, Event, Until, Wait
from playground.engine.query import parse
from playground.engine.run import run
from tests.engine.bells import Bells, Waiting


def say(*words):
    yield from words


def later(microseconds, *words):
    yield Wait(microseconds)
    yield from words


def heard(clock):
    return [(heard.now, heard.say.text) for heard in clock.drain()]


def told(cls, query):
    return [(step.clock, step.text) for step in run(cls, parse(cls, query).query).steps]


def test_processes_speak_at_their_instants():
    clock = Clock()
    clock.start(later(30, "c"))
    clock.start(later(10, "a"))
    clock.start(later(20, "b"))
    assert heard(clock) == [(10, "a"), (20, "b"), (30, "c")]


def test_at_one_instant_the_one_started_first_finishes_first():
    clock = Clock()
    clock.start(say("first 1", "first 2"))
    clock.start(say("second"))
    assert heard(clock) == [(0, "first 1"), (0, "first 2"), (0, "second")]


def test_a_tie_goes_by_order_of_start_not_by_order_of_arrival():
    clock = Clock()
    clock.start(later(30, "started first"))

    def two_naps():
        yield Wait(10)
        yield Wait(20)
        yield "started second"

    clock.start(two_naps())
    assert heard(clock) == [(30, "started first"), (30, "started second")]


def test_who_waits_again_at_one_instant_comes_before_those_started_later():
    """Also where it waits for nothing, or for what has happened."""
    clock, happened, order = Clock(), Event(), []
    clock.happen(happened)

    def walker(name):
        yield Wait(10)
        for waits in (Wait(0), Until(happened), Wait(-1)):
            order.append(name)
            yield waits
        yield name

    clock.start(walker("first"))
    clock.start(walker("second"))
    assert heard(clock) == [(10, "first"), (10, "second")]
    assert order == ["first"] * 3 + ["second"] * 3


def test_who_is_started_between_two_narrations_speaks_in_its_turn():
    clock = Clock()
    clock.start(later(10, "a", "b"), act=0)
    told = []
    for heard in clock.until_ended(0):
        told.append((heard.now, heard.say.text))
        if heard.say.text == "a":
            clock.start(say("c"), act=0)
            clock.start(later(5, "d"), act=0)
    assert told == [(10, "a"), (10, "b"), (10, "c"), (15, "d")]


def test_an_event_wakes_all_who_wait_in_order_of_start():
    clock, event = Clock(), Event()

    def waiter(name, nap):
        yield Wait(nap)
        yield Until(event)
        yield name

    clock.start(waiter("a", 20))
    clock.start(waiter("b", 10))

    def opener():
        yield Wait(40)
        clock.happen(event)

    clock.start(opener())
    assert heard(clock) == [(40, "a"), (40, "b")]


def test_who_comes_after_the_event_goes_straight_on():
    clock, event = Clock(), Event()
    clock.happen(event)

    def late():
        yield Until(event)
        yield "on time"

    clock.start(late())
    assert heard(clock) == [(0, "on time")]


def test_the_end_of_a_process_is_an_event():
    clock = Clock()
    first = clock.start(later(25, "done"))

    def after():
        yield Until(first.done)
        yield "after it"

    clock.start(after())
    assert heard(clock) == [(25, "done"), (25, "after it")]


def test_a_start_in_the_past_happens_now():
    clock = Clock()
    clock.start(later(50))
    assert heard(clock) == []
    clock.start(say("late"), at=20)
    assert heard(clock) == [(50, "late")]


def test_waiting_less_than_nothing_is_waiting_nothing():
    clock = Clock()
    clock.start(later(-5, "now"))
    assert heard(clock) == [(0, "now")]


def test_a_background_process_is_heard_and_does_not_hold_up_the_end():
    assert told(Waiting, "")[1:] == [
        (0, "first arrives."),
        (0, "second arrives."),
        (30, "tick"),
        (50, "The gate opens."),
        (50, "first enters."),
        (50, "second enters."),
        (60, "first leaves."),
        (60, "second leaves."),
    ]


def test_a_process_that_waits_for_ever_does_not_hang_the_clock():
    clock = Clock()

    def stuck():
        yield "waiting"
        yield Until(Event())
        yield "never"

    clock.start(stuck(), act=0)
    assert [heard.say.text for heard in clock.until_ended(0)] == ["waiting"]
    assert clock.busy(0)


def test_an_untimed_action_starts_when_the_one_before_has_ended():
    assert told(Bells, "rounds=0&do=ring:A:2&do=say:x")[1:] == [
        (0, "A rings 1."),
        (1000, "A rings 2."),
        (2000, "Somebody says x."),
    ]


def test_a_timed_action_happens_while_others_are_under_way():
    assert told(Bells, "rounds=0&do=ring:A:3&do=@1500:ring:B")[1:] == [
        (0, "A rings 1."),
        (1000, "A rings 2."),
        (1500, "B rings 1."),
        (2000, "A rings 3."),
    ]


def test_a_step_belongs_to_the_action_whose_process_spoke():
    done = run(Bells, parse(Bells, "rounds=1&do=ring:A:2&do=@500:ring:B").query)
    assert [(step.text, step.act) for step in done.steps] == [
        ("Silence.", -1),
        ("Round 1.", -1),
        ("A rings 1.", 0),
        ("B rings 1.", 1),
        ("A rings 2.", 0),
    ]
    assert done.starts == {-1: 0, 0: 2, 1: 3}


def test_the_line_is_the_one_that_speaks_also_two_generators_down():
    def outer():
        yield "outer"  # line 1
        yield from middle()

    def middle():
        yield from inner()

    def inner():
        yield "inner"  # line 2

    clock = Clock()
    clock.start(outer())
    lines = [heard.line for heard in clock.drain()]
    here = Path(__file__).read_text().splitlines()
    assert [here[line.number - 1].strip() for line in lines] == ['yield "outer"  # line 1', 'yield "inner"  # line 2']
    assert [line.function.rpartition(".")[2] for line in lines] == ["outer", "inner"]
    assert {line.file for line in lines} == {__file__}


def test_the_line_is_never_the_schedulers():
    for query in ("", "do=shout", "do=sleep:500&do=@20:shout"):
        done = run(Waiting, parse(Waiting, query).query)
        functions = {step.line.function for step in done.steps[1:]}
        assert functions <= {f"Waiting.{name}" for name in ("start", "visitor", "ticking", "shout", "sleep")}
