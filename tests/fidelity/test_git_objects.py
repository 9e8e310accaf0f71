"""Git's objects against Git.

    git fast-import   220 seeded histories with merges, odd names, empty files and nested folders:
                      every object that Git makes of them, id and bytes, and the id of every commit
    git mktree        220 folders of odd names in any order; blobs by hash-object, merges by commit-tree
    git commit        the miniature's own runs, verb by verb: init, add -A, commit, --amend, branch, switch, prune
    git update-index  400 paths with .git in every spelling that Windows takes for it: which are refused
    git fsck          a store that the machine has written as files: --strict finds nothing

Nothing on Git's side is ours; its configuration is empty, its dates are given. Under each saboteur, one wrong line,
the difference must not be 0.
"""

import re
from typing import Any

import pytest

from playground.engine.query import do, parse, query_for
from playground.engine.registry import entries
from playground.engine.rng import Rng
from playground.engine.run import run
from playground.machines import git_store
from playground.machines.git_store import FILE, FOLDER, Entry, Stamp, Store, objects
from playground.miniatures.git.git_objects.model import GitObjects
from tests.real.git import Repository, version

pytestmark = pytest.mark.fidelity

HISTORIES = 220
# `a`, `a.txt` and a folder `a` sort by bytes, the folder as `a/`: a-b, a.txt, a/, a0.
NAMES = (
    "a", "a.txt", "a-b", "a0", "a b", "A", "é", "z\u0308", "日本", "ß.md", " lead", "trail ", "x=y", "it's", '"quoted"',
    "back\\slash", "#1", "~", "README", "Makefile", "0", "-dash", "a\ttab", "𝄞",
)  # fmt: skip
TEXTS = ("", "\n", "hello\n", "no line feed", "é\n", "日本語\n", "two\nlines\n", "a\0b\n", "\r\n", "x" * 300)
PEOPLE = ("ada", "bob", "Zoë", "李雷")


def history(seed):
    """Commits: files with texts, parents by place in the list, who, when (author, committer), message."""
    rng = Rng(seed)
    made: list[tuple[Any, ...]] = []
    for at in range(rng.between(2, 4)):
        files = dict(made[-1][0]) if made else {}
        for _ in range(rng.between(1, 4)):
            folder = "".join(f"{rng.choice(NAMES)}/" for _ in range(rng.between(0, 3)))
            path = folder + rng.choice(NAMES)
            if not git_store.paths.problem(path, files):
                files[path] = rng.choice(TEXTS)
        files = files or {"a": ""}
        parents = [] if not made else [at - 1]
        if at > 1 and rng.chance(50):
            parents = [at - 1, rng.below(at - 1)] if rng.chance(50) else [rng.below(at), at - 1]
        parents = list(dict.fromkeys(parents))
        when = rng.between(10**9, 2 * 10**9)
        message = rng.choice(("Start", "Größer", "two\n\nparagraphs", "日本", "#no comment"))
        made.append((files, parents, rng.choice(PEOPLE), (when, when + rng.below(9999)), message))
    return made


ALL = {f"h{seed}": history(seed) for seed in range(HISTORIES)}


# Ours


def stored(histories):
    """The store that the machine makes of the histories, and the ids of their commits."""
    store = Store()
    ids: dict[tuple[str, int], str] = {}
    for name, made in histories.items():
        for at, (files, parents, who, (written, committed), message) in enumerate(made):
            blobs = {path: store.put("blob", objects.blob(text)) for path, text in files.items()}
            for folder, entries_, trees in git_store.folders(blobs):
                root = trees[folder] = store.put("tree", objects.tree(entries_))
            author, committer = Stamp(who, f"{who}@lab", written), Stamp(who, f"{who}@lab", committed)
            before = [ids[name, parent] for parent in parents]
            ids[name, at] = store.put("commit", objects.commit(root, before, author, committer, message))
    return store, ids


# Git's


def quoted(path):
    return '"' + path.replace("\\", "\\\\").replace('"', '\\"') + '"'


def data(text):
    content = text.encode()
    return b"data %d\n%s\n" % (len(content), content)


