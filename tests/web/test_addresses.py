"""The sample of addresses holds every view that there is, and each is answered by the view that it stands for."""

import pytest
from django.urls import resolve

from tests.web.addresses import ADDRESSES, PRIVATE, views

STATUS = {
    "playground:api-v1:unknown": 404,
    "playground:api-v1:api-root": 404,
    "lessons:security": 404,  # nobody is named here
    "lessons:favicon": 302,
    "playground:predict-another": 302,
    "playground:another-answer": 302,
}


def test_every_view_has_an_address_in_the_sample():
    assert sorted(views()) == sorted([*ADDRESSES, *PRIVATE])


@pytest.mark.parametrize("name", ADDRESSES)
def test_the_address_is_answered_by_that_view_and_shows_something(client, name):
    assert resolve(ADDRESSES[name].partition("?")[0]).view_name == name
    status = STATUS.get(name, 200)
    assert client.get(ADDRESSES[name]).status_code == status


@pytest.mark.django_db
@pytest.mark.parametrize("name", PRIVATE)
def test_a_private_address_is_answered_by_its_view_and_shows_a_stranger_no_more_than_a_form(client, name):
    assert resolve(PRIVATE[name]).view_name == name
    response = client.get(PRIVATE[name])
    assert response.status_code in (200, 303, 401, 404, 405)
    assert "no-store" in response.headers["Cache-Control"]
    assert "ETag" not in response.headers
