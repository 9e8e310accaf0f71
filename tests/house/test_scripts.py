"""The player's JavaScript as it is sent: its modules to a page, one script to a widget and in a file to keep."""

import gzip
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.storage import FileSystemStorage
from django.test import Client

from config.assets import hands_js, kept_js, moving_js, widget_js
from config.scripts import joined, small
from config.statics import ServedStorage
from tests.conftest import ROOT

EXTRAS = {
    "js/act.js",
    "js/drag.js",
    "js/hands.js",
    "js/page.js",
    "js/pulse.js",
    "js/sound.js",
    "js/stage.js",
    "js/view.js",
}
"""What the picture can besides: be touched and dragged, and move between two steps."""

MOST = 8192
"""Bytes, gzip, for all that steps through a run."""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> ServedStorage:
    """Our scripts, collected and processed as the static build does it."""
    source = FileSystemStorage(ROOT / "static")
    storage = ServedStorage(str(tmp_path_factory.mktemp("static")), "/static/")
    paths = {path.relative_to(ROOT / "static").as_posix(): source for path in (ROOT / "static/js").glob("*.js")}
    for name in paths:
        with source.open(name) as script:
            storage.save(name, script)
    for _ in storage.post_process({name: (source, name) for name in paths}):
        pass
    return storage


def modules_of(page: str) -> set[str]:
    """The modules that a page loads, by the names that its template gives them."""
    found = re.findall(r'<(?:script type="module" src|link rel="modulepreload" href)="/static/([^"]+)"', page)
    return set(found)


def test_what_steps_on_a_page_is_at_most_8_kb(client: Client, served: ServedStorage):
    sent = modules_of(client.get("/playground/hash-ring/").text)
    assert sent == {"js/player.js", "js/picture.js", "js/motion.js", *EXTRAS}
    sizes = {name: served.size(f"{served.stored_name(name)}.gz") for name in sent - EXTRAS}
    assert sum(sizes.values()) <= MOST, sizes


@pytest.mark.parametrize(
    ("name", "most"),
    [
        ("js/act.js", 1536),
        ("js/hands.js", 4096),
        ("js/drag.js", 3072),
        ("js/pulse.js", 4096),
        ("js/stage.js", 2048),
        ("js/sound.js", 1536),
        ("js/view.js", 1536),
        ("js/practise.js", 4096),
        ("js/pick.js", 2048),
        ("js/asked.js", 2048),
        ("js/list.js", 2048),
        ("js/zone.js", 512),
    ],
)
def test_what_else_there_is_is_small(served: ServedStorage, name: str, most: int):
    assert served.size(f"{served.stored_name(name)}.gz") <= most


def test_what_a_module_imports_is_named_by_its_content_and_asked_for_with_it(client: Client, served: ServedStorage):
    for path in ("/playground/hash-ring/", "/lessons/hash-ring/", "/", "/practise/"):
        sent = {served.stored_name(name) for name in modules_of(client.get(path).text)}
        for name in sent:
            with served.open(name) as script:
                imported = re.findall(r'from\s*"\./([^"]+)"', script.read().decode())
            assert {f"js/{one}" for one in imported} <= sent, f"{name} on {path}"


@pytest.mark.parametrize(("script", "most"), [(kept_js, MOST), (widget_js, 9_216)], ids=["a file", "a widget"])
def test_what_steps_in_a_file_is_at_most_8_kb_and_what_a_widget_begins_with_9(script: Callable[[], str], most: int):
    """A file is sent with its comments, to be read; without them it is what a page steps with."""
    assert len(gzip.compress(small(script()).encode())) <= most
    assert not re.search(r"\b(import|export)[ {]", script())


def test_a_script_that_is_small_does_not_change_again():
    assert small(widget_js()) == widget_js()


def test_what_serves_never_loads_the_minifier_whose_runtime_does_not_survive_a_fork():
    asked = "import sys, config.wsgi, config.urls, playground.embed.keepsake; sys.exit('minify' in sys.modules)"
    subprocess.run([sys.executable, "-c", asked], cwd=ROOT, check=True)


def test_what_moves_in_a_widget_is_fetched_where_something_does(client: Client):
    assert "js/embed-pulse." in client.get("/embed/load-balancing/").text
    assert "js/embed-pulse." in client.get("/embed/http-versions/").text
    assert "js/embed-pulse." not in client.get("/embed/hash-ring/").text
    assert not re.search(r"\b(import|export)[ {]", moving_js())


def test_hands_are_fetched_by_a_widget_that_can_be_acted_on_when_somebody_reaches_for_it(client: Client):
    named = re.compile(r'<main data-hands="/static/js/embed-hands\.(\w+\.)?js">')
    page = client.get("/embed/hash-ring/").text
    assert named.search(page)
    assert page.count("embed-hands") == 1
    assert "embed-hands" not in client.get("/embed/hash-ring/?hide=actions").text
    assert len(gzip.compress(hands_js().encode())) <= 4096
    assert not re.search(r"\b(import|export)[ {]", hands_js())


def write(folder: Path, **modules: str) -> Path:
    for name, text in modules.items():
        (folder / f"{name}.js").write_text(text)
    return folder


def test_modules_become_one_script_each_once_and_before_it_is_needed(tmp_path: Path):
    write(
        tmp_path,
        ground="export const one = 1;\n",
        middle='import { one } from "./ground.js";\nexport function two() { return one * 2; }\n',
        top='import { one } from "./ground.js";\nimport { two } from "./middle.js";\nclass Top { }\n',
    )
    assert joined(tmp_path, "top").split("\n\n") == [
        "const one = 1;",
        "function two() { return one * 2; }",
        "class Top { }\n",
    ]


@pytest.mark.parametrize(
    ("top", "sentence"),
    [
        ('import { one as first } from "./ground.js";\n', "write it more plainly: import { one as first }"),
        ('import * as ground from "./ground.js";\n', "write it more plainly: import * as ground"),
        ("export default 3;\n", "write it more plainly: export default 3;"),
        ('import { one } from "./ground.js";\nconst one = 2;\n', "a name of their own in common: one"),
    ],
)
def test_what_cannot_be_joined_stops_the_build(tmp_path: Path, top: str, sentence: str):
    write(tmp_path, ground="export const one = 1;\n", top=top)
    with pytest.raises(ValueError, match=re.escape(sentence)):
        joined(tmp_path, "top")
