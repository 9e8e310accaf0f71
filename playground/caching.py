"""What may be kept, and how it is asked for again.

A run is a pure function of its query, so a page, a picture or an answer is named before it is made: by
the build and the canonical query. Who already has that name is told so, and nothing runs.
"""

from collections.abc import Callable
from functools import cache
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.http import parse_etags

MAX_AGE = 300
MOST_KEPT = 256
"""Pages kept in a process: lessons, lists and the first page, never runs (there is no end of them)."""
_bodies: dict[str, bytes] = {}
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


def etag_for(*parts: object) -> str:
    """The name of a response: the build, and what else decides about its bytes."""
    named = "\0".join([build_id(), *(str(part) for part in parts)])
    return f'"{sha256(named.encode()).hexdigest()[:24]}"'


def not_modified(request: HttpRequest, etag: str) -> HttpResponse | None:
    """A 304 for who already has it. While DEBUG is on, files change under a process that read them once."""
    if settings.DEBUG:
        return None
    # "*" is not answered: only a run could tell whether there is anything to have.
    known = {one.removeprefix("W/") for one in parse_etags(request.headers.get("If-None-Match", ""))}
    return publicly(HttpResponseNotModified(), etag) if etag in known else None


def kept(request: HttpRequest, etag: str, make: Callable[[], HttpResponse]) -> HttpResponse:
    """A public page that is the same for every reader until the next build: made once in each process."""
    if same := not_modified(request, etag):
        return same
    body = _bodies.get(etag)
    if body is None or settings.DEBUG:
        made = make()
        if made.status_code != 200 or len(_bodies) >= MOST_KEPT:
            return publicly(made, etag)
        body = _bodies[etag] = made.content
    return publicly(HttpResponse(body), etag)


def publicly(response: HttpResponse, etag: str) -> HttpResponse:
    """Let browsers and proxies keep it: nothing in it is about the reader."""
    response.headers["Cache-Control"] = f"public, max-age={MAX_AGE}"
    response.headers["ETag"] = etag
    return response
