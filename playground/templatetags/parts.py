"""`{% part "transport" full_screen=True %}`: a part of a player in a page."""

from typing import Any

from django.template import Context, Library
from django.utils.safestring import SafeString

from playground.page.parts import part as written

register = Library()


@register.simple_tag(takes_context=True)
def part(context: Context, name: str, **more: Any) -> SafeString:
    """The part of that name, with what the page knows and what is said here."""
    known = {str(key): value for key, value in context.flatten().items()}
    return written(name, known | more)
