"""Git's objects: what they are written from, what is left out, what they are checked against, runs that teach."""

from playground.engine import Check, Moment, Scenario, Source

SOURCES = (
    Source("Pro Git, 10.2 Git Objects", "https://git-scm.com/book/en/v2/Git-Internals-Git-Objects"),
    Source("Git, gitglossary", "https://git-scm.com/docs/gitglossary"),
    Source("Git, git-fsck", "https://git-scm.com/docs/git-fsck"),
)

SIMPLIFIED = (
    "A commit takes the whole folder; in Git it takes the index, which `git add` fills.",
    "A commit takes every file: `.gitignore` keeps nothing out, so the commands below say `git add -f`.",
    "A message is kept as typed; `git commit -m` takes blanks off its ends, without `--cleanup=verbatim`, as below.",
    "Objects are kept one by one. Git packs them later, and stores similar ones as differences inside a pack.",
    "Ids are SHA-1 (40 digits). Repositories that use SHA-256 exist, with 64.",
    "Author and committer are one person, the clock is in UTC, and an hour passes before each commit.",
    "A file is a plain file: no executables, symbolic links or submodules, and no tags.",
    "There is no reflog: what an amended commit leaves behind can be thrown away at once. Git keeps it for weeks.",
    "Switching needs a folder without changes; Git carries changes along where they do not collide.",
)

CHECKS = (
    Check("git fast-import", "every object and every id of seeded histories", "exact bytes"),
    Check("git mktree", "ids of trees with odd names, and of blobs and commits", "exact bytes"),
    Check("git commit", "the miniature’s own runs, verb by verb", "exact bytes"),
    Check("git update-index", "which paths are refused", "exact choice"),
    Check("git fsck --strict", "a store that the model has written, file by file", "exact choice"),
)

SCENARIOS = (
    Scenario(
        "one-file-deep-down",
        "One file, deep down",
        "step=24",
        "One text changes; a blob, three trees and a commit are new.",
    ),
    Scenario(
        "equal-texts",
        "Equal texts",
        "files=a%3Dsame+b%3Dsame+c%3Dsame+d%3Dother&step=19",
        "Four files, two blobs: a blob has no name.",
    ),
    Scenario(
        "there-and-back",
        "There and back",
        "do=write:src/lib/util.py%3Dhelp&do=write:README%3Dhello&do=commit:Back&step=29",
        "The old text comes back, and with it the old tree: the commit alone is new.",
    ),
    Scenario(
        "two-branches",
        "Two branches",
        "do=branch:topic&do=switch:topic&do=write:docs/NOTES%3Dtopic&do=commit:Notes&do=switch:main"
        "&do=write:README%3Dhello+you&do=commit:Greet&step=38",
        "A branch costs one name; what the two sides share is stored once.",
    ),
    Scenario(
        "amended",
        "Amended, then collected",
        "do=amend:Say+why&do=collect&step=27",
        "An amended commit is another commit; the old one stays until it is thrown away.",
    ),
    Scenario(
        "a-file-goes",
        "A file goes",
        "do=remove:docs/README&do=commit:Less&step=28",
        "A folder without files is named by no tree; the blob stays for the commits that name it.",
    ),
)

MOMENT = Moment(
    "files=a%3Dsame+b%3Dsame+c%3Dsame+d%3Dother&step=19", lambda done: str(done.outcome["objects"]), "objects"
)
