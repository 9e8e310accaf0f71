"""The same history by git itself: the ids that it prints are those of the run."""

from __future__ import annotations

import re
from shlex import quote

from playground.engine import Recipe, Run
from playground.miniatures.git.git_objects.model import GitObjects

TRIED = (
    "do=amend:Say+why&do=collect",
    "do=remove:docs/README&do=commit:Less&do=write:it%27s+odd%3D%24HOME+%22x%22&do=commit:Don%27t+worry",
    "author=bob&do=branch:topic&do=switch:topic&do=write:docs/NOTES%3Dtopic&do=commit:Notes",
    "do=write:empty%3D&do=commit:Nothing",
    "files=README%3Dhello+-rf%3D-n+-v/-e%3D--+-v/--help%3D-&do=remove:-rf&do=remove:-v/-e&do=commit:--amend",
    "files=README%3Dhello+.gitignore%3DREADME",
    "files=greeting%3DHello,+world!+README%3Dhello&ends=crlf",
    "ends=none&do=write:README%3Dhello&do=commit:++two++words++",
)
WRONG = (("", "GIT_AUTHOR_NAME=", "GIT_AUTHOR_NAME=x"),)
LINE_END = "\r\n"
WHO = re.compile(r"^(author|committer) (.+) <(.+)> (\d+) \+0000$", re.MULTILINE)


def elsewhere(done: Run) -> tuple[Recipe, ...]:
    """The commits that HEAD leads to, from the first on."""
    model = done.model(GitObjects)
    chain, at = [], model.branches.get(model.head, -1)
    while at >= 0:
        chain.append(model.commits[at])
        at = chain[-1].parent
    lines = ["git init -q -b main again && cd again", "git config commit.gpgsign false"]
    before: dict[str, str] = {}
    for made in reversed(chain):
        lines += [f"rm -- {quote(path)}" for path in before if path not in made.texts]
        lines += [writing(path, text) for path, text in made.texts.items() if before.get(path) != text]
        named = " ".join(named_by(*found) for found in WHO.findall(model.store.held[made.id][1].decode()))
        lines += ["git add -A -f", f"{named} \\\n    git commit -q --cleanup=verbatim -m {quote(made.message)}"]
        before = made.texts
    lines.append("git log --reverse --format=%H")
    return (Recipe("git", "\n".join(lines) + "\n", prints=tuple(one.id for one in reversed(chain))),)


def writing(path: str, text: str) -> str:
    folder = path.rpartition("/")[0]
    made = f"mkdir -p -- {quote(folder)} && " if folder else ""
    return (
        f"{made}printf {ends(text)} {quote(text.rstrip(LINE_END))} >{quote(path)}"
        if text
        else f"{made}: >{quote(path)}"
    )


def ends(text: str) -> str:
    """The format that prints a text with its line end, as it stands in the shell."""
    return "%s" + ("\\\\r\\\\n" if text.endswith("\r\n") else "\\\\n" * text.endswith("\n"))


def named_by(role: str, name: str, mail: str, seconds: str) -> str:
    """The variables that say who and when."""
    start = f"GIT_{role.upper()}"
    return f"{start}_NAME={quote(name)} {start}_EMAIL={quote(mail)} {start}_DATE='@{seconds} +0000'"
