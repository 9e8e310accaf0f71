"""The figures that a comparison yields go into a committed file; the page shows them."""

import datetime
import json
from collections.abc import Callable
from typing import Any

import pytest

from playground.engine.registry import entries

PASSING = ("date", "version")
"""What may differ from one machine to the next."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--write-evidence", action="store_true", help="write the figures of the fidelity tests beside the miniatures"
    )


@pytest.fixture
def evidence(request: pytest.FixtureRequest) -> Callable[..., None]:
    """Call it with the figures of a comparison: they must be those on record, or are written."""

    def compare(slug: str, check: str, **figures: Any) -> None:
        entry = entries()[slug]
        assert check in [declared.name for declared in entry.checks], f"{slug}: add Check({check!r}, …) to checks"
        path = entry.evidence_path
        written = json.loads(path.read_text("utf-8")) if path.exists() else {}
        if request.config.getoption("--write-evidence", default=False):
            # What is no longer checked is forgotten.
            written = {name: written[name] for name in written if name in [known.name for known in entry.checks]}
            written[check] = figures | {"date": datetime.datetime.now(datetime.UTC).date().isoformat()}
            path.write_text(json.dumps(dict(sorted(written.items())), indent=1, ensure_ascii=False) + "\n", "utf-8")
            return
        found = {name: value for name, value in written.get(check, {}).items() if name not in PASSING}
        now = {name: value for name, value in figures.items() if name not in PASSING}
        assert found == now, (
            f"the page shows other figures for {slug} against {check} than this comparison; write them with\n"
            f"    python -m pytest tests/fidelity --write-evidence"
        )

    return compare
