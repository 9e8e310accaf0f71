"""A long run is painted to be weighed; nobody paints it a second time."""

from playground.engine.paintings import Paintings
from playground.engine.query import do, query_for
from playground.engine.run import run
from playground.engine.trace import compact, paint_all, picture, trace
from playground.engine.weight import FREE
from playground.scenes.marks import NARROW, WIDE
from playground.scenes.paint import PAINTERS
from tests.engine.bells import Bells, Row
from tests.engine.bells import painted as paint_row


class Still(Bells):
    """Bells that nobody sees."""

    def draw(self):
        return (Row(()),)


def counted(monkeypatch):
    """The (layout, room) of every painting from here on."""
    painted = []

    def painter(row, layout, room):
        painted.append((layout, room))
        return paint_row(row, layout, room)

    monkeypatch.setitem(PAINTERS, Row, painter)
    return painted


def test_what_was_painted_on_the_scale_is_taken_for_the_trace_and_the_page(monkeypatch):
    # The first few steps were painted for less room than the run comes to need, the last one not at all.
    long = run(Bells, query_for(Bells, rounds=100))
    painted = counted(monkeypatch)
    trace("bells", 1, long, WIDE)
    picture(long, long.last, 0, WIDE)
    assert len(painted) <= Bells.shown + 2
    assert {layout for layout, _ in painted} == {WIDE}


def test_the_other_layout_is_painted_anew(monkeypatch):
    long = run(Bells, query_for(Bells, rounds=100))
    painted = counted(monkeypatch)
    paint_all(long, NARROW)
    assert len(painted) == len(long.steps)


def test_it_comes_to_the_same_as_painting_everything():
    long = run(Bells, query_for(Bells, rounds=100))
    kept = [compact(trace("bells", 1, long, layout)) for layout in (WIDE, NARROW)]
    long.paintings.forget()
    assert kept == [compact(trace("bells", 1, long, layout)) for layout in (WIDE, NARROW)]


def test_a_scene_that_stays_is_painted_once_on_the_scale(monkeypatch):
    painted = counted(monkeypatch)
    run(Still, query_for(Still, rounds=FREE + 40))
    assert len(painted) == 1


def test_nothing_is_kept_where_nobody_looks():
    assert not run(Bells, query_for(Bells, rounds=100), draw=False).paintings._kept
    assert not run(Bells, query_for(Bells, *[do("drop")] * 90), draw=False).paintings._kept
    assert not run(Bells, query_for(Bells, rounds=FREE - 5)).paintings._kept


class Told(Row):
    """A row that counts how often it is told."""

    times = 0

    def words(self):
        Told.times += 1
        return super().words()


def test_a_scene_that_comes_again_is_painted_and_told_once(monkeypatch):
    painted, kept, row = counted(monkeypatch), Paintings(), Told(("a", "b"))
    monkeypatch.setitem(PAINTERS, Told, PAINTERS[Row])
    pictures = [kept.of(row, layout, (2,)) for layout in (WIDE, NARROW, WIDE)]
    assert pictures[0] is pictures[2]
    assert painted == [(WIDE, (2,)), (NARROW, (2,))]
    assert kept.of(row, WIDE, (3,)) != pictures[0], "for more room it is another picture"
    assert kept.words(row) is kept.words(row)
    assert Told.times == 1


def test_what_is_gone_is_not_taken_for_what_comes_after_it():
    kept = Paintings()
    # Each may lie where the one before lay, if nobody held on to that.
    said = [kept.words(Row(("a",) * number)).sentence for number in range(50)]
    assert said == [f"{number} discs." for number in range(50)]


def test_what_is_known_of_a_step_is_known_of_it_in_the_next_run(monkeypatch):
    first = run(Bells, query_for(Bells, rounds=Bells.shown))
    compact(trace("bells", 1, first, WIDE))
    painted, asked, room = counted(monkeypatch), [], Row.room

    def counting(row):
        asked.append(row)
        return room(row)

    monkeypatch.setattr(Row, "room", counting)
    longer = run(Bells, query_for(Bells, do("say", "hi"), rounds=Bells.shown), before=first)
    told = compact(trace("bells", 1, longer, WIDE))
    # Nothing rings, so the one new step looks like the one before it.
    assert (painted, len(asked)) == ([], 1)
    assert told == compact(trace("bells", 1, run(Bells, longer.query), WIDE))
