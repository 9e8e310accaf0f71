"""The parts of a player as HTML: the templates in `templates/player`, which are Jinja2's.

A page of a run says a few hundred values. Django's own language takes some 25 µs for each, which was most of what a
run cost; Jinja2, the other language that Django speaks, compiles its templates and takes a tenth of that. The pages
around a player stay in Django's own, and put parts in with `{% part "player" %}`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.contrib.humanize.templatetags.humanize import intcomma
from django.template import engines
from django.templatetags.static import static
from django.utils.safestring import SafeString, mark_safe
from jinja2 import ChainableUndefined, Environment

from playground.asking.paths import path_of

ENGINE = "player"
"""The name of the engine among the settings' TEMPLATES."""


def environment(**options: Any) -> Environment:
    """Jinja2 as the parts want it: what is not told counts as nothing, as in the pages around them."""
    options |= {"undefined": ChainableUndefined, "keep_trailing_newline": True}
    made = Environment(**options)  # noqa: S701 - Django's engine hands over autoescape=True
    made.globals |= {"url": path_of, "static": static}
    made.filters |= {"intcomma": intcomma, "urlencode": lambda text: quote(text, safe="")}
    return made


def compile_all() -> None:
    """Every part, read and compiled: before anybody asks for one."""
    engine = engines[ENGINE]
    for folder in engine.template_dirs:
        for file in sorted(Path(folder).glob("*.html")):
            engine.get_template(file.name)


def part(name: str, context: dict[str, Any]) -> SafeString:
    """A part of a player, `templates/player/<name>.html`, with what the context says."""
    template = engines[ENGINE].get_template(f"{name}.html")
    # Jinja2 escapes what the template puts in.
    return mark_safe(template.render(context))  # noqa: S308 - a template with escaping on
