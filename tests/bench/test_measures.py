"""What a measure may get wrong without anybody noticing: percentiles, what is sent, what counts as kept, the order."""

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from django.test import override_settings

from config.keeping import Kept
from playground.asking.request import ask
from playground.engine.query import parse
from playground.engine.registry import entries
from tests.bench import acts, forgetting, queue
from tests.bench.acting import Act, Answer, requests
from tests.bench.errands import ACTS, LESSONS, PROBES, Errand, Errands
from tests.bench.growth import by_steps
from tests.bench.learners import timetable
from tests.bench.lines import split
from tests.bench.timing import within


@pytest.fixture
def client(client):
    with override_settings(ALLOWED_HOSTS=["testserver"]):
        yield client


# -------------------------------------------------------------- figures


def test_a_share_of_the_figures_is_within():
    hundred = [float(number) for number in range(100, 0, -1)]
    assert [within(hundred, share) for share in (0.5, 0.95, 0.99, 1)] == [50, 95, 99, 100]
    assert within([7.0], 0.5) == within([7.0], 0.99) == 7
    assert within([1.0, 2.0, 3.0], 0.95) == 3


def test_time_is_judged_by_the_step_where_steps_more_than_double():
    assert by_steps(20, 40) == by_steps(20, 30) == 1
    assert by_steps(20, 60) == 1.5


# --------------------------------------------------------------- an act


def test_an_act_asks_for_what_is_new_and_then_for_the_forms():
    act = Act("hash-ring", (("nodes", "a b"), ("do", "add:c")), 7, (("act", "look_up"), ("act.key", "user:7")))
    steps, told = requests(act), "nodes=a+b&do=add:c&step=7&act=look_up&act.key=user:7"
    assert next(steps) == f"/playground/hash-ring/trace?{told}&after=7&layout=wide"
    assert steps.send(Answer(200, {}, b"{}")) == f"/playground/hash-ring/player?{told}&after=7"
    with pytest.raises(StopIteration):
        steps.send(Answer(200, {}, b""))


def test_an_act_that_was_refused_asks_for_nothing_more():
    steps = requests(Act("hash-ring", (), 0, (("act", "revive"),)))
    next(steps)
    with pytest.raises(StopIteration):
        steps.send(Answer(422, {}, b""))


def test_in_every_default_run_something_can_be_done(client):
    for entry in entries().values():
        act, addresses = acts.an_act(client, entry)
        assert act.step == ask(entry, "").run.last
        assert len(addresses) == 2


def test_made_up_learners_are_the_same_each_time_and_do_nothing_twice():
    class_ = timetable(11, 2.0, 8.0, 0.2, seed=5)
    assert class_ == timetable(11, 2.0, 8.0, 0.2, seed=5)
    assert [due for due, _, _ in class_] == sorted(due for due, _, _ in class_)
    assert all(0 <= due <= 8 for due, _, _ in class_)
    assert [sum(who == learner for _, who, _ in class_) for learner in range(11)] == [4] * 11
    assert len({(act.slug, act.run, act.step, act.form) for _, _, act in class_}) == 44
    assert {act.slug for _, _, act in class_} == {*entries()}


def test_what_learners_do_is_done(client):
    for _, _, act in timetable(11, 2.0, 4.0, 0.2, seed=6):
        *_, last = acts.sequence(client, act)
        pushed = acts.get(client, last).headers["hx-push-url"]
        done = parse(entries()[act.slug].cls, pushed.partition("?")[2]).query.acts
        assert done[-1].verb == dict(act.form)["act"]


# ------------------------------------------------------------- caches


def test_all_that_is_kept_is_forgotten():
    one = Kept(100)
    one.or_made("a", lambda: b"made")
    forgetting.keeps.cache_clear()
    forgetting.forget()
    forgetting.keeps.cache_clear()
    assert one.size == 0


# -------------------------------------------------------------- the wire


def test_an_answer_ends_where_its_length_says():
    first = b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\nHX-Push-Url: /a?b=c:d\r\n\r\none"
    second = b"HTTP/1.1 304 Not Modified\r\n\r\n"
    assert split(first[:-1]) is None
    assert split(first[:20]) is None
    answer, used = split(first + second) or pytest.fail("it has come")
    assert (answer.status, answer.body, answer.headers["hx-push-url"]) == (200, b"one", "/a?b=c:d")
    assert used == len(first)
    assert split(second) == (Answer(304, {}, b""), len(second))
    with pytest.raises(ValueError, match="without a length"):
        split(b"HTTP/1.1 200 OK\r\n\r\n")


class Half(BaseHTTPRequestHandler):
    """Answers /fine, an act there, and /last, after which it says that it hangs up; hangs up at /cut without a word.
    Knows nothing else.
    """

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        if self.path == "/cut":
            self.close_connection = True
            return
        fine = self.path.startswith(("/fine", "/last", "/playground/fine/"))
        self.send_response(200 if fine else 404)
        self.send_header("Content-Length", "2")
        if self.path == "/last":
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(b"ok")

    def log_message(self, *told):
        """Nothing."""


@pytest.fixture
def origin():
    with ThreadingHTTPServer(("127.0.0.1", 0), Half) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_what_was_not_answered_as_it_should_is_an_error_and_no_time(origin):
    errands = [
        Errand(0.0, 0, PROBES, "/fine"),
        Errand(0.0, 0, PROBES, "/gone"),  # waits for the line
        Errand(0.0, 1, LESSONS, "/cut"),
        Errand(0.05, 1, LESSONS, "/last"),  # on a connection that is opened anew
        Errand(0.05, 1, LESSONS, "/fine"),  # and so is this one
        Errand(0.05, 2, ACTS, ["fine", [], 1, [["act", "add"]]]),
        Errand(0.05, 3, ACTS, ["gone", [], 1, [["act", "add"]]]),
    ]
    told = Errands(origin, errands).run()
    assert {kind: len(took) for kind, took in told["took"].items()} == {PROBES: 1, LESSONS: 2, ACTS: 1}
    assert told["wrong"] == {"404 at /livez": 1, "404 at act": 1, "ConnectionResetError": 1}
    assert told["begun"] == {PROBES: 2, LESSONS: 3, ACTS: 2}
    assert len(told["first"]) == 1
    assert 0 < told["share"] < 1


# ------------------------------------------------------------- the clock


def test_our_clock_tells_what_simpys_tells_in_the_same_order():
    draws = queue.drawn()[:500]
    told = queue.ours(draws)
    assert told == queue.theirs(draws)
    assert len(told) == 500 * queue.HAPPENINGS
    assert queue.our_naps() == queue.their_naps()
