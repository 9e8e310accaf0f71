"""What an address of ours tells a host that embeds by address alone: https://oembed.com."""

import re
from html import unescape
from urllib.parse import quote
from xml.etree import ElementTree as ET

import nh3
import pytest

HOME = "http://testserver"
RUN = "/playground/hash-ring/?do=remove:cleo&step=22"
WIDGET = "/embed/hash-ring/?do=remove:cleo&step=22&theme=dark&hide=source"

WORDPRESS = {
    "a": {"href"}, "blockquote": set(),
    "iframe": {"src", "width", "height", "frameborder", "marginwidth", "marginheight", "scrolling", "title"},
}  # fmt: skip
"""What WordPress leaves of a stranger's HTML (wp-includes/embed.php, wp_filter_oembed_result)."""


def told(client, url, **more):
    return client.get("/oembed", {"url": url, **more})


def source(html):
    (found,) = re.findall(r'<iframe [^>]*src="([^"]+)"', html)
    return unescape(found)


@pytest.mark.parametrize("path", ["/lessons/hash-ring/", RUN, WIDGET])
def test_a_page_names_where_it_is_described_by_a_whole_address(client, path):
    page = client.get(path).text
    for kind, form in (("application/json", ""), ("text/xml", "&format=xml")):
        (found,) = re.findall(rf'<link rel="alternate" type="{re.escape(kind)}\+oembed" href="([^"]+)"', page)
        assert unescape(found) == f"{HOME}/oembed?url={quote(f'{HOME}{path}', safe='')}{form}"
        assert client.get(unescape(found).removeprefix(HOME)).status_code == 200


@pytest.mark.parametrize("path", ["/lessons/hash-ring", "/playground/hash-ring", "/embed/hash-ring"])
def test_an_address_without_its_last_slash_is_the_same(client, path):
    assert told(client, f"{HOME}{path}").json() == told(client, f"{HOME}{path}/").json()


def test_a_widget_keeps_its_options(client):
    assert (
        source(told(client, f"{HOME}{WIDGET}").json()["html"]) == f"{HOME}{WIDGET}".replace("&step=22", "") + "&step=22"
    )
    strange = told(client, f"{HOME}/embed/hash-ring/?theme=pink&hide=everything").json()["html"]
    assert source(strange) == f"{HOME}/embed/hash-ring/"
    assert "theme" not in source(told(client, f"{HOME}{RUN}").json()["html"])


@pytest.mark.parametrize(
    ("asked", "size"),
    [
        ({}, (720, 640)),
        ({"maxwidth": "400"}, (400, 640)),
        ({"maxwidth": "400", "maxheight": "300"}, (400, 300)),
        ({"maxwidth": "9000", "maxheight": "x"}, (720, 640)),
        ({"maxwidth": "0"}, (720, 640)),
    ],
)
def test_it_is_no_larger_than_the_host_has_room_for_in_its_html_too(client, asked, size):
    found = told(client, f"{HOME}{RUN}", **asked).json()
    assert (found["width"], found["height"]) == size
    assert f'height="{size[1]}"' in found["html"]
    assert f'style="max-width:{size[0]}px"' in found["html"]


def test_it_has_a_picture_where_there_is_room_for_it(client):
    found = told(client, f"{HOME}{RUN}").json()
    assert (found["thumbnail_width"], found["thumbnail_height"]) == (1200, 630)
    picture = client.get(found["thumbnail_url"].removeprefix(HOME))
    assert picture["Content-Type"] == "image/png"
    size = picture.content[16:20], picture.content[20:24]
    assert [int.from_bytes(one, "big") for one in size] == [1200, 630]
    assert "thumbnail_url" not in told(client, f"{HOME}{RUN}", maxwidth="650").json()


def test_the_same_is_told_as_xml(client):
    answer = told(client, f"{HOME}{RUN}", format="xml")
    assert answer["Content-Type"] == "text/xml"
    root = ET.fromstring(answer.content)  # noqa: S314 - it is our own
    assert root.tag == "oembed"
    told_ = told(client, f"{HOME}{RUN}").json()
    assert {one.tag: one.text for one in root} == {name: str(value) for name, value in told_.items()}
    assert told(client, f"{HOME}{RUN}", format="yaml").status_code == 501


@pytest.mark.parametrize("path", ["/lessons/hash-ring/", RUN, WIDGET])
def test_what_wordpress_leaves_of_it_is_a_quotation_with_a_link_and_a_frame_without_a_border(client, path):
    html = told(client, f"{HOME}{path}").json()["html"]
    left = nh3.clean(html, tags=set(WORDPRESS), attributes=WORDPRESS, link_rel=None)
    assert re.fullmatch(r"<blockquote><a href=\"[^\"]+\">[^<]+</a> on Orrery</blockquote><iframe [^>]+></iframe>", left)
    assert source(left) == source(html)
    assert 'frameborder="0"' in left
