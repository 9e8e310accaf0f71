"""A copy of the tree, and what its tests say of a mutant."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.mutate.places import Mutant
from tests.mutate.relevant import EVERYTHING, Stage, stages

PATIENCE = 240
"""Seconds that a run of pytest may take. A mutant that never ends is killed."""

FAILED = re.compile(r"^(?:FAILED|ERROR) (\S+)", re.MULTILINE)


def tracked(root: Path) -> list[str]:
    """What belongs to the tree: also what is new and not committed yet."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True).stdout
    return sorted({path for path in listed.split("\0") if path and (root / path).is_file()})


class Trial:
    """A copy of the tree, as a repository of its own, as long as it is looked at."""

    def __init__(self, root: Path, copy: Path) -> None:
        self.root, self.copy = root, copy
        self.broken: list[str] = []

    def __enter__(self) -> Self:
        subprocess.run(["git", "clone", "--quiet", "--shared", str(self.root), str(self.copy)], check=True)
        for path in tracked(self.root):
            (self.copy / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(self.root / path, self.copy / path)
        (self.copy / ".venv").symlink_to((self.root / ".venv").resolve())
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        shutil.rmtree(self.copy)

    def sound(self) -> list[str]:
        """Tests that fail as it is: they would kill everything, prove nothing, and are left out from here on."""
        self.broken = FAILED.findall(self.pytest(EVERYTHING, "-q").stdout)
        return self.broken

    def killed(self, mutant: Mutant) -> bool:
        """Whether a test notices."""
        path = self.copy / mutant.path
        text = path.read_text("utf-8")
        path.write_text(mutant.of(text), "utf-8")
        try:
            return any(self.notices(stage) for stage in stages(self.root, mutant.path))
        finally:
            path.write_text(text, "utf-8")

    def notices(self, stage: Stage) -> bool:
        try:
            # 5: there was no test to run.
            return self.pytest(stage, "-x", "-q", "--no-summary").returncode not in (0, 5)
        except subprocess.TimeoutExpired:
            return True

    def pytest(self, stage: Stage, *how: str) -> subprocess.CompletedProcess[str]:
        left_out = [f"--deselect={test}" for test in self.broken]
        return subprocess.run(
            [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *how, *left_out, *stage],
            cwd=self.copy,
            env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "SECRET_KEY": "only-for-mutants-" * 4},
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
