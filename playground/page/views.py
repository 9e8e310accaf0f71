"""Pages, fragments and traces of runs. A view reads the query, runs, renders."""

from __future__ import annotations

from dataclasses import replace

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from playground.asking.request import Asked, ask, entry_for, origin_of, pairs_without, query_of
from playground.caching import etag_for, not_modified, publicly
from playground.engine.challenges import Challenge
from playground.engine.query import parse
from playground.engine.questions import Posed, grade, pose_about
from playground.engine.registry import Entry, entries
from playground.engine.trace import compact, trace
from playground.page.player import Player
from playground.scenes.marks import LAYOUTS, WIDE


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Every miniature that exists."""
    etag = etag_for("gallery")
    return not_modified(request, etag) or publicly(
        render(request, "playground/gallery.html", {"entries": entries().values()}), etag
    )


@require_safe
def run_page(request: HttpRequest, slug: str, challenge: str = "") -> HttpResponse:
    """One run. Another spelling of it, or an action form, redirects to the printed address."""
    entry = entry_for(slug)
    text = query_of(request)
    etag = etag_for(request.path, text)
    if unchanged := not_modified(request, etag):
        return unchanged
    asked = ask(entry, text, challenge_of(entry, challenge))
    if asked.sound and text != asked.spelled:
        return HttpResponseRedirect(asked.address())
    player = Player(asked, origin=origin_of(request))
    context = {
        "player": player,
        "entry": entry,
        "origin": player.origin,
        "run_url": replace(asked, challenge=None).address(),
    }
    response = render(request, f"playground/{'versus' if asked.versus else 'run'}.html", context, status=asked.status)
    return publicly(response, etag)


@require_safe
def player_fragment(request: HttpRequest, slug: str, challenge: str = "") -> HttpResponse:
    """The same run as a fragment; it answers with the page's address to push."""
    entry = entry_for(slug)
    etag = etag_for(request.path, query_of(request))
    if unchanged := not_modified(request, etag):
        return unchanged
    asked = ask(entry, query_of(request), challenge_of(entry, challenge))
    player = Player(asked, origin=origin_of(request))
    context = {"player": player, "entry": entry, "origin": player.origin}
    response = render(request, "playground/player.html", context, status=asked.status)
    if not asked.problems:
        response["HX-Push-Url"] = asked.address()
    # A widget in a sandbox has no origin of its own; it fetches the code that runs from here as a stranger.
    response.headers["Access-Control-Allow-Origin"] = "*"
    return publicly(response, etag)


@require_safe
def trace_json(request: HttpRequest, slug: str) -> HttpResponse:
    """The whole run as frame 0 and patches, for one layout."""
    entry = entry_for(slug)
    parsed = parse(entry.cls, query_of(request))
    layout = parsed.options.get("layout", WIDE)
    if layout not in LAYOUTS:
        return JsonResponse(
            {"detail": f"There is no layout “{layout[:20]}”; there are {' and '.join(LAYOUTS)}."}, status=422
        )
    etag = etag_for("trace", slug, layout, query_of(request))
    if unchanged := not_modified(request, etag):
        return unchanged
    asked = ask(entry, query_of(request))
    if asked.problems:
        return JsonResponse({"detail": " ".join(problem.sentence for problem in asked.problems)}, status=422)
    body = compact(trace(slug, entry.version, asked.run, layout))
    response = publicly(HttpResponse(body, content_type="application/json"), etag)
    # A widget in a sandbox has no origin of its own and fetches as a stranger; there is nothing private in a run.
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


@require_safe
def predict_page(request: HttpRequest, slug: str, question: str) -> HttpResponse:
    """A question about a run as a page of its own: asked without `answer`, graded with it."""
    asked, posed, answer = predicted(request, slug, question)
    asked = asked.at(posed.stop)
    context = {"player": Player(asked, posed), "entry": asked.entry, "posed": posed, "answer": answer}
    if answer:
        context["verdict"] = verdict(asked, posed, answer)
    return publicly(render(request, "playground/predict.html", context), etag_for(request.path, query_of(request)))


@require_safe
def predict_fragment(request: HttpRequest, slug: str, question: str) -> HttpResponse:
    """What an answer is worth, and why."""
    asked, posed, answer = predicted(request, slug, question)
    context = {"verdict": verdict(asked, posed, answer), "posed": posed, "answer": answer}
    return publicly(render(request, "playground/_verdict.html", context), etag_for(request.path, query_of(request)))


def challenge_of(entry: Entry, name: str) -> Challenge | None:
    """The named challenge of a miniature, or None where no name is given. Raises Http404 for an unknown one."""
    if not name:
        return None
    for challenge in entry.challenges:
        if challenge.name == name:
            return challenge
    raise Http404(f"{entry.cls.title} has no challenge “{name[:40]}”.")


def predicted(request: HttpRequest, slug: str, question: str) -> tuple[Asked, Posed, str]:
    """The run, the question posed about it, and the answer given. Raises Http404 where it cannot be asked."""
    entry = entry_for(slug)
    text, taken = pairs_without(query_of(request), "answer")
    asked = ask(entry, text)
    for kind in entry.questions:
        if kind.name == question:
            posed = pose_about(entry.cls, kind, asked.query) if asked.query.acts and not asked.problems else None
            if posed:
                return asked, posed, taken["answer"][:80]
            raise Http404("This question cannot be asked about this run: its answers would not differ.")
    raise Http404(f"{entry.cls.title} has no question “{question[:40]}”.")


def verdict(asked: Asked, posed: Posed, answer: str) -> dict[str, object]:
    """Right or wrong, the reason, and the address of the step that shows it."""
    graded = grade(posed, answer)
    step = graded["parting"].step if graded["parting"] else asked.run.last
    return {
        **graded,
        "given": answer,
        "address": asked.address("run", step),
        "step": step,
        "answer": posed.options[posed.right].value,
    }
