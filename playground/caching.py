"""What may be kept, and how it is asked for again.

A run is a pure function of its query, so a page, a picture or an answer is named before it is made: by the build,
the view, and the address that it was asked under. Who already has that name is told so, and nothing runs.
"""

from collections.abc import Callable
from functools import cache
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.http import parse_etags

from config.keeping import Kept
from config.origin import origin_of
from config.sharing import Shared
from playground.engine.turns import out_of_turn

MAX_AGE = 300
NAMES = 4000
"""Characters of `If-None-Match` that are read: a hundred names, and a browser sends one."""
ROOM = 6 * 1024 * 1024
"""Bytes of pages kept in a process: lessons, lists and the first page, never runs (there is no end of them)."""
pages = Kept(ROOM)
shared = Shared()
"""The same pages, between processes: one that has just begun finds what another has made."""
# Whatever a public response is made from.
SOURCES = ("config", "playground", "lessons", "quizzes", "templates", "static", "requirements.lock")


@cache  # kept: one
def build_id() -> str:
    """Names the code, the texts and the packages of this process; read once."""
    digest = sha256()
    for file in source_files(Path(settings.BASE_DIR)):
        content = file.read_bytes()
        digest.update(f"{file.relative_to(settings.BASE_DIR).as_posix()}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()[:16]


def source_files(base: Path) -> list[Path]:
    found = [path for name in SOURCES for path in ((base / name), *(base / name).rglob("*"))]
    return sorted(path for path in found if path.is_file() and "__pycache__" not in path.parts)


def address_of(request: HttpRequest) -> tuple[str, str, str]:
    """What an answer may depend on besides the query: the view, the path, and the origin that it is asked under."""
    match = request.resolver_match
    return match.view_name if match else "", request.path, origin_of(request)


def etag_of(request: HttpRequest) -> str:
    """The name of what a request gets: of the build, and of its address. Nothing else may decide about its bytes."""
    return f'"{named(*address_of(request), request.META.get("QUERY_STRING", ""))[:24]}"'


def named(*parts: str) -> str:
    """A name in hexadecimal digits that holds for this build alone."""
    return sha256("\0".join([build_id(), *parts]).encode()).hexdigest()


def not_modified(request: HttpRequest) -> HttpResponse | None:
    """A 304 for who already has it. While DEBUG is on, files change under a process that read them once."""
    if settings.DEBUG:
        return None
    # "*" is not answered: only a run could tell whether there is anything to have.
    known = {one.removeprefix("W/") for one in parse_etags(request.headers.get("If-None-Match", "")[:NAMES])}
    return publicly(request, HttpResponseNotModified()) if etag_of(request) in known else None


def kept(request: HttpRequest, make: Callable[[], HttpResponse]) -> HttpResponse:
    """A public page that is the same for every reader and every query until the next build: made once, if it can be.

    A process that does not have it asks the others for it, and makes it where none has.
    """
    if same := not_modified(request):
        return same
    if settings.DEBUG:
        return publicly(request, make())
    address = address_of(request)
    with out_of_turn():
        content = pages.or_made(address, lambda: shared.or_made(f"page:{named(*address)}", lambda: make().content))
    return publicly(request, HttpResponse(content))


def publicly(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Let browsers and proxies keep it: nothing in it is about the reader."""
    response.headers["Cache-Control"] = f"public, max-age={MAX_AGE}"
    response.headers["ETag"] = etag_of(request)
    return response
