"""A run has time: between two steps things travel, and at rest the picture is the step's, however one came to it."""

import re

import pytest
from playwright.sync_api import expect

from playground.engine.query import parse
from playground.engine.registry import entries
from playground.engine.run import run
from tests.browser.player import Player
from tests.browser.test_hands import marks

pytestmark = pytest.mark.browser

BALANCER = "/playground/load-balancing/"

LAYER = """(player, times) => {
  const layer = player.pulse;
  const told = times.map((now) => { layer.draw(now); return [...layer.ground.children]
    .filter((token) => !token.hasAttribute("display"))
    .map((token) => `${token.getAttribute("transform")} ${token.textContent}`).sort().join("; "); });
  layer.rest();
  return told;
}"""
"""JavaScript: what is on its way at these instants, one drawn after the other."""


TRAVELLED = [
    (f"{BALANCER}?do=@250000:kill:dee", 40),
    ("/playground/cap-theorem/?do=@85000:cut:b", 12),
    ("/playground/visa-authorization/?do=@1000000:drop:answer", 12),
]
"""Runs in which things travel, and at how many of 61 instants some do, at least."""


def playing(player: Player) -> None:
    """It plays, and has come to another step."""
    before = player.step
    player.press("play")
    expect(player.element).not_to_have_attribute("at", str(before))


def test_while_it_plays_requests_travel_and_at_rest_the_picture_is_the_steps(visit):
    page = visit(f"{BALANCER}?step=9")
    player = Player(page)
    playing(player)
    # In a request's own layer, not in the picture of a step: that is hidden meanwhile.
    page.evaluate(
        """() => new Promise((done, fail) => {
          const began = performance.now();
          const look = () => {
            const tokens = document.querySelectorAll(".pulse > g:not([display])").length;
            if (tokens && document.querySelector("[data-away]")) done();
            else if (performance.now() - began > 4000) fail(new Error("nothing travels"));
            else requestAnimationFrame(look);
          };
          look();
        })"""
    )
    player.press("play")
    expect(page.locator(".pulse")).to_have_count(0)
    expect(page.locator("[data-away]")).to_have_count(0)
    page.wait_for_timeout(500)
    step = player.step
    direct = Player(visit(f"{BALANCER}?step={step}"))
    assert marks(player) == marks(direct)


@pytest.mark.parametrize(("address", "least"), TRAVELLED)
def test_what_is_drawn_follows_from_the_instant_alone(visit, address: str, least: int):
    """The same instants forwards, backwards and in leaps: the same tokens at the same places."""
    player = Player(visit(address))
    playing(player)
    end = player.element.evaluate("(player) => { player.pause(); return player.times.at(-1); }")
    times = [end * part / 60 for part in range(61)]
    ahead = player.element.evaluate(LAYER, times)
    assert len([one for one in ahead if one]) > least
    back = player.element.evaluate(LAYER, times[::-1])
    assert back == ahead[::-1]
    leaps = [(number * 37) % 61 for number in range(61)]
    assert player.element.evaluate(LAYER, [times[one] for one in leaps]) == [ahead[one] for one in leaps]


def test_a_token_goes_along_its_way(visit):
    """From one frame to the next nothing leaps, but what is hidden by the balancer, which it goes through."""
    player = Player(visit(BALANCER))
    playing(player)
    far = player.element.evaluate(
        """(player) => {
          player.pause();
          const layer = player.pulse, before = new Map(), box = layer.svg.querySelector("[data-key=balancer]").getBBox();
          const hidden = ([x]) => x > box.x - 12 && x < box.x + box.width + 12;
          let far = 0;
          for (let now = 0; now < player.times.at(-1); now += 16) {
            layer.draw(now);
            const here = new Map();
            for (const token of layer.ground.children) {
              if (token.hasAttribute("display")) continue;
              const [x, y] = token.getAttribute("transform").match(/-?[\\d.]+/g).map(Number), key = token.outerHTML.replace(/transform="[^"]*"/, "");
              if (before.has(key) && !(hidden([x, y]) && hidden(before.get(key)))) far = Math.max(far, Math.hypot(x - before.get(key)[0], y - before.get(key)[1]));
              here.set(key, [x, y]);
            }
            before.clear();
            for (const [key, place] of here) before.set(key, place);
          }
          layer.rest();
          return far;
        }"""
    )
    assert 2 < far < 25


