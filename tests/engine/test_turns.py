"""Dear runs take turns: one at a time in a process, a few wait, the rest is told at once. The floor goes round."""

from functools import partial
from threading import Barrier, Event, Thread
from time import monotonic, sleep, thread_time

import pytest

from playground.engine.query import default_query
from playground.engine.registry import entries
from playground.engine.run import run
from playground.engine.turns import COURTESY, SPEECH, Busy, Gate, checkpoint, out_of_turn, taking_turns


def works(seconds):
    """Uses the processor as a run does: in pieces, with a look before each."""
    began = thread_time()
    while thread_time() - began < seconds:
        checkpoint()


def held(gate):
    """Takes the turn in another thread, until it is told to give it back."""
    taken, enough = Event(), Event()

    def hold():
        with taking_turns(gate):
            works(max(gate.free, 0) + 0.01)
            taken.set()
            enough.wait(20)

    thread = Thread(target=hold)
    thread.start()
    assert taken.wait(10)

    def release():
        enough.set()
        thread.join()

    return release


def test_what_costs_little_never_waits():
    gate = Gate(free=0.05, patience=0.0, waiting=0)
    release = held(gate)
    with taking_turns(gate) as turn:
        checkpoint()
    assert not turn.holds
    release()


def test_what_costs_more_takes_the_turn_and_gives_it_back():
    gate = Gate(free=0.01)
    with taking_turns(gate) as turn:
        works(0.02)
        assert turn.holds
    with taking_turns(gate) as another:
        works(0.02)
        assert another.holds


def test_a_second_one_waits_for_the_first():
    gate = Gate(free=0.01, patience=10)
    release, order = held(gate), []

    def second():
        with taking_turns(gate):
            works(0.02)
            order.append("second")

    thread = Thread(target=second)
    thread.start()
    thread.join(0.2)
    assert thread.is_alive()
    order.append("first")
    release()
    thread.join(10)
    assert order == ["first", "second"]


def test_who_has_waited_long_enough_is_told():
    gate = Gate(free=0.01, patience=0.1)
    release = held(gate)
    began = monotonic()
    with pytest.raises(Busy), taking_turns(gate):
        works(1)
    assert monotonic() - began >= 0.1
    release()


@pytest.mark.asvs("2.4.1")
def test_who_comes_when_enough_wait_is_told_at_once():
    gate = Gate(free=0.01, patience=30, waiting=1)
    release, waits = held(gate), Barrier(2)

    def first_in_line():
        with taking_turns(gate):
            waits.wait()
            works(0.02)

    thread = Thread(target=first_in_line)
    thread.start()
    waits.wait()
    while not gate.line:
        pass
    with pytest.raises(Busy), taking_turns(gate):
        works(1)
    assert gate.line == 1
    release()
    thread.join(10)
    assert gate.line == 0


def test_who_has_waited_longest_is_next():
    gate, order, threads = Gate(free=0.01, patience=20), [], []
    release = held(gate)

    def wait(number):
        with taking_turns(gate):
            works(0.02)
            order.append(number)

    for number in range(gate.waiting):
        threads.append(Thread(target=wait, args=(number,)))
        threads[-1].start()
        while gate.line <= number:
            pass
    release()
    for thread in threads:
        thread.join(10)
    assert order == [0, 1, 2, 3]


def test_what_cannot_be_interrupted_takes_the_turn_before_it_begins():
    gate = Gate(free=30)
    with taking_turns(gate) as turn:
        checkpoint()
        assert not turn.holds
        checkpoint(dear=True)
        assert turn.holds


def test_a_run_that_fails_gives_its_turn_back():
    gate = Gate(free=0.01, patience=0.0)

    def fail():
        works(0.02)
        raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"), taking_turns(gate):
        fail()
    with taking_turns(gate) as turn:
        works(0.02)
    assert turn.holds


def test_who_was_told_to_come_again_holds_nothing():
    gate = Gate(free=0.01, patience=0.0)
    release = held(gate)
    with pytest.raises(Busy), taking_turns(gate):
        works(1)
    release()
    with taking_turns(gate) as turn:
        works(0.02)
    assert turn.holds


def test_out_of_turn_nobody_waits():
    gate = Gate(free=0.0, patience=0.0)
    release = held(gate)
    with taking_turns(gate) as turn, out_of_turn():
        works(0.02)
    assert not turn.holds
    release()


@pytest.mark.asvs("15.2.2")
@pytest.mark.parametrize("slug", entries())
def test_every_run_looks_at_its_turn(slug):
    """With nothing free and the turn taken, a run gets nowhere."""
    gate = Gate(free=-1, patience=0.0)
    release = held(gate)
    cls = entries()[slug].cls
    with pytest.raises(Busy), taking_turns(gate):
        run(cls, default_query(cls))
    release()


def test_outside_of_requests_a_run_waits_for_nobody():
    release = held(Gate(free=0.0))
    cls = entries()["hash-ring"].cls
    assert run(cls, default_query(cls)).last > 0
    release()


def at_once(*works):
    """Each in a thread of its own, begun in this order; until all have ended."""
    threads = [Thread(target=work) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
        assert not thread.is_alive()


def test_one_has_the_floor_at_a_time():
    gate, inside, together = Gate(free=10), [], []

    def piece(number):
        with taking_turns(gate):
            for _ in range(20):
                checkpoint()
                inside.append(number)
                together.append(len(inside))
                sleep(0.001)  # others would begin
                inside.remove(number)

    at_once(*(partial(piece, number) for number in range(3)))
    assert len(together) == 60
    assert set(together) == {1}


def test_after_a_while_the_floor_is_offered_and_what_is_short_ends_first():
    gate, begun, order = Gate(free=10), Event(), []

    def long():
        with taking_turns(gate):
            checkpoint()
            begun.set()
            works(10 * SPEECH)
            order.append("long")

    def short():
        begun.wait(10)
        with taking_turns(gate):
            works(SPEECH / 3)
            order.append("short")

    at_once(long, short)
    assert order == ["short", "long"]


def test_who_waits_for_the_turn_leaves_the_floor_to_others():
    gate = Gate(free=0.01, patience=20)
    release, waits = held(gate), Event()
    gate.floor.leave()  # who holds the turn here waits for nothing of ours

    def dear():
        with taking_turns(gate):
            waits.set()
            works(0.02)

    thread = Thread(target=dear)
    thread.start()
    assert waits.wait(10)
    while not gate.line:
        pass
    with taking_turns(gate) as turn:
        checkpoint()
        assert turn.speaks
    gate.floor.enter(0)  # as it was taken from there
    release()
    thread.join(10)
    assert not thread.is_alive()


def test_nobody_is_refused_for_want_of_the_floor_and_it_is_waited_for_once():
    gate = Gate(free=10)
    assert gate.floor.enter(0)  # by one that never gives it back
    began = monotonic()
    with taking_turns(gate) as turn:
        works(SPEECH / 2)
        assert not turn.speaks
    assert COURTESY <= monotonic() - began < 2 * COURTESY


def test_the_floor_is_given_back_by_a_run_that_fails():
    gate = Gate()

    def fail():
        checkpoint()
        raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"), taking_turns(gate):
        fail()
    assert gate.floor.enter(0)
