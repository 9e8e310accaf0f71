"""What a reader meets when something cannot be shown: a page, or, for htmx, a note on the page that stays."""

import logging
from collections.abc import Sequence
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.template.loader import get_template

from config.files import write_whole
from config.unfound import came_back
from playground.asking.missing import Missing

log = logging.getLogger(__name__)

_TEXTS = {
    400: ("This request cannot be read", "Part of the address or of the form is not in a shape we understand."),
    403: ("This is not allowed", "The page was asked for in a way that we have to refuse."),
    404: ("There is no page here", "The address may have changed, or a letter of it may have been lost on the way."),
    405: ("This address is not asked like that", "It answers another method than the one that was sent."),
    406: (
        "There is no such encoding of this page",
        "The request refuses every encoding that we have: br, gzip, and none at all.",
    ),
    413: ("That is more than we take", "Nothing here takes so much at once. Please send less."),
    431: (
        "The address is too long",
        "With its headers the request is longer than a quarter of a megabyte, and was not read.",
    ),
    500: (
        "Something broke on our side",
        "It is not your doing. The fault is in our log; please try again in a moment.",
    ),
    429: ("That was a lot at once", "More came from your address than we answer in a minute. Please wait a little."),
    501: ("The request is written in a way that we do not read", "Its body is encoded in a way that we do not know."),
    503: ("We are not there just now", "The site starts again, or has more to do than it can. Please try in a minute."),
}
HEADERS = {"Cache-Control": "no-store", "Content-Type": "text/html; charset=utf-8"}
"""Of an error: it is an answer to one request, and a cache must not give it to the next reader."""
OF_THE_PROXY = (429, 503)
"""Errors that the web server in front answers, while we cannot or shall not."""
_CSRF = "This form was open for a long time, or cookies are off. Go back, load the page again, and send it once more."
_BUSY = "Other long runs come first, and there are many just now. Nothing is lost: ask for it again in a moment."
_WAIT = "This has to wait a moment"
_AWAY = "Our database does not answer just now. Nothing that was saved is lost."
_AWAY_TO_FORMS = (
    "Our database does not answer just now, and what you sent is not saved yet. Nothing that was saved before is lost. "
    "Load this page again in a moment: your browser then sends the same once more."
)
AWAY = 5
"""Seconds after which somebody whom the database did not answer may ask again (`Retry-After`)."""
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
    near = exception.addresses(request.path) if isinstance(exception, Missing) else []
    return _answer(request, 404, said if isinstance(said, str) else None, near=near)


def server_error(request: HttpRequest) -> HttpResponse:
    return _answer(request, 500)


def not_allowed(request: HttpRequest, methods: tuple[str, ...]) -> HttpResponse:
    """A method that the address does not know, and those that it does (RFC 9110, 15.5.6)."""
    only_read = "This address can only be read" if set(methods) <= {"GET", "HEAD"} else ""
    said = f"It answers {' and '.join(methods)}; something else was sent."
    response = _answer(request, 405, said, title=only_read)
    response.headers["Allow"] = ", ".join(methods)
    return response


def not_acceptable(request: HttpRequest) -> HttpResponse:
    """The reader takes none of the encodings that there are (RFC 9110, 15.5.7)."""
    return _answer(request, 406)


def busy(request: HttpRequest, seconds: int) -> HttpResponse:
    """Others are served first; after so many seconds it may be tried again (RFC 9110, 15.6.4)."""
    response = _answer(request, 503, _BUSY, title="This run has to wait", again=request.get_full_path())
    response.headers["Retry-After"] = str(seconds)
    return response


def away(request: HttpRequest, *, as_json: bool = False) -> HttpResponse:
    """The database does not answer; what was sent may be sent again (RFC 9110, 15.6.4). For scripts as JSON."""
    if as_json:
        response = HttpResponse(b'{"state":"busy"}', status=503, content_type="application/json")
        response.headers["Cache-Control"] = HEADERS["Cache-Control"]
    elif request.method == "POST" and not _by_htmx(request):
        response = _answer(request, 503, _AWAY_TO_FORMS, title=_WAIT)
    else:
        response = _answer(request, 503, _AWAY, title=_WAIT, again=request.get_full_path())
    response.headers["Retry-After"] = str(AWAY)
    return response


def page(status: int) -> str:
    """The page of an error that the server meets before a request is one."""
    return _text("error.html", status if status in _TEXTS else 400)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _answer(request, 403, _CSRF)


def write_pages(folder: Path) -> list[str]:
    """Writes the pages that the web server in front shows by itself, one file a status; returns their names."""
    names = [f"{status}.html" for status in OF_THE_PROXY]
    for status, name in zip(OF_THE_PROXY, names, strict=True):
        write_whole(folder / name, _text("error.html", status))
    return names


def _answer(
    request: HttpRequest,
    status: int,
    sentence: str | None = None,
    *,
    title: str = "",
    again: str = "",
    near: Sequence[tuple[str, str]] = (),
) -> HttpResponse:
    """`title` and `sentence` in place of the usual ones; `again`: where to ask once more; `near`: what may have been
    meant, and where it is.
    """
    response = HttpResponse(status=status, headers=HEADERS)
    if _by_htmx(request):
        # Beside what the reader was doing, not in its place: nothing that was typed is lost.
        response.headers["HX-Retarget"] = "#trouble"
        response.headers["HX-Reswap"] = "innerHTML"
        response.content = _text("_trouble.html", status, sentence, title)
    else:
        lost = request if status == 404 else None
        response.content = _text("error.html", status, sentence, title, lost, again=again, near=near)
    return response


def _by_htmx(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true"


def _text(
    template: str,
    status: int,
    sentence: str | None = None,
    title: str = "",
    lost: HttpRequest | None = None,
    **more: object,
) -> str:
    """Drawn without the request: no context processor runs and no database is asked. Of one that is `lost`, its way."""
    usual, usually = _TEXTS[status]
    context = {"status": status, "title": title or usual, "sentence": sentence or usually}
    try:
        return get_template(template).render({**context, **more, "came_back": came_back(lost) if lost else None})
    except Exception:  # whatever broke the page may break the template too
        log.exception("The error page itself could not be drawn.")
        return _BARE.format(**context)
