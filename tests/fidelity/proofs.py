"""Which comparisons and saboteurs a folder of tests has, by their marks, and what a miniature lacks of them.

    @pytest.mark.checks("totp", "RFC 6238")      the comparison behind Check("RFC 6238", …) of totp
    @pytest.mark.saboteur("totp", "RFC 6238")    a wrong line under which that comparison must differ

The folder is collected by a pytest of its own, so it does not matter which tests run here:
`python -m tests.fidelity.proofs tests/fidelity` prints what it found.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.conftest import ROOT

CHECKS, SABOTEUR = "checks", "saboteur"
LEFT_OUT = ("skip", "skipif", "xfail")
"""A test that may be left out, or may fail, proves nothing. One with no cases is marked `skip` by pytest."""


class Marked(NamedTuple):
    """A test that stands for a Check: as its comparison, or as a saboteur of it."""

    kind: str
    slug: str
    check: str
    test: str

    @property
    def mark(self) -> str:
        return mark(self.kind, self.slug, self.check)

    @property
    def file(self) -> str:
        return self.test.partition("::")[0]


def mark(kind: str, slug: str, check: str) -> str:
    """As it is written above a test."""
    return f"@pytest.mark.{kind}({json.dumps(slug)}, {json.dumps(check, ensure_ascii=False)})"


def pairs(item: pytest.Item, kind: str) -> set[tuple[str, str]]:
    """(slug, check) of the marks of one kind on a test."""
    found = [one.args for one in item.iter_markers(kind)]
    if any(len(one) != 2 for one in found):
        raise pytest.UsageError(f'{item.nodeid}: write @pytest.mark.{kind}("<slug>", "<name of the Check>")')
    return {(slug, check) for slug, check in found}


# What a folder has.


class Finder:
    """A pytest plugin that remembers the marks of what is collected."""

    def __init__(self) -> None:
        self.found: list[Marked] = []

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        for item in session.items:
            if not any(item.get_closest_marker(name) for name in LEFT_OUT):
                self.found += [
                    Marked(kind, *pair, item.nodeid)
                    for kind in (CHECKS, SABOTEUR)
                    for pair in sorted(pairs(item, kind))
                ]


def marked_in(folder: Path) -> list[Marked]:
    """The marks in a folder, whatever this pytest was told to select."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.fidelity.proofs", str(folder)],
        cwd=ROOT, capture_output=True, text=True, check=False,
        env={name: value for name, value in os.environ.items() if name != "PYTEST_ADDOPTS"},
    )  # fmt: skip
    assert done.returncode == 0, f"the tests in {folder} cannot be collected:\n{done.stderr}"
    return [Marked(*one) for one in json.loads(done.stdout)]


def main(folder: str) -> int:
    """Collect a folder, and print its marks as JSON. What pytest has to say goes to the other stream."""
    finder = Finder()
    options = ["--collect-only", "-q", "--capture=no", "-p", "no:cacheprovider", "-p", "no:xdist"]
    with contextlib.redirect_stdout(sys.stderr):
        code = pytest.main([*options, "-c", str(ROOT / "pyproject.toml"), f"--rootdir={ROOT}", folder], [finder])
    sys.stdout.write(json.dumps(finder.found) + "\n")
    return code


# What a miniature lacks.


def lacking(slug: str, about: str, declared: Iterable[str], marked: Sequence[Marked]) -> list[str]:
    """Sentences on the Checks of a miniature that lack a comparison or a saboteur, and on marks without a Check.

    `about`: the file that declares them.
    """
    checks, own = list(declared), [one for one in marked if one.slug == slug]
    home = f"tests/fidelity/test_{slug.replace('-', '_')}.py"
    found = []
    for check in checks:
        compared = [one for one in own if (one.kind, one.check) == (CHECKS, check)]
        if not compared:
            found.append(
                f"{about}: Check({check!r}, …) is compared by no test. Write one in {home}, mark it "
                f"{mark(CHECKS, slug, check)}, and hand its figures to evidence({slug!r}, {check!r}, …)."
            )
        elif (SABOTEUR, check) not in [(one.kind, one.check) for one in own]:
            found.append(
                f"{about}: Check({check!r}, …) has no saboteur. In {compared[0].file}, write a test in which one wrong "
                f"line makes the comparison differ, and mark it {mark(SABOTEUR, slug, check)}."
            )
    found += [
        f"{one.test}: {one.mark} stands for no Check. Add Check({one.check!r}, …) to CHECKS in {about}."
        for one in own
        if one.check not in checks
    ]
    return found


def strangers(slugs: Iterable[str], marked: Sequence[Marked]) -> list[str]:
    """Sentences on marks that name no miniature."""
    known = set(slugs)
    return [f"{one.test}: {one.mark} names no miniature." for one in marked if one.slug not in known]


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1]))
