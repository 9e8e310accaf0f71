"""How deeply a miniature is tested: what makes it whole, and that a sample is one."""

import subprocess
from functools import _lru_cache_wrapper
from pathlib import Path

import pytest

from playground.engine.registry import entries
from tests import tiers, traits
from tests.conftest import ROOT

RING = entries()["hash-ring"]


@pytest.fixture(autouse=True)
def anew(monkeypatch):
    """Nothing is remembered from one test to the next, nor from the run that this is a part of."""
    for name in ("CI", "FULL", "SEED"):
        monkeypatch.delenv(name, raising=False)
    kept = [
        one for one in vars(tiers).values() if isinstance(one, _lru_cache_wrapper) and one.__module__ == tiers.__name__
    ]
    for one in kept:
        one.cache_clear()
    yield
    monkeypatch.undo()
    for one in kept:
        one.cache_clear()


@pytest.fixture
def changed(monkeypatch):
    """Call it with the files that shall count as changed since main."""
    return lambda *files: monkeypatch.setattr(tiers, "changed_files", lambda: frozenset(files))


def test_whatever_a_miniature_uses_one_of_those_that_stand_for_all_uses_it_too():
    for used in (traits.of_pictures(), traits.of_mechanics()):
        chosen = traits.cover(used)
        of = dict(used)
        assert set().union(*(of[slug] for slug in chosen)) == set().union(*of.values())


def test_a_new_kind_of_picture_enters_by_itself():
    used = {"a": frozenset({"x", "y"}), "b": frozenset({"y"}), "c": frozenset({"z"})}
    assert traits.cover(tuple(used.items())) == ("a", "c")
    assert traits.cover(tuple((used | {"d": frozenset({"y", "new"})}).items())) == ("a", "c", "d")


@pytest.mark.parametrize("name", ["CI", "FULL"])
def test_everything_is_whole_where_that_is_asked_for(monkeypatch, changed, name):
    changed()
    monkeypatch.setenv(name, {"CI": "true", "FULL": "1"}[name])
    assert tiers.whole() == frozenset(entries()) == frozenset(tiers.operated())
    assert tiers.told() == "every miniature is tested whole"


def test_where_nobody_can_tell_what_changed_everything_is_whole(monkeypatch):
    monkeypatch.setattr(tiers, "changed_files", lambda: None)
    assert tiers.whole() == frozenset(entries())


def test_where_nothing_changed_those_that_stand_for_all_are_whole(changed):
    changed("README.md")
    assert tiers.whole() == set(traits.cover(traits.of_pictures())) < frozenset(entries())
    assert set(tiers.operated()) == set(traits.cover(traits.of_mechanics())) < frozenset(entries())


def sampled() -> str:
    """One that does not stand for the others."""
    return next(slug for slug in entries() if slug not in traits.cover(traits.of_pictures()))


def own(slug: str) -> list[str]:
    entry, module = entries()[slug], slug.replace("-", "_")
    home = entry.home.relative_to(ROOT).as_posix()
    return [
        f"{home}/model.py", f"{home}/shown.py", f"{home}/versions.json",
        f"lessons/content/{entry.area}/{slug}.md", f"tests/fidelity/test_{module}.py",
    ]  # fmt: skip


@pytest.mark.parametrize("file", own(sampled()))
def test_one_of_whose_files_one_has_changed_is_whole(changed, file):
    changed(file)
    assert sampled() in tiers.whole()
    assert sampled() in tiers.operated()


def test_what_it_reaches_counts_and_what_others_reach_does_not():
    reached = tiers.reached(RING)
    assert {"playground/machines/ketama.py", "playground/machines/fleet.py"} <= reached
    assert "playground/machines/hotp.py" not in reached
    assert not any(path.startswith("playground/engine/") for path in reached)


def test_where_the_ground_has_changed_a_fifth_of_the_rest_is_whole_too(changed, monkeypatch):
    monkeypatch.setattr(tiers, "cover", lambda used: ("totp",))
    changed("playground/engine/run.py")
    assert len(tiers.whole()) == 1 + -(-(len(entries()) - 1) // tiers.PART)
    seen: set[str] = set()
    for seed in range(40):
        monkeypatch.setenv("SEED", str(seed))
        for one in (tiers.whole, tiers.seed):
            one.cache_clear()
        seen |= tiers.whole()
    assert seen == set(entries()), "another seed chooses others"


def test_a_sample_is_a_part_in_order_and_the_seed_repeats_it(changed, monkeypatch):
    changed()
    entry, things = entries()[sampled()], [*"abcdefgh"]
    found = set()
    for seed in range(30):
        monkeypatch.setenv("SEED", str(seed))
        tiers.seed.cache_clear()
        some = tiers.sample(entry, things, 3)
        assert some == tiers.sample(entry, things, 3) == sorted(some)
        assert len(set(some)) == 3
        found |= set(some)
    assert found == set(things)
    assert f"SEED={seed}" in tiers.told()


def test_of_a_whole_one_nothing_is_left_out(changed):
    changed(*own(sampled()))
    assert tiers.sample(entries()[sampled()], range(9), 2) == [*range(9)]


def test_what_git_calls_changed_is_what_differs_from_main_committed_or_not(monkeypatch, tmp_path: Path):
    def git(*words: str) -> None:
        subprocess.run(["git", "-c", "user.name=a", "-c", "user.email=a@b", *words], cwd=tmp_path, check=True,
                       capture_output=True)  # fmt: skip

    git("init", "-b", "main")
    for name in ("same", "committed", "edited"):
        (tmp_path / name).write_text("before")
    git("add", ".")
    git("commit", "-m", "one")
    git("switch", "-c", "topic")
    (tmp_path / "committed").write_text("after")
    git("commit", "-am", "two")
    (tmp_path / "edited").write_text("after")
    (tmp_path / "new file").write_text("new")
    monkeypatch.setattr(tiers, "ROOT", tmp_path)
    assert sorted(tiers.changed_files() or ()) == ["committed", "edited", "new file"]


def test_without_git_nobody_can_tell(monkeypatch, tmp_path: Path):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert tiers.changed_files() is None
    assert tiers.seed() == 1
