"""The list of lessons: rows path by path, filters as links, and what is said where nothing fits."""

import re
from itertools import product

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string
from django.test import Client

from lessons.catalogue import lessons
from lessons.shelf import SHORT, Shelf
from lessons.templatetags.numbers import in_words
from lessons.threads import threads
from tests.lessons.made_up import finished

ROW = re.compile(r'<li class="row" data-read="([a-z0-9-]+)">')


def rows(client: Client, query: str = "") -> list[str]:
    return ROW.findall(client.get(f"/lessons/{query}").text)


def link(page: str, label: str) -> tuple[str, int]:
    """The address of a filter, and its count."""
    found = re.search(rf'<a href="([^"]*)"[^>]*>{label} <span>(\d+)</span></a>', page)
    assert found, label
    return found[1].replace("&amp;", "&"), int(found[2])


def test_every_lesson_has_one_row_with_its_picture_question_area_and_minutes(client: Client):
    assert sorted(rows(client)) == sorted(lessons())
    page = client.get("/lessons/").text
    for slug, lesson in lessons().items():
        row = re.search(rf'<li class="row" data-read="{slug}">.*?</li>', page, re.DOTALL)
        assert row
        for told in (
            f"/playground/{slug}/thumb.svg",
            f'href="/lessons/{slug}/">{lesson.front.title}</a>',
            lesson.front.question,
            lesson.front.room.title,
            f"{lesson.front.minutes} min",
        ):
            assert told in row[0]


def test_rows_stand_under_the_first_path_of_their_lesson_in_its_order(client: Client):
    wanted: list[str] = []
    for thread in threads():
        wanted += [one.slug for one in thread.lessons if one.slug not in wanted]
    assert rows(client) == wanted


def test_a_path_names_its_lessons_that_stand_elsewhere_and_counts_those_to_come(client: Client):
    page = client.get("/lessons/").text
    above: set[str] = set()
    for thread in threads():
        line = re.search(rf'id="path-{thread.path.name}".*?</section>', page, re.DOTALL)
        elsewhere = [one.slug for one in thread.lessons if one.slug in above]
        above |= {one.slug for one in thread.lessons}
        if not line:  # all its rows stand under others
            assert len(elsewhere) == len(thread.lessons)
            continue
        also = re.search(r"Also on this path: (.*?)\. <a href=\"/lessons/\?path=", line[0])
        assert (re.findall(r"/lessons/([a-z0-9-]+)/", also[1]) if also else []) == elsewhere
        if thread.to_come:
            assert re.search(rf"{in_words(thread.to_come).capitalize()} more (is|are) to come\.", line[0])


@pytest.mark.parametrize(
    ("number", "words"), [(0, "no"), (1, "one"), (11, "eleven"), (20, "twenty"), (98, "ninety-eight"), (1000, "1,000")]
)
def test_a_number_as_words(number: int, words: str):
    assert in_words(number) == words


def test_the_heading_says_how_many_there_are(client: Client):
    assert f"<h1>{in_words(len(lessons())).capitalize()} lessons</h1>" in client.get("/lessons/").text


@pytest.mark.parametrize(
    ("query", "fits"),
    [
        ("?area=data", lambda lesson: lesson.front.area == "data"),
        ("?length=short", lambda lesson: lesson.front.minutes <= SHORT),
        ("?length=long", lambda lesson: lesson.front.minutes > SHORT),
        ("?area=communication&length=long", lambda lesson: lesson.front.area == "communication"),
    ],
)
def test_a_filter_leaves_what_fits(client: Client, query: str, fits):
    assert set(rows(client, query)) == {slug for slug, lesson in lessons().items() if fits(lesson)}


def test_a_path_that_is_chosen_has_all_of_its_lessons_in_order(client: Client):
    for thread in threads():
        assert rows(client, f"?path={thread.path.name}") == [one.slug for one in thread.lessons]


def test_every_filter_is_a_link_whose_count_is_what_it_leads_to(client: Client):
    page = client.get("/lessons/?area=data").text
    links = re.findall(r'<a href="(/lessons/[^"]*)"[^>]*>[^<]* <span>(\d+)</span></a>', page)
    assert len(links) > 8
    for address, count in links:
        assert len(ROW.findall(client.get(address.replace("&amp;", "&")).text)) == int(count), address


def test_filters_keep_each_other_and_the_words(client: Client):
    page = client.get("/lessons/?q=hash&area=data").text
    address, count = link(page, "longer")
    assert address == "/lessons/?q=hash&area=data&length=long"
    assert f"{count} lesson" in client.get(address).text
    assert link(page, "Security")[0] == "/lessons/?q=hash&area=security"
    assert re.search(r'<option value="data" selected>', page)


