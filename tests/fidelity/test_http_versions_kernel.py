"""How TCP sends a page, flight by flight, before the kernel of Linux.

nginx and curl stand in two network namespaces, and a delay line between them can lose a packet (tests/real). Of
every load over one connection, what the server sends in each flight is compared, and of all of them the round trips
to the last byte. Pages by hand are those of the lesson and those at the seams of the rules; 200 random ones are on
record, of which a test repeats 24, others at every commit.

A busy machine can only be late, and so a load that differs is tried again, three times in all. A timer of Linux is
up to a third of this round trip late by itself: its wheel turns in steps of 64 ms.
"""

import platform
from itertools import accumulate, pairwise
from random import Random

import pytest

from playground.engine.query import parse
from playground.engine.registry import entries
from playground.engine.run import run
from playground.machines.transfer import CONNECTION, Link, Load, Use, sender, tcp
from playground.miniatures.communication.http_versions.model import HttpVersions
from tests.real import pages
from tests.tiers import seed

pytestmark = pytest.mark.fidelity

CHECK = "Linux, flight by flight"
ON_RECORD, REPEATED, AT_ONCE = 200, 24, 50
TRIES = 3
TRIP = 200
"""Milliseconds, as on the delay line."""
LATE = 0.65
HEAD = 239
"""Bytes of the head of an answer of nginx."""
LESSON = "&objects=6&size=8"
BY_HAND = [
    "version=1.0&tls=1.3" + LESSON, "version=1.1&tls=1.3" + LESSON, "version=1.1&tls=1.2" + LESSON,
    "version=1.1-six&tls=1.3" + LESSON, "version=1.0" + LESSON, "version=1.1" + LESSON, "version=1.1-six" + LESSON,
    *(f"version=1.1&sizes=equal&objects={count}&size={size}" for count, size in ((4, 20), (4, 100), (2, 20), (6, 9))),
    "version=1.1-six&sizes=equal&objects=12&size=20", "version=1.1-six&sizes=equal&objects=9&size=30",
    *(
        f"version=1.1&sizes=equal&objects=1&size={size}"
        for size in (1, 10, 13, 14, 15, 30, 41, 42, 43, 60, 100, 200, 400, 1000)
    ),
    *(
        f"version=1.1&sizes=equal&objects=1&size={size}&lost={lost}"
        for size, lost in (
            (1, "1"), (1, "1+2"), (5, "2"), (5, "3"), (5, "4"), (13, "1"), (13, "8"), (13, "9"), (13, "10"), (60, "4"),
            (60, "10"), (60, "25"), (60, "30"), (60, "44"), (60, "4+14+24"), (100, "12"), (200, "5"), (200, "40"),
            (200, "40+41+42"),
        )
    ),
    "version=1.1&sizes=equal&objects=3&size=30&lost=22", "version=1.1&sizes=equal&objects=2&size=45&lost=12",
]  # fmt: skip
SIZES = (1, 2, 3, 5, 8, 13, 20, 30, 45, 60, 90)


