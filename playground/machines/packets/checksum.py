"""The Internet checksum (RFC 1071), and how a router updates it without adding everything up again (RFC 1624)."""

ONES = 0xFFFF


def words(data: bytes) -> list[int]:
    """The bytes as 16-bit words, the high byte first; an odd one at the end gets a zero beside it."""
    even = data + b"\0" * (len(data) % 2)
    return [int.from_bytes(even[at : at + 2], "big") for at in range(0, len(even), 2)]


def fold(total: int) -> int:
    """What has run over the 16 bits is added at the right again, until nothing runs over."""
    while total > ONES:
        total = (total & ONES) + (total >> 16)
    return total


def added(total: int, data: bytes) -> int:
    """The plain sum so far and the words of some bytes; it is folded at the end."""
    return total + sum(words(data))


def checksum(data: bytes) -> int:
    """All bits of the folded sum turned round. The place of the checksum itself holds zero meanwhile."""
    return ONES - fold(added(0, data))


def holds(data: bytes) -> bool:
    """Whether bytes with their checksum in them add up to sixteen ones."""
    return fold(added(0, data)) == ONES


def updated(old: int, was: int, now: int) -> int:
    """The checksum after one word has changed: HC' = ~(~HC + ~m + m'), equation 3 of RFC 1624."""
    return ONES - fold((ONES - old) + (ONES - was) + now)
