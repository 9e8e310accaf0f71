"""The grammar of a run's query. It is public: links that people have shared must keep their meaning."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.engine import limits
from playground.engine.miniature import now_beside, now_called
from playground.engine.query import Act, Ignored, at_step, do, parse, print_query, query_for, read_form
from playground.engine.rng import Rng
from playground.engine.spelling import encode, put_beside
from playground.engine.walk import walk
from tests.engine.bells import Bells, Few

VERBS = "ring, say, drop"
TIMES = "allowed is a whole number from 1 to 300"
COLON = "In bell, write ~3A for “:”."
A_BELL = "allowed is a name of 1 to 64 letters, digits, _ . : / or -"
NO_INSTANT = "Say happens when the action before it has ended; it takes no instant (@5)."


@pytest.mark.parametrize(
    ("query", "canonical"),
    [
        ("", ""),
        ("rounds=2", ""),
        ("rounds=02&step=000", ""),
        ("rounds=3", "rounds=3"),
        ("step=7&rounds=3", "rounds=3&step=7"),
        ("bells=A&rounds=1&pace=1.50", "rounds=1&pace=1.5&bells=A"),
        ("bells=A*1+B*02", "bells=A+B*2"),
        ("bells=A%20B%2a2", "bells=A+B*2"),
        ("raw=0AFF&loud=yes", "loud=yes&raw=0aff"),
        ("note=", "note="),
        ("note=a%26b%3Dc%2B%25", "note=a%26b%3Dc%2B%25"),
        ("note=%C3%A9", "note=%C3%A9"),
        ("note=é", "note=%C3%A9"),
        ("do=drop", "do=drop"),
        ("do=ring:A", "do=ring:A:1"),
        ("do=ring:A:2&do=drop&do=ring:B:1", "do=ring:A:2&do=drop&do=ring:B:1"),
        ("do=say", "do=say:hi"),
        ("do=say:", "do=say:"),
        ("do=say:a:b%20c:", "do=say:a:b+c:"),
        ("do=say:@5:x", "do=say:@5:x"),
        ("do=@0:ring:A:1", "do=@0:ring:A:1"),
        ("do=@0070:ring:A", "do=@70:ring:A:1"),
        ("bells=10.0.16.69:11211+us-east/a*2", "bells=10.0.16.69:11211+us-east/a*2"),
        ("do=ring:10.0.16.69~3A11211:2", "do=ring:10.0.16.69~3A11211:2"),
        ("do=ring:us-east/a", "do=ring:us-east~2Fa:1"),
        ("do=ring:us-east~2fa&do=say:~3A", "do=ring:us-east~2Fa:1&do=say:~3A"),
        ("utm_source=mail&rounds=3&fbclid=x", "rounds=3"),
        ("theme=dark&hide=source&rounds=3", "rounds=3"),
    ],
)
def test_a_sound_query_and_its_one_spelling(query, canonical):
    parsed = parse(Bells, query)
    assert parsed.problems == []
    assert print_query(Bells, parsed.query) == canonical
    assert parse(Bells, canonical).query == parsed.query


@pytest.mark.parametrize(
    ("query", "canonical", "problems"),
    [
        ("rounds=601", "", [("rounds", "601 is out of range; allowed is a whole number from 0 to 600.", "601")]),
        ("rounds=1&rounds=3", "rounds=1", [("rounds", "rounds stands twice in the address; the first is used.", "3")]),
        ("step=1&step=2", "step=1", [("step", "step stands twice in the address; the first is used.", "2")]),
        ("step=-1", "", [("step", "“-1” is not a step; write a whole number from 0.", "-1")]),
        ("step=٣", "", [("step", "“٣” is not a step; write a whole number from 0.", "٣")]),
        ("step=1234567", "", [("step", "“1234567” is not a step; write a whole number from 0.", "1234567")]),
        ("loud=yes&tone=high", "loud=yes", [("tone", "A loud bell is never high.", "high")]),
        ("do=jump:x&do=drop", "do=drop", [("do[0]", f"There is no action “jump”; there are {VERBS}.", "jump:x")]),
        ("do=", "", [("do[0]", f"There is no action “”; there are {VERBS}.", "")]),
        ("do=@5", "", [("do[0]", f"There is no action “”; there are {VERBS}.", "@5")]),
        ("do=@x:ring:A", "", [("do[0]", f"There is no action “@x”; there are {VERBS}.", "@x:ring:A")]),
        ("do=@-1:ring:A", "", [("do[0]", f"There is no action “@-1”; there are {VERBS}.", "@-1:ring:A")]),
        ("do=ring", "", [("do[0].bell", "Ring needs bell.", "")]),
        ("do=ring:A:0", "", [("do[0].times", f"0 is out of range; {TIMES}.", "0")]),
        ("do=ring:A:1:2", "", [("do[0].times", f"“1:2” is not a whole number; {TIMES}. {COLON}", "1:2")]),
        ("do=ring:A~4A", "", [("do[0].bell", f"“A~4A” is not a name; {A_BELL}.", "A~4A")]),
        ("do=drop&do=drop:x", "do=drop", [("do[1]", "Drop the last takes no argument, but has “x”.", "")]),
        ("do=@5:say:x", "", [("do[0]", NO_INSTANT, "@5:say:x")]),
        ("note=a%00", "", [("note", "“a\\x00” holds a control character; allowed are 0 to 12 characters.", "a\x00")]),
        ("note=%FF", "", [("query", "This address holds bytes that are not UTF-8 text.", "")]),
        ("%FF=1", "", [("query", "This address holds bytes that are not UTF-8 text.", "")]),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_and_the_rest_runs(query, canonical, problems):
    parsed = parse(Bells, query)
    assert [tuple(problem) for problem in parsed.problems] == problems
    assert print_query(Bells, parsed.query) == canonical


def test_arguments_are_split_no_more_often_than_the_verb_has_them():
    acts = parse(Bells, "do=say:a:b:c&do=ring:A:2&do=@7:ring:B").query.acts
    assert acts == (Act("say", ("a:b:c",)), Act("ring", ("A", 2)), Act("ring", ("B", 1), 7))


@pytest.mark.parametrize(
    ("query", "ignored"),
    [
        ("utm_source=x", [Ignored("utm_source", "")]),
        ("round=3", [Ignored("round", "rounds")]),
        ("Bells=A", [Ignored("Bells", "bells")]),
        ("=x", [Ignored("", "")]),
        ("a=1&a=2", [Ignored("a", ""), Ignored("a", "")]),
    ],
)
def test_a_foreign_name_is_ignored_and_one_that_is_nearly_right_is_named(query, ignored):
    parsed = parse(Bells, query)
    assert parsed.ignored == ignored
    assert parsed.problems == []


@pytest.mark.parametrize("name", ["after", "lang", "thumb"])
def test_a_name_that_is_kept_for_later_is_an_option_and_no_input(name):
    parsed = parse(Bells, f"rounds=3&{name}=x")
    assert (parsed.options, parsed.ignored, parsed.problems) == ({name: "x"}, [], [])
    assert print_query(Bells, parsed.query) == "rounds=3"


def test_the_hundredth_action_is_the_last():
    allowed = "&".join(["do=drop"] * limits.ACTIONS)
    assert parse(Bells, allowed).problems == []
    parsed = parse(Bells, f"{allowed}&do=drop&do=drop")
    assert len(parsed.query.acts) == 100
    assert [tuple(problem) for problem in parsed.problems] == [
        ("do", "A run has at most 100 actions; the rest is left out.", "")
    ]


def test_a_query_of_100_kb_is_not_read():
    parsed = parse(Bells, "note=" + "x" * 100_000)
    assert [problem.sentence for problem in parsed.problems] == [
        "This address has 100005 characters after the “?”; at most 4096 are read."
    ]
    assert print_query(Bells, parsed.query) == ""


def test_a_query_of_many_small_parts_is_not_read():
    parsed = parse(Bells, "&".join(["a=1"] * 161))
    assert [problem.sentence for problem in parsed.problems] == [
        "This address has too many parts; at most 160 are read."
    ]


def test_a_query_whose_one_spelling_would_be_too_long_is_not_run():
    parsed = parse(Bells, "&".join(["do=say:éééééééé"] * 100))
    assert [problem.field for problem in parsed.problems] == ["query"]
    assert len(print_query(Bells, parsed.query)) <= limits.QUERY


def test_a_form_asks_for_an_action():
    parsed = parse(Bells, "rounds=1&act=ring&act.bell=A&act.times=&act.@=70")
    assert parsed.form == {"act": "ring", "act.bell": "A", "act.times": "", "act.@": "70"}
    assert read_form(Bells, parsed.form) == (Act("ring", ("A", 1), 70), [])


def test_a_form_takes_an_instant_with_its_unit_and_the_address_keeps_microseconds():
    act, problems = read_form(Bells, {"act": "ring", "act.bell": "A", "act.@": "0.8 s"})
    assert (act, problems) == (do("ring", "A", 1, at=800_000), [])
    assert print_query(Bells, query_for(Bells, do("ring", "A", 1, at=800_000))) == "do=@800000:ring:A:1"
    refused = parse(Bells, "do=@0.8 s:ring:A:1")
    assert [problem.field for problem in refused.problems] == ["do[0]"]


def test_a_form_hears_about_every_field():
    act, problems = read_form(Bells, {"act": "ring", "act.bell": "", "act.times": "301", "act.@": "soon"})
    assert act is None
    assert [tuple(problem) for problem in problems] == [
        ("act.bell", "Ring needs bell; allowed is a name of 1 to 64 letters, digits, _ . : / or -.", ""),
        ("act.times", f"301 is out of range; {TIMES}.", "301"),
        ("act.@", "“soon” is not an instant; write it as 0.8 s, 800 ms or 800000 µs.", "soon"),
    ]


@given(seed=st.integers(0, 10**6), step=st.integers(0, 999_999))
def test_what_is_printed_parses_to_the_same_run(seed, step):
    query = at_step(walk(Few, Rng(seed)), step)
    parsed = parse(Few, print_query(Few, query))
    assert parsed.query == query
    assert not parsed.problems


NAMES = st.sampled_from(["rounds", "pace", "loud", "tone", "bells", "note", "raw", "draws", "do", "step", "act", "x"])
ACTS = st.text(alphabet="ringsaydop@:0123A*.-é ", max_size=14)


@given(pairs=st.lists(st.tuples(NAMES, ACTS | st.text(max_size=8)), max_size=12))
def test_anything_parses_and_its_print_parses_to_itself(pairs):
    parsed = parse(Bells, encode([(name, text.encode("utf-8", "replace").decode()) for name, text in pairs]))
    canonical = print_query(Bells, parsed.query)
    assert print_query(Bells, parse(Bells, canonical).query) == canonical


def test_a_query_is_spelled_with_the_inputs_that_matter_and_the_verbs_as_in_the_address():
    made = query_for(Bells, do("ring", "A", 2), do("ring", "B", 1, at=70), do("drop"), rounds=5, loud=True)
    assert made == parse(Bells, "rounds=5&loud=yes&do=ring:A:2&do=@70:ring:B:1&do=drop").query
    assert (made["rounds"], made["note"]) == (5, "ding")
    assert (made.argument(-2), made.argument(0, 1)) == ("B", 2)


def test_an_input_that_is_not_there_is_a_fault_of_the_program():
    with pytest.raises(TypeError, match="Bells has no input ronds"):
        query_for(Bells, ronds=5)


class Renamed(Bells):
    """Bells whose inputs once had other names."""

    renamed = {"strokes": now_called("rounds"), "other": now_beside("rounds", "none")}  # noqa: RUF012 - as the base class


def test_an_address_with_an_old_name_means_what_it_meant():
    parsed = parse(Renamed, "strokes=3&step=2")
    assert parsed.ignored == []
    assert print_query(Renamed, parsed.query) == "rounds=3&step=2"


def test_what_was_shown_in_the_same_run_stands_beside_it_today():
    assert parse(Renamed, "other=5").options == {"vs": "rounds:5"}
    assert parse(Renamed, "other=none").options == {}


@pytest.mark.parametrize(
    ("query", "other", "together"),
    [
        ("", "a:b", "vs=a:b"),
        ("x=1&step=4", "a:b", "x=1&vs=a:b&step=4"),
        ("x=1&do=add:c:1&step=4", "a:b c", "x=1&do=add:c:1&vs=a:b+c&step=4"),
        ("x=1", "", "x=1"),
    ],
)
def test_what_stands_beside_a_run_comes_before_its_step(query: str, other: str, together: str):
    assert put_beside(query, other) == together


def test_the_longest_address_of_a_page_can_be_drawn_for_a_layout():
    longest = "rounds=3&" + "x" * (limits.QUERY - 9)
    assert not parse(Bells, longest).problems
    assert not parse(Bells, f"{longest}&layout=narrow").problems
    assert parse(Bells, f"{longest}y&layout=narrow").problems
    assert parse(Bells, f"{longest}&more=more").problems


@given(
    bell=st.from_regex("[A-Za-z0-9_.-]{1,16}", fullmatch=True),
    times=st.integers(1, 300),
    at=st.none() | st.integers(0, 10**9),
)
def test_an_action_of_before_names_held_colons_means_and_prints_what_it_did(bell, times, at):
    text = f"do={'' if at is None else f'@{at}:'}ring:{bell}:{times}"
    parsed = parse(Bells, text)
    assert parsed.problems == []
    assert parsed.query.acts == (Act("ring", (bell, times), at),)
    assert print_query(Bells, parsed.query) == text


@given(bell=st.text("aB0_.:/-", min_size=1, max_size=64), words=st.text("a:/~3F", min_size=1, max_size=8))
def test_every_name_can_stand_before_another_argument(bell, words):
    query = query_for(Bells, do("ring", bell, 2), do("say", words))
    found = parse(Bells, print_query(Bells, query))
    assert (found.problems, found.query) == ([], query)
