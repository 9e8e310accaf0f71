"""What holds each other in a circle goes: what is new after the next answer, the rest after very many."""

import gc
from weakref import ref

import pytest

from config.collector import Collector, look_rarely


class Circle:
    """A value that nothing but the collector frees."""

    def __init__(self) -> None:
        self.own = self


@pytest.fixture(autouse=True)
def by_hand():
    gc.collect()
    gc.disable()
    yield
    gc.enable()


def test_what_an_answer_leaves_behind_goes_after_it():
    left = ref(Circle())
    assert left() is not None
    Collector().look()
    assert left() is None


def test_what_lived_on_goes_with_the_look_at_everything():
    collector, kept = Collector(every=3), Circle()
    collector.look()
    left = ref(kept)
    del kept
    collector.look()
    assert left() is not None
    collector.look()
    assert left() is None


def test_what_was_there_before_the_process_is_never_looked_at():
    kept = Circle()
    gc.freeze()
    try:
        left = ref(kept)
        del kept
        Collector(every=1).look()
        assert left() is not None
    finally:
        gc.unfreeze()


def test_python_itself_looks_rarely():
    before = gc.get_threshold()
    try:
        look_rarely()
        assert gc.get_threshold()[0] >= 100_000
    finally:
        gc.set_threshold(*before)
