"""Links of the text move the player that stands above them; without JavaScript they lead to the run's own page.

[now kill it](run:?do=fail:ada&step=22)     the player above shows that run, at that step
[two steps on](run:step=7)                  the player above shows its own run, at that step
"""

from __future__ import annotations

import re

from lessons.markdown.lesson import Token

STEP = re.compile(r"run:(step=\d+)$")


def drive(tokens: list[Token]) -> None:
    """Number the players, and tell every link to a run which of them it moves."""
    above: list[Token] = []
    for token in tokens:
        visit(token, above)


def visit(token: Token, above: list[Token]) -> None:
    if token["type"] == "player":
        above.append(token)
        token["attrs"]["number"] = len(above)
    elif token["type"] == "link" and token["attrs"]["url"].startswith("run:") and above:
        attrs, player = token["attrs"], above[-1]["attrs"]
        attrs["model"] = player["number"]
        if step := STEP.match(attrs["url"]):
            attrs["url"] = f"run:?{at_step(player['told'], step[1])}"
    for child in token.get("children", ()):
        visit(child, above)


def at_step(query: str, step: str) -> str:
    """The query of a run, opened at another step."""
    rest = [part for part in query.split("&") if part and not part.startswith("step=")]
    return "&".join([*rest, step] if step != "step=0" else rest)
