"""What a lost packet came to for a version, in one sentence that is made of what happened."""

from playground.machines.transfer import Packet
from playground.miniatures.communication.http_versions.loaded import Loaded

COUNTED = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def fate(one: Loaded) -> str:
    """Who waits for what was lost; empty where nothing was."""
    lost = [packet for packet in one.load.packets if packet.lost]
    if not lost:
        return ""
    broken = {one.names[packet.thing] for packet in lost}
    waiting = len(broken.union(one.held))  # what was lost of an object is missed there, with bytes behind it or none
    if waiting == len(broken):
        return alone(one, lost, sorted(broken))
    if waiting == len(one.names):
        who = "Both" if waiting == 2 else f"All {counted(waiting)}"
        return f"{who} wait for a packet of one." if len(lost) == 1 else f"{who} wait for {counted(len(lost))} packets."
    what = "it" if len(lost) == 1 else "them"
    return f"{counted(waiting).capitalize()} of {counted(len(one.names))} wait for {what}."


def alone(one: Loaded, lost: list[Packet], broken: list[str]) -> str:
    """Only those wait of which a packet was lost, and perhaps those that have not been asked for."""
    after = sum(thing.asked > min(packet.arrives for packet in lost) for thing in one.load.things)
    name = broken[0] if len(broken) == 1 else f"{counted(len(broken)).capitalize()} objects"
    waits = "waits" if len(broken) == 1 else "wait"
    if around := elsewhere(one, lost):
        return f"{name} {waits}; {around}."
    if after and not one.load.use.ahead:
        return f"{name} {waits}; {counted(after)} {'is' if after == 1 else 'are'} asked for later."
    only = f"Only {name}" if len(broken) == 1 else f"Only {counted(len(broken))} objects"
    return f"{only} {waits}, which lost {'it' if len(lost) == 1 else 'them'}."


def elsewhere(one: Loaded, lost: list[Packet]) -> str:
    """Of several connections at once those that go on; empty where there are none."""
    many = len(one.load.connections)
    struck = len({packet.connection for packet in lost})
    if many < 2 or struck == many or one.load.use.connections == 0:
        return ""
    others = many - struck
    return f"{counted(others)} of {counted(many)} connections {'does' if others == 1 else 'do'} not notice"


def counted(number: int) -> str:
    """Up to ten in words."""
    return COUNTED[number] if number < len(COUNTED) else str(number)
