"""The core knows nothing above it: the standard library and itself, nothing else."""

import ast
import subprocess
import sys

import pytest

from tests.conftest import ROOT

HOME = ROOT / "playground"
MAY = {
    "machines": ("playground.machines",),
    "scenes": ("playground.scenes",),
    "engine": ("playground.engine", "playground.scenes"),
    "miniatures": ("playground.miniatures", "playground.machines", "playground.scenes", "playground.engine"),
}
# Discovery is the one place of the engine that sees the miniatures.
EXCEPT = {"engine/registry.py": ("playground.miniatures", "playground")}


def imports(path):
    """Modules that a file imports: `from playground import miniatures` counts as `playground.miniatures` too."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}: write imports in full"
            inner = [f"{node.module}.{alias.name}" for alias in node.names]
            yield from inner if node.module == "playground" else [node.module]


@pytest.mark.parametrize("room", MAY)
def test_a_room_of_the_core_imports_the_standard_library_and_what_lies_below_it(room):
    files = sorted((HOME / room).rglob("*.py"))
    assert files
    for path in files:
        name = path.relative_to(HOME).as_posix()
        allowed = MAY[room] + EXCEPT.get(name, ())
        for module in imports(path):
            inside = any(module == known or module.startswith(f"{known}.") for known in allowed)
            outside = module.split(".")[0] in sys.stdlib_module_names
            assert inside or outside, f"playground/{name} may not import {module}; allowed are {allowed}"


BARE = """
import sys
sys.path.insert(0, {root!r})
from playground.cli import main
from playground.engine.registry import entries
assert entries()
known = {{*sys.stdlib_module_names, "playground", "__main__"}}
print(sorted({{name.split(".")[0] for name in sys.modules}} - known))
"""


def test_the_whole_core_runs_on_a_bare_python():
    """Isolated and without site-packages: nothing that is installed can be imported."""
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-B", "-c", BARE.format(root=str(ROOT))],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "[]\n"
