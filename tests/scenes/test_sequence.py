"""Who says what: plain words with room of their own, lifelines that tell who waits, a bar that adds up."""

import re
from decimal import Decimal
from functools import cache
from itertools import pairwise
from typing import Any

import pytest

from playground.engine import golden
from playground.engine.query import parse, print_query
from playground.engine.registry import entries
from playground.engine.rng import Rng
from playground.engine.run import Run, run
from playground.engine.trace import picture
from playground.guide.samples.sequence import SAMPLES
from playground.miniatures.payments.visa_authorization.office import SILENCE
from playground.scenes.marks import LAYOUTS, NARROW, WIDE, Mark
from playground.scenes.paint import paint
from playground.scenes.sequence import LOST, WAITS, WORKS
from tests.scenes.texts import boxes, misplaced

VISA = entries()["visa-authorization"]
LOST_ANSWER = "do=@1500000:drop:answer"
HIGH = {WIDE: 390, NARROW: 404}
"""Units that the whole picture may take: with narration, transport and verbs it fits one screen."""

each_layout = pytest.mark.parametrize("layout", LAYOUTS)


@cache
def done(text: str = "") -> Run:
    return run(VISA.cls, parse(VISA.cls, text).query)


@cache
def some() -> tuple[str, ...]:
    """The scenarios, the runs on record, and random ones: a hundred and more."""
    rng = Rng(8583)
    drawn = set(golden.queries(VISA)) | {one.query for one in VISA.scenarios}
    while len(drawn) < 120:
        drawn.add(f"{drawn_inputs(rng)}{drawn_acts(rng)}".lstrip("&"))
    kept = (parse(VISA.cls, text).query for text in sorted(drawn) if "front=" not in text)
    return tuple(print_query(VISA.cls, query) for query in kept)


def drawn_inputs(rng: Rng) -> str:
    limit, balance, amount = (rng.between(0, most) for most in (9000, 9000, 5000))
    patience, takes = rng.between(10, 80) / 10, rng.between(0, 100) / 10
    return (
        f"limit={limit}.00&balance={balance}.00&amount={max(amount, 1)}.50&latency={takes}&timeout={patience}"
        f"&stand_in={rng.choice((0, 0, 100, 500))}&entry={rng.choice(('chip', 'tap', 'stripe', 'online'))}"
    )


def drawn_acts(rng: Rng) -> str:
    acts = (
        "drop:answer",
        "drop:request",
        "drop:reversals",
        "authorise:40.00",
        "increment:4999.00",
        "reverse",
        "expire",
    )
    return "".join(f"&do={rng.choice(acts)}" for _ in range(rng.between(0, 3)))


def scenes_of(text: str) -> list[Any]:
    """The first scene of each step, which is a sequence."""
    return [step.scenes[0] for step in done(text).steps]


