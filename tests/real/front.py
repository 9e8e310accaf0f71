"""What fronts share: one connection, one request after the other, or several held open."""

import socket
import subprocess
import time
from pathlib import Path


class Front:
    """A program under test that listens on `.front` in its folder."""

    def __init__(self, folder: Path, process: subprocess.Popen[bytes], log: Path, name: str = ".front") -> None:
        self.folder, self.name = folder, name
        self.socket = self.connected(process, log)

    def connected(self, process: subprocess.Popen[bytes], log: Path) -> socket.socket:
        for _ in range(250):
            try:
                return self.another()
            except (FileNotFoundError, ConnectionRefusedError):
                if process.poll() is not None:
                    break
                time.sleep(0.02)
        raise AssertionError(log.read_text())

    def another(self) -> socket.socket:
        """One more connection to the front."""
        link = socket.socket(socket.AF_UNIX)
        link.settimeout(5)
        try:
            link.connect(str(self.folder / self.name))
        except OSError:
            link.close()
            raise
        return link

    def close(self) -> None:
        self.socket.close()

    def ask(self, path: str, headers: str = "") -> tuple[str, str]:
        """Head and body of an answer."""
        self.socket.sendall(f"GET {path} HTTP/1.1\r\nHost: front\r\n{headers}\r\n".encode())
        return read(self.socket)


def read(link: socket.socket) -> tuple[str, str]:
    """One answer with a length."""
    answer = b""
    while b"\r\n\r\n" not in answer:
        more = link.recv(4096)
        assert more, answer
        answer += more
    head, _, body = answer.partition(b"\r\n\r\n")
    length = int(head.lower().partition(b"content-length: ")[2].split()[0])
    while len(body) < length:
        body += link.recv(4096)
    return head.decode(), body.decode()
