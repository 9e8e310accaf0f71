"""What encapsulation answers: every segment and its frames, what the program got, and how a damaged one ends."""

from __future__ import annotations

from typing import Protocol

from playground.engine.schema import TEXT as TEXTS
from playground.engine.schema import WHOLE, described, listed, record
from playground.machines.packets import route, tcp
from playground.machines.packets.route import Sent
from playground.machines.packets.tcp import Segment
from playground.miniatures.communication.tcp_ip_encapsulation import words
from playground.miniatures.communication.tcp_ip_encapsulation.damage import Damage
from playground.miniatures.communication.tcp_ip_encapsulation.way import Way

NOTICED = record(frame=TEXTS, ip=TEXTS, tcp=TEXTS)
SEGMENT = record(name=TEXTS, sequence=WHOLE, length=WHOLE, frame_bytes=WHOLE, fate=TEXTS)
ENDING = record(
    verdict=described(
        TEXTS, "delivered, dropped, kept, refused, reset, opened, elsewhere; empty while no bit is flipped"
    ),
    where=described(TEXTS, "who has the packet last"),
    layer=TEXTS,
    field=described(TEXTS, "the field that decided"),
    answer=described(TEXTS, "what is sent back; empty for silence"),
    text=described(TEXTS, "what the program gets, in hexadecimal"),
)
SCHEMA = record(
    segments=listed(SEGMENT),
    count=described(WHOLE, "segments that were sent"),
    last_sequence=described(WHOLE, "sequence number of the last one"),
    syn=described(TEXTS, "the client’s SYN, in hexadecimal"),
    captured=described(listed(TEXTS), "frames as a capture on the client shows them, in hexadecimal"),
    first=described(listed(TEXTS), "frames on the first wire, in hexadecimal"),
    last=described(listed(TEXTS), "frames on the last wire, as sent"),
    received=described(TEXTS, "the text that the server’s program got"),
    wire_bytes=described(WHOLE, "bytes on the first wire"),
    text_bytes=described(WHOLE, "bytes of text in them"),
    overhead_permille=described(WHOLE, "the rest, in thousandths of the wire’s bytes"),
    rewritten=described(TEXTS, "what the last router rewrote in the frame of the last segment"),
    routers=described(WHOLE, "routers on the way now"),
    asked=described(WHOLE, "number of the first segment of the text that was sent last"),
    passage=described(TEXTS, "packets of that text that the server gets, and who was told of a small wire"),
    flips=described(WHOLE, "bits flipped"),
    noticed=described(NOTICED, "which checksum noticed: noticed, missed, or not asked"),
    noticed_by=described(TEXTS, "the first checksum that does not fit, and where"),
    ending=described(ENDING, "how the damaged segment ends"),
    damaged=described(WHOLE, "bytes of text that differ from those sent"),
    damaged_text=described(TEXTS, "the text with the flipped bits"),
)


class Model(Protocol):
    """What is asked of the model."""

    way: Way
    damage: Damage
    syn: Segment | None
    offload: bool

    def noticed_by(self) -> str: ...


def outcome(model: Model) -> dict[str, object]:
    """As `SCHEMA` says."""
    way, damage = model.way, model.damage
    sent, last = way.sent, way.sent[-1] if way.sent else None
    text = damage.text()
    was = last.segment.data if last and damage.flips else b""
    end = damage.ending
    return {
        "segments": [segment_told(one) for one in sent],
        "count": len(sent),
        "last_sequence": last.segment.sequence if last else 0,
        "syn": model.syn.bytes().hex() if model.syn else "",
        "captured": [captured(model, one).hex() for one in sent],
        "first": [one.first.bytes().hex() for one in sent],
        "last": [frame.bytes().hex() for one in sent for frame in one.last],
        "received": way.received.decode("utf-8", "replace"),
        "wire_bytes": wire_bytes(sent),
        "text_bytes": text_bytes(sent),
        "overhead_permille": overhead(sent),
        "rewritten": way.rewritten or "nothing",
        "routers": way.routers,
        "asked": way.begun + 1,
        "passage": words.passed(sum(len(one.last) for one in sent[way.begun :]), way.told),
        "flips": len(damage.flips),
        "noticed": damage.noticed(),
        "noticed_by": model.noticed_by(),
        "ending": {
            "verdict": end.verdict if end else "",
            "where": damage.where() if end else "",
            "layer": end.layer if end else "",
            "field": end.field if end else "",
            "answer": end.answer if end else "",
            "text": end.text.hex() if end else "",
        },
        "damaged": sum(one != other for one, other in zip(was, text, strict=True)),
        "damaged_text": words.shortened(text),
    }


def captured(model: Model, sent: Sent) -> bytes:
    """A frame as the client’s own capture has it: before the card has padded and sealed it."""
    segment = sent.segment
    if model.offload:
        segment = tcp.left_to_the_card(segment, sent.packet.source, sent.packet.target)
    frame = route.framed(sent.packet, route.wires(sent.routers)[0])
    return frame.header() + sent.packet.header() + segment.bytes()


def wire_bytes(sent: list[Sent]) -> int:
    """On the first wire."""
    return sum(one.first.size() for one in sent)


def text_bytes(sent: list[Sent]) -> int:
    return sum(len(one.segment.data) for one in sent)


def overhead(sent: list[Sent]) -> int:
    """What is not text, in thousandths of the bytes on the first wire."""
    whole = wire_bytes(sent)
    return 1000 * (whole - text_bytes(sent)) // whole if whole else 0


def segment_told(one: Sent) -> dict[str, object]:
    """One segment of the outcome."""
    return {
        "name": str(one.number),
        "sequence": one.segment.sequence,
        "length": len(one.segment.data),
        "frame_bytes": one.first.size(),
        "fate": one.fate,
    }
