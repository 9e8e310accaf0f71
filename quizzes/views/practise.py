"""Practice: questions without end, for everybody and about nobody. A question is its address: the seed makes it, and
an answer in the query makes its review. Nothing is kept here; what somebody has practised stays in their browser.
"""

from __future__ import annotations

import re
import secrets
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse

from config.methods import read_only
from playground.asking.missing import find
from playground.asking.request import entry_for
from playground.asking.runs import runs
from playground.caching import kept, not_modified, publicly
from playground.engine.content import Content, content_of
from playground.engine.patches import compact
from playground.engine.questions import AT_ONCE, RUNS, pose
from playground.engine.registry import Entry
from playground.engine.spelling import encode
from playground.engine.verdict import TYPED, Unreadable, read_value
from playground.scenes.marks import LAYOUTS, WIDE
from quizzes.kinds import shelves, to_begin_with
from quizzes.showing import Showing, asking, reviewing

SEEDS = 2**53
SEED = re.compile(r"0|[1-9][0-9]{0,15}")
MOST = AT_ONCE * RUNS + 1
"""Runs that a question may take: those of all its tries, then the one that is painted."""


class NoQuestion(ValueError):
    """A seed from which no question can be made. Its text is a sentence."""


@runs(at_most=0)
@read_only
def practise(request: HttpRequest) -> HttpResponse:
    """The lessons to practise. With `from`, once for each lesson: on to a question of one of them."""
    chosen = request.GET.getlist("from")
    if chosen:
        return drawn(chosen)
    if "begin" in request.GET:
        told = {**shelf([]), "error": "Choose a lesson, or more of them."}
        return not_modified(request) or publicly(request, render(request, "quizzes/practise.html", told, status=422))
    return kept(request, lambda: render(request, "quizzes/practise.html", shelf(to_begin_with())))


@runs(at_most=MOST + 1)
@read_only
def question(request: HttpRequest, slug: str, template: str) -> HttpResponse:
    """One question; with `answer` what it was worth. Without a seed: on to one."""
    entry, name = named(slug, template)
    chosen = known(request.GET.getlist("from"))
    if "seed" not in request.GET:
        return elsewhere(address(slug, name, secrets.randbelow(SEEDS), chosen))
    if same := not_modified(request):
        return same
    told = {
        **shelf(chosen or [slug]),
        "slug": slug,
        "template": name,
        "from": chosen,
        "another": another(slug, name, chosen),
    }
    try:
        content = made(entry, name, request.GET["seed"])
    except NoQuestion as problem:
        return publicly(request, render(request, "quizzes/question.html", {**told, "problem": problem}, status=404))
    showing = shown(content, slug, int(request.GET["seed"]), request.GET.get("answer"))
    told |= {"showing": showing, "seed": request.GET["seed"]}
    return publicly(request, render(request, "quizzes/question.html", told, status=422 if showing.error else 200))


@runs(at_most=MOST)
@read_only
def trace(request: HttpRequest, slug: str, template: str) -> HttpResponse:
    """The steps up to a question, for one layout: they end where it is asked."""
    entry, name = named(slug, template)
    layout = request.GET.get("layout", WIDE)
    if layout not in LAYOUTS:
        return refused(f"There is no layout “{layout[:20]}”; there are {' and '.join(LAYOUTS)}.")
    if same := not_modified(request):
        return same
    try:
        content = made(entry, name, request.GET.get("seed", ""))
    except NoQuestion as problem:
        return refused(str(problem))
    return publicly(request, HttpResponse(compact(content.trace[layout]), content_type="application/json"))


def refused(sentence: str) -> HttpResponse:
    return JsonResponse({"detail": sentence}, status=422)


def shown(content: Content, slug: str, seed: int, answer: str | None) -> Showing:
    """The question as it is asked, or as it was answered; what cannot be read is asked again, and it says why."""
    page = address(slug, content.template, seed)
    steps = f"{reverse('quizzes:practise-trace', args=[slug, content.template])}?seed={seed}"
    if answer is None:
        return asking(content, page=page, trace=steps)
    typed = answer[:TYPED]
    try:
        return reviewing(content, read_value(content, typed), page=page, trace=steps)
    except Unreadable as problem:
        return asking(content, page=page, trace=steps, typed=typed, error=str(problem))


def made(entry: Entry, template: str, seed: str) -> Content:
    """The question that a seed makes. Raises NoQuestion with a sentence where there is none."""
    if not SEED.fullmatch(seed) or int(seed) >= SEEDS:
        raise NoQuestion(f"A question’s seed is a whole number from 0 to {SEEDS - 1:,}, written without signs.")
    kind = next(one for one in entry.questions if one.name == template)
    try:
        return content_of(entry.slug, entry.version, pose(entry.cls, kind, int(seed), AT_ONCE))
    except LookupError:
        raise NoQuestion("From this seed no question can be made.") from None


def named(slug: str, template: str) -> tuple[Entry, str]:
    """A miniature, and the name of one of its questions. Raises Http404 with a sentence that names near ones."""
    entry = entry_for(slug)
    if slug not in shelves():
        raise Http404(f"There is nothing to practise about {entry.cls.title} yet.")
    return entry, find("question", template, {one.name: one for one in entry.questions}).name


def known(chosen: list[str]) -> list[str]:
    """Lessons that were chosen, each once. Raises Http404 with a sentence for one that there is not."""
    return [find("lesson to practise", slug, shelves()).slug for slug in dict.fromkeys(chosen)]


def drawn(chosen: list[str]) -> HttpResponse:
    """On to any question of these lessons."""
    kinds = [(shelves()[slug], question) for slug in known(chosen) for question in shelves()[slug].questions]
    of, question = secrets.choice(kinds)
    return elsewhere(address(of.slug, question.name, secrets.randbelow(SEEDS), known(chosen)))


def elsewhere(path: str) -> HttpResponse:
    """A redirect that leads somewhere else each time."""
    response = HttpResponseRedirect(path)
    response.headers["Cache-Control"] = "no-store"
    return response


def address(slug: str, template: str, seed: int, chosen: list[str] | None = None) -> str:
    """The page of a question, with the lessons that the next one comes from."""
    pairs = [("seed", str(seed)), *(("from", one) for one in chosen or ())]
    return f"{reverse('quizzes:practise-question', args=[slug, template])}?{encode(pairs)}"


def another(slug: str, template: str, chosen: list[str]) -> str:
    """Where *Another* leads: a question of the chosen lessons, else one of the same kind."""
    if chosen:
        return f"{reverse('quizzes:practise')}?{encode([('from', one) for one in chosen])}"
    return reverse("quizzes:practise-question", args=[slug, template])


def shelf(chosen: list[str]) -> dict[str, Any]:
    """What the head of every page of practice needs."""
    return {"room": "practise", "shelves": list(shelves().values()), "chosen": chosen}
