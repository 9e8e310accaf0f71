"""Between two steps: what comes, goes and makes room is seen, and can be read at every instant of it."""

import pytest

from playground.engine.registry import Entry, entries
from tests.browser.player import SPELL, Player
from tests.browser.test_geometry import READ, SCREENS
from tests.browser.test_hands import marks
from tests.browser.test_pulse import playing
from tests.tiers import sample

pytestmark = pytest.mark.browser

INSTANTS = (60, 120, 180, 240, 300)
"""Milliseconds into a movement that takes 360."""

FREEZE = """
  // The step before at rest, then one step on, held at an instant.
  const rest = (player) => {
    clearTimeout(player.rest);
    for (const picture of player.pictures) { if (picture.states) picture.settle(); picture.svg.classList.remove("moving"); }
  };
  const begun = (player, from, to) => {
    player.dragging = 1;
    player.show(from, { quiet: true });
    player.dragging = 0;
    rest(player);
    document.body.offsetHeight;
    player.show(to, { quiet: true });
    clearTimeout(player.rest);
    return player.pictures.flatMap(({ svg }) => svg.getAnimations({ subtree: true }));
  };
  const hold = (animations, at) => { for (const animation of animations) { animation.pause(); animation.currentTime = at; } };
"""
"""JavaScript: a movement from one step to another, held where a test looks at it."""

SEEN = """
  // How much of a mark is seen, by its own opacity and those around it, and by what it is uncovered of.
  const seen = (mark) => {
    let part = 1;
    for (let one = mark; one.localName !== "svg"; one = one.parentNode) {
      const style = getComputedStyle(one);
      if (style.visibility === "hidden" || style.display === "none") return 0;
      part *= style.opacity;
      if (style.clipPath.startsWith("inset") && Math.max(...(style.clipPath.match(/[\\d.]+(?=%)/g) ?? [0])) > 80) part = 0;
    }
    return part;
  };
"""

MEASURE = f"""(player, {{ steps, instants }}) => {{
  {READ}
  {FREEZE}
  {SEEN}
  const wrong = new Set();
  let moved = 0;
  for (const step of steps) {{
    const animations = begun(player, step - 1, step);
    moved += animations.length > 0;
    for (const at of instants) {{
      hold(animations, at);
      for (const {{ svg }} of player.pictures) {{
        if (!svg.getClientRects().length) continue;
        // What travels passes over words: its own stand on its disc.
        const travels = (text) => svg.dataset.scene === "0" && player.trace.moves?.things.includes(text.parentNode.dataset.key);
        const texts = [...svg.querySelectorAll("text")].filter((text) => seen(text) > 0.2 && !travels(text));
        wrongAmong(svg, texts, `step ${{step}}, scene ${{svg.dataset.scene}}, ${{at}} ms`).forEach((one) => wrong.add(one));
      }}
    }}
    rest(player);
  }}
  return [[...wrong], moved];
}}"""


@pytest.mark.parametrize("slug", entries())
def test_every_picture_can_be_read_in_the_middle_of_a_movement(visit, slug: str):
    entry: Entry = entries()[slug]
    problems = []
    for screen in sample(entry, list(SCREENS), 1):
        player = Player(visit(f"/playground/{slug}/", width=SCREENS[screen][0], height=SCREENS[screen][1]))
        steps = [*range(1, player.last + 1)]
        wrong, moved = player.element.evaluate(MEASURE, {"steps": steps, "instants": INSTANTS})
        assert moved > len(steps) / 2
        problems += [f"{screen}: {one}" for one in wrong]
    assert not problems, "\n".join(problems[:40])


SPELLED = f"""(player, {{ to, from, at }}) => {{
  {SPELL}
  {FREEZE}
  // Between the step before and this one, come to in different ways: every mark, and how each of them is seen.
  return from.map((first) => {{
    player.show(first, {{ quiet: true }});
    if (Math.abs(first - to) > 1) player.show(to - 1, {{ quiet: true }}); // still under way where it is the neighbour
    player.show(to, {{ quiet: true }});
    clearTimeout(player.rest);
    const animations = player.pictures.flatMap(({{ svg }}) => svg.getAnimations({{ subtree: true }}));
    hold(animations, at);
    const marks = shown(player).flatMap((svg) => [...svg.querySelectorAll("*")]).map((mark) => {{
      const {{ opacity, translate, transform, strokeDashoffset, clipPath }} = getComputedStyle(mark);
      return [mark.dataset.key, mark.textContent, opacity, translate, transform, strokeDashoffset, clipPath].join(" ");
    }});
    rest(player);
    return marks.join("\\n");
  }});
}}"""


