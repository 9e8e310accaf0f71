"""`python -m playground check SLUG`: what a miniature still lacks, in the order of CONTRIBUTING.md, in seconds.

The laws of `tests/contract`, its lesson, its comparison with the real thing and its recipes are asked for this one
alone, by small samples; what fails is told by its own sentence, under the step of CONTRIBUTING.md that it belongs to.
`make test` asks everything.
"""

from __future__ import annotations

import contextlib
import io
import os
import subprocess
import sys
import traceback
from pathlib import Path

import pytest

from playground.cli import Wrong, entry_of
from playground.drawn import symbols
from playground.engine.query import default_query
from playground.engine.run import run
from tests.tiers import ROOT

STEPS = (
    "The model", "The oracle", "The pictures", "The questions", "The lesson", "The real thing, taken away",
    "The evidence", "Addresses that live for ever", "The version",
)  # fmt: skip
"""The steps of CONTRIBUTING.md."""

BELONGS = (
    ("test_every_check_has_figures", "The evidence"),
    ("test_every_check_has_a_comparison", "The oracle"),
    ("test_slug_file_and_lesson", "The lesson"),
    ("tests/lessons/", "The lesson"),
    ("challenge", "The questions"),
    ("solution_passes", "The questions"),
    ("doing_nothing", "The questions"),
    ("each_condition", "The questions"),
    ("start_and_solution", "The questions"),
    ("tests/contract/test_questions.py", "The questions"),
    ("tests/contract/test_predict.py", "The questions"),
    ("tests/contract/test_contents.py", "The questions"),
    ("tests/contract/test_templates.py", "The version"),
    ("tests/contract/test_versions.py", "The version"),
    ("tests/contract/test_saved.py", "Addresses that live for ever"),
    ("tests/contract/test_runs.py", "The pictures"),
    ("tests/contract/", "The model"),
    ("tests/fidelity/test_elsewhere.py", "The real thing, taken away"),
    ("tests/fidelity/", "The oracle"),
)
"""A part of a test's name, and the step that it asks about: the first that fits."""

LAWS = ("tests/lessons/test_content.py", "tests/fidelity/test_elsewhere.py")
"""Besides those of `tests/contract`."""


def step_of(nodeid: str) -> str:
    """The step that a test asks about. Raises LookupError for one that belongs to none."""
    for piece, step in BELONGS:
        if piece in nodeid:
            return step
    raise LookupError(f"{nodeid} belongs to no step: add it to BELONGS in tests/check.py")


class Judge:
    """A pytest plugin that remembers what was asked, and the sentence of each test that failed."""

    def __init__(self) -> None:
        self.asked = dict.fromkeys(STEPS, 0)
        self.wrong: dict[str, list[str]] = {step: [] for step in STEPS}
        self.left_out: dict[str, list[str]] = {step: [] for step in STEPS}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        step = step_of(report.nodeid)
        self.asked[step] += report.when == "call"
        if report.failed:
            said = sentence(report)
            if all(said not in known for known in self.wrong.values()):
                self.wrong[step].append(said)
        elif report.skipped and isinstance(report.longrepr, tuple):
            why = report.longrepr[2].removeprefix("Skipped: ")
            if "empty parameter set" not in why and why not in self.left_out[step]:
                self.left_out[step].append(why)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self.wrong[STEPS[0]].append(str(report.longrepr).strip().splitlines()[-1])

    def told(self) -> list[str]:
        """Line by line, step by step."""
        lines = []
        for number, step in enumerate(STEPS, 1):
            state = f"{len(self.wrong[step])} to mend" if self.wrong[step] else "holds" if self.asked[step] else "–"
            lines.append(f"{number}. {step}: {state}")
            lines += [indented("- ", said) for said in self.wrong[step]]
            lines += [indented("  not asked: ", said) for said in self.left_out[step]]
        return lines


def sentence(report: pytest.TestReport) -> str:
    """What a failed test says, without pytest's own analysis; where that is nothing, its name stands before."""
    crash = getattr(report.longrepr, "reprcrash", None)
    said = str(crash.message if crash else report.longrepr).strip()
    kind = said.partition(":")[0]
    if crash and kind.isidentifier() and kind.endswith("Error") and kind != "AssertionError":
        return f"{crash.path.removeprefix(f'{ROOT}/')}:{crash.lineno}: {said}"
    said = said.removeprefix("AssertionError: ").removeprefix("Failed: ").partition("\nassert ")[0].strip()
    name = report.nodeid.rpartition("::")[2].partition("[")[0].removeprefix("test_").replace("_", " ")
    return f"{name}: {said}" if said.startswith("assert ") or not said else said


def indented(mark: str, text: str) -> str:
    first, *rest = text.splitlines() or [""]
    return "\n".join([f"   {mark}{first}", *(" " * (3 + len(mark)) + line for line in rest)])


def main(slug: str) -> int:
    """Ask, and print what is missing. 0: nothing; 1: something; 2: there is no such miniature."""
    for name in ("CI", "FULL"):
        os.environ.pop(name, None)
    os.environ["SAMPLED"] = "1"
    os.chdir(ROOT)
    if broken := unusable(slug):
        sys.stdout.write(f"1. {STEPS[0]}: it cannot be run\n{indented('- ', broken)}\n")
        return 1
    judge = Judge()
    module = slug.replace("-", "_")
    options = [
        "-q", "--no-header", "--no-summary", "-p", "no:cacheprovider", "-p", "no:xdist", f"--miniature={slug}",
        "-k", f"({slug} or {module} or saved) and not hash_seed",
    ]  # fmt: skip
    laws = [*Path("tests/contract").glob("test_*.py"), *Path("tests/fidelity").glob(f"test_{module}*.py")]
    paths = [*map(str, sorted(laws)), *LAWS]
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        code = pytest.main([*options, *paths], [judge])
    if code not in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED):
        sys.stdout.write(said.getvalue())
        return 2
    sys.stdout.write("\n".join(judge.told()) + "\n")
    written = [f"playground/miniatures/*/{module}", f"tests/fidelity/test_{module}*.py"]
    clean = tidy([str(path) for pattern in written for path in Path().glob(pattern)])
    return int(any(judge.wrong.values()) or not clean)


def unusable(slug: str) -> str:
    """What keeps a model from being loaded and run at all: its last line, and the place in our own files."""
    symbols.hand_in()
    try:
        entry = entry_of(slug)
        run(entry.cls, default_query(entry.cls))
    except Wrong as nobody:
        return str(nobody)
    except Exception as fault:  # noqa: BLE001 - whatever a model that is being written can do
        frames = [one for one in traceback.extract_tb(fault.__traceback__) if "/miniatures/" in one.filename]
        place = f"{Path(frames[-1].filename).relative_to(ROOT)}:{frames[-1].lineno}: " if frames else ""
        if isinstance(fault, SyntaxError):
            place = f"{str(fault.filename).removeprefix(f'{ROOT}/')}:{fault.lineno}: "
        return f"{place}{type(fault).__name__}: {fault}"
    return ""


def tidy(paths: list[str]) -> bool:
    """Whether ruff has nothing to say; what it says is printed."""
    sys.stdout.write("And as the rest is written: ")
    sys.stdout.flush()
    commands = (["check", "--quiet", "--output-format=concise"], ["format", "--check", "--quiet"])
    clean = True
    for words in commands:
        done = subprocess.run([sys.executable, "-m", "ruff", *words, "--no-cache", *paths], check=False)
        clean = clean and done.returncode == 0
    sys.stdout.write("holds; `make lint` asks for types too\n" if clean else "ruff says no; `ruff format` mends some\n")
    return clean


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
