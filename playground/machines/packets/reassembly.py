"""Fragments put together again at their destination (RFC 791, 3.2)."""

from __future__ import annotations

from playground.machines.packets.datagram import Header, body, read

UNIT = 8
"""Bytes: where a fragment begins is counted in these."""


def alike(one: Header, other: Header) -> bool:
    """Whether two fragments are of one packet: same ends, identification and protocol."""
    return (one.source, one.target, one.identification, one.protocol) == (
        other.source, other.target, other.identification, other.protocol,
    )  # fmt: skip


def together(packets: list[bytes]) -> bytes | None:
    """What the first packet and those alike carry; None while some of it is missing, or where pieces overlap.

    Overlapping pieces are thrown away, all of them, as Linux does.
    """
    first = read(packets[0])
    if not first.is_fragment():
        return body(packets[0])
    pieces: dict[int, bytes] = {}
    end = None
    for packet in packets:
        header, data = read(packet), body(packet)
        if not header.is_fragment() or not alike(header, first):
            continue
        if header.more:
            data = data[: len(data) // UNIT * UNIT]
        else:
            end = header.offset + len(data)
        if header.offset in pieces:
            return None
        pieces[header.offset] = data
    whole = b""
    for offset in sorted(pieces):
        if offset != len(whole):
            return None
        whole += pieces[offset]
    return whole if len(whole) == end else None
