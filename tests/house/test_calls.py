"""What the code that serves never does: run text, start programs, read formats that run code or fetch files."""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.conftest import ROOT

ROOMS = ("config", "lessons", "playground", "quizzes")
FILES = [path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py"))]

RUN_AS_CODE = {"eval", "exec", "compile", "__import__", "builtins.eval", "builtins.exec", "code.interact"}
START_A_PROGRAM = re.compile(
    r"(os\.(system|popen|exec\w+|spawn\w+|posix_spawn\w*)|pty\.\w+|asyncio\.create_subprocess_\w+|subprocess\.\w+)"
)
STARTED = {
    ("playground/cli.py", "subprocess.run"): "a contributor's own command: pytest",
    ("playground/engine/golden.py", "subprocess.run"): "a contributor's own command: git, with our words",
    ("playground/management/commands/startminiature.py", "subprocess.run"): "a contributor's own command: ruff",
}
"""(file, call) → why it may start a program. No request comes there."""

READERS_OF_XML = {"xml", "lxml", "defusedxml", "xmltodict", "bs4", "html5lib", "plistlib"}
READERS_THAT_RUN_CODE = {"pickle", "marshal", "shelve", "dill", "yaml", "jsonpickle"}
CIPHERS = {"cryptography", "Crypto", "nacl", "ssl"}
SOCKETS = {"websockets", "channels", "wsproto"}

TAUGHT = ("playground/miniatures/", "playground/machines/")
"""Where hash functions are what a model is about (MD5 in a hash ring, SHA-1 in Git), and protect nothing."""
APPROVED = {"sha256", "sha384", "sha512", "sha3_256", "sha3_512", "blake2b"}

MAKES_HTML_OF_TEXT = re.compile(
    r"\b(innerHTML|outerHTML|insertAdjacentHTML|createContextualFragment|setHTMLUnsafe|document\.write|srcdoc)\b"
)
RUNS_TEXT = re.compile(r"\beval\s*\(|\bFunction\s*\(|\bset(?:Timeout|Interval)\s*\(\s*[\"'`]|javascript:|\bimport\s*\(")


def calls(text: str) -> Iterator[tuple[str, ast.Call]]:
    """What is called, by the name that stands there."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func), node


def imported(text: str) -> set[str]:
    """Names of modules that are imported, each with its first part alone too."""
    found = set()
    for node in ast.walk(ast.parse(text)):
        names = [one.name for one in node.names] if isinstance(node, ast.Import) else []
        names += [node.module or ""] if isinstance(node, ast.ImportFrom) and not node.level else []
        found |= {*names, *(name.partition(".")[0] for name in names)}
    return found


def told(path) -> str:
    return path.relative_to(ROOT).as_posix()


def importing(modules: set[str]) -> list[str]:
    return [told(path) for path in FILES if imported(path.read_text("utf-8")) & modules]


@pytest.mark.asvs("1.3.2")
def test_no_text_is_run_as_code():
    found = [
        f"{told(path)}: {name}" for path in FILES for name, _ in calls(path.read_text("utf-8")) if name in RUN_AS_CODE
    ]
    assert found == []


@pytest.mark.asvs("1.2.5")
def test_programs_are_started_by_commands_for_contributors_alone():
    found = {
        (told(path), name)
        for path in FILES
        for name, _ in calls(path.read_text("utf-8"))
        if START_A_PROGRAM.fullmatch(name)
    }
    assert found == STARTED.keys()
    shells = [
        call
        for path in FILES
        for _, call in calls(path.read_text("utf-8"))
        if "shell" in {one.arg for one in call.keywords}
    ]
    assert shells == []
    assert not [path for path in FILES if re.search(r"from (subprocess|os) import", path.read_text("utf-8"))]


@pytest.mark.asvs("1.2.4")
def test_a_query_of_the_database_is_written_out_and_takes_values_as_parameters():
    raw, queries = [], 0
    for path in FILES:
        for name, call in calls(path.read_text("utf-8")):
            last = name.rpartition(".")[2]
            if last in ("execute", "executemany", "executescript") and call.args:
                queries += 1
                if not isinstance(call.args[0], ast.Constant):
                    raw.append(f"{told(path)}: {ast.unparse(call)}")
            elif last in ("raw", "extra", "RawSQL"):
                raw.append(f"{told(path)}: {ast.unparse(call)}")
    assert raw == []
    assert queries


@pytest.mark.asvs("parsers")
def test_no_xml_is_read():
    assert importing(READERS_OF_XML) == []


def test_nothing_is_read_in_a_format_that_can_run_code():
    assert importing(READERS_THAT_RUN_CODE) == []


@pytest.mark.asvs("ciphers")
def test_nothing_is_encrypted_here():
    assert importing(CIPHERS) == []


@pytest.mark.asvs("11.4.1")
def test_what_protects_something_uses_an_approved_hash_function():
    found = set()
    for path in FILES:
        if told(path).startswith(TAUGHT):
            continue
        tree = ast.parse(path.read_text("utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and node.module == "hashlib":
                found |= {one.name for one in node.names}
            elif isinstance(node, ast.Attribute) and ast.unparse(node.value) == "hashlib":
                found.add(node.attr)
    assert found
    assert found <= APPROVED


def scripts() -> dict[str, str]:
    """Our scripts, without their comments."""
    files = {told(path): path.read_text("utf-8") for path in sorted((ROOT / "static/js").glob("*.js"))}
    return {name: re.sub(r"/\*.*?\*/|(?<!:)//[^\n]*", "", text, flags=re.DOTALL) for name, text in files.items()}


@pytest.mark.asvs("3.2.2")
def test_our_scripts_put_text_into_a_page_as_text():
    assert len(scripts()) >= 5
    assert {name: found for name, text in scripts().items() if (found := MAKES_HTML_OF_TEXT.findall(text))} == {}


@pytest.mark.asvs("1.3.2", "1.2.3")
def test_our_scripts_run_no_text():
    assert {name: found for name, text in scripts().items() if (found := RUNS_TEXT.findall(text))} == {}


@pytest.mark.asvs("sockets")
def test_no_websocket_is_opened_or_taken():
    assert importing(SOCKETS) == []
    assert [name for name, text in scripts().items() if re.search(r"\bWebSocket\b|\bwss?:", text)] == []


@pytest.mark.parametrize(
    ("line", "what"),
    [("x.innerHTML = y", MAKES_HTML_OF_TEXT), ("x.insertAdjacentHTML('a', b)", MAKES_HTML_OF_TEXT),
     ("eval (x)", RUNS_TEXT), ("new Function('a')", RUNS_TEXT), ("setTimeout('a()', 3)", RUNS_TEXT)],
)  # fmt: skip
def test_in_a_script_it_would_be_noticed(line, what):
    assert what.search(line)
    assert not what.search("function f() { setTimeout(() => {}, 3); x.textContent = y; }")


@pytest.mark.parametrize(
    ("text", "name"), [("eval('1')", "eval"), ("import os\nos.system(x)", "os.system"), ("a.b.raw(x)", "a.b.raw")]
)
def test_in_our_code_it_would_be_noticed(text, name):
    assert name in dict(calls(text))
    assert {"xml", "xml.sax"} <= imported("from xml.sax import parse")
