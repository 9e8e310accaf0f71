"""A real nginx behind a relay that holds every byte for a while, each way, and clients that count round trips.

    program   nginx (one worker, unprivileged, unix sockets only): `.one` speaks HTTP/1, `.two` HTTP/2 without TLS
    relay     a unix socket for each; what arrives is written on after the hold, in order
    client    asks for small objects by the rule of a version, and takes the time to the last byte

Opening a connection to a unix socket takes no time, so handshakes are not in these counts. Times are those of
the clock on the wall; a count is the time divided by the round trip and rounded down, the lowest of a few
tries: a busy machine can only make it higher. So only a count that is too high is taken again.
"""

import asyncio
import subprocess
import time
from contextlib import contextmanager, suppress

import h2.connection
import h2.events

from tests.real import programs
from tests.require import require

CONFIG = """
daemon off;
pid nginx.pid;
error_log error.log warn;
worker_processes 1;
events {{ worker_connections 256; }}
http {{
  access_log off;
  client_body_temp_path temp/1; proxy_temp_path temp/2; fastcgi_temp_path temp/3;
  uwsgi_temp_path temp/4; scgi_temp_path temp/5;
  server {{ listen unix:.one; location / {{ return 200 "{body}"; }} }}
  server {{ listen unix:.two http2; location / {{ return 200 "{body}"; }} }}
}}
"""
BODY = "x" * 200
HOLDS = (0.030, 0.030, 0.060, 0.120, 0.240)
"""Seconds that every byte is held, try by try: a longer hold forgives a busier machine."""


def version() -> str:
    told = subprocess.run([require("nginx", "nginx"), "-v"], capture_output=True, text=True, check=True).stderr
    return told.strip().rpartition("/")[2]


@contextmanager
def serving():
    """nginx in a folder of its own."""
    with programs.folder("hv", "temp") as folder:
        (folder / "nginx.conf").write_text(CONFIG.format(body=BODY))
        with programs.started(programs.nginx(folder), folder) as process:
            for _ in range(250):
                if (folder / ".two").exists() and (folder / ".one").exists():
                    break
                assert process.poll() is None, (folder / "error.log").read_text()
                time.sleep(0.02)
            yield folder


async def pump(reader, writer, hold):
    """What comes is written after the hold; the order stays."""
    loop = asyncio.get_running_loop()
    while data := await reader.read(65536):
        loop.call_later(hold, writer.write, data)
    await asyncio.sleep(hold)
    await shut(writer)


async def shut(writer):
    writer.close()
    with suppress(OSError):
        await writer.wait_closed()


async def relay(folder, name, hold):
    """A socket before nginx's; each connection there opens one to nginx."""

    async def joined(reader, writer):
        inner = await asyncio.open_unix_connection(str(folder / name))
        await asyncio.gather(pump(reader, inner[1], hold), pump(inner[0], writer, hold))

    return await asyncio.start_unix_server(joined, str(folder / f"{name}.slow"))


async def one_answer(reader):
    head = await reader.readuntil(b"\r\n\r\n")
    await reader.readexactly(int(head.lower().partition(b"content-length: ")[2].split()[0]))


def asking(number):
    return f"GET /{number} HTTP/1.1\r\nHost: page.example\r\n\r\n".encode()


async def serial(folder, numbers):
    reader, writer = await asyncio.open_unix_connection(str(folder / ".one.slow"))
    for number in numbers:
        writer.write(asking(number))
        await one_answer(reader)
    await shut(writer)


async def pipelined(folder, count):
    reader, writer = await asyncio.open_unix_connection(str(folder / ".one.slow"))
    writer.write(b"".join(map(asking, range(count))))
    for _ in range(count):
        await one_answer(reader)
    await shut(writer)


async def old(folder, count):
    """HTTP/1.0: a connection for each object."""
    for number in range(count):
        reader, writer = await asyncio.open_unix_connection(str(folder / ".one.slow"))
        writer.write(f"GET /{number} HTTP/1.0\r\n\r\n".encode())
        assert (await reader.read(-1)).endswith(BODY.encode())
        await shut(writer)


async def six(folder, count):
    """Six connections; each asks for the next object when it is free."""
    left = iter(range(count))
    await asyncio.gather(*(serial(folder, left) for _ in range(min(6, count))))


async def streams(folder, count):
    """HTTP/2 with prior knowledge: preface, settings and all requests at once."""
    reader, writer = await asyncio.open_unix_connection(str(folder / ".two.slow"))
    made = h2.connection.H2Connection()
    made.initiate_connection()
    for number in range(count):
        fields = [(":method", "GET"), (":scheme", "http"), (":authority", "page.example"), (":path", f"/{number}")]
        made.send_headers(2 * number + 1, fields, end_stream=True)
    writer.write(made.data_to_send())
    ended = 0
    while ended < count:
        events = made.receive_data(await reader.read(65536))
        ended += sum(isinstance(event, h2.events.StreamEnded) for event in events)
        writer.write(made.data_to_send())
    await shut(writer)


CLIENTS = {
    "1.0": old,
    "1.1": lambda folder, count: serial(folder, range(count)),
    "1.1-pipelined": pipelined,
    "1.1-six": six,
    "2": streams,
}


async def timed(folder, version, count):
    began = time.perf_counter()
    await CLIENTS[version](folder, count)
    return time.perf_counter() - began


async def counted(folder, cases, wanted):
    """For each case the least number of round trips in a few tries; one that is as low as wanted is not tried again."""
    least = dict.fromkeys(cases, 10**6)
    for hold in HOLDS:
        open_ = [case for case in cases if least[case] > wanted[case]]
        if not open_:
            break
        servers = [await relay(folder, name, hold) for name in (".one", ".two")]
        times = await asyncio.gather(*(timed(folder, *case) for case in open_))
        for case, took in zip(open_, times, strict=True):
            least[case] = min(least[case], int(took / (2 * hold)))
        for server, name in zip(servers, (".one", ".two"), strict=True):
            server.close()
            (folder / f"{name}.slow").unlink(missing_ok=True)
    # What was closed at one end has still to be closed at the other.
    if left := asyncio.all_tasks() - {asyncio.current_task()}:
        await asyncio.wait(left, timeout=1)
    return least


def round_trips(cases, wanted):
    with serving() as folder:
        return asyncio.run(counted(folder, cases, wanted))
