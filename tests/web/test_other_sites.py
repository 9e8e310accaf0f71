"""What pages elsewhere may show, and what not (Cross-Origin-Resource-Policy, as the Fetch standard reads it)."""

import pytest

from tests.web.addresses import ADDRESSES, EVERY

WIDGETS = {"embed", "embed-challenge"}
FOR_ALL = WIDGETS | {"trace", "player", "challenge-player", "picture", "png", "json", "file", "thumbnail"}


@pytest.mark.django_db
@pytest.mark.parametrize("name", ADDRESSES)
def test_widgets_and_what_they_fetch_pictures_and_data_are_for_all_the_rest_is_ours(client, name):
    headers = client.get(ADDRESSES[name]).headers
    open_to_all = name.removeprefix("playground:") in FOR_ALL or name.startswith("playground:api-v1:")
    assert headers["Cross-Origin-Resource-Policy"] == ("cross-origin" if open_to_all else "same-origin")


@pytest.mark.django_db
def test_static_files_are_for_all(client):
    response = client.get("/static/js/height.js")
    assert response.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    response.close()


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/embed/hash-ring/", "/embed/nothing/"])
def test_a_widget_asks_for_leave_itself_as_a_page_that_asks_wants_of_its_frames(client, address):
    assert client.get(address).headers["Cross-Origin-Embedder-Policy"] == "require-corp"


@pytest.mark.django_db
@pytest.mark.parametrize("address", EVERY)
def test_no_answer_is_without_the_header(client, address):
    response = client.get(address)
    assert response.headers["Cross-Origin-Resource-Policy"] in ("same-origin", "cross-origin")
    response.close()
