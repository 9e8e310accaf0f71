"""What the pages tell a reader to type is typed: every recipe, as it is shown, in an empty folder.

Only the ports are changed, to free ones. The answers must be those of the run beside which the recipe stands;
where the page says that they may differ, it must at least run.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from playground.engine.elsewhere import PORT, Recipe
from playground.engine.query import parse
from playground.engine.registry import entries
from playground.engine.run import Run, run
from playground.machines import iso8583
from tests.real import postgres
from tests.real.programs import free_ports
from tests.require import require

pytestmark = pytest.mark.fidelity

PROGRAMS = {"nginx": "nginx-light", "haproxy": "haproxy", "curl": "curl", "openssl": "openssl", "oathtool": "oathtool",
            "argon2": "argon2", "tshark": "tshark", "redis-server": "redis-server"}  # fmt: skip

QUERIES = {
    "cap-theorem": ["mode=primary&first=1&do=cut:a&do=write:ann:a&do=write:ann:a&do=wait:700&do=read:ben:b"],
    "git-objects": [
        "",
        "do=amend:Say+why&do=collect",
        "do=remove:docs/README&do=commit:Less&do=write:it%27s+odd%3D%24HOME+%22x%22&do=commit:Don%27t+worry",
        "author=bob&do=branch:topic&do=switch:topic&do=write:docs/NOTES%3Dtopic&do=commit:Notes",
        "do=write:empty%3D&do=commit:Nothing",
    ],
    "hash-ring": [
        "points=160",
        "points=160&do=remove:cleo",
        "placement=nginx&points=160&do=fail:bob&do=add:eve:3",
        "placement=nginx&points=160&nodes=ada*2+bob+cleo*4",
    ],
    "http-versions": [f"version={version}&objects=8" for version in ("1.0", "1.1", "2")],
    "kafka-why-fast": ["", "batch=7&size=63&keys=yes", "messages=12&size=0&batch=1&do=roll&do=produce:3"],
    "load-balancing": [
        f"servers=ada*3+bob+cleo*2&speeds=equal&arrivals=even&requests=20&algorithm={rule}"
        for rule in ("weighted-nginx", "ip-hash", "url-hash", "ketama", "weighted-haproxy", "weighted-static")
    ]
    + [f"speeds=equal&work=1&requests=20&arrivals=even&algorithm={rule}" for rule in ("round-robin", "sticky")],
    "password-storage": [
        f"scheme={scheme}&rounds=300&n=64&memory=16"
        for scheme in ("md5", "sha256", "salted", "pbkdf2", "scrypt", "argon2id")
    ]
    + ["scheme=md5&do=sign_up:zoe:don't%20worry"],
    "tcp-ip-encapsulation": [
        "text=ok&hops=0",
        "do=flip:wire:60:2",
        "do=flip:router:60:2",
        "hops=5&do=flip:router:60:6&do=flip:router:62:6",
    ],
    "visa-authorization": [
        "",
        "entry=stripe&do=@1500000:drop:answer",
        "number=visa-13&entry=online&stand_in=100&latency=9.0",
    ],
    "totp": ["", "algorithm=sha512&digits=8&period=60&do=wait:300", "algorithm=sha256&drift=100"],
}


def expected(slug: str, done: Run) -> list[str]:
    """What the run says, as the recipe prints it."""
    if slug == "cap-theorem":
        wrote = [one for one in done.outcome["operations"] if one["kind"] == "write"]
        return [*("OK" for _ in wrote), done.outcome["answer"]]
    if slug == "git-objects":
        found, at = [], done.outcome["branches"][done.outcome["head"]]
        parents = {one["id"]: one["parent"] for one in done.outcome["commits"]}
        while at:
            found.append(at)
            at = parents[at]
        return found[::-1]
    if slug == "hash-ring":
        return [f"{key} {owner}" for key, owner in list(done.outcome["owners"].items())[:12]]
    if slug == "http-versions":
        # One connection for every object, or one for all of them.
        opened = [1] * 8 if done.outcome["last"]["connections"] == 8 else [1, *[0] * 7]
        sizes = [one["bytes"] for one in done.outcome["objects"]]
        return [f"{size} bytes, {new} new connection" for size, new in zip(sizes, opened, strict=True)]
    if slug == "kafka-why-fast":
        segments = getattr(done.machine, "log").segments  # noqa: B009
        made = [(one, segment.bytes_of(one)) for segment in segments for one in segment.batches]
        return [f"{one.base} {one.size} {batch[17:21].hex()}" for one, batch in made[:12]]
    if slug == "load-balancing":
        served: list[str] = done.outcome["served"]
        return served
    if slug == "password-storage":
        return [row.hash() for row in getattr(done.machine, "rows").values()]  # noqa: B009
    if slug == "tcp-ip-encapsulation":
        good = [str(int(found != "noticed")) for found in done.outcome["noticed"].values()]
        return ["\t".join((str(64 - int(done.query["hops"])), *good))]
    if slug == "visa-authorization":
        wires = getattr(done.machine, "wires")[:8]  # noqa: B009
        return [" ".join(said_of(wire)) for wire in wires]
    return [str(done.outcome["code"])]


def said_of(wire: bytes) -> tuple[str, ...]:
    """Type, first bitmap, amount and response code of a message."""
    kind, fields = iso8583.unpack(wire)
    return kind, wire[4:12].hex().upper(), str(int(fields[4])), str(fields.get(39, "-"))


@pytest.fixture
def folder() -> Iterator[Path]:
    """An empty one that nginx's worker may look into: it is another user where these tests run as root."""
    path = Path(tempfile.mkdtemp(prefix="try", dir="/tmp"))
    path.chmod(0o755)
    yield path
    shutil.rmtree(path, ignore_errors=True)  # nginx is still taking its sockets away


