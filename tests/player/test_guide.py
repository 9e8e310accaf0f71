"""The style guide: every kind, on every sample, as the painters paint it."""

import pytest
from django.test import Client
from django.utils.html import escape

from playground.guide.piece import Piece
from playground.guide.samples import samples
from playground.guide.states import STATES
from playground.scenes.marks import LAYOUTS
from playground.scenes.paint import paint, thumb
from playground.scenes.svg import inner


def test_every_kind_is_there_with_its_small_picture_and_its_rule(client: Client):
    page = client.get("/playground/scenes/").text
    for kind, some in samples().items():
        card = page.split(f'href="/playground/scenes/{kind}/"')[1].split("</a>")[0]
        assert inner(thumb(next(iter(some.values())))) in card
        rule = card.split('<span class="question">')[1].split("</span>")[0]
        assert rule[0].isupper()
        assert len(rule) > 20


def rows_of(page: str) -> list[str]:
    return page.split('<table class="key">')[1].split("</table>", maxsplit=1)[0].split("<tr>")[2:]


def test_the_key_has_a_row_for_each_state_with_its_name_its_words_and_its_pieces(client: Client):
    rows = rows_of(client.get("/playground/scenes/").text)
    for state, row in zip(STATES, rows, strict=True):
        assert f"<b>{state.name.capitalize()}</b> {state.told_by}</th>" in row
        named = [f'aria-label="{column.capitalize()}, {state.name}"' for column, piece in state.cells if piece]
        assert named
        assert [name in row for name in named] == [True for _ in named]
        assert row.count("<svg") == len(named)
    assert {"at rest", "working", "waiting", "failed", "changed now", "gone", "to come"} <= {one.name for one in STATES}


PIECES = [
    pytest.param(state.name, piece, id=f"{column}, {state.name}")
    for state in STATES
    for column, piece in state.cells
    if piece
]


@pytest.mark.parametrize(("state", "piece"), PIECES)
def test_a_piece_is_marks_of_a_painted_picture(state: str, piece: Piece):
    whole = paint(piece.scene, "narrow", piece.scene.room())
    cut = piece.picture
    assert set(cut.marks) < set(whole.marks)
    assert set(piece.keys) <= {mark.key for mark in cut.marks}


@pytest.mark.parametrize(("state", "piece"), PIECES)
def test_brass_is_on_what_changed_and_a_cross_on_what_failed(state: str, piece: Piece):
    attrs = [dict(mark.attrs) for mark in piece.picture.marks]
    assert any("brass-line" in one.values() for one in attrs) == state.startswith("changed")
    assert any(mark.key.endswith("cross") for mark in piece.picture.marks) == (state in ("failed", "lost"))


@pytest.mark.parametrize("kind", samples())
def test_a_kind_has_a_page_with_every_sample_in_both_layouts_and_themes(client: Client, kind: str):
    page = client.get(f"/playground/scenes/{kind}/").text
    for name, scene in samples()[kind].items():
        section = page.split(f'<section aria-label="{name}">')[1].split("</section>")[0]
        for layout in LAYOUTS:
            painted = paint(scene, layout, scene.room())
            size = f'class="sample {layout}" translate="no" viewBox="0 0 {painted.width} {painted.height}"'
            assert section.count(size) == 2
            assert section.count(inner(painted)) == 2


@pytest.mark.parametrize("kind", samples())
def test_a_kind_says_what_moves_in_it_and_shows_a_run_in_which_it_does(client: Client, kind: str):
    page = client.get(f"/playground/scenes/{kind}/").text.split('<section aria-label="What moves">')[1]
    assert page.split('<p class="told">')[1][0].isupper()
    for layout in LAYOUTS:
        told = client.get(f"/playground/scenes/{kind}/trace?layout={layout}").json()
        assert [one["kind"] for one in told["pictures"]] == [kind]
        assert len(told["steps"]) > 3
        assert f'<svg class="picture {layout}' in page
        if "moves" not in told and "through" not in told["pictures"][0]:
            assert sum(bool(step["patch"][0]) for step in told["steps"]) > 0.7 * len(told["steps"])


@pytest.mark.parametrize("kind", samples())
def test_its_steps_are_links_and_each_is_shown_by_the_server(client: Client, kind: str):
    address = f"/playground/scenes/{kind}/"
    page = client.get(f"{address}?step=2").text
    assert f'href="{address}?step=1" aria-label="Step back"' in page
    assert f'href="{address}?step=3" aria-label="Next step"' in page
    said = client.get(f"{address}trace").json()["steps"][2]["say"]
    assert f'<span data-slot="say">{escape(said)}</span>' in page


@pytest.mark.parametrize("step", ["999", "two", "-1", "²", 30 * "9"])
def test_a_step_that_is_none_of_a_kinds_run_is_told(client: Client, step: str):
    response = client.get("/playground/scenes/ring/", {"step": step})
    assert response.status_code == 422
    assert f'<p class="error">“{step[:20]}” is none of its steps: they are 0 to ' in response.text


def test_a_layout_that_is_none_is_told(client: Client):
    response = client.get("/playground/scenes/ring/trace?layout=tall")
    assert response.status_code == 422
    assert "narrow and wide" in response.json()["detail"]


def test_a_kind_that_is_none_is_told_with_one_that_is_near(client: Client):
    response = client.get("/playground/scenes/rings/")
    assert response.status_code == 404
    assert "ring" in response.text.split("<main")[1]
