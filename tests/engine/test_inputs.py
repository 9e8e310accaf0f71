"""The kinds of input: what each allows, how it is spelled, and the sentence for everything else."""

import re
from base64 import b32encode
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.engine.inputs import (
    Choice,
    Fixed,
    Flag,
    Hex,
    Invalid,
    Key,
    Name,
    Named,
    Names,
    Numbers,
    Seed,
    Text,
    Whole,
    has_control,
    unweighted,
)
from playground.engine.rng import Rng

WHOLE = Whole(3, least=-2, most=160, unit="points")
FIXED = Fixed("0.5", least="-1.25", most="2", places=2)
MONEY = Fixed("62.40", least="0.01", most="1000000", places=2)
LARGE = Whole(0, least=-(10**9), most=10**9)
CHOICE = Choice("low", {"low": "deep", "high": "shrill"})
FLAG = Flag(False)
NAMES = Names("A B", least=2, most=4, weights=10)
PLAIN = Names("A", most=3)
NUMBERS = Numbers("3 7", least=1, most=20, count=3)
NAME = Name()
TEXT = Text("hi", least=1, most=5)
HEX = Hex("0a", least=1, most=3)
KEY = Key("00" * 10, least=10, most=15)
SEED = Seed(7)
HEX_DIGITS = re.compile("[0-9A-F]+")
KINDS = [WHOLE, LARGE, FIXED, MONEY, CHOICE, FLAG, NAMES, PLAIN, NUMBERS, NAME, TEXT, HEX, KEY, SEED]

A_WHOLE = "allowed is a whole number from -2 to 160 points"
A_FIXED = "allowed is a number from -1.25 to 2.00 with at most 2 decimal places"
SOME_MONEY = "allowed is a number from 0.01 to 1000000.00 with at most 2 decimal places"
A_NAME = "allowed is a name of 1 to 64 letters, digits, _ . : / or -"
SOME_NAMES = "different names of 1 to 64 letters, digits, _ . : / or -, with spaces between"
THE_NAMES = f"allowed are 2 to 4 {SOME_NAMES}, each with an optional weight up to 10 (as in A*2)"
THE_NUMBERS = "allowed are up to 3 different whole numbers from 1 to 20, with spaces"
THE_KEYS = (
    "allowed are 10 to 15 bytes, as pairs of hexadecimal digits, or else in base 32, which is written in the letters "
    "A to Z and the digits 2 to 7"
)
THE_BYTES = "allowed are 1 to 3 bytes as hexadecimal pairs, such as 0a ff without the space"

each_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: type(kind).__name__)


@each_kind
@given(seed=st.integers(0, 10**6))
def test_what_is_drawn_is_allowed_and_has_one_spelling(kind, seed):
    value = kind.draw(Rng(seed))
    assert kind.parse(kind.print(value)) == value
    assert kind.print(kind.parse(kind.print(value))) == kind.print(value)


@each_kind
def test_corners_are_allowed_and_have_one_spelling(kind):
    assert kind.corners()
    for value in kind.corners():
        assert kind.parse(kind.print(value)) == value


@each_kind
@given(text=st.text(max_size=30))
def test_any_text_is_a_value_with_one_spelling_or_gets_a_sentence(kind, text):
    sentence = ""
    try:
        value = kind.parse(text)
    except Invalid as wrong:
        sentence = str(wrong)
    assert sentence.endswith(".") or kind.parse(kind.print(value)) == value
    assert not has_control(sentence)


