"""Ana practises: by mouse, by keyboard, on a phone, without JavaScript, and with a storage that is not there."""

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from playground.engine.content import Content, content_of
from playground.engine.questions import pose
from playground.engine.registry import entries
from quizzes.kinds import to_begin_with
from tests.browser.site_walk import AXE, axe

pytestmark = pytest.mark.browser

HOME = "/practise/"
DAY = 24 * 60 * 60 * 1000


def content(slug: str = "hash-ring", name: str = "who-answers", seed: int = 3) -> Content:
    entry = entries()[slug]
    question = next(one for one in entry.questions if one.name == name)
    return content_of(slug, entry.version, pose(entry.cls, question, seed))


def address(told: Content, seed: int = 3) -> str:
    return f"{HOME}{told.miniature}/{told.template}/?seed={seed}"


def wrong(told: Content) -> str:
    return next(option.value for option in told.options if option.belief)


def answer(page: Page, value: str) -> None:
    page.locator(f"label.answer:has(input[value='{value}'])").click()
    page.get_by_role("button", name="Answer", exact=True).click()


def kept(page: Page) -> Any:
    return json.loads(page.evaluate("localStorage.getItem('orrery:practice')") or "null")


def module(page: Page, call: str, *arguments: Any) -> Any:
    """What a function that practise.js exports answers."""
    return page.evaluate(
        """async ([call, parts]) => (await import(document.querySelector("script[src*=practise]").src))[call](...parts)""",
        [call, list(arguments)],
    )


RING = content()


def test_a_wrong_answer_shows_both_ends_the_belief_and_what_was_right(visit):
    page = visit(address(RING))
    value = wrong(RING)
    answer(page, value)
    said = page.locator(".said")
    expect(said).to_contain_text(f"You said {value}. It is {RING.right}.")
    expect(said).to_be_focused()
    expect(page.locator(".belief")).to_have_text(f"{next(o.belief for o in RING.options if o.value == value)}.")
    expect(page.locator(".because")).to_have_text(RING.because)
    picture = page.locator("svg.wide")
    expect(picture.get_by_text(f"you: {value}")).to_be_visible()
    assert parse_qs(urlsplit(page.url).query) == {"seed": ["3"], "answer": [value]}
    page.reload()
    expect(said).to_contain_text(f"It is {RING.right}.")


def test_the_ends_belong_to_the_step_at_which_they_part(visit):
    page = visit(f"{address(RING)}&answer={wrong(RING)}", still=True)
    ends, words = page.locator("svg.wide .ways"), page.get_by_text(": here the two part")
    expect(ends).to_be_visible()
    expect(words).to_be_visible()
    page.get_by_role("button", name="Step back").click()
    expect(ends).to_be_hidden()
    expect(words).to_be_hidden()
    page.get_by_role("button", name="Next step").click()
    expect(ends).to_be_visible()


def test_before_the_answer_the_steps_end_at_the_question(visit):
    page = visit(address(RING), still=True)
    player = page.locator("orrery-player")
    expect(page.locator(".so-far")).to_have_text(
        f"step {RING.stop} of {RING.stop} so far; what comes next is the question"
    )
    page.get_by_role("button", name="Next step").click()
    expect(player).to_have_attribute("at", str(RING.stop))
    page.get_by_role("button", name="Step back").click()
    expect(player).to_have_attribute("at", str(RING.stop - 1))
    page.get_by_role("slider", name="Step").press("End")
    expect(player).to_have_attribute("at", str(RING.stop))


