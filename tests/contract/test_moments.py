"""The one moment by which a miniature is known in a list: a small picture, a figure of the run, a word."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.drawn.pictures import THEMES
from playground.drawn.thumbs import EDGE, LEAST, WIDTH, said_width, thumbnail_of
from playground.engine.query import parse, print_query
from tests.contract.every import each_miniature, place, ran


@each_miniature
def test_its_run_is_sound_and_is_seen_at_a_step_of_it(entry):
    where = place(entry, "about.py")
    parsed = parse(entry.cls, entry.moment.query)
    assert (parsed.problems, parsed.ignored) == ([], []), where
    assert print_query(entry.cls, parsed.query) == entry.moment.query, where
    done = ran(entry.cls, entry.moment.query)
    assert not done.refusal
    assert 0 < parsed.query.step <= done.last, f"{where}: MOMENT names the step that is drawn"


@each_miniature
def test_its_figure_and_its_word_are_short_and_fit(entry):
    where = place(entry, "about.py")
    figure = entry.moment.figure(ran(entry.cls, entry.moment.query))
    assert re.fullmatch(r"\S.{0,7}", figure), f"{where}: {figure!r}"
    assert re.fullmatch(r"[a-zA-Z0-9 ]{2,9}", entry.moment.word), f"{where}: {entry.moment.word!r}"
    assert said_width(figure, entry.moment.word) + LEAST <= WIDTH - 2 * EDGE + 4, (
        f"{where}: {figure} {entry.moment.word}"
    )


@each_miniature
@pytest.mark.parametrize("theme", THEMES)
def test_nothing_but_figure_and_word_is_written_in_it(entry, theme):
    """What else a picture says would be smaller than one can read at 108 by 48."""
    done = ran(entry.cls, entry.moment.query)
    texts = re.findall(r"<text[^>]*>([^<]*)</text>", thumbnail_of(entry, theme))
    assert texts == [entry.moment.figure(done), entry.moment.word]
    sizes = [float(size) for size in re.findall(r'font-size="([^"]+)"', thumbnail_of(entry, theme))]
    assert min(sizes) / 2 >= 11


@given(st.text("0123456789 .≠+", min_size=1, max_size=8), st.text("abc ", min_size=2, max_size=9))
def test_a_longer_figure_or_word_takes_more_room(figure, word):
    assert said_width(f"{figure}0", f"{word}a") > said_width(figure, word)
