"""Runs in other people's pages: the widget, and its options."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache, wraps

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.clickjacking import xframe_options_exempt

from config.methods import read_only
from config.origin import origin_of
from config.policy import CONTENT_SECURITY_POLICY
from playground.asking.once import once
from playground.asking.request import ask, begun, entry_for, query_of
from playground.asking.runs import runs
from playground.caching import not_modified, publicly
from playground.drawn.pictures import THEMES
from playground.engine.progress import part
from playground.engine.turns import AGAIN, Busy
from playground.page.player import Player
from playground.page.views import challenge_of

# The same policy as everywhere, but anybody may frame it.
POLICY = CONTENT_SECURITY_POLICY.replace("frame-ancestors 'none'", "frame-ancestors *")
HOST = "host"
"""The theme of a widget that takes the light or the dark of the page around it, as soon as that tells which."""
PARTS = ("inputs", "actions", "source")
"""What a widget can leave out."""
View = Callable[..., HttpResponse]


def framed(view: View) -> View:
    """Anybody may frame it and read it; what stands in it is the same for everybody."""

    @xframe_options_exempt
    @read_only
    @wraps(view)
    def answered(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        try:
            response = view(request, *args, **kwargs)
        except Busy:
            sentence = "Others come first. Ask for it again in a moment."
            response = instead(request, 503, "This model has to wait.", sentence, again=request.get_full_path())
            response.headers["Retry-After"] = str(AGAIN)
        response.headers["Content-Security-Policy"] = POLICY
        # A sandboxed frame has no origin of its own, and fetches its own pages as a stranger.
        response.headers["Access-Control-Allow-Origin"] = "*"
        # A page that asks everything in it for leave shows only frames that ask for it too.
        response.headers["Cross-Origin-Embedder-Policy"] = "require-corp"
        return response

    return answered


@runs(at_most=6)
@framed
@once
def widget(request: HttpRequest, slug: str, challenge: str = "") -> HttpResponse:
    """One run as a widget: the player alone. Of a challenge, with its goal and what of it holds."""
    try:
        entry = entry_for(slug)
        goal = challenge_of(entry, challenge)
    except Http404 as missing:
        return instead(request, 404, "This model is not here.", missing.args[0])
    text = query_of(request)
    if unchanged := not_modified(request):
        return unchanged
    asked = ask(entry, text, goal)
    options = sound(asked.options)
    asked = replace(asked, embedded=tuple(pair for pair in options.items() if pair[1]))
    hidden = set(options["hide"].split(","))
    player = Player(asked)
    context = {
        "player": player,
        "score": scored(player) if goal else None,
        "entry": entry,
        "theme": options["theme"],
        "shows": {part: part not in hidden for part in PARTS},
        "locked": options["lock"] == "inputs",
        "loop": f"{options['from']}-{options['to']}" if options["to"] else "",
        "origin": origin_of(request),
        "own": asked.address("run"),
        "again": replace(asked, query=begun(entry, goal, None)).address("run") if goal else "",
    }
    return publicly(request, render(request, "playground/embed.html", context, status=asked.status))


def scored(player: Player) -> float:
    """How much of the way to the goal of its challenge a run has gone, from 0 to 1."""
    goal = player.asked.challenge
    return round(float(part(player.held, at_start(player.entry.slug, goal.name), len(player.checks))), 4) if goal else 0


@cache  # kept: one for each challenge
def at_start(slug: str, challenge: str) -> int:
    """How many conditions of a challenge hold before anything is done. Takes a run, once."""
    entry = entry_for(slug)
    goal = challenge_of(entry, challenge)
    return sum(holds for _, holds in goal.check(ask(entry, goal.start).run)) if goal else 0


def instead(request: HttpRequest, status: int, title: str, sentence: str, *, again: str = "") -> HttpResponse:
    """A widget that cannot be shown says why, and where to ask once more if that may help."""
    context = {"title": title, "sentence": sentence, "again": again}
    response = render(request, "playground/embed-missing.html", context, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


def sound(given: dict[str, str]) -> dict[str, str]:
    """The options of a widget, each as it is given where that means something, and empty where not."""
    theme, lock = given.get("theme", ""), given.get("lock", "")
    hide = ",".join(part for part in PARTS if part in given.get("hide", "").split(","))
    start, end = whole(given.get("from"), 0), whole(given.get("to"), 0)
    return {
        "theme": theme if theme in (*THEMES, HOST) else "",
        "hide": hide,
        "lock": lock if lock == "inputs" else "",
        # Play goes from the one step to the other, and begins again.
        "from": str(start) if start < end else "",
        "to": str(end) if start < end else "",
    }


def whole(text: str | None, usual: int) -> int:
    """A number that a host asks for; what is none is the usual one."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 7 and int(text) else usual