@pytest.fixture(scope="module")
def imported(tmp_path_factory):
    """Every object and every commit's id as `git fast-import` makes them."""
    repository = Repository(tmp_path_factory.mktemp("import"))
    marks: dict[tuple[str, int], int] = {}
    stream: list[bytes] = []
    for name, made in ALL.items():
        for at, (files, parents, who, (written, committed), message) in enumerate(made):
            marks[name, at] = mark = len(marks) + 1
            stream.append(f"commit refs/heads/{name}-{at}\nmark :{mark}\n".encode())
            stream.append(f"author {who} <{who}@lab> {written} +0000\n".encode())
            stream.append(f"committer {who} <{who}@lab> {committed} +0000\n".encode())
            stream.append(data(f"{message}\n"))
            stream += [
                f"{'merge' if place else 'from'} :{marks[name, parent]}\n".encode()
                for place, parent in enumerate(parents)
            ]
            stream.append(b"deleteall\n")
            for path, text in files.items():
                stream.append(f"M 100644 inline {quoted(path)}\n".encode() + data(text))
    repository("fast-import", "--quiet", "--export-marks=marks", given=b"".join(stream))
    lines = (repository.folder / "marks").read_text().split("\n")[:-1]
    by_mark = {int(line.split(" ")[0][1:]): line.split(" ")[1] for line in lines}
    return repository.objects(), {place: by_mark[mark] for place, mark in marks.items()}


def missed_by_import(imported):
    store, ids = stored(ALL)
    return parted(store.held, imported[0]) + sum(ids[place] != imported[1][place] for place in ids)


def parted(here, there):
    """Objects that only one side has, or that differ."""
    return sum(here.get(id_) != there.get(id_) for id_ in here.keys() | there.keys())


@pytest.mark.checks("git-objects", "git fast-import")
def test_every_object_is_the_one_that_fast_import_makes(imported, evidence):
    missed = missed_by_import(imported)
    evidence(
        "git-objects", "git fast-import",
        program="git fast-import", version=version(), cases=len(imported[0]), different=missed,
        compared=f"id and bytes of every object of {HISTORIES} histories ({len(imported[1])} commits) with merges, "
        "odd names, empty files and nested folders",
    )  # fmt: skip
    assert missed == 0


def by_name_alone(entry):
    return entry.name.encode()


def without_nul(kind, content):
    return f"{kind} {len(content)}".encode()


def in_characters(kind, content):
    return f"{kind} {len(content.decode(errors='ignore'))}".encode() + b"\0"


def other_parents_first(real):
    return lambda tree, parents, *rest: real(tree, list(reversed(parents)), *rest)


def as_written(real):
    return lambda tree, parents, author, committer, message: real(tree, parents, author, author, message)


def hex_ids(entries_):
    ordered = sorted(entries_, key=objects.tree_order)
    return b"".join(f"{entry.mode} {entry.name}\0{entry.id}".encode() for entry in ordered)


SABOTEURS = {
    "folders sort by their bare name": ("tree_order", by_name_alone),
    "no NUL after the header": ("header", without_nul),
    "length in characters": ("header", in_characters),
    "parents in the other order": ("commit", other_parents_first(objects.commit)),
    "the committer's time forgotten": ("commit", as_written(objects.commit)),
    "ids in trees as text": ("tree", hex_ids),
    "mode of folders with a zero": ("FOLDER", None),
    "a line feed at the end of each text": ("blob", lambda text: f"{text}\n".encode()),
}


@pytest.mark.saboteur("git-objects", "git fast-import")
@pytest.mark.parametrize(("name", "wrong"), SABOTEURS.values(), ids=list(SABOTEURS))
def test_a_saboteur_of_the_objects_is_noticed(monkeypatch, imported, name, wrong):
    if name == "FOLDER":
        monkeypatch.setattr(git_store.paths, "FOLDER", "040000")
        monkeypatch.setattr(objects, "FOLDER", "040000")
    else:
        monkeypatch.setattr(objects, name, wrong)
    assert missed_by_import(imported) > 0


# Trees by mktree, blobs by hash-object, commits by commit-tree


def odd_folders():
    """Entries in any order: each name once, as a file or as a folder."""
    found = []
    for seed in range(HISTORIES):
        rng = Rng(seed)
        names = rng.sample(NAMES, rng.between(1, 12))
        found.append(
            [Entry(FOLDER if rng.chance(40) else FILE, name, f"{rng.below(2**60) + 1:040x}") for name in names]
        )
    return found