def drawn(number: int) -> str:
    """A page over HTTP/1.1 with up to two losses, one in six over HTTP/1.0 with none."""
    draw = Random(f"kernel {number}")  # noqa: S311 - reproducible on purpose, nothing secret
    while True:
        version, count, size = draw.choice(["1.1"] * 5 + ["1.0"]), draw.randint(1, 6), draw.choice(SIZES)
        query = f"version={version}&sizes={draw.choice(['equal', 'mixed'])}&objects={count}&size={size}"
        if version == "1.1":
            most = max(count * size * 2 // 3, 3)
            losses = sorted(draw.sample(range(1, most + 1), draw.choice((0, 0, 1, 1, 1, 2))))
            query += "&lost=" + "+".join(map(str, losses)) if losses else ""
        if is_plain(query):
            return query


def is_plain(query: str) -> bool:
    """Whether what Linux does does not hang on a millisecond: nothing is lost that came again, and of two lost packets
    each has three others of its flight behind it. Else the kernel asks whether an acknowledgement came faster than
    ever before."""
    packets, lost = here(query).packets, losses(query)
    gone = [packet for packet in packets if packet.lost]
    behind = [sum(one.sent == a.sent and one.turn > a.turn and not one.lost for one in packets) for a in gone]
    return (
        len(gone) == len(lost)
        and not any(packet.again for packet in gone)
        and (len(gone) < 2 or min(behind) >= 3)
    )  # fmt: skip


def losses(query: str) -> list[int]:
    return [int(number) for number in query.partition("lost=")[2].split("+") if number]


def here(query: str) -> Load:
    """The load that the miniature makes of it."""
    cls = entries()["http-versions"].cls
    tls = "" if "tls=" in query else "&tls=none"
    parsed = parse(cls, f"before=nothing&round_trip={TRIP}&bandwidth=1000{tls}&{query}")
    assert parsed.problems == []
    return run(cls, parsed.query, draw=False).model(HttpVersions).loads[-1].load


def page(query: str) -> pages.Page:
    """The same load for the real program. Its heads are longer, and so its bodies are shorter."""
    fields = dict(field.split("=") for field in query.split("&"))
    sizes = tuple(thing.size - HEAD for thing in here(query).things)
    return pages.Page(fields["version"], fields.get("tls", "none"), sizes, frozenset(losses(query)))


def agree(query: str, load: Load, there: pages.Load) -> bool:
    """Packets of each flight, where there is one connection at a time without encryption, and the round trips.

    After a loss one packet may go out a flight later: in flights of seventy the kernel's proportion ends one short.
    """
    late = there.trips - load.done() / load.link.round_trip
    if not -0.1 < late < LATE or "six" in query or "tls" in query:
        return -0.1 < late < LATE
    ours, theirs = (list(accumulate(counts)) for counts in flights(load, there.sent))
    return all(abs(a - b) <= bool(load.link.lost) for a, b in zip(ours, theirs, strict=True)) and ours[-1] == theirs[-1]


def flights(load: Load, there: list[float]) -> tuple[list[int], list[int]]:
    """Packets that are sent here, and there, before each pause of half a round trip that is made here."""
    sent = sorted(packet.sent / load.link.round_trip for packet in load.packets)
    ends = [after - 0.02 for before, after in pairwise(sent) if after - before >= 0.5]
    counted = ([0, *(sum(one < end for one in times) for end in ends), len(times)] for times in (sent, there))
    ours, theirs = ([b - a for a, b in pairwise(counts)] for counts in counted)
    return ours, theirs


@pytest.fixture(scope="module")
def compared(request) -> dict[str, pages.Load]:
    """What the kernel does with each page: all of them when the record is written, else by hand and 24."""
    first = seed() % (ON_RECORD - REPEATED + 1)
    whole = request.config.getoption("--write-evidence", default=False)
    numbers = range(ON_RECORD) if whole else range(first, first + REPEATED)
    queries = [*BY_HAND, *dict.fromkeys(map(drawn, numbers))]
    there: dict[str, pages.Load] = {}
    for _ in range(TRIES):
        left = [query for query in queries if query not in there or not agree(query, here(query), there[query])]
        for at in range(0, len(left), AT_ONCE):
            some = left[at : at + AT_ONCE]
            there |= zip(some, pages.loads([page(query) for query in some]), strict=True)
    return there


def differing(compared: dict[str, pages.Load]) -> list[object]:
    found: list[object] = []
    for query, there in compared.items():
        load = here(query)
        if not agree(query, load, there):
            found.append((query, load.done() / load.link.round_trip, there.trips, flights(load, there.sent)))
    return found


@pytest.mark.checks("http-versions", CHECK)
def test_every_flight_of_a_page_is_as_large_as_the_kernel_makes_it(compared, evidence):
    missed = differing(compared)
    evidence(
        "http-versions", CHECK,
        program="Linux", version=platform.release().partition("-")[0], different=len(missed),
        cases=len({*BY_HAND, *map(drawn, range(ON_RECORD))}),
        compared="packets of each flight and round trips of pages over HTTP/1.0 and 1.1 from nginx to curl, 200 random "
        "ones and some by hand; after a loss one packet may be a flight later; TLS and six connections: round trips",
    )  # fmt: skip
    assert missed == [], missed[:3]


# Saboteurs: one wrong line each.


def only_when_full(self):
    """As RFC 9002 has it."""
    return self.full


def seven_tenths(self):
    """As CUBIC does."""
    self.threshold = max(self.window * 7 // 10, sender.LEAST_WINDOW)


def at_half_at_once(self, lost):
    if self.state == tcp.RECOVERY:
        self.window = self.threshold
    elif self.advanced and self.may_grow():
        self.grow()


def two_round_trips(self, now):
    """From the packet that was sent last."""
    return self.last_sent + 2 * self.trips.smoothed()


def only_overtaken(self, lost, packet, now):
    return now if len(self.beyond) >= sender.OVERTAKEN else 1 << 60


def probe_costs_nothing(self, *, fresh):
    self.probe = -1


def one_trip_of_set_up(self, version):
    return 1


SABOTEURS = {
    "grows only when full": (tcp.Tcp, "may_grow", only_when_full),
    "keeps seven tenths": (sender.Sender, "halve", seven_tenths),
    "recovers at half at once": (tcp.Tcp, "settles", at_half_at_once),
    "probes after two round trips": (tcp.Tcp, "deadline", two_round_trips),
    "waits for three": (tcp.Tcp, "counts_lost", only_overtaken),
    "a probe costs nothing": (tcp.Tcp, "probes", probe_costs_nothing),
    "TLS takes no round trip": (None, "set_up_of", one_trip_of_set_up),
}


@pytest.mark.saboteur("http-versions", CHECK)
@pytest.mark.parametrize("name", SABOTEURS)
def test_a_saboteur_is_noticed(name, compared, monkeypatch):
    where, what, wrong = SABOTEURS[name]
    monkeypatch.setattr(where or entries()["http-versions"].cls, what, wrong)
    assert differing(compared)


# A pause.

PAUSES = "Linux, after a pause"
PAUSED = [((45_000, 45_000), 2.0), ((90_000, 90_000), 3.0), ((20_000, 60_000), 2.0)]
"""Sizes of two objects in bytes, and seconds from asking for the first to asking for the second."""


def paused(sizes, seconds) -> Load:
    """The server begins with the second object so long after the first that it is as if it were asked for later."""
    link = Link(TRIP * 1000, 1_000_000_000, frozenset())
    without = Load([size + HEAD for size in sizes], Use(1, False, False, CONNECTION), link, 1, [0, 0])
    think = int(seconds * 1_000_000) - without.things[1].asked
    return Load([size + HEAD for size in sizes], Use(1, False, False, CONNECTION), link, 1, [0, think])


@pytest.fixture(scope="module")
def after_a_pause() -> list[list[float]]:
    made = [pages.Page("1.1", "none", sizes, frozenset(), seconds) for sizes, seconds in PAUSED]
    return [load.sent for load in pages.loads(made)]


def bursts(times: list[float]) -> list[int]:
    """Packets between pauses of half a round trip. The long one may be shorter there: curl counts from its start."""
    ends = [at for at, (before, after) in enumerate(pairwise(times), 1) if after - before >= 0.5]
    return [b - a for a, b in pairwise([0, *ends, len(times)])]


def windows_differ(after_a_pause) -> list[object]:
    found: list[object] = []
    for (sizes, seconds), there in zip(PAUSED, after_a_pause, strict=True):
        load = paused(sizes, seconds)
        ours, theirs = bursts([packet.sent / load.link.round_trip for packet in load.packets]), bursts(there)
        if ours != theirs:
            found.append((sizes, seconds, ours, theirs))
    return found


@pytest.mark.checks("http-versions", PAUSES)
def test_after_a_pause_the_window_is_small_again(after_a_pause, evidence):
    missed = windows_differ(after_a_pause)
    evidence(
        "http-versions", PAUSES,
        program="Linux", version=platform.release().partition("-")[0], cases=len(PAUSED), different=len(missed),
        compared="packets of each flight of two objects, the second asked for seconds after the first",
    )  # fmt: skip
    assert missed == []


@pytest.mark.saboteur("http-versions", PAUSES)
def test_a_window_that_stays_is_noticed(after_a_pause, monkeypatch):
    monkeypatch.setattr(tcp.Tcp, "begins", lambda self, now: None)
    assert windows_differ(after_a_pause)
