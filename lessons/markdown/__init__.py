"""A lesson's prose: read to tokens, checked, and only then rendered."""

from lessons.markdown.chapters import Chapter, chapters
from lessons.markdown.check import check
from lessons.markdown.lesson import Token, Told
from lessons.markdown.page import anchor, read, render
from lessons.markdown.waiting import waiting

__all__ = ["Chapter", "Token", "Told", "anchor", "chapters", "check", "read", "render", "waiting"]
