"""An address for every pattern of the site, and for what is behind none: what is asked of all is asked of these."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

RUN = "?do=remove:cleo&step=22"
QUESTION = "?nodes=dee+ada+eve+fay+hal+bob&points=2&keys=12&do=fail:ada&do=look_up:user:8"

ADDRESSES = {
    "lessons:home": "/",
    "lessons:list": "/lessons/",
    "lessons:found": "/lessons/found/?q=ring",
    "lessons:robots": "/robots.txt",
    "lessons:sitemap": "/sitemap.xml",
    "lessons:security": "/.well-known/security.txt",
    "lessons:favicon": "/favicon.ico",
    "lessons:lesson": "/lessons/hash-ring/",
    "playground:gallery": "/playground/",
    "playground:guide": "/playground/scenes/",
    "playground:guide-kind": "/playground/scenes/ring/",
    "playground:guide-trace": "/playground/scenes/ring/trace",
    "playground:embed-about": "/embed/",
    "playground:embed": f"/embed/hash-ring/{RUN}",
    "playground:oembed": "/oembed?url=/lessons/hash-ring/",
    "playground:how-we-check": "/about/how-we-check",
    "playground:picture": f"/playground/hash-ring.svg{RUN}",
    "playground:png": f"/playground/hash-ring.png{RUN}",
    "playground:json": f"/playground/hash-ring.json{RUN}",
    "playground:file": f"/playground/hash-ring.html{RUN}",
    "playground:run": f"/playground/hash-ring/{RUN}",
    "playground:player": f"/playground/hash-ring/player{RUN}",
    "playground:trace": f"/playground/hash-ring/trace{RUN}",
    "playground:thumbnail": "/playground/hash-ring/thumb.svg",
    "playground:challenge": "/playground/hash-ring/challenge/even-after-a-failure/?points=7",
    "playground:challenge-player": "/playground/hash-ring/challenge/even-after-a-failure/player",
    "playground:solution": "/playground/hash-ring/challenge/even-after-a-failure/solution/",
    "playground:solution-player": "/playground/hash-ring/challenge/even-after-a-failure/solution/player",
    "playground:predict": f"/playground/hash-ring/predict/who-answers/{QUESTION}",
    "playground:predict-answer": f"/playground/hash-ring/predict/who-answers/answer{QUESTION}&answer=bob",
    "playground:predict-trace": f"/playground/hash-ring/predict/who-answers/trace{QUESTION}",
    "playground:api-v1:list_miniatures": "/api/v1/miniatures",
    "playground:api-v1:get_miniature": "/api/v1/miniatures/hash-ring",
    "playground:api-v1:run_miniature": "/api/v1/miniatures/hash-ring/run?nodes=ada+bob&keys=2",
    "playground:api-v1:openapi-json": "/api/v1/openapi.json",
    "playground:api-v1:openapi-view": "/api/v1/docs",
    "playground:api-v1:api-root": "/api/v1/",
    "playground:api-v1:unknown": "/api/v1/nothing",
    "quizzes:practise": "/practise/",
    "quizzes:practise-question": "/practise/hash-ring/who-answers/?seed=3",
    "quizzes:practise-trace": "/practise/hash-ring/who-answers/trace?seed=3",
}
"""Name of a view → an address that it answers."""

MORE = (
    "/lessons/?q=ring",
    "/lessons/?q=",
    "/playground/hash-ring/",
    "/playground/hash-ring/?nodes=ada",
    "/playground/hash-ring/?vs=points:1",
    "/playground/hash-ring/?points=0",
    "/playground/hash-ring.svg?format=card",
    "/playground/hash-ring.png?points=0",
    "/playground/hash-ring/thumb.svg?theme=dark",
    "/embed/?url=/playground/totp/",
    "/embed/nothing/",
    "/oembed?url=/nothing",
    "/practise/?from=hash-ring&from=totp",
    "/practise/?begin=yes",
    "/practise/hash-ring/who-answers/",
    "/practise/hash-ring/who-answers/?seed=3&answer=ada",
    "/practise/hash-ring/who-answers/?seed=3&answer=zoe",
    "/practise/hash-ring/how-many-move/?seed=3&answer=many",
    "/practise/hash-ring/who-answers/?seed=-1",
    "/there-is-nothing-here",
    "/livez",
    "/readyz",
    "/static/js/player.js",
)
"""Other shapes of them, what is not there, and what is answered before any view."""

EVERY = (*ADDRESSES.values(), *MORE)

CLASS = QUIZ = "A" * 22
"""Ids as they look, of a class and a quiz that are not there."""

PRIVATE = {
    "quizzes:join": "/join/",
    "quizzes:join-class": "/join/ABCDEFGH/",
    "quizzes:resume": f"/resume/{'A' * 22}/",
    "quizzes:mine": "/quizzes/",
    "quizzes:export": "/quizzes/about-me.json",
    "quizzes:link": f"/quizzes/classes/{CLASS}/link",
    "quizzes:leave": f"/quizzes/classes/{CLASS}/leave",
    "quizzes:erase": f"/quizzes/classes/{CLASS}/erase",
    "quizzes:account": "/account/",
    "quizzes:sign-up": "/account/sign-up/",
    "quizzes:sign-in": "/account/sign-in/",
    "quizzes:sign-out": "/account/sign-out",
    "quizzes:sign-out-elsewhere": "/account/sign-out-elsewhere",
    "quizzes:password": "/account/password",
    "quizzes:email": "/account/email",
    "quizzes:codes": "/account/codes",
    "quizzes:erase-account": "/account/erase",
    "quizzes:reset": "/account/reset/",
    "quizzes:reset-mail": "/account/reset/mail",
    "quizzes:reset-link": "/account/reset/1/a-b/",
    "quizzes:quiz": f"/quizzes/{QUIZ}/",
    "quizzes:start": f"/quizzes/{QUIZ}/start",
    "quizzes:attempt": f"/quizzes/{QUIZ}/1/",
    "quizzes:hand-in": f"/quizzes/{QUIZ}/1/hand-in",
    "quizzes:question": f"/quizzes/{QUIZ}/1/1/",
    "quizzes:save": f"/quizzes/{QUIZ}/1/1/save",
    "quizzes:answer-trace": f"/quizzes/{QUIZ}/1/1/trace",
    "quizzes:teach": "/teach/",
    "quizzes:class": f"/teach/classes/{CLASS}/",
    "quizzes:class-code": f"/teach/classes/{CLASS}/code",
    "quizzes:class-dates": f"/teach/classes/{CLASS}/dates",
    "quizzes:roster": f"/teach/classes/{CLASS}/list/",
    "quizzes:roster-csv": f"/teach/classes/{CLASS}/learners.csv",
    "quizzes:class-settings": f"/teach/classes/{CLASS}/settings/",
    "quizzes:class-archive": f"/teach/classes/{CLASS}/archive",
    "quizzes:class-instructors": f"/teach/classes/{CLASS}/instructors",
    "quizzes:class-delete": f"/teach/classes/{CLASS}/delete",
    "quizzes:class-member": f"/teach/classes/{CLASS}/members/1/",
    "quizzes:allow": f"/teach/classes/{CLASS}/members/1/allow",
    "quizzes:extend": f"/teach/classes/{CLASS}/members/1/extend/{QUIZ}",
    "quizzes:member-link": f"/teach/classes/{CLASS}/members/1/link",
    "quizzes:member-remove": f"/teach/classes/{CLASS}/members/1/remove",
    "quizzes:api:save_answer": f"/quizzes/api/{QUIZ}/1/1/save",
    "quizzes:api:clock": f"/quizzes/api/{QUIZ}/1/clock",
    "quizzes:api:api-root": "/quizzes/api/",
}
"""Those that are for one reader: they answer a stranger with a form, with a way to the door, or not at all."""


def views(resolver: URLResolver | None = None, spaces: tuple[str, ...] = ()) -> Iterator[str]:
    """The name of every view that a pattern leads to, with its namespaces; the pattern where a view has no name."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLPattern):
            yield ":".join([*spaces, pattern.name or str(pattern.pattern)])
        else:
            yield from views(pattern, (*spaces, pattern.namespace) if pattern.namespace else spaces)