def test_by_keyboard_alone_on_the_picture(visit):
    page = visit(address(RING), still=True)
    page.locator("h2").focus()
    page.keyboard.press("Tab")
    first = page.evaluate("document.activeElement.dataset.pick")
    assert first == RING.picks[0]
    ring = page.locator("svg.wide .pick-focus text")
    expect(ring).to_have_text(f"{first} · 1 of {len(RING.picks)}")
    for number, value in enumerate(RING.picks[1:], 2):
        page.keyboard.press("ArrowRight")
        expect(ring).to_have_text(f"{value} · {number} of {len(RING.picks)}")
    page.keyboard.press("ArrowRight")
    expect(ring).to_have_text(f"{first} · 1 of {len(RING.picks)}")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    last = RING.picks[-1]
    expect(page.get_by_role("radio", checked=True)).to_have_count(2)  # in the list, and on the picture
    expect(ring).to_have_text(f"{last} · {len(RING.picks)} of {len(RING.picks)} · yours")
    page.keyboard.press("ArrowLeft")
    expect(page.locator("svg.wide .pick-mine text")).to_have_text("yours")
    page.keyboard.press("ArrowRight")
    assert page.locator("input[type=radio]:checked").input_value() == last
    page.keyboard.press("Escape")
    expect(page.locator("input[type=radio]:checked")).to_have_count(0)
    expect(page.locator(".pick-mine")).to_have_count(0)
    page.keyboard.press("Space")
    for _ in range(12):
        if page.evaluate("document.activeElement.textContent") == "Answer":
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".said")).to_contain_text(f"You said {last}")
    page.keyboard.press("n")
    expect(page.locator("h2")).to_be_focused()
    expect(page.locator(".said")).to_have_count(0)


def test_a_digit_answers_and_n_asks_another(visit):
    page = visit(address(RING))
    page.keyboard.press("2")
    expect(page.locator(".said")).to_contain_text(f"You said {RING.picks[1]}")
    before = page.url
    page.keyboard.press("n")
    expect(page.locator("button.main")).to_be_visible()
    assert page.url != before


def test_keys_that_are_typed_into_a_field_stay_there(visit):
    told = content(name="how-many-move")
    page = visit(address(told))
    field = page.get_by_label("Your answer, a number")
    field.press_sequentially("1n2")
    expect(field).to_have_value("1n2")
    field.press("Enter")
    expect(page.get_by_role("alert").filter(has_text="Write a whole number")).to_be_visible()
    expect(field).to_be_focused()
    expect(field).to_have_value("1n2")
    assert kept(page) is None
    field.fill(told.right)
    field.press("Enter")
    expect(page.locator(".said")).to_contain_text("and so it is")


def test_a_tap_on_the_picture_of_a_phone_chooses(visit):
    told = content("totp", "which-bytes")
    page = visit(address(told), width=390, height=844, touch=True, still=True)
    value = told.picks[5]
    page.locator(f"svg.narrow [data-pick='{value}']").tap()
    expect(page.locator("svg.narrow .pick-mine text")).to_have_text("yours")
    assert page.locator("input[type=radio]:checked").input_value() == value
    page.get_by_role("button", name="Answer", exact=True).tap()
    expect(page.locator(".said")).to_contain_text(f"You said {value}")
    page.get_by_role("link", name="Another").tap()
    expect(page.get_by_role("button", name="Answer", exact=True)).to_be_visible()


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize(
    ("slug", "name"),
    [("hash-ring", "who-answers"), ("load-balancing", "who-is-next"), ("http-versions", "who-is-last"),
     ("password-storage", "who-is-read-first"), ("totp", "which-bytes"), ("visa-authorization", "which-bit")],
)  # fmt: skip
def test_a_click_chooses_any_thing_of_the_picture_that_has_a_name(visit, slug, name, width):
    told = content(slug, name)
    page = visit(address(told), width=width, still=True)
    layout = "narrow" if width == 390 else "wide"
    for value in (told.picks[0], told.picks[-1]):
        page.locator(f"svg.{layout} [data-pick='{value}']").last.click()
        assert page.locator("input[type=radio]:checked").input_value() == value
        expect(page.locator(f"svg.{layout} .pick-mine")).to_have_count(1)


def test_another_is_never_the_same_in_fifty(visit):
    page = visit(address(RING))
    found = {page.url}
    for _ in range(50):
        before = page.url
        with page.expect_response(re.compile(r"/\?seed=\d+$")):
            page.keyboard.press("n")
        expect(page.locator(".asked")).to_be_visible()
        page.wait_for_url(lambda url, before=before: url != before)
        found.add(page.url)
    assert len(found) == 51


