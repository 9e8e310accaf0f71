"""No two files need each other: each can be read, and understood, with what lies below it alone.

Every import counts, also one for the type checker or inside a function: it hides a circle from Python, not from
the reader.
"""

from collections import deque
from pathlib import Path
from textwrap import dedent

from tests.conftest import ROOT
from tests.imports import Imports, imports, modules

ROOMS = ("playground", "lessons", "config", "quizzes")
MEND = (
    "Move what both need into a file below both, or hand it in as an argument. "
    "An import under TYPE_CHECKING or inside a function is one too."
)


def way_back(start: str, graph: Imports) -> list[str]:
    """The shortest way along imports from a module back to itself; empty where there is none."""
    before: dict[str, str] = {}
    ahead = deque([start])
    while ahead:
        here = ahead.popleft()
        for following in graph[here]:
            if following == start:
                way = [here]
                while way[0] != start:
                    way.insert(0, before[way[0]])
                return way
            if following not in before:
                before[following] = here
                ahead.append(following)
    return []


def circles(graph: Imports) -> list[list[str]]:
    """The shortest circle through every module that is in one; each circle once."""
    found: dict[frozenset[str], list[str]] = {}
    for name in sorted(graph):
        if way := way_back(name, graph):
            found.setdefault(frozenset(way), way)
    return list(found.values())


def told(root: Path) -> str:
    """Every circle, file by file, with the lines that import; empty where there is none."""
    graph, known = imports(root, ROOMS), modules(root, ROOMS)
    listed = []
    for circle in circles(graph):
        lines = [f"{len(circle)} files import each other in a circle:"]
        for name, following in zip(circle, [*circle[1:], circle[0]], strict=True):
            path, number = known[name], graph[name][following]
            line = path.read_text("utf-8").splitlines()[number - 1].strip()
            lines.append(f"    {path.relative_to(root).as_posix()}:{number}: {line}")
        listed.append("\n".join(lines))
    return "\n".join([*listed, MEND]) if listed else ""


def test_no_files_import_each_other_in_a_circle():
    found = told(ROOT)
    assert not found, found


def made_up(root: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text), "utf-8")
    return root


def test_a_circle_is_told_file_by_file_with_its_lines_and_how_to_mend_it(tmp_path):
    root = made_up(
        tmp_path,
        {
            "playground/__init__.py": "",
            "playground/tea/__init__.py": "from playground.tea.leaf import Leaf\n",
            "playground/tea/leaf.py": """
                from typing import TYPE_CHECKING
                if TYPE_CHECKING:
                    from playground.tea.pot import Pot
            """,
            "playground/tea/pot.py": """
                def pour():
                    from playground.tea import water
            """,
            "playground/tea/water.py": "import playground.tea.leaf\n",
            "lessons/above.py": "from playground.tea import Leaf\n",
        },
    )
    assert told(root).splitlines() == [
        "3 files import each other in a circle:",
        "    playground/tea/leaf.py:4: from playground.tea.pot import Pot",
        "    playground/tea/pot.py:3: from playground.tea import water",
        "    playground/tea/water.py:1: import playground.tea.leaf",
        MEND,
    ]


def test_where_imports_only_lead_downwards_nothing_is_told(tmp_path):
    root = made_up(
        tmp_path,
        {
            "config/__init__.py": "from config.high import start\nimport json\n",
            "config/high.py": "from config import low\nfrom config.low import floor\n",
            "config/low.py": "from pathlib import Path\n",
        },
    )
    assert told(root) == ""
