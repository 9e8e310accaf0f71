"""That a proof which is missing is missed: a made-up folder of tests, collected and run by a pytest of its own."""

import subprocess
import sys

import pytest

from playground.engine.registry import entries
from tests.conftest import ROOT
from tests.fidelity import proofs

pytestmark = pytest.mark.long

CONFTEST = "from tests.fidelity.conftest import evidence, pytest_configure, pytest_runtest_call\n"
COLLECTED = """\
import pytest

@pytest.mark.checks("totp", "whole")
def test_whole(): ...

@pytest.mark.saboteur("totp", "whole")
@pytest.mark.parametrize("wrong", "ab")
def test_whole_is_noticed(wrong): ...

@pytest.mark.checks("totp", "no saboteur")
def test_no_saboteur(): ...

# @pytest.mark.checks("totp", "commented out")

@pytest.mark.checks("totp", "no cases")
@pytest.mark.parametrize("case", [])
def test_no_cases(case): ...

@pytest.mark.skip
@pytest.mark.checks("totp", "skipped")
def test_skipped(): ...

@pytest.mark.checks("totp", "not noticed any more")
def test_not_noticed(): ...

@pytest.mark.saboteur("totp", "not noticed any more")
@pytest.mark.skipif(True, reason="for a moment")
def test_skipped_saboteur(): ...

@pytest.mark.checks("totp", "not declared")
def test_not_declared(): ...

@pytest.mark.saboteur("tpto", "whole")
def test_of_nobody(): ...
"""
DECLARED = ("whole", "no saboteur", "commented out", "no cases", "skipped", "not noticed any more")
ABOUT = "playground/miniatures/security/totp/about.py"


@pytest.fixture(scope="module")
def marked(tmp_path_factory):
    folder = tmp_path_factory.mktemp("made_up")
    (folder / "conftest.py").write_text(CONFTEST)
    (folder / "test_made_up.py").write_text(COLLECTED)
    return proofs.marked_in(folder)


def lacking(marked):
    return proofs.lacking("totp", ABOUT, DECLARED, marked)


@pytest.mark.parametrize("check", ["commented out", "no cases", "skipped"])
def test_a_check_without_a_comparison_is_missed(marked, check):
    (found,) = [one for one in lacking(marked) if f"'{check}'" in one]
    assert found == (
        f"{ABOUT}: Check('{check}', …) is compared by no test. Write one in tests/fidelity/test_totp.py, mark it "
        f"""@pytest.mark.checks("totp", "{check}"), and hand its figures to evidence('totp', '{check}', …)."""
    )


@pytest.mark.parametrize("check", ["no saboteur", "not noticed any more"])
def test_a_check_without_a_saboteur_is_missed(marked, check):
    (found,) = [one for one in lacking(marked) if f"'{check}'" in one]
    assert found.startswith(f"{ABOUT}: Check('{check}', …) has no saboteur. In ")
    assert found.endswith(f"""test_made_up.py, write a test in which one wrong line makes the comparison differ, and \
mark it @pytest.mark.saboteur("totp", "{check}").""")


def test_a_comparison_without_a_check_is_named(marked):
    (found,) = [one for one in lacking(marked) if "not declared" in one]
    assert "test_made_up.py::test_not_declared: " in found
    assert found.endswith(f"stands for no Check. Add Check('not declared', …) to CHECKS in {ABOUT}.")


def test_what_is_whole_is_not_named(marked):
    assert len(lacking(marked)) == len(DECLARED)  # all but one of them, and the mark without a Check


def test_a_mark_of_nobody_is_named(marked):
    (found,) = proofs.strangers(entries(), marked)
    assert found.endswith("""test_of_nobody: @pytest.mark.saboteur("tpto", "whole") names no miniature.""")


def test_a_folder_that_cannot_be_collected_is_no_empty_one(tmp_path):
    (tmp_path / "test_broken.py").write_text("import what_nobody_has\n")
    with pytest.raises(AssertionError, match="No module named 'what_nobody_has'"):
        proofs.marked_in(tmp_path)


RUN = """\
import pytest
from playground.engine.registry import entries

FIGURES = dict(next(figures for check, figures in entries()["totp"].evidence() if check.name == "RFC 4226"))

@pytest.mark.checks("totp", "RFC 4226")
def test_that_hands_them_in(evidence):
    evidence("totp", "RFC 4226", **FIGURES)

@pytest.mark.checks("totp", "RFC 4226")
def test_that_hands_in_nothing(): ...

@pytest.mark.checks("totp", "RFC 4226")
@pytest.mark.checks("totp", "RFC 6238")
def test_that_forgets_one(evidence):
    evidence("totp", "RFC 4226", **FIGURES)

def test_without_a_mark(evidence):
    evidence("totp", "RFC 4226", **FIGURES)

@pytest.mark.checks("totp", "RFC 4226")
def test_of_other_figures(evidence):
    evidence("totp", "RFC 4226", **FIGURES | {"cases": 1})
"""


def test_a_comparison_that_hands_in_no_figures_fails(tmp_path):
    (tmp_path / "conftest.py").write_text(CONFTEST)
    (tmp_path / "test_made_up.py").write_text(RUN)
    options = [
        "-q",
        "-p",
        "no:cacheprovider",
        "-p",
        "no:xdist",
        "-c",
        str(ROOT / "pyproject.toml"),
        f"--rootdir={ROOT}",
    ]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *options, str(tmp_path)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    failed = [line.partition("::")[2] for line in done.stdout.splitlines() if line.startswith("FAILED")]
    assert [line.partition(" - ")[0] for line in failed] == [
        "test_that_hands_in_nothing", "test_that_forgets_one", "test_without_a_mark", "test_of_other_figures",
    ]  # fmt: skip
    assert """@pytest.mark.checks("totp", "RFC 6238"): call evidence('totp', 'RFC 6238', …)""" in done.stdout
    assert """mark this comparison @pytest.mark.checks("totp", "RFC 4226")""" in done.stdout
    assert "1 passed" in done.stdout