@pytest.mark.parametrize(("slug", "to"), [("visa-authorization", 14), ("sql-execution", 6), ("kafka-why-fast", 20)])
def test_what_is_seen_of_a_movement_does_not_depend_on_what_moved_before(visit, slug: str, to: int):
    """In a hurry too: what still moves when the next step is shown is put where it was going."""
    player = Player(visit(f"/playground/{slug}/"))
    seen = player.element.evaluate(SPELLED, {"to": to, "from": [to - 1, to - 2, to - 3, 0], "at": 150})
    assert set(seen[1:]) == {seen[0]}, [
        line for other in seen for line in set(other.split("\n")) ^ set(seen[0].split("\n"))
    ]


def test_an_arrow_is_drawn_from_its_sender_and_its_words_come_with_it(visit):
    player = Player(visit("/playground/visa-authorization/"))
    drawn = player.element.evaluate(
        f"""(player) => {{
          {FREEZE}
          const animations = begun(player, 7, 8), svg = player.pictures.find((picture) => picture.states).svg;
          const row = [...svg.querySelectorAll("g[data-key^='msg:']")].at(-1);
          const part = (name) => getComputedStyle(row.querySelector(`[data-key$="/${{name}}"]`));
          return [20, 180, 359].map((at) => {{
            hold(animations, at);
            return [parseFloat(part("line").strokeDashoffset), Number(part("label").opacity), Number(part("head").opacity)];
          }});
        }}"""
    )
    lines, words, heads = zip(*drawn, strict=True)
    assert lines[0] > lines[1] > lines[2] >= 0
    assert 0 < words[0] < words[1] <= 1
    assert heads[0] == heads[1] == 0 < heads[2]


def test_what_has_gone_is_seen_to_go_and_leaves_nothing_behind(visit):
    page = visit("/playground/visa-authorization/?step=13")
    player = Player(page)
    seen = page.evaluate(
        """() => {
          const player = document.querySelector("orrery-player");
          player.show(14, { quiet: true });
          return document.querySelectorAll(".picture.wide > [aria-hidden=true], .picture.narrow > [aria-hidden=true]").length;
        }"""
    )
    assert seen > 0
    page.wait_for_timeout(600)
    assert marks(player) == marks(Player(visit("/playground/visa-authorization/?step=14")))
    assert page.locator(".picture > [aria-hidden=true]").count() == 0


@pytest.mark.parametrize("how", ["reduced motion", "a jump", "a drag"])
def test_nothing_comes_or_goes_slowly_against_the_wish_of_the_reader(visit, how: str):
    player = Player(visit("/playground/visa-authorization/?step=13", still=how == "reduced motion"))
    moving = player.element.evaluate(
        """(player, how) => {
          player.dragging = how === "a drag" ? 1 : 0;
          player.show(how === "a jump" ? 15 : 14, { quiet: true });
          player.dragging = 0;
          return player.pictures.flatMap(({ svg }) => svg.getAnimations({ subtree: true })).length;
        }""",
        how,
    )
    assert moving == 0


TRAVELLING = f"""(player) => {{
  {READ}
  const wrong = new Set(), layer = player.pulse;
  let words = 0;
  for (let step = 0; step < player.last; step++) {{
    player.dragging = 1;
    player.show(step, {{ quiet: true }});
    layer.draw((player.times[step] + player.times[step + 1]) / 2);
    const texts = [...layer.ground.querySelectorAll("text")].filter((text) => !text.closest("[display=none]"));
    words += texts.length;
    for (const text of texts) wrongAmong(layer.svg, [text], `step ${{step}}`).forEach((one) => wrong.add(one));
  }}
  layer.rest();
  return [[...wrong], words];
}}"""
"""JavaScript: what is wrong with the words on what travels, half way to the next step, and how many there are."""


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("slug", ["load-balancing", "cap-theorem", "visa-authorization"])
def test_what_travels_can_be_read_half_way_to_the_next_step(visit, slug: str, screen: str):
    player = Player(visit(f"/playground/{slug}/", width=SCREENS[screen][0], height=SCREENS[screen][1]))
    playing(player)
    player.element.evaluate("(player) => player.pause()")
    wrong, words = player.element.evaluate(TRAVELLING)
    assert wrong == []
    assert words > 5
