"""A load balancer before a few servers, on a virtual clock: who gets the next request, and how long answers take."""

from typing import ClassVar

from playground.engine import Choice, Decision, Miniature, Name, Names, Refused, Rng, Say, Seed, Steps, Whole, action
from playground.engine.clock import Event, Until, Wait
from playground.engine.miniature import now_beside
from playground.engine.schema import TEXT, WHOLE, described, listed, mapped, record
from playground.machines.arrivals import GAPS
from playground.machines.balancers import ALGORITHMS, RULES, Asked, Balancer, haproxy
from playground.machines.balancers.nginx import FAIL_TIMEOUT
from playground.machines.fleet import FAILED, LIVE, Fleet, HasFleet
from playground.machines.lanes import BACK, LOST, PAUSED, WAITING, WIRE, WORKING, Flight, Host, Lane, address
from playground.miniatures.communication.load_balancing import words
from playground.scenes.names import escaped

MOST_SERVERS = 8
MOST_REQUESTS = 400
SHOWN = 60  # requests of the start that are told one by one; later ones by tens
SHOWN_SENT = 12  # the same of each later batch
ANSWERS = 24  # a run of so few requests tells its answers too
RETURNS = 12  # requests whose return is told

UNWEIGHTED = ("round-robin", "sticky")  # rules that hand out in turn, whatever the weights
JOINED_AT_RUN_TIME = ("weighted-haproxy",)
"""Rules that HAProxy calls dynamic: `add server` takes no new configuration."""
SERVER = "server seen"  # in the picture: the machine, and what the balancer sees of it


def decision(flight: Flight) -> Decision:
    return Decision(f"request {flight.number}", flight.server or "nobody")


