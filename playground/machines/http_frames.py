"""Frames of HTTP/2 (RFC 9113, section 4.1) and HTTP/3 (RFC 9114, section 7.1), and QUIC's numbers (RFC 9000, 16)."""

from __future__ import annotations

DATA, HEADERS, SETTINGS = 0, 1, 4
END_STREAM, END_HEADERS, ACK = 0x1, 0x4, 0x1
PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
LARGEST = 16_384
"""Bytes of a frame's content that every HTTP/2 side must accept."""
PARTS = ((0, 3, "length"), (3, 1, "type"), (4, 1, "flags"), (5, 4, "stream"))
"""The nine bytes before every frame of HTTP/2: first byte, bytes, name."""


def frame(kind: int, flags: int, stream: int, content: bytes) -> bytes:
    """A frame of HTTP/2: nine bytes, then its content."""
    return len(content).to_bytes(3, "big") + bytes([kind, flags]) + stream.to_bytes(4, "big") + content


def read_frame(data: bytes, at: int = 0) -> tuple[int, int, int, bytes, int]:
    """Kind, flags, stream and content of the frame at a byte, and the place behind it."""
    length = int.from_bytes(data[at : at + 3], "big")
    end = at + 9 + length
    if end > len(data):
        raise ValueError("the frame is not complete")
    stream = int.from_bytes(data[at + 5 : at + 9], "big") & 0x7FFF_FFFF
    return data[at + 3], data[at + 4], stream, data[at + 9 : end], end


def settings(values: dict[int, int]) -> bytes:
    """A SETTINGS frame: six bytes for each value."""
    content = b"".join(key.to_bytes(2, "big") + value.to_bytes(4, "big") for key, value in values.items())
    return frame(SETTINGS, 0, 0, content)


def data_frames(stream: int, body: bytes) -> bytes:
    """A body as DATA frames, the last with the flag that ends the stream."""
    parts = [body[at : at + LARGEST] for at in range(0, len(body), LARGEST)] or [b""]
    last = len(parts) - 1
    return b"".join(frame(DATA, END_STREAM * (at == last), stream, part) for at, part in enumerate(parts))


def varint(value: int) -> bytes:
    """A number in 1, 2, 4 or 8 bytes; the first two bits say in how many."""
    for power in range(4):
        length = 1 << power
        if value < 1 << (8 * length - 2):
            return (value | power << (8 * length - 2)).to_bytes(length, "big")
    raise ValueError(f"{value} is too large for 62 bits")


def read_varint(data: bytes, at: int = 0) -> tuple[int, int]:
    """The number at a byte, and the place behind it."""
    length = 1 << (data[at] >> 6)
    if at + length > len(data):
        raise ValueError("the number is not complete")
    value = int.from_bytes(data[at : at + length], "big")
    return value & (1 << (8 * length - 2)) - 1, at + length


def frame3(kind: int, content: bytes) -> bytes:
    """A frame of HTTP/3: kind and length as numbers of QUIC. Its stream is QUIC's affair."""
    return varint(kind) + varint(len(content)) + content
