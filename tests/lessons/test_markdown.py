"""What the directives make of a text, from the files beside this one.

A case is a line `====== its name`, the input, a line with a dot, and what is expected: the HTML with each
player as one line, or, where something is wrong, the problems.
"""

from pathlib import Path

import pytest

from tests.lessons.reading import html_of, problems_of

CASES = Path(__file__).parent / "content"


def cases():
    for file in sorted(CASES.glob("*.txt")):
        for case in file.read_text("utf-8").split("====== ")[1:]:
            name, _, rest = case.partition("\n")
            given, _, expected = rest.partition("\n.\n")
            yield pytest.param(given + "\n", expected.strip(), id=f"{file.stem}: {name}")


@pytest.mark.parametrize(("given", "expected"), list(cases()))
def test_it_reads_as_written(given: str, expected: str):
    problems = problems_of(given)
    assert (("\n".join(str(problem) for problem in problems)) or html_of(given).strip()) == expected
