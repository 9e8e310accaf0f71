"""Between two steps: what comes, goes and makes room is seen, and can be read at every instant of it."""

import pytest

from playground.engine.registry import Entry, entries
from tests.browser.player import Player
from tests.browser.test_geometry import READ, SCREENS
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
