"""How to put a run into a page: what the form says becomes the code to copy, and the widget beside it."""

import re
from html import unescape

import pytest
from django.test import Client

from playground.embed.builder import LONGEST


def made(client: Client, **form: str | list[str]) -> tuple[str, str, str]:
    """Where the code's frame leads, where its picture does, and what is tried on the page itself."""
    page = client.get("/embed/", form).text
    code = unescape(
        unescape(page.split('<textarea id="snippet" translate="no" readonly rows="6">')[1].split("</textarea>")[0])
    )
    frame, picture = re.findall(r' src="http://testserver([^"]*)"', code)
    return frame, picture, unescape(page.split('<iframe src="')[1].split('"')[0])


def test_it_begins_with_a_ring_that_has_lost_a_server(client: Client):
    state = "?do=remove:cleo&step=22"
    assert made(client) == (f"/embed/hash-ring/{state}", "/playground/hash-ring/thumb.svg", f"/embed/hash-ring/{state}")


@pytest.mark.parametrize(
    ("form", "options"),
    [
        ({"theme": "dark"}, "theme=dark&step=3"),
        ({"theme": "green"}, "step=3"),
        ({"hide": ["source", "actions"]}, "hide=actions,source&step=3"),
        ({"lock": "inputs"}, "lock=inputs&step=3"),
        ({"from": "2", "to": "5"}, "from=2&to=5&step=3"),
        ({"from": "5", "to": "5"}, "step=3"),
        ({"from": "5", "to": "2"}, "step=3"),
        ({"step": "4"}, "step=4"),
        ({"step": "four"}, "step=3"),
    ],
)
def test_an_option_of_the_form_is_one_of_the_widgets_address(client: Client, form, options):
    frame, _, tried = made(client, url="/playground/totp/?do=log_in&step=3", **form)
    assert frame == tried == f"/embed/totp/?do=log_in&{options}"


def test_an_address_that_is_none_of_ours_is_told_and_stays_in_its_field(client: Client):
    response = client.get("/embed/", {"url": "https://example.org/<b>"})
    assert response.status_code == 404
    assert 'role="alert"' in response.text
    assert 'value="https://example.org/&lt;b&gt;"' in response.text
    assert "/embed/hash-ring/" in response.text
    assert "ETag" not in response.headers


def test_a_longer_address_than_is_read_is_told_and_never_cut(client: Client):
    typed = "x" * (LONGEST + 9)
    response = client.get("/embed/", {"url": typed})
    assert response.status_code == 404
    assert "An address has at most 4,096 characters; this one has 4,105." in response.text
    assert f'value="{typed}"' in response.text
    assert "maxlength" not in response.text


def test_the_page_may_show_its_own_widget_and_is_not_sent_twice(client: Client):
    first = client.get("/embed/")
    assert first.headers["Content-Security-Policy"].endswith("; frame-src 'self'")
    assert client.get("/embed/", headers={"if-none-match": first.headers["ETag"]}).status_code == 304
    assert client.get("/embed/?theme=dark", headers={"if-none-match": first.headers["ETag"]}).status_code == 200
