"""What a reader meets when something cannot be shown: a page, or, for htmx, a note on the page that stays."""

import logging
from pathlib import Path

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
    429: ("That was a lot at once", "More came from your address than we answer in a minute. Please wait a little."),
    503: ("We are not there just now", "The site starts again, or has more to do than it can. Please try in a minute."),
}
OF_THE_PROXY = (429, 503)
"""Errors that the web server in front answers, while we cannot or shall not."""
_CSRF = "This form was open for a long time, or cookies are off. Go back, load the page again, and send it once more."
# What is left when not even the template can be drawn.
_BARE = (
    '<!doctype html><html lang="en"><meta charset="utf-8"><title>{title}</title>'
    '<body><h1>{title}</h1><p>{sentence}</p><p><a href="/">To the first page</a></p></body></html>'
)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _answer(request, 400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _answer(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    # Our own Http404 carries a sentence; the one of the URL resolver carries a list of patterns.
    said = exception.args[0] if exception.args else None
    return _answer(request, 404, said if isinstance(said, str) else None)


def server_error(request: HttpRequest) -> HttpResponse:
    return _answer(request, 500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _answer(request, 403, _CSRF)


def write_pages(folder: Path) -> None:
    """Writes the pages that the web server in front shows by itself, one file a status."""
    folder.mkdir(parents=True, exist_ok=True)
    for status in OF_THE_PROXY:
        (folder / f"{status}.html").write_text(_text("error.html", status), "utf-8")


def _answer(request: HttpRequest, status: int, sentence: str | None = None) -> HttpResponse:
    # An error is an answer to one request; a cache must not give it to the next reader.
    response = HttpResponse(status=status, headers={"Cache-Control": "no-store"})
    if request.headers.get("HX-Request") == "true":
        # Beside what the reader was doing, not in its place: nothing that was typed is lost.
        response.headers["HX-Retarget"] = "#trouble"
        response.headers["HX-Reswap"] = "innerHTML"
        response.content = _text("_trouble.html", status, sentence)
    else:
        response.content = _text("error.html", status, sentence)
    return response


def _text(template: str, status: int, sentence: str | None = None) -> str:
    """Drawn without the request: no context processor runs and no database is asked."""
    title, usual = _TEXTS[status]
    context = {"status": status, "title": title, "sentence": sentence or usual}
    try:
        return get_template(template).render(context)
    except Exception:  # whatever broke the page may break the template too
        log.exception("The error page itself could not be drawn.")
        return _BARE.format(**context)
