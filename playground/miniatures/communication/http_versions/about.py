"""HTTP versions: what it is written from, what it leaves out, what it is checked against, and runs that teach."""

from playground.engine import Check, Moment, Scenario, Source

SOURCES = (
    Source("RFC 1945, HTTP/1.0", "https://www.rfc-editor.org/rfc/rfc1945"),
    Source("RFC 9112, HTTP/1.1", "https://www.rfc-editor.org/rfc/rfc9112"),
    Source("RFC 9113, HTTP/2", "https://www.rfc-editor.org/rfc/rfc9113"),
    Source("RFC 7541, HPACK", "https://www.rfc-editor.org/rfc/rfc7541"),
    Source("RFC 9114, HTTP/3", "https://www.rfc-editor.org/rfc/rfc9114"),
    Source("RFC 9204, QPACK", "https://www.rfc-editor.org/rfc/rfc9204"),
    Source("RFC 9002, QUIC Loss Detection and Congestion Control", "https://www.rfc-editor.org/rfc/rfc9002"),
    Source("RFC 8985, The RACK-TLP Loss Detection Algorithm for TCP", "https://rfc-editor.org/rfc/rfc8985"),
)

SIMPLIFIED = (
    "The client knows all objects at once; a browser reads the page first and finds them in it.",
    "Requests, acknowledgements and handshakes are never lost and take no bandwidth, only time.",
    "A packet carries up to 1,400 bytes of one object, in every version; real ones are filled with the next.",
    "TCP on Ethernet carries 1,448 and QUIC often 1,200: at the edge of a window a round trip more or less.",
    "TCP is Linux’s with Reno, which halves the window at a loss; CUBIC, the default, keeps seven tenths of it.",
    "QUIC has the rules of RFC 9002: its window grows only while bytes wait for room in it.",
    "Every packet is acknowledged at once; queues have room, and only the packets that you name are lost.",
    "Buffers are large; Linux’s first ones can hold large objects on a kept connection up for a round trip.",
    "A timer never goes off in vain; after a lost last packet Linux waits up to 64 ms longer than here.",
    "HTTP/1.0’s FIN counts for nothing; by it Linux may notice a loss near the end a little sooner.",
    "Flow control, priorities, server push and the dynamic table of QPACK are left out.",
    "Objects take turns packet by packet in HTTP/2 and HTTP/3; servers differ in this.",
    "In pipelined HTTP/1.1 the server works on all requests at once and answers in order.",
    "HTTP/3 is always encrypted, and a server’s limit on bytes to an unproved address is left out.",
    "A lost packet is the one with that number in every load, whatever it carries there.",
)

CHECKS = (
    Check("RFC 7541", "every header block of Appendix C, both ways", "exact bytes"),
    Check("RFC 9000", "the numbers of Appendix A.1, both ways", "exact bytes"),
    Check("hpack", "random header lists on one connection, both ways", "exact bytes"),
    Check("h2", "request frames and data frames, byte by byte", "exact bytes"),
    Check("pylsqpack", "random field sections, both ways", "exact bytes"),
    Check("aioquic", "requests after decryption; round trips on a virtual clock", "exact bytes"),
    Check("aioquic, one datagram dropped", "which streams have a hole, for every datagram", "exact sets"),
    Check("nginx", "round trips to the last object through a relay that delays", "exact counts"),
    Check("Linux, flight by flight", "packets that TCP sends in each flight, losses too", "one packet at most"),
    Check("Linux, after a pause", "how many packets TCP sends when nothing was sent for seconds", "exact counts"),
)

SCENARIOS = (
    Scenario(
        "one-lost",
        "One packet is lost",
        "lost=4&step=49",
        "The same packet in three versions: in HTTP/2 it holds back every object, in HTTP/3 one.",
    ),
    Scenario(
        "calm",
        "A calm day",
        "before=2&step=17",
        "Nothing is lost: HTTP/2 and HTTP/3 differ by one round trip of set-up.",
    ),
    Scenario(
        "six-connections",
        "Six connections",
        "version=2&before=1.1-six&objects=12&size=4&lost=3",
        "Six windows instead of one, six handshakes, and a loss stops one of six.",
    ),
    Scenario(
        "slow-first",
        "The first answer is slow",
        "version=2&before=1.1-pipelined&think=300&slow=first&step=7",
        "Pipelined, five answers are ready and wait behind the first; streams let them pass.",
    ),
    Scenario(
        "seen-before",
        "A server seen before",
        "before=2&round_trip=200&resumed=yes",
        "With 0-RTT the request is in the first packet; TCP still needs its handshake.",
    ),
    Scenario(
        "one-large",
        "One large object",
        "before=1.1&objects=1&size=400",
        "No objects to mix: slow start sets the pace, 10, 20, 40 packets a round trip.",
    ),
    Scenario(
        "slow-link",
        "A slow link",
        "bandwidth=1.0",
        "The link is full most of the time, and no version can fill it further.",
    ),
    Scenario(
        "the-old-way",
        "A connection each",
        "version=1.1&before=1.0&objects=4&tls=1.2&do=load:3&do=lose:9",
        "HTTP/1.0 pays the handshake for every object, HTTP/1.1 once, HTTP/3 less.",
    ),
)

MOMENT = Moment("before=2&lost=4&step=28", lambda done: str(done.outcome["last"]["done_us"] // 1000), "ms")
