"""Every kind of picture, on a typical value, an empty one, a crowded one and long names, in both layouts."""

import re
from dataclasses import replace

import pytest

from playground.scenes.bytes import Bytes, Nibble, Value, Verdict
from playground.scenes.chart import Axis, Chart, Series
from playground.scenes.marks import LAYOUTS, MARKS_AIM, WIDTH
from playground.scenes.ring import Key, Ring, Server, Way
from playground.scenes.sequence import Lane, Message, Sequence
from playground.scenes.svg import inner
from playground.scenes.table import BAD, Column, Grid, Link, Row, Table
from playground.scenes.timeline import (
    ARRIVING,
    CONNECT,
    HELD,
    REST,
    SINGLY,
    UNSENT,
    WAITING,
    Group,
    Moment,
    Span,
    Timeline,
)
from playground.scenes.timeline import Lane as Track
from playground.scenes.topology import Machine, Packet, Topology
from playground.scenes.type import STYLES, width

BIG = 2**32


def ring(names, points, keys, *, failed=(), way=False):
    """A ring whose points and keys are spread by multiples of a prime."""
    spots = {
        name: tuple((at * 97 + 13 * point) * 2654435761 % BIG for point in range(points))
        for at, name in enumerate(names)
    }
    placed = tuple(sorted((spot, name) for name in names if name not in failed for spot in spots[name]))
    owner = placed[0][1] if placed else ""
    held = tuple(Key(f"user:{number}", number * 40503 * 65537 % BIG, owner, "") for number in range(keys))
    servers = tuple(
        Server(name, at, "failed" if name in failed else "live", spots[name], keys if name == owner else 0, 0)
        for at, name in enumerate(names)
    )
    path = Way(held[0].id, held[0].position, owner, placed[0][0]) if way else None
    return Ring(servers, held, placed, placed, "7 of 24", "keys moved", "hash % n would have moved", "19 of 24", path)


