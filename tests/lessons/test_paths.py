"""Paths through the lessons: what is declared, how far it is written, and where one goes on from a lesson."""

import re
from collections import Counter

import pytest
from django.test import Client

from lessons.catalogue import Lesson, lessons
from lessons.paths import PATHS, Path
from lessons.threads import first_of_another, steps, threads
from tests.lessons.curriculum import SLUGS
from tests.lessons.made_up import finished

each_path = pytest.mark.parametrize("path", PATHS, ids=[path.name for path in PATHS])
each_lesson = pytest.mark.parametrize("slug", lessons())


@each_path
def test_a_path_has_six_to_eight_lessons_of_the_curriculum_each_once(path: Path):
    assert 6 <= len(path.members) <= 8
    assert set(path.members) <= set(SLUGS)
    assert len(set(path.members)) == len(path.members)


def test_paths_have_names_and_titles_of_their_own():
    assert max(Counter(path.name for path in PATHS).values()) == 1
    assert max(Counter(path.title for path in PATHS).values()) == 1
    assert all(re.fullmatch("[a-z]+(-[a-z]+)*", path.name) for path in PATHS)
    assert all(path.promise[-1] in ".?" for path in PATHS)


def test_every_lesson_of_the_finished_site_lies_on_a_path():
    assert len(SLUGS) == len(set(SLUGS)) == 98
    assert set(SLUGS) == {slug for path in PATHS for slug in path.members}


def test_every_lesson_that_exists_lies_on_a_path_that_can_be_walked():
    walked = {one.slug for thread in threads() for one in thread.lessons}
    assert set(lessons()) & set(SLUGS) <= walked
    assert len(walked) >= 11


@each_path
def test_on_a_path_nothing_comes_before_what_it_needs(path: Path):
    for place, slug in enumerate(path.members):
        needed = lessons()[slug].front.prerequisites if slug in lessons() else ()
        assert not set(needed) & set(path.members[place:]), slug


def test_a_path_is_shown_from_two_lessons_on_with_what_is_to_come():
    shown = threads()
    assert all(len(thread.lessons) >= 2 for thread in shown)
    assert all(thread.to_come == len(thread.path.members) - len(thread.lessons) for thread in shown)
    left_out = {path.name for path in PATHS} - {thread.path.name for thread in shown}
    assert all(sum(slug in lessons() for slug in path.members) < 2 for path in PATHS if path.name in left_out)
    assert [thread.to_come for thread in threads(finished())] == [0] * len(PATHS)


def test_what_is_read_first_exists_and_never_leads_back():
    def before(slug: str, seen: tuple[str, ...] = ()) -> None:
        assert slug not in seen, seen
        for one in lessons()[slug].front.prerequisites:
            assert one in lessons(), f"{slug} needs {one}"
            before(one, (*seen, slug))

    for slug in lessons():
        before(slug)


def test_a_lesson_leads_to_those_that_need_it():
    needs = {(one.slug, lesson.slug) for lesson in lessons().values() for one in lesson.prerequisites}
    leads = {(lesson.slug, one.slug) for lesson in lessons().values() for one in lesson.leads_to}
    assert needs == leads
    assert needs


@each_lesson
def test_a_lessons_page_draws_what_comes_first_and_what_it_leads_to(client: Client, slug: str):
    page = client.get(f"/lessons/{slug}/").text
    lesson = lessons()[slug]
    for words, named in (("First", lesson.prerequisites), ("Leads to", lesson.leads_to)):
        line = re.search(rf"{words}: (.*?)</p>", page)
        assert (re.findall(r'href="/lessons/([a-z0-9-]+)/"', line[1]) if line else []) == [one.slug for one in named]
    assert ('class="needs"' in page) == bool(lesson.prerequisites or lesson.leads_to)


@each_lesson
def test_at_its_end_each_path_of_a_lesson_says_where_it_comes_from_and_leads(client: Client, slug: str):
    page = client.get(f"/lessons/{slug}/").text
    lines = re.findall(r"<p>On (.*?)</p>", page[page.index('<nav class="around"') :])
    mine = [thread for thread in threads() if lessons()[slug] in thread.lessons]
    assert len(lines) == len(mine)
    for line, thread in zip(lines, mine, strict=True):
        before, after = thread.around(lessons()[slug])
        assert f"?path={thread.path.name}" in line
        assert (f'href="/lessons/{before.slug}/">{before.front.title}</a>' if before else "this is the first") in line
        if after:
            assert f'href="/lessons/{after.slug}/">{after.front.title}</a>.' in line
        else:
            assert "This is the last" in line
            assert "begins with" in line


def test_next_leads_through_the_first_path_and_ends_and_nowhere_in_a_circle(client: Client):
    for slug in lessons():
        here, walked = slug, list[str]()
        while here:
            assert here not in walked
            walked.append(here)
            here = to(client, here, "next")
    thread = threads()[0]
    order = [one.slug for one in thread.lessons]
    assert [to(client, one, "next") for one in order] == [*order[1:], ""]
    assert [to(client, one, "prev") for one in order] == ["", *order[:-1]]


def to(client: Client, slug: str, rel: str) -> str:
    link = re.search(rf'<a[^>]* rel="{rel}" href="/lessons/([a-z0-9-]+)/"', client.get(f"/lessons/{slug}/").text)
    return link[1] if link else ""


def test_where_a_path_ends_another_one_begins_with_another_lesson():
    last = [step for lesson in lessons().values() for step in steps(lesson) if not step.after]
    assert last
    for step in last:
        assert step.other
        assert step.other != step.thread


def test_a_lesson_on_no_path_is_offered_the_first_one():
    lesson = Lesson("new", *list(vars(lessons()["hash-ring"]).values())[1:4])
    assert steps(lesson) == []
    assert first_of_another(lesson) == threads()[0]
