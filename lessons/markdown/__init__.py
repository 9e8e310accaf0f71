"""A lesson's prose: read to tokens, checked, and only then rendered."""

from lessons.markdown.check import check
from lessons.markdown.lesson import Told, Token
from lessons.markdown.page import read, render

__all__ = ["Told", "Token", "check", "read", "render"]
