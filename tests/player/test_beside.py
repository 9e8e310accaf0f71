"""What stands beside a picture: at its side where that leaves the buttons in the window, else behind its word."""

import pytest
from django.test import Client

from playground.asking.request import ask
from playground.engine.registry import entries
from playground.page.drawings import BESIDE, Drawings
from tests.contract.every import each_miniature


@each_miniature
def test_what_is_taller_than_a_window_stays_behind_its_word(client: Client, entry):
    heights = sum(drawing.height for drawing in Drawings(ask(entry, "")).beside)
    page = client.get(f"/playground/{entry.slug}/").text
    assert ('class="sides folded"' in page) == (heights > BESIDE)
    assert ('class="sides' in page) == bool(heights)


@pytest.mark.parametrize(("slug", "folded"), [("visa-authorization", True), ("load-balancing", False)])
def test_bytes_of_a_card_are_behind_a_word_and_a_chart_is_at_the_side(slug, folded):
    assert Drawings(ask(entries()[slug], "")).too_tall_beside == folded
