"""What Git's objects are asked about: wrong models, questions made from them, and the challenge."""

from playground.engine import Challenge, Condition, Query, Question, Rng, Run, Score, WrongModel, acts, do, query_for
from playground.machines import git_store as git
from playground.miniatures.git.git_objects.model import GitObjects

FOLDERS = ("docs", "src", "src/lib", "web", "web/img")
NAMES = ("README", "app.py", "util.py", "notes.md", "index", "data.csv", "main.c", "style.css")
WORDS = ("hello", "help", "run", "list", "north", "south", "green", "small")

# What sensible people believe instead.


class JustTheFile(WrongModel, GitObjects):
    belief = "a commit stores what has changed, and that is one file"

    def new_objects(self) -> int:
        return 1


class FilesAndCommit(WrongModel, GitObjects):
    belief = "folders are not stored: new are the files that changed, and the commit"

    def new_objects(self) -> int:
        return sum(new for place, new in self.new.items() if not place.endswith("/")) + 1


class ForgetsTheRoot(WrongModel, GitObjects):
    belief = "the folders on the way change, but the root folder names them and stays as it is"

    def new_objects(self) -> int:
        return super().new_objects() - 1


class EveryFolder(WrongModel, GitObjects):
    belief = "each snapshot writes all of its folders again, and of the files those that changed"

    def new_objects(self) -> int:
        same = sum(place.endswith("/") and not self.new.get(place) for place in self.ids)
        return super().new_objects() + same


class CopiesAll(WrongModel, GitObjects):
    belief = "a snapshot is a copy, so every file and folder is stored again"

    def new_objects(self) -> int:
        return len(self.ids) + 1


class OneSide(WrongModel, GitObjects):
    belief = "only the folders that the file has come to are other ones; where it was, nothing is written"

    def new_objects(self) -> int:
        return len(git.above(self.last[0])) + 1


class NameInside(WrongModel, GitObjects):
    belief = "the name of a file is part of what is hashed"

    def blob_of(self, path: str, text: str) -> bytes:
        return git.blob(f"{path}\n{text}")


class FolderInside(WrongModel, GitObjects):
    belief = "equal texts are one blob within a folder, and stored once more in another folder"

    def blob_of(self, path: str, text: str) -> bytes:
        return git.blob(f"{path.rpartition('/')[0]}\n{text}")


class CommitInside(WrongModel, GitObjects):
    belief = "each commit stores its own texts, and finds equal ones among these alone"

    def blob_of(self, path: str, text: str) -> bytes:
        return git.blob(f"{len(self.commits)}\n{text}")


class KeepsDifferences(WrongModel, GitObjects):
    belief = "a text that is nearly the same is kept as a difference, without a blob of its own"

    def blob_of(self, path: str, text: str) -> bytes:
        return git.blob(text.split(maxsplit=1)[0] if text.split() else text)


class OneAFolder(WrongModel, GitObjects):
    belief = "what has changed in a folder is stored together"

    def blob_of(self, path: str, text: str) -> bytes:
        return git.blob(f"{len(self.commits)} {path.rpartition('/')[0]}")


class OneForAll(WrongModel, GitObjects):
    belief = "what has changed goes into one blob"

    def blob_of(self, path: str, text: str) -> bytes:
        return git.blob(f"{len(self.commits)}")


def some_files(rng: Rng, count: int) -> dict[str, str]:
    """Files in up to three folders, with texts that all differ."""
    top = rng.choice(("", *FOLDERS))
    names, words = rng.sample(NAMES, count), rng.sample(WORDS, count)
    found = {}
    for at, (name, word) in enumerate(zip(names, words, strict=True)):
        folder = ("", top, rng.choice(("", top, "docs")))[min(at, 2)]
        found[f"{folder}/{name}" if folder else name] = word
    return found


def spelled(files: dict[str, str]) -> str:
    return " ".join(f"{path}={text}" for path, text in files.items())


def beginning(query: Query) -> dict[str, str]:
    """The files of a run, with their texts as it begins."""
    return git.read(query["files"], query["ends"])[0]


