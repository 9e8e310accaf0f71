"""The site's secret is made once, for its owner alone, whoever starts first."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import secret
from tests.conftest import ROOT


def test_the_first_run_makes_it_and_the_next_run_reads_it(tmp_path: Path):
    path = tmp_path / "data" / "secret-key"
    first = secret.read_or_make(path)
    assert len(first) >= 50
    assert secret.read_or_make(path) == first


@pytest.mark.asvs("13.3.1")
def test_two_sites_have_two_secrets(tmp_path: Path):
    assert secret.read_or_make(tmp_path / "a") != secret.read_or_make(tmp_path / "b")


@pytest.mark.asvs("13.3.1")
def test_only_its_owner_can_read_it_whatever_the_umask(tmp_path: Path):
    before = os.umask(0)
    try:
        secret.read_or_make(tmp_path / "secret-key")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "secret-key").stat().st_mode) == 0o600


@pytest.mark.asvs("13.3.1")
def test_others_cannot_read_it_even_for_a_moment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    modes = []
    real_open = os.open

    def watching_open(path: Path, flags: int, mode: int = 0o777) -> int:
        assert flags & os.O_CREAT
        assert flags & os.O_EXCL
        modes.append(mode)
        return real_open(path, flags, mode)

    monkeypatch.setattr(os, "open", watching_open)
    secret.read_or_make(tmp_path / "secret-key")
    assert modes == [0o600]


def test_processes_that_start_together_agree(tmp_path: Path):
    """Twelve processes wait for one signal and then all ask; each says what it got."""
    program = (
        "import sys; from pathlib import Path; from config import secret\n"
        "print('ready', flush=True); sys.stdin.readline()\n"
        "print(secret.read_or_make(Path(sys.argv[1])))"
    )
    path = tmp_path / "secret-key"
    processes = [
        subprocess.Popen(
            [sys.executable, "-B", "-c", program, str(path)],
            cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )
        for _ in range(12)
    ]  # fmt: skip
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    answers = {process.communicate(timeout=30)[0].strip() for process in processes}
    assert answers == {path.read_text()}
    assert [path.name for path in tmp_path.iterdir()] == ["secret-key"], "the losers clean up behind them"


@pytest.mark.parametrize("content", [b"", b"\n", b"\xff\xfe"], ids=["empty", "blank", "no text"])
def test_a_file_without_a_secret_is_refused_in_a_sentence(tmp_path: Path, content: bytes):
    (tmp_path / "secret-key").write_bytes(content)
    with pytest.raises(ImproperlyConfigured, match=r"secret-key holds no secret\. Delete it"):
        secret.read_or_make(tmp_path / "secret-key")
