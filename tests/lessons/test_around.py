"""What a lesson prints."""

import re
from urllib.parse import urlsplit

import pytest
from django.test import Client

from lessons.catalogue import lessons

each_lesson = pytest.mark.parametrize("slug", lessons())


@each_lesson
def test_every_player_has_four_to_six_frames_on_paper(client: Client, slug: str):
    page = client.get(f"/lessons/{slug}/").text
    papers = re.findall(r'<div class="on-paper">(.*?)</div>\s*</figure>', page, re.DOTALL)
    assert len(papers) == page.count("<orrery-player")
    for paper in papers:
        # A run with fewer steps is printed whole.
        assert 4 <= paper.count("<img") <= 6 or "<b>Step 0.</b>" in paper
        assert paper.count('loading="lazy"') == paper.count("<img")


@each_lesson
def test_a_frame_on_paper_is_the_picture_of_the_step_it_names(client: Client, slug: str):
    page = client.get(f"/lessons/{slug}/").text
    frames = re.findall(r'<img src="([^"]+)"[^>]*><figcaption><b>Step (\d+)\.</b>', page)
    address, step = frames[-1]
    address = address.replace("&amp;", "&")
    assert f"step={step}&" in urlsplit(address).query
    picture = client.get(address)
    assert picture.headers["Content-Type"] == "image/svg+xml; charset=utf-8"
    assert 'viewBox="0 0 360 ' in picture.text


@each_lesson
def test_paper_does_not_give_an_answer_away(client: Client, slug: str):
    page = client.get(f"/lessons/{slug}/").text
    for figure in re.findall(
        r'<figure class="player-figure of-predict">.*?<div class="on-paper">.*?</div>', page, re.DOTALL
    ):
        (stop,) = map(int, re.findall(r'data-stop="(\d+)"', figure))
        assert max(int(step) for step in re.findall(r"<b>Step (\d+)\.</b>", figure)) <= stop
