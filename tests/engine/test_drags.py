"""What a verb says of dragging: a thing dropped on another one, thrown out of its place, turned up or down."""

from typing import Any

import pytest

from playground.engine.actions import Action, action
from playground.engine.clock import Steps
from playground.engine.inputs import Kind, Name, Whole
from playground.engine.miniature import Miniature


class Post(Miniature):
    """A letter is carried to a house."""

    @action(
        "Carry a letter",
        dropped="{letter} goes to {house}",
        thrown="letter",
        letter=Name(on="letter"),
        house=Name(on="house"),
    )
    def carry(self, letter: str, house: str) -> Steps:
        yield f"{letter} goes to {house}."

    @action("Ring", on="bell", thrown="bell")
    def ring(self) -> Steps:
        yield "It rings."

    @action(
        "Stamp", turned="{letter} has {stamps} stamps", letter=Name(on="letter"), stamps=Whole(1, most=9, now="all")
    )
    def stamp(self, letter: str, stamps: int) -> Steps:
        yield f"{letter} has {stamps} stamps."

    @action("Wait", minutes=Whole(5, least=1, most=60))
    def wait(self, minutes: int) -> Steps:
        yield f"{minutes} minutes pass."


def test_the_api_tells_them():
    told = {verb: act.describe() for verb, act in Post.actions().items()}
    assert (told["carry"]["dropped"], told["carry"]["thrown"]) == ("{letter} goes to {house}", ["letter"])
    assert (told["ring"]["dropped"], told["ring"]["thrown"]) == ("", ["bell"])
    assert (told["wait"]["dropped"], told["wait"]["thrown"]) == ("", [])
    assert [told[verb]["turned"] for verb in ("carry", "stamp")] == ["", "{letter} has {stamps} stamps"]


def declared(
    dropped: str = "", thrown: str = "", on: str = "", turned: str = "", lifted: str = "", **arguments: Kind[Any]
) -> Action:
    kinds = tuple(kind.named(name) for name, kind in arguments.items())
    return Action("carry", "Carry", False, "", kinds, on, dropped, lifted, thrown, turned)


@pytest.mark.parametrize(
    "words",
    ["a letter", "{letter} goes", "{letter} to {letter}", "{letter} to {town}", "{letter}, {house} and {letter}"],
)
def test_a_drop_names_two_arguments_that_things_stand_for(words: str):
    with pytest.raises(ValueError, match=r"^carry: dropped= names two arguments that have on="):
        declared(words, letter=Name(on="letter"), house=Name(on="house"), town=Name())


def test_what_no_argument_stands_for_is_lifted_and_dropped_on_what_one_does():
    told = declared("the sack goes to {house}", lifted="sack", house=Name(on="house")).describe()
    assert (told["dropped"], told["lifted"]) == ("the sack goes to {house}", ["sack"])


@pytest.mark.parametrize("words", ["", "a sack", "{town}", "{letter} goes to {house}"])
def test_a_drop_of_what_is_lifted_names_what_takes_it_alone(words: str):
    with pytest.raises(ValueError, match=r"^carry: with lifted=, dropped= names one argument that has on="):
        declared(words, lifted="sack", letter=Name(on="letter"), house=Name(on="house"), town=Name())


@pytest.mark.parametrize("thrown", ["house", "letter house"])
def test_only_what_offers_the_verb_is_thrown(thrown: str):
    with pytest.raises(ValueError, match=r"^carry: thrown= names things at which the verb does not stand: \['house'\]"):
        declared(thrown=thrown, letter=Name(on="letter"))


def test_a_thing_of_the_verb_itself_is_thrown_too():
    assert declared(thrown="bag letter", on="bag", letter=Name(on="letter")).describe()["thrown"] == ["bag", "letter"]


@pytest.mark.parametrize("words", ["a letter", "{letter} stamps", "{stamps} on {letter}", "{letter} in {box}"])
def test_turning_names_a_thing_and_a_number_that_each_thing_has(words: str):
    with pytest.raises(ValueError, match=r"^carry: turned= names an argument that has on=, and the last one, a whole"):
        declared(turned=words, letter=Name(on="letter"), box=Whole(1, most=9), stamps=Whole(1, most=9, now="all"))


def test_a_number_that_says_nothing_of_now_is_not_turned():
    with pytest.raises(ValueError, match="that has now="):
        declared(turned="{letter} has {stamps}", letter=Name(on="letter"), stamps=Whole(1, most=9))