def test_a_search_is_narrowed_by_filters(client: Client):
    everywhere = client.get("/lessons/?q=hash").text
    narrowed = client.get("/lessons/?q=hash&area=security").text
    assert "in Security" in narrowed
    found = set(re.findall(r'<li>\s*<a href="/lessons/([a-z-]+)/"', narrowed))
    assert found
    assert {lessons()[slug].front.area for slug in found} == {"security"}
    assert found < set(re.findall(r'<li>\s*<a href="/lessons/([a-z-]+)/"', everywhere))


def test_words_that_only_other_lessons_hold_lead_there(client: Client):
    page = client.get("/lessons/?q=clockwise&area=security").text
    assert "No lesson holds “clockwise” in Security." in page
    assert '<a href="/lessons/?q=clockwise">look in all of them</a>' in page


def test_filters_that_leave_nothing_say_so_and_lead_back(client: Client):
    response = client.get("/lessons/?area=payments&path=who-are-you")
    assert response.status_code == 200
    assert "No lesson in Payments, on the path “Who are you?”." in response.text
    assert '<a href="/lessons/">All' in response.text


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("?area=dta", 'There is no area “dta”. Did you mean <a href="/lessons/?area=data">Data</a>?'),
        ("?path=who-is-it", "There is no path “who-is-it”."),
        ("?path=upi", "There is no path “upi”."),
        ("?length=9", "There is no length “9”."),
        ("?length=%3Cb%3E", "There is no length “&lt;b&gt;”."),
    ],
)
def test_what_there_is_not_is_said_and_all_lessons_are_there(client: Client, query: str, sentence: str):
    response = client.get(f"/lessons/{query}")
    assert response.status_code == 422
    assert sentence in response.text
    assert set(ROW.findall(response.text)) == set(lessons())


@pytest.mark.parametrize(
    ("query", "address"),
    [
        ("?q=&area=&path=&length=", "/lessons/"),
        ("?q=a+b%26c&area=data&path=&length=", "/lessons/?q=a+b%26c&area=data"),
        ("?q=&area=dta", "/lessons/?area=dta"),
        ("?q=", "/lessons/"),
    ],
)
def test_what_a_form_left_empty_is_in_no_address(client: Client, query: str, address: str):
    response = client.get(f"/lessons/{query}")
    assert (response.status_code, response.headers["Location"]) == (302, address)


def test_the_fragment_of_a_search_has_the_pages_address(client: Client):
    response = client.get("/lessons/found/?q=ring&area=&path=&length=long")
    assert response.headers["HX-Replace-Url"] == "/lessons/?q=ring&length=long"
    assert "<html" not in response.text
    assert client.get("/lessons/found/?q=&area=data").headers["HX-Replace-Url"] == "/lessons/?area=data"


def test_however_it_is_narrowed_the_list_is_one_page_to_crawlers(client: Client):
    for query in ("", "?area=data", "?q=ring", "?path=who-are-you&utm_source=x"):
        page = client.get(f"/lessons/{query}").text
        assert page.count('<link rel="canonical" href="http://testserver/lessons/">') == 1
    assert "Disallow: /lessons/?\n" in client.get("/robots.txt").text
    assert "/lessons/?" not in client.get("/sitemap.xml").text


def test_with_all_98_every_lesson_has_one_row_and_every_count_is_right():
    known = finished()
    shelf = Shelf(QueryDict(), known)
    assert sorted(one.slug for group in shelf.groups for one in group.lessons) == sorted(known)
    assert not any(group.name == "none" for group in shelf.groups)
    areas, paths, lengths = shelf.filters
    assert sum(one.many for one in areas.options[1:]) == sum(one.many for one in lengths.options[1:]) == 98
    assert all(6 <= one.many <= 8 for one in paths.options[1:])


def test_with_all_98_each_pair_of_filters_leaves_as_many_as_its_link_says():
    known = finished()
    whole = Shelf(QueryDict(), known)
    for area, length in product(whole.filters[0].options[1:4], ("short", "long")):
        shelf = Shelf(QueryDict(f"area={area.value}&length={length}"), known)
        chosen = next(one for one in shelf.filters[0].options if one.chosen)
        assert chosen.many == len(shelf.shown) == sum(len(group.lessons) for group in shelf.groups)


def test_a_lesson_on_no_path_has_its_row_at_the_end():
    known = {"alone": lessons()["hash-ring"]}
    (group,) = Shelf(QueryDict(), known).groups
    assert (group.title, [one.slug for one in group.lessons]) == ("On no path yet", ["hash-ring"])


def test_threads_for_other_pages_link_what_exists_and_count_the_rest():
    drawn = render_to_string("lessons/_threads.html", {"paths": threads()[:3]})
    assert "Three ways through" in drawn
    for thread in threads()[:3]:
        assert all(f'href="/lessons/{one.slug}/">{one.front.title}</a>' in drawn for one in thread.lessons)
        assert not any(f"/lessons/{slug}/" in drawn for slug in set(thread.path.members) - set(lessons()))
        if thread.to_come:
            assert f"{in_words(thread.to_come)} more to come" in drawn
