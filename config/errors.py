"""The pages that a reader meets when something cannot be shown."""

import logging

from django.http import HttpRequest, HttpResponse
from django.template.loader import get_template

log = logging.getLogger(__name__)

_TEXTS = {
    400: ("This request cannot be read", "Part of the address or of the form is not in a shape we understand."),
    403: ("This is not allowed", "The page was asked for in a way that we have to refuse."),
    404: ("There is no page here", "The address may have changed, or a letter of it may have been lost on the way."),
    500: (
        "Something broke on our side",
        "It is not your doing. The fault is in our log; please try again in a moment.",
    ),
}
_CSRF = "This form was open for a long time, or cookies are off. Go back, load the page again, and send it once more."
# What is left when not even the template can be drawn.
_BARE = (
    '<!doctype html><html lang="en"><meta charset="utf-8"><title>{title}</title>'
    '<body><h1>{title}</h1><p>{sentence}</p><p><a href="/">To the first page</a></p></body></html>'
)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    # Our own Http404 carries a sentence; the one of the URL resolver carries a list of patterns.
    said = exception.args[0] if exception.args else None
    return _page(404, said if isinstance(said, str) else None)


def server_error(request: HttpRequest) -> HttpResponse:
    return _page(500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _page(403, _CSRF)


def _page(status: int, sentence: str | None = None) -> HttpResponse:
    """Drawn without the request: no context processor runs and no database is asked."""
    title, usual = _TEXTS[status]
    context = {"status": status, "title": title, "sentence": sentence or usual}
    try:
        text = get_template("error.html").render(context)
    except Exception:  # whatever broke the page may break the template too
        log.exception("The error page itself could not be drawn.")
        text = _BARE.format(**context)
    # An error is an answer to one request; a cache must not give it to the next reader.
    return HttpResponse(text, status=status, headers={"Cache-Control": "no-store"})