class LoadBalancing(HasFleet, Miniature):
    """A load balancer hands each request to one of several servers, by a rule that sees only what the balancer knows.

    The servers work on a virtual clock: a request travels, waits its turn, is worked on, and travels back.
    The requests do not depend on the rule, so two runs that differ in it can be put side by side.
    """

    title = "Load balancing"
    question = "Four servers, one of them slow. Who gets the next request?"
    knobs = ("algorithm",)
    opening = "Nobody has asked for anything yet."
    renamed: ClassVar = {"against": now_beside("algorithm", "nothing")}
    per_second = 50_000
    grows_with = "requests"

    servers = Names(
        "ada bob cleo dee", most=MOST_SERVERS, weights=10, help="Names, with weights if you like: ada*5 bob"
    )
    algorithm = Choice("round-robin", ALGORITHMS, help="The rule that chooses")
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
        {"request": "as the program does by itself", "check": "at once, by a health check"},
        label="A failure is noticed",
        help="By itself nginx rests a server after a failed request, and HAProxy notices nothing. "
        "With nginx’s rules a check needs NGINX Plus",
    )
    seed = Seed(1, help="Draws arrivals, clients and sizes")

    # The rule.

    def rule(self, name: str) -> Balancer:
        """The balancer that follows a rule; its random draws are its own."""
        return RULES[name](Rng(self.seed + 1).below)

    def asked(self, client: int) -> Asked:
        """What the balancer sees of a client's request."""
        return Asked(address(client), f"/user/{client}", self.lane.cookies.get(client, ""))

    # What can happen.

    def set_up(self) -> None:
        self.rng, self.fleet = Rng(self.seed), Fleet()
        self.lane = Lane(ALGORITHMS[self.algorithm], self.rule(self.algorithm))
        self.sent = self.returns = self.coming = self.last_answer = 0
        self.quiet = Event()
        self.asking: list[int] = []
        self.turned: set[str] = set()  # servers that have failed, and been seen to
        self.untold: list[Decision] = []
        self.look()

    def start(self) -> Steps:
        for place, node in enumerate(self.servers):
            self.enter(node.name, node.weight, self.takes(place))
        self.lane.balancer.begin()
        names = ", ".join(self.fleet.state)
        paid = "; nginx has health checks only in NGINX Plus" if self.notice == "check" and self.nginx() else ""
        stand = "stands" if len(self.servers) == 1 else "stand"
        yield f"{names} {stand} ready; the rule is {self.lane.rule}{paid}."
        yield from self.arrive(self.requests, SHOWN)

    def takes(self, place: int) -> int:
        """Microseconds that one of the first servers works on a request."""
        return self.work * 1000 * self.factor(place) // 2

    def factor(self, place: int) -> int:
        """Half times the usual work: 2 is the usual speed."""
        last = len(self.servers) > 1 and place == len(self.servers) - 1
        return {"equal": 2, "one-slow": 10 if last else 2, "steps": 2 + place}[self.speeds]

    def arrive(self, count: int, singly: int) -> Steps:
        """So many requests come in, the first ones told one by one; when all are answered, the figures are told."""
        self.coming += 1
        for number in range(count):
            mean = self.gap * 1000
            yield Wait(mean if self.arrivals == "even" else mean * self.rng.choice(GAPS) // 1000)
            client = self.rng.between(1, self.clients)
            size = 6 if self.sizes == "mixed" and self.rng.chance(12) else 1
            self.sent += 1
            self.asking.append(client)
            flight = self.route(self.sent, client, size)
            if number < singly:
                yield self.tell(words.choice_in_words(self.lane, flight))
            elif (number - singly) % 10 == 9 or number == count - 1:
                yield self.tell(words.rest_in_words(len(self.untold)))
        self.coming -= 1
        while self.lane.flights:
            self.quiet = self.quiet if not self.quiet.happened else Event()
            yield Until(self.quiet)
        if count and not self.coming:
            self.look()
            yield self.tell(words.figures_in_words(self.lane, self.sent))

    def route(self, number: int, client: int, size: int) -> Flight:
        """The balancer chooses a server for one request and sends it there."""
        flight = Flight(number, client, size, self.now, self.lane.balancer)
        flight.choices = flight.balancer.choices(self.asked(client))
        self.lane.goes_to(flight, self.chosen(flight), self.now)
        if flight.server:
            self.spawn(self.travel(flight))
        self.look(number, choosing=True)
        self.untold.append(decision(flight))
        return flight

    def chosen(self, flight: Flight) -> str:
        """The server that the rule has next for a request; empty where nobody is left."""
        flight.balancer.second = self.now // 1_000_000
        return next(flight.choices, "")

    def nginx(self) -> bool:
        return self.lane.balancer.program == "nginx"

    def travel(self, flight: Flight) -> Steps:
        """To the server, into its queue; or back at once, if nobody is there."""
        yield from self.on_wire(flight, "request")
        host = self.lane.hosts[flight.server]
        if host.dead:
            yield from self.return_to_balancer(flight, "refused")
            return
        flight.to(WAITING, self.now)
        host.waiting.append(flight)
        self.work_on(host)
        host.longest = max(host.longest, len(host.waiting))

    def on_wire(self, flight: Flight, look: str, *, back: bool = False) -> Steps:
        """To its server, or back from there."""
        yield self.move(f"request:{flight.number}", f"edge:{escaped(flight.server)}", WIRE, look, back=back)

    def work_on(self, host: Host) -> None:
        """A server takes from its queue what it has room for."""
        while host.waiting and len(host.working) < self.slots:
            flight = host.waiting.pop(0)
            host.working.append(flight)
            flight.to(WORKING, self.now)
            self.spawn(self.answer(host, flight, flight.tries))

    def answer(self, host: Host, flight: Flight, tries: int) -> Steps:
        """The work, and the way back. Work that a failure has interrupted comes to nothing."""
        yield Wait(host.work * flight.size)
        if flight.tries != tries or flight.phase != WORKING:
            return
        host.working.remove(flight)
        self.work_on(host)
        flight.to(BACK, self.now)
        if self.sent <= ANSWERS:
            self.look(flight.number)
            took, times = self.now + WIRE - flight.sent, self.lane.times
            told = f"{host.name} answers request {flight.number}, {words.spelled(took)} after it came."
            yield self.tell(told, stop=bool(times) and took > 2 * max(times))
        yield from self.on_wire(flight, "answer", back=True)
        self.lane.answered(flight, self.now)
        self.last_answer = self.now
        self.rest()

    def rest(self) -> None:
        """Wake those who wait until nothing is under way."""
        if not self.lane.flights:
            self.happen(self.quiet)

    def return_to_balancer(self, flight: Flight, how: str) -> Steps:
        """A request comes back without an answer: its connection was refused, or broken off in work."""
        flight.to(LOST, self.now)
        yield from self.on_wire(flight, "lost", back=True)
        first = flight.server not in self.turned
        self.turned.add(flight.server)
        if flight.balancer.program == "nginx":
            yield from self.try_another(flight, first=first)
        elif how == "refused" and flight.tries <= haproxy.RETRIES:
            yield from self.try_the_same(flight, first=first)
        else:
            yield from self.give_up(flight, how, first=first)

    def try_another(self, flight: Flight, *, first: bool) -> Steps:
        """nginx: the server rests, and the request goes to the next one, as long as there is one."""
        failed, lane = flight.server, self.lane
        flight.balancer.closed(failed)
        flight.balancer.second = self.now // 1_000_000
        flight.balancer.failed(failed)
        lane.goes_to(flight, self.chosen(flight), self.now)
        if flight.server:
            lane.retries += 1
            self.spawn(self.travel(flight))
        else:
            self.rest()
        self.look(flight.number, "" if flight.server else failed, choosing=True)
        self.untold.append(decision(flight))
        after = f"goes to {flight.server}" if flight.server else "gets an error, 502, for no server is left"
        yield from self.returned(f"Request {flight.number} comes back from {failed}, and {after}.", stop=first)

    def try_the_same(self, flight: Flight, *, first: bool) -> Steps:
        """HAProxy: the same server again, after a pause."""
        flight.to(PAUSED, self.now)
        self.look(flight.number)
        if flight.tries == 1:
            after = f"a second later HAProxy tries {flight.server} again"
            yield from self.returned(f"Request {flight.number} comes back; {after}.", stop=first)
        yield Wait(haproxy.TURN_AROUND)
        self.lane.goes_again(flight, self.now)
        self.spawn(self.travel(flight))

    def give_up(self, flight: Flight, how: str, *, first: bool) -> Steps:
        """HAProxy: an error for the client."""
        failed = flight.server
        flight.balancer.closed(failed)
        self.lane.goes_to(flight, "", self.now)
        self.rest()
        self.look(flight.number, failed)
        self.untold.append(decision(flight))
        why = f"{failed} has refused it four times" if how == "refused" else f"{failed} broke off its work on it"
        code = 503 if how == "refused" else 502
        yield from self.returned(f"Request {flight.number} gets an error, {code}: {why}.", stop=first)

    def returned(self, told: str, *, stop: bool) -> Steps:
        """Tell what becomes of a request that came back, of the first ones."""
        self.returns += 1
        if self.returns <= RETURNS:
            yield self.tell(told, stop=stop)

    @action("Send requests", timed=True, on="clients", count=Whole(10, least=1, most=50, label="How many"))
    def send(self, count: int) -> Steps:
        room = MOST_REQUESTS - self.sent
        if count > room:
            raise Refused("count", f"{self.sent} requests were sent already. Send at most {room} more.")
        self.look()
        yield f"{count} more {'requests are' if count > 1 else 'request is'} on the way."
        yield from self.arrive(count, SHOWN_SENT)

    @action(
        "Slow a server",
        timed=True,
        node=Name(label="Server", among="living", on=SERVER),
        times=Whole(5, least=1, most=20, label="Times slower"),
        help="From its next request on; 1 gives it the usual speed",
    )
    def slow(self, node: str, times: int) -> Steps:
        self.must_be(node, LIVE)
        self.lane.hosts[node].work = self.work * 1000 * times
        self.look(server=node)
        yield f"{node} now needs {words.spelled(self.work * 1000 * times)} for a request."

    @action("Kill a server", timed=True, thrown="server", node=Name(label="Server", among="living", on=SERVER))
    def kill(self, node: str) -> Steps:
        self.must_be(node, LIVE)
        self.fleet.turn(node, FAILED)
        host = self.lane.hosts[node]
        host.dead = True
        self.turned.discard(node)
        if self.notice == "check":
            self.lane.balancer.leave(node)
        for flight in [*host.working, *host.waiting]:
            flight.to(LOST, self.now)
            self.spawn(self.return_to_balancer(flight, "broken off"))
        host.working, host.waiting = [], []
        self.look(server=node)
        known = "a health check takes it out" if self.notice == "check" else "no health check tells the balancer"
        yield f"{node} stops answering; {known}."

    @action("Revive a server", timed=True, node=Name(label="Server", among="failed", on=SERVER))
    def revive(self, node: str) -> Steps:
        self.must_be(node, FAILED)
        self.fleet.turn(node, LIVE)
        self.lane.hosts[node].dead = False
        if self.notice == "check":
            self.lane.balancer.come_back(node)
        self.look(server=node)
        yield f"{node} answers again{self.believed(node)}."

    def believed(self, node: str) -> str:
        """What the balancer makes of a server that answers again."""
        balancer = self.lane.balancer
        balancer.second = self.now // 1_000_000
        if balancer.serves(node):
            return ", and the balancer counts on it"
        left = FAIL_TIMEOUT + 1 - (balancer.second - balancer.peers[node].checked)
        return f"; nginx, which rests it and counts whole seconds, gives it nothing for another {left - 1} to {left} s"

    @action(
        "Set a weight",
        timed=True,
        turned="{node} has weight {weight}",
        node=Name(label="Server", among="present", on=SERVER),
        weight=Whole(3, least=1, most=10, now="weights"),
        help="In the configuration, which is then loaded again",
    )
    def weight(self, node: str, weight: int) -> Steps:
        if node not in self.present():
            raise Refused("node", f"There is no server {node}. There is {', '.join(self.present())}.")
        if weight == self.fleet.weight[node]:
            raise Refused("weight", f"{node} has weight {weight} already. Take another one.")
        self.fleet.weight[node] = weight
        self.reload()
        self.look(server=node)
        then = (
            "but this rule looks at no weights" if self.algorithm in UNWEIGHTED else "and begins to count from nothing"
        )
        yield f"{node} has weight {weight} in the configuration. The balancer loads it again, {then}."

    def reload(self) -> None:
        """Another balancer takes over, as after `nginx -s reload`: it knows its configuration and nothing else."""
        lane = self.lane
        lane.balancer = self.rule(self.algorithm)
        for name, weight in self.weights().items():
            lane.balancer.join(name, weight)
            if self.notice == "check" and lane.hosts[name].dead:
                lane.balancer.leave(name)
        lane.balancer.begin()

    @action(
        "Add a server",
        timed=True,
        on="balancer room",
        node=Name(label="New server", suggest="fresh"),
        weight=Whole(1, least=1, most=10),
    )
    def add(self, node: str, weight: int) -> Steps:
        if node in self.fleet.state:
            raise Refused("node", f"{node} is there already. Take another name, such as {self.fresh()}.")
        if len(self.fleet.state) >= MOST_SERVERS:
            raise Refused("node", f"There are {MOST_SERVERS} servers, as many as the picture shows.")
        self.fleet.join(node, weight)
        self.lane.join(Host(node, self.work * 1000, joined=self.now))
        if self.algorithm in JOINED_AT_RUN_TIME:
            self.lane.balancer.join(node, weight)
        else:
            self.reload()
        self.look(server=node)
        yield f"{node} joins, with weight {weight} and the usual speed."

    # Small parts.

    def enter(self, name: str, weight: int, work: int) -> None:
        self.fleet.join(name, weight)
        self.lane.balancer.join(name, weight)
        self.lane.join(Host(name, work))

    def look(self, number: int = 0, server: str = "", *, choosing: bool = False) -> None:
        """What this step is about: a request, perhaps as its server is chosen, or a server."""
        self.current, self.changed, self.choosing = number, server, choosing

    def tell(self, text: str, *, stop: bool = False) -> Say:
        """A narration, with every decision since the last one."""
        made, self.untold = tuple(self.untold), []
        return Say(text, made, stop)

    def must_be(self, node: str, state: str) -> None:
        if not self.fleet.is_(node, state):
            names = ", ".join(self.fleet.named(state)) or "nobody"
            what = "answers" if state == LIVE else "has failed"
            raise Refused("node", f"{node} is not a server that {what}. There is {names}.")

    # What it answers.

    outcome_schema = record(
        rule=TEXT,
        served=described(listed(TEXT), "request by request, the server that answered; empty: an error"),
        requests=described(mapped(WHOLE), "server -> requests given to it"),
        answered=WHOLE,
        errors=WHOLE,
        retries=WHOLE,
        p50_us=WHOLE,
        p95_us=WHOLE,
        p99_us=described(WHOLE, "answer times in microseconds, by nearest rank"),
        longest_queue=WHOLE,
        fairness_milli=described(WHOLE, "Jain's index of the requests given, in thousandths"),
        switches=described(WHOLE, "times that a client was sent to another server than the time before"),
        moved=described(WHOLE, "of these, between two servers that were there both times"),
        asking=described(listed(WHOLE), "request by request, the client"),
        sent=WHOLE,
        ended_us=described(WHOLE, "instant of the last answer, in microseconds"),
    )

    def outcome(self) -> dict[str, object]:
        """What the rule came to."""
        lane = self.lane
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
            "asking": self.asking,
            "sent": self.sent,
            "ended_us": self.last_answer,
        }
