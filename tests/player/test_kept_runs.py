"""What has been run is kept, bounded, and never changes what an address says."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from time import sleep

import pytest
from django.http import HttpResponse
from django.test import Client, override_settings

from config.keeping import Kept
from playground.asking import once
from playground.asking.once import answers, packed, place_of, unpacked
from playground.asking.recent import ROOM, Recent, recent
from playground.engine.query import default_query, do, parse, print_query
from playground.engine.registry import entries
from playground.engine.rng import Rng
from playground.engine.run import Run, Runner, run
from playground.engine.trace import compact, trace
from playground.engine.walk import draw_act

RUN = "/playground/hash-ring"
CLS = entries()["hash-ring"].cls


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The models that have run since."""
    found: list[str] = []
    ended = Runner.ended

    def counted(runner: Runner) -> Run:
        found.append(runner.run.cls.title)
        return ended(runner)

    monkeypatch.setattr(Runner, "ended", counted)
    return found


@pytest.mark.parametrize("form", ["/", "/player", "/trace"])
def test_what_has_been_asked_once_runs_no_more(client, ran, form):
    first = client.get(f"{RUN}{form}?keys=9")
    assert len(ran) == 1
    again = client.get(f"{RUN}{form}?keys=9")
    assert len(ran) == 1
    assert again.content == first.content
    assert dict(again.headers) == dict(first.headers)


def test_who_has_it_is_told_so_whether_it_is_kept_or_not(client, ran):
    etag = client.get(f"{RUN}/?keys=9").headers["ETag"]
    for _ in range(2):
        assert client.get(f"{RUN}/?keys=9", headers={"If-None-Match": etag}).status_code == 304
        answers.forget()
    assert len(ran) == 1


def test_of_two_who_ask_at_the_same_instant_one_runs_it(client, ran, monkeypatch):
    ended = Runner.ended

    def slowly(runner: Runner) -> Run:
        sleep(0.2)
        return ended(runner)

    monkeypatch.setattr(Runner, "ended", slowly)
    with ThreadPoolExecutor(2) as both:
        asked = [both.submit(Client().get, f"{RUN}/trace?keys=11") for _ in range(2)]
        first, second = (one.result().content for one in asked)
    assert first == second
    assert len(ran) == 1


def test_an_act_s_trace_and_forms_run_it_once(client, ran):
    act = "keys=9&act=fail&act.node=ada&step=3"
    client.get(f"{RUN}/trace?{act}")
    before = len(ran)
    assert client.get(f"{RUN}/player?{act}").status_code == 200
    assert len(ran) == before


@pytest.mark.parametrize("query", ["keys=many", "act=fail&act.node=nobody&step=1", "keys=09"])
def test_errors_and_redirects_are_not_kept(client, query):
    client.get(f"{RUN}/?{query}")
    assert len(answers) == 0


def test_another_host_gets_its_own_page(client):
    with override_settings(ALLOWED_HOSTS=["a.example", "b.example"], ORIGIN=""):
        first, second = (client.get(f"{RUN}/?keys=9", headers={"host": f"{one}.example"}) for one in "ab")
    assert b"a.example" in first.content
    assert b"a.example" not in second.content


def test_while_sources_may_change_nothing_is_kept(client):
    with override_settings(DEBUG=True):
        client.get(f"{RUN}/?keys=9")
    assert len(answers) == 0


def test_strangers_do_not_fill_a_process(client, monkeypatch):
    monkeypatch.setattr(answers, "_kept", Kept(100_000)._kept)
    for number in range(20):
        client.get(f"{RUN}/trace?keys={number}")
    assert 0 < answers.size <= 100_000


def test_an_answer_stands_as_it_was():
    response = HttpResponse("a\nb", headers={"HX-Push-Url": "/x?y=%0A", "X-Other": "no"})
    again = unpacked(packed(response))
    assert again.content == b"a\nb"
    assert again.headers["HX-Push-Url"] == "/x?y=%0A"
    assert again.headers["Content-Type"] == response.headers["Content-Type"]
    assert "X-Other" not in again.headers


