"""The last segment in a capture file, and what tshark thinks of its checksums."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from playground.engine import Recipe, Run
from playground.miniatures.communication.tcp_ip_encapsulation.model import TcpIpEncapsulation

ROW = 16
TIME_TO_LIVE = 22
"""Where it stands in a frame."""
TRIED = ("text=ok&hops=0", "do=flip:wire:60:2", "do=flip:router:60:2", "hops=5&do=flip:router:60:6&do=flip:router:62:6")
WRONG = (("", "47 45 54", "47 45 55"), ("text=ok&hops=0", "ip.ttl", "ip.id"))
FIELDS = ("ip.ttl", "eth.fcs.status", "ip.checksum.status", "tcp.checksum.status")


def dump(frame: bytes) -> str:
    """Rows of sixteen bytes with their offset; text2pcap begins a new frame at offset zero."""
    return "".join(f"{at:06x} {frame[at : at + ROW].hex(' ')}\n" for at in range(0, len(frame), ROW))


def elsewhere(done: Run) -> tuple[Recipe, ...]:
    """The frames of the last segment as they arrive, flips and all; those of one that was lost as they left."""
    model = done.model(TcpIpEncapsulation)
    if not model.way.sent:
        return ()
    if model.damage.flips and "not asked" in done.outcome["noticed"].values():
        return ()  # what a layer never reads, tshark does not judge
    frames = [frame.bytes() for frame in model.way.sent[-1].last or (model.way.sent[-1].first,)]
    if model.damage.flips:
        frames = model.damage.crossed.frames
    settings = "-o eth.fcs:Always -o eth.check_fcs:TRUE -o ip.check_checksum:TRUE -o tcp.check_checksum:TRUE"
    commands = (
        "text2pcap -q frames.txt frames.pcap\n"
        f"tshark -n -r frames.pcap {settings} \\\n"
        f"    -T fields {' '.join(f'-e {field}' for field in FIELDS)}\n"
    )
    note = "It prints the time to live and 1 for each checksum that holds: the frame’s, IP’s, TCP’s."
    files = (("frames.txt", "".join(map(dump, frames))),)
    return (Recipe("tshark", commands, files, note, tuple(printed(frames, done.outcome["noticed"].values()))),)


def printed(frames: list[bytes], noticed: Iterable[str]) -> Iterator[str]:
    """A line for each frame. Bits turn in the first; the checksum of TCP sums up all, and stands beside the last."""
    frame_holds, header_holds, segment_holds = (str(int(found != "noticed")) for found in noticed)
    for number, frame in enumerate(frames, start=1):
        own = (frame_holds, header_holds) if number == 1 else ("1", "1")
        yield "\t".join((str(frame[TIME_TO_LIVE]), *own, segment_holds if number == len(frames) else ""))
