"""Links of the text move the player of their chapter; without JavaScript they lead to the run's own page.

[now kill it](run:?do=fail:ada&step=22)     the player shows that run, at that step
[two steps on](run:step=7)                  the player shows its own run, at that step

Where the chapter's stage is a question or a challenge, they move the last player before it.
"""

from __future__ import annotations

import re
from typing import Any

from lessons.markdown.chapters import chapters
from lessons.markdown.lesson import Token

STEP = re.compile(r"run:(step=\d+)$")


def drive(tokens: list[Token]) -> None:
    """Number the players, and tell every link to a run which of them it moves."""
    players: list[Token] = []
    for chapter in chapters(tokens):
        if chapter.stage and chapter.stage["type"] == "player":
            players.append(chapter.stage)
            chapter.stage["attrs"]["number"] = len(players)
        if players:
            for token in (*chapter.lead, *([chapter.stage] if chapter.stage else []), *chapter.rest):
                visit(token, players[-1]["attrs"])


def visit(token: Token, player: dict[str, Any]) -> None:
    """Every link to a run in a block: it moves the player."""
    if token["type"] == "link" and token["attrs"]["url"].startswith("run:"):
        attrs = token["attrs"]
        attrs["model"] = player["number"]
        if step := STEP.match(attrs["url"]):
            attrs["url"] = f"run:?{at_step(player['told'], step[1])}"
    for child in token.get("children", ()):
        visit(child, player)


def at_step(query: str, step: str) -> str:
    """The query of a run, opened at another step."""
    rest = [part for part in query.split("&") if part and not part.startswith("step=")]
    return "&".join([*rest, step] if step != "step=0" else rest)
