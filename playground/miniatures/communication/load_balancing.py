"""A load balancer before a few servers, on a virtual clock: who gets the next request, and how long answers take."""

from collections.abc import Callable

from playground.engine.actions import Refused, action
from playground.engine.clock import Decision, Event, Say, Steps, Until, Wait
from playground.engine.inputs import Choice, Name, Names, Seed, Whole
from playground.engine.miniature import Check, Metric, Miniature, Scenario, Source
from playground.engine.rng import Rng
from playground.engine.schema import TEXT, WHOLE, listed, mapped, maybe, record, told
from playground.machines.balancers import RULES, Asked, Balancer
from playground.machines.fleet import FAILED, LIVE, Fleet
from playground.machines.lanes import BACK, LOST, OUT, WAITING, WORKING, Flight, Host, Lane
from playground.scenes.chart import Axis, Chart, Series
from playground.scenes.scene import Scene
from playground.scenes.topology import Machine, Packet, Topology

MOST_SERVERS = 8
MOST_REQUESTS = 400
MOST_BESIDE = 300  # with two rules
WIRE = 4_000  # microseconds from the balancer to a server, and back
SHOWN = 60  # requests of the start that are told one by one, with one rule; later ones by tens
SHOWN_BESIDE = 40  # the same with two rules
SHOWN_SENT = 12  # the same of each later batch; half as many with two rules
ANSWERS = 24  # a run of so few requests tells its answers too
RETURNS = 12  # requests whose return is told

# Thirty-two equal parts of an exponential distribution, in thousandths of its mean.
GAPS = (
    16, 49, 82, 117, 153, 191, 230, 270, 312, 356, 402, 450, 501, 554, 610, 670,
    733, 800, 872, 950, 1035, 1127, 1228, 1340, 1467, 1611, 1780, 1983, 2237, 2577, 3094, 4203,
)  # fmt: skip

ALGORITHMS = {
    "round-robin": "round robin",
    "sticky": "sticky round robin",
    "weighted-nginx": "nginx’s weights",
    "weighted-haproxy": "HAProxy’s weights",
    "weighted-static": "weights in a fixed list",
    "ip-hash": "hash of the address",
    "url-hash": "hash of the page",
    "ketama": "hash ring",
    "least-connections": "least connections",
    "least-time": "least response time",
    "two-choices": "two random choices",
}


def spelled(microseconds: int) -> str:
    """Whole milliseconds, rounded up."""
    return f"{-(-microseconds // 1000):,} ms"


LANE = record(
    rule=TEXT,
    served=told(listed(TEXT), "request by request, the server that answered; empty: an error"),
    requests=told(mapped(WHOLE), "server -> requests given to it"),
    answered=WHOLE,
    errors=WHOLE,
    retries=WHOLE,
    p50_us=WHOLE,
    p95_us=WHOLE,
    p99_us=told(WHOLE, "answer times in microseconds, by nearest rank"),
    longest_queue=WHOLE,
    fairness_milli=told(WHOLE, "Jain's index of the requests given, in thousandths"),
    switches=told(WHOLE, "times that a client was sent to another server than the time before"),
    moved=told(WHOLE, "of these, between two servers that were there both times"),
)