def test_processes_share_a_bounded_number_of_answers():
    places = {place_of(f"{number * 2_654_435_761 % 2**32:08x}") for number in range(5000)}
    assert len(places) <= once.PLACES


# Runs.


def test_a_run_with_its_pictures_is_also_one_without():
    kept = Recent()
    drawn = kept.run(CLS, default_query(CLS))
    assert kept.run(CLS, default_query(CLS), draw=False) is drawn
    bare = Recent().run(CLS, default_query(CLS), draw=False)
    assert all(not step.scenes for step in bare.steps)


def test_one_without_is_none_with():
    kept = Recent()
    kept.run(CLS, default_query(CLS), draw=False)
    assert kept.run(CLS, default_query(CLS)).steps[0].scenes


def test_it_opens_at_the_step_that_is_asked_for():
    kept, query = Recent(), parse(CLS, "step=4").query
    kept.run(CLS, default_query(CLS))
    assert kept.run(CLS, query).query == query


def test_runs_are_bounded_by_their_steps():
    kept = Recent(60)
    runs = [kept.run(CLS, parse(CLS, f"keys={number}").query) for number in range(1, 9)]
    assert sum(len(run.steps) for run in runs) > 60
    assert sum(len(run.steps) for run in kept._runs.values()) <= 60
    assert Recent()._runs.maxsize == ROOM


def test_a_run_that_is_larger_than_all_the_room_is_not_kept():
    kept = Recent(3)
    kept.run(CLS, default_query(CLS))
    assert not kept._runs


@pytest.mark.parametrize("slug", entries())
def test_what_is_asked_of_a_kept_run_leaves_it_as_it_is(client, slug):
    """Its forms ask the machine for names and figures; that changes nothing."""
    once_more = [client.get(f"/playground/{slug}/player?step=2").content]
    answers.forget()
    once_more.append(client.get(f"/playground/{slug}/player?step=2").content)
    answers.forget()
    once_more.append(client.get(f"/playground/{slug}/player?step=2").content)
    assert once_more[0] == once_more[1] == once_more[2]


def test_a_run_is_known_by_all_that_has_been_done():
    kept = Recent()
    one = kept.run(CLS, parse(CLS, "do=fail:ada").query)
    other = kept.run(CLS, parse(CLS, "do=fail:bob").query)
    assert one.query.acts == (do("fail", "ada"),)
    assert other.query.acts == (do("fail", "bob"),)


@pytest.mark.parametrize("slug", entries())
def test_what_is_sent_is_what_the_core_writes(client, slug):
    """The site writes JSON with a faster encoder, which the core, of the standard library alone, does not have."""
    entry = entries()[slug]
    for query in ("", entry.scenarios[-1].query):
        done = run(entry.cls, parse(entry.cls, query).query)
        sent = client.get(f"/playground/{slug}/trace?{query}").content
        assert sent == compact(trace(slug, entry.version, done, "wide")).encode()


@pytest.mark.parametrize("slug", entries())
def test_what_is_done_in_two_runs_side_by_side_is_the_same_run_alone(client, slug):
    cls = entries()[slug].cls
    base = run(cls, default_query(cls))
    assert base.machine
    acts = (draw_act(verb, base.machine, Rng(1))._replace(at=None) for verb in cls.actions().values())
    act = next(act for act in acts if not run(cls, replace(base.query, acts=(act,))).refusal)
    fields = {
        f"act.{kind.name}": kind.print(value)
        for kind, value in zip(cls.actions()[act.verb].arguments, act.arguments, strict=True)
    }
    name, other = next(
        (name, kind.print(value))
        for name, kind in cls.inputs().items()
        for value in kind.corners()
        if value != kind.default
    )
    alone = f"/playground/{slug}/trace?{print_query(cls, replace(base.query, acts=(act,)))}"
    first = client.get(alone)
    answers.forget()
    recent.forget()
    client.get(f"/playground/{slug}/", {"vs": f"{name}:{other}", "act": act.verb, **fields})
    again = client.get(alone)
    assert (again.status_code, again.content) == (first.status_code, first.content)
