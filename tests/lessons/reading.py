"""What the tests of lessons share: a lesson made of a few lines, and its page without the players' insides."""

import re

from lessons import markdown
from lessons.catalogue import Lesson
from lessons.front import split
from lessons.problems import Problem

FRONT = """\
+++
title = "A lesson"
question = "What is it good for?"
area = "data"
minutes = 1
prerequisites = []
miniature = "hash-ring"
[[sources]]
id = "paper"
name = "A paper"
url = "https://example.org/paper"
+++
"""
FRONT_LINES = FRONT.count("\n")
PAPER = re.compile(r'\s*<div class="on-paper">.*?</div>(?=\s*</figure>\n*(?:<|$))', re.DOTALL)
PLAYER = re.compile(r"<orrery-player[^>]*>.*?</orrery-player>", re.DOTALL)


def told() -> markdown.Told:
    return markdown.Told(split(FRONT, "a-lesson.md")[0])


def problems_of(prose: str) -> list[Problem]:
    """What is wrong with the prose; line 1 is its own first line."""
    return markdown.check(markdown.read(prose), told(), "a-lesson.md", prose.splitlines())


def html_of(prose: str) -> str:
    """The prose as HTML, each player as one short line, without what is for paper."""
    return PAPER.sub("", PLAYER.sub(shortened, markdown.render(list(markdown.waiting(markdown.read(prose))), told())))


def shortened(player: re.Match[str]) -> str:
    attributes = dict(re.findall(r'(\S+)="([^"]*)"', player[0][: player[0].index(">")]))
    parts = [f"page={attributes['page']}", f"step={attributes['step']}"]
    parts += [f"asks={asked.strip()}" for asked in re.findall(r"<legend>(.*?)</legend>", player[0], re.DOTALL)]
    parts += [
        f"goal={goal.strip()}"
        for goal in re.findall(r'class="goal"><b>(?:Challenge|Break it).</b>(.*?)</p>', player[0], re.DOTALL)
    ]
    return f"[player {' | '.join(parts)}]"


def words_of(lesson: Lesson) -> int:
    """Words of the prose, without what stands in players."""
    return sum(words_in(token) for token in lesson.tokens if token["type"] not in ("player", "predict", "challenge"))


def words_in(token: markdown.Token) -> int:
    return len(token.get("raw", "").split()) + sum(words_in(child) for child in token.get("children", ()))
