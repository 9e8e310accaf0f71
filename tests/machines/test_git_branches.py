"""Names of branches: what Git itself takes, and no other."""

import subprocess

import pytest

from playground.machines.git_store import is_branch, one_is_a_folder
from tests.require import require


@pytest.mark.parametrize(
    "name",
    ["topic", "feature/login", "a./b", "a/-b", "a/HEAD", "a:b", "a//b", "/a", "a/", "a/.b", ".a", "a.", "a/b.lock",
     "a.lock/b", "a..b", "-a", "a/b."],
)  # fmt: skip
def test_a_name_is_taken_where_git_takes_it(name):
    asked = [require("git", "git"), "check-ref-format", "--branch", name]
    assert is_branch(name) == (subprocess.run(asked, capture_output=True, check=False).returncode == 0)


def test_a_branch_is_a_file_so_none_can_lie_in_it():
    assert one_is_a_folder("fix", "fix/login")
    assert one_is_a_folder("fix/login", "fix")
    assert not one_is_a_folder("fix", "fixes")
