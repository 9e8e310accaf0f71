"""Processor time of a server's processes, where the system tells."""

from __future__ import annotations

import os
from pathlib import Path

PROC = Path("/proc")


def children(pid: int | None = None) -> list[int]:
    """All processes that descend from this one; empty where /proc does not tell."""
    found = []
    for task in PROC.glob(f"{pid or os.getpid()}/task/*/children"):
        for child in map(int, task.read_text().split()):
            found += [child, *children(child)]
    return found


def seconds(pids: list[int]) -> float:
    """Processor time that they have used, all threads, user and system."""
    ticks = 0
    for pid in pids:
        try:
            # The name in brackets may hold anything; what follows it is fields 3 and on.
            fields = PROC.joinpath(str(pid), "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")
