"""What a host and a router do with what they read, rule by rule: the ends that a bit may bring about."""

from dataclasses import replace

import pytest

from playground.machines.packets import checksum, ending, ethernet, forwarding, host, ipv4, nat, reassembly, tcp
from playground.machines.packets.connection import Connection, after
from playground.machines.packets.host import Host
from playground.machines.packets.tcp import ACK, FIN, PSH, RST, SYN, URG

CLIENT, SERVER = bytes([192, 0, 2, 10]), bytes([198, 51, 100, 7])
MAC = bytes([2, 0, 0, 0, 1, 1])
OPEN = Connection((SERVER, 80), (CLIENT, 50000), expected=1001, next=700001)
SEGMENT = tcp.Segment(50000, 80, 1001, 700001, ACK | PSH, b"hello")
PACKET = ipv4.Packet(CLIENT, SERVER, 7, ipv4.DONT_FRAGMENT, 64, tcp.PROTOCOL, b"")


class Sums:
    """The checksums as they are."""

    frame_holds = staticmethod(ethernet.holds)
    header_holds = staticmethod(checksum.holds)
    segment_holds = staticmethod(tcp.holds)


def packet(segment=SEGMENT, **other):
    """A packet with all its checksums."""
    plain = replace(PACKET, **other)
    return ipv4.sealed(replace(plain, data=tcp.sealed(segment, plain.source, plain.target).bytes()))


def end(data, mac=MAC):
    frame = ethernet.Frame(mac, bytes(6), data).bytes()
    return host.ended(host.received([frame], Host(MAC, OPEN), Sums()))


def sealed(data):
    """The octets of a packet with the checksum that fits its header."""
    size = 4 * (data[0] & 15)
    plain = data[:10] + bytes(2) + data[12:]
    return plain[:10] + checksum.checksum(plain[:size]).to_bytes(2, "big") + plain[12:]


def test_a_segment_that_is_expected_is_delivered():
    assert end(packet().bytes())[::6] == (ending.DELIVERED, b"hello")


@pytest.mark.parametrize(
    ("other", "verdict", "answer", "text"),
    [
        ({"target": 81}, ending.REFUSED, ending.RST, b""),
        ({"source": 50001}, ending.REFUSED, ending.RST, b""),
        ({"target": 81, "flags": RST}, ending.DROPPED, "", b""),
        ({"source": 50001, "flags": SYN}, ending.OPENED, ending.SYN_ACK, b""),
        ({"flags": PSH}, ending.DROPPED, "", b""),
        ({"flags": ACK | RST}, ending.RESET, "", b""),
        ({"flags": ACK | RST, "sequence": 1002}, ending.DROPPED, ending.ACK, b""),
        ({"flags": ACK | SYN}, ending.DROPPED, ending.ACK, b""),
        ({"flags": ACK | URG}, ending.DELIVERED, ending.ACK, b"ello"),
        ({"sequence": 999}, ending.DELIVERED, ending.ACK, b"llo"),
        ({"sequence": 996}, ending.DROPPED, ending.ACK, b""),
        ({"sequence": 1002}, ending.KEPT, ending.ACK, b""),
        ({"sequence": 1001 + 64240}, ending.DROPPED, ending.ACK, b""),
        ({"acknowledged": 700002}, ending.DROPPED, ending.ACK, b""),
        ({"acknowledged": 700000}, ending.DROPPED, ending.ACK, b""),
        ({"window": 0}, ending.DELIVERED, ending.ACK, b"hello"),
    ],
)
def test_a_field_of_tcp_decides_where_the_checksum_fits(other, verdict, answer, text):
    found = end(packet(replace(SEGMENT, **other)).bytes())
    assert (found.verdict, found.answer, found.text) == (verdict, answer, text)


def test_a_fin_hands_over_the_text_and_closes():
    found = end(packet(replace(SEGMENT, flags=ACK | FIN)).bytes())
    assert (found.text, found.closes) == (b"hello", True)


