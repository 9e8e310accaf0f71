"""Search by the words of the lessons: what is found, what is said where nothing is, and nonsense."""

import re

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from lessons.catalogue import lessons
from lessons.search import CLOSE, LONGEST, MOST_WORDS, OPEN, marked, prose_of, search, words_of


def slugs(text: str) -> list[str]:
    return [found.lesson.slug for found in search(text)]


@pytest.mark.parametrize("slug", lessons())
def test_a_lesson_is_found_first_by_its_title(slug):
    assert slugs(lessons()[slug].front.title)[0] == slug


@pytest.mark.parametrize(
    ("word", "slug"),
    [("hash", "hash-ring"), ("load", "load-balancing"), ("log", "kafka-why-fast"), ("storing", "password-storage")],
)
def test_a_word_in_the_title_counts_more_than_many_in_the_prose(word, slug):
    often = {one.slug: prose_of(one).lower().split().count(word) for one in lessons().values()}
    assert slugs(word)[0] == slug
    assert max(often[other] for other in slugs(word)[1:]) > 0


@pytest.mark.parametrize("slug", lessons())
def test_a_lesson_is_found_by_a_run_of_words_of_its_prose(slug):
    words = re.findall(r"\w+", prose_of(lessons()[slug]))
    middle = len(words) // 2
    assert slug in slugs(" ".join(words[middle : middle + 5]))


def test_the_last_word_may_still_be_growing():
    assert "hash-ring" in slugs("virtual no")


def test_other_forms_of_a_word_are_found():
    assert "hash-ring" in slugs("hashing server")


def test_all_words_must_be_there():
    assert slugs("ketama zzzzunlikely") == []


@pytest.mark.asvs("1.2.1")
def test_hits_are_marked_and_everything_else_is_escaped(client: Client):
    page = client.get("/lessons/", {"q": "nginx <b>"}).text
    assert "<mark>" in page
    assert "nginx &lt;b&gt;" in page
    assert "<b>" not in page.split('id="lessons"')[1]


@pytest.mark.asvs("1.2.1")
def test_in_a_passage_our_marks_become_tags_and_nothing_else_does():
    assert marked(f"a <b> & {OPEN}hit{CLOSE} <i>") == "a &lt;b&gt; &amp; <mark>hit</mark> &lt;i&gt;"


def test_nothing_found_says_so_and_names_what_is_near(client: Client):
    page = client.get("/lessons/", {"q": "passwrd"}).text
    assert "No lesson holds “passwrd”." in page
    assert 'href="/lessons/?q=password"' in page


def test_what_is_too_long_is_cut_and_that_is_said(client: Client):
    response = client.get("/lessons/", {"q": "hash " * 100})
    assert response.status_code == 200
    assert f"Only the first {LONGEST} characters are read." in response.text
    assert len(words_of("a " * 1000)) == MOST_WORDS


def test_the_field_cuts_nothing_without_a_word_and_so_much_is_read(client: Client):
    for page in ("/lessons/", "/playground/"):
        (field,) = re.findall(r'<input [^>]*name="q"[^>]*>', client.get(page).text)
        assert "maxlength" not in field
    assert words_of("x" * (LONGEST - 1) + "yz") == ["x" * (LONGEST - 1) + "y"]


def test_the_fragment_holds_the_same_and_names_the_page(client: Client):
    fragment = client.get("/lessons/found/", {"q": "nginx"})
    assert fragment.headers["HX-Replace-Url"] == "/lessons/?q=nginx"
    assert fragment.text.strip() in client.get("/lessons/", {"q": "nginx"}).text


def test_an_empty_search_is_the_whole_list(client: Client):
    assert client.get("/lessons/?q=", follow=True).content == client.get("/lessons/").content
    assert client.get("/lessons/found/?q=").headers["HX-Replace-Url"] == "/lessons/"


@pytest.mark.asvs("1.2.4")
@given(st.text(max_size=120))
def test_no_text_is_a_fault(text):
    assert isinstance(search(text), list)


@pytest.mark.asvs("1.2.4")
@pytest.mark.parametrize(
    "text", ['"', "*", "NEAR(a b)", "title:hash", "a AND", "-ring", "ring OR", "(", "\x00", "^ring"]
)
def test_the_index_has_no_language_of_its_own(client: Client, text: str):
    assert client.get("/lessons/", {"q": text}).status_code == 200


def test_what_is_too_long_does_not_come_back_in_a_header(client):
    """A header as long as that is refused by web servers in front."""
    response = client.get(f"/lessons/found/?q={'ring' * 4000}")
    assert response.status_code == 200
    assert len(response.headers["HX-Replace-Url"]) < 200
