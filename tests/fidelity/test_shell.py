"""How recipes are typed: which programs are asked for, what is compared, and what becomes of one that breaks off."""

import time
from pathlib import Path

import pytest

from playground.engine.elsewhere import Recipe
from tests.real import shell


def test_packages_are_those_that_the_tests_install():
    assert shell.packages()["nginx"] == "nginx-light"
    assert "" not in shell.packages()


def test_programs_are_asked_for_where_a_recipe_names_them():
    assert shell.needed('nginx -p "$PWD/"\ncurl -s x | openssl dgst\n') == {
        "nginx": "nginx-light", "curl": "curl", "openssl": "openssl",
    }  # fmt: skip
    assert shell.needed("redis-server --port 1\n$(argon2 salt)\n").keys() == {"redis-server", "argon2"}
    assert not shell.needed("cat nginx.conf my-git /usr/lib/curl git-lfs argon2id\n")


def test_a_program_that_is_missing_is_asked_for_by_its_package(monkeypatch, tmp_path):
    monkeypatch.setattr(shell, "packages", lambda: {"what-nobody-has": "nobodys-package"})
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="its Debian package is nobodys-package"):
        shell.typed(Recipe("", "what-nobody-has\n"), tmp_path)


def test_whole_lines_are_compared_or_what_is_picked_of_them(tmp_path):
    recipe = Recipe("", "cat told\n", (("told", "Sort on it\n  -> Scan of 3 rows\n\nDone\n"),))
    assert shell.typed(recipe, tmp_path) == ["Sort on it", "  -> Scan of 3 rows", "", "Done"]
    assert shell.typed(recipe._replace(picks=r"\s*-> (\w+) of (\d+)"), tmp_path) == ["Scan 3"]
    assert shell.typed(recipe._replace(picks="(?:Sort|Done)"), tmp_path) == ["", ""]


def test_a_command_that_fails_ends_the_recipe_and_is_told(tmp_path):
    told = shell.typed(Recipe("", "echo one\necho why >&2 && false\necho two\n"), tmp_path)
    assert told == ["one", "ended with 1: why"]


def test_a_recipe_that_hangs_is_ended(monkeypatch, tmp_path):
    monkeypatch.setattr(shell, "PATIENCE", 0.2)
    assert shell.typed(Recipe("", "until false; do sleep 0.1; done\n"), tmp_path) == ["ended with -9: "]


def test_a_server_that_a_broken_recipe_leaves_is_ended(tmp_path):
    number, _ = shell.typed(Recipe("", "sleep 60 >sleep.log 2>&1 &\necho $!\nfalse\n"), tmp_path)
    deadline = time.monotonic() + 10
    while alive(number):
        assert time.monotonic() < deadline
        time.sleep(0.01)


def alive(number):
    """Not one that has ended and of whom nobody has asked how."""
    try:
        return Path(f"/proc/{number}/stat").read_text("utf-8").split()[2] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False
