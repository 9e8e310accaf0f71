"""What load balancing shows: the servers, the answer times, the figures."""

from playground.engine import Metric
from playground.machines.fleet import LIVE
from playground.machines.lanes import BACK, LOST, OUT, PAUSED, WIRE, Flight, Host, Lane
from playground.miniatures.communication.load_balancing.model import MOST_SERVERS, LoadBalancing
from playground.miniatures.communication.load_balancing.words import spelled
from playground.scenes.chart import Axis, Chart, Series
from playground.scenes.scene import Scene
from playground.scenes.topology import Machine, Packet, Topology

BESIDE = 250  # near the balancer, and clear of its frame
FULL = 70  # more requests than that, and what is in work is drawn as dots


def scenes(model: LoadBalancing) -> tuple[Scene, ...]:
    """The servers, and beside them how long the answers took."""
    return topology(model, model.lane), chart(model.lane)


def topology(model: LoadBalancing, lane: Lane) -> Topology:
    """The servers, with the requests on their way."""
    machines = tuple(machine(model, lane, host) for host in lane.hosts.values()) or ready(model)
    packets = tuple(
        Packet(
            flight.number,
            flight.server,
            {OUT: "request", BACK: "answer", LOST: "lost", PAUSED: "retry"}[flight.phase],
            way(model, flight),
        )
        for flight in lane.flights.values()
        if flight.phase in (OUT, BACK, LOST, PAUSED)
    )
    chosen = lane.chosen if model.choosing else ""
    # Of a choice what was compared; between two what stands; while an answer comes back either would mislead.
    compared = lane.compared if model.choosing else () if model.current or model.changed else lane.balancer.standing()
    return Topology(
        "load balancer", lane.rule, machines, packets, compared, chosen, model.current, model.changed,
        dense=2 if model.sent > FULL else 0, most=MOST_SERVERS,
    )  # fmt: skip


def ready(model: LoadBalancing) -> tuple[Machine, ...]:
    """The servers before anything has begun, as they will stand."""
    return tuple(
        Machine(node.name, place, LIVE, node.weight, spelled(takes), takes > model.work * 1000, (), (), 0)
        for place, node in enumerate(model.servers)
        for takes in [model.takes(place)]
    )


def way(model: LoadBalancing, flight: Flight) -> int:
    """How far from the balancer to the server, in thousandths."""
    if flight.phase == PAUSED:
        return BESIDE
    gone = (model.now - flight.since) * 1000 // WIRE
    return gone if flight.phase == OUT else 1000 - gone


def machine(model: LoadBalancing, lane: Lane, host: Host) -> Machine:
    """One server as the picture has it."""
    return Machine(
        host.name,
        model.fleet.order[host.name],
        model.fleet.state[host.name],
        model.fleet.weight[host.name],
        spelled(host.work),
        host.work > model.work * 1000,
        tuple(flight.number for flight in host.working),
        tuple(flight.number for flight in host.waiting),
        host.given,
    )


def chart(lane: Lane) -> Chart:
    """The answer times in order of size."""
    series = (Series(lane.rule, "data", True, quantiles(lane)),) if lane.hosts else ()
    most = lane.percentile(100) // 1000
    title = "Answer times in ms, fastest to slowest"
    return Chart(title, Axis("% of the answers", 100), Axis("ms", most), series, "no answer yet")


def quantiles(lane: Lane) -> tuple[tuple[int, int], ...]:
    """(percent, milliseconds) along the sorted answer times, at most 13 points."""
    count = len(lane.times)
    ranks = sorted({rank * (count - 1) // 12 for rank in range(13)}) if count > 1 else []
    return tuple(((rank + 1) * 100 // count, lane.times[rank] // 1000) for rank in ranks)


def of_few(answers: int) -> str:
    """Of fewer than a hundred answers, ninety-nine in a hundred are all of them."""
    return f"of {answers} the slowest" if 0 < answers < 100 else ""


def metrics(model: LoadBalancing) -> tuple[Metric, ...]:
    """Figures beside the picture."""
    lane = model.lane
    if not lane.hosts:
        return ()
    return (
        Metric("Half within (p50)", spelled(lane.percentile(50)) if lane.times else "–"),
        Metric("99 of 100 within (p99)", spelled(lane.percentile(99)) if lane.times else "–", of_few(len(lane.times))),
        Metric("Longest queue", str(lane.longest())),
        Metric("Fairness (Jain)", f"{lane.fairness() / 1000:.3f}"),
        Metric("Clients sent elsewhere", str(lane.switches)),
        Metric("Moved between servers that stayed", str(lane.moved)),
        Metric("Tried again", str(lane.retries)),
    )
