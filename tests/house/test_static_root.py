"""Static files are whole or not there, whatever became of the last build; those of earlier ones stay for a while."""

import os
import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from config import static_root

STYLE = "body { color: rebeccapurple; background: url('../img/dot.svg'); }\n" * 40
DOT = '<svg xmlns="http://www.w3.org/2000/svg"><circle r="1"/></svg>' * 40


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """A small site's files: building ours takes seconds."""
    for name, text in {"css/base.css": STYLE, "img/dot.svg": DOT, "js/a.js": "// said\nexport const a = 1;\n"}.items():
        (tmp_path / "sources" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "sources" / name).write_text(text)
    return tmp_path / "sources"


@pytest.fixture
def root(tmp_path: Path, sources: Path, settings) -> Path:
    """The folder, built once."""
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATICFILES_DIRS = [sources]
    settings.STATIC_ROOT = tmp_path / "local" / "static"
    assert static_root.build()
    return tmp_path / "local" / "static"


def held(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def styles(root: Path) -> list[Path]:
    """The style sheets of all builds, by their fingerprints."""
    return sorted(root.glob("css/base.*.css"))


def ages(path: Path, seconds: float) -> None:
    os.utime(path, (time.time() - seconds,) * 2)


def test_it_holds_the_files_their_compressed_copies_and_the_pages_of_the_proxy(root: Path):
    names = held(root).keys()
    assert {"css/base.css", "css/base.css.br", "css/base.css.gz", "staticfiles.json", "errors/503.html"} <= names
    assert len(styles(root)) == 1
    assert sorted(path.name for path in root.parent.iterdir()) == ["static", "static.stamp"]


def test_with_nothing_changed_nothing_is_written(root: Path):
    before = {path: path.stat().st_mtime_ns for path in root.parent.rglob("*")}
    assert not static_root.build()
    assert {path: path.stat().st_mtime_ns for path in root.parent.rglob("*")} == before


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5])


def empty(path: Path) -> None:
    path.write_bytes(b"")


def of_other_bytes(path: Path) -> None:
    path.write_bytes(bytes(path.stat().st_size))


@pytest.mark.parametrize(
    "name", ["css/base.css", "css/base.*.css", "css/base.*.css.br", "staticfiles.json", "errors/503.html"]
)
@pytest.mark.parametrize("damage", [cut, empty, of_other_bytes, Path.unlink])
def test_what_was_damaged_does_not_survive_the_next_start(root: Path, name: str, damage):
    whole = held(root)
    damaged = next(root.glob(name))
    # Newer than its source, as what a build has written always is.
    damage(damaged)
    assert static_root.build()
    assert held(root) == whole
    assert not static_root.build()


@pytest.mark.parametrize("said", [b"", b"{", b'{"sources": 1}', b"[]", b"\xff", b"0" * 64])
def test_a_stamp_that_says_nothing_is_no_stamp(root: Path, said: bytes):
    (root.parent / "static.stamp").write_bytes(said)
    assert static_root.build()
    assert not static_root.build()


def test_what_a_killed_build_has_left_beside_is_not_served(root: Path):
    whole = held(root)
    shutil.copytree(root, root.with_name("static.part"))
    (root.with_name("static.part") / "css" / "base.css").write_text("bo")
    (root.with_name("static.part") / "half.css").write_text("bo")
    (root.parent / "static.stamp").unlink()
    assert static_root.build()
    assert held(root) == whole
    assert not root.with_name("static.part").exists()


def test_files_of_an_earlier_build_stay_for_a_week_after_they_were_last_part_of_one(root: Path, sources: Path):
    (first,) = styles(root)
    ages(first, 90 * static_root.KEPT)  # the site has run for long without a change
    (sources / "css" / "base.css").write_text(STYLE + "p { margin: 0 }")
    assert static_root.build()
    assert len(styles(root)) == 2, "a page that was loaded a minute ago may still ask for it"

    ages(first, static_root.KEPT - 60)
    (sources / "css" / "base.css").write_text(STYLE + "p { margin: 1px }")
    assert static_root.build()
    assert len(styles(root)) == 3

    ages(first, static_root.KEPT + 60)
    (sources / "css" / "base.css").write_text(STYLE + "p { margin: 2px }")
    assert static_root.build()
    assert first not in styles(root)
    assert len(styles(root)) == 3


def test_what_comes_back_to_a_build_is_part_of_it_again(root: Path, sources: Path):
    (first,) = styles(root)
    for text in (STYLE + "p { margin: 0 }", STYLE):
        (sources / "css" / "base.css").write_text(text)
        assert static_root.build()
    ages(first, 2 * static_root.KEPT)
    (sources / "js" / "a.js").write_text("export const a = 2;\n")
    assert static_root.build()
    assert first in styles(root)


@pytest.fixture
def seen(root: Path) -> Iterator[set[bytes]]:
    """All that somebody has seen who has read one file again and again."""
    found: set[bytes] = set()
    stop = threading.Event()

    def look() -> None:
        while not stop.is_set():
            found.add((root / "css" / "base.css").read_bytes())

    reader = threading.Thread(target=look)
    reader.start()
    yield found
    stop.set()
    reader.join()


def test_who_reads_along_sees_the_old_file_or_the_new_one(root: Path, sources: Path, seen: set[bytes]):
    made = {(root / "css" / "base.css").read_bytes()}
    for number in range(5):
        (sources / "css" / "base.css").write_text(STYLE * 200 + f"p {{ margin: {number}px }}")
        assert static_root.build()
        made.add((root / "css" / "base.css").read_bytes())
    assert len(seen) > 1
    assert seen <= made
