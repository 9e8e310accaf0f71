"""`python -m config.serve PORT` serves the site on this machine: one process a core, each with one thread.

Pages are work for the processor, and SQLite gains nothing from more threads than that. Waitress reads and
writes every connection without blocking, so a slow reader holds up nobody, and takes request lines up to
256 KiB: an address that is far too long gets the site's own answer, in words.
"""

import gc
import os
import signal
import socket
import sys
import time
from logging import ERROR, getLogger
from types import FrameType

import waitress
from waitress.channel import HTTPChannel
from waitress.task import WSGITask

from config.collector import look_rarely
from config.wsgi import application

CONNECTIONS = 500
"""Connections that a process holds at once; more wait in the backlog."""
BODY = 4 * 1024 * 1024
"""Bytes of a request body; nothing here takes more."""


def listening(port: int) -> socket.socket:
    """The one socket that all processes accept from: on loopback, unless HOST says otherwise."""
    made = socket.socket()
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    made.bind((os.environ.get("HOST") or "127.0.0.1", port))
    made.listen(1024)
    return made


def serve(shared: socket.socket) -> None:
    """Answers until SIGTERM."""
    signal.signal(signal.SIGTERM, leave)
    # It warns of every request that has to wait its turn.
    getLogger("waitress.queue").setLevel(ERROR)
    server = waitress.create_server(
        application,
        sockets=[shared],
        threads=1,
        ident=None,
        connection_limit=CONNECTIONS,
        asyncore_use_poll=True,
        max_request_body_size=BODY,
        # Django reads X-Forwarded-Proto, and only on a public site.
        clear_untrusted_proxy_headers=False,
    )
    server.channel_class = Channel
    server.run()


class Task(WSGITask):
    """An answer. Waitress ends the connection after one without a length; a 304 needs none, for it has no body."""

    def set_close_on_finish(self) -> None:
        asked = self.request.headers.get("CONNECTION", "").lower()
        if self.has_body or self.version != "1.1" or asked == "close":
            super().set_close_on_finish()


class Channel(HTTPChannel):
    task_class = Task


def leave(number: int, frame: FrameType | None) -> None:
    raise SystemExit(0)


def start(shared: socket.socket) -> int:
    """A new process that serves; its id."""
    made = os.fork()
    if made:
        return made
    try:
        serve(shared)
    finally:
        os._exit(0)


def main(port: int, processes: int) -> None:
    """Serves until SIGTERM or Ctrl-C; a process that dies is replaced."""
    shared = listening(port)
    signal.signal(signal.SIGTERM, leave)
    gc.freeze()  # what is loaded by now stays, and is shared by all processes
    look_rarely()
    children = {start(shared) for _ in range(processes)}
    try:
        while True:
            gone, _ = os.wait()
            children.discard(gone)
            # Where it dies at once, the next one would too.
            time.sleep(1)
            children.add(start(shared))
    except KeyboardInterrupt:
        sys.stdout.write("\n")
    finally:
        for child in children:
            os.kill(child, signal.SIGTERM)
        for child in children:
            os.waitpid(child, 0)


if __name__ == "__main__":
    main(int(sys.argv[1]), max(2, os.cpu_count() or 1))