def test_of_several_at_once_the_last_is_shown(visit):
    page = visit(address(RING))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if re.search(r"/\?seed=\d+$", request.url) else None)
    for _ in range(4):
        page.keyboard.press("n")
    page.wait_for_load_state("networkidle")
    expect(page.locator("orrery-player:not([at])")).to_have_count(0)
    assert len(asked) == 4
    assert page.url == asked[-1]
    assert page.url.endswith(f"seed={page.locator('.asked').get_attribute('data-seed')}")


def test_what_is_chosen_on_the_picture_is_in_view_in_a_long_list(visit):
    told = content("visa-authorization", "which-bit")
    page = visit(address(told), still=True)
    page.locator(f"svg.wide [data-pick='{told.picks[-1]}']").click()
    expect(page.locator("label.answer:has(:checked)")).to_be_in_viewport()


def test_a_seed_that_the_session_has_had_is_not_drawn_again(visit):
    page = visit(address(content(name="how-many-move")))
    page.evaluate("""() => {
      const drawn = [[0, 1, 0, 7], [0, 1, 0, 7, 0, 7, 0, 8]].flat();
      crypto.getRandomValues = (into) => { into[0] = drawn.length ? drawn.shift() : 0; into[1] = drawn.length ? drawn.shift() : 9; return into; };
      for (const chip of document.querySelectorAll(".chip input")) chip.checked = chip.value === "none";
    }""")
    for seed in (7, 8):
        page.keyboard.press("n")
        page.wait_for_url(f"**/?seed={seed}")


def test_only_the_first_answer_to_a_question_counts(visit):
    page = visit(address(RING))
    answer(page, wrong(RING))
    expect(page.locator(".lately p")).to_have_text("0 of the last 1")
    page.go_back()
    answer(page, RING.right)
    expect(page.locator(".said")).to_contain_text("and so it is")
    expect(page.locator(".lately p")).to_have_text("0 of the last 1")
    page.reload()
    expect(page.locator(".lately p")).to_have_text("0 of the last 1")
    told = kept(page)
    assert told["last"] == [False]
    one = told["kinds"]["hash-ring/who-answers"]
    assert (one["rung"], one["streak"]) == (0, 0)
    assert abs(one["due"] - page.evaluate("Date.now()") - DAY) < DAY / 24


def test_a_review_that_somebody_has_sent_counts_for_nothing(visit):
    page = visit(f"{address(RING)}&answer={wrong(RING)}")
    expect(page.locator(".lately")).to_be_hidden()
    assert kept(page) is None


def test_what_was_wrong_comes_back_after_1_3_7_and_21_days_and_what_was_right_fades(visit):
    page = visit(address(RING))
    now, one = 1_000 * DAY, None
    one = module(page, "after", one, False, now)
    for number, days in enumerate((1, 3, 7, 21)):
        assert one["due"] == now + days * DAY
        assert one["rung"] == number
        assert module(page, "weight", one, now) < module(page, "weight", one, one["due"]) == 4 or number == 0
        early = module(page, "after", one, True, now)
        assert (early["rung"], early["due"]) == (number, one["due"]), "it comes back on its day all the same"
        now = one["due"]
        one = module(page, "after", one, True, now)
    assert one == {"rung": -1, "due": 0, "streak": 4}
    assert module(page, "weight", one, now + 900 * DAY) == 1 / 8
    assert module(page, "weight", None, now) == 1
    assert module(page, "after", {"rung": 3, "due": 0, "streak": 9}, False, now) == {
        "rung": 0, "due": now + DAY, "streak": 0
    }  # fmt: skip


def test_what_is_due_is_drawn_four_times_as_often(visit):
    page = visit(address(RING))
    known = {"b": {"rung": 1, "due": 5, "streak": 1}}
    drawn = [module(page, "drawn", ["a", "b", "c"], known, 6, part / 60) for part in range(60)]
    assert {kind: drawn.count(kind) for kind in "abc"} == {"a": 10, "b": 40, "c": 10}


