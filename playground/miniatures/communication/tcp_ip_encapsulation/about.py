"""Encapsulation: what it is written from, what it leaves out, what it is checked against, and runs that teach."""

from playground.engine import Check, Moment, Scenario, Source

SOURCES = (
    Source("RFC 9293, Transmission Control Protocol", "https://www.rfc-editor.org/rfc/rfc9293"),
    Source("RFC 791, Internet Protocol", "https://www.rfc-editor.org/rfc/rfc791"),
    Source("RFC 1122, Requirements for Internet Hosts", "https://www.rfc-editor.org/rfc/rfc1122"),
    Source("RFC 1812, Requirements for IP Version 4 Routers", "https://www.rfc-editor.org/rfc/rfc1812"),
    Source("RFC 3022, Traditional IP Network Address Translator", "https://www.rfc-editor.org/rfc/rfc3022"),
    Source("RFC 1071, Computing the Internet Checksum", "https://www.rfc-editor.org/rfc/rfc1071"),
    Source("Linux, /proc/sys/net/ipv4/* variables", "https://docs.kernel.org/networking/ip-sysctl.html"),
    Source("RFC 1624, Checksum via Incremental Update", "https://www.rfc-editor.org/rfc/rfc1624"),
)

SIMPLIFIED = (
    "Only the client’s packets are shown: the server’s acknowledgements, repeats, windows and timers are left out.",
    "The client obeys any largest segment; with Linux it takes 48 where less is announced (tcp_min_snd_mss).",
    "Segments carry no options but the SYN’s; real ones mostly bring timestamps, 12 bytes more.",
    "IP’s header has no options here, so its length (IHL) is five words; a longer one is read as it says.",
    "ICMP messages and the answers to a damaged segment are told in words and not sent.",
    "Hardware addresses are known; ARP, which asks for them, is left out, and so are VLAN tags and the preamble.",
    "The text is one line; HTTP ends its lines with two more bytes.",
    "A segment with flipped bits crosses as if for the first time; the server has what came before it.",
    "The server and the routers read as Linux does, which refuses more than the RFCs: old ACKs and bad options.",
    "A bit turns in a router after its work. A packet that leaves for another address is not followed.",
)

CHECKS = (
    Check("tshark", "every field, both checksums and the frame’s, and the text put together again", "exact value"),
    Check("scapy", "the octets of every frame, before and after the routers, and of every fragment", "exact bytes"),
    Check("Linux as a host", "how the server ends frames with flipped bits: text, reset, ICMP, silence", "exact value"),
    Check("Linux as a router", "the octets that the second router sends on of damaged packets", "exact bytes"),
    Check("tshark on flipped bits", "each checksum of frames with flipped bits", "exact value"),
    Check("dpkt", "the checksums, and whether a flipped bit breaks them", "exact value"),
)

SCENARIOS = (
    # Step 23: the frame is complete, with every header in its place. It makes the thumbnail.
    Scenario("one-request", "One request", "step=23", "42 bytes of text go out in a frame of 100."),
    Scenario(
        "three-segments",
        "Three segments",
        "mss=20&hops=1&step=33",
        "A largest segment of 20 bytes: more header than text, and numbers that count bytes.",
    ),
    # Byte 60 is in the text; bit 2 is the one that tells upper from lower case.
    Scenario(
        "a-bit-on-the-wire",
        "A bit on the wire",
        "do=flip:wire:60:2&step=34",
        "One flipped bit: the frame’s checksum notices, and TCP would have too.",
    ),
    Scenario(
        "inside-the-router",
        "Inside the router",
        "do=flip:router:60:2&step=36",
        "The router makes a new frame around the damage; TCP alone is left to notice.",
    ),
    # Bytes 60 and 62, l and n, stand at the same place of their words and differ in bit 6 alone: they change places.
    Scenario(
        "nobody-notices",
        "Nobody notices",
        "do=flip:router:60:6&do=flip:router:62:6&step=42",
        "Two flips that cancel each other in the sum, inside a router: the program gets other text.",
    ),
    # Byte 37 is the port, byte 51 the checksum: 80 becomes 81, and the sum stays right.
    Scenario(
        "another-port",
        "Another port",
        "do=flip:router:51:7&do=flip:router:37:7&step=41",
        "All three checksums fit, and still nothing arrives: no program listens at port 81.",
    ),
    Scenario(
        "a-capture",
        "A capture",
        "offload=yes&step=8",
        "The card computes TCP’s checksum: a capture on the client shows another one.",
    ),
    Scenario(
        "a-packet-gives-up",
        "A packet gives up",
        "hops=5&ttl=2&step=28",
        "A time to live of two ends at the second router of five.",
    ),
    Scenario(
        "a-small-wire",
        "A small wire",
        "mtu=68&step=28",
        "The last wire takes 68 bytes: the packet comes back, and TCP cuts smaller.",
    ),
    Scenario(
        "fragments",
        "Fragments",
        "mtu=68&df=no&do=send:Tell+me+the+names+of+all+the+planets+please&do=look:1&step=29",
        "The same, but routers may cut: the server puts two packets together again.",
    ),
    Scenario(
        "another-route",
        "Another route",
        "mss=20&hops=0&do=reroute:3&do=send:and+the+moons&step=30",
        "Routers come into the way of a connection, and neither end needs to know.",
    ),
)  # fmt: skip

MOMENT = Moment("step=23", lambda done: f"+{done.outcome['wire_bytes'] - done.outcome['text_bytes']}", "bytes")
