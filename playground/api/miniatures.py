"""Miniatures: the list, one of them, and a run of it."""

from typing import Annotated

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Path, Router
from pydantic import GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from playground.api import problems, schemas
from playground.api.problems import Problem, ProblemError
from playground.asking.recent import recent
from playground.asking.request import entry_for, query_of
from playground.asking.runs import runs
from playground.caching import not_modified, publicly
from playground.engine import limits, query, registry
from playground.engine.inputs import shown
from playground.engine.miniature import Miniature
from playground.engine.query import Ignored, Parsed
from playground.engine.query import Problem as Wrong
from playground.engine.registry import Entry
from playground.engine.run import Run
from playground.engine.step import Step

router = Router(tags=["Miniatures"])


class Listed:
    """Says in the description which names there are; a name that is none of them is told as a problem."""

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return handler(core) | {"enum": list(registry.entries())}


Slug = Annotated[str, Listed(), Path(description="Name of a miniature, from the list.", example="hash-ring")]

RUN_QUERY = [
    {
        "name": "inputs",
        "in": "query",
        "style": "form",
        "explode": True,
        "schema": {"type": "object", "additionalProperties": {"type": "string"}},
        "example": {"nodes": "ada bob", "keys": "12"},
        "description": "One parameter for each input, by its name. What is left out has its default.",
    },
    {
        "name": "do",
        "in": "query",
        "style": "form",
        "explode": True,
        "schema": {"type": "array", "items": {"type": "string"}, "maxItems": limits.ACTIONS},
        "example": ["add:cleo", "remove:ada"],
        "description": (
            "One `do` for each action, in order: `verb:argument:argument`. It is split at `:` no more often "
            "than the verb has arguments, so the last may hold `:`. Timed verbs may happen at an instant in "
            "microseconds, `@1500:verb:argument`; every other action starts when the one before it has ended."
        ),
    },
    {
        "name": "step",
        "in": "query",
        "schema": {"oneOf": [{"type": "integer", "minimum": 0}, {"const": query.LAST}]},
        "description": (
            "The step at which the page opens, or `last`. The answer holds every step, whatever stands here."
        ),
    },
]


@router.get(
    "",
    response=list[schemas.MiniatureSummary],
    operation_id="list_miniatures",
    summary="List the miniatures",
    openapi_extra={"x-example": ""},
)
@runs(at_most=0)
def list_miniatures(request: HttpRequest, response: HttpResponse) -> HttpResponse | list[schemas.MiniatureSummary]:
    """All working models, in the order of their areas."""
    if same := not_modified(request):
        return same
    publicly(request, response)
    return [schemas.MiniatureSummary.model_validate(summary(entry)) for entry in registry.entries().values()]


@router.get(
    "/{slug}",
    response={200: schemas.MiniatureDetail, 404: Problem},
    by_alias=True,
    operation_id="get_miniature",
    summary="Describe a miniature",
    openapi_extra={"x-example": "/hash-ring"},
)
@runs(at_most=0)
def get_miniature(request: HttpRequest, response: HttpResponse, slug: Slug) -> HttpResponse | schemas.MiniatureDetail:
    """What may be set and done, the shape of its outcome, what it is checked against, what it leaves out."""
    entry = find(slug)
    if same := not_modified(request):
        return same
    publicly(request, response)
    return detail(entry)


