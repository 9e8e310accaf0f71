"""QPACK, the header compression of HTTP/3 (RFC 9204), without its dynamic table.

Streams of QUIC arrive in any order, so a table that grows with every request would have to wait for the
request that filled it. Here only the static table is used, and nothing can wait.
"""

from __future__ import annotations

from collections.abc import Iterable

from playground.machines.hpack import Field, integer, read_integer, read_string, string, table_of

STATIC = table_of("""
:authority | :path=/ | age=0 | content-disposition | content-length=0 | cookie | date | etag | if-modified-since
| if-none-match | last-modified | link | location | referer | set-cookie | :method=CONNECT | :method=DELETE |
:method=GET | :method=HEAD | :method=OPTIONS | :method=POST | :method=PUT | :scheme=http | :scheme=https |
:status=103 | :status=200 | :status=304 | :status=404 | :status=503 | accept=*/* |
accept=application/dns-message | accept-encoding=gzip, deflate, br | accept-ranges=bytes |
access-control-allow-headers=cache-control | access-control-allow-headers=content-type |
access-control-allow-origin=* | cache-control=max-age=0 | cache-control=max-age=2592000 |
cache-control=max-age=604800 | cache-control=no-cache | cache-control=no-store | cache-control=public,
max-age=31536000 | content-encoding=br | content-encoding=gzip | content-type=application/dns-message |
content-type=application/javascript | content-type=application/json |
content-type=application/x-www-form-urlencoded | content-type=image/gif | content-type=image/jpeg |
content-type=image/png | content-type=text/css | content-type=text/html; charset=utf-8 | content-type=text/plain
| content-type=text/plain;charset=utf-8 | range=bytes=0- | strict-transport-security=max-age=31536000 |
strict-transport-security=max-age=31536000; includesubdomains | strict-transport-security=max-age=31536000;
includesubdomains; preload | vary=accept-encoding | vary=origin | x-content-type-options=nosniff |
x-xss-protection=1; mode=block | :status=100 | :status=204 | :status=206 | :status=302 | :status=400 |
:status=403 | :status=421 | :status=425 | :status=500 | accept-language | access-control-allow-credentials=FALSE
| access-control-allow-credentials=TRUE | access-control-allow-headers=* | access-control-allow-methods=get |
access-control-allow-methods=get, post, options | access-control-allow-methods=options |
access-control-expose-headers=content-length | access-control-request-headers=content-type |
access-control-request-method=get | access-control-request-method=post | alt-svc=clear | authorization |
content-security-policy=script-src 'none'; object-src 'none'; base-uri 'none' | early-data=1 | expect-ct |
forwarded | if-range | origin | purpose=prefetch | server | timing-allow-origin=* | upgrade-insecure-requests=1
| user-agent | x-forwarded-for | x-frame-options=deny | x-frame-options=sameorigin
""")
"""Appendix A: fields 0 to 98."""

PREFIX = b"\x00\x00"
"""Required insert count 0, base 0: nothing of the dynamic table is needed."""


def encode(fields: Iterable[Field]) -> bytes:
    """A field section (section 4.5)."""
    return PREFIX + b"".join(map(line, fields))


def line(field: Field) -> bytes:
    """One field: its number, or the number of its name and the value, or both written out."""
    name, value = field
    if field in STATIC:
        return integer(STATIC.index(field), 6, 0xC0)
    named = next((at for at, known in enumerate(STATIC) if known[0] == name), None)
    if named is not None:
        return integer(named, 4, 0x50) + string(value)
    return string(name, 3, 0x20) + string(value)


def decode(section: bytes) -> list[Field]:
    """The fields. Raises ValueError where the dynamic table would be needed."""
    if section[:2] != PREFIX:
        raise ValueError("this section needs the dynamic table")
    found, at = [], 2
    while at < len(section):
        first = section[at]
        if first & 0xC0 == 0xC0:
            index, at = read_integer(section, at, 6)
            found.append(STATIC[index])
            continue
        if first & 0xD0 == 0x50:
            index, at = read_integer(section, at, 4)
            name = STATIC[index][0]
        elif first & 0xE0 == 0x20:
            name, at = read_string(section, at, 3)
        else:
            raise ValueError("this field needs the dynamic table")
        value, at = read_string(section, at)
        found.append((name, value))
    return found
