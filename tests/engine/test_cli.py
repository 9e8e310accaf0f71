"""`python -m playground`: the models without the site, on a bare Python."""

import io
import json
import subprocess
import sys

import pytest

from playground import cli
from tests.conftest import ROOT

BARE = f"import sys, runpy; sys.path.insert(0, {str(ROOT)!r}); runpy.run_module('playground', run_name='__main__')"


def typed(*words):
    """Run it isolated (-I) and without site-packages (-S): only the standard library can be imported."""
    return subprocess.run(
        [sys.executable, "-I", "-S", "-B", "-X", "utf8", "-c", BARE, *words],
        capture_output=True,
        text=True,
        check=False,
    )


def said(*words):
    out, err = io.StringIO(), io.StringIO()
    return cli.main(words, out, err), out.getvalue(), err.getvalue()


def test_run_prints_the_narration_and_the_outcome_on_a_bare_python():
    done = typed("run", "hash-ring", "nodes=A+B&keys=2&do=add:C")
    assert (done.returncode, done.stderr) == (0, "")
    steps, _, outcome = done.stdout.partition("{")
    lines = steps.splitlines()
    assert [line[:5] for line in lines] == [f"{number:>3}  " for number in range(len(lines))]
    assert lines[1].startswith("  1  A takes 3 points")
    assert [server["name"] for server in json.loads("{" + outcome)["servers"]] == ["A", "B", "C"]


def test_list_names_every_miniature():
    status, out, _ = said("list")
    assert status == 0
    lines = [line.split(maxsplit=1) for line in out.splitlines()]
    assert ["hash-ring", "The hash ring: A cache server dies. How few keys can you move?"] in lines
    assert ["load-balancing", "Load balancing: Four servers, one of them slow. Who gets the next request?"] in lines


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("keys=201", "keys: 201 is out of range; allowed is a whole number from 0 to 200."),
        ("key=3", "There is no input “key”; did you mean keys?"),
        ("utm_source=x", "There is no input “utm_source”."),
        (
            "do=jump",
            "do[0]: There is no action “jump”; there are add, remove, fail, revive, weight, look_up, add_keys.",
        ),
        ("do=remove:zoe", "There is no server zoe. On the ring: ada, bob, cleo, dee."),
    ],
)
def test_bad_input_is_said_on_stderr_with_status_2(query, sentence):
    status, _, err = said("run", "hash-ring", query)
    assert (status, err) == (2, f"{sentence}\n")


def test_everything_wrong_is_said_at_once():
    _, out, err = said("run", "hash-ring", "keys=x&points=0&step=y")
    assert [line.partition(":")[0] for line in err.splitlines()] == ["keys", "points", "step"]
    assert out == ""


def test_a_refused_action_still_tells_what_came_before():
    _, out, err = said("run", "hash-ring", "keys=0&do=fail:ada&do=fail:ada")
    assert out.count("\n") == 7
    assert err.startswith("ada has failed already.")


@pytest.mark.parametrize(
    ("slug", "sentence"),
    [
        ("hash-rign", "There is no miniature “hash-rign”; near is hash-ring."),
        ("zzz", "There is no miniature “zzz”; python -m playground list names them."),
    ],
)
def test_an_unknown_miniature_is_told_what_is_near(slug, sentence):
    assert said("run", slug) == (2, "", f"{sentence}\n")


def test_raising_a_version_for_nothing_is_refused():
    status, _, err = said("raise-version", "hash-ring", "Nothing changed.")
    assert status == 2
    assert "answers every recorded run as before" in err


def test_help_names_the_commands():
    done = typed("--help")
    assert done.returncode == 0
    for command in ("list", "run", "record", "raise-version"):
        assert f"\n    {command}" in done.stdout


def test_a_missing_command_is_a_usage_error():
    done = typed()
    assert done.returncode == 2
    assert "usage: python -m playground" in done.stderr


def test_who_reads_only_the_beginning_ends_it_without_a_trace():
    """As `… | head -3` does: the pipe is closed while more is to come."""
    command = [sys.executable, "-m", "playground", "run", "git-objects"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, bufsize=0) as run:
        assert run.stdout
        assert run.stderr
        run.stdout.close()
        assert run.stderr.read() == b""
        assert run.wait(30) != 0
