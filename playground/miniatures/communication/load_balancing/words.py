"""What load balancing says of a choice and of the answers."""

from playground.machines.lanes import Flight, Lane


def spelled(microseconds: int) -> str:
    """Whole milliseconds, rounded up."""
    return f"{-(-microseconds // 1000):,} ms"


def choice_in_words(lane: Lane, flight: Flight) -> str:
    """Where a request goes, in words."""
    if not flight.server:
        return f"Request {flight.number} gets an error: {lane.balancer.nobody()}."
    return f"Request {flight.number} of client {flight.client} goes to {flight.server}: {lane.balancer.why}."


def rest_in_words(more: int) -> str:
    """Requests that are not told one by one."""
    return f"{more} more {'requests are' if more > 1 else 'request is'} given out by the same rule."


def figures_in_words(lane: Lane, sent: int) -> str:
    """What the answers so far come to, in words."""
    half, slowest = spelled(lane.percentile(50)), spelled(lane.percentile(100))
    done = "The one request is done" if sent == 1 else f"All {sent} requests are done"
    if not lane.times:
        return f"{done}, and {'it was not' if sent == 1 else 'none was'} answered."
    failed = f", {lane.errors} of them in an error" if lane.errors else ""
    return f"{done}{failed}: half of the answers took {half} or less, the slowest {slowest}."
