"""The law of every lesson: its length, its parts, its figures, its voice."""

import re
import unicodedata
from collections import Counter

import pytest

from lessons.areas import AREAS
from lessons.catalogue import CONTENT, Lesson, lessons
from lessons.markdown import figures
from lessons.markdown.check import walk
from lessons.markdown.lesson import text_of
from tests.lessons.reading import words_of

# Rule 10 of the voice: words that sell, soothe or stall.
BANNED = ("simply", "just", "powerful", "seamless", "seamlessly", "leverage", "leverages", "dive in", "worth noting")
BANNED_WORDS = re.compile(rf"\b({'|'.join(BANNED)})\b", re.IGNORECASE)
# One of the two spellings, everywhere: British.
AMERICAN = re.compile(
    r"\b\w*(color|behavior|neighbor|favorite|center(?:ed|s)?\b|analyze|organize[ds]?|recognize)\w*\b", re.IGNORECASE
)
SENTENCE_END = re.compile(r"[.?:]\)? +[A-Z]")

each_lesson = pytest.mark.parametrize("lesson", list(lessons().values()), ids=lambda lesson: lesson.slug)


def told(lesson: Lesson, kind: str) -> list[str]:
    return [token["attrs"]["told"] for token in lesson.tokens if token["type"] == kind]


def run_links(lesson: Lesson) -> list[str]:
    return [token["attrs"]["url"] for token in walk(lesson.tokens) if figures.is_run(token)]


def prose_lines(lesson: Lesson) -> list[tuple[int, str]]:
    """Numbered lines of the prose, links by their text alone, code left out."""
    plain = [re.sub(r"`[^`]*`", "", re.sub(r"\]\([^)]*\)", "]", line)) for line in lesson.prose.splitlines()]
    return list(enumerate(plain, lesson.front.body_line))


def test_every_file_is_a_lesson():
    assert sorted(path.stem for path in CONTENT.rglob("*.md")) == sorted(lessons())


@each_lesson
def test_nothing_is_wrong_with_it(lesson: Lesson):
    # Directives, queries, questions, figures against their runs, numerals without a source.
    assert not lesson.problems, "\n" + "\n".join(str(problem) for problem in lesson.problems)


@each_lesson
def test_it_has_600_to_1200_words_without_the_players(lesson: Lesson):
    assert 600 <= words_of(lesson) <= 1200


@each_lesson
def test_it_has_two_players_two_predictions_and_a_challenge(lesson: Lesson):
    kinds = Counter(token["type"] for token in lesson.tokens)
    assert kinds["player"] >= 2
    assert kinds["predict"] >= 2
    assert kinds["challenge"] >= 1


@each_lesson
def test_no_two_of_its_players_show_the_same(lesson: Lesson):
    shown = told(lesson, "player") + told(lesson, "predict")
    assert len(shown) == len(set(shown))


@each_lesson
def test_it_leads_to_runs_and_every_source_is_used(lesson: Lesson):
    assert run_links(lesson)
    used = {token["attrs"]["source"] for token in walk(lesson.tokens) if token["type"] == "reference"}
    assert used == set(lesson.told.sources)


@each_lesson
def test_a_prediction_stands_before_the_words_that_give_it_away(lesson: Lesson):
    # The run of a prediction is first linked to after it has been asked.
    for asked in told(lesson, "predict"):
        query = asked.partition(" ")[2]
        before = lesson.prose[: lesson.prose.index(asked)]
        assert f"?{query})" not in before, f"{lesson.file}: {query} is told before it is asked."


@pytest.mark.asvs("1.2.2")
@each_lesson
def test_its_links_out_are_safe_ones(lesson: Lesson):
    assert all(source.url.startswith("https://") for source in lesson.front.sources)


@each_lesson
def test_one_sentence_stands_on_one_line(lesson: Lesson):
    crowded = [f"{lesson.file}:{number}: {line}" for number, line in prose_lines(lesson) if SENTENCE_END.search(line)]
    assert not crowded, "Write one sentence per line:\n" + "\n".join(crowded)


@each_lesson
def test_its_voice_keeps_to_plain_words(lesson: Lesson):
    faults = [
        f"{lesson.file}:{number}: {found[0]}"
        for number, line in prose_lines(lesson)
        for found in (BANNED_WORDS.search(line), AMERICAN.search(line))
        if found
    ]
    assert not faults, "Say it in plain words, in British spelling:\n" + "\n".join(faults)


@each_lesson
def test_nothing_in_it_shouts(lesson: Lesson):
    # No exclamation mark, no emoji.
    loud = [
        (number, sign)
        for number, line in prose_lines(lesson)
        for sign in line
        if sign == "!" or unicodedata.category(sign) == "So"
    ]
    assert not loud


@each_lesson
def test_its_headings_say_what_is_learnt(lesson: Lesson):
    # Two words or fewer are a label, not a statement.
    headings = [text_of(token) for token in lesson.tokens if token["type"] == "heading"]
    assert all(len(heading.split()) >= 3 for heading in headings), headings


@each_lesson
def test_it_ends_with_a_question(lesson: Lesson):
    assert lesson.prose.rstrip().endswith("?")


def test_areas_have_names_of_their_own():
    assert len({area.name for area in AREAS}) == len({area.title for area in AREAS}) == len(AREAS) == 16


RAW = re.compile(r"\]\((?:run:|https?:|/)")
"""A link that Markdown has not read as one."""


@each_lesson
def test_no_link_stands_in_it_as_it_was_typed(client, lesson: Lesson):
    page = client.get(f"/lessons/{lesson.slug}/").text
    assert RAW.findall(re.sub(r"<(pre|code|textarea|script)\b.*?</\1>", "", page, flags=re.DOTALL)) == []
