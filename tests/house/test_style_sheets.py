"""The style sheet of a widget says what those of a page say."""

import re
from pathlib import Path

import pytest

from config.assets import STATIC, small_css, widget_css


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        (".a :is(.b, .c) { top: 0 }", ".a *:is(.b,.c){top:0}"),
        (".a:is(.b) { top: 0 }", ".a:is(.b){top:0}"),
        (".a > :is(.b) { top: 0 }", ".a>:is(.b){top:0}"),
        (".a, :is(.b) .c { top: 0 }", ".a,:is(.b) .c{top:0}"),
        ("[x] :not(.c) { color: red }", "[x] *:not(.c){color:red}"),
        (":is(.a, .b) button { margin : 0 }", ":is(.a,.b) button{margin:0}"),
    ],
)
def test_what_stands_inside_another_stays_inside_it(written: str, sent: str):
    assert small_css(written) == sent


@pytest.mark.parametrize("sheet", sorted((STATIC / "css").glob("*.css")), ids=lambda sheet: sheet.stem)
def test_every_brace_is_closed_where_the_next_sheet_begins(sheet: Path):
    """Where one is open, all that comes after it stands inside it: in a layer that gives way to the one around it."""
    depth = 0
    for line in re.sub(r"/\*.*?\*/", "", sheet.read_text("utf-8"), flags=re.DOTALL).splitlines():
        if line.startswith("@layer"):
            assert depth == 0, f"a brace is open before: {line}"
        depth += line.count("{") - line.count("}")
    assert depth == 0


def test_every_such_place_of_the_player_is_kept_in_a_widget():
    places = re.findall(r"[\w\])] :(?:is|not|where|has)\(", (STATIC / "css" / "player.css").read_text("utf-8"))
    assert places
    assert widget_css().count(" *:") >= len(places)