@pytest.mark.parametrize(
    ("other", "field", "answer"),
    [
        ({"protocol": 7}, "protocol", ending.UNREACHABLE),
        ({"protocol": 17}, "protocol", ""),
        ({"target": bytes([198, 51, 100, 6])}, "destination address", ""),
        ({"source": bytes([127, 0, 0, 1])}, "source address", ""),
        ({"source": SERVER}, "source address", ""),
        ({"flags": ipv4.MORE}, "fragment", ""),
    ],
)
def test_a_field_of_ip_decides_where_its_checksum_fits(other, field, answer):
    found = end(packet(**other).bytes())
    assert (found.layer, found.field, found.answer) == (ending.IP, field, answer)


@pytest.mark.parametrize(
    ("place", "value", "field"),
    [(0, 0x65, "version"), (0, 0x44, "IHL"), (0, 0x46, "options"), (2, 0x01, "total length"), (3, 19, "total length")],
)
def test_the_shape_of_a_header_decides_before_its_addresses(place, value, field):
    data = bytearray(packet().bytes())
    data[place] = value
    assert end(sealed(bytes(data))).field == field


def test_a_longer_header_is_summed_up_as_far_as_it_says():
    data = bytearray(packet().bytes())
    data[0] = 0x46
    assert end(bytes(data)).field == "checksum"


def test_a_frame_for_another_card_is_left_alone():
    assert end(packet().bytes(), mac=bytes([2, 0, 0, 0, 9, 9])).field == "destination MAC"


def test_a_layer_above_is_asked_although_the_frame_would_be_dropped():
    frame = bytearray(ethernet.Frame(MAC, bytes(6), packet().bytes()).bytes())
    frame[55] ^= 1
    assert [one.fits for one in host.received([bytes(frame)], Host(MAC, OPEN), Sums())] == [False, True, False]


def test_numbers_are_compared_on_the_circle():
    assert (after(1, 2**32 - 1), after(2**32 - 1, 1)) == (2, -2)


def test_fragments_come_together_in_any_order_and_wait_for_each_other():
    cut = [one.bytes() for one in ipv4.fragments(packet(flags=0), 28)]
    assert len(cut) == 4
    assert reassembly.together([cut[0], *reversed(cut[1:])]) == packet(flags=0).data
    assert reassembly.together(cut[:-1]) is None
    assert reassembly.together([*cut, cut[1]]) is None


def test_a_router_sends_on_what_a_sender_with_one_less_to_live_would_have_sent():
    assert forwarding.sent_on(packet().bytes()) == packet(ttl=63).bytes()


@pytest.mark.parametrize(
    ("other", "field", "answer"),
    [
        ({"ttl": 1}, "time to live", ending.TIME_EXCEEDED),
        ({"target": CLIENT}, "destination address", ""),
        ({"ttl": 1, "offset": 3}, "time to live", ""),
    ],
)
def test_a_router_stops_what_may_not_go_on(other, field, answer):
    found = forwarding.stopped(packet(**other).bytes(), SERVER, checksum.holds)
    assert found
    assert (found.field, found.answer) == (field, answer)


def test_a_router_cuts_or_says_that_it_must_not():
    whole = forwarding.pieces(packet().bytes(), 28)
    assert isinstance(whole, ending.Ending)
    assert whole.answer == ending.TOO_BIG
    cut = forwarding.pieces(packet(flags=0).bytes(), 28)
    assert cut == [one.bytes() for one in ipv4.fragments(packet(flags=0), 28)]


def test_nat_leaves_checksums_that_fit():
    outside = nat.translated(packet())
    assert (outside.source, outside.data[:2]) == (nat.PUBLIC, nat.PORT.to_bytes(2, "big"))
    assert checksum.holds(outside.header())
    assert tcp.holds(outside.source, outside.target, outside.data)


def test_what_is_left_to_the_card_is_the_sum_of_the_pseudo_header():
    left = tcp.left_to_the_card(SEGMENT, CLIENT, SERVER)
    assert left.checksum == checksum.fold(0xC000 + 0x020A + 0xC633 + 0x6407 + 6 + 25)
