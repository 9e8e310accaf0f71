"""What a folder may hold: as much as a picture has room for, and one more is refused in a sentence."""

import pytest

from playground.machines.git_store.folder import read


@pytest.mark.parametrize(
    ("fits", "beyond", "sentence"),
    [
        ("x" * 16 + "=", "x" * 17 + "=", "more than 16 characters"),
        (" ".join(f"{n}=a" for n in range(8)), " ".join(f"{n}=a" for n in range(9)), "more than 8 files"),
        ("a/b/c/d=x", "a/b/c/d/e=x", "more than 3 folders"),
        ("a/x= b/x= c/x=", "a/x= b/x= c/x= d/x=", "more than 3 folders"),
        ("a= b=", "a= a=", "named twice"),
        ("a=b c", "b a=c", "“b” has no “=”. Write a path, = and a text, as in README=b."),
        ("a=.git", ".git=a", "a path that Git refuses"),
    ],
)
def test_what_fits_is_taken_and_one_more_is_not(fits, beyond, sentence):
    assert read(fits)[1] == ""
    assert sentence in read(beyond)[1]


def test_a_word_without_an_equals_sign_belongs_to_the_text_before_it():
    assert read("greeting=Hello, world! README=a=b empty= x=two  blanks ") == (
        {"greeting": "Hello, world!\n", "README": "a=b\n", "empty": "", "x": "two  blanks \n"},
        "",
    )


@pytest.mark.parametrize(("end", "text"), [("lf", "a\n"), ("crlf", "a\r\n"), ("none", "a")])
def test_a_text_ends_as_it_is_told_to_and_an_empty_file_does_not(end, text):
    assert read("x=a y=", end) == ({"x": text, "y": ""}, "")
