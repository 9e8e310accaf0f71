"""Pages, fragments and traces of runs. A view reads the query, runs, renders."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

import orjson
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse

from config.methods import read_only
from config.origin import origin_of
from playground.asking.ahead import after
from playground.asking.missing import find
from playground.asking.once import once
from playground.asking.request import Asked, ask, entry_for, pairs_without, query_of, ran, read
from playground.asking.runs import runs
from playground.caching import not_modified, publicly
from playground.engine.challenges import Challenge
from playground.engine.query import parse, print_query
from playground.engine.questions import AT_ONCE, RUNS, Posed, Question, of_shape, pose, pose_about, seed_of
from playground.engine.registry import Entry, entries
from playground.engine.trace import trace
from playground.engine.verdict import TYPED, Unreadable, read_value
from playground.engine.verdict import verdict as judge
from playground.page.addresses import BESIDE
from playground.page.answered import Said, unanswered
from playground.page.parts import part
from playground.page.player import Player
from playground.scenes.marks import LAYOUTS, NARROW, WIDE


@runs(at_most=0)
@read_only
def gallery(request: HttpRequest) -> HttpResponse:
    """Every miniature that exists."""
    return not_modified(request) or publicly(
        request, render(request, "playground/gallery.html", {"room": "playground", "entries": entries().values()})
    )


@runs(at_most=5)
@read_only
@once
def run_page(request: HttpRequest, slug: str, challenge: str = "") -> HttpResponse:
    """One run. Another spelling of it, or an action form, redirects to the printed address."""
    entry = entry_for(slug)
    text = query_of(request)
    if unchanged := not_modified(request):
        return unchanged
    told = read(entry, text, challenge_of(entry, challenge))
    if told.spelled not in (None, text):
        return HttpResponseRedirect(f"{request.path}?{told.spelled}".removesuffix("?"))
    asked = ran(told)
    # An action has been done, or the run has fewer steps than were asked for.
    if asked.sound and text != asked.spelled:
        return HttpResponseRedirect(asked.address())
    context = of_run(request, asked)
    response = render(request, f"playground/{'versus' if asked.versus else 'run'}.html", context, status=asked.status)
    return publicly(request, response)


@runs(at_most=5)
@read_only
@once
def player_fragment(request: HttpRequest, slug: str, challenge: str = "") -> HttpResponse:
    """The same run as a fragment; it answers with the page's address to push.

    With `after=` the pictures are left out: who says so has asked for the trace of this act, and draws them (act.js).
    """
    entry = entry_for(slug)
    if unchanged := not_modified(request):
        return unchanged
    asked = ask(entry, query_of(request), challenge_of(entry, challenge))
    player = Player(asked, origin=origin_of(request))
    followed = bool(asked.options.get("after")) and not asked.problems
    context = {"player": player, "entry": entry, "origin": player.origin, "followed": followed}
    response = HttpResponse(part("player", context), status=asked.status)
    if not asked.problems:
        response["HX-Push-Url"] = asked.address()
    # A widget in a sandbox has no origin of its own; it fetches the code that runs from here as a stranger.
    response.headers["Access-Control-Allow-Origin"] = "*"
    return publicly(request, response)


@runs(at_most=2)
@read_only
@once
def solution_page(request: HttpRequest, slug: str, challenge: str) -> HttpResponse:
    """A challenge’s stored solution, opened where it begins to act, to be watched. A query changes nothing."""
    entry, known = challenged(slug, challenge)
    if unchanged := not_modified(request):
        return unchanged
    context = of_run(request, solved(entry, known)) | {"solution": True}
    return publicly(request, render(request, "playground/run.html", context))


@runs(at_most=2)
@read_only
@once
def solution_fragment(request: HttpRequest, slug: str, challenge: str) -> HttpResponse:
    """The same as a fragment; it answers with the address of the run to push."""
    entry, known = challenged(slug, challenge)
    if unchanged := not_modified(request):
        return unchanged
    asked = solved(entry, known)
    player = Player(asked, origin=origin_of(request))
    context = {"player": player, "entry": entry, "origin": player.origin, "solution": True}
    response = HttpResponse(part("player", context))
    response["HX-Push-Url"] = asked.address()
    return publicly(request, response)


@runs(at_most=5)
@read_only
@once
def trace_json(request: HttpRequest, slug: str) -> HttpResponse:
    """The whole run as frame 0 and patches, for one layout; of two runs side by side, always for the narrow one.

    With `hide=beside` without the pictures that stand beside the first: a widget has no room for them. Of an act, as
    its form says it, what it has led to: from where to where it is played (`from`, `step`), and with `after=7` only the
    steps after that, of which the `first` is told whole. Who acts has the others.
    """
    entry = entry_for(slug)
    parsed = parse(entry.cls, query_of(request))
    layout = parsed.options.get("layout", WIDE)
    if layout not in LAYOUTS:
        return no_layout(layout)
    if unchanged := not_modified(request):
        return unchanged
    asked = ask(entry, query_of(request))
    if asked.problems:
        return JsonResponse({"detail": " ".join(problem.sentence for problem in asked.problems)}, status=422)
    beside = bool(asked.versus) or parsed.options.get("hide") != BESIDE
    first = after(asked, parsed)
    told = trace(slug, entry.version, asked.run, NARROW if asked.versus else layout, beside, first)
    if parsed.form:
        told |= {"first": first, "from": asked.begins, "step": asked.step}
    response = publicly(request, HttpResponse(orjson.dumps(told), content_type="application/json"))
    # A widget in a sandbox has no origin of its own and fetches as a stranger; there is nothing private in a run.
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


@runs(at_most=RUNS + 2)
@read_only
def predict_page(request: HttpRequest, slug: str, question: str) -> HttpResponse:
    """A question about a run as a page of its own: asked without `answer`, graded with it."""
    if unchanged := not_modified(request):
        return unchanged
    asked, posed, answer = predicted(request, slug, question)
    context = {"room": "playground", "entry": asked.entry, "posed": posed, **answered(asked, posed, answer)}
    return publicly(request, render(request, "playground/predict.html", context))


@runs(at_most=RUNS + 2)
@read_only
def predict_fragment(request: HttpRequest, slug: str, question: str) -> HttpResponse:
    """The player with the question, and what an answer to it is worth: the run has gone on to where the ways part."""
    if unchanged := not_modified(request):
        return unchanged
    asked, posed, answer = predicted(request, slug, question)
    # What is to be told of the address has been told on the page.
    context = {"entry": asked.entry, **answered(replace(asked, notices=()), posed, answer)}
    return publicly(request, HttpResponse(part("player", context)))


@runs(at_most=RUNS + 2)
@read_only
def predict_trace(request: HttpRequest, slug: str, question: str) -> HttpResponse:
    """The steps up to a question, for one layout: they end where it is asked."""
    layout = pairs_without(query_of(request), "layout")[1]["layout"] or WIDE
    if layout not in LAYOUTS:
        return no_layout(layout)
    if unchanged := not_modified(request):
        return unchanged
    asked, posed, _ = predicted(request, slug, question)
    body = orjson.dumps(trace(slug, asked.entry.version, unanswered(asked.entry, posed).run, layout))
    return publicly(request, HttpResponse(body, content_type="application/json"))


@runs(at_most=AT_ONCE * RUNS)
@read_only
def another(request: HttpRequest, slug: str, question: str, view: str = "predict") -> HttpResponse:
    """On to the same question about another run. Which one comes next follows from the run that one comes from."""
    entry, kind = questioned(slug, question)
    query = read(entry, query_of(request)).query
    try:
        posed = pose(entry.cls, kind, seed_of(entry.cls, kind, query), AT_ONCE)
    except LookupError:
        raise Http404("From here no other question can be made.") from None
    address = reverse(f"playground:{view}", args=[slug, question])
    return HttpResponseRedirect(f"{address}?{print_query(entry.cls, posed.query)}")


def of_run(request: HttpRequest, asked: Asked) -> dict[str, object]:
    """What the page of a run needs to know."""
    origin = origin_of(request)
    return {
        "room": "playground",
        "player": Player(asked, origin=origin),
        "entry": asked.entry,
        "origin": origin,
        "run_url": replace(asked, challenge=None).address(),
    }


def no_layout(layout: str) -> HttpResponse:
    return JsonResponse(
        {"detail": f"There is no layout “{layout[:20]}”; there are {' and '.join(LAYOUTS)}."}, status=422
    )


def challenge_of(entry: Entry, name: str) -> Challenge | None:
    """The named challenge of a miniature, or None where no name is given. Raises Http404 for an unknown one."""
    if not name:
        return None
    for challenge in entry.challenges:
        if challenge.name == name:
            return challenge
    raise Http404(f"{entry.cls.title} has no challenge “{name[:40]}”.")


def challenged(slug: str, name: str) -> tuple[Entry, Challenge]:
    """A miniature and its challenge. Raises Http404 where there is none."""
    entry = entry_for(slug)
    return entry, find("challenge", name, {one.name: one for one in entry.challenges})


def solved(entry: Entry, challenge: Challenge) -> Asked:
    """The stored solution, opened at the first step of its first action; at its start where it needs none."""
    asked = ask(entry, challenge.solution, challenge)
    first = min((step for act, step in asked.run.starts.items() if act >= 0), default=0)
    return replace(asked, begins=first).at(first)


def questioned(slug: str, name: str) -> tuple[Entry, type[Question]]:
    """A miniature and its question. Raises Http404 with a sentence that names near ones where there is none."""
    entry = entry_for(slug)
    return entry, find("question", name, {one.name: one for one in entry.questions})


def predicted(request: HttpRequest, slug: str, question: str) -> tuple[Asked, Posed, str]:
    """The run, the question posed about it, and the answer given. Raises Http404 where it cannot be asked."""
    entry, kind = questioned(slug, question)
    text, taken = pairs_without(query_of(request), "answer", "vs", "layout")
    told = read(entry, text)
    if told.parsed.problems:
        raise Http404(f"This run cannot be asked about. {told.parsed.problems[0].sentence}")
    if not of_shape(kind, told.query):
        raise Http404(f"This question cannot be asked about this run. {kind.needed()}")
    # It is asked about one run, as it stands in the address.
    asked = ran(replace(told, parsed=replace(told.parsed, form={}, options={})))
    if asked.problems:
        raise Http404(f"This run cannot be asked about. {asked.problems[0].sentence}")
    posed = pose_about(entry.cls, kind, asked.query, right=asked.run)
    if not posed:
        raise Http404(f"This question cannot be asked about this run. {kind.needed()}")
    if taken["vs"]:
        asked = replace(asked, notices=(*asked.notices, "A question is about one run: the one beside it is left out."))
    return asked, posed, taken["answer"][:TYPED]


def answered(asked: Asked, posed: Posed, answer: str) -> dict[str, object]:
    """What the template of a question needs: its player, what was said, and why, where it was one of the answers."""
    said = None
    if answer:
        with suppress(Unreadable):
            value = read_value(posed, answer)
            judged = judge(posed, value)
            said = Said(posed, value, judged, asked.run.last)
    if said is None:
        waits = replace(unanswered(asked.entry, posed), notices=asked.notices)
        return {"player": Player(waits, posed), "answer": answer}
    # From where it was asked it is played to where the ways part.
    shown = replace(asked, begins=posed.stop).at(said.step)
    return {"player": Player(shown, posed, said=said), "answer": answer}
