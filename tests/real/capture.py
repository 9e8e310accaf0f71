"""A capture file, written with `struct` and read by tshark: one row of fields for each frame."""

import csv
import io
import struct
import subprocess
from pathlib import Path

from tests.require import require

SETTINGS = ("ip.check_checksum:TRUE", "tcp.check_checksum:TRUE", "eth.check_fcs:TRUE", "eth.fcs:Always",
            "ip.defragment:TRUE", "tcp.desegment_tcp_streams:TRUE")  # fmt: skip
GOOD, BAD = "1", "0"


def tshark():
    return str(require("tshark", "tshark"))


def version():
    done = subprocess.run([tshark(), "--version"], capture_output=True, text=True, check=True)
    return done.stdout.split("\n")[0].split()[2].rstrip(".")


def written(path: Path, frames: list[bytes]) -> Path:
    """The classic format: a header, and before each frame its time and its length. Link type 1 is Ethernet."""
    parts = [struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, 1)]
    for number, frame in enumerate(frames):
        parts += [struct.pack("<IIII", number // 1000, number % 1000, len(frame), len(frame)), frame]
    path.write_bytes(b"".join(parts))
    return path


def dissected(path: Path, frames: list[bytes], fields: list[str], *more: str) -> list[dict[str, str]]:
    """What tshark says about each frame."""
    command = [tshark(), "-n", "-r", str(written(path, frames)), "-T", "fields", "-E", "header=y", "-E", "separator=/t"]
    command += ["-E", "occurrence=l", *more]
    for setting in SETTINGS:
        command += ["-o", setting]
    for field in fields:
        command += ["-e", field]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    rows = list(csv.DictReader(io.StringIO(done.stdout), delimiter="\t", quoting=csv.QUOTE_NONE))
    assert len(rows) == len(frames)
    return rows
