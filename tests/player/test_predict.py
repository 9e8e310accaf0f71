"""A question about a run, by its address: asked where it makes sense, else refused with a sentence."""

import re
from html import escape, unescape
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse

from playground.engine.content import content_of
from playground.engine.query import parse, print_query
from playground.engine.questions import Question, pose, pose_about
from playground.engine.registry import entries
from playground.scenes.marks import LAYOUTS
from tests.contract.every import each_question


def asked(client: Client, slug: str, question: str, query: str, view: str = "predict"):
    """What a reader gets, also where something breaks."""
    client.raise_request_exception = False
    return client.get(f"{reverse(f'playground:{view}', args=[slug, question])}?{query}")


def known(slug: str, name: str) -> type[Question]:
    return next(one for one in entries()[slug].questions if one.name == name)


CAP = entries()["cap-theorem"].scenarios[-1].query
UP_TO = "SELECT+*+FROM+orders+WHERE+id+%3C%3D+"
OTHER_RUNS = (
    ("hash-ring", "who-answers", "do=remove:cleo", "a server failing and a key looked up"),
    ("git-objects", "how-many-blobs", "do=amend:x", "two to four files"),
    ("git-objects", "a-file-moves", "do=amend:Say+why&do=collect", "a file is removed"),
    ("sql-execution", "which-plan", f"do=explain:{UP_TO}300&do=explain:{UP_TO}6000", "one range is explained"),
    ("visa-authorization", "which-bit", "entry=tap&do=increment:40.00&do=find:55&do=reverse&do=expire", "one field"),
    ("cap-theorem", "how-long", CAP, "ann writes once"),
    ("kafka-why-fast", "what-the-cpu-copies", "tls=yes&do=poll:search", "an empty log"),
)
"""What the question reads is not there."""

WEIGHTS = "servers=ada*5+bob*2+cleo*2+dee&speeds=equal&requests=7&clients=60"
LEAST = "algorithm=least-connections&gap=30&arrivals=even&work=12"
AGAIN = "version=2&before=nothing&size=1"
OSLO = "FROM+orders+WHERE+city+%3D+%27Oslo%27&rows=1160"
LEAK = "do=upgrade:salted&do=log_in:ada:own&do=log_in:bob:own&do=leak&do=guess:20"
UNTRUE = (
    ("hash-ring", "how-many-move", "do=add_keys:12&do=fail:cleo", "there are 36 keys"),
    ("hash-ring", "how-many-move", "do=fail:cleo&do=revive:cleo", "it answers again"),
    ("http-versions", "who-may-not", "before=nothing&size=2&do=load:2&do=lose:4", "loaded before"),
    ("http-versions", "how-many-trips", f"{AGAIN}&sizes=equal&resumed=yes&do=load:1.1", "a handshake less"),
    ("http-versions", "how-many-trips", f"{AGAIN}&do=load:1.1", "sizes differ"),
    ("load-balancing", "who-is-next", f"{WEIGHTS}&algorithm=weighted-haproxy&do=send:1", "another rule"),
    ("load-balancing", "who-is-next", f"{WEIGHTS}&algorithm=weighted-nginx&do=kill:ada", "nothing is sent"),
    ("load-balancing", "slow-share", f"{LEAST}&requests=8&do=send:48", "56 requests"),
    ("load-balancing", "slow-share", f"{LEAST}&requests=0&speeds=steps&do=send:48", "other speeds"),
    ("load-balancing", "slow-share", f"{LEAST}&requests=0&do=send:48&do=slow:ada:5", "how many of ada"),
    ("tcp-ip-encapsulation", "last-number", "mss=40&mtu=68&hops=0&do=send:all+the+moons+of+Jupiter", "at most 28"),
    ("tcp-ip-encapsulation", "last-number", "mss=20&hops=0&do=send:a+first+one&do=send:all+the+moons", "more was sent"),
    ("tcp-ip-encapsulation", "what-a-router-changes", "hops=2&do=reroute:0&do=send:and+the+moons", "no router"),
    ("sql-execution", "which-plan", f"do=explain:{UP_TO}300&do=rewrite:ordered", "it is written as it was"),
    ("sql-execution", "which-plan", f"index=no&do=explain:{UP_TO}300&do=rewrite:shuffled", "there is no index"),
    ("sql-execution", "which-plan", "do=explain:SELECT+*+FROM+orders&do=rewrite:shuffled", "no range"),
    ("sql-execution", "rows-looked-at", f"do=run:{UP_TO}300", "no city, no order, no limit"),
    ("sql-execution", "read-again", f"statement=SELECT+*+{OSLO}&do=again", "nothing is counted"),
    ("git-objects", "how-many-new", "do=write:src/lib/util.py%3Dhello&do=commit:Next", "stored before"),
    ("git-objects", "how-many-blobs", "do=write:A%3Da&do=write:A%3Db&do=commit:Next", "one file twice"),
    ("git-objects", "a-file-moves", "do=remove:README&do=write:R%3Dhello&do=commit:Next", "README says more by then"),
    ("git-objects", "a-file-moves", "do=remove:src/app.py&do=write:R%3Drun+on&do=commit:Next", "other text"),
    ("kafka-why-fast", "where-the-scan-begins", "do=fetch:billing:13&do=fetch:search:13", "told before"),
    ("kafka-why-fast", "what-the-cpu-copies", "messages=0&gap=1&do=produce:4&do=poll:search", "one by one"),
    ("kafka-why-fast", "what-the-cpu-copies", "messages=0&do=produce:4&do=poll:billing", "another group"),
    ("kafka-why-fast", "which-closes-the-batch", "messages=0&gap=5&do=produce:20", "linger ends as a message comes"),
    ("kafka-why-fast", "what-comes-twice", "do=wait:6&do=poll:search&do=restart:billing", "search polls"),
    ("visa-authorization", "open-to-buy", "do=authorise:45.00&do=authorise:46.00", "more is held"),
    ("password-storage", "how-many-hashes", f"{LEAK}&do=log_in:cleo:own", "cleo words"),
    ("password-storage", "how-many-hashes", f"{LEAK}&do=guess:30", "a second guessing"),
)
"""What the prompt would say is not so."""

