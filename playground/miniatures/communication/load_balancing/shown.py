"""What load balancing shows: its words for a choice, its pictures, its figures, its outcome."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playground.engine.miniature import Metric
from playground.engine.schema import TEXT, WHOLE, listed, mapped, record, told
from playground.machines.balancers import ALGORITHMS
from playground.machines.lanes import BACK, LOST, OUT, WIRE, Flight, Host, Lane
from playground.scenes.chart import Axis, Chart, Series
from playground.scenes.scene import Scene
from playground.scenes.topology import Machine, Packet, Topology

if TYPE_CHECKING:
    from playground.miniatures.communication.load_balancing.model import LoadBalancing

FULL = 70  # more requests than that, and what is in work is drawn as dots

OUTCOME = record(
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
    asking=told(listed(WHOLE), "request by request, the client"),
    sent=WHOLE,
    ended_us=told(WHOLE, "instant of the last answer, in microseconds"),
)


def spelled(microseconds: int) -> str:
    """Whole milliseconds, rounded up."""
    return f"{-(-microseconds // 1000):,} ms"


def choice_in_words(lane: Lane, flight: Flight) -> str:
    """Where a request goes, in words."""
    if not flight.server:
        return f"Request {flight.number} gets an error: no server is left."
    return f"Request {flight.number} of client {flight.client} goes to {flight.server}: {lane.balancer.why}."


def rest_in_words(more: int) -> str:
    """Requests that are not told one by one."""
    return f"{more} more {'requests are' if more > 1 else 'request is'} given out by the same rule."


def figures_in_words(model: LoadBalancing) -> str:
    """What the answers so far come to, in words."""
    half, slowest = spelled(model.lane.percentile(50)), spelled(model.lane.percentile(100))
    return f"All {model.sent} requests are done: half of the answers took {half} or less, the slowest {slowest}."


def scenes(model: LoadBalancing) -> tuple[Scene, ...]:
    """The servers, and beside them how long the answers took."""
    if not hasattr(model, "lane"):
        return Topology("load balancer", ALGORITHMS[model.algorithm], (), (), (), "", 0, ""), chart(None)
    return topology(model, model.lane), chart(model.lane)


def topology(model: LoadBalancing, lane: Lane) -> Topology:
    """The servers, with the requests on their way."""
    machines = tuple(machine(model, lane, host) for host in lane.hosts.values())
    packets = tuple(
        Packet(
            flight.number,
            flight.server,
            {OUT: "request", BACK: "answer", LOST: "lost"}[flight.phase],
            way(model, flight),
        )
        for flight in lane.flights.values()
        if flight.phase in (OUT, BACK, LOST)
    )
    chosen = lane.chosen if model.choosing else ""
    # Between choices the numbers of the last one stand; while an answer comes back they would mislead.
    compared = lane.compared if model.choosing or not (model.current or model.changed) else ()
    return Topology(
        "load balancer", lane.rule, machines, packets, compared, chosen, model.current, model.changed,
        dense=2 if model.sent > FULL else 0,
    )  # fmt: skip


def way(model: LoadBalancing, flight: Flight) -> int:
    """How far from the balancer to the server, in thousandths."""
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


def chart(lane: Lane | None) -> Chart:
    """The answer times in order of size."""
    series = (Series(lane.rule, "data", True, quantiles(lane)),) if lane else ()
    most = lane.percentile(100) // 1000 if lane else 0
    title = "Answer times in ms, fastest to slowest"
    return Chart(title, Axis("% of the answers", 100), Axis("ms", most), series, "no answer yet")


def quantiles(lane: Lane) -> tuple[tuple[int, int], ...]:
    """(percent, milliseconds) along the sorted answer times, at most 13 points."""
    count = len(lane.times)
    ranks = sorted({rank * (count - 1) // 12 for rank in range(13)}) if count > 1 else []
    return tuple(((rank + 1) * 100 // count, lane.times[rank] // 1000) for rank in ranks)


def metrics(model: LoadBalancing) -> tuple[Metric, ...]:
    """Figures beside the picture."""
    if not hasattr(model, "lane"):
        return ()
    lane = model.lane
    return (
        Metric("Half within (p50)", spelled(lane.percentile(50)) if lane.times else "–"),
        Metric("99 of 100 within (p99)", spelled(lane.percentile(99)) if lane.times else "–"),
        Metric("Longest queue", str(lane.longest())),
        Metric("Fairness (Jain)", f"{lane.fairness() / 1000:.3f}"),
        Metric("Clients sent elsewhere", str(lane.switches)),
        Metric("… with both servers there", str(lane.moved)),
        Metric("Tried again", str(lane.retries)),
    )


def outcome(model: LoadBalancing) -> dict[str, object]:
    """What the rule came to."""
    lane = model.lane
    return {
        "rule": lane.rule,
        "served": [lane.served.get(number, "") for number in range(1, model.sent + 1)],
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
        "asking": model.asking,
        "sent": model.sent,
        "ended_us": model.last_answer,
    }