def changed(files: dict[str, str]) -> set[str]:
    """Those that change before the first action."""
    return {git.deepest(files), git.shallowest(files)}


class HowManyNew(Question):
    """One file changes, or two. How many objects does the commit add?"""

    name = "how-many-new"
    title = "objects of a commit"
    version = 2
    because = (
        "New are a blob for each new text, a tree for each folder from there up to the root, because a tree names what "
        "is in it by hash, and the commit; all else is named again, not stored again."
    )
    form = "number"
    reads = "new"
    about = "new objects of commit 4"
    wrong = (JustTheFile, FilesAndCommit, ForgetsTheRoot, EveryFolder, CopiesAll)
    verbs = "(write )?write commit"
    needs = (
        "a run in which all that is done is that a file, or two, get texts that were never stored before, and a commit "
        "is made"
    )

    @classmethod
    def fits(cls, done: Run) -> bool:
        writes = done.query.acts[:-1]
        paths = {act.arguments[0].partition("=")[0] for act in writes}
        texts = {act.arguments[0].partition("=")[2] for act in writes}
        made = done.model(GitObjects).commits[-1]
        return bool(len(paths) == len(texts) == len(writes) and all(made.new.get(path) for path in paths))

    @classmethod
    def pose(cls, rng: Rng) -> Query:
        files = some_files(rng, rng.between(4, 7))
        paths = rng.sample(sorted(files), rng.between(1, 2))
        texts = ("never said before", "nor this")
        writes = [do("write", f"{path}={text}") for path, text in zip(paths, texts, strict=False)]
        return query_for(GitObjects, *writes, do("commit", "Next"), files=spelled(files))

    @classmethod
    def prompt(cls, query: Query) -> str:
        paths = [act.arguments[0].partition("=")[0] for act in query.acts[:-1]]
        told = f"{paths[0]} gets a text" if len(paths) == 1 else f"{paths[0]} and {paths[1]} get two texts"
        was = "was" if len(paths) == 1 else "were"
        return f"{told} that {was} never stored before. How many objects does the commit add to the store?"

    @classmethod
    def points_at(cls, query: Query) -> tuple[str, str]:
        return "commit:3", ""


class HowManyBlobs(Question):
    """A few files are written, some with texts that are stored already. How many blobs does the commit add?"""

    name = "how-many-blobs"
    title = "blobs of a commit"
    because = (
        "A blob is named by the hash of its text alone, so a text that any file has had in any commit is stored "
        "already, and a text that differs by one letter is another blob."
    )
    goes = "The {thing} is {choice}."
    form = "number"
    wrong = (NameInside, FolderInside, CommitInside, KeepsDifferences, OneForAll, OneAFolder)
    verbs = "(write ){2,4}commit"
    needs = "a run in which all that is done is that two to four files get texts, and a commit is made"

    @classmethod
    def written(cls, query: Query) -> list[tuple[str, str]]:
        """Path and text of each."""
        return [(path, text) for path, _, text in (act.arguments[0].partition("=") for act in query.acts[:-1])]

    @classmethod
    def fits(cls, done: Run) -> bool:
        written = cls.written(done.query)
        changed = done.model(GitObjects).commits[-1].new
        return bool(
            len({path for path, _ in written}) == len(written)
            and all(path in changed and text for path, text in written)
        )

    @classmethod
    def pose(cls, rng: Rng) -> Query:
        files = some_files(rng, rng.between(3, 4))
        folders = sorted({path.rpartition("/")[0] for path in files})
        stored, fresh = rng.choice(sorted(files.values())), rng.choice(("blue", "new", "east"))
        names = rng.sample(("COPY", "NOTES", "TODO", "PLAN"), 4)
        added = rng.sample((f"{stored} too", f"{stored} now", fresh, f"{fresh} too"), rng.choice((1, 1, 2, 3, 3)))
        texts = rng.shuffled((*added, *(rng.choice((stored, *added)) for _ in names[len(added) :])))
        new = [f"{folder}/{name}" if (folder := rng.choice(folders)) else name for name in names]
        writes = [do("write", f"{path}={text}") for path, text in zip(new, texts, strict=True)]
        return query_for(GitObjects, *writes, do("commit", "Next"), files=spelled(files))

    @classmethod
    def prompt(cls, query: Query) -> str:
        told = ", ".join(f"{path} says “{text}”" for path, text in cls.written(query))
        return f"Files are written: {told}. How many blobs does the commit add to the store?"

    @classmethod
    def answer(cls, done: Run) -> str:
        made = done.model(GitObjects).commits[-1]
        return str(sum(new for place, new in made.new.items() if not place.endswith("/")))

    @classmethod
    def points_at(cls, query: Query) -> tuple[str, str]:
        return "commit:3", ""


