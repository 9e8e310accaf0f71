"""Programs that a test needs and that pip cannot bring."""

import os
import shutil
from pathlib import Path
from typing import NoReturn

import pytest


def require(program: str, package: str) -> Path:
    """The program's path. Where it is missing the test is skipped, naming the Debian package to install;
    with CI=true it fails, because there nothing may be left out."""
    path = shutil.which(program)
    if path is None:
        missing(f"{program} is missing; its Debian package is {package} (see make test-deps)")
    return Path(path)


def missing(sentence: str) -> NoReturn:
    """What a test rests on is not there: it is skipped with the reason, and with CI=true it fails."""
    if os.environ.get("CI") == "true":
        pytest.fail(sentence)
    pytest.skip(sentence)
