"""What npm brings for the tests: tests/real/node says what, .ci/node-packages puts it beside the Python packages."""

import subprocess
from pathlib import Path

from tests.conftest import ROOT
from tests.require import missing, require

SCRIPTS = ROOT / "tests/real/node"
HOME = ROOT / ".venv/node"


def package(name: str) -> Path:
    """Where it is."""
    path = HOME / "node_modules" / name
    if not path.is_dir():
        missing(f"{name} is missing; with npm here, .ci/environment requirements-test.lock installs it")
    return path


def told(script: str, text: str) -> str:
    """What a script makes of a text. Raises AssertionError where it complains of anything."""
    done = subprocess.run(
        # Read from its text, a script finds packages where it is started.
        [require("node", "nodejs"), "--input-type=module", "--eval", (SCRIPTS / script).read_text("utf-8")],
        cwd=HOME, input=text, capture_output=True, text=True, encoding="utf-8", check=False, timeout=60,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    return done.stdout
