"""The reading font: small, under a name of our own, with its licence beside it."""

import os
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from config import fonts
from lessons.catalogue import lessons
from lessons.search import prose_of

FILES = ["orrery-serif-italic.woff2", "orrery-serif-regular.woff2", "orrery-serif-semibold.woff2"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("new") / "folder" / "of-fonts"
    fonts.build(target)
    return target


def test_three_styles_and_the_licence(folder: Path):
    assert sorted(path.name for path in folder.iterdir()) == ["OFL.txt", *FILES]
    assert "SIL OPEN FONT LICENSE Version 1.1" in (folder / "OFL.txt").read_text()


@pytest.mark.parametrize("name", FILES)
def test_a_style_is_under_20_kb_and_holds_the_signs_of_our_prose(folder: Path, name: str):
    assert (folder / name).stat().st_size < 20_000
    signs = TTFont(folder / name).getBestCmap()
    # The italic of the package has no arrows; the browser takes those from the next font.
    missing = {chr(code) for code in fonts.UNICODES if code not in signs}
    assert missing == (set("→←") if "italic" in name else set())


@pytest.mark.parametrize("name", FILES)
def test_every_letter_of_every_lesson_is_in_it(folder: Path, name: str):
    signs = TTFont(folder / name).getBestCmap()
    used = {sign for lesson in lessons().values() for sign in f"{lesson.front.title} {lesson.front.question}"}
    used |= {sign for lesson in lessons().values() for sign in prose_of(lesson) if sign.isascii()}
    assert {sign for sign in used if ord(sign) not in signs} == set()


@pytest.mark.parametrize("name", FILES)
def test_the_reserved_name_is_gone_and_the_copyright_stays(folder: Path, name: str):
    table = TTFont(folder / name)["name"]
    names = {record.nameID: str(record) for record in table.names}
    assert names[16] == fonts.FAMILY
    assert not [text for name_id, text in names.items() if name_id in {1, 3, 4, 6, 16} and "Source" in text]
    assert "Adobe" in names[0]
    assert "SIL Open Font License" in names[13]


def test_no_sign_has_the_width_of_a_part_of_it(folder: Path):
    """What follows a per cent sign or a quotation mark lay on it."""
    for path in folder.glob("*.woff2"):
        table = TTFont(path)["glyf"]
        parts = [part for name in table.keys() if table[name].isComposite() for part in table[name].components]  # noqa: SIM118 - a table is no dictionary
        assert parts
        assert not [part.glyphName for part in parts if part.flags & 0x200]


def test_kerning_and_ligatures_stay_and_hints_go(folder: Path):
    font = TTFont(folder / "orrery-serif-regular.woff2")
    features = {r.FeatureTag for tag in ("GSUB", "GPOS") for r in font[tag].table.FeatureList.FeatureRecord}
    assert {"kern", "liga"} <= features
    assert not {"fpgm", "prep", "cvt "} & set(font.keys())


def test_a_second_build_writes_nothing_and_an_outdated_file_is_made_again(folder: Path):
    assert fonts.build(folder) == []
    regular = folder / "orrery-serif-regular.woff2"
    os.utime(regular, (0, 0))
    assert fonts.build(folder) == [regular]
