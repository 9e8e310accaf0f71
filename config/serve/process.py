"""A process that answers, until it is told to leave or its parent is gone."""

from __future__ import annotations

import resource
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterable
from types import FrameType

import waitress
from waitress import wasyncore

from config.serve.channel import Channel
from config.serve.lanes import Lanes

CONNECTIONS = 500
"""Connections that a process holds at once; more wait in the backlog."""
SPARED = 100
"""Open files that are no connections: the program, the database, static files."""
Application = Callable[..., Iterable[bytes]]
"""What WSGI calls (PEP 3333)."""
BODY = 4 * 1024 * 1024
"""Bytes of a request body; nothing here takes more."""
QUIET = 1.0
"""Seconds that a connection on which nothing happens is kept while the process leaves: a request may be on its way."""
PATIENCE = 15.0
"""Seconds that requests under way have to end."""


def connections() -> int:
    """How many are held at once: where the system gives fewer files, some are left for the site itself."""
    files = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    return CONNECTIONS if files == resource.RLIM_INFINITY else max(10, min(CONNECTIONS, files - SPARED))


class Lifeline(wasyncore.dispatcher):
    """The reading end of a pipe whose other end the parent alone holds: it ends when the parent does, however."""

    def __init__(self, process: Process, reading: socket.socket) -> None:
        super().__init__(reading, process.sockets)
        self.process = process

    def writable(self) -> bool:
        return False

    def handle_read(self) -> None:
        self.recv(1)  # nothing is ever sent: it has ended

    def handle_close(self) -> None:
        self.close()
        self.process.leave()


class Process:
    """Serves an application on a socket that is listened to already; `alive` ends with the parent."""

    def __init__(self, application: Application, shared: socket.socket, alive: socket.socket) -> None:
        self.sockets: dict[int, wasyncore.dispatcher] = {}
        self.lanes = Lanes()
        self.server = waitress.create_server(
            application,
            map=self.sockets,
            sockets=[shared],
            _dispatcher=self.lanes,
            ident=None,
            connection_limit=connections(),
            log_socket_errors=False,  # strangers make them
            asyncore_use_poll=True,
            max_request_body_size=BODY,
            # Django reads X-Forwarded-Proto, and only on a public site.
            clear_untrusted_proxy_headers=False,
        )
        self.server.channel_class = Channel
        self.lifeline = Lifeline(self, alive)
        self.since = 0.0
        """When it began to leave, on the monotonic clock; 0 while it stays."""
        self.told_to_leave = False

    def run(self) -> None:
        """Answers until it has left."""
        # Threads that work on runs give way sooner than Python's 5 ms: a probe and a lesson wait for each of them.
        sys.setswitchinterval(0.001)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self.asked_to_leave)
        signal.pthread_sigmask(signal.SIG_SETMASK, ())
        while not self.has_left():
            wasyncore.loop(timeout=0.2 if self.since else 5, use_poll=True, map=self.sockets, count=1)

    def asked_to_leave(self, number: int, frame: FrameType | None) -> None:
        self.leave()

    def leave(self) -> None:
        """Says that it is to leave. It may interrupt anything, itself too: no lock may be taken here."""
        self.told_to_leave = True
        self.server.pull_trigger()

    def close_the_door(self) -> None:
        """Takes no new connection (who waits for one goes to the others); those that are open end with an answer."""
        self.since = time.monotonic()
        Channel.leaving.set()
        self.server.accepting = False
        self.server.del_channel(self.sockets)
        self.server.socket.close()

    def has_left(self) -> bool:
        """True once nothing is under way any more, or for too long."""
        if not self.told_to_leave:
            return False
        if not self.since:
            self.close_the_door()
        waited = time.monotonic() - self.since
        for channel in list(self.server.active_channels.values()):
            if waited > QUIET and channel.idle:
                channel.will_close = True
        return not self.server.active_channels or waited > PATIENCE