@pytest.fixture(scope="module")
def plumbed(tmp_path_factory):
    """Ids as the plumbing gives them: trees, blobs, merges."""
    repository = Repository(tmp_path_factory.mktemp("plumbing"))
    lines = []
    for entries_ in odd_folders():
        for entry in entries_:
            kind = "tree" if entry.mode == FOLDER else "blob"
            lines.append(f"{entry.mode} {kind} {entry.id}\t{entry.name}\0")
        lines.append("\0")
    trees = repository("mktree", "-z", "--missing", "--batch", given="".join(lines).encode()).decode().split()
    for at, text in enumerate(TEXTS):
        (repository.folder / f"text-{at}").write_bytes(text.encode())
    paths = "".join(f"text-{at}\n" for at in range(len(TEXTS)))
    blobs = repository("hash-object", "-w", "--stdin-paths", "--no-filters", given=paths.encode()).decode().split()
    commits: list[str] = []
    for count in range(4):
        parents = [word for parent in commits[:count] for word in ("-p", parent)]
        made = repository("commit-tree", trees[0], *parents, given=b"Merge\n", who="ada", when=(10**9, 10**9 + count))
        commits.append(made.decode().strip())
    return trees, blobs, commits


def missed_by_plumbing(plumbed):
    trees = [objects.object_id("tree", objects.tree(entries_)) for entries_ in odd_folders()]
    blobs = [objects.object_id("blob", objects.blob(text)) for text in TEXTS]
    commits: list[str] = []
    for count in range(4):
        author, committer = Stamp("ada", "ada@lab", 10**9), Stamp("ada", "ada@lab", 10**9 + count)
        content = objects.commit(trees[0], commits[:count], author, committer, "Merge")
        commits.append(objects.object_id("commit", content))
    pairs = zip((*trees, *blobs, *commits), [id_ for ids in plumbed for id_ in ids], strict=True)
    return sum(here != there for here, there in pairs)


@pytest.mark.checks("git-objects", "git mktree")
def test_the_plumbing_gives_the_same_ids(plumbed, evidence):
    missed = missed_by_plumbing(plumbed)
    evidence(
        "git-objects", "git mktree",
        program="git mktree, hash-object, commit-tree", version=version(), cases=sum(map(len, plumbed)),
        different=missed, compared=f"ids of {HISTORIES} folders of odd names, {len(TEXTS)} texts, and commits with "
        "no parent to three",
    )  # fmt: skip
    assert missed == 0


@pytest.mark.saboteur("git-objects", "git mktree")
@pytest.mark.parametrize("wrong", [by_name_alone, lambda entry: entry.name.lower().encode(), lambda entry: entry.name])
def test_a_saboteur_of_the_order_is_noticed_by_the_plumbing(monkeypatch, plumbed, wrong):
    monkeypatch.setattr(objects, "tree_order", wrong)
    assert missed_by_plumbing(plumbed) > 0


# The miniature's own runs


def drawn_run(seed):
    """Verbs that make sense one after the other."""
    rng, cls = Rng(seed), entries()["git-objects"].cls
    acts, names = [], ["main"]
    for at in range(3):
        path = rng.choice(("README", "src/app.py", "src/lib/util.py", "docs/Größe", "a", "a.txt"))
        acts += [
            do("write", f"{path}={rng.choice(('hello', 'é', '', 'new text'))}{at}"),
            do("commit", f"Number {at} é"),
        ]
        if rng.chance(40) and len(names) < 3:
            names.append(f"b{at}")
            acts += [do("branch", names[-1]), do("switch", names[-1])]
        elif rng.chance(30):
            acts.append(do("amend", "Said better"))
            acts += [do("collect")] if rng.chance(50) else []
    return query_for(cls, *acts, author=rng.choice(("ada", "bob", "cleo")), time=rng.between(10**9, 4 * 10**9))


TYPED = (
    "files=greeting%3DHello,+world!+README%3Dhello&ends=crlf&do=write:README%3DHello,+world!&do=commit:Same",
    "ends=none&do=write:caf%C3%A9%3Dx&do=write:cafe%CC%81%3Dx&do=commit:Twins",
)
"""Texts with spaces, other line ends, names that look alike."""


def own_runs():
    entry = entries()["git-objects"]
    shown = [parse(entry.cls, scenario.query).query for scenario in entry.scenarios]
    typed = [parse(entry.cls, text).query for text in TYPED]
    return [*shown, *typed, *map(drawn_run, range(4))]