def chart(names, most, count):
    series = tuple(
        Series(name, f"m{at + 1}", at == 0, tuple((x, most * x // max(count - 1, 1)) for x in range(count)))
        for at, name in enumerate(names)
    )
    return Chart(
        "Keys moved so far", Axis("changes to the ring", max(count - 1, 0)), Axis("keys", most), series, "nothing yet"
    )


def topology(names, working, waiting, *, failed=(), slow=(), flying=(), figures=True):
    """A balancer before servers with so many in work and waiting each; `flying` is (server, kind, thousandths)."""
    ids = iter(range(1, 400))
    servers = tuple(
        Machine(
            name, at, "failed" if name in failed else "live", 1 + at, "1,900 ms" if name in slow else "40 ms",
            name in slow, tuple(next(ids) for _ in range(0 if name in failed else working)),
            tuple(next(ids) for _ in range(0 if name in failed else waiting)), 37 * at,
        )
        for at, name in enumerate(names)
    )  # fmt: skip
    packets = tuple(Packet(next(ids), name, kind, at) for name, kind, at in flying)
    compared = tuple((name, "12–21" if at % 2 else "–7") for at, name in enumerate(names)) if figures else ()
    current = packets[0].id if packets else 0
    return Topology("load balancer", "least response time", servers, packets, compared, names[-1], current, names[0])


FAN = ["ada", "bob", "cleo", "dee"]


def table(names, *, found=0, rest=0, two=True, changed=""):
    """Users and their hashes; the first `found` of them link to a row of the second table."""
    columns = (
        Column("user", 76, "name"),
        Column("by", 84, "label", narrow=False),
        Column("salt", 68),
        Column("hash", 0),
    )
    rows = tuple(
        Row(name, (name, "Argon2id", "0123456789abcdef", 4 * "0571749e"), at < found) for at, name in enumerate(names)
    )
    words = [f"a long password number {at}" for at in range(found + rest)]
    entries = tuple(Row(word, (4 * "d763aba2", word), at < found) for at, word in enumerate(words))
    links = tuple(Link(name, words[at] if at < found else "", "no such hash") for at, name in enumerate(names))
    note = f"{', '.join(names)} chose the same password"
    second = Grid(
        "The thief’s table", (Column("hash", 0), Column("password", 96)), entries, "3 of 6 passwords read", BAD
    )
    return Table(
        Grid("The server’s table", columns, rows, note), second if two else None, links if two else (),
        (tuple(names[:3]), tuple(names[3:])) if names else (), changed,
    )  # fmt: skip


def run_of(cells, *, first=0, changed="verdict", title="Server: HMAC of step 41152263", verdict=None):
    """A run of bytes with everything that can follow from it."""
    values = (
        Value("number", "2039980357", "31 bits as a number", 4),
        Value("code", "980357", "the code of step 41152263", 0, "mod 10⁶"),
    )
    return Bytes(
        title, f"{cells} bytes", tuple(at * 37 % 256 for at in range(cells)), first, 4,
        Nibble(cells - 1, first, f"low half of byte {cells - 1}: {first:x}, so byte {first}"), True, 1,
        "the top bit does not count", values, verdict or Verdict("980357 accepted, and used up", True), changed,
    )  # fmt: skip


def sequence(names, count, label="code 980357", note="compared with three"):
    """Messages that go round, each fourth of them to the sender itself, each third refused."""
    lanes = tuple(Lane(name, f"m{at + 1}") for at, name in enumerate(names))
    messages = tuple(
        Message(
            at + 1, f"+{at * 600} s", names[at % len(names)], names[(at + (at % 4 > 0)) % len(names)], label, note,
            ("data", "fail", "done", "other")[at % 4],
        )
        for at in range(count)
    )  # fmt: skip
    return Sequence("What is sent", lanes, messages, True, "nothing has been sent yet")


def timeline(names, groups, *, lost=(), total=True, everywhere=False, note="one connection: all wait", late=1):
    """The same lanes in every group, each group earlier than the one before."""
    made, moments = [], []
    for place, title in enumerate(groups):
        start = 120_000 - 30_000 * place
        lanes = tuple(
            Track(
                name,
                (
                    Span(CONNECT, 0, start) if not at else Span(UNSENT, start, start + 8_000 * at),
                    Span(WAITING, start + 8_000 * at, start + 60_000 + 8_000 * at),
                    Span(ARRIVING, start + 60_000 + 8_000 * at, start + 90_000 + 8_000 * at),
                    Span(HELD, start + 90_000 + 8_000 * at, start + 150_000 + 8_000 * at),
                ),
            )
            for at, name in enumerate(names)
        )
        end = start + 150_000 + 8_000 * (len(names) - 1)
        made.append(Group(f"g{place}", title, note, lanes, end * late if total else None))
        moments += [Moment(start + 9_000 * at, f"packet {at} lost", f"g{place}", names[at % len(names)]) for at in lost]
    if everywhere:
        moments.append(Moment(150_000, "packet lost", "", ""))
    current = (made[-1].key, names[-1]) if made and names else ("", "")
    return Timeline(tuple(made), tuple(moments), 200_000 if made else None, current)


def steps_of_time(names, labels):
    """Lanes of labelled stretches: bars are high, times are seconds and start late."""
    first = 1_600_000_000
    spans = tuple(
        Span((REST, ARRIVING, HELD)[at % 3], first + 30 * at, first + 30 * at + 30, label)
        for at, label in enumerate(labels)
    )
    lanes = tuple(Track(name, spans) for name in names)
    return Timeline(
        (Group("codes", "A code a step", "30 seconds each", lanes),), (Moment(first + 47, "asked"),), first + 50,
        ("codes", names[0]), "s", 1, first, ((ARRIVING, "accepted"), (REST, "a step"), (HELD, "used up")),
    )  # fmt: skip


FILES = ["html", "css", "js", "a.png", "b.png", "c.png"]
THREE = ("phone", "server", "attacker")
LONG = [f"node-number-{number:04d}" for number in range(12)]
SCENES = {
    "ring, typical": ring(["ada", "bob", "cleo", "dee"], 3, 24, way=True),
    "ring, one failed": ring(["ada", "bob", "cleo", "dee"], 3, 24, failed=["bob"]),
    "ring, empty": Ring((), (), (), (), "empty", "no servers yet", "", ""),
    "ring, all failed": ring(["ada", "bob"], 3, 5, failed=["ada", "bob"]),
    "ring, crowded": ring([f"n{number}" for number in range(12)], 160, 400, failed=["n3", "n4"], way=True),
    "ring, many rows and keys": ring([f"n{number}" for number in range(12)], 3, 27, failed=["n3"], way=True),
    "ring, long names": ring(LONG, 3, 24, failed=LONG[:3], way=True),
    "topology, typical": topology(
        FAN,
        1,
        2,
        failed=["cleo"],
        slow=["bob"],
        flying=[("dee", "request", 200), ("ada", "answer", 400), ("cleo", "lost", 700)],
    ),
    "topology, empty": Topology("load balancer", "round robin", (), (), (), "", 0, ""),
    "topology, one server": topology(["ada"], 1, 0, flying=[("ada", "request", 0)]),
    "topology, all failed": topology(FAN, 0, 0, failed=FAN),
    "topology, crowded": topology(
        [f"n{number}" for number in range(8)],
        3,
        30,
        failed=["n3"],
        slow=["n7"],
        flying=[(f"n{at % 8}", kind, 90 * at) for at in range(11) for kind in ("request", "answer", "lost")],
    ),
    "topology, crowded trays": topology(FAN, 3, 90, flying=[("bob", "request", at) for at in range(0, 1000, 90)]),
    "topology, long names": topology(
        [f"node-number-{number:04d}" for number in range(8)],
        3,
        5,
        slow=["node-number-0001"],
        flying=[("node-number-0002", "request", 0)],
    ),
    "table, typical": table(["ada", "bob", "cleo", "dee"], found=2, rest=2, changed="bob"),
    "table, one alone": table(["ada", "bob"], two=False),
    "table, empty": table([]),
    "table, crowded": table([f"n{number}" for number in range(8)], found=8, changed="n7"),
    "table, long names": table(LONG[:8], found=1, rest=7, changed=LONG[0]),
    "chart, typical": chart(["ring", "hash % n"], 90, 6),
    "chart, empty": chart(["ring", "hash % n"], 0, 1),
    "chart, crowded": chart(["a", "b", "c", "d"], 40_000, 101),
    "chart, long names": chart(["a very long name of a series", "another very long name of one"], 9, 4),
    "bytes, typical": run_of(20, first=12),
    "bytes, over the end of a row": run_of(20, first=5, changed="picked"),
    "bytes, its own cell": run_of(16, first=15, changed="nibble"),
    "bytes, few": Bytes("Phone: step 41152262", "8 bytes", tuple(range(8)), changed="data"),
    "bytes, remark": Bytes("Phone: inner hash", "20 bytes", tuple(range(20)), remark="words that take a line " * 12),
    "bytes, empty": Bytes("The secret", "", ()),
    "bytes, a QR code": Bytes(
        "The secret", "20 bytes", tuple(range(20)), code="otpauth://totp/" + 24 * "ada?", changed="code"
    ),
    "bytes, a large QR code": Bytes("The secret", "64 bytes", tuple(range(64)), code="otpauth://totp/" + 44 * "ada?"),
    "bytes, what is to come": replace(
        run_of(20),
        bits=False,
        ahead="bits",
        verdict=None,
        masked=0,
        changed="nibble",
        values=tuple(one._replace(text="", kept=0) for one in run_of(20).values),
    ),
    "bytes, crowded": run_of(64, first=9, changed="mask"),
    "bytes, folded": run_of(96, first=2, changed="number"),
    "bytes, long words": run_of(
        32, changed="code", title="A title that takes all its room", verdict=Verdict("words without end " * 5, False)
    ),
    "sequence, typical": sequence(THREE, 4),
    "sequence, empty": sequence(THREE, 0),
    "sequence, crowded": sequence(THREE, 40),
    "sequence, long names": sequence(
        LONG[:3], 6, "a label that is much too long", "a note that is longer still by far"
    ),
    "sequence, five lanes": sequence(LONG[:5], 6),
    "timeline, typical": timeline(FILES, ["HTTP/1.1", "HTTP/2", "HTTP/3"], lost=[1], everywhere=True),
    "timeline, empty": timeline([], [], total=False),
    "timeline, no spans": Timeline((Group("g", "HTTP/2", "", tuple(Track(name, ()) for name in FILES)),)),
    "timeline, one lane": timeline(["html"], ["HTTP/1.0"], total=False),
    "timeline, crowded": timeline(
        [f"{number}.png" for number in range(30)], ["1.0", "1.1", "2", "3"], lost=range(10), everywhere=True
    ),
    "timeline, ten lanes": timeline([f"{number}.png" for number in range(10)], ["1.0", "1.1", "2", "3"], lost=[3]),
    "timeline, as many lanes as stand apart": timeline(FILES[:4], ["1.0", "1.1", "3"], lost=[0, 3], everywhere=True),
    "timeline, long names": timeline(
        LONG[:8],
        ["A group with a name that does not end where it should, but goes on and on"],
        lost=[1, 2],
        note="a note that is longer still by far than any room beside the name or under it could ever be",
    ),
    "timeline, hours": timeline(FILES, ["HTTP/1.0", "HTTP/3"], late=2_000),
    "timeline, labelled": steps_of_time(["phone", "server"], ["755224", "287082", "359152", "a label too long"]),
}
each_scene = pytest.mark.parametrize("scene", SCENES.values(), ids=list(SCENES))
each_layout = pytest.mark.parametrize("layout", LAYOUTS)


def paint(scene, layout):
    return scene.paint(layout, scene.room())


@each_scene
@each_layout
def test_it_stays_within_150_marks(scene, layout):
    assert len(paint(scene, layout).marks) <= MARKS_AIM


@each_scene
@each_layout
def test_equal_values_have_equal_bytes(scene, layout):
    twin = type(scene)(**vars(scene))
    assert twin == scene
    assert inner(paint(twin, layout)) == inner(paint(scene, layout))


@each_scene
@each_layout
def test_what_failed_carries_a_cross(scene, layout):
    marks = {mark.key: mark for mark in paint(scene, layout).marks}
    failed = [key for key, mark in marks.items() if dict(mark.attrs).get("aria-label", "").endswith("failed")]
    assert bool(failed) == any(server.state == "failed" for server in getattr(scene, "servers", ()))
    for key in failed:
        assert dict(marks[f"{key}/cross"].attrs)["stroke"] == "fail"
        assert "stroke-dasharray" in dict(marks[f"{key}/disc"].attrs)


@each_scene
@each_layout
def test_a_way_is_brass_from_end_to_end(scene, layout):
    brass = {mark.key for mark in paint(scene, layout).marks if "brass-line" in dict(mark.attrs).values()}
    assert ({"way", "way/head", "changed", "wedge"} <= brass) == bool(getattr(scene, "way", None))


@each_scene
@each_layout
def test_every_text_has_a_style_and_lies_within_the_frame(scene, layout):
    """By the table of widths; a browser measures it again. Texts in groups lie within their badge."""
    for mark in paint(scene, layout).marks:
        if mark.tag != "text" or mark.parent:
            continue
        attrs = dict(mark.attrs)
        assert attrs["style"] in STYLES
        room, x = width(mark.text, attrs["style"]), float(attrs["x"])
        left = {"start": x, "middle": x - room / 2, "end": x - room}[attrs.get("text-anchor", "start")]
        assert left >= 0, mark
        assert left + room <= WIDTH[layout], mark


@each_scene
@each_layout
def test_colours_are_roles(scene, layout):
    written = "".join(value for mark in paint(scene, layout).marks for _, value in mark.attrs)
    assert not re.search(r"#[0-9a-fA-F]{3}|rgb|url\(", written)


@each_scene
def test_it_says_itself_in_words(scene):
    words = scene.words()
    assert words.sentence.endswith(".")
    assert len({len(row) for row in words.rows}) <= 1


@each_scene
@each_layout
def test_a_moment_has_its_cross_where_it_names_a_lane(scene, layout):
    marks = {mark.key for mark in paint(scene, layout).marks}
    moments = getattr(scene, "moments", ())
    for one in moments:
        key = f"moment:{one.group}/{one.words}/{one.lane}" if len(moments) <= SINGLY else f"moments:{one.group}"
        assert key in marks
        assert (f"{key}/cross" in marks) == bool(one.lane)


@each_layout
def test_kinds_of_spans_are_told_apart_without_colour(layout):
    marks = {mark.key: dict(mark.attrs) for mark in paint(SCENES["timeline, typical"], layout).marks}
    drawn = [marks[f"legend/{kind}"] for kind in (CONNECT, WAITING, ARRIVING, HELD, UNSENT)]
    shapes = {
        (one["d"].count("M") > 2, one["d"].count("v"), one["stroke-width"], "stroke-dasharray" in one) for one in drawn
    }
    assert len(shapes) == 5


def request_marks(scene, layout="wide"):
    """The marks of requests by key."""
    return {mark.key: dict(mark.attrs) for mark in paint(scene, layout).marks if mark.key.startswith("request:")}


def test_what_waits_is_hollow_and_what_is_worked_on_is_solid():
    marks = request_marks(topology(["ada"], 1, 1, flying=[("ada", "answer", 500)]))
    assert marks["request:1/disc"]["fill"] == "data"
    assert (marks["request:2/disc"]["fill"], marks["request:2/disc"]["stroke"]) == ("sheet", "data")
    assert marks["request:3/answer"]["fill"] == "done"


@each_layout
def test_the_request_in_question_is_drawn_however_many_there_are(layout):
    crowded = SCENES["topology, crowded"]
    assert f"request:{crowded.current}" in request_marks(crowded, layout)
    assert "changed" in {mark.key for mark in paint(crowded, layout).marks}
