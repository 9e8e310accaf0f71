"""Marks become tags. The one place that escapes, and the one that knows how a role is written."""

from __future__ import annotations

from html import escape

from playground.scenes.marks import Mark, Picture

CLASSED = {"fill": "f-", "stroke": "s-", "style": "t-", "state": "is-"}
"""Attributes that go out as classes: colours by role, type styles, states."""


def page_attrs(mark: Mark) -> dict[str, str]:
    """The attributes of a mark on a page: roles as classes, the rest as they are, sorted."""
    classes, plain = [], {}
    for name, value in mark.attrs:
        if name in CLASSED:
            classes.append(CLASSED[name] + value)
        else:
            plain[name] = value
    if classes:
        plain["class"] = " ".join(classes)
    return dict(sorted(plain.items()))


def tag(mark: Mark, inside: str) -> str:
    """One element; its key travels as `data-key`, never as an id (a page may hold two players)."""
    attrs = "".join(f' {name}="{escape(value)}"' for name, value in page_attrs(mark).items())
    return f'<{mark.tag} data-key="{escape(mark.key)}"{attrs}>{escape(mark.text)}{inside}</{mark.tag}>'


def inner(picture: Picture) -> str:
    """The children of the `<svg>`, in paint order."""
    out: list[str] = []
    index = 0
    marks = picture.marks
    while index < len(marks):
        mark = marks[index]
        index += 1
        inside = []
        while index < len(marks) and marks[index].parent == mark.key:
            inside.append(tag(marks[index], ""))
            index += 1
        out.append(tag(mark, "".join(inside)))
    return "".join(out)