def moments(text: str) -> list[int]:
    """Some steps of a run: its first, its last, and two between."""
    last = done(text).last
    return sorted({0, last // 3, 2 * last // 3, last})


@each_layout
def test_no_two_texts_meet_and_none_leaves_the_sheet_over_a_hundred_runs(layout: str):
    assert len(some()) > 100
    for text in some():
        for step in moments(text):
            assert misplaced(picture(done(text), step, 0, layout), above=0.75, below=0.2) == [], (text, step)


@each_layout
def test_what_is_said_lies_on_no_lifeline_over_a_hundred_runs(layout: str):
    for text in some():
        for step in moments(text):
            scene = scenes_of(text)[step]
            lanes = [scene.places(layout).x(lane.name) for lane in scene.lanes]
            for key, left, _, right, _ in boxes(picture(done(text), step, 0, layout)):
                if key.startswith(("msg:", "did:", "silence:")):
                    assert not [x for x in lanes if left < x + 3.5 and right > x - 3.5], (text, step, key)


@each_layout
@pytest.mark.parametrize("text", ["", LOST_ANSWER, "latency=3.0&timeout=2.0"])
def test_the_sheet_is_as_high_at_every_step_and_the_last_thing_said_is_in_view(layout: str, text: str):
    high = {picture(done(text), step, 0, layout).height for step in range(done(text).last + 1)}
    assert len(high) == 1
    assert high.pop() <= HIGH[layout]
    for step, scene in enumerate(scenes_of(text)):
        keys = {mark.key for mark in picture(done(text), step, 0, layout).marks}
        assert {one.key for one in scene.messages[-1:]} <= keys


def test_narrow_words_take_two_lines_at_most_where_amounts_have_three_digits():
    for text in ("", LOST_ANSWER, "do=authorise:100.00&do=authorise:40.00", "balance=500.00&latency=6.0&stand_in=100"):
        scene = scenes_of(text)[-1]
        assert {len(scene.places(NARROW).row(one).told.lines) for one in scene.messages} <= {1, 2}


def test_a_word_that_does_not_fit_is_cut_and_a_number_is_not():
    for text in some():
        scene = scenes_of(text)[-1]
        for layout in LAYOUTS:
            for one in scene.messages:
                told = " ".join(scene.places(layout).row(one).told.lines)
                assert "…" not in told, (text, layout, told)


# What is said is what is sent.


def test_plain_speech_says_what_the_message_says():
    """The amount of a request; yes where the code is 00, and nowhere else."""
    seen = set()
    for text in some():
        for one in scenes_of(text)[-1].messages:
            if one.own:
                continue
            assert one.code.split(" · ")[0] == one.label
            if one.label == "0100" and one.state != LOST:
                assert one.note in one.said
            if one.label == "0110":
                seen.add(one.said)
                assert one.said.removeprefix("before: ").startswith("yes") == (one.code == "0110 · 00"), one
    assert {"yes.", "no. Not enough.", "no answer. No sale."} <= seen


@pytest.mark.parametrize(
    ("text", "done_since", "said"),
    [
        ("latency=3.0&timeout=2.0", "lets go of 62.40", "yes. I hold it."),
        ("balance=500.00&latency=6.0&stand_in=100", "holds 62.40", "no. Not enough."),
    ],
)
def test_what_was_said_before_the_sender_did_otherwise_says_so(text: str, done_since: str, said: str):
    rows = scenes_of(text)[-1].messages
    told = [one.said for one in rows]
    assert told.index(done_since) < told.index(f"before: {said}")
    assert [one for one in told if "before:" in one] == [f"before: {said}"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "do=@1020000:find:39",
        "latency=0.0&timeout=2.0&do=@1001896:authorise:10.00",
        "latency=1.0&timeout=1.0&stand_in=100&do=@1003561:authorise:200.00",
    ],
)
def test_what_somebody_does_for_another_purchase_or_what_the_reader_does_says_nothing_of_it(text: str):
    assert not [one.said for one in scenes_of(text)[-1].messages if "before:" in one.said]


# Who works, who waits.


def drawn(text: str, step: int, layout: str) -> dict[str, Mark]:
    return {mark.key: mark for mark in picture(done(text), step, 0, layout).marks}


def lives(text: str, step: int, layout: str = WIDE) -> dict[str, Mark]:
    found = drawn(text, step, layout).items()
    return {key: mark for key, mark in found if re.fullmatch(rf"lane:\w+/({WORKS}|{WAITS})", key)}


@each_layout
def test_whoever_waits_is_hollow_and_whoever_works_is_solid(layout: str):
    found = lives(LOST_ANSWER, 22, layout)
    assert {"lane:terminal/waits", "lane:acquirer/waits", "lane:acquirer/works", "lane:network/works"} <= found.keys()
    inside = {key: dict(mark.attrs) for key, mark in drawn(LOST_ANSWER, 22, layout).items() if key.endswith("/hollow")}
    assert inside.keys() == {f"{key}/hollow" for key in found if key.endswith(WAITS)}
    for key, attrs in inside.items():
        rim = dict(found[key.removesuffix("/hollow")].attrs)
        assert attrs["stroke"] == "sheet"
        assert rim["stroke"] != "sheet"
        assert float(attrs["stroke-width"]) < float(rim["stroke-width"])
        assert attrs["d"].count("V") == rim["d"].count("V")


def test_a_bar_grows_by_what_is_added_and_nothing_of_it_moves():
    """So it is drawn on, where the rows above stay where they are."""
    for step in range(4, 9):
        before, after = lives("", step), lives("", step + 1)
        for key, mark in before.items():
            now, then = stretches(mark), stretches(after[key])
            assert now[:-1] == then[: len(now) - 1]
            (start, end), (same, further) = now[-1], then[len(now) - 1]
            assert start == same
            assert end <= further


def stretches(mark: Mark) -> list[tuple[str, float]]:
    """Of a bar, where each of its stretches begins, and down to where it is told."""
    return [(start, float(end)) for start, end in re.findall(r"M([^MV]+)V([^MV]+)", dict(mark.attrs)["d"])]


def test_who_has_asked_waits_until_an_answer_comes():
    """The terminal of every first purchase: it works until it has asked, waits, and is free when it was answered."""
    for text in some():
        scene = scenes_of(text)[-1]
        asked = next((one.number for one in scene.messages if one.label == "0100"), 0)
        heard = next((one.number for one in scene.messages if one.label == "0110" and one.receiver == "terminal"), 0)
        if "do=" in text or not asked or not heard:
            continue
        does = [one.lanes[0] for one in scene.messages]
        assert set(does[asked - 1 : heard - 1]) == {WAITS}, text
        assert set(does[heard - 1 :]) == {""}, text


def test_in_the_end_nobody_works_and_only_who_was_never_answered_waits():
    for text in some():
        if done(text).refusal:
            continue  # it ends there
        lanes = scenes_of(text)[-1].messages[-1].lanes
        assert WORKS not in lanes, text
        terminal, acquirer, _, issuer = lanes
        assert (terminal, acquirer, issuer) == ("", "", ""), text
    assert (
        scenes_of("do=@1010000:drop:request&timeout=1.5&do=@1020000:drop:reversals")[-1].messages[-1].lanes[2] == WAITS
    )


def test_a_network_that_passed_the_answer_on_does_not_know_that_it_was_lost():
    lost = next(one for one in scenes_of(LOST_ANSWER)[-1].messages if one.state == LOST)
    assert lost.lanes == (WAITS, WAITS, "", "")


# Silence.


def clock(time: str) -> Decimal:
    number, unit = time.split(" ")
    return Decimal(number) * (86400 if unit == "d" else 1)


@pytest.mark.parametrize(
    "text", ["", LOST_ANSWER, "latency=3.0&timeout=2.0", "balance=500.00&latency=6.0&stand_in=100"]
)
def test_silence_is_told_where_nobody_spoke_for_more_than_a_second_and_only_there(text: str):
    messages = scenes_of(text)[-1].messages
    for before, one in pairwise(messages):
        quiet = clock(one.time) - clock(before.time)
        assert bool(one.silence) == (quiet > Decimal(SILENCE) / 1_000_000), one
        if one.silence:
            assert abs(Decimal(one.silence.split(" ")[0]) - quiet) <= Decimal("0.06")
    assert any(one.silence for one in messages) == bool(text)


@each_layout
def test_a_break_in_time_tears_every_lane(layout: str):
    marks = {mark.key for mark in picture(done(LOST_ANSWER), 22, 0, layout).marks}
    assert len([key for key in marks if re.fullmatch(r"lane:\w+/tear:15/waves", key)]) == 4
    assert "silence:15/0" in marks
    assert not [mark.key for mark in picture(done(), 20, 0, layout).marks if "tear" in mark.key]


# The money.


def test_the_bar_is_what_the_run_says_and_its_parts_are_the_limit():
    for text in some():
        ended = done(text)
        stock, found = scenes_of(text)[-1].stock, ended.outcome
        assert stock.told == (found["balance"], found["held"], found["open_to_buy"]), text
        assert {level.gone + level.aside + level.left for level in stock.levels[1:]} == {
            int(ended.query["limit"] * 100)
        }, text


def rect(marks: dict[str, dict[str, str]], key: str) -> tuple[float, float]:
    return float(marks[key]["x"]), float(marks[key]["width"])


@each_layout
def test_lengths_are_amounts(layout: str):
    marks = {mark.key: dict(mark.attrs) for mark in picture(done(), 20, 0, layout).marks}
    _, whole = rect(marks, "stock/rim")
    _, booked = rect(marks, "stock/gone")
    assert booked / whole == pytest.approx(310 / 500, abs=0.001)
    # The ring is three units larger than what it is about.
    _, held = rect(marks, "changed/stock")
    assert (held - 6) / whole == pytest.approx(62.4 / 500, abs=0.001)


@each_layout
def test_what_is_held_beyond_the_limit_is_told_by_a_line_and_not_by_colour_alone(layout: str):
    marks = {mark.key: mark for mark in picture(done("balance=500.00&latency=6.0&stand_in=100"), 21, 0, layout).marks}
    assert {"stock/limit", "stock/aside"} <= marks.keys()
    assert "−62.40" in marks["stock/free"].text
    assert "stock/limit" not in {mark.key for mark in picture(done(), 20, 0, layout).marks}


def test_how_it_came_to_this_ends_with_now():
    for text in ("", LOST_ANSWER):
        stock = scenes_of(text)[-1].stock
        assert [level.told for level in stock.levels][-1] == stock.told[2]
    assert [level.why for level in scenes_of(LOST_ANSWER)[-1].stock.levels] == [
        "limit 500.00", "booked 310.00", "held 62.40", "let go 62.40",
    ]  # fmt: skip


# A sequence with a title is told in labels and notes, as before.


@each_layout
def test_labels_without_plain_speech_have_neither_bars_nor_a_stock(layout: str):
    scene = SAMPLES["typical"]
    keys = {mark.key for mark in paint(scene, layout, scene.room()).marks}
    assert "title" in keys
    assert not [key for key in keys if key.startswith(("key/", "stock", "did:")) or key.endswith((WORKS, WAITS))]
