"""The search for tests that are missing: what it changes, what it tries, and what it does not count."""

import pytest

from tests.conftest import ROOT
from tests.mutate.equivalent import equivalents
from tests.mutate.places import ROOMS, files, mutants
from tests.mutate.relevant import OF_THE_CORE, OF_THE_SITE, names_tests, stages
from tests.mutate.trial import tracked

TEA = '''"""Tea: 3 minutes."""


@lru_cache(64)
def steep(minutes: int | None, hot=True):
    if not minutes or minutes + 1 >= 4 and "é" in names():
        return None
    return (minutes) - 2, f"{minutes + 1}", zip(hot, hot, strict=True)
'''


def test_one_token_is_another_and_neither_words_nor_types_are_touched(tmp_path):
    (tmp_path / "tea.py").write_text(TEA, "utf-8")
    found = mutants(tmp_path, "tea.py")
    assert [f"{one.place.line}: {one.change}" for one in found] == [
        "5: True → False",
        "6: not  → ",
        "6: or → and",
        "6: + → -",
        "6: 1 → 0",
        "6: 1 → 2",
        "6: >= → >",
        "6: 4 → 3",
        "6: 4 → 5",
        "6: and → or",
        "6: in → not in",
        '8: (minutes) - 2, f"{minutes + 1}", zip(hot, hot, strict=True) → None',
        "8: - → +",
        "8: 2 → 1",
        "8: 2 → 3",
    ]
    changed = {one.change: one.of(TEA).splitlines()[one.place.line - 1].strip() for one in found}
    assert changed["in → not in"] == 'if not minutes or minutes + 1 >= 4 and "é" not in names():'
    assert changed["- → +"] == 'return (minutes) + 2, f"{minutes + 1}", zip(hot, hot, strict=True)'
    for one in found:
        compile(one.of(TEA), "tea.py", "exec")


def test_every_source_file_is_in_one_room_only():
    tree = tracked(ROOT)
    rooms = [set(files(room, tree)) for room in (*ROOMS, "rest")]
    assert all(rooms)
    assert sum(map(len, rooms)) == len(set().union(*rooms))


@pytest.mark.parametrize(
    ("path", "test", "rooms"),
    [
        ("playground/engine/trace.py", "tests/engine/test_trace.py", OF_THE_CORE),
        ("config/compress.py", "tests/house/test_compress.py", OF_THE_SITE),
    ],
)
def test_what_imports_a_file_is_tried_first_and_the_rest_of_its_side_last(path, test, rooms):
    first, second, last = stages(ROOT, path)
    assert test in first
    assert set(rooms) <= set(second)
    assert f"--ignore={test}" in second
    assert last == ["-m", "long", "tests/player", "tests/api"]


def test_a_machine_is_tried_against_the_real_programs_of_those_that_use_it():
    *_, last = stages(ROOT, "playground/machines/ketama.py")
    assert {part for part in last if part.startswith("tests")} == {
        "tests/fidelity/test_hash_ring.py",
        "tests/fidelity/test_load_balancing.py",
        "tests/fidelity/test_load_balancing_failing.py",
    }


def test_no_file_ends_up_with_all_tests_for_want_of_one():
    for path in files("machines", tracked(ROOT))[:3]:
        assert all(names_tests(stage) for stage in stages(ROOT, path))


def test_what_is_called_the_same_still_stands_there_and_says_why():
    for (path, code, change), why in equivalents().items():
        standing = {one.key for one in mutants(ROOT, path)}
        assert (path, code, change) in standing, f"{path} has no {code!r} any more: take it out of equivalent.toml"
        assert len(why) > 20
