"""No public view runs a model more often than it says."""

from collections.abc import Iterator
from functools import cache
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, resolve

from config.keeping import Kept
from lessons import hero
from lessons.catalogue import lessons
from lessons.markdown import lesson, predict
from playground import caching
from playground.asking.once import answers
from playground.asking.recent import Recent, recent
from playground.drawn import thumbs
from playground.embed import keepsake
from playground.engine.query import print_query
from playground.engine.questions import BELIEFS, OFFERED, pose
from playground.engine.registry import entries
from playground.engine.run import Run, Runner

BALANCER = "/playground/load-balancing"
PAIR = "vs=algorithm:least-connections"
REFUSED = "do=kill:ada&do=kill:nobody"
ACT, REFUSED_ACT = "act=kill&act.node=bob&step=3", "act=kill&act.node=nobody&step=3"
NAMES = "+".join(f"{letter}ode-number-000{number}" for number, letter in enumerate("abcdefgh"))
CUT = f"servers={NAMES}&requests=300&do=@1000:send:50&do=@1000000:send:50"

RUNS = {
    "plain": "step=3",
    "from an earlier step": "do=kill:ada&do=kill:bob&step=3",
    "a step after the last": "step=490",
    "a pair": f"{PAIR}&step=3",
    "refused": REFUSED,
    "refused, in a pair": f"{REFUSED}&{PAIR}",
    "an action": ACT,
    "an action that is refused": REFUSED_ACT,
    "an action in a pair": f"{PAIR}&{ACT}",
    "an action in a pair, from an earlier step": f"do=kill:ada&do=kill:cleo&{PAIR}&{ACT}",
    "an action after what is refused": f"{REFUSED}&{PAIR}&{ACT}",
    "an action that is refused after what is": f"{REFUSED}&{PAIR}&{REFUSED_ACT}",
    "another spelling": "servers=ada+bob+cleo+dee&requests=020",
    "unsound": "requests=many",
    "cut": CUT,
}


