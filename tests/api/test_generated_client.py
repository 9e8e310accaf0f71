"""A client that a program has written from the description: it lists, describes and runs every miniature.

The program is openapi-python-client, from PyPI. Its client runs here against the real server.
"""

import importlib
import importlib.util
import json
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from types import ModuleType
from typing import Any, NamedTuple

import pytest

from playground.engine.registry import entries
from tests.browser.server import serving
from tests.require import missing

pytestmark = pytest.mark.long

WRITER = "openapi_python_client"
NAME = "orrery_client"


class Written(NamedTuple):
    """The client’s modules, and a connection of its own to the server."""

    models: ModuleType
    operations: dict[str, ModuleType]
    client: Any

    def ask(self, operation: str, *path: str, **query: Any) -> Any:
        """What an operation of the client returns: an answer in the types that the client knows."""
        answer = self.operations[operation].sync_detailed(*path, client=self.client, **query)
        assert answer.parsed is not None, f"{answer.status_code} is not in the description"
        return answer.parsed


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Written]:
    if importlib.util.find_spec(WRITER) is None:
        missing("openapi-python-client is missing: the client of the API cannot be written (pip install it)")
    folder = tmp_path_factory.mktemp("client")
    with serving() as site, pytest.MonkeyPatch.context() as patched:
        with urllib.request.urlopen(f"{site.origin}/api/v1/openapi.json", timeout=10) as answer:  # noqa: S310 - our own loopback
            (folder / "openapi.json").write_bytes(answer.read())
        # It would tidy its files with tools of its own choice; they are thrown away.
        (folder / "settings.yml").write_text("post_hooks: []\n", "utf-8")
        command = [sys.executable, "-m", WRITER, "generate", "--path", "openapi.json", "--config", "settings.yml"]
        command += ["--meta", "none", "--output-path", NAME, "--fail-on-warning"]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        patched.syspath_prepend(folder)
        server = json.loads((folder / "openapi.json").read_bytes())["servers"][0]["url"]
        assert server == site.origin
        names = ("list_miniatures", "get_miniature", "run_miniature")
        with importlib.import_module(f"{NAME}.client").Client(base_url=server) as client:
            yield Written(
                importlib.import_module(f"{NAME}.models"),
                {name: importlib.import_module(f"{NAME}.api.miniatures.{name}") for name in names},
                client,
            )


def test_it_lists_the_miniatures_and_knows_them_by_name(written: Written):
    listed = written.ask("list_miniatures")
    assert {type(one) for one in listed} == {written.models.MiniatureSummary}
    assert [one.slug for one in listed] == list(entries())
    for names in (written.models.GetMiniatureSlug, written.models.RunMiniatureSlug):
        assert {one.value for one in names} == set(entries())


@pytest.mark.parametrize("slug", entries())
def test_it_describes_and_runs_a_miniature_in_types(written: Written, slug: str):
    told = written.ask("get_miniature", written.models.GetMiniatureSlug(slug))
    assert isinstance(told, written.models.MiniatureDetail)
    assert [one.name for one in told.inputs] == list(entries()[slug].cls.inputs())
    assert isinstance(told.limits.steps, int)
    done = written.ask("run_miniature", written.models.RunMiniatureSlug(slug))
    assert isinstance(done, written.models.Run)
    assert (done.miniature, done.query, done.stopped) == (slug, "", None)
    assert {type(one) for one in done.steps} == {written.models.Step}
    assert {type(one) for step in done.steps for one in step.text} == {written.models.Words}


def test_it_writes_inputs_and_actions_as_the_query_wants_them(written: Written):
    inputs = written.models.RunMiniatureInputs.from_dict({"nodes": "ada bob", "keys": "12"})
    slug = written.models.RunMiniatureSlug("hash-ring")
    done = written.ask("run_miniature", slug, inputs=inputs, do=["add:cleo", "remove:ada"], step=3)
    assert isinstance(done, written.models.Run)
    assert done.query == "nodes=ada+bob&keys=12&do=add:cleo:1&do=remove:ada&step=3"


def test_a_problem_has_its_type_too(written: Written):
    refused = written.ask("run_miniature", "hash-ring", do=["remove:zoe"])
    assert isinstance(refused, written.models.Problem)
    assert (refused.status, [one.field for one in refused.errors]) == (422, ["do[0].node"])
    for operation in ("get_miniature", "run_miniature"):
        unknown = written.ask(operation, "hash-rnig")
        assert isinstance(unknown, written.models.Problem)
        assert unknown.status == 404
        assert "hash-ring" in unknown.detail
