"""How the models are checked: every comparison, from the files that the comparisons wrote."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from config.methods import read_only
from playground.asking.runs import runs
from playground.caching import kept
from playground.engine.registry import entries


@runs(at_most=0)
@read_only
def how_we_check(request: HttpRequest) -> HttpResponse:
    """Every miniature with what it is checked against, how strongly, and what it leaves out."""

    def page() -> HttpResponse:
        models = [(entry, entry.evidence()) for entry in entries().values()]
        told = [(check, found) for _, evidence in models for check, found in evidence if found]
        real, again = ([found for check, found in told if check.ours == ours] for ours in (False, True))
        context = {
            "room": "about",
            "models": models,
            "comparisons": len(real),
            "cases": sum(found["cases"] for found in real),
            "different": sum(found["different"] for _, found in told),
            "again": len(again),
            "again_cases": sum(found["cases"] for found in again),
        }
        return render(request, "playground/how-we-check.html", context)

    return kept(request, page)
