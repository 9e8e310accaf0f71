"""A checkout of its own for a test that breaks what lies around the code."""

import shutil
import subprocess
from pathlib import Path

from tests.tiers import ROOT


def copy(target: Path) -> None:
    """The files of the project as they are now, and nothing that a run has written."""
    listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listed, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\0")
    for name in names:
        if name and (ROOT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, target / name)
