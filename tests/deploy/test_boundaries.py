"""Where the body of a request ends, told in two ways or in none that is clear: the next request is never part of it."""

from collections.abc import Iterator

import pytest

from tests.browser.server import Site, serving
from tests.deploy.wire import Line

pytestmark = pytest.mark.deploy


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with serving() as running:
        yield running


@pytest.mark.asvs("4.2.1")
def test_where_pieces_and_a_length_are_told_the_pieces_count(site):
    """RFC 9112, 6.3. Whoever believed the length would take the next request for a part of this one's body."""
    after = b"GET /livez HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
    both = b"Content-Length: %d\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" % (5 + len(after))
    with Line(site.origin) as line:
        assert line.send(b"POST /lessons/ HTTP/1.1\r\nHost: 127.0.0.1\r\n" + both + after).status == 405
        assert line.answer().body == b"ok\n"


@pytest.mark.asvs("4.2.1")
@pytest.mark.parametrize(
    "lengths",
    [
        b"Content-Length: 4\r\nContent-Length: 5\r\n\r\nabcde", b"Content-Length: +4\r\n\r\nabcd",
        b"Content-Length: -1\r\n\r\n", b"Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
        b"Transfer-Encoding: chunked\r\n\r\nxyz\r\n\r\n",
    ],
)  # fmt: skip
def test_a_body_whose_end_is_not_clear_is_refused_and_the_connection_ends(site, lengths):
    with Line(site.origin) as line:
        answer = line.send(b"POST /lessons/ HTTP/1.1\r\nHost: 127.0.0.1\r\n" + lengths)
        assert answer.status in (400, 501)
        line.socket.settimeout(10)
        assert line.read + line.socket.recv(1) == b""
