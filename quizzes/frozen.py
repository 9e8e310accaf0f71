"""A question is frozen once: as what it holds, and as the steps up to the moment at which it is asked."""

from __future__ import annotations

import json
import zlib
from hashlib import sha256
from typing import Any, NamedTuple

from playground.engine.content import Content
from playground.scenes.marks import LAYOUTS
from quizzes.judging import Question
from quizzes.models import Room, Variant
from quizzes.written import FORM, Written, of_content

NO_STEPS: dict[str, Any] = {layout: {} for layout in LAYOUTS}


class Frozen(NamedTuple):
    """The columns of a variant that a content fills."""

    miniature: str
    template: str
    content: dict[str, Any]
    steps: bytes
    digest: str


def freeze(content: Question) -> Frozen:
    """What is kept of a question. The traces are large, and needed by nobody who grades; what is written has none."""
    whole = content.content() if isinstance(content, Written) else content.to_json()
    traces = whole.pop("trace", {})
    text = json.dumps(whole, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    steps = zlib.compress(json.dumps(traces, ensure_ascii=False, separators=(",", ":")).encode(), 9)
    return Frozen(content.miniature, content.template, whole, steps, sha256(text.encode()).hexdigest())


def thaw(variant: Variant) -> Question:
    """The question as it was frozen, without its traces."""
    return of_content(variant.content) if is_written(variant) else thaw_run(variant)


def thaw_run(variant: Variant | Room) -> Content:
    """The same of one that a miniature has made, as every room's is."""
    return Content.from_json({**variant.content, "trace": NO_STEPS})


def whole(variant: Variant) -> Question:
    """The question with the steps up to it."""
    return of_content(variant.content) if is_written(variant) else whole_run(variant)


def whole_run(variant: Variant | Room) -> Content:
    """The same of one that a miniature has made."""
    return Content.from_json({**variant.content, "trace": json.loads(zlib.decompress(bytes(variant.steps)))})


def is_written(variant: Variant) -> bool:
    """Whether it was written by hand."""
    return bool(variant.content["form"] == FORM)


def trace_of(variant: Variant | Room, layout: str) -> str:
    """The trace up to the step at which it is asked, for a layout, as JSON. Raises KeyError where there is none."""
    traces = json.loads(zlib.decompress(bytes(variant.steps)))
    return json.dumps(traces[layout], ensure_ascii=False, separators=(",", ":"))
