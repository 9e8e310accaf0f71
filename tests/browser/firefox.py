"""Debian's firefox-esr, spoken to by WebDriver BiDi (W3C): no driver program is needed, only its websocket.

program   firefox-esr --headless --remote-debugging-port 0 --profile <folder>
session   ws://127.0.0.1:<port>/session
"""

import json
import re
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect

from tests.require import require

PATIENCE = 60


class Page:
    """One tab, and everything that it complained about."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket
        self.numbers = count(1)
        self.complaints: list[str] = []
        self.ask("session.new", capabilities={})
        self.ask("session.subscribe", events=["log.entryAdded"])
        self.tab = self.ask("browsingContext.create", type="tab")["context"]

    def ask(self, method: str, **parameters: Any) -> dict[str, Any]:
        """One command and its answer; what happens meanwhile is noted. Raises AssertionError for an error."""
        number = next(self.numbers)
        self.socket.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while True:
            told = json.loads(self.socket.recv(timeout=PATIENCE))
            if told.get("method") == "log.entryAdded" and told["params"]["level"] in ("error", "warn"):
                self.complaints.append(f"{told['params']['level']}: {told['params']['text']}")
            if told.get("id") == number:
                assert told["type"] == "success", f"{method}: {told}"
                found: dict[str, Any] = told["result"]
                return found

    def go(self, address: str, width: int) -> None:
        """Leaves when every font has come: one that is broken off is a complaint, and nobody's fault."""
        self.evaluate("document.fonts.ready.then(() => true)")
        self.ask("browsingContext.setViewport", context=self.tab, viewport={"width": width, "height": 900})
        self.ask("browsingContext.navigate", context=self.tab, url=address, wait="complete")

    def evaluate(self, expression: str) -> Any:
        """The value of an expression, as JSON; a promise is waited for."""
        told = self.ask(
            "script.evaluate",
            expression=f"(async () => JSON.stringify(await ({expression})))()",
            target={"context": self.tab},
            awaitPromise=True,
        )
        assert told["type"] == "success", told
        return json.loads(told["result"].get("value", "null"))

    def until(self, expression: str) -> None:
        """Waits until it is true."""
        deadline = time.monotonic() + 10
        while not self.evaluate(expression):
            assert time.monotonic() < deadline, expression
            time.sleep(0.05)

    def press(self, *keys: str) -> None:
        actions = [{"type": kind, "value": key} for key in keys for kind in ("keyDown", "keyUp")]
        self.ask("input.performActions", context=self.tab, actions=[{"type": "key", "id": "keys", "actions": actions}])


@contextmanager
def firefox() -> Iterator[Page]:
    program = require("firefox-esr", "firefox-esr")
    with tempfile.TemporaryDirectory(prefix="firefox", ignore_cleanup_errors=True) as folder:
        log = Path(folder, "log")
        # Nothing is asked of anybody but our own server.
        Path(folder, "user.js").write_text(
            "".join(f'user_pref("{name}", {json.dumps(value)});\n' for name, value in QUIET.items())
        )
        with log.open("wb") as out:
            words = [str(program), "--headless", "--no-remote", "--remote-debugging-port", "0", "--profile", folder]
            process = subprocess.Popen(words, stdout=out, stderr=out, env={"HOME": folder, "PATH": "/usr/bin:/bin"})
        try:
            with connect(f"{address_in(log, process)}/session", max_size=None, open_timeout=PATIENCE) as socket:
                yield Page(socket)
        finally:
            process.terminate()
            process.wait(20)


QUIET = {
    "app.normandy.enabled": False,
    "app.update.disabledForTesting": True,
    "browser.safebrowsing.downloads.enabled": False,
    "browser.safebrowsing.malware.enabled": False,
    "browser.safebrowsing.phishing.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "extensions.update.enabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "services.settings.server": "data:,",
    "toolkit.telemetry.reportingpolicy.firstRun": False,
}


def address_in(log: Path, process: subprocess.Popen[bytes]) -> str:
    """What Firefox says about where it listens."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        if found := re.search(r"WebDriver BiDi listening on (ws://\S+)", log.read_text("utf-8", "replace")):
            return found[1]
        time.sleep(0.1)
    raise AssertionError(f"Firefox did not start:\n{log.read_text('utf-8', 'replace')}")