class AFileMoves(Question):
    """A file gets another place, and not a letter of it changes. How many objects does the commit add?"""

    name = "a-file-moves"
    title = "a file moves"
    because = (
        "The text is the same, so its blob is; other names stand in the folder it left and in the one it came to, so "
        "these trees and all above them are new, and the commit is."
    )
    form = "number"
    reads = "new"
    about = "new objects of commit 4"
    wrong = (NameInside, JustTheFile, ForgetsTheRoot, OneSide, CopiesAll)
    verbs = "remove write commit"
    needs = (
        "a run in which all that is done is that a file is removed, written with the same text at a new place, and a "
        "commit is made"
    )

    @classmethod
    def moved(cls, query: Query) -> tuple[str, str, str]:
        """From where, to where, and the text."""
        path, _, text = query.argument(1).partition("=")
        return query.argument(0), path, text

    @classmethod
    def fits(cls, done: Run) -> bool:
        was, now, text = cls.moved(done.query)
        before = done.model(GitObjects).commits[-2].texts
        same = before.get(was) == git.ended(text, done.query["ends"])
        return bool(same and now not in before)

    @classmethod
    def pose(cls, rng: Rng) -> Query:
        files = some_files(rng, rng.between(4, 7))
        was = rng.choice(sorted(files.keys() - changed(files)))
        folders = sorted({path.rpartition("/")[0] for path in files})
        folder, name = rng.choice(folders), rng.choice((was.rpartition("/")[2], "MOVED"))
        now = f"{folder}/{name}" if folder else name
        return query_for(
            GitObjects,
            do("remove", was),
            do("write", f"{now}={files[was]}"),
            do("commit", "Next"),
            files=spelled(files),
        )

    @classmethod
    def prompt(cls, query: Query) -> str:
        was, now, _ = cls.moved(query)
        return f"{was} is moved to {now}; its text stays as it was. How many objects does the commit add to the store?"

    @classmethod
    def points_at(cls, query: Query) -> tuple[str, str]:
        return "commit:3", ""


def same_tree(done: Run) -> bool:
    """Whether two commits name one tree."""
    trees = [made["tree"] for made in done.outcome["commits"]]
    return len(set(trees)) < len(trees)


QUESTIONS = (HowManyNew, HowManyBlobs, AFileMoves)
CHALLENGES = (
    Challenge(
        name="one-tree-two-commits",
        claim="A commit is named after the files that it holds: the same files, the same name.",
        goal="Make two commits that hold the same files, to the byte, and yet have two names. Spend one new object.",
        start="step=24",
        solution="do=amend:Say+why",
        score=Score(unit="actions", one="action", of=acts, par=1, best=1, best_run="do=amend:Say+why"),
        hints=(
            (
                "A commit is named after all that it says: its tree, its parent, its author, its time, its message. "
                "Leave the tree alone and change something else."
            ),
            (
                "The short way: put another commit in the place of the last, with other words and without touching a "
                "file. Throw nothing away afterwards."
            ),
        ),
        conditions=(
            Condition("two commits name the same tree", same_tree),
            Condition(
                "there is one object more than after the first three commits",
                lambda done: done.outcome["objects"] - sum(made["new"] for made in done.outcome["commits"][:3]) == 1,
            ),
            Condition(
                "every object is still in the store",
                lambda done: all(m["state"] != "gone" for m in done.outcome["commits"]),
            ),
        ),
    ),
)
