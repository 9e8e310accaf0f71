"""What a picture looks like at every step: nothing overlaps, nothing is cut off, nothing is too small to read.

One page a miniature; the steps are set inside it. Scenarios are loaded into the same player. While the page is open
axe looks at it too. Of a miniature that is tested by a sample, one screen and the openings of its scenarios are seen.
"""

from collections.abc import Iterator
from random import Random

import pytest
from playwright.sync_api import Page

from playground.engine.query import parse
from playground.engine.registry import Entry, entries
from playground.engine.run import Run, run
from playground.guide.samples import samples
from playground.scenes.marks import MARKS_AIM
from tests.bench.queries import stored
from tests.browser.conftest import Visitor
from tests.browser.player import SPELL, Player
from tests.browser.site_walk import ALL, AXE, DARK, LIGHT, axe, too_wide
from tests.tiers import operated, sample, seed, whole

pytestmark = pytest.mark.browser

SCREENS = {"narrow": (390, 844), "wide": (1440, 900)}

# Sizes are on the screen, in pixels. A text reaches as far up and down as its letters are drawn: a line's own
# height holds room for accents and descenders that it may not have.
READ = """
  const pen = document.createElement("canvas").getContext("2d");
  const ink = (text, scale) => {
    const { left, right } = text.getBoundingClientRect(), style = getComputedStyle(text);
    pen.font = `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
    const drawn = pen.measureText(text.textContent);
    const line = new DOMPoint(0, Number(text.getAttribute("y"))).matrixTransform(text.getScreenCTM()).y;
    const [up, down] = [drawn.actualBoundingBoxAscent * scale, drawn.actualBoundingBoxDescent * scale];
    return { left, right, top: line - up, bottom: line + down };
  };
  const wrongIn = (svg, where, most) => {
    const wrong = [], marks = svg.querySelectorAll("[data-key]");
    if (marks.length > most) wrong.push(`${where}: ${marks.length} marks`);
    return [...wrong, ...wrongAmong(svg, svg.querySelectorAll("text"), where)];
  };
  const wrongAmong = (svg, words, where) => {
    const wrong = [];
    const frame = svg.getBoundingClientRect();
    const scale = frame.width / svg.viewBox.baseVal.width;
    const texts = [...words].filter((text) => text.textContent.trim()).map((text) => ({
      key: text.dataset.key ?? `what was ${text.textContent}`,
      home: text.parentNode,
      box: ink(text, scale),
      size: parseFloat(getComputedStyle(text).fontSize) * scale,
    }));
    for (const { key, box, size } of texts) {
      if (size < 10.95) wrong.push(`${where}: ${key} has ${size.toFixed(2)} px`);
      const sides = [frame.left - box.left, box.right - frame.right, frame.top - box.top, box.bottom - frame.bottom];
      const out = Math.max(...sides);
      if (out > 1) wrong.push(`${where}: ${key} leaves the picture by ${out.toFixed(1)}`);
    }
    texts.forEach((one, place) => texts.slice(place + 1).forEach((other) => {
      if (one.home === other.home && one.home !== svg) return;
      const across = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
      const down = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
      if (across <= 1 || down <= 1) return;
      const by = `${across.toFixed(1)} x ${down.toFixed(1)}`;
      wrong.push(`${where}: ${one.key} and ${other.key} overlap by ${by}`);
    }));
    return wrong;
  };
"""
MEASURE = f"""(player, {{ steps, most }}) => {{
  {SPELL}
  {READ}
  const wrong = new Set();
  const rings = {{}};
  for (const step of steps) {{
    player.show(step, {{ quiet: true }});
    for (const svg of shown(player)) {{
      wrongIn(svg, `step ${{step}}, scene ${{svg.dataset.scene}}`, most).forEach((one) => wrong.add(one));
      if (svg.dataset.scene !== "0") continue;
      rings[step] = [...svg.querySelectorAll("[data-key]")].map((mark) => mark.dataset.key);
    }}
  }}
  return [[...wrong], rings];
}}"""
MEASURE_ALL = f"""(most) => {{
  {READ}
  const seen = [...document.querySelectorAll("svg.sample")].filter((svg) => svg.checkVisibility());
  return [seen.length, seen.flatMap((svg) => wrongIn(svg, svg.getAttribute("aria-label"), most))];
}}"""
# What of a piece is nearer than a unit to its frame, or outside.
CUT = """() => [...document.querySelectorAll(".key svg.piece")].map((svg) => {
  const box = svg.getBBox(), frame = svg.viewBox.baseVal, shown = svg.getBoundingClientRect();
  const sides = [box.x - frame.x, box.y - frame.y, frame.x + frame.width - box.x - box.width,
    frame.y + frame.height - box.y - box.height];
  return [svg.getAttribute("aria-label"), Math.min(...sides) >= 1 && shown.width >= frame.width - 0.5];
})"""
OPEN = """(player, query) => new Promise((done) => {
  player.addEventListener("orrery:ready", () => done(), { once: true });
  player.setAttribute("trace", query);
})"""


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("kind", samples())
def test_every_sample_of_the_style_guide_can_be_read(visit, kind, width):
    page = visit(f"/playground/scenes/{kind}/", width=width)
    seen, wrong = page.evaluate(MEASURE_ALL, MARKS_AIM)
    layouts = 2 if width == 1440 else 1
    assert seen == len(samples()[kind]) * 2 * layouts
    assert wrong == []


