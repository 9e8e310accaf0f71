"""The map of the first page: where areas stand, how large they are, and what they lead to."""

import re
from collections import Counter
from math import cos, pi, sin

import pytest
from django.template.loader import render_to_string
from django.test import Client

from lessons.areas import AREAS, ORBITS
from lessons.catalogue import by_area, lessons
from lessons.engraving import disc
from lessons.orrery import PLACES, RADII, SCALES, SIZES, SUN, Body, Orrery, size_of
from playground.asking.request import ask
from playground.engine.registry import entries
from tests.conftest import ROOT

CSS = (ROOT / "static/css/map.css").read_text("utf-8")
ALL = {
    "communication": 16, "delivery": 5, "architecture": 4, "data": 10, "cache": 4, "messaging": 5, "microservices": 4,
    "payments": 5, "devops": 4, "git": 3, "cloud": 2, "devtools": 2, "linux": 2, "security": 7, "case-studies": 15,
    "blueprint": 10,
}  # fmt: skip
"""The 98 lessons of the whole catalogue."""
SOME = {"communication": 3, "data": 3, "messaging": 1, "payments": 1, "git": 1, "security": 2}


def made(counts: dict[str, int]) -> Orrery:
    """The map of a made-up catalogue: any lessons, so many in each area."""
    every = list(lessons().values())
    return Orrery([(area, (every * 9)[: counts[area.name]]) for area in AREAS if area.name in counts])


MAPS = {"sixteen areas": made(ALL), "six areas": made(SOME), "what there is": Orrery(by_area())}
each_map = pytest.mark.parametrize("drawn", MAPS.values(), ids=list(MAPS))


def test_every_area_has_an_orbit_and_every_orbit_an_area():
    assert {area.orbit for area in AREAS} == set(ORBITS)


@each_map
def test_each_area_with_lessons_is_one_body_and_no_two_are_at_one_place(drawn: Orrery):
    assert {body.area.name for body in drawn.bodies} == {area.name for area, _ in drawn.found}
    assert len({(body.orbit, body.place) for body in drawn.bodies}) == len(drawn.bodies)
    assert all(0 <= body.place < PLACES for body in drawn.bodies)


@each_map
def test_bodies_are_listed_from_the_inside(drawn: Orrery):
    meant = [ORBITS.index(body.area.orbit) for body in drawn.bodies]
    assert meant == sorted(meant)


@each_map
def test_an_orbit_without_bodies_is_not_drawn(drawn: Orrery):
    assert {orbit.number for orbit in drawn.orbits} == {body.orbit for body in drawn.bodies}
    assert [orbit.means for orbit in drawn.orbits] == [
        one for one in ORBITS if one in {area.orbit for area, _ in drawn.found}
    ]


@each_map
@pytest.mark.parametrize("scale", SCALES)
def test_no_body_and_no_name_lies_on_another_one_or_on_the_sun(drawn: Orrery, scale: float):
    boxes = [
        (f"{body.area.name} {what}", box)
        for body in drawn.bodies
        for what, box in zip(("disc", "name"), body.boxes(len(drawn.orbits), scale), strict=True)
    ]
    boxes += [("sun", (-SUN, -SUN, SUN, SUN)), *((orbit.means, orbit.box(scale)) for orbit in drawn.orbits)]
    met = [
        f"{one} on {other}"
        for place, (one, a) in enumerate(boxes)
        for other, b in boxes[:place]
        if one.split()[0] != other.split()[0]
        and a[0] < b[2]
        and b[0] < a[2]
        and a[1] < b[3]
        and b[1] < a[3]
        and {one, other} - {orbit.means for orbit in drawn.orbits}
    ]
    assert met == []


@each_map
def test_no_side_of_the_map_is_empty(drawn: Orrery):
    quarters = Counter((where(body, drawn)[0] > 0, where(body, drawn)[1] > 0) for body in drawn.bodies)
    assert len(quarters) == 4, quarters