@pytest.mark.parametrize(
    "broken",
    ["nonsense", "null", "[]", "7", '{"kinds": 7, "last": {}, "answered": "x", "from": 5}',
     '{"kinds": {"a/b": null, "c/d": {"rung": "x"}}, "last": [1, null, true], "from": [1, "hash-ring"]}'],
)  # fmt: skip
def test_a_broken_value_in_the_storage_is_as_good_as_none(visit, broken):
    page = visit(address(RING))
    page.evaluate("(text) => localStorage.setItem('orrery:practice', text)", broken)
    page.evaluate("(text) => localStorage.setItem('orrery:places', text)", broken)
    page.reload()
    answer(page, RING.right)
    expect(page.locator(".said")).to_contain_text("and so it is")
    told = kept(page)
    assert told["kinds"] == {"hash-ring/who-answers": {"rung": -1, "due": 0, "streak": 1}}
    assert told["last"][-1] is True


def test_without_a_storage_it_holds_for_the_page(visit):
    page = visit("/", fresh=True)
    page.add_init_script("""for (const name of ["getItem", "setItem", "removeItem"])
      Storage.prototype[name] = () => { throw new DOMException("no", "SecurityError"); };""")
    page.goto(address(RING))
    expect(page.locator("orrery-player:not([at])")).to_have_count(0)
    answer(page, RING.right)
    expect(page.locator(".lately p")).to_have_text("1 of the last 1")


def test_what_is_kept_is_bounded(visit):
    page = visit(address(RING))
    told = module(page, "sane", {
        "kinds": {f"a/{number}": {"rung": 0, "due": 0, "streak": 0} for number in range(900)},
        "last": [True] * 900, "answered": [f"a?{number}" for number in range(900)], "from": ["a"] * 900, "more": "x" * 900,
    })  # fmt: skip
    assert {name: len(told[name]) for name in ("kinds", "last", "answered", "from")} == {
        "kinds": 200, "last": 10, "answered": 200, "from": 200
    }  # fmt: skip
    assert told.keys() == {"version", "kinds", "last", "answered", "from"}


def test_an_export_is_a_file_and_forgetting_asks_first(visit):
    page = visit(address(RING))
    answer(page, wrong(RING))
    expect(page.locator(".lately")).to_be_visible()
    with page.expect_download() as saved:
        page.get_by_role("button", name="Export").click()
    assert saved.value.suggested_filename == "orrery-practice.json"
    assert json.loads(Path(saved.value.path()).read_text("utf-8")) == kept(page)
    page.get_by_role("button", name="Forget", exact=True).click()
    page.get_by_role("button", name="Keep it").click()
    assert kept(page)["last"] == [False]
    page.get_by_role("button", name="Forget", exact=True).click()
    page.get_by_role("button", name="Forget it").click()
    expect(page.locator(".lately")).to_be_hidden()
    assert kept(page) is None


def test_the_first_page_asks_at_once_from_the_lessons_that_were_read(visit):
    page = visit(HOME)
    page.evaluate(
        """() => localStorage.setItem("orrery:places", JSON.stringify({ totp: { title: "Six digits", at: "x", heading: "x", when: 1 } }))"""
    )
    page.goto(HOME)
    expect(page.locator(".asked")).to_be_visible()
    assert "/practise/totp/" in page.url
    chosen = page.locator(".chip:visible input")
    assert chosen.evaluate_all("(all) => all.map((one) => [one.value, one.checked])") == [["totp", True]]
    page.get_by_role("button", name="lessons you have not read yet").click()
    expect(page.locator(".chip:visible")).to_have_count(page.locator(".chip").count())
    page.locator(".chip input[value=totp]").uncheck()
    page.locator(".chip input[value=hash-ring]").check()
    page.keyboard.press("n")
    page.wait_for_url("**/practise/hash-ring/**")
    page.goto(HOME)
    page.wait_for_url("**/practise/hash-ring/**")


def test_who_has_read_nothing_begins_with_three(visit):
    page = visit(HOME)
    expect(page.locator(".asked")).to_be_visible()
    expect(page.locator(".chip:visible input:checked")).to_have_count(3)


