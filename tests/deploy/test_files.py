"""The service and the container name what exists, and start what `make run` starts."""

import configparser
import os
import re
import shutil
import subprocess
import time

import pytest

from config.serve.lanes import RUNS
from tests.browser.server import free_port, serving
from tests.conftest import ROOT
from tests.require import require

DEPLOY = ROOT / "config" / "deploy"


@pytest.mark.asvs("13.4.1")
def test_the_service_starts_the_script_and_writes_nowhere_else():
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    setattr(unit, "optionxform", str)  # noqa: B010 - names keep their case; the type checker knows no other way
    unit.read(DEPLOY / "orrery@.service")
    service = unit["Service"]
    home = service["WorkingDirectory"]
    for name in ("ExecStart", "ExecStartPre", "ExecStartPost"):
        script = ROOT / service[name].split()[0].removeprefix(f"{home}/")
        assert script.is_file()
        assert script.stat().st_mode & 0o111
    assert service["ReadWritePaths"] == home
    assert service["InaccessiblePaths"] == f"-{home}/.git"
    assert service["User"] != "root"


def test_systemd_takes_the_unit_and_finds_it_shut_in(tmp_path):
    """`systemd-analyze` reads it as systemd would; its figure for exposure goes from 0, shut in, to 10."""
    program = str(require("systemd-analyze", "systemd"))
    shutil.copytree(ROOT / ".ci", tmp_path / "srv" / ".ci")
    shutil.copytree(DEPLOY, tmp_path / "srv" / "config" / "deploy")
    unit = tmp_path / "orrery@8001.service"
    unit.write_text((DEPLOY / "orrery@.service").read_text().replace("/srv/orrery", f"{tmp_path}/srv"))
    verified = subprocess.run([program, "verify", "--man=no", str(unit)], capture_output=True, text=True, check=False)
    assert (verified.returncode, verified.stderr) == (0, "")
    exposed = [program, "security", "--offline=true", "--threshold=45", "--no-pager", str(unit)]
    found = subprocess.run(exposed, capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stdout[-400:]


@pytest.mark.deploy
def test_the_container_asks_its_own_port_whether_it_is_well():
    """As podman would, but for the image: the line of the file, on a site with an ORIGIN."""
    line = next(line for line in (DEPLOY / "Containerfile").read_text().splitlines() if line.startswith("HEALTHCHECK"))
    _, _, command = line.partition(" CMD ")
    with serving(ORIGIN="https://example.org") as site:
        for port, well in ((site.origin.rpartition(":")[2], True), (str(free_port()), False)):
            asked = subprocess.run(
                ["/bin/sh", "-c", command], cwd=ROOT, env={"PORT": port}, capture_output=True, check=False
            )
            assert (asked.returncode == 0) == well, asked.stderr


@pytest.mark.deploy
def test_a_service_has_started_when_it_answers():
    """`systemctl restart` of the first server returns only then, so that the second is not stopped too early."""
    port = free_port()
    waiting = subprocess.Popen([DEPLOY / "answers", str(port), str(os.getpid())], stderr=subprocess.DEVNULL)
    time.sleep(1)
    assert waiting.poll() is None
    with serving(port):
        assert waiting.wait(10) == 0


def test_one_that_ends_before_it_answers_has_not_started():
    gone = subprocess.Popen(["true"])
    gone.wait()
    asked = subprocess.run([DEPLOY / "answers", str(free_port()), str(gone.pid)], capture_output=True, check=False)
    assert asked.returncode == 1


@pytest.mark.asvs("13.4.1")
def test_the_container_copies_what_exists_and_does_not_run_as_root():
    steps = [line.split() for line in (DEPLOY / "Containerfile").read_text().splitlines() if line[:1].isupper()]
    for step in steps:
        if step[0] == "COPY":
            for source in step[2:-1]:
                assert (ROOT / source).exists()
    users = [step[1] for step in steps if step[0] == "USER"]
    assert users == ["orrery"]
    assert steps[-1] == ["CMD", '[".ci/serve"]']
    assert (ROOT / ".dockerignore").read_text().split() == [".git", ".venv", ".local", "**/__pycache__"]


def test_nginx_serves_the_folders_that_are_built():
    text = (DEPLOY / "nginx.conf").read_text()
    assert set(re.findall(r"alias /srv/orrery/(\S+);", text)) == {".local/static/", ".local/static/errors/"}


@pytest.mark.asvs("12.2.2")
def test_nginx_takes_a_certificate_that_browsers_trust():
    """Of Let's Encrypt, where its program puts it; no other stands in the file."""
    text = (DEPLOY / "nginx.conf").read_text()
    named = re.findall(r"^ +ssl_certificate(?:_key)? +(\S+);", text, re.MULTILINE)
    assert named == [f"/etc/letsencrypt/live/example.org/{file}.pem" for file in ("fullchain", "privkey")]


def test_nginx_counts_as_runs_what_the_server_does():
    """What has threads of its own there has a rate of its own here."""
    pattern = re.search(r"location ~ (\^/\(\?:playground\S+) \{", (DEPLOY / "nginx.conf").read_text())
    assert pattern
    assert all(re.match(pattern[1], path) for path in RUNS)
    assert not any(
        re.match(pattern[1], path) for path in ("/", "/lessons/hash-ring/", "/static/js/player.js", "/robots.txt")
    )