def views(patterns: list[URLPattern | URLResolver], path: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every address of the site, with the pattern that it is answered by."""
    for one in patterns:
        here = f"{path}{one.pattern}"
        if isinstance(one, URLResolver):
            yield from views(one.url_patterns, here)
        else:
            yield here, one


EVERY = dict(views(get_resolver().url_patterns))


@pytest.mark.asvs("15.2.2")
@pytest.mark.parametrize("path", EVERY)
def test_every_view_says_how_many_runs_it_may_take(path):
    assert isinstance(getattr(EVERY[path].callback, "runs", None), int), (
        f"{path}: write @runs(at_most=…) above its view (playground/asking/runs.py)"
    )


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The runs that have been handed out since, and nothing kept from before."""
    found: list[str] = []
    ended = Runner.ended

    def counted(runner: Runner) -> Run:
        found.append(print_query(runner.run.cls, runner.run.query))
        return ended(runner)

    monkeypatch.setattr(Runner, "ended", counted)
    # Nothing is kept from one request to the next either, nor within one: the most that it may take is counted.
    monkeypatch.setattr(recent, "_runs", Recent(0)._runs)
    monkeypatch.setattr(answers, "_kept", Kept(0)._kept)
    caching.pages.forget()
    for kept in (hero.hero, lesson.run_of, predict.posed_about, thumbs.thumbnail_of, keepsake.carried):
        kept.cache_clear()
    for one in lessons().values():
        vars(one).pop("html", None)
        vars(one).pop("problems", None)
    return found


@cache
def predicted() -> tuple[str, ...]:
    """Each question about a run that it can be asked about, without an answer and with one."""
    told = []
    for slug, entry in entries().items():
        for kind in entry.questions:
            posed = pose(entry.cls, kind, 1)
            query = print_query(entry.cls, posed.query)
            asked = f"/playground/{slug}/predict/{kind.name}/?{query}"
            told += [asked, f"{asked}&answer={quote(posed.options[-1].value)}"]
    return tuple(told)


def said(path: str) -> int:
    """How many runs the view behind an address says that it may take."""
    return int(vars(resolve(path).func)["runs"])


def within(client: Client, ran: list[str], address: str) -> int:
    """The runs of one request, which are no more than its view says."""
    ran.clear()
    answer = client.get(address)
    assert answer.status_code < 500
    most = said(answer.request["PATH_INFO"])
    assert len(ran) <= most, f"{address} took {len(ran)} runs: {ran}"
    return len(ran)


AT_RUNS = ("/", "/player", "/trace", ".svg", ".png", ".json")


@pytest.mark.parametrize("form", AT_RUNS)
def test_a_run_in_each_of_its_forms(client, ran, form):
    taken = [within(client, ran, f"{BALANCER}{form}?{query}") for query in RUNS.values()]
    assert max(taken) == said(f"{BALANCER}{form}"), "what it says is not more than it takes"


def test_a_file_runs_the_scenarios_that_it_carries_once_in_a_process(client, ran):
    first, again = ([within(client, ran, f"/playground/{slug}.html") for slug in entries()] for _ in range(2))
    carried = max(taken - own for taken, own in zip(first, again, strict=True))
    taken = [within(client, ran, f"{BALANCER}.html?{query}") for query in RUNS.values()]
    assert max(taken) + carried == said(f"{BALANCER}.html"), "what it says is not more than it takes"


def test_a_widget_an_address_in_another_page_and_the_page_that_makes_them(client, ran):
    for query in RUNS.values():
        address = quote(f"{BALANCER}/?{query}")
        within(client, ran, f"/embed/load-balancing/?{query}")
        within(client, ran, f"/oembed?url={address}")
        within(client, ran, f"/embed/?url={address}")


@pytest.mark.parametrize("query", RUNS.values(), ids=RUNS)
def test_the_api_runs_once(client, ran, query):
    assert within(client, ran, f"/api/v1/miniatures/load-balancing/run?{query}") <= 1


def test_another_spelling_is_led_to_the_one_before_anything_runs(client, ran):
    for query in (
        RUNS["another spelling"],
        f"step=3&{PAIR}",
        f"{PAIR}&step=0",
        CUT.replace("+", "%20"),
        "utm_source=x",
    ):
        answer = client.get(f"{BALANCER}/?{query}")
        assert answer.status_code == 302
        assert ran == []
        assert client.get(answer.headers["Location"]).status_code == 200
        ran.clear()


def test_each_challenge(client, ran):
    for slug, entry in entries().items():
        for one in entry.challenges:
            for query in ("", one.start, one.solution, "step=499", "utm_source=x"):
                for form in ("", "player", "solution/", "solution/player"):
                    within(client, ran, f"/playground/{slug}/challenge/{one.name}/{form}?{query}")


def test_each_question(client, ran):
    taken = [
        within(client, ran, address.replace("?", f"{form}?"))
        for address in predicted()
        for form in ("", "answer", "trace")
    ]
    # One more for each belief that would have no answer of its own: nobody has a run for which that is so of all.
    spare = BELIEFS - OFFERED
    assert max(taken) + spare >= said("/playground/hash-ring/predict/who-answers/"), "it says hardly more than it takes"


def test_a_question_is_asked_about_one_run_whatever_else_the_address_says(client, ran):
    address = next(one for one in predicted() if "load-balancing" in one)
    assert within(client, ran, f"{address}&{PAIR}&{ACT}") == within(client, ran, address)


def test_where_no_question_can_be_asked_nothing_runs(client, ran):
    for query in ("", "nodes=!", "do=nothing"):
        assert within(client, ran, f"/playground/hash-ring/predict/who-answers/?{query}") == 0


@pytest.mark.parametrize("path", ["/", "/lessons/", "/lessons/?q=ring", "/lessons/found/?q=ring", "/api/v1/docs"])
def test_what_is_read(client, ran, path):
    within(client, ran, path)


def test_each_lesson_and_nothing_more_when_it_is_read_again(client, ran):
    for slug in lessons():
        assert within(client, ran, f"/lessons/{slug}/") > 0
        assert within(client, ran, f"/lessons/{slug}/") == 0


def test_each_small_picture_is_drawn_once(client, ran):
    for slug in entries():
        assert within(client, ran, f"/playground/{slug}/thumb.svg") == 1
        assert within(client, ran, f"/playground/{slug}/thumb.svg") == 0