each_view = pytest.mark.parametrize("view", ["predict", "predict-answer"])


@each_view
@pytest.mark.parametrize(
    ("slug", "question", "query", "needs"),
    [pytest.param(*one, id=f"{one[1]}-{one[2].rpartition('do=')[2][:16]}") for one in OTHER_RUNS],
)
def test_a_run_of_another_shape_cannot_be_asked_about_and_it_says_which_can(
    client: Client, slug, question, query, needs, view
):
    response = asked(client, slug, question, f"{query}&answer=7", view)
    assert response.status_code == 404
    assert "This question cannot be asked about this run. It needs a run " in response.text
    assert needs in response.text


@pytest.mark.parametrize(
    ("slug", "question", "query"), [pytest.param(*one[:3], id=f"{one[1]}-{one[3]}") for one in UNTRUE]
)
def test_where_its_prompt_would_not_be_true_it_is_not_asked(client: Client, slug, question, query):
    response = asked(client, slug, question, query)
    assert response.status_code == 404
    assert escape(known(slug, question).needed()) in response.text


TRUE = (
    (
        "load-balancing", "slow-share", f"{LEAST}&requests=0&do=send:48",
        "From dee an answer is back after 68 ms, from the others after 20 ms.",
    ),
    (
        "tcp-ip-encapsulation", "last-number", "mss=20&hops=0&text=Gr%C3%BC%C3%9Fe&do=send:all+the+moons+of+Jupiter",
        "7 bytes have been sent since. 24 more go out now",
    ),
    (
        "tcp-ip-encapsulation", "last-number", "mss=20&hops=0&text=x&do=send:all+the+moons+of+Jupiter",
        "1 byte has been sent since.",
    ),
    (
        "tcp-ip-encapsulation", "last-number", "isn=4294967295&mss=20&hops=0&do=send:all+the+moons+of+Jupiter",
        "The SYN had number 4,294,967,295;",
    ),
    (
        "sql-execution", "which-plan", f"do=explain:{UP_TO}300&do=rewrite:shuffled",
        "those with id &lt;= 300 are wanted. There is an index on id, and the rows lie in order of id.",
    ),
    ("git-objects", "how-many-blobs", "do=write:COPY%3Dhello&do=write:docs/B%3Dhello+you&do=commit:Next",
     "COPY says “hello”, docs/B says “hello you”."),
    ("git-objects", "a-file-moves", "do=remove:src/app.py&do=write:docs/app.py%3Drun&do=commit:Next",
     "src/app.py is moved to docs/app.py; its text stays"),
    ("kafka-why-fast", "where-the-scan-begins", "do=fetch:billing:13", "billing asks for offset 13."),
    ("password-storage", "how-many-hashes", LEAK.replace("guess:20", "guess:1"), "The thief tries one word on"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("slug", "question", "query", "says"), [pytest.param(*one, id=f"{one[1]}-{one[3][:24]}") for one in TRUE]
)
def test_where_it_is_asked_its_prompt_tells_of_that_run(client: Client, slug, question, query, says):
    response = asked(client, slug, question, query)
    assert response.status_code == 200
    assert says in response.text


def test_a_number_that_runs_over_the_end_of_the_circle_is_counted_on_from_nought(client: Client):
    """The numbers of TCP are of 32 bits: those of who counts segments, or the bytes of its own, run over too."""
    page = asked(client, "tcp-ip-encapsulation", "last-number", "isn=4294967295&mss=20&hops=0&do=send:" + "moons" * 8)
    offered = {int(value) for value in re.findall(r'name="answer" value="(\d+)"', page.text)}
    assert {4, 62} < offered, "who counts segments, and the right one"
    assert max(offered) < 100


@each_view
def test_an_action_that_is_refused_is_said_instead(client: Client, view):
    response = asked(client, "hash-ring", "how-many-move", "do=remove:zoe", view)
    assert response.status_code == 404
    assert "This run cannot be asked about. There is no server zoe." in response.text


def test_a_question_that_does_not_exist_is_answered_with_one_that_is_near(client: Client):
    response = asked(client, "hash-ring", "who-answer", "do=fail:cleo&do=look_up:user:7")
    assert response.status_code == 404
    assert "There is no question “who-answer”. Did you mean who-answers" in response.text


# Beside another run.

ALONE = f"{LEAST}&requests=0&do=send:48"
BESIDE = f"{ALONE}&vs=algorithm:two-choices"
LEFT_OUT = "A question is about one run: the one beside it is left out."


def test_beside_another_run_it_is_asked_about_the_one_and_says_so(client: Client):
    page = asked(client, "load-balancing", "slow-share", BESIDE).text
    assert '<section class="predict"' in page
    assert "About how many of 48 requests does dee get?" in page
    assert LEFT_OUT in page
    assert "vs=" not in page
    assert LEFT_OUT not in asked(client, "load-balancing", "slow-share", ALONE).text


def test_its_answer_is_judged_as_without_the_other_run(client: Client):
    for answer in ("2", "3", "5", "x"):
        verdicts = [
            asked(client, "load-balancing", "slow-share", f"{query}&answer={answer}", "predict-answer").text
            for query in (BESIDE, ALONE)
        ]
        assert verdicts[0] == verdicts[1]


@each_question
def test_until_it_is_answered_all_that_is_sent_ends_where_it_is_asked(client: Client, entry, question):
    """The picture is painted from the run without the asked action, as practice paints it."""
    query = print_query(entry.cls, pose(entry.cls, question, 2).query)
    posed = pose_about(entry.cls, question, parse(entry.cls, query).query)
    assert posed
    page = asked(client, entry.slug, question.name, query).text
    frozen = content_of(entry.slug, entry.version, posed)
    for layout in LAYOUTS:
        (drawn,) = re.findall(rf'<svg class="picture {layout}(?: tall)?"[^>]*>(.*?)</svg>', page, re.DOTALL)
        assert drawn.replace('<g class="callout">', "").removesuffix("</g>") == frozen.shown[layout]["svg"]
        sent = asked(client, entry.slug, question.name, f"{query}&layout={layout}", "predict-trace").json()
        assert sent["steps"] == frozen.trace[layout]["steps"]
        assert len(sent["steps"]) == posed.stop + 1
    assert question.because not in unescape(page)
    assert 'class="ways"' not in page


@each_question
def test_every_answer_is_drawn_where_its_way_leaves_the_machines_and_told_with_the_reason(
    client: Client, entry, question
):
    posed = pose(entry.cls, question, 2)
    query = print_query(entry.cls, posed.query)
    for option in posed.options:
        answer = quote(option.value)
        for view in ("predict", "predict-answer"):
            text = asked(client, entry.slug, question.name, f"{query}&answer={answer}", view).text
            assert question.because in unescape(text)
            parted = option.parting or max(one.parting for one in posed.options if one.parting)
            assert re.search(rf'<orrery-player [^>]*step="{parted.step}" from="{posed.stop}"', text)
            # On the picture in both layouts, and beside it for a picture that is left alone.
            assert text.count(f'<g class="ways" data-at="{parted.step}">') == 2 * len(LAYOUTS)
            assert "data-judged" in text
            if option.parting:
                assert option.belief in unescape(text)
                assert question.way(parted.thing, parted.wrong) in unescape(text)


def test_what_is_no_answer_is_asked_again_and_nothing_is_drawn(client: Client):
    text = asked(client, "hash-ring", "how-many-move", "do=remove:cleo&answer=nine", "predict-answer").text
    assert "nine is not among them" in text
    assert "data-judged" not in text
    assert 'class="ways"' not in text


def test_a_number_that_is_no_option_is_judged_as_a_number(client: Client):
    """Its reason is told as for every answer; no belief stands behind it, so there is no way to draw."""
    text = asked(client, "hash-ring", "how-many-move", "do=remove:cleo&answer=900", "predict-answer").text
    right = right_of("hash-ring", "how-many-move", "do=remove:cleo")
    assert f"<b>Not 900.</b> No wrong idea that we know of leads there: it is {right}." in text
    assert "That is the answer if" not in text
    assert "data-judged" in text


@each_question
def test_another_one_is_the_same_question_about_another_run_in_the_same_place(client: Client, entry, question):
    """From each the same for everybody, so that it can be kept; as a page without scripts, in place with them."""
    query = print_query(entry.cls, pose(entry.cls, question, 2).query)
    here = reverse("playground:predict", args=[entry.slug, question.name])
    for view, to in (("predict-another", "predict"), ("another-answer", "predict-answer")):
        response = asked(client, entry.slug, question.name, query, view)
        assert response.status_code == 302
        path, _, other = response["Location"].partition("?")
        assert path == reverse(f"playground:{to}", args=[entry.slug, question.name])
        assert other != query
        assert asked(client, entry.slug, question.name, other, to).status_code == 200
        assert asked(client, entry.slug, question.name, query, view)["Location"] == response["Location"]
    right = quote(right_of(entry.slug, question.name, query))
    told = unescape(asked(client, entry.slug, question.name, f"{query}&answer={right}", "predict-answer").text)
    assert f'href="{here}another?{query}" hx-get="{here}another/answer?{query}"' in told


def right_of(slug, name, query):
    """The right answer of a question about a run."""
    cls = entries()[slug].cls
    posed = pose_about(cls, known(slug, name), parse(cls, query).query)
    assert posed
    return posed.right


def test_the_steps_of_a_question_have_two_layouts(client: Client):
    response = asked(client, "hash-ring", "how-many-move", "do=remove:cleo&layout=tall", "predict-trace")
    assert response.status_code == 422
    assert response.json() == {"detail": "There is no layout “tall”; there are narrow and wide."}
