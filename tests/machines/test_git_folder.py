"""What a folder may hold: as much as a picture has room for, and one more is refused in a sentence."""

import pytest

from playground.machines.git_store.folder import read


@pytest.mark.parametrize(
    ("fits", "beyond", "sentence"),
    [
        (["x" * 16], ["x" * 17], "more than 16 characters"),
        ([f"{n}=a" for n in range(8)], [f"{n}=a" for n in range(9)], "more than 8 files"),
        (["a/b/c/d=x"], ["a/b/c/d/e=x"], "more than 3 folders"),
        (["a/x", "b/x", "c/x"], ["a/x", "b/x", "c/x", "d/x"], "more than 3 folders"),
        (["a", "b"], ["a", "a"], "named twice"),
    ],
)
def test_what_fits_is_taken_and_one_more_is_not(fits, beyond, sentence):
    assert read(fits)[1] == ""
    assert sentence in read(beyond)[1]
