"""Git's objects: files, folders and states as bytes that are stored under the hash of themselves."""

from typing import NamedTuple

from playground.engine import Choice, Miniature, Name, Refused, Steps, Text, Whole, action, decide
from playground.engine.clock import Wait
from playground.engine.schema import TEXT, WHOLE, described, listed, mapped, record
from playground.machines import git_store as git
from playground.machines.git_store import ROOT, Stamp, Store, lane
from playground.miniatures.git.git_objects import words
from playground.scenes.dag import GONE, LIVE, LOST
from playground.scenes.names import escaped

HOUR = 3600
SECOND = 1_000_000
FILE = "lane note"  # in the picture: its name, and what it says
MOST_COMMITS, MOST_BRANCHES = 12, 3
BRANCHES = ("topic", "fix", "idea", "trial")


class Made(NamedTuple):
    """A commit as the model remembers it. Texts are by path, ids by path (folders end with a slash)."""

    id: str
    message: str
    parent: int
    texts: dict[str, str]
    ids: dict[str, str]
    new: dict[str, bool]
    """What its new trees name, and whether that is new too."""
    added: int
    author: Stamp


class GitObjects(Miniature):
    """An object is stored under the hash of its own bytes, so equal things are stored once and share a name.

    A file is a blob without a name; a folder is a tree of names and ids; a commit names one tree, what came
    before it, who, when and why. A branch is a name for one commit.
    """

    title = "Blobs, trees, commits"
    question = "You change one line in one file. What does Git store?"
    opening = "Some files lie in a folder. The store is empty."
    grows_with = "files"

    files = Text(
        "README=hello docs/README=hello src/app.py=run src/lib/util.py=help",
        most=160,
        label="Files",
        help="Path, = and text, with spaces between: README=hello greeting=Hello, world!",
    )
    ends = Choice(
        git.LF,
        {git.LF: "line feed", git.CRLF: "CR LF", git.NOTHING: "none"},
        label="Texts end with",
        help="A line end is part of the text. Git for Windows stores a line feed where it finds CR LF",
    )
    author = Choice("ada", {"ada": "ada", "bob": "bob", "cleo": "cleo"}, help="Who commits")
    time = Whole(
        1_700_000_000, least=1_000_000_000, most=4_000_000_000, unit="s", help="The first commit, in seconds since 1970"
    )

    def rules(self) -> list[tuple[str, str]]:
        sentence = git.read(self.files, self.ends)[1]
        return [("files", sentence)] if sentence else []

    # The rule.

    def blob_of(self, path: str, text: str) -> bytes:
        """What is kept of a file: its text. Neither its name nor the time is in it."""
        return git.blob(text)

    def new_objects(self) -> int:
        """How many objects the commit that is being made has added: blobs, trees, and itself."""
        return sum(self.new.values()) + 1

    # What can happen.

    def set_up(self) -> None:
        self.store, self.folder = Store(), git.read(self.files, self.ends)[0]
        self.commits: list[Made] = []
        self.branches: dict[str, int] = {}
        self.head = "main"
        self.origin: dict[str, tuple[int, str]] = {}
        self.shared = False  # whether two files were one blob
        self.known = {path for file in self.folder for path in git.above(file)}
        self.gone: set[str] = set()
        self.last = "", ""
        self.ids: dict[str, str] = {}
        self.new: dict[str, bool] = {}
        self.view, self.changed = words.EMPTY, ""

    def start(self) -> Steps:
        yield from self.commit("Start")
        deep, top = git.deepest(self.folder), git.shallowest(self.folder)
        yield from self.write(f"{deep}={self.said(deep)} me")
        yield from self.commit("Deep down")
        yield from self.write(f"{top}={self.said(top)} all")
        yield from self.commit("At the top")

    @action(
        "Write a file",
        file=Text(
            "src/lib/util.py=help all", least=1, most=60, label="Path = text", on=FILE, among="paths", adds="=changed"
        ),
    )
    def write(self, file: str) -> Steps:
        path, _, text = file.partition("=")
        if sentence := git.refusal(path, self.folder, self.known):
            raise Refused("file", sentence)
        self.folder[path] = git.ended(text, self.ends)
        self.known.update(git.above(path))
        self.view, self.changed = words.text_view(path, self.folder[path]), f"cell:{len(self.commits)}:{path}"
        twin = next((other for other in self.folder if other != path and words.looks_like(other, path)), "")
        yield f"{path} in the folder says {words.quoted(text)} now. {words.told_apart(path, twin)}"

    @action("Remove a file", thrown="lane", path=Text("docs/README", least=1, most=60, on=FILE, among="paths"))
    def remove(self, path: str) -> Steps:
        if path not in self.folder:
            raise Refused("path", f"There is no file {path}. There are {', '.join(self.folder)}.")
        if len(self.folder) == 1:
            raise Refused("path", f"{path} is the only file. Write another one first.")
        del self.folder[path]
        self.changed = ""
        yield f"{path} is gone from the folder. Every commit that names it still does."

    @action("Commit", on="ref:HEAD", message=Text("Next", least=1, most=24))
    def commit(self, message: str) -> Steps:
        if not self.edited():
            raise Refused("", "Nothing has changed since the last commit. Write or remove a file first.")
        yield from self.make_commit(message, self.branches.get(self.head, -1))

    @action(
        "Amend the last commit",
        on="ref:HEAD",
        message=Text("Say why", least=1, most=24),
        help="Replaced by another one",
    )
    def amend(self, message: str) -> Steps:
        old = self.branches[self.head]
        yield from self.make_commit(message, self.commits[old].parent, self.commits[old].author)
        if old not in self.live():
            yield f"{self.commits[old].id[:7]} is as it was; no name leads to it any more."

    @action("Make a branch", on="ref:HEAD", name=Name(suggest="fresh"))
    def branch(self, name: str) -> Steps:
        if not git.is_branch(name):
            raise Refused("name", f"{name} is no name for a branch: it would be taken for something else.")
        if inside := next((one for one in self.branches if git.one_is_a_folder(one, name)), ""):
            raise Refused("name", f"A branch is a file, and {inside} is one: it and {name} cannot both be there.")
        if name in self.branches or name == "HEAD":
            raise Refused("name", f"There is a name {name} already. Take another, such as {self.fresh()}.")
        if len(self.branches) >= MOST_BRANCHES:
            raise Refused("name", f"There are {MOST_BRANCHES} branches, as many as the picture shows.")
        self.branches[name] = self.branches[self.head]
        self.look(f"ref:{escaped(name)}")
        yield f"{name} is one more name for {self.tip().id[:7]}: a file with 40 digits in it. No object is new."

    @action("Switch to a branch", name=Name(among="others", on="ref"))
    def switch(self, name: str) -> Steps:
        if name not in self.others():
            raise Refused("name", f"Take one of the other branches: {', '.join(self.others()) or 'make one first'}.")
        if self.edited():
            raise Refused("", "The folder holds changes that are in no commit. Commit them first.")
        self.head = name
        self.folder = dict(self.tip().texts)
        self.look("ref:HEAD")
        yield f"HEAD names {name} now, and the folder is filled from {self.tip().id[:7]}. No server was asked."

    @action("Throw away what no name leads to", help="As git gc does some weeks later")
    def collect(self) -> Steps:
        kept = self.store.reachable(*(self.commits[at].id for at in self.branches.values()))
        lost = self.store.held.keys() - kept
        if not lost:
            raise Refused("", f"Some name leads to each of the {len(kept)} objects: nothing can go.")
        self.gone |= {made.id for made in self.commits if made.id in lost}
        self.look("")
        self.store.forget(lost)
        yield f"No name led to {words.objects(len(lost))}: gone. {len(kept)} are left."

    # How a commit is made.

    def make_commit(self, message: str, parent: int, author: Stamp | None = None) -> Steps:
        """Blobs first, then trees from the deepest up to the root, then the commit; last of all the name moves."""
        if len(self.commits) >= MOST_COMMITS:
            raise Refused("", f"There are {MOST_COMMITS} commits, as many as a run holds.")
        before = self.commits[parent] if parent >= 0 else None
        self.ids, self.new = {}, {}
        yield from self.keep_files(before)
        yield from self.keep_folders(before)
        yield Wait(HOUR * SECOND * bool(self.commits))
        stamp = Stamp(self.author, f"{self.author}@lab", self.time + self.now // SECOND)
        parents = [before.id] if before else []
        author = author or stamp
        content = git.commit(self.ids[ROOT], parents, author, stamp, message)
        id_ = self.store.put("commit", content)
        count = self.new_objects()
        at = len(self.commits)
        self.commits.append(Made(id_, message, parent, dict(self.folder), self.ids, self.new, count, author))
        self.look(f"commit:{at}", id_)
        behind = f"its parent {before.id[:7]}" if before else "no parent"
        yield f"The commit names the tree {self.ids[ROOT][:7]}, {behind}, who, when and why. Its own name is {id_[:7]}."
        self.branches[self.head] = at
        self.look(f"ref:{escaped(self.head)}")
        rest = "; all others stay as they are" if before else ""
        yield decide(
            f"{self.head} names {id_[:7]} now. New in the store: {words.objects(count)}{rest}.",
            f"new objects of commit {at + 1}",
            str(count),
            stop=bool(before),
        )

    def keep_files(self, before: Made | None) -> Steps:
        """A blob for each file whose text is another one than before."""
        for path, text in self.folder.items():
            if before and before.texts.get(path) == text:
                self.ids[path] = before.ids[path]
                continue
            content = self.blob_of(path, text)
            if not self.store.held:
                yield from self.explain(path, text)
            id_, new = self.keep("blob", content, path)
            self.last = path, id_
            if new:
                told_as = f"{path} becomes the blob {id_[:7]}: {len(content)} bytes after the header."
            else:
                told_as = f"{path} has a text that is stored already: it is the blob {id_[:7]} too."
            yield decide(told_as, f"blob of {path}", id_[:7], stop=not new and not self.shared)
            self.shared |= not new

    def explain(self, path: str, text: str) -> Steps:
        """The first object of a run is taken slowly."""
        self.view, self.changed = words.text_view(path, text), f"cell:0:{path}"
        end = words.END[self.ends] if text else ""
        yield f"{path} holds {len(text.encode())} bytes{end}. Git keeps them as a blob, without the name of the file."
        self.view = words.text_view(path, text, header=True)
        yield "A header goes before them: what it is, how long it is, and a zero byte, NUL."

    def keep_folders(self, before: Made | None) -> Steps:
        """A tree for each folder in which a name or an id is another one than before, the deepest first."""
        for folder, entries, ids in git.folders({path: self.ids[path] for path in self.folder}):
            place = lane(folder)
            id_ = ids[folder] = git.object_id("tree", content := git.tree(entries))
            if before and before.ids.get(place) == id_:
                self.ids[place] = id_
                continue
            _, new = self.keep("tree", content, place)
            for entry in entries:
                # What is the same as before is named again, by the same id.
                self.new.setdefault(git.entry_path(folder, entry), False)
            names = f"{words.named(entries)}, {'each ' * (len(entries) > 1)}with its id"
            if new:
                yield f"{words.folder_name(place)} becomes the tree {id_[:7]}: {names}."
            else:
                yield f"{words.folder_name(place)} is the tree {id_[:7]} again, which is stored already."
        if ROOT not in self.new:
            self.ids[ROOT], self.new[ROOT] = id_, False

    def keep(self, kind: str, content: bytes, place: str) -> tuple[str, bool]:
        """Store an object, unless it is there, and show it."""
        id_ = git.object_id(kind, content)
        new = id_ not in self.store.held
        self.store.put(kind, content)
        if new:
            self.origin[id_] = len(self.commits), place
        self.ids[place], self.new[place] = id_, new
        self.look(f"cell:{len(self.commits)}:{place}", id_)
        return id_, new

    # Small parts.

    def look(self, changed: str, id_: str = "") -> None:
        """What wears brass, and the object whose bytes are shown."""
        self.changed = changed
        self.view = words.object_view(self.store, id_ or self.tip().id, fresh=bool(id_))

    def said(self, path: str) -> str:
        """A file's text without the end of its line."""
        return self.folder[path].removesuffix(git.ENDS[self.ends])

    def edited(self) -> bool:
        """Whether the folder differs from the last commit."""
        return self.head not in self.branches or self.folder != self.tip().texts

    def tip(self) -> Made:
        """The commit that HEAD leads to."""
        return self.commits[self.branches[self.head]]

    def live(self) -> set[int]:
        """The numbers of the commits that some name leads to."""
        found: set[int] = set()
        for tip in self.branches.values():
            at = tip
            while at >= 0:
                found.add(at)
                at = self.commits[at].parent
        return found

    def paths(self) -> tuple[str, ...]:
        return tuple(self.folder)

    def others(self) -> tuple[str, ...]:
        return tuple(name for name in self.branches if name != self.head)

    def fresh(self) -> str:
        return next(name for name in BRANCHES if name not in self.branches)

    # What it answers.

    outcome_schema = record(
        head=described(TEXT, "the branch that HEAD names"),
        branches=described(mapped(TEXT), "branch -> commit"),
        commits=listed(
            record(
                id=TEXT,
                tree=TEXT,
                parent=described(TEXT, "empty: none"),
                message=TEXT,
                new=described(WHOLE, "objects that it added, itself among them"),
                state=described(TEXT, "live, lost (no name leads to it) or gone"),
            )
        ),
        files=described(mapped(TEXT), "path -> blob, of the commit that HEAD leads to; folders end with a slash"),
        kinds=described(mapped(WHOLE), "objects in the store, by kind"),
        objects=WHOLE,
        new=described(WHOLE, "objects that the last commit added"),
        bytes=described(WHOLE, "of all objects, headers included, before compression"),
        copied=described(WHOLE, "what they would be if every commit kept a copy of everything"),
        last=described(
            record(path=TEXT, blob=TEXT), "the file that became a blob last, and the id’s first seven digits"
        ),
    )

    def outcome(self) -> dict[str, object]:
        """Names, commits, and what the store holds."""
        live = self.live()
        commits = [
            {
                "id": made.id,
                "tree": made.ids[ROOT],
                "parent": self.commits[made.parent].id if made.parent >= 0 else "",
                "message": made.message,
                "new": made.added,
                "state": GONE if made.id in self.gone else LIVE if at in live else LOST,
            }
            for at, made in enumerate(self.commits)
        ]
        return {
            "head": self.head,
            "branches": {name: self.commits[at].id for name, at in self.branches.items()},
            "commits": commits,
            "files": dict(self.tip().ids),
            "kinds": self.kinds(),
            "objects": len(self.store.held),
            "new": self.commits[-1].added,
            "bytes": self.store.size(),
            "copied": self.copied(),
            "last": {"path": self.last[0], "blob": self.last[1][:7]},
        }

    def kinds(self) -> dict[str, int]:
        """Objects in the store, by kind."""
        found = dict.fromkeys(("blob", "tree", "commit"), 0)
        for kind, _ in self.store.held.values():
            found[kind] += 1
        return found

    def copied(self) -> int:
        """Bytes if every commit that is in the store kept everything it names for itself."""
        total = 0
        for made in self.commits:
            if made.id in self.store.held:
                total += sum(self.store.sizes.get(id_, 0) for id_ in [*made.ids.values(), made.id])
        return total