@pytest.mark.parametrize(
    ("kind", "text", "value", "spelled"),
    [
        (WHOLE, "-2", -2, "-2"),
        (WHOLE, "160", 160, "160"),
        (WHOLE, " 007 ", 7, "7"),
        (WHOLE, "-0", 0, "0"),
        (LARGE, "10,000", 10_000, "10000"),
        (LARGE, "-1,000,000", -1_000_000, "-1000000"),
        (FIXED, "-1.25", Decimal("-1.25"), "-1.25"),
        (FIXED, "1,25", Decimal("1.25"), "1.25"),
        (FIXED, "0,5", Decimal("0.5"), "0.50"),
        (MONEY, "62,40", Decimal("62.40"), "62.40"),
        (MONEY, "1,000.00", Decimal(1000), "1000.00"),
        (MONEY, "1,000,000", Decimal(10**6), "1000000.00"),
        (FIXED, "2", Decimal(2), "2.00"),
        (FIXED, "-0", Decimal(0), "0.00"),
        (FIXED, "-0.000", Decimal(0), "0.00"),
        (FIXED, "0.5000", Decimal("0.5"), "0.50"),
        (CHOICE, " high", "high", "high"),
        (FLAG, "yes", True, "yes"),
        (FLAG, "no", False, "no"),
        (NAMES, "  A*3   B ", (Named("A", 3), Named("B")), "A*3 B"),
        (NAMES, "A*1 B*010", (Named("A"), Named("B", 10)), "A B*10"),
        (PLAIN, "web-1.a_b", (Named("web-1.a_b"),), "web-1.a_b"),
        (PLAIN, "10.0.16.69:11211", (Named("10.0.16.69:11211"),), "10.0.16.69:11211"),
        (PLAIN, "us-east/a, us-east/b,c", unweighted(["us-east/a", "us-east/b", "c"]), "us-east/a us-east/b c"),
        (
            NAMES,
            "A*3\r\ncache-eu-west-1a-01:11211*2\r\n",
            (Named("A", 3), Named("cache-eu-west-1a-01:11211", 2)),
            "A*3 cache-eu-west-1a-01:11211*2",
        ),
        (NAME, 64 * "n", 64 * "n", 64 * "n"),
        (NUMBERS, " 12  3 007 ", (3, 7, 12), "3 7 12"),
        (NUMBERS, "", (), ""),
        (NAME, " D ", "D", "D"),
        (TEXT, " é:& ", " é:& ", " é:& "),
        (HEX, " 0A fF".replace(" ", ""), b"\x0a\xff", "0aff"),
        # The key of the key URI format's first example.
        (KEY, "JBSWY3DPEHPK3PXP", b"Hello!\xde\xad\xbe\xef", "48656c6c6f21deadbeef"),
        (KEY, " jbsw y3dp\tehpk 3pxp ", b"Hello!\xde\xad\xbe\xef", "48656c6c6f21deadbeef"),
        (KEY, "48656c6c 6F21DEAD BEEF", b"Hello!\xde\xad\xbe\xef", "48656c6c6f21deadbeef"),
        (KEY, "MFRGGZDFMZTWQ2LKNM======", b"abcdefghijk", "6162636465666768696a6b"),
        (KEY, "MFRGGZDFMZTWQ2LKNM", b"abcdefghijk", "6162636465666768696a6b"),
        # In both ways: as digits it is eight bytes, which are too few; with two more pairs it is digits; with "=", not.
        (KEY, "2222222222222222", bytes.fromhex("d6b5ad6b5ad6b5ad6b5a"), "d6b5ad6b5ad6b5ad6b5a"),
        (KEY, "22222222222222222222", b"\x22" * 10, "22" * 10),
        (KEY, "22222222222222222222====", bytes.fromhex("d6b5ad6b5ad6b5ad6b5ad6b5"), "d6b5ad6b5ad6b5ad6b5ad6b5"),
        (SEED, "9007199254740991", 2**53 - 1, "9007199254740991"),
    ],
)
def test_spellings(kind, text, value, spelled):
    assert kind.parse(text) == value
    assert kind.print(value) == spelled


