"""The code that a host pastes: one form for each kind of host, and the same run in all of them."""

import html
import re

import pytest

from playground.page.share import FORMS, STEP

pytestmark = pytest.mark.django_db

RUN = "/playground/hash-ring/?do=remove:cleo&step=22"
WIDGET = "http://testserver/embed/hash-ring/?do=remove:cleo&step=22"
PAGE = f"http://testserver{RUN}"


def code(client, form: str, **more: str) -> str:
    page = client.get("/embed/", {"url": RUN, "for": form, **more}).content.decode()
    found = re.search(r"<textarea[^>]*>(.*?)</textarea>", page, re.DOTALL)
    assert found is not None
    return html.unescape(found[1])


@pytest.mark.parametrize("form", FORMS)
def test_every_form_shows_the_run_and_no_place_for_a_step_is_left(client, form):
    told = html.unescape(code(client, form))
    assert WIDGET in told
    assert not STEP.search(told)


@pytest.mark.parametrize("form", sorted(FORMS.keys() - {"jupyter", "wordpress", "reveal"}))
def test_where_there_is_room_for_it_a_picture_and_a_sentence_lead_to_the_run(client, form):
    told = html.unescape(code(client, form))
    assert PAGE in told
    assert "http://testserver/playground/hash-ring/thumb.svg" in told
    assert "The hash ring: a working model" in told


@pytest.mark.parametrize("form", FORMS)
def test_options_of_the_widget_are_in_every_form(client, form):
    assert "do=remove:cleo&theme=host&step=22" in html.unescape(code(client, form, theme="host"))


@pytest.mark.parametrize("form", sorted(FORMS.keys() - {"jupyter", "wordpress"}))
def test_a_frame_may_take_the_whole_screen(client, form):
    assert 'allow="fullscreen"' in code(client, form)


def test_jsx_has_its_styles_as_objects_and_closes_every_element(client):
    told = code(client, "mdx")
    assert re.findall(r"style=(.{2})", told) == ["{{"] * 3
    assert told.count("/>") == 2


def test_hugo_gets_a_shortcode_to_keep_and_the_line_that_calls_it(client):
    kept, called = code(client, "hugo").split("\n\n")
    named = set(re.findall(r'\{\{ \.Get "(\w+)" \}\}', kept))
    assert named == {"widget", "page", "picture", "title"}
    assert named == set(re.findall(r'(\w+)="', called))


def test_in_restructuredtext_it_is_one_indented_line_of_raw_html(client):
    first, empty, line = code(client, "rst").split("\n")
    assert (first, empty) == (".. raw:: html", "")
    assert line == f"   {code(client, 'html')}"


def test_in_a_notebook_it_is_python(client):
    compile(code(client, "jupyter"), "cell", "exec")


def test_a_host_that_we_do_not_know_gets_html(client):
    assert code(client, "myspace") == code(client, "html")
