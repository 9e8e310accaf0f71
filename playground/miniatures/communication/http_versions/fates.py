"""What a lost packet came to for a version, in one sentence that is made of what has happened by now.

Who is held back has bytes at the client that it may not use, or misses some. Who is not may come later all the same:
it is asked for later, or all share a window that the loss has made smaller (RFC 9002, 7).
"""

from playground.miniatures.communication.http_versions.loaded import Loaded

COUNTED = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
LATE = 10_000
"""Microseconds by which an object comes later that is said to."""


def fate(one: Loaded, now: int) -> str:
    """Who was held back up to an instant, and, once all is there, who came later too; empty where nothing is lost."""
    held = held_by(one, now)
    if not held:
        return ""
    every = len(one.names)
    if len(held) == every:
        who = {1: one.names[0], 2: "Both"}.get(every, f"All {counted(every)}")
    elif len(held) == 1:
        who = f"Only {one.names[min(held)]}"
    else:
        who = f"{counted(len(held)).capitalize()} of {counted(every)}"
    is_ = "is" if len(held) == 1 else "are"
    later = len(later_than_without(one) - held) if now >= one.load.done() else 0
    comes = f"; {counted(later)} {'comes' if later == 1 else 'come'} later too" if later else ""
    return f"{who} {is_} held back{comes}."


def held_by(one: Loaded, now: int) -> set[int]:
    """Objects, by number, of which a packet is missing by now, or with bytes behind one."""
    missing = {packet.thing for packet in one.load.packets if packet.lost and packet.arrives <= now}
    behind = {number for number, thing in enumerate(one.load.things) if thing.held and min(thing.held)[0] < now}
    return missing | behind if missing else set()


def later_than_without(one: Loaded) -> set[int]:
    """Objects that are complete later than in the same load of which all packets come."""
    calm = one.done_without_loss()
    return {number for number, thing in enumerate(one.load.things) if thing.done > calm[number] + LATE}


def counted(number: int) -> str:
    """Up to ten in words."""
    return COUNTED[number] if number < len(COUNTED) else str(number)