def typed(recipe: Recipe, folder: Path, **more: str) -> list[str]:
    """Writes the files, types the commands, and returns the lines printed."""
    for program, package in PROGRAMS.items():
        if program in recipe.commands:
            require(program, package)
    ports = free_ports(10)

    def moved(text: str) -> str:
        return re.sub(r"127\.0\.0\.1:(\d+)", lambda found: f"127.0.0.1:{ports[int(found[1]) - PORT]}", text)

    for name, text in recipe.files:
        (folder / name).write_text(moved(text))
    environ = {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "PYTHONWARNINGS": "ignore", **more}
    done = subprocess.run(
        ["/bin/sh", "-e", "-c", moved(recipe.commands)],
        cwd=folder,
        env=environ,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def done_with(slug: str, query: str) -> Run:
    cls = entries()[slug].cls
    parsed = parse(cls, query)
    assert parsed.problems == []
    assert parsed.ignored == []
    done = run(cls, parsed.query, draw=False)
    assert not done.refusal
    return done


@pytest.mark.parametrize(("slug", "query"), [(slug, query) for slug, some in QUERIES.items() for query in some])
def test_the_real_thing_answers_as_the_run_does(folder, slug, query):
    done = done_with(slug, query)
    recipes = entries()[slug].elsewhere(done)
    assert recipes
    assert [line for recipe in recipes for line in typed(recipe, folder)] == expected(slug, done)


@pytest.mark.parametrize(
    ("slug", "query"),
    [("hash-ring", ""), ("hash-ring", "nodes=ada*2+bob"), ("load-balancing", "algorithm=least-connections"),
     ("load-balancing", "algorithm=two-choices")],
)  # fmt: skip
def test_where_it_may_differ_the_page_says_so_and_it_runs(folder, slug, query):
    (recipe,) = entries()[slug].elsewhere(done_with(slug, query))
    assert recipe.note
    assert typed(recipe, folder)


def test_a_recipe_with_a_wrong_line_is_noticed(folder):
    done = done_with("hash-ring", "placement=nginx&points=160")
    (recipe,) = entries()["hash-ring"].elsewhere(done)
    wrong = recipe._replace(files=tuple((name, text.replace(" consistent", "")) for name, text in recipe.files))
    assert typed(wrong, folder) != expected("hash-ring", done)


@pytest.mark.parametrize("slug", entries())
def test_a_recipe_stands_beside_every_scenario_or_the_model_has_none(slug):
    entry = entries()[slug]
    for scenario in entry.scenarios:
        for recipe in entry.elsewhere(done_with(slug, scenario.query)):
            assert recipe.title
            assert recipe.commands.endswith("\n")


SQL = {
    "in order": "",
    "all of it": "statement=SELECT * FROM orders WHERE id <= 7000",
    "without an index": "statement=SELECT count(*) FROM orders WHERE city = 'Rome'&index=no&rows=3000",
    "other weights": "random_page=1.1&a_row=0.02&do=explain:SELECT * FROM orders WHERE id BETWEEN 5 AND 4000",
    "written in order": "order=shuffled&do=rewrite:ordered&do=run:SELECT customer FROM orders ORDER BY id LIMIT 5",
}


@pytest.fixture(scope="module")
def cluster() -> Iterator[postgres.Server]:
    with postgres.serving() as server:
        yield server


@pytest.mark.parametrize("name", SQL)
def test_postgresql_explains_the_last_statement_as_the_run_ends(folder, cluster, name):
    told = psql("sql-execution", SQL[name], cluster, folder)
    done = done_with("sql-execution", SQL[name])
    chosen = getattr(done.machine, "chosen")  # noqa: B009
    wanted = [(node.name, f"{node.cost.total:.2f}", f"{node.rows:.0f}") for node in chosen.chain()]
    assert [found for line in told if (found := node_of(line))] == wanted


def test_where_postgresql_shuffles_otherwise_the_page_says_so_and_the_plan_is_the_same(folder, cluster):
    done = done_with("sql-execution", "order=shuffled")
    (recipe,) = entries()["sql-execution"].elsewhere(done)
    assert "shuffles the rows otherwise" in recipe.note
    (top, *_) = psql("sql-execution", "order=shuffled", cluster, folder)
    assert top.startswith("Seq Scan on orders")


def psql(slug: str, query: str, server: postgres.Server, folder: Path) -> list[str]:
    """Types the recipe before a PostgreSQL of ours."""
    require("psql", "postgresql")
    (recipe,) = entries()[slug].elsewhere(done_with(slug, query))
    return typed(recipe, folder, PGHOST=str(server.folder), PGUSER="postgres", PGDATABASE="postgres")


def node_of(line: str) -> tuple[str, ...] | None:
    """Name, cost and rows of a node of EXPLAIN."""
    named = r"\s*(?:->\s+)?([A-Z]\w+(?: \w+)?)(?: using \w+)?(?: on \w+)?  \(cost=\S+?\.\.(\S+) rows=(\d+)"
    return found.groups() if (found := re.match(named, line)) else None