@pytest.mark.asvs("2.2.1")
@pytest.mark.parametrize(
    ("kind", "text", "sentence"),
    [
        (WHOLE, "-3", f"-3 is out of range; {A_WHOLE}."),
        (WHOLE, "161", f"161 is out of range; {A_WHOLE}."),
        (WHOLE, "3.0", f"“3.0” is not a whole number; {A_WHOLE}."),
        (WHOLE, "٣", f"“٣” is not a whole number; {A_WHOLE}."),
        (WHOLE, "", f"“” is not a whole number; {A_WHOLE}."),
        (WHOLE, "9" * 5000, f"“{'9' * 24}…” is not a whole number; {A_WHOLE}."),
        (WHOLE, "1\x002", f"“1\\x002” is not a whole number; {A_WHOLE}."),
        (FIXED, "-1.26", f"-1.26 is out of range; {A_FIXED}."),
        (FIXED, "2.01", f"2.01 is out of range; {A_FIXED}."),
        (FIXED, "0.125", f"“0.125” has too many decimal places; {A_FIXED}."),
        (FIXED, "1e0", f"“1e0” is not a decimal number; {A_FIXED}."),
        (FIXED, "NaN", f"“NaN” is not a decimal number; {A_FIXED}."),
        (MONEY, "1,000", f"“1,000” can be read in two ways; write 1000 or 1.000; {SOME_MONEY}."),
        (MONEY, "1.000,00", f"“1.000,00” is not a decimal number; {SOME_MONEY}."),
        (MONEY, "10,00,000", f"“10,00,000” is not a decimal number; {SOME_MONEY}."),
        (WHOLE, "1,00", f"“1,00” is not a whole number; {A_WHOLE}."),
        (WHOLE, "0,100", f"“0,100” is not a whole number; {A_WHOLE}."),
        (WHOLE, "1,000", f"1000 is out of range; {A_WHOLE}."),
        (CHOICE, "Low", "“Low” is not one of the choices; allowed is one of low, high."),
        (FLAG, "true", "“true” is neither yes nor no; allowed is yes or no."),
        (NAMES, "A", f"1 names are out of range; {THE_NAMES}."),
        (NAMES, "A B C D E", f"5 names are out of range; {THE_NAMES}."),
        (NAMES, "A A*2", "A is named twice; each name may stand once."),
        (NAMES, "A B*11", f"“B*11” has no allowed weight; {THE_NAMES}."),
        (NAMES, "A B*0", f"“B*0” has no allowed weight; {THE_NAMES}."),
        (NAMES, "A B*", f"“B*” has no allowed weight; {THE_NAMES}."),
        (NAMES, "A B*²", f"“B*²” has no allowed weight; {THE_NAMES}."),
        (NAMES, "A ada~1", f"“ada~1” is not a name; {THE_NAMES}."),
        (NAMES, "A;B", f"1 names are out of range; {THE_NAMES}."),
        (PLAIN, "A;B", f"“A;B” is not a name; allowed are 1 to 3 {SOME_NAMES}."),
        (PLAIN, "A*2", f"“A*2” has no allowed weight; allowed are 1 to 3 {SOME_NAMES}."),
        (NUMBERS, "1 2 3 4", f"4 numbers are too many; {THE_NUMBERS}."),
        (NUMBERS, "1 two", f"“two” is not a whole number; {THE_NUMBERS}."),
        (NUMBERS, "0", f"0 is out of range; {THE_NUMBERS}."),
        (NUMBERS, "7 21", f"21 is out of range; {THE_NUMBERS}."),
        (NUMBERS, "7 07", "A number stands there twice; each may stand once."),
        (NAME, "a b", f"“a b” is not a name; {A_NAME}."),
        (NAME, "", f"“” is not a name; {A_NAME}."),
        (NAME, 65 * "n", f"“{24 * 'n'}…” is not a name; {A_NAME}."),
        (NAME, "A~3AB", f"“A~3AB” is not a name; {A_NAME}."),
        (NAME, "é", f"“é” is not a name; {A_NAME}."),
        (TEXT, "", "0 characters are out of range; allowed are 1 to 5 characters."),
        (TEXT, "sixsix", "6 characters are out of range; allowed are 1 to 5 characters."),
        (TEXT, "a\nb", "“a\\x0ab” holds a control character; allowed are 1 to 5 characters."),
        (TEXT, "a\u202eb", "“a\\x202eb” holds a control character; allowed are 1 to 5 characters."),
        (HEX, "", f"0 bytes are out of range; {THE_BYTES}."),
        (HEX, "00000000", f"4 bytes are out of range; {THE_BYTES}."),
        (HEX, "abc", f"“abc” is not written in pairs of hexadecimal digits; {THE_BYTES}."),
        (KEY, "JBSWY3DP", f"5 bytes are out of range; {THE_KEYS}."),
        (KEY, "", f"0 bytes are out of range; {THE_KEYS}."),
        (KEY, "JBSWY3DPEHPK3PXPA", f"“JBSWY3DPEHPK3PXPA” breaks off within a byte of base 32; {THE_KEYS}."),
        (KEY, "JBSWY3DP-EHPK3PX1", f"“JBSWY3DP-EHPK3PX1” is neither hexadecimal nor base 32; {THE_KEYS}."),
        (KEY, "ſbswy3dpehpk3pxp", f"“ſbswy3dpehpk3pxp” is neither hexadecimal nor base 32; {THE_KEYS}."),
        (
            SEED,
            "9007199254740992",
            "9007199254740992 is out of range; allowed is a whole number from 0 to 9007199254740991.",
        ),
    ],
)
def test_every_bound_has_its_sentence(kind, text, sentence):
    with pytest.raises(Invalid) as wrong:
        kind.parse(text)
    assert str(wrong.value) == sentence


@pytest.mark.asvs("2.1.1")
@each_kind
def test_a_kind_tells_the_api_what_a_form_needs(kind):
    told = kind.named("thing").describe()
    assert list(told) == ["name", "kind", "label", "default", "unit", "help", "on", "allowed", "schema"]
    assert told["name"] == "thing"
    assert told["label"] == "Thing"
    assert told["schema"]["type"] in ("integer", "string")


def test_names_without_weights_are_written_without_them():
    kind = Names("ada", most=5, weights=4)
    assert kind.print(unweighted(["ada", "bob"])) == "ada bob"
    assert [named.weight for named in unweighted(["ada", "bob"])] == [1, 1]
    assert kind.parse("ada bob") == unweighted(["ada", "bob"])


@given(value=st.binary(min_size=10, max_size=15), cased=st.booleans(), filled=st.booleans(), size=st.integers(1, 20))
def test_a_key_is_read_as_people_are_handed_it(value, cased, filled, size):
    """In base 32, in groups, in any case, with "=" or without; digits alone are hexadecimal."""
    text = b32encode(value).decode()
    text = text if filled else text.rstrip("=")
    text = " ".join(text[at : at + size] for at in range(0, len(text), size))
    assert KEY.parse(text.lower() if cased else text) == value or HEX_DIGITS.fullmatch(text.replace(" ", ""))
    assert KEY.parse(value.hex(" ", size)) == value