def test_where_the_site_does_not_answer_the_question_stays(visit):
    page = visit(address(RING))
    page.route("**/practise/**", lambda route: route.abort())
    visit.complaints.clear()
    page.get_by_role("link", name="Another").click()
    expect(page.locator("#trouble")).to_contain_text("Nothing on this page is lost")
    expect(page.locator("h2")).to_have_text(RING.prompt)
    visit.complaints[:] = [one for one in visit.complaints if "ERR_FAILED" not in one]


def test_without_javascript_it_is_forms_and_links(visit):
    page = visit(HOME, javascript=False)
    for slug in to_begin_with():
        page.locator(f".chip input[value={slug}]").uncheck()
    page.locator(".chip input[value=hash-ring]").check()
    page.get_by_role("button", name="Begin").click()
    assert urlsplit(page.url).path.startswith("/practise/hash-ring/")
    assert "from=hash-ring" in page.url
    page.get_by_role("link", name="Another").click()
    assert urlsplit(page.url).path.startswith("/practise/hash-ring/")
    page.goto(address(RING))
    expect(page.locator(".transport")).to_be_hidden()
    expect(page.locator(".keys")).to_be_hidden()
    page.get_by_text(f"The {RING.stop} steps before this").click()
    expect(page.locator(".steps-before li")).to_have_count(RING.stop + 1)
    answer(page, wrong(RING))
    expect(page.locator(".said")).to_contain_text(f"You said {wrong(RING)}. It is {RING.right}.")
    expect(page.locator("svg.wide .ways")).to_be_visible()
    page.get_by_role("link", name="Link").click()
    assert page.url.endswith(address(RING))


@pytest.mark.parametrize(("width", "theme"), [(390, "light"), (390, "dark"), (820, "light"), (1440, "dark")])
def test_axe_finds_nothing_in_any_state(visit, width, theme):
    page = visit(HOME, width=width, still=True)
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    number = content(name="how-many-move")
    found = []

    def look() -> None:
        page.evaluate(AXE.read_text("utf-8"))
        found.extend(axe(page, width, theme))

    for path in (
        address(RING),
        address(content("visa-authorization", "which-bit")),
        f"{address(number)}&answer=x",
        f"{HOME}totp/who-gets-in/?seed=x",
    ):
        page.goto(path)
        expect(page.locator("orrery-player:not([at])")).to_have_count(0)
        if page.locator("[data-picked]").count():
            page.locator("svg:visible [role=radio][tabindex='0']").focus()
            page.keyboard.press("Enter")
        look()
    page.goto(address(RING))
    answer(page, wrong(RING))
    expect(page.locator(".lately")).to_be_visible()
    look()
    page.get_by_role("button", name="Forget", exact=True).click()
    look()
    assert found == []


@pytest.mark.parametrize(
    ("path", "drawn"),
    [
        ("cap-theorem/own-copy/?seed=2474095125228630&answer=4", False),
        ("hash-ring/who-answers/?seed=7&answer=gus", True),
    ],
)
def test_a_key_of_lines_stands_only_where_lines_are_drawn(visit, path, drawn):
    page = visit(f"/practise/{path}")
    samples = page.locator(".two-ways dt").evaluate_all(
        "(all) => all.map((one) => getComputedStyle(one, '::before').content)"
    )
    assert (page.locator(".ways > *").count() > 0) is drawn
    assert samples == ['""' if drawn else "none"] * 2


@pytest.mark.parametrize("kind", ["hash-ring/who-answers", "load-balancing/who-is-next", "totp/who-gets-in"])
def test_on_a_phone_what_is_asked_about_and_the_answers_share_a_screen(visit, kind):
    page = visit(f"/practise/{kind}/?seed=5", width=390, height=700, touch=True)
    page.locator(".asked-form .main").scroll_into_view_if_needed()
    last = page.locator(".asked-form .answer, .asked-form .answer-number").last
    expect(last).to_be_in_viewport(ratio=1)
    expect(page.locator(".narration")).to_be_in_viewport(ratio=1)
    asked = page.locator("svg:visible > rect:not([data-key])")
    if asked.count():
        expect(asked.first).to_be_in_viewport(ratio=0.9)
