"""The parent: it listens, keeps its processes alive, and renews each when it has grown old or large."""

from __future__ import annotations

import gc
import os
import resource
import select
import signal
import socket
import sys
import time
from dataclasses import dataclass
from types import FrameType

import psutil

from config.collector import look_rarely
from config.serve.process import PATIENCE, Application, Process

MEMORY = 400 * 1024 * 1024
"""Bytes of a process (resident set) from which it is renewed: about three times what it starts with."""
LIFETIME = 12 * 60 * 60.0
"""Seconds after which it is renewed; each process of a parent an eighth later than the one before."""
LOOK = 5.0
"""Seconds between two looks at age and size."""
FILES = 4096
"""Open files that a process may need at most, many times over."""
SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGCHLD)


def listening(host: str, port: int) -> socket.socket:
    """The one socket that all processes accept from. Raises OSError where it cannot be had."""
    made = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    made.bind((host, port))
    made.listen(1024)
    return made


@dataclass(frozen=True)
class Child:
    """A process that was started: when, on the monotonic clock, and after how long it is renewed."""

    pid: int
    born: float
    lifetime: float

    def is_due(self, memory: int) -> bool:
        """It has grown old, or too large."""
        try:
            return self.age > self.lifetime or psutil.Process(self.pid).memory_info().rss > memory
        except psutil.Error:
            return False

    @property
    def age(self) -> float:
        return time.monotonic() - self.born


class Supervisor:
    """Serves until SIGTERM or Ctrl-C. A process that dies is replaced; one that is due leaves when another answers."""

    def __init__(
        self,
        application: Application,
        shared: socket.socket,
        processes: int,
        *,
        memory: int = MEMORY,
        lifetime: float = LIFETIME,
        look: float = LOOK,
    ) -> None:
        self.application, self.shared, self.processes = application, shared, processes
        self.memory, self.lifetime, self.look = memory, lifetime, look
        self.serving: dict[int, Child] = {}
        self.leaving: dict[int, float] = {}
        """Those that were told to leave, and until when they may take."""
        self.started = 0
        # What a child reads of `alive` ends with this process, however it ends.
        self.alive, self.held = socket.socketpair()
        self.woken, self.waking = socket.socketpair()

    def run(self) -> None:
        for end in (self.woken, self.waking):
            end.setblocking(False)
        signal.set_wakeup_fd(self.waking.fileno())
        for number in SIGNALS:
            signal.signal(number, wake)
        gc.freeze()  # what is loaded by now stays, and is shared by all processes
        look_rarely()
        room_for_connections()
        while not self.told_to_end():
            self.reap()
            self.fill()
            self.renew()
            select.select([self.woken], [], [], self.look)
        self.end()

    def told_to_end(self) -> bool:
        """Reads which signals have come since."""
        try:
            told = self.woken.recv(4096)
        except BlockingIOError:
            return False
        if signal.SIGINT in told:
            sys.stdout.write("\n")
        return signal.SIGTERM in told or signal.SIGINT in told

    def reap(self) -> None:
        """Forgets those that have ended."""
        while self.serving or self.leaving:
            gone, _ = os.waitpid(-1, os.WNOHANG)
            if not gone:
                break
            self.leaving.pop(gone, None)
            child = self.serving.pop(gone, None)
            if child and child.age < 1:
                # Where it dies at once, the next one would too.
                time.sleep(1)
        for pid, until in self.leaving.items():
            if time.monotonic() > until:
                os.kill(pid, signal.SIGKILL)

    def fill(self) -> None:
        while len(self.serving) < self.processes:
            self.start()

    def renew(self) -> None:
        """One at a time: another one in its place first, then it is told to leave."""
        due = next((child for child in self.serving.values() if child.is_due(self.memory)), None)
        if due and not self.leaving:
            del self.serving[due.pid]
            self.start()
            self.tell(due.pid)

    def tell(self, pid: int) -> None:
        os.kill(pid, signal.SIGTERM)
        self.leaving[pid] = time.monotonic() + PATIENCE + 2

    def start(self) -> None:
        # A signal that comes before the child listens to it waits until it does.
        signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
        pid = os.fork()
        if not pid:
            try:
                self.become_a_child()
            finally:
                os._exit(0)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNALS)
        later = 1 + self.started % self.processes / 8
        self.started += 1
        self.serving[pid] = Child(pid, time.monotonic(), self.lifetime * later)

    def become_a_child(self) -> None:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        for end in (self.held, self.woken, self.waking):
            end.close()
        Process(self.application, self.shared, self.alive).run()

    def end(self) -> None:
        """All leave; what takes too long is ended."""
        # A second Ctrl-C means now.
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        self.shared.close()
        for pid in self.serving:
            self.tell(pid)
        self.serving.clear()
        try:
            while self.leaving:
                self.reap()
                time.sleep(0.01)
        except KeyboardInterrupt:
            for pid in self.leaving:
                os.kill(pid, signal.SIGKILL)


def room_for_connections() -> None:
    """As many open files as the system lets us have: each connection is one."""
    have, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = FILES if most == resource.RLIM_INFINITY else min(FILES, most)
    if have < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))


def wake(number: int, frame: FrameType | None) -> None:
    """The number is written to the wakeup socket, where `told_to_end` reads it."""
