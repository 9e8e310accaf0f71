"""The figures that a comparison yields go into a committed file; the page shows them. Marks say whose they are."""

import datetime
import json
from collections.abc import Callable, Generator
from typing import Any

import pytest

from playground.engine.registry import entries
from tests.conftest import ROOT
from tests.fidelity.proofs import CHECKS, SABOTEUR, mark, pairs

PASSING = ("date", "version")
"""What may differ from one machine to the next."""

HANDED_IN = pytest.StashKey[set[tuple[str, str]]]()
"""The (slug, check) whose figures a test has handed to `evidence`."""


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", f"{CHECKS}(slug, check): the comparison behind a Check; it calls evidence")
    config.addinivalue_line("markers", f"{SABOTEUR}(slug, check): a wrong line that this comparison must notice")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--write-evidence", action="store_true", help="write the figures of the fidelity tests beside the miniatures"
    )


@pytest.fixture
def evidence(request: pytest.FixtureRequest) -> Callable[..., None]:
    """Call it with the figures of a comparison: they must be those on record, or are written."""

    node: pytest.Item = request.node

    def compare(slug: str, check: str, **figures: Any) -> None:
        assert (slug, check) in pairs(node, CHECKS), f"mark this comparison {mark(CHECKS, slug, check)}"
        node.stash.setdefault(HANDED_IN, set()).add((slug, check))
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
            f"{path.relative_to(ROOT)}: the page shows other figures for {check} than this comparison; write them:\n"
            f"    python -m pytest tests/fidelity -k {path.parent.name} --write-evidence"
        )

    return compare


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, None, None]:
    """A comparison that passes has handed in its figures."""
    yield
    handed_in = item.stash.setdefault(HANDED_IN, set())
    for slug, check in sorted(pairs(item, CHECKS) - handed_in):
        pytest.fail(
            f"{mark(CHECKS, slug, check)}: call evidence({slug!r}, {check!r}, …) with the figures", pytrace=False
        )