class LoadBalancing(Miniature):
    """A load balancer hands each request to one of several servers, by a rule that sees only what the balancer knows.

    The servers work on a virtual clock: a request travels, waits its turn, is worked on, and travels back.
    A second rule can be run beside the first, on the same requests and servers of its own.
    """

    title = "Load balancing"
    question = "Four servers, one of them slow. Who gets the next request?"
    opening = "Nobody has asked for anything yet."
    sources = (
        Source("nginx, upstream modules", "https://nginx.org/en/docs/http/ngx_http_upstream_module.html"),
        Source("HAProxy 2.6, balance", "https://docs.haproxy.org/2.6/configuration.html#4-balance"),
        Source("HAProxy, lb_fwrr.c", "https://github.com/haproxy/haproxy/blob/v2.6.0/src/lb_fwrr.c"),
        Source("Mitzenmacher, The Power of Two Choices, IEEE TPDS 12(10), 2001", "https://doi.org/10.1109/71.963420"),
    )
    simplified = (
        "The way from the balancer to a server takes 4 ms, every time; choosing takes none.",
        "A request that fails is sent once more, to another server; nginx does so only where repeating is safe.",
        "A server that has failed once is left out until it is revived; nginx tries it again after ten seconds.",
        "Adding a server keeps what the rule has counted; nginx starts counting afresh with a new configuration.",
        "A client keeps one connection for each request: the balancer works on layer 7 and sees pages and cookies.",
        "The speed of a server is the same for all its requests, but for the size that a request is drawn with.",
    )
    checks = (
        Check("nginx, smooth weights", "every request, in half of the runs with a failure midway", "exact sequence"),
        Check("nginx, ip_hash", "every request, in half of the runs with a failure midway", "exact sequence"),
        Check("nginx, hash", "every request, in half of the runs with a failure midway", "exact sequence"),
        Check("nginx, hash consistent", "every request, in half of the runs with a failure midway", "exact sequence"),
        Check("nginx, least_conn", "who gets the next request in states of open ones, ties too", "exact choice"),
        Check("nginx, random two", "the share of each server in states of open requests", "statistical"),
        Check("HAProxy, roundrobin", "every request, in half of the runs with one out for a while", "exact sequence"),
        Check("HAProxy, static-rr", "every request, in half of the runs with one out for a while", "exact sequence"),
        Check(
            "HAProxy, equal weights", "every request, in half of the runs with one out for a while", "exact sequence"
        ),
        Check(
            "HAProxy, cookie",
            "every request of clients that keep cookies, in half of the runs with one out for a while",
            "exact sequence",
        ),
        Check("HAProxy, leastconn", "who gets the next request where one has the fewest open", "exact choice"),
    )
    scenarios = (
        # Every 15 ms: by step 27 three wait for dee, and nobody waits elsewhere.
        Scenario(
            "one-slow-server",
            "One slow server",
            "gap=15&step=27",
            "Everybody in turn: dee is five times slower, and what she is given waits.",
        ),
        # The same seed as the default run, so that the same requests can be followed under both rules.
        Scenario(
            "two-rules",
            "Two rules, the same requests",
            "algorithm=least-connections&against=round-robin&requests=40&step=42",
            "Least connections, and beside it round robin on the same forty requests.",
        ),
        # 5, 1 and 1: the smallest weights at which the two programs part on the fifth request.
        Scenario(
            "nginx-and-haproxy",
            "nginx and HAProxy",
            "servers=ada*5+bob+cleo&algorithm=weighted-nginx&against=weighted-haproxy&speeds=equal&requests=14&step=6",
            "Weights 5, 1 and 1: the same shares in another order.",
        ),
        # At 150 ms bob has a request in work, which comes back at once; he is revived while others are still busy.
        Scenario(
            "down-and-back",
            "Down and back",
            "algorithm=least-connections&do=@150000:kill:bob&do=@300000:revive:bob&step=14",
            "bob dies at 150 ms with a request in work, and is back at 300 ms.",
        ),
        # Twenty-four clients: enough of them come twice for the two rules to part.
        Scenario(
            "a-fourth-server",
            "A fourth server, by hash",
            "servers=ada+bob+cleo&algorithm=ketama&against=url-hash&speeds=equal&requests=40&clients=24&do=add:dee:1&do=send:40"
            "&step=52",
            "On the ring dee takes a few clients from each; modulo moves clients between the old ones too.",
        ),
        # Nobody has been measured at first, so the first eight requests are spread; then the slow one is avoided.
        Scenario(
            "by-the-clock",
            "By response time",
            "algorithm=least-time&do=@300000:slow:ada:8&step=22",
            "ada slows down at 300 ms; the mean of her answer times takes a while to tell.",
        ),
    )
    grows_with = "requests"

    servers = Names(
        "ada bob cleo dee", most=MOST_SERVERS, weights=10, help="Names, with weights if you like: ada*5 bob"
    )
    algorithm = Choice("round-robin", ALGORITHMS, help="The rule that chooses")
    against = Choice("nothing", {"nothing": "nothing", **ALGORITHMS}, help="A second rule on the same requests")
    speeds = Choice(
        "one-slow",
        {"equal": "all alike", "one-slow": "the last five times slower", "steps": "each slower than the one before"},
        help="How the servers differ",
    )
    work = Whole(40, least=1, most=200, unit="ms", label="Work", help="Milliseconds for one request")
    slots = Whole(1, least=1, most=3, label="At once", help="Requests that a server works on at once")
    requests = Whole(16, least=0, most=300, help="Requests at the start")
    gap = Whole(25, least=1, most=500, unit="ms", label="Every", help="Mean time between two requests, in ms")
    arrivals = Choice("random", {"random": "at random", "even": "evenly"}, label="They come", help="In time")
    sizes = Choice("equal", {"equal": "equal", "mixed": "one in eight six times larger"}, help="Work of the requests")
    clients = Whole(8, least=1, most=60, help="Each has an address, a page and a cookie")
    notice = Choice(
        "request",
        {"request": "by a request that fails", "check": "at once, by a health check"},
        label="A failure is noticed",
        help="Passively or actively",
    )
    seed = Seed(1, help="Draws arrivals, clients and sizes")

    # The rule.

    def rule(self, name: str) -> Balancer:
        """The balancer that follows a rule; its random draws are its own."""
        return RULES[name](Rng(self.seed + 1).below)

    def asked(self, lane: Lane, client: int) -> Asked:
        """What the balancer sees of a client's request."""
        return Asked(self.address(client), f"/user/{client}", lane.cookies.get(client, ""))

    @staticmethod
    def address(client: int) -> str:
        return f"10.{client * 37 % 256}.{client * 101 % 256}.{client}"

    # What can happen.

    def start(self) -> Steps:
        self.rng, self.fleet = Rng(self.seed), Fleet()
        rules = [self.algorithm] + ([self.against] if self.against != "nothing" else [])
        self.lanes = [Lane(ALGORITHMS[name], self.rule(name)) for name in rules]
        self.sent = self.returns = self.coming = 0
        self.quiet = Event()
        self.asking: list[int] = []
        self.untold: list[Decision] = []
        self.last_answer = 0
        self.look()
        for place, node in enumerate(self.servers):
            self.enter(node.name, node.weight, self.work * 1000 * self.factor(place) // 2)
        names = ", ".join(self.fleet.state)
        yield f"{names} {'stands' if len(self.servers) == 1 else 'stand'} ready; the rule is {self.lanes[0].rule}."
        yield from self.arrive(self.requests, SHOWN if len(rules) == 1 else SHOWN_BESIDE)

    def factor(self, place: int) -> int:
        """Half times the usual work: 2 is the usual speed."""
        last = len(self.servers) > 1 and place == len(self.servers) - 1
        return {"equal": 2, "one-slow": 10 if last else 2, "steps": 2 + place}[self.speeds]

    def arrive(self, count: int, shown: int) -> Steps:
        """So many requests come in, the first ones told one by one; when all are answered, the figures are told."""
        self.coming += 1
        for number in range(count):
            mean = self.gap * 1000
            yield Wait(mean if self.arrivals == "even" else mean * self.rng.choice(GAPS) // 1000)
            client = self.rng.between(1, self.clients)
            size = 6 if self.sizes == "mixed" and self.rng.chance(12) else 1
            self.sent += 1
            self.asking.append(client)
            made = self.route(self.sent, client, size)
            if number < shown:
                yield self.tell(self.choice_in_words(made))
            elif (number - shown) % 10 == 9 or number == count - 1:
                more = len(self.untold) // len(self.lanes)
                yield self.tell(
                    f"{more} more {'requests are' if more > 1 else 'request is'} given out by the same rule."
                )
        self.coming -= 1
        while any(lane.flights for lane in self.lanes):
            self.quiet = self.quiet if not self.quiet.happened else Event()
            yield Until(self.quiet)
        if count and not self.coming:
            self.look()
            yield self.tell(self.figures_in_words())

    def figures_in_words(self) -> str:
        """What the answers so far come to."""
        each = [(lane.rule, spelled(lane.percentile(50)), spelled(lane.percentile(100))) for lane in self.lanes]
        (rule, half, slowest), *others = each
        words = f"half of the answers took {half} or less, the slowest {slowest}"
        if not others:
            return f"All {self.sent} requests are done: {words}."
        beside, its_half, its_slowest = others[0]
        return f"All {self.sent} requests are done. By {rule} {words}; by {beside} {its_half} and {its_slowest}."

    def route(self, number: int, client: int, size: int) -> list[tuple[Lane, Flight]]:
        """Each lane chooses a server for one request and sends it there."""
        made = []
        for lane in self.lanes:
            flight = Flight(number, client, size, self.now)
            flight.choices = lane.balancer.choices(self.asked(lane, client))
            lane.goes_to(flight, next(flight.choices, ""), self.now)
            made.append((lane, flight))
            if flight.server:
                self.spawn(self.travel(lane, flight))
        self.look(number, choosing=True)
        self.untold += [self.decision(lane, number, flight.server) for lane, flight in made]
        return made

    def choice_in_words(self, made: list[tuple[Lane, Flight]]) -> str:
        number = made[0][1].number
        if len(made) == 2:
            (one, first), (other, second) = ((lane.rule, flight.server or "nobody") for lane, flight in made)
            if first == second:
                return f"Request {number} goes to {first} by both rules."
            return f"Request {number} goes to {first} by {one}, and to {second} by {other}."
        lane, flight = made[0]
        if not flight.server:
            return f"Request {number} gets an error: no server is left."
        return f"Request {number} of client {flight.client} goes to {flight.server}: {lane.balancer.why}."

    def travel(self, lane: Lane, flight: Flight) -> Steps:
        """To the server, into its queue; or back at once, if nobody is there."""
        yield Wait(WIRE)
        host = lane.hosts[flight.server]
        if host.dead:
            yield from self.return_to_balancer(lane, flight)
            return
        flight.to(WAITING, self.now)
        host.waiting.append(flight)
        self.work_on(lane, host)
        host.longest = max(host.longest, len(host.waiting))

    def work_on(self, lane: Lane, host: Host) -> None:
        """A server takes from its queue what it has room for."""
        while host.waiting and len(host.working) < self.slots:
            flight = host.waiting.pop(0)
            host.working.append(flight)
            flight.to(WORKING, self.now)
            self.spawn(self.answer(lane, host, flight, flight.tries))

    def answer(self, lane: Lane, host: Host, flight: Flight, tries: int) -> Steps:
        """The work, and the way back. Work that a failure has interrupted comes to nothing."""
        yield Wait(host.work * flight.size)
        if flight.tries != tries or flight.phase != WORKING:
            return
        host.working.remove(flight)
        self.work_on(lane, host)
        flight.to(BACK, self.now)
        tell = self.sent <= ANSWERS and len(self.lanes) == 1
        if tell:
            self.look(flight.number)
            took = self.now + WIRE - flight.sent
            yield self.tell(f"{host.name} answers request {flight.number}, {spelled(took)} after it came.")
        yield Wait(WIRE)
        lane.answered(flight, self.now)
        self.last_answer = self.now
        self.rest()

    def rest(self) -> None:
        """Wake those who wait until nothing is under way."""
        if not any(lane.flights for lane in self.lanes):
            self.happen(self.quiet)

    def return_to_balancer(self, lane: Lane, flight: Flight) -> Steps:
        """A request comes back without an answer; the balancer takes note, and tries the next server."""
        flight.to(LOST, self.now)
        yield Wait(WIRE)
        failed = flight.server
        lane.balancer.closed(failed)
        lane.balancer.failed(failed)
        lane.retries += 1
        lane.goes_to(flight, next(flight.choices, ""), self.now)
        if flight.server:
            self.spawn(self.travel(lane, flight))
        else:
            self.rest()
        self.look(flight.number, choosing=True)
        self.untold.append(self.decision(lane, flight.number, flight.server))
        self.returns += 1
        if self.returns <= RETURNS:
            after = f"goes to {flight.server}" if flight.server else "gets an error, for no server is left"
            where = f" ({lane.rule})" if len(self.lanes) > 1 else ""
            yield self.tell(f"Request {flight.number} comes back, for {failed} does not answer, and {after}{where}.")

    @action("Send requests", timed=True, count=Whole(10, least=1, most=50, label="How many"))
    def send(self, count: int) -> Steps:
        room = (MOST_REQUESTS if len(self.lanes) == 1 else MOST_BESIDE) - self.sent
        if count > room:
            raise Refused("count", f"{self.sent} requests were sent already. Send at most {room} more.")
        self.look()
        yield f"{count} more {'requests are' if count > 1 else 'request is'} on the way."
        yield from self.arrive(count, SHOWN_SENT // len(self.lanes))

    @action(
        "Slow a server",
        timed=True,
        node=Name(label="Server", among="living"),
        times=Whole(5, least=1, most=20, label="Times slower"),
        help="From its next request on; 1 gives it the usual speed",
    )
    def slow(self, node: str, times: int) -> Steps:
        self.must_be(node, LIVE)
        for lane in self.lanes:
            lane.hosts[node].work = self.work * 1000 * times
        self.look(server=node)
        yield f"{node} now needs {spelled(self.work * 1000 * times)} for a request."

    @action("Kill a server", timed=True, node=Name(label="Server", among="living"))
    def kill(self, node: str) -> Steps:
        self.must_be(node, LIVE)
        self.fleet.turn(node, FAILED)
        for lane in self.lanes:
            host = lane.hosts[node]
            host.dead = True
            if self.notice == "check":
                lane.balancer.leave(node)
            for flight in [*host.working, *host.waiting]:
                flight.to(LOST, self.now)
                self.spawn(self.return_to_balancer(lane, flight))
            host.working, host.waiting = [], []
        self.look(server=node)
        known = "a health check takes it out" if self.notice == "check" else "the balancer does not know it yet"
        yield f"{node} stops answering; {known}."

    @action("Revive a server", timed=True, node=Name(label="Server", among="failed"))
    def revive(self, node: str) -> Steps:
        self.must_be(node, FAILED)
        self.fleet.turn(node, LIVE)
        for lane in self.lanes:
            lane.hosts[node].dead = False
            lane.balancer.come_back(node)
        self.look(server=node)
        yield f"{node} answers again, and the balancer counts on it."

    @action(
        "Add a server", timed=True, node=Name(label="New server", suggest="fresh"), weight=Whole(1, least=1, most=10)
    )
    def add(self, node: str, weight: int) -> Steps:
        if node in self.fleet.state:
            raise Refused("node", f"{node} is there already. Take another name, such as {self.fresh()}.")
        if len(self.fleet.state) >= MOST_SERVERS:
            raise Refused("node", f"There are {MOST_SERVERS} servers, as many as the picture shows.")
        self.enter(node, weight, self.work * 1000)
        self.look(server=node)
        yield f"{node} joins, with weight {weight} and the usual speed."

    # Small parts.

    def enter(self, name: str, weight: int, work: int) -> None:
        self.fleet.join(name, weight)
        for lane in self.lanes:
            lane.balancer.join(name, weight)
            lane.join(Host(name, work, joined=self.now))

    def look(self, number: int = 0, server: str = "", *, choosing: bool = False) -> None:
        """What this step is about: a request, perhaps as its server is chosen, or a server."""
        self.current, self.changed, self.choosing = number, server, choosing

    def tell(self, text: str) -> Say:
        """A narration, with every decision since the last one."""
        made, self.untold = tuple(self.untold), []
        return Say(text, made)

    def decision(self, lane: Lane, number: int, server: str) -> Decision:
        by = f" by {lane.rule}" if len(self.lanes) > 1 else ""
        return Decision(f"request {number}{by}", server or "nobody")

    def must_be(self, node: str, state: str) -> None:
        if not self.fleet.is_(node, state):
            names = ", ".join(self.fleet.named(state)) or "nobody"
            what = "answers" if state == LIVE else "has failed"
            raise Refused("node", f"{node} is not a server that {what}. There is {names}.")

    def living(self) -> tuple[str, ...]:
        return self.fleet.named(LIVE)

    def failed(self) -> tuple[str, ...]:
        return self.fleet.named(FAILED)

    def fresh(self) -> str:
        return self.fleet.fresh()

    # What it shows.

    def draw(self) -> tuple[Scene, ...]:
        if not hasattr(self, "lanes"):
            empty = Topology("load balancer", ALGORITHMS[self.algorithm], (), (), (), "", 0, "")
            return (empty, *([empty] if self.against != "nothing" else []), self.chart([]))
        return (*(self.topology(lane) for lane in self.lanes), self.chart(self.lanes))

    def topology(self, lane: Lane) -> Topology:
        machines = tuple(self.machine(lane, host) for host in lane.hosts.values())
        packets = tuple(
            Packet(
                flight.number,
                flight.server,
                {OUT: "request", BACK: "answer", LOST: "lost"}[flight.phase],
                self.way(flight),
            )
            for flight in lane.flights.values()
            if flight.phase in (OUT, BACK, LOST)
        )
        chosen = lane.chosen if self.choosing else ""
        # Between choices the numbers of the last one stand; while an answer comes back they would mislead.
        compared = lane.compared if self.choosing or not (self.current or self.changed) else ()
        return Topology(
            "load balancer", lane.rule, machines, packets, compared, chosen, self.current, self.changed,
            dense=2 if self.sent > SHOWN // len(self.lanes) + 10 else len(self.lanes) - 1,
        )  # fmt: skip

    def way(self, flight: Flight) -> int:
        """How far from the balancer to the server, in thousandths."""
        gone = (self.now - flight.since) * 1000 // WIRE
        return gone if flight.phase == OUT else 1000 - gone

    def machine(self, lane: Lane, host: Host) -> Machine:
        return Machine(
            host.name,
            self.fleet.order[host.name],
            self.fleet.state[host.name],
            self.fleet.weight[host.name],
            spelled(host.work),
            host.work > self.work * 1000,
            tuple(flight.number for flight in host.working),
            tuple(flight.number for flight in host.waiting),
            host.given,
        )

    @staticmethod
    def chart(lanes: list[Lane]) -> Chart:
        """The answer times in order of size, for each lane."""
        series = tuple(
            Series(lane.rule, ("data", "other")[place], place == 0, quantiles(lane)) for place, lane in enumerate(lanes)
        )
        most = max((lane.percentile(100) // 1000 for lane in lanes), default=0)
        title = "Answer times in ms, fastest to slowest"
        return Chart(title, Axis("% of the answers", 100), Axis("ms", most), series, "no answer yet")

    def metrics(self) -> tuple[Metric, ...]:
        if not hasattr(self, "lanes"):
            return ()
        first, *others = self.lanes
        rows: tuple[tuple[str, Callable[[Lane], str]], ...] = (
            ("Half within (p50)", lambda lane: spelled(lane.percentile(50)) if lane.times else "–"),
            ("99 of 100 within (p99)", lambda lane: spelled(lane.percentile(99)) if lane.times else "–"),
            ("Longest queue", lambda lane: str(lane.longest())),
            ("Fairness (Jain)", lambda lane: f"{lane.fairness() / 1000:.3f}"),
            ("Clients sent elsewhere", lambda lane: str(lane.switches)),
            ("… with both servers there", lambda lane: str(lane.moved)),
            ("Tried again", lambda lane: str(lane.retries)),
        )
        # Beside a second rule there is room for the ones that tell rules apart.
        rows = (*rows[:4], rows[5]) if others else rows
        return tuple(Metric(name, of(first), "".join(f"beside: {of(lane)}" for lane in others)) for name, of in rows)

    outcome_schema = record(
        first=LANE,
        second=told(maybe(LANE), "the rule beside it, if there is one"),
        asking=told(listed(WHOLE), "request by request, the client"),
        sent=WHOLE,
        ended_us=told(WHOLE, "instant of the last answer, in microseconds"),
    )

    def outcome(self) -> dict[str, object]:
        lanes = [self.lane_told(lane) for lane in self.lanes]
        return {
            "first": lanes[0],
            "second": lanes[1] if len(lanes) > 1 else None,
            "asking": self.asking,
            "sent": self.sent,
            "ended_us": self.last_answer,
        }

    def lane_told(self, lane: Lane) -> dict[str, object]:
        return {
            "rule": lane.rule,
            "served": [lane.served.get(number, "") for number in range(1, self.sent + 1)],
            "requests": {host.name: host.given for host in lane.hosts.values()},
            "answered": len(lane.times),
            "errors": lane.errors,
            "retries": lane.retries,
            "p50_us": lane.percentile(50),
            "p95_us": lane.percentile(95),
            "p99_us": lane.percentile(99),
            "longest_queue": lane.longest(),
            "fairness_milli": lane.fairness(),
            "switches": lane.switches,
            "moved": lane.moved,
        }


def quantiles(lane: Lane) -> tuple[tuple[int, int], ...]:
    """(percent, milliseconds) along the sorted answer times, at most 13 points."""
    count = len(lane.times)
    ranks = sorted({rank * (count - 1) // 12 for rank in range(13)}) if count > 1 else []
    return tuple(((rank + 1) * 100 // count, lane.times[rank] // 1000) for rank in ranks)
