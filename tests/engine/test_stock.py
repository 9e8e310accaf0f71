"""A stock: different variants of one question, evened out, or a sentence that says why there is none."""

from fractions import Fraction

import pytest

from playground.engine.content import content_of
from playground.engine.questions import OFFERED, Option, pose
from playground.engine.registry import entries
from playground.engine.stock import DRAWS, FAIR, Lopsided, balance, drawn, stock
from tests.lopsided import CAP, AskedAlone

RING = entries()["hash-ring"]
GIT = entries()["git-objects"]


def question(entry, name):
    return next(one for one in entry.questions if one.name == name)


MOVE = question(RING, "how-many-move")
NEW = question(GIT, "how-many-new")


def test_it_has_as_many_variants_as_are_wanted_and_no_two_alike():
    made = stock(RING, MOVE, 6, range(50))
    assert len({content.query for _, content in made}) == 6
    for seed, content in made:
        assert content == content_of("hash-ring", RING.version, pose(RING.cls, MOVE, seed))


def test_every_seed_of_53_bits_makes_a_variant_of_its_own():
    made = drawn(RING, MOVE, 4, (0, 2**52, 2**53 - 2, 2**53 - 1)).kept
    assert len({posed.query for _, posed in made}) == 4


def test_a_variant_that_one_has_is_not_made_again():
    first = stock(RING, MOVE, 3, range(50))
    more = stock(RING, MOVE, 3, range(50), [content for _, content in first])
    assert not {content.query for _, content in first} & {content.query for _, content in more}


def test_what_would_be_right_too_often_is_drawn_again():
    plain = [pose(GIT.cls, NEW, seed) for seed in range(40)]
    evened = drawn(GIT, NEW, 40, range(400))
    share = FAIR / (1 + OFFERED)
    assert balance(plain) > share
    assert balance([posed for _, posed in evened.kept]) <= share
    assert evened.draws > len(evened.kept) == 40


def test_those_that_one_has_count_towards_the_balance():
    kept = [content_of("git-objects", 1, posed) for _, posed in drawn(GIT, NEW, 8, range(100)).kept]
    more = drawn(GIT, NEW, 32, range(100, 500), kept)
    assert balance([*kept, *(posed for _, posed in more.kept)]) <= FAIR / (1 + OFFERED)


def test_where_one_answer_is_always_right_there_is_no_stock_and_it_is_said_why():
    with pytest.raises(Lopsided, match=r"In 40 of 40 variants the right answer is “no answer”, .* would score 100 %"):
        drawn(CAP, AskedAlone, 20, range(40))


def test_it_draws_no_more_often_than_it_may():
    with pytest.raises(Lopsided, match=f"In {2 * DRAWS} of {2 * DRAWS} variants"):
        drawn(CAP, AskedAlone, 2, iter(range(10**9)))


def test_where_seeds_run_out_it_says_how_many_variants_there_are():
    with pytest.raises(Lopsided, match="Only 5 different variants came of 5 draws; 6 are wanted"):
        drawn(RING, MOVE, 6, range(5))


class Said:
    """A variant of which nothing but its right answer matters."""

    options = (Option("a"),)

    def __init__(self, right):
        self.right = right


def test_the_balance_is_what_the_best_constant_answer_scores():
    assert balance([Said("a"), Said("b"), Said("a"), Said("c")]) == Fraction(1, 2)
    assert balance([]) == 0