@router.get(
    "/{slug}/run",
    response={200: schemas.Run, 404: Problem, 422: Problem, 503: Problem},
    operation_id="run_miniature",
    summary="Run a miniature",
    openapi_extra={"parameters": RUN_QUERY, "x-example": "/hash-ring/run?nodes=ada+bob&keys=2&do=add:cleo"},
)
@runs(at_most=1)
def run_miniature(request: HttpRequest, response: HttpResponse, slug: Slug) -> HttpResponse | schemas.Run:
    """Run it with the query of its page: the part of that page's address after the `?`, as it stands there.

    Nothing is guessed: a name, a value or an action that is unknown or not allowed is a 422 that says what
    would do. A run that is too long is not an error; it stops, and `stopped` says what to lower.
    """
    entry = find(slug)
    parsed = read(entry.cls, query_of(request))
    canonical = query.print_query(entry.cls, parsed.query)
    if same := not_modified(request):
        return same
    done = recent.run(entry.cls, parsed.query)
    if wrong := done.refusal or beyond(done):
        raise problems.of_query(problems.REFUSED_ACTION if done.refusal else problems.INVALID_QUERY, [wrong])
    publicly(request, response)
    return told(entry, done, canonical, list(parsed.options))


def find(slug: str) -> Entry:
    """The miniature of that name, or a 404 that says which names are near."""
    try:
        return entry_for(slug)
    except Http404 as missing:
        raise ProblemError(problems.UNKNOWN_MINIATURE, str(missing)) from None


def read(cls: type[Miniature], text: str) -> Parsed:
    """The query, if all of it can be run."""
    parsed = query.parse(cls, text)
    wrong = parsed.problems + [unknown_name(cls, ignored) for ignored in parsed.ignored]
    if parsed.form:
        sentence = "An action is written do=verb:argument here; act belongs to the form on the page."
        wrong.append(Wrong("act", sentence, parsed.form.get("act", "")))
    if wrong:
        raise problems.of_query(problems.INVALID_QUERY, wrong)
    return parsed


def unknown_name(cls: type[Miniature], ignored: Ignored) -> Wrong:
    known = f"There are {', '.join(cls.inputs())}, and do."
    hint = f"Did you mean {ignored.near}?" if ignored.near else known
    return Wrong(ignored.name, f"There is no input {shown(ignored.name)}. {hint}", ignored.name)


def beyond(done: Run) -> Wrong | None:
    """A step after the last one."""
    asked = done.query.step
    sentence = f"There is no step {asked}; this run has steps 0 to {done.last}."
    return Wrong("step", sentence, str(asked)) if asked > done.last else None


def summary(entry: Entry) -> dict[str, object]:
    return {"slug": entry.slug, "title": entry.cls.title, "area": entry.area, "version": entry.version}


def detail(entry: Entry) -> schemas.MiniatureDetail:
    cls = entry.cls
    return schemas.MiniatureDetail.model_validate(
        {
            **summary(entry),
            "question": cls.question,
            "rule": entry.rule,
            "inputs": [kind.describe() for kind in cls.inputs().values()],
            "actions": [action.describe() for action in cls.actions().values()],
            "outcome_schema": cls.outcome_schema,
            "checked_against": [check._asdict() | {"evidence": found} for check, found in entry.evidence()],
            "sources": [source._asdict() for source in entry.sources],
            "simplified": entry.simplified,
            "scenarios": [scenario._asdict() for scenario in entry.scenarios],
            "limits": {
                "steps": limits.STEPS,
                "actions": limits.ACTIONS,
                "query": limits.QUERY,
                "fields": limits.FIELDS,
            },
        }
    )


def told(entry: Entry, done: Run, canonical: str, ignored: list[str]) -> schemas.Run:
    return schemas.Run.model_validate(
        {
            "miniature": entry.slug,
            "version": entry.version,
            "query": canonical,
            "outcome": done.outcome,
            "metrics": [metric._asdict() for metric in done.steps[-1].metrics],
            "decisions": [{"step": step, **made._asdict()} for step, made in done.decisions()],
            "steps": [step_told(step) for step in done.steps],
            "stopped": done.stopped or None,
            "ignored": ignored,
        }
    )


def step_told(step: Step) -> dict[str, object]:
    file, function, number = step.line if step.line.number else (None, None, None)
    return {
        "narration": step.text,
        "text": [scene.words()._asdict() for scene in step.scenes],
        "file": file,
        "line": number,
        "function": function,
        "clock": step.clock,
    }
