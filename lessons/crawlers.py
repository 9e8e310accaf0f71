"""What programs ask a site first: what they may fetch, what there is, whom to tell of a hole."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse

from config.methods import read_only
from config.origin import origin_of
from lessons.catalogue import lessons
from playground.asking.runs import runs
from playground.caching import kept, not_modified, publicly
from playground.engine.registry import entries

NOT_FOR_CRAWLERS = ("player", "trace", "predict/")
"""Parts of a run that only its own page asks for. Pages and pictures stay open: previews of links fetch them."""
ROOMS = ("lessons:home", "lessons:list", "playground:gallery", "playground:embed-about", "playground:guide",
         "quizzes:practise", "playground:how-we-check", "playground:api-v1:openapi-view")  # fmt: skip
LASTS = timedelta(days=180)
"""How long `security.txt` is good for from when it is asked for; RFC 9116 wants less than a year."""


def plain(text: str) -> HttpResponse:
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


@runs(at_most=0)
@read_only
def robots(request: HttpRequest) -> HttpResponse:
    """What crawlers are asked to leave alone (RFC 9309): there is no end of runs, questions and searches."""
    every = [f"{reverse('playground:gallery')}*/{part}" for part in NOT_FOR_CRAWLERS]
    every += [f"{reverse('playground:gallery')}*.{kind}" for kind in ("json", "html")]
    every += [
        # The list is one page, however it is narrowed.
        f"{reverse('lessons:list')}?",
        f"{reverse('quizzes:practise')}*/",
        reverse("playground:oembed"),
        f"{reverse('playground:api-v1:list_miniatures')}/*/run",
    ]
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in every), ""]
    lines += [f"Sitemap: {origin_of(request)}{reverse('lessons:sitemap')}", ""]
    return not_modified(request) or publicly(request, plain("\n".join(lines)))


@runs(at_most=0)
@read_only
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every page that is the same whoever comes, as sitemaps.org says: lessons, models, and what is about them."""

    def page() -> HttpResponse:
        paths = [reverse(name) for name in ROOMS]
        paths += [reverse("lessons:lesson", args=[slug]) for slug in lessons()]
        paths += [reverse("playground:run", args=[slug]) for slug in entries()]
        return render(request, "sitemap.xml", {"addresses": [origin_of(request) + path for path in paths]})

    response = kept(request, page)
    response.headers["Content-Type"] = "application/xml; charset=utf-8"
    return response


@runs(at_most=0)
@read_only
def security(request: HttpRequest) -> HttpResponse:
    """Whom to tell of a hole (RFC 9116). Raises Http404 where this site names nobody."""
    if not settings.CONTACT:
        raise Http404("This site names nobody to tell of a hole: whoever runs it sets CONTACT.")
    until = (datetime.now(UTC) + LASTS).replace(hour=0, minute=0, second=0, microsecond=0)
    lines = [f"Contact: {settings.CONTACT}", f"Expires: {until:%Y-%m-%dT%H:%M:%SZ}", "Preferred-Languages: en"]
    if settings.ORIGIN:
        lines.append(f"Canonical: {settings.ORIGIN.url}{request.path}")
    response = plain("\n".join([*lines, ""]))
    response.headers["Cache-Control"] = "public, max-age=86400"
    return response


@runs(at_most=0)
@read_only
def favicon(request: HttpRequest) -> HttpResponse:
    """Browsers ask for it beside whatever has no page around it: a picture, data."""
    return HttpResponseRedirect(static("img/icon.svg"))
