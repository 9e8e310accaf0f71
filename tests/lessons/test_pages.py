"""The first page, the list and the lessons, as a browser gets them."""

import re

import pytest
from django.test import Client

from lessons.areas import AREAS
from lessons.catalogue import by_area, lessons

PAGES = ["/", "/lessons/", *(f"/lessons/{slug}/" for slug in lessons())]
each_page = pytest.mark.parametrize("path", PAGES)


@each_page
def test_everybody_may_keep_it_for_five_minutes(client: Client, path: str):
    response = client.get(path)
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "public, max-age=300"
    assert response.headers["ETag"]
    assert response.headers.get("Vary", "Accept-Encoding") == "Accept-Encoding"
    assert not response.cookies


@each_page
def test_who_already_has_it_is_told_so(client: Client, path: str):
    etag = client.get(path).headers["ETag"]
    again = client.get(path, headers={"if-none-match": etag})
    assert (again.status_code, again.content) == (304, b"")


@each_page
def test_signed_in_and_anonymous_get_the_same_bytes(client: Client, path: str):
    anonymous = client.get(path).content
    client.cookies["sessionid"] = "somebody"
    client.cookies["csrftoken"] = "0" * 32
    assert client.get(path).content == anonymous


@each_page
def test_the_query_changes_nothing(client: Client, path: str):
    assert client.get(f"{path}?utm_source=letter").content == client.get(path).content


@each_page
def test_nothing_in_it_is_inline(client: Client, path: str):
    page = client.get(path).text
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=|javascript:", page)
    assert not re.search(r"<script(?![^>]*\ssrc=)", page)


@each_page
def test_no_id_stands_twice_and_none_in_a_player(client: Client, path: str):
    page = client.get(path).text
    ids = re.findall(r'\sid="([^"]*)"', page)
    assert len(ids) == len(set(ids))
    assert not any(
        re.search(r'\sid="', player) for player in re.findall(r"<orrery-player.*?</orrery-player>", page, re.DOTALL)
    )


@each_page
def test_only_pages_can_be_asked_for(client: Client, path: str):
    assert client.post(path).status_code in (403, 405)


def test_an_unknown_lesson_is_a_404_in_the_sites_clothes(client: Client):
    response = client.get("/lessons/hash-rung/")
    assert response.status_code == 404
    assert "<header" in response.text


def test_a_lesson_has_its_players_its_sources_and_its_evidence(client: Client):
    page = client.get("/lessons/hash-ring/").text
    assert page.count("<orrery-player") == 5
    assert page.count('class="predict"') == 2
    assert page.count('class="challenge"') == 1
    for source in lessons()["hash-ring"].front.sources:
        assert f'<li id="source-{source.id}"><a href="{source.url}"' in page
        assert f'href="#source-{source.id}"' in page
    for check, figures, cases in lessons()["hash-ring"].evidence:
        assert f"Checked against {check.name} {figures['version']}" in page
        assert f"{cases} cases, {figures['different']} different" in page


def test_every_link_of_a_lesson_to_a_run_answers_without_a_detour(client: Client):
    page = client.get("/lessons/hash-ring/").text
    prose = re.sub(r"<orrery-player.*?</orrery-player>", "", page, flags=re.DOTALL)
    links = {link.replace("&amp;", "&") for link in re.findall(r'href="(/playground/[^"]*)"', prose)}
    assert len(links) > 10
    assert {link: client.get(link).status_code for link in links} == dict.fromkeys(links, 200)


@pytest.mark.parametrize("path", ["/"])
def test_the_map_shows_what_exists_and_nothing_else(client: Client, path: str):
    page = client.get(path).text
    shown = {area.name for area, _ in by_area()}
    assert {area.name for area in AREAS if f'id="area-{area.name}"' in page} == shown
    assert set(re.findall(r'href="/lessons/([a-z-]+)/"', page)) == set(lessons())
    assert all(lesson.front.question in page for lesson in lessons().values())


def test_the_first_page_has_a_live_miniature_and_leads_into_it(client: Client):
    page = client.get("/").text
    assert "<h1>Turn the handle.</h1>" in page
    assert page.count("<orrery-player") == 1
    deeds = re.findall(
        r'<a href="(/playground/hash-ring/\?do=[^"]*step=[^"]*)" hx-get="([^"]*)"[^>]*>([^<]*)</a>', page
    )
    assert [label for *_, label in deeds] == ["Remove bob", "Bring cleo back", "Add a server"]
    for whole, fragment, _ in deeds:
        # Without JavaScript the same deed is a page.
        for link in (whole, fragment):
            assert client.get(link.replace("&amp;", "&")).status_code == 200


def test_the_list_says_what_to_read_first(client: Client):
    page = client.get("/lessons/").text
    named = [one for lesson in lessons().values() for one in lesson.prerequisites]
    assert named
    assert page.count('<p class="after">') == sum(bool(lesson.prerequisites) for lesson in lessons().values())
    for one in named:
        assert re.search(rf'After [^\n]*<a href="/lessons/{one.slug}/">{re.escape(one.front.title)}</a>', page)