def replayed(folder, query):
    """What Git holds after the same verbs: objects, branches, HEAD."""
    repository, written = Repository(folder), dict[str, Any]()
    who, clock, commits = query["author"], query["time"], 0
    end = {"lf": "\n", "crlf": "\r\n", "none": ""}[query["ends"]]

    def write(spelling):
        path, _, text = spelling.partition("=")
        place = repository.folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(f"{text}{end}".encode() if text else b"")

    def commit(message, amend=False):
        nonlocal commits
        at = clock + 3600 * commits
        commits += 1
        repository("add", "-A")
        words = ["commit", "-q", "--cleanup=verbatim", "-m", message]
        repository(*words, *(["--amend"] * amend), who=who, when=(at, at))

    files = dict(re.findall(r"([^ =]+)=(.*?)(?= [^ =]+=|$)", query["files"]))
    for path, text in files.items():
        write(f"{path}={text}")
    commit("Start")
    deep = max(files, key=lambda path: (path.count("/"), list(files).index(path)))
    write(f"{deep}={files[deep]} me")
    files[deep] += " me"
    commit("Deep down")
    top = min(files, key=lambda path: path.count("/"))
    write(f"{top}={files[top]} all")
    commit("At the top")
    for act in query.acts:
        verbs = {
            "write": write,
            "remove": lambda path: (repository.folder / path).unlink(),
            "commit": commit,
            "amend": lambda message: commit(message, True),
            "branch": lambda name: repository("branch", name),
            "switch": lambda name: repository("switch", "-q", name),
        }
        if act.verb == "collect":
            repository("reflog", "expire", "--expire=now", "--all")
            # The index and ORIG_HEAD keep what they name.
            (repository.folder / ".git/ORIG_HEAD").unlink(missing_ok=True)
            repository("prune", "--expire=now")
        else:
            verbs[act.verb](*act.arguments)
    written["objects"] = repository.objects()
    lines = repository("for-each-ref", "--format=%(refname:short) %(objectname)").decode().split("\n")[:-1]
    written["branches"] = dict(line.split(" ") for line in lines)
    written["head"] = repository("symbolic-ref", "--short", "HEAD").decode().strip()
    written["live"] = set(repository("rev-list", "--all").decode().split())
    listed = repository("ls-tree", "-r", "-t", "-z", "HEAD").decode().split("\0")[:-1]
    rows = [line.split("\t") for line in listed]
    written["files"] = {f"{path}{'/' * (' tree ' in row)}": row.split(" ")[2] for row, path in rows}
    return written


@pytest.fixture(scope="module")
def replays(tmp_path_factory):
    folder = tmp_path_factory.mktemp("runs")
    return [replayed(folder / str(at), query) for at, query in enumerate(own_runs())]


def missed_by_replays(replays):
    cls, missed = entries()["git-objects"].cls, 0
    for query, there in zip(own_runs(), replays, strict=True):
        done = run(cls, query, draw=False)
        assert not done.refusal, (done.refusal, query)
        here = done.outcome
        files = {path: id_ for path, id_ in here["files"].items() if path != "/"}
        missed += parted(done.model(GitObjects).store.held, there["objects"]) + parted(files, there["files"])
        missed += len({made["id"] for made in here["commits"] if made["state"] == "live"} ^ there["live"])
        missed += parted(here["branches"], there["branches"]) + (here["head"] != there["head"])
    return missed


@pytest.mark.checks("git-objects", "git commit")
def test_the_miniature_stores_what_git_stores(replays, evidence):
    missed = missed_by_replays(replays)
    evidence(
        "git-objects", "git commit",
        program="git add, commit, amend, branch, switch, prune", version=version(),
        cases=sum(len(there["objects"]) + len(there["files"]) + len(there["branches"]) for there in replays),
        different=missed, compared=f"every object, path, branch, living commit and HEAD after {len(replays)} runs",
    )  # fmt: skip
    assert missed == 0


def name_inside(self, path, text):
    return git_store.blob(f"{path}{text}")


@pytest.mark.saboteur("git-objects", "git commit")
@pytest.mark.parametrize(
    ("name", "wrong"),
    [("blob_of", name_inside), ("live", lambda self: set(self.branches.values()))],
    ids=["the name in the blob", "a name leads to one commit only"],
)
def test_a_saboteur_of_the_miniature_is_noticed(monkeypatch, replays, name, wrong):
    monkeypatch.setattr(entries()["git-objects"].cls, name, wrong)
    assert missed_by_replays(replays) > 0


# Paths that Git refuses

PIECES = (
    ".git",
    ".GIT",
    "git~1",
    "GIT~1",
    "git~2",
    ".gitignore",
    ".gitx",
    "git",
    ".g",
    "a",
    "é",
    " ",
    ".",
    "..",
    ":b",
    "::$DATA",
    "\\",
    "x y",
)
REFUSABLE = 400


