"""What Git's objects are asked about: wrong models, questions made from them, and the challenge."""

from playground.engine import Challenge, Condition, Query, Question, Rng, Run, WrongModel, do, query_for
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


class ForgetsTheRoot(WrongModel, GitObjects):
    belief = "the folders on the way change, but the root folder names them and stays as it is"

    def new_objects(self) -> int:
        return super().new_objects() - 1


class CopiesAll(WrongModel, GitObjects):
    belief = "a snapshot is a copy, so every file and folder is stored again"

    def new_objects(self) -> int:
        return len(self.ids) + 1


class NameInside(WrongModel, GitObjects):
    belief = "the name of a file is part of what is hashed"

    def blob_of(self, path: str, text: str) -> bytes:
        return git.blob(f"{path}\n{text}")


class TimeInside(WrongModel, GitObjects):
    belief = "every commit hashes its files anew, with the time"

    def blob_of(self, path: str, text: str) -> bytes:
        return git.blob(f"{self.now}\n{text}")


class OwnerInside(WrongModel, GitObjects):
    belief = "the author is part of what is hashed for a file"

    def blob_of(self, path: str, text: str) -> bytes:
        return git.blob(f"{self.author}\n{text}")


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
    return git.read(query["files"].split(" "))[0]


def changed(files: dict[str, str]) -> set[str]:
    """Those that change before the first action."""
    return {git.deepest(files), git.shallowest(files)}


def says(query: Query, text: str) -> str:
    """The first file that says so from the beginning on; empty: none."""
    files = beginning(query)
    return next((path for path, said in files.items() if said == f"{text}\n" and path not in changed(files)), "")


class HowManyNew(Question):
    """One file changes. How many objects does the commit add?"""

    name = "how-many-new"
    title = "objects of a commit"
    because = (
        "New are the blob, a tree for each folder from the file up to the root, because a tree names what is in "
        "it by hash, and the commit; all else is named again, not stored again."
    )
    form = "number"
    reads = "new"
    about = "new objects of commit 4"
    wrong = (JustTheFile, ForgetsTheRoot, CopiesAll)
    verbs = "write commit"
    needs = (
        "a run in which all that is done is that a file gets a text that was never stored before, and a commit is made"
    )

    @classmethod
    def fits(cls, done: Run) -> bool:
        path, _, text = done.query.argument(-2).partition("=")
        return bool(text and done.model(GitObjects).commits[-1].new[path])

    @classmethod
    def pose(cls, rng: Rng) -> Query:
        files = some_files(rng, rng.between(4, 7))
        path = rng.choice(sorted(files))
        return query_for(
            GitObjects, do("write", f"{path}=never said before"), do("commit", "Next"), files=spelled(files)
        )

    @classmethod
    def prompt(cls, query: Query) -> str:
        path = query.argument(-2).partition("=")[0]
        return f"{path} gets a text that was never stored before. How many objects does the commit add to the store?"

    @classmethod
    def points_at(cls, query: Query) -> tuple[str, str]:
        return "commit:3", ""


class WhichBlob(Question):
    """A new file gets the text of another one. Which blob is it?"""

    name = "which-blob"
    title = "which blob"
    because = (
        "A blob is named by the hash of its content, with its kind and length in front; neither path nor time nor "
        "author is part of it."
    )
    goes = "The {thing} is {choice}."
    form = "choice"
    reads = "last.blob"
    about = "blob of {last[path]}"
    wrong = (NameInside, TimeInside, OwnerInside)
    verbs = "write commit"
    needs = (
        "a run in which all that is done is to write a new file with the text of one that has not changed, and commit"
    )

    @classmethod
    def fits(cls, done: Run) -> bool:
        path, _, text = done.query.argument(-2).partition("=")
        return bool(text and path not in beginning(done.query) and says(done.query, text))

    @classmethod
    def pose(cls, rng: Rng) -> Query:
        files = some_files(rng, rng.between(4, 6))
        path = rng.choice(sorted(files.keys() - changed(files)))
        text = files[path]
        author = rng.choice(("ada", "bob", "cleo"))
        return query_for(
            GitObjects, do("write", f"COPY={text}"), do("commit", "Next"), files=spelled(files), author=author
        )

    @classmethod
    def prompt(cls, query: Query) -> str:
        path, _, text = query.argument(-2).partition("=")
        other = says(query, text)
        return f"A new file {path} says “{text}”, as {other} does. Which id does its blob get in the next commit?"

    @classmethod
    def points_at(cls, query: Query) -> tuple[str, str]:
        return f"lane:{query.argument(-2).partition('=')[0]}", ""


def same_tree(done: Run) -> bool:
    """Whether two commits name one tree."""
    trees = [made["tree"] for made in done.outcome["commits"]]
    return len(set(trees)) < len(trees)


QUESTIONS = (HowManyNew, WhichBlob)
CHALLENGES = (
    Challenge(
        name="one-tree-two-commits",
        goal="Make two commits that hold the same files, to the byte, and yet have two names. Spend one new object.",
        start="step=24",
        solution="do=amend:Say+why",
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
