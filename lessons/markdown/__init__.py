"""A lesson's prose: read to tokens, checked, and only then rendered."""

from lessons.markdown.chapters import chapters
from lessons.markdown.check import check
from lessons.markdown.lesson import Token, Told
from lessons.markdown.page import read, render
from lessons.markdown.waiting import waiting

__all__ = ["Token", "Told", "chapters", "check", "read", "render", "waiting"]
