"""Marks become tags. The one place that escapes, and the one that knows how a role is written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape

from playground.scenes.marks import Mark, Picture
from playground.scenes.type import STYLES

CLASSED = {"fill": "f-", "stroke": "s-", "style": "t-", "state": "is-"}
"""Attributes that go out as classes: colours by role, type styles, states."""

FAMILIES = {"serif": "Georgia, serif", "sans": "sans-serif", "bold": "sans-serif", "mono": "monospace"}
BOLD = {"figure", "figure-small", "heading", "name", "badge", "strong"}


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


def tag(mark: Mark, attrs: Mapping[str, str], inside: str) -> str:
    """One element."""
    written = "".join(f' {name}="{escape(value)}"' for name, value in attrs.items())
    return f"<{mark.tag}{written}>{escape(mark.text)}{inside}</{mark.tag}>"


def on_page(mark: Mark) -> dict[str, str]:
    """A mark's attributes on a page; its key is `data-key`, never an id (a page may hold two players)."""
    return {"data-key": mark.key, **page_attrs(mark)}


def alone(mark: Mark, colours: dict[str, str]) -> dict[str, str]:
    """A mark's attributes in a file of its own: every role resolved, nothing left to a style sheet."""
    attrs = dict(mark.attrs)
    for name in ("fill", "stroke"):
        if name in attrs:
            attrs[name] = colours[attrs[name]]
    if style := attrs.pop("style", None):
        family, size = STYLES[style]
        attrs["font-size"] = str(size)
        attrs["font-family"] = FAMILIES[family]
        attrs["font-weight"] = "600" if style in BOLD else "400"
    return dict(sorted(attrs.items()))


def document(picture: Picture, colours: dict[str, str]) -> str:
    """A whole SVG file with resolved colours."""
    size = f'width="{picture.width}" height="{picture.height}" viewBox="0 0 {picture.width} {picture.height}"'
    drawn = inner(picture, lambda mark: alone(mark, colours))
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{drawn}</svg>'


def nested(picture: Picture, colours: dict[str, str], box: tuple[float, float, float, float]) -> str:
    """The same inside another SVG, at a place (x, y) and as wide and high as told, in the other's units."""
    x, y, width, height = (f"{value:.1f}" for value in box)
    drawn = inner(picture, lambda mark: alone(mark, colours))
    return (
        f'<svg x="{x}" y="{y}" width="{width}" height="{height}"'
        f' viewBox="0 0 {picture.width} {picture.height}">{drawn}</svg>'
    )


def inner(picture: Picture, attrs: Callable[[Mark], Mapping[str, str]] = on_page) -> str:
    """The children of the `<svg>`, in paint order."""
    out: list[str] = []
    index = 0
    marks = picture.marks
    while index < len(marks):
        mark = marks[index]
        index += 1
        inside = []
        while index < len(marks) and marks[index].parent == mark.key:
            inside.append(tag(marks[index], attrs(marks[index]), ""))
            index += 1
        out.append(tag(mark, attrs(mark), "".join(inside)))
    return "".join(out)
