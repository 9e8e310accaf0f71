"""Files become lessons, or say what is wrong with them: file, line, what, what to write instead."""

from pathlib import Path

import pytest
from django.http import Http404

from lessons.catalogue import by_area, lesson_for, lessons, load
from lessons.problems import Unsound
from tests.lessons.reading import FRONT, FRONT_LINES


def written(tmp_path: Path, text: str, place: str = "data/hash-ring.md") -> Path:
    path = tmp_path / place
    path.parent.mkdir(parents=True)
    path.write_text(text, "utf-8")
    return path


def problems_of(path: Path) -> list[str]:
    try:
        return [str(problem) for problem in load(path).problems]
    except Unsound as unsound:
        return [str(problem) for problem in unsound.problems]


def test_a_lesson_is_its_front_matter_and_its_prose(tmp_path: Path):
    lesson = load(written(tmp_path, FRONT + "Hash the servers too.\n"))
    assert (lesson.slug, lesson.front.title, lesson.front.area, lesson.front.minutes) == (
        "hash-ring",
        "A lesson",
        "data",
        1,
    )
    assert [(source.id, source.number) for source in lesson.front.sources] == [("paper", 1)]
    assert [tuple(one) for one in lesson.chapters] == [("<p>Hash the servers too.</p>\n", "", "", "", "")]


def test_a_problem_in_the_prose_names_the_line_of_the_file(tmp_path: Path):
    path = written(tmp_path, FRONT + "\nSound.\n\nIt moved 7 keys.\n")
    assert problems_of(path)[0].startswith(f"hash-ring.md:{FRONT_LINES + 4}: The numeral 7 comes from nowhere.")


def test_a_lesson_with_problems_is_not_shown(tmp_path: Path):
    lesson = load(written(tmp_path, FRONT + "It moved 7 keys.\n"))
    with pytest.raises(Unsound, match="The numeral 7 comes from nowhere"):
        str(lesson.chapters)


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("+++\ntitle", "title", "hash-ring.md:1: There is no front matter. Begin with a line +++"),
        ('title = "A lesson"', "title = A lesson", "hash-ring.md:2: The front matter is not TOML"),
        ('title = "A lesson"\n', "", "hash-ring.md:1: title is missing or is not of the right kind. Write "),
        ("minutes = 1", 'minutes = "1"', "hash-ring.md:5: minutes is missing or is not of the right kind."),
        ('area = "data"', 'area = "date"', "hash-ring.md:4: There is no area “date”. Write one of communication, "),
        ('"hash-ring"', '"hash-rng"', "hash-ring.md:7: There is no miniature “hash-rng”. Write hash-ring."),
        ('minutes = 1', 'minutes = 1\nminuets = 2', "hash-ring.md:6: There is no key minuets. Use title, "),
        ('id = "paper"\n', "", "hash-ring.md:8: A source has no id. Give each one an id, a name and a url."),
    ],
)  # fmt: skip
def test_front_matter_that_cannot_be_used_says_why(tmp_path: Path, old: str, new: str, problem: str):
    assert problems_of(written(tmp_path, FRONT.replace(old, new)))[0].startswith(problem)


def test_a_file_lies_where_its_area_and_miniature_say(tmp_path: Path):
    path = written(tmp_path, FRONT, "cache/ring.md")
    expected = [
        "ring.md:1: The file does not lie where its area and miniature say. Move it to content/data/hash-ring.md."
    ]
    assert problems_of(path) == expected


def test_only_areas_with_lessons_are_listed():
    listed = by_area()
    assert all(found for _, found in listed)
    assert [lesson for _, found in listed for lesson in found] == list(lessons().values())


def test_an_unknown_lesson_names_near_ones():
    with pytest.raises(Http404, match=r"There is no lesson “hash-rings”. Did you mean hash-ring\?"):
        lesson_for("hash-rings")