def where(body: Body, drawn: Orrery) -> tuple[float, float]:
    across, down = RADII[len(drawn.orbits)][body.orbit - 1]
    return across * cos(2 * pi * body.place / PLACES), down * sin(2 * pi * body.place / PLACES)


def test_four_times_the_lessons_is_twice_as_wide():
    assert SIZES[size_of(16, 16) - 1] == 28
    assert SIZES[size_of(4, 16) - 1] == pytest.approx(14, abs=2)
    assert [size_of(count, 16) for count in range(1, 17)] == sorted(size_of(count, 16) for count in range(1, 17))


def test_the_same_catalogue_has_the_same_map():
    assert [(body.place, body.side) for body in made(ALL).bodies] == [
        (body.place, body.side) for body in made(ALL).bodies
    ]


def test_the_style_sheet_knows_every_class_with_the_same_numbers():
    for place in range(PLACES):
        assert f".place-{place} {{ --at: {360 * place / PLACES:g}deg; }}" in CSS
    for count, radii in RADII.items():
        for number, (across, down) in enumerate(radii, 1):
            assert f".of-{count} .orbit-{number} {{ --across: {across}px; --down: {down}px; }}" in CSS
    for size, radius in enumerate(SIZES, 1):
        assert f".size-{size} {{ --r: {radius}px; }}" in CSS
    assert [float(found) for found in re.findall(r"--k: ([\d.]+)", CSS)] == sorted(SCALES)
    assert all(f".says-{side}" in CSS for side in ("above", "right", "left"))


@pytest.mark.parametrize("radius", SIZES)
def test_the_hatch_stays_inside_its_disc(radius: int):
    lines = re.findall(r"M([\d.]+) ([-\d.]+)H([\d.]+)", disc(radius).hatch)
    assert len(lines) >= 4
    assert all(0 <= float(left) < float(right) for left, _, right in lines)
    assert all(float(right) ** 2 + float(y) ** 2 <= (radius + 0.1) ** 2 for _, y, right in lines)


@each_map
def test_it_is_one_list_each_area_followed_by_its_lessons(drawn: Orrery):
    page = render_to_string("lessons/_orrery.html", {"map": drawn, "first": "data"})
    told = re.findall(r'<span class="name"><b>([^<]*)</b>|<a href="/lessons/([a-z0-9-]+)/"', page)
    wanted = [
        one for body in drawn.bodies for one in ((body.area.title, ""), *(("", lesson.slug) for lesson in body.lessons))
    ]
    assert told == wanted
    assert len(re.findall(r"<details name=\"map\" open>", page)) == 1
    assert " style=" not in page


@each_map
def test_the_handle_turns_to_every_area_and_home_again(drawn: Orrery):
    turns = {body.area.name: after.area.name for body, _, after in drawn.turns() if after}
    seen, here = [], drawn.bodies[0].area.name
    while here not in seen:
        seen.append(here)
        here = turns[here]
    assert set(seen) == {body.area.name for body in drawn.bodies}


def test_one_lesson_is_one_lesson():
    page = render_to_string("lessons/_orrery.html", {"map": made({"git": 1}), "first": "git"})
    assert "One lesson in one area" in page
    assert "1 lessons" not in page
    assert "Turn to" not in page


def test_the_first_page_stands_at_the_consequence_and_tells_the_runs_own_figures(client: Client):
    page = client.get("/").text
    player = re.search(r"<orrery-player[^>]*>", page)
    assert player
    told = dict(re.findall(r'(\w+)="(\d+)"', player[0]))
    assert int(told["from"]) < int(told["step"])
    outcome = ask(entries()["hash-ring"], "do=remove:cleo").run.outcome
    assert f"{outcome['moved']} of {outcome['keys']} keys moved" in page
    assert f"would move {outcome['moved_modulo']} of {outcome['keys']}." in page
