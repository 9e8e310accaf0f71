"""The lock files hold what is installed: every version, every hash, no address."""

import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.conftest import ROOT

LOCKS = ["requirements.lock", "requirements-servers.lock", "requirements-test.lock"]
PIN = re.compile(r"(?P<name>[a-z0-9-]+)==(?P<version>\S+)(?: ; .+)? \\")
HASH = re.compile(r"    --hash=sha256:[0-9a-f]{64}( \\)?")


def pins(lock: str) -> dict[str, str]:
    lines = (ROOT / lock).read_text().splitlines()
    return {match["name"]: match["version"] for line in lines if (match := PIN.fullmatch(line))}


@pytest.mark.asvs("15.2.1")
@pytest.mark.parametrize("lock", LOCKS)
def test_every_line_is_a_pinned_version_or_a_hash_and_each_version_has_a_hash(lock: str):
    lines = (ROOT / lock).read_text().splitlines()
    odd = [line for line in lines if not PIN.fullmatch(line) and not HASH.fullmatch(line)]
    assert odd == []
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        if PIN.fullmatch(line):
            assert HASH.fullmatch(following), f"{line} has no hash"


@pytest.mark.parametrize("lock", LOCKS)
def test_no_address_is_in_it(lock: str):
    text = (ROOT / lock).read_text()
    assert not re.search(r"://|index-url|find-links|\bfile:|\.org\b|\.com\b", text)


def test_the_tests_run_on_what_is_served():
    tested = pins("requirements-test.lock")
    for lock in LOCKS[:2]:
        served = pins(lock)
        assert served
        assert {name: tested.get(name) for name in served} == served


@pytest.mark.parametrize(
    ("lock", "extras"), list(zip(LOCKS, ([], ["servers"], ["servers", "test"]), strict=True)), ids=LOCKS
)
def test_the_lock_answers_every_requirement_of_the_project(lock: str, extras: list[str]):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = list(project["dependencies"])
    for extra in extras:
        wanted += project["optional-dependencies"][extra]
    locked = pins(lock)
    for requirement in map(Requirement, wanted):
        version = locked.get(canonicalize_name(requirement.name))
        assert version, f"{requirement.name} is not in {lock}: make lock"
        assert requirement.specifier.contains(version), f"{requirement} against {version}: make lock"