OFF = """(player) => {
  player.pause();
  const layer = player.pulse, moves = layer.trace.moves, svg = layer.svg;
  const measured = (d) => {
    const path = document.createElementNS(svg.namespaceURI, "path"), found = [];
    path.setAttribute("d", d);
    for (let at = 0; at <= path.getTotalLength(); at += 3) found.push(path.getPointAtLength(at));
    return found;
  };
  const seen = {}, far = [];
  for (let step = 0; step < player.last; step++) {
    player.show(step, { quiet: true });
    const ways = moves.ways.map((way) => svg.querySelector(`[data-key="${way}"]`)?.getAttribute("d")).filter(Boolean).map(measured);
    for (let now = player.times[step] + 1; now < player.times[step + 1]; now += 90) {
      layer.draw(now);
      for (const token of layer.ground.children) {
        if (token.hasAttribute("display")) continue;
        const [x, y] = token.getAttribute("transform").match(/-?[\\d.]+/g).map(Number);
        far.push(Math.min(...ways.flat().map((point) => Math.hypot(point.x - x, point.y - y))));
        const look = [...layer.tokens].find(([, group]) => group === token)[0].split(" ")[1];
        seen[look] = (seen[look] ?? 0) + 1;
      }
    }
  }
  layer.rest();
  return [Math.max(...far), seen];
}"""
"""JavaScript: how far from every way a token was drawn at worst, and how often each look was seen."""


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize(
    ("address", "looks"),
    [(TRAVELLED[1][0], {"message", "answer", "lost"}), (TRAVELLED[2][0], {"data", "done", "fail", "other", "lost"})],
    ids=["peers", "sequence"],
)
def test_a_message_is_on_its_way_and_what_is_lost_is_seen_to_be(visit, address: str, looks: set[str], width: int):
    player = Player(visit(address, width=width))
    playing(player)
    far, seen = player.element.evaluate(OFF)
    assert far < 3
    assert seen.keys() == looks


def test_a_message_is_not_seen_before_it_sets_out_nor_after_it_has_arrived(visit):
    """Several steps may be told at one instant; its own mark in the picture of a step stays hidden meanwhile."""
    player = Player(visit("/playground/cap-theorem/"))
    playing(player)
    both = player.element.evaluate(
        """(player) => {
          player.pause();
          const layer = player.pulse, wrong = [];
          for (let step = 0; step < player.last; step++) {
            player.show(step, { quiet: true });
            layer.draw(player.times[step] + 1);
            for (let now = player.times[step] + 20; now < player.times[step + 1] - 20; now += 45) {
              layer.draw(now);
              layer.draw(now + 1); // a mark comes back a frame later
              for (const mark of layer.svg.querySelectorAll("[data-key^='message:']:not([data-key*='/'])")) {
                if (!mark.hasAttribute("data-away")) wrong.push([step, mark.dataset.key]);
              }
            }
          }
          layer.rest();
          return wrong;
        }"""
    )
    assert both == []


GROWN = """(player) => {
  player.pause();
  const layer = player.pulse, told = [];
  const right = (d) => Number(/[\\d.]+/.exec(d)[0]);
  for (let step = 1; step < player.last; step++) {
    player.show(step, { quiet: true });
    const nows = [step, step + 1].map((one) => { const state = player.pictures[0].states[one]; return right(state[layer.svg.index].d); });
    for (const part of [0.1, 0.5, 0.9]) {
      layer.draw(player.times[step] + part * (player.times[step + 1] - player.times[step]));
      const clip = layer.ground.querySelector("clipPath rect"), line = layer.ground.querySelector(":scope > g > path");
      const at = right(line.getAttribute("d")) + Number(/[\\d.]+/.exec(line.getAttribute("transform") ?? "0")[0]);
      const seen = clip && Number(clip.getAttribute("x")) + Number(clip.getAttribute("width"));
      told.push([...nows, part, at, seen, layer.ground.querySelectorAll("[clip-path] > path").length]);
    }
  }
  layer.rest();
  return told;
}"""
"""JavaScript: of three instants of every step: now at its step, at the next, the part, the line, how far it is seen."""


@pytest.mark.parametrize("width", [390, 1440])
def test_bars_grow_with_the_clock_up_to_where_now_is(visit, width: int):
    player = Player(visit("/playground/http-versions/?lost=7", width=width))
    playing(player)
    player.element.evaluate(
        """(player) => { const { marks } = player.pictures.find(({ svg }) => svg === player.pulse.svg);
          player.pulse.svg.index = marks.findIndex(([key]) => key === "changed"); }"""
    )
    told = player.element.evaluate(
        GROWN.replace("player.pictures[0]", "player.pictures.find(({ svg }) => svg === layer.svg)")
    )
    grew = 0
    for before, after, part, line, seen, bars in told:
        if after > before:
            assert line == pytest.approx(before + part * (after - before), abs=0.2)
            assert seen == pytest.approx(line, abs=0.2)
            grew += bars > 0
        else:
            assert line == before
            assert seen is None
    assert grew > 20


