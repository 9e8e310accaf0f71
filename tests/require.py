"""Programs that a test needs and that pip cannot bring."""

import os
import shutil
from pathlib import Path

import pytest


def require(program: str, package: str) -> Path:
    """The program's path. Where it is missing the test is skipped, naming the Debian package to install;
    with CI=true it fails, because there nothing may be left out."""
    path = shutil.which(program)
    if path is not None:
        return Path(path)
    sentence = f"{program} is missing; its Debian package is {package} (see make test-deps)"
    if os.environ.get("CI") == "true":
        pytest.fail(sentence)
    pytest.skip(sentence)