def odd_paths():
    """Names put together of pieces that Git looks for, and of others; each path once."""
    rng = Rng(8)
    found = dict.fromkeys((".git", "a/.git", "a\\.git\\b", ".git.", ".git ", ".git:a", "git~1", ".gitmodules"))
    while len(found) < REFUSABLE:
        names = ["".join(rng.choice(PIECES) for _ in range(rng.between(1, 3))) for _ in range(rng.between(1, 2))]
        found["/".join(names)] = None
    return list(found)


@pytest.fixture(scope="module")
def refused(tmp_path_factory):
    """The paths that `git update-index` calls invalid."""
    repository = Repository(tmp_path_factory.mktemp("paths"))
    blob = repository("hash-object", "-w", "--stdin", given=b"x").decode().strip()
    found = set()
    for path in odd_paths():
        done = repository.done("update-index", "--add", "--cacheinfo", f"100644,{blob},{path}")
        if done.returncode:
            assert b"Invalid path" in done.stderr, done.stderr
            found.add(path)
        else:
            repository("read-tree", "--empty")
    return found


def missed_paths(refused):
    return sum(bool(git_store.paths.problem(path, {})) != (path in refused) for path in odd_paths())


@pytest.mark.checks("git-objects", "git update-index")
def test_a_path_is_refused_where_git_refuses_it(refused, evidence):
    assert 40 < len(refused) < REFUSABLE - 40, "both kinds are tried"
    missed = missed_paths(refused)
    evidence(
        "git-objects", "git update-index",
        program="git update-index --add", version=version(), cases=REFUSABLE, different=missed,
        compared="whether a path is taken: .git in every spelling that Windows takes for it, and names like it",
    )  # fmt: skip
    assert missed == 0


@pytest.mark.saboteur("git-objects", "git update-index")
@pytest.mark.parametrize(
    "wrong",
    [r"(\.git)[. ]*([:\\]|$)", r"(\.git|git~1)([:\\]|$)", r"(\.git|git~1)[. ]*$"],
    ids=["no short name", "no ends", "no stream"],
)
def test_a_saboteur_of_the_paths_is_noticed(monkeypatch, refused, wrong):
    monkeypatch.setattr(git_store.paths, "DOT_GIT", re.compile(wrong, re.IGNORECASE))
    assert missed_paths(refused) > 0


# fsck


def complaints(folder):
    """What `git fsck --strict` says about the store, written file by file."""
    repository = Repository(folder)
    store, ids = stored(ALL)
    place = repository.folder / ".git/objects"
    for id_ in store.held:
        path, content = store.loose(id_)
        (place / path).parent.mkdir(exist_ok=True)
        (place / path).write_bytes(content)
    heads = repository.folder / ".git/refs/heads"
    for (name, at), id_ in ids.items():
        (heads / f"{name}-{at}").write_text(f"{id_}\n")
    done = repository.done("fsck", "--strict", "--full", "--unreachable", "--no-progress")
    lines = (done.stdout + done.stderr).decode(errors="replace").split("\n")
    said = [line for line in lines if line and not line.startswith("notice: HEAD points to an unborn branch")]
    return len(store.held), len(said) + (done.returncode != 0)


@pytest.mark.checks("git-objects", "git fsck --strict")
def test_fsck_finds_nothing_in_a_store_that_the_machine_has_written(tmp_path, evidence):
    count, missed = complaints(tmp_path)
    evidence(
        "git-objects", "git fsck --strict",
        program="git fsck --strict", version=version(), cases=count, different=missed,
        compared=f"a store of {HISTORIES} histories, one file for each object: complaints, and objects without a name",
    )  # fmt: skip
    assert missed == 0


@pytest.mark.saboteur("git-objects", "git fsck --strict")
@pytest.mark.parametrize(
    ("name", "wrong"),
    [("tree_order", by_name_alone), ("header", without_nul), ("header", in_characters)],
    ids=["order", "no NUL", "characters"],
)
def test_a_saboteur_is_noticed_by_fsck(monkeypatch, tmp_path, name, wrong):
    monkeypatch.setattr(objects, name, wrong)
    monkeypatch.setattr("tests.fidelity.test_git_objects.ALL", {name: ALL[name] for name in list(ALL)[:40]})
    assert complaints(tmp_path)[1] > 0