def test_at_rest_the_picture_of_what_grows_is_the_steps(visit):
    page = visit("/playground/http-versions/?step=4")
    player = Player(page)
    playing(player)
    expect(page.locator(".pulse clipPath")).to_have_count(1)
    player.press("play")
    expect(page.locator(".pulse")).to_have_count(0)
    page.wait_for_timeout(500)
    assert marks(player) == marks(Player(visit(f"/playground/http-versions/?step={player.step}")))


def test_what_takes_long_plays_long(visit):
    """By the model's clock: an answer after 200 ms is waited for, one at the same instant is not."""
    player = Player(visit(BALANCER))
    gaps = player.element.evaluate(
        """(player) => player.trace.steps.slice(1).map((step, before) =>
          [step.at - player.trace.steps[before].at, player.times[before + 1] - player.times[before]])"""
    )
    for virtual, seen in gaps:
        assert seen == pytest.approx(min(max(virtual / 50, 550), 2500))
    assert max(seen for _, seen in gaps) > 2 * min(seen for _, seen in gaps)


def test_without_a_clock_it_plays_in_even_beats(visit):
    player = Player(visit("/playground/hash-ring/"))
    assert player.element.evaluate("(player) => player.times.slice(0, 4)") == [0, 1200, 2400, 3600]


def stops_of(query: str = "") -> list[int]:
    """The steps at which a run of the balancer tells a surprise."""
    cls = entries()["load-balancing"].cls
    return [number for number, step in enumerate(run(cls, parse(cls, query).query).steps) if step.stop]


@pytest.mark.parametrize("still", [False, True], ids=["in motion", "reduced"])
def test_play_rests_at_a_surprise_and_goes_on_from_there(visit, still: bool):
    (stop,) = stops_of()
    page = visit(f"{BALANCER}?step={stop - 2}", still=still)
    player, pressed = Player(page), page.locator("[data-go=play]")
    player.follow()
    player.press("play")
    expect(player.element).to_have_attribute("at", str(stop))
    expect(pressed).to_have_attribute("aria-pressed", "false")
    expect(page.locator(".narration")).to_have_attribute("aria-live", "polite")
    page.wait_for_timeout(1500)
    assert player.step == stop
    player.press("play")
    assert player.followed(4) == [stop - 1, stop, stop + 1, stop + 2]


def test_what_a_surprise_tells_of_is_seen_before_play_rests(visit):
    """It goes on for as long as a flight takes; at the instant of the step nothing has landed on the screen yet."""
    (stop,) = stops_of()
    player = Player(visit(f"{BALANCER}?step={stop - 1}"))
    rested = player.element.evaluate(
        """(player, stop) => new Promise((done) => {
          let came = 0;
          const pause = player.pause;
          player.pause = function () { pause.call(this); if (came) done(performance.now() - came); };
          new MutationObserver(() => { if (player.step === stop) came = performance.now(); })
            .observe(player, { attributeFilter: ["at"] });
          player.play();
        })""",
        stop,
    )
    assert 400 < rested < 2400


def test_an_act_rests_at_the_first_surprise_after_it(visit):
    """dee is killed with requests in work: they end in errors, and there it rests, though the run goes on for long."""
    page = visit(f"{BALANCER}?step=19")
    player = Player(page)
    kill = player.form("kill")
    kill.locator("select").select_option("dee")
    with player.another_run():
        kill.get_by_role("button").click()
    instant = int(re.findall(r"do=@(\d+):kill:dee", page.url)[0])
    stops = stops_of(f"do=@{instant}:kill:dee")
    assert stops
    player.expect_step(stops[0])
    expect(page.locator("[data-go=play]")).to_have_attribute("aria-pressed", "false")
    assert "gets an error, 502: dee broke off its work on it" in player.narration
    assert player.last > stops[0] + 5


def test_a_loop_does_not_rest(visit):
    (stop,) = stops_of()
    player = Player(visit(f"/embed/load-balancing/?from={stop - 1}&to={stop + 1}&step={stop - 1}"))
    player.hurry()
    player.follow()
    player.press("play")
    assert player.followed(4) == [stop, stop + 1, stop - 1, stop]


def test_reduced_motion_sees_steps_only(visit):
    page = visit(f"{BALANCER}?step={stops_of()[-1]}", still=True)
    player = Player(page)
    player.hurry()
    page.evaluate(
        """() => { window.layers = 0; new MutationObserver(() => { window.layers += document.querySelectorAll(".pulse").length; })
          .observe(document.querySelector(".stage"), { childList: true, subtree: true }); }"""
    )
    player.press("play")
    player.expect_step(34)
    assert page.evaluate("window.layers") == 0


def test_in_a_widget_things_travel_too(visit):
    page = visit("/embed/load-balancing/?step=9")
    Player(page).press("play")
    expect(page.locator(".pulse > g").first).to_be_attached()
