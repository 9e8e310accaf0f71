"""The style sheet of a widget says what those of a page say."""

import re

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


def test_every_such_place_of_the_player_is_kept_in_a_widget():
    places = re.findall(r"[\w\])] :(?:is|not|where|has)\(", (STATIC / "css" / "player.css").read_text("utf-8"))
    assert places
    assert widget_css().count(" *:") >= len(places)
