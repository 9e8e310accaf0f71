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
from tests.mutate.relevant import Stage, stages

PATIENCE = 400
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
        self.broken: set[str] = set()
        self.sound: set[str] = set()

    def __enter__(self) -> Self:
        subprocess.run(["git", "clone", "--quiet", "--shared", str(self.root), str(self.copy)], check=True)
        for path in tracked(self.root):
            (self.copy / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(self.root / path, self.copy / path)
        (self.copy / ".venv").symlink_to((self.root / ".venv").resolve())
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        shutil.rmtree(self.copy)

    def killed(self, mutant: Mutant) -> bool:
        """Whether a test notices."""
        return any(self.notices(mutant, stage) for stage in stages(self.root, mutant.path))

    def notices(self, mutant: Mutant, stage: Stage) -> bool:
        """Whether one of these does. One that fails without the mutant too proves nothing: the rest is asked again."""
        path = self.copy / mutant.path
        text = path.read_text("utf-8")
        path.write_text(mutant.of(text), "utf-8")
        try:
            done = self.pytest(stage, "-x", "-q")
        except subprocess.TimeoutExpired:
            return True
        finally:
            path.write_text(text, "utf-8")
        # 5: there was no test to run.
        if done.returncode in (0, 5):
            return False
        failed = set(FAILED.findall(done.stdout))
        if failed <= self.broken or not self.all_broken(failed):
            return True
        self.broken |= failed
        return self.notices(mutant, stage)

    def all_broken(self, failed: set[str]) -> bool:
        """Whether all of these fail in the tree as it is."""
        if not failed or failed & self.sound:
            return False
        done = self.pytest([*sorted(failed)], "-q")
        self.sound |= failed - set(FAILED.findall(done.stdout))
        return not failed & self.sound

    def pytest(self, stage: Stage, *how: str) -> subprocess.CompletedProcess[str]:
        left_out = [f"--deselect={test}" for test in sorted(self.broken - set(stage))]
        return subprocess.run(
            [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *how, *left_out, *stage],
            cwd=self.copy,
            env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "SECRET_KEY": "only-for-mutants-" * 4},
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