@pytest.mark.parametrize("width", [1440, 820, 390, 320])
def test_every_piece_of_the_key_of_states_is_whole_and_as_large_as_in_its_picture(visit, width):
    page = visit("/playground/scenes/", width=width)
    pieces = page.evaluate(CUT)
    assert len(pieces) > 20
    assert [name for name, right in pieces if not right] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.fixture(scope="module", params=entries())
def entry(request) -> Entry:
    return entries()[request.param]


@pytest.fixture(scope="module")
def runs(entry) -> list[tuple[str, Run, list[int]]]:
    """The runs to look at, with their steps: the default run whole, of every scenario, and of the
    worst runs that the search has found, the beginning, the opening, the middle and the end."""
    found, in_full = [], entry.slug in whole()
    worst = stored().get(entry.slug, {}).values() if in_full else ()
    for query in dict.fromkeys((*(scenario.query for scenario in entry.scenarios), *worst, "")):
        parsed = parse(entry.cls, query).query
        done = run(entry.cls, parsed, draw=False)
        some = sorted({0, parsed.step, done.last // 2, done.last}) if in_full else [parsed.step]
        found.append((query, done, some if query or not in_full else [*range(done.last + 1)]))
    return found


@pytest.fixture(scope="module")
def page(visitor: Visitor, entry: Entry) -> Iterator[Page]:
    yield visitor(f"/playground/{entry.slug}/", still=True)
    complaints = list(visitor.complaints)
    visitor.tidy()
    assert complaints == []


def screens(entry: Entry) -> list[str]:
    """The screens that a miniature is seen on."""
    return sample(entry, list(SCREENS), 1)


def test_every_picture_can_be_read(page, entry, runs):
    player = Player(page)
    problems = []
    for screen in screens(entry):
        player.resize(*SCREENS[screen])
        for query, done, steps in runs:
            player.element.evaluate(OPEN, f"/playground/{entry.slug}/trace?{query}")
            wrong, keys = player.element.evaluate(MEASURE, {"steps": steps, "most": MARKS_AIM})
            problems += [f"{screen}, {query or 'the default run'}: {one}" for one in [*wrong, *brass(done, keys)]]
    assert not problems, "\n".join(problems[:40])


def brass(done: Run, keys: dict[str, list[str]]) -> list[str]:
    """Where a step decides about one thing that is drawn, brass rings it; never more than two at once."""
    wrong = []
    for step, drawn in keys.items():
        rings = [key for key in drawn if key.startswith("changed")]
        decisions = done.steps[int(step)].decisions
        if len(rings) > 2:
            wrong.append(f"step {step}: {len(rings)} brass rings")
        things = {key.partition(":")[2] for key in drawn}
        if len(decisions) == 1 and decisions[0].thing in things and not rings:
            wrong.append(f"step {step}: nothing is ringed, though it decides about {decisions[0].thing}")
    return wrong


def test_picture_narration_and_transport_fit_on_one_screen(page, entry):
    for screen in screens(entry):
        Player(page).resize(*SCREENS[screen])
        height = page.evaluate("""() => {
          const box = (name) => document.querySelector(name).getBoundingClientRect();
          return box(".transport").bottom - box(".stage").top;
        }""")
        assert height <= SCREENS[screen][1], screen


def test_axe_finds_nothing_and_nothing_scrolls_sideways(page, entry):
    """The first of all is looked at on every screen in both themes, as the first page of each kind is."""
    assert too_wide(page) == []
    page.evaluate(AXE.read_text("utf-8"))
    looked = ALL if entry.slug == next(iter(entries())) else (LIGHT, DARK)
    if entry.slug not in operated():
        looked = (Random(f"{seed()} {entry.slug}").choice(ALL),)  # noqa: S311 - a sample, nothing secret
    assert [one for width, theme in looked for one in axe(page, width, theme)] == []
    page.emulate_media(color_scheme="light")


def test_text_keeps_its_size_at_every_width_from_a_phone_to_a_desk(page, entry):
    """The layouts change where they must: nowhere between 390 and 1600 px is a label under 11 px."""
    small = {}
    for width in sample(entry, range(390, 1601, 35), 5):
        page.set_viewport_size({"width": width, "height": 844})
        size = page.evaluate("""() => Math.min(...[...document.querySelectorAll(".picture")]
          .filter((svg) => svg.getClientRects().length)
          .map((svg) => 11 * svg.getBoundingClientRect().width / svg.viewBox.baseVal.width))""")
        if size < 10.95:
            small[width] = round(size, 2)
    assert small == {}
