"""The same run on the real system: files and commands that a reader can take away."""

from __future__ import annotations

import re
from typing import NamedTuple


class Recipe(NamedTuple):
    """What to type, in an empty folder, to ask the real thing, and what it prints then.

    tests/fidelity/test_elsewhere.py types the recipes of the default run and of scenarios, as they are shown. It
    reads two more names beside them in a miniature's `elsewhere.py`:

        TRIED   queries of further runs whose recipes are typed: every branch of `elsewhere` is to be among them
        WRONG   saboteurs: (query, a piece of its recipe, what stands there instead), so that it prints otherwise

    Where the default run or all scenarios but one have no recipe, `NOT_ALWAYS` is a sentence that says why.
    """

    title: str
    """The program."""
    commands: str
    """Lines for a shell."""
    files: tuple[tuple[str, str], ...] = ()
    """(name, text) of the files to write first."""
    note: str = ""
    """Where the real thing differs from the model, if it does."""
    prints: tuple[str, ...] = ()
    """The lines that it prints, worked out from the run. They are not shown, but compared with what comes."""
    picks: str = ""
    """Where not everything that is printed can be known: a regular expression. Of the lines that begin with it, its
    groups are compared, with a space between them."""


PORT = 8080
"""Where a recipe's server listens, on 127.0.0.1."""


PORT_AT_END = re.compile(":[0-9]+$")


def is_socket(name: str) -> bool:
    """Whether nginx takes a server of this name at a unix socket in this folder for one of that name.

    A `/` leads into a folder, and what follows the last `:`, if it is a number, is a port.
    """
    return "/" not in name and not PORT_AT_END.search(name)


def nginx(upstream: str, backends: str, more: str = "") -> str:
    """A whole nginx.conf, for one user in one folder: a front on PORT, and servers that answer with their names."""
    front = f"server {{ listen 127.0.0.1:{PORT}; location / {{ proxy_pass http://pool; }} }}\n"
    inside = f"{more}upstream pool {{\n{upstream}}}\n{front}{backends}"
    shifted = "".join(f"    {line}\n" for line in inside.splitlines())
    return (
        "pid nginx.pid;\nerror_log error.log;\nworker_processes 1;\nevents { }\n"
        "http {\n    access_log off;\n"
        "    client_body_temp_path t1; proxy_temp_path t2; fastcgi_temp_path t3;\n"
        "    uwsgi_temp_path t4; scgi_temp_path t5;\n"
        f"{shifted}}}\n"
    )


def with_nginx(asking: str) -> str:
    """Start nginx in this folder, ask, stop."""
    run = 'nginx -p "$PWD/" -c nginx.conf -e error.log'
    return f"{run}\n{asking}\n{run} -s stop\n"
