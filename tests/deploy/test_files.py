"""The service and the container name what exists, and start what `make run` starts."""

import configparser
import re
import shutil
import subprocess

from tests.conftest import ROOT
from tests.require import require

DEPLOY = ROOT / "config" / "deploy"


def test_the_service_starts_the_script_and_writes_nowhere_else():
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    setattr(unit, "optionxform", str)  # noqa: B010 - names keep their case; the type checker knows no other way
    unit.read(DEPLOY / "orrery.service")
    service = unit["Service"]
    home = service["WorkingDirectory"]
    for name in ("ExecStart", "ExecStartPre"):
        script = ROOT / service[name].split()[0].removeprefix(f"{home}/")
        assert script.is_file()
        assert script.stat().st_mode & 0o111
    assert service["ReadWritePaths"] == home
    assert service["User"] != "root"


def test_systemd_takes_the_unit_and_finds_it_shut_in(tmp_path):
    """`systemd-analyze` reads it as systemd would; its figure for exposure goes from 0, shut in, to 10."""
    program = str(require("systemd-analyze", "systemd"))
    shutil.copytree(ROOT / ".ci", tmp_path / "srv" / ".ci")
    unit = tmp_path / "orrery.service"
    unit.write_text((DEPLOY / "orrery.service").read_text().replace("/srv/orrery", f"{tmp_path}/srv"))
    verified = subprocess.run([program, "verify", "--man=no", str(unit)], capture_output=True, text=True, check=False)
    assert (verified.returncode, verified.stderr) == (0, "")
    exposed = [program, "security", "--offline=true", "--threshold=45", "--no-pager", str(unit)]
    found = subprocess.run(exposed, capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stdout[-400:]


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
