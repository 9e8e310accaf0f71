"""Git itself, without anybody's configuration."""

import os
import subprocess
from pathlib import Path

from tests.require import require

COMMAND = ("-c", "init.defaultBranch=main", "-c", "core.quotePath=false", "-c", "gc.auto=0", "-c", "core.fsync=none")


class Repository:
    """A repository in an empty folder."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.program = folder, require("git", "git")
        folder.mkdir(parents=True, exist_ok=True)
        self("init", "-q")

    def __call__(self, *words: str, given: bytes = b"", who: str = "", when: tuple[int, int] = (0, 0)) -> bytes:
        """What it prints. `when`: seconds of author and committer."""
        done = self.done(*words, given=given, who=who, when=when)
        assert done.returncode == 0, (words, done.stderr.decode())
        return done.stdout

    def done(self, *words: str, given: bytes = b"", who: str = "", when: tuple[int, int] = (0, 0)):
        env = {
            "PATH": os.environ["PATH"], "HOME": str(self.folder), "GIT_CONFIG_NOSYSTEM": "1", "LC_ALL": "C.UTF-8",
            "GIT_CONFIG_GLOBAL": os.devnull, "GIT_AUTHOR_NAME": who, "GIT_AUTHOR_EMAIL": f"{who}@lab",
            "GIT_COMMITTER_NAME": who, "GIT_COMMITTER_EMAIL": f"{who}@lab",
            "GIT_AUTHOR_DATE": f"@{when[0]} +0000", "GIT_COMMITTER_DATE": f"@{when[1]} +0000",
        }  # fmt: skip
        command = [str(self.program), *COMMAND, *words]
        return subprocess.run(command, cwd=self.folder, env=env, input=given, capture_output=True, check=False)

    def objects(self) -> dict[str, tuple[str, bytes]]:
        """Every object that it holds: kind and content by id."""
        found, rest = {}, self("cat-file", "--batch-all-objects", "--batch", "--unordered")
        while rest:
            line, rest = rest.split(b"\n", 1)
            id_, kind, size = line.decode().split(" ")
            found[id_], rest = (kind, rest[: int(size)]), rest[int(size) + 1 :]
        return found


def version() -> str:
    return subprocess.run(
        [require("git", "git"), "--version"], capture_output=True, text=True, check=True
    ).stdout.split()[2]
