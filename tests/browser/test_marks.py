"""Marks keep their identity, and a step looks the same from wherever one came."""

import pytest
from playwright.sync_api import Page

from playground.engine.registry import entries
from tests.browser.player import FOREIGN, RING, SPELL, Player
from tests.tiers import operated

pytestmark = pytest.mark.browser

TAG = """() => {
  const marks = document.querySelectorAll("svg.picture.wide [data-key]");
  for (const mark of marks) mark.taggedAs = mark.dataset.key;
  return [...marks].map((mark) => mark.dataset.key);
}"""
UNTAGGED = """(before) => [...document.querySelectorAll("svg.picture.wide [data-key]")]
  .filter((mark) => before.includes(mark.dataset.key) && mark.taggedAs !== mark.dataset.key)
  .map((mark) => mark.dataset.key)"""
WATCH = """() => {
  window.moved = [];
  document.addEventListener("transitionrun", (event) => {
    if (event.target.dataset?.key && event.propertyName === "transform") window.moved.push(event.target.dataset.key);
  });
}"""


def settle(page: Page) -> None:
    """Two frames: transitions that were going to run have begun."""
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


def test_a_mark_is_the_same_element_before_and_after_an_action(visit):
    page = visit(f"{RING}?step=21")
    ring = Player(page)
    before = page.evaluate(TAG)
    assert "key:user:7" in before
    assert "point:ada/0" in before

    ring.remove("cleo")
    ring.press("last")

    assert page.evaluate(UNTAGGED, before) == []
    assert page.evaluate("document.querySelector('.wide [data-key=\"key:user:7\"]').taggedAs") == "key:user:7"
    assert page.evaluate(FOREIGN) == 0


def test_badges_that_stay_move_to_their_new_places(visit):
    page = visit(f"{RING}?step=21")
    page.evaluate(WATCH)
    Player(page).add("eve")
    settle(page)
    moved = page.evaluate("window.moved")
    # eve's points come between theirs.
    assert {"point:ada/2", "point:bob/0"} <= set(moved)


def test_a_badge_is_seen_half_way(visit):
    page = visit(f"{RING}?step=21")
    ring = Player(page)
    ring.add("eve")
    ring.press("back")
    # The slower the transition, the surer a frame in between.
    seen = ring.element.evaluate("""async (player) => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(".picture.moving [data-key] { transition-duration: 2s !important }");
      document.adoptedStyleSheets.push(sheet);
      const places = (svg) => new Map([...svg.querySelectorAll("g[data-key^='point:']")]
        .map((mark) => [mark.dataset.key, getComputedStyle(mark).transform]));
      const svg = player.querySelector("svg.picture.wide");
      const from = places(svg);
      player.show(player.step + 1);
      await new Promise((done) => setTimeout(done, 300));
      const between = places(svg);
      for (const animation of svg.getAnimations({ subtree: true })) animation.finish();
      const to = places(svg);
      const isHalfWay = ([key, place]) => from.has(key) && place !== from.get(key) && place !== to.get(key);
      return [...between].filter(isHalfWay).length;
    }""")
    assert seen >= 1


@pytest.mark.parametrize("how", ["reduced motion", "a jump", "a drag"])
def test_nothing_moves_against_the_wish_of_the_reader_or_in_a_jump_or_a_drag(visit, how):
    page = visit(f"{RING}?do=add:eve:1&step=21", still=how == "reduced motion")
    ring = Player(page)
    page.evaluate(WATCH)
    if how == "reduced motion":
        ring.press("next")
        ring.expect_step(22)
    elif how == "a jump":
        ring.press("last")
        ring.press("first")
        ring.expect_step(0)
    else:
        for step in (22, 21):
            ring.slider.evaluate("""async (slider, step) => {
              slider.value = step;
              slider.dispatchEvent(new Event("input", { bubbles: true }));
              await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
            }""", step)  # fmt: skip
            ring.expect_step(step)
    settle(page)
    assert page.evaluate("window.moved") == []


WALK = f"""async (player, steps) => {{
  {SPELL}
  const wrong = [];
  // A page holds both layouts: each is asked for once.
  window.judges ??= new Map();
  for (const step of steps) {{
    player.show(step);
    if (!judges.has(step)) {{
      const page = await (await fetch(player.address(step))).text();
      judges.set(step, new DOMParser().parseFromString(page, "text/html").querySelector("orrery-player"));
    }}
    const drawn = judges.get(step);
    for (const svg of shown(player)) {{
      const theirs = drawn.querySelector(`svg.picture.${{svg.classList[1]}}[data-scene="${{svg.dataset.scene}}"]`);
      // The name of a thing that can be touched is compared where the server gives it one.
      for (const mark of svg.querySelectorAll("[data-hand]")) {{
        theirs.querySelector(`[data-key="${{CSS.escape(mark.dataset.key)}}"]`)?.setAttribute("data-hand", "");
      }}
      const [ours, wanted] = [spell(svg).split("\\n"), spell(theirs).split("\\n")];
      const line = ours.findIndex((text, number) => text !== wanted[number]);
      if (line >= 0 || ours.length !== wanted.length) {{
        wrong.push(`step ${{step}}, scene ${{svg.dataset.scene}}: ${{ours[line]}} instead of ${{wanted[line]}}`);
      }}
    }}
  }}
  return wrong;
}}"""


@pytest.mark.parametrize("slug", operated())
def test_a_step_looks_as_the_server_draws_it_from_wherever_one_came(visit, slug):
    """A walk of 25 steps through the first scenario, in both layouts; the server's page is the judge."""
    page = visit(f"/playground/{slug}/?{entries()[slug].scenarios[0].query}", still=True)
    player = Player(page)
    last = player.last
    walk = [last, 0, last - 1, 1, *((17 * place + place * place) % (last + 1) for place in range(21))]
    assert player.element.evaluate(WALK, walk) == []
    player.resize(390, 844)
    assert player.element.evaluate(WALK, walk) == []


def test_the_pictures_say_in_words_what_they_show(visit):
    """The name of a picture is the state of its step, not of the one at which the page was opened."""
    page = visit(f"{RING}?do=remove:cleo")
    ring = Player(page)
    ring.press("last")
    name = page.locator("svg.picture.wide").get_attribute("aria-label")
    figure = page.locator("svg.picture.wide [data-key=figure]").text_content()
    assert figure in name
