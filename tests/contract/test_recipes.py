"""Commands that a reader is shown to type hold what a stranger may have written into the link: it stays one word."""

import subprocess
from urllib.parse import quote

import pytest

from playground.engine.query import parse
from playground.engine.registry import entries
from playground.engine.run import run
from tests.web.test_hostile_text import TEXTS

WANTED = "xq"
"""A file that a shell makes by itself, without any program, where a text has got out of its quotes."""

PAYLOADS = (
    "' >xq; '",
    '" >xq; "',
    "$(>xq)",
    "`>xq`",
    "; >xq",
    "\\' >xq;",
    "a' >xq #",
    "a=' >xq; '",
    "a/$(>xq)=b",
    "&&>xq",
)


def commands(slug: str, query: str) -> list[str]:
    cls = entries()[slug].cls
    return [recipe.commands for recipe in entries()[slug].elsewhere(run(cls, parse(cls, query).query, draw=False))]


def typed(text: str, folder) -> bool:
    """Whether a shell that finds no program makes the file."""
    subprocess.run(
        ["/bin/sh", "-c", text], cwd=folder, env={"PATH": "/nonexistent"}, capture_output=True, timeout=20, check=False
    )
    return (folder / WANTED).exists()


@pytest.mark.asvs("1.2.5")
def test_what_was_typed_into_a_run_never_leaves_its_quotes_in_a_recipe(tmp_path):
    shown, held = [], set()
    for slug, before in TEXTS:
        for payload in PAYLOADS:
            for text in commands(slug, before + quote(payload)):
                if WANTED in text:
                    held.add(slug)
                    if typed(text, tmp_path):
                        (tmp_path / WANTED).unlink()
                        shown.append((slug, before, payload))
    assert shown == []
    assert held == {"git-objects", "password-storage"}


@pytest.mark.parametrize(
    "text",
    [
        f"echo '{PAYLOADS[0]}'",
        f'echo "{PAYLOADS[1]}"',
        f"echo {PAYLOADS[2]}",
        f'echo "{PAYLOADS[3]}"',
        f"echo {PAYLOADS[4]}",
    ],
)
def test_where_it_did_the_file_would_be_there(text, tmp_path):
    assert typed(text, tmp_path)
    (tmp_path / WANTED).unlink()
    assert not typed("echo 'xq >xq'", tmp_path)
