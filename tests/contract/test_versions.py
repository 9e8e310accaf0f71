"""What a version answered stays recorded; answering otherwise needs a new one."""

import json
import os
import shutil
import subprocess
import sys

import pytest

from playground.engine import golden
from playground.engine.registry import entries
from tests.conftest import ROOT
from tests.contract.every import each_miniature, place


@each_miniature
def test_it_answers_as_its_version_did(entry):
    assert not golden.advice(entry), golden.advice(entry)


@each_miniature
def test_every_version_but_the_first_says_what_changed(entry):
    written = golden.recorded(entry)
    assert sorted(written["changes"]) == sorted(str(number) for number in range(2, written["version"] + 1))
    assert entry.version == written["version"], f"{place(entry)}: python -m playground record {entry.slug}"


@each_miniature
def test_the_record_holds_the_default_run_every_scenario_and_twenty_walks(entry):
    digests = golden.recorded(entry)["digests"]
    record = f"{place(entry, 'versions.json')}: write it with python -m playground record {entry.slug}"
    assert "" in digests, record
    assert len(digests) >= 1 + golden.WALKS + len({scenario.query for scenario in entry.scenarios}) - 3, record
    assert len(set(digests.values())) > golden.WALKS, f"{place(entry)}: too many runs answer alike; see its outcome()"


SHOW = """
import json, sys
sys.path.insert(0, {root!r})
from playground.engine import golden
from playground.engine.registry import entries
print(json.dumps({{slug: golden.digests(entry) for slug, entry in entries().items()}}))
"""
OTHERS = ("python3.12", "python3.13", "python3.14")
PYTHONS = [sys.executable, *(path for name in OTHERS if (path := shutil.which(name)))]


def executes(python):
    done = subprocess.run(
        [python, "-c", "import sys; assert sys.version_info >= (3, 11)"], capture_output=True, check=False
    )
    return done.returncode == 0


@pytest.mark.search
@pytest.mark.parametrize("python", [python for python in PYTHONS if executes(python)])
@pytest.mark.parametrize("seed", ["1", "4242"])
def test_the_digests_are_the_same_under_every_hash_seed_and_python(python, seed):
    done = subprocess.run(
        [python, "-S", "-B", "-c", SHOW.format(root=str(ROOT))], capture_output=True, text=True, check=True,
        env={**os.environ, "PYTHONHASHSEED": seed},
    )  # fmt: skip
    assert json.loads(done.stdout) == {slug: golden.recorded(entry)["digests"] for slug, entry in entries().items()}
