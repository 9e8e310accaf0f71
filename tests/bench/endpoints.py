"""What a request costs at each address of a run: the dearest that is known, of every miniature, beside the aims."""

from __future__ import annotations

import os
from statistics import median
from time import thread_time
from typing import NamedTuple

import django
from django.test import Client, override_settings

from config.collector import look_rarely
from playground.engine.registry import entries
from tests.bench.queries import dearest
from tests.bench.report import Row, Section, Target
from tests.bench.timing import once, yardstick

SINGLE, DOUBLE = Target(250), Target(500)
"""Milliseconds of the processor: of one run, and of a pair or a whole run as a file."""

PAIRED = " vs"
"""Ends the name under which the dearest pair at an address is kept."""

ADDRESSES = {
    "page": "/playground/{slug}/?{query}",
    "player": "/playground/{slug}/player?{query}",
    "embed": "/embed/{slug}/?{query}",
    "trace": "/playground/{slug}/trace?{query}&layout=wide",
    "html": "/playground/{slug}.html?{query}",
    "svg": "/playground/{slug}.svg?{query}",
    "png": "/playground/{slug}.png?{query}",
    "card": "/playground/{slug}.png?{query}&format=card",
    "json": "/playground/{slug}.json?{query}",
    "api": "/api/v1/miniatures/{slug}/run?{query}",
    "oembed": "/oembed?url=/playground/{slug}/%3F{quoted}",
    "predict": "/playground/{slug}/predict/{question}/?{query}",
}
"""Name -> address. What is kept of a question is its name, a question mark and the query."""

PAIRS = ("page", "embed", "trace", "html", "png", "json")
"""Addresses of which the dearest pair is kept as well."""

NAMES = (*ADDRESSES, *(f"{name}{PAIRED}" for name in PAIRS))


class Asked(NamedTuple):
    """A request that is known to be dear: at which address, of which miniature, with what."""

    name: str
    slug: str
    text: str

    @property
    def address(self) -> str:
        name = self.name.removesuffix(PAIRED)
        question, _, query = self.text.rpartition("?") if name == "predict" else ("", "", self.text)
        quoted = query.replace("%", "%25").replace("&", "%26").replace("+", "%2B")
        return ADDRESSES[name].format(slug=self.slug, query=query, question=question, quoted=quoted)

    @property
    def aim(self) -> Target:
        return DOUBLE if self.name.endswith(PAIRED) or self.name == "html" else SINGLE


def ready() -> Client:
    """The site in this process: as it is served, but for its static files, which are taken as they lie."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    look_rarely()
    storages = {
        "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    override_settings(
        STORAGES=storages, ALLOWED_HOSTS=["testserver"], WHITENOISE_USE_FINDERS=True, WHITENOISE_AUTOREFRESH=True
    ).enable()
    client = Client(raise_request_exception=False)
    client.get("/playground/")
    return client


class Fault(Exception):
    """A request was answered 500 or above."""


def cost(client: Client, asked: Asked) -> float:
    """Milliseconds of this thread for one request. Raises Fault where it is not answered."""
    start = thread_time()
    answer = client.get(asked.address)
    took = (thread_time() - start) * 1000
    if answer.status_code >= 500:
        raise Fault(f"{asked.address} was answered {answer.status_code}")
    return took


def known() -> list[Asked]:
    return [Asked(name, slug, text) for slug in entries() for name, text in dearest(slug).items()]


def section() -> Section:
    """For each address the dearest of all miniatures, and every other that is over its aim."""
    found = Section("Requests: milliseconds of the processor")
    client = ready()
    beside = median(once(yardstick, thread_time) for _ in range(9))
    for name in NAMES:
        every = [(min(cost(client, one) for _ in range(3)), one) for one in known() if one.name == name]
        every.sort(key=lambda pair: -pair[0])
        shown = [pair for place, pair in enumerate(every) if not place or pair[0] > pair[1].aim.figure]
        for took, one in shown:
            found.rows.append(
                Row(f"{name}: {one.slug}", took, "ms", f"yardstick {beside:.1f} ms", took / beside, one.aim)
            )
    found.notes.append(
        "The dearest request that is known at each address, by `python -m tests.bench.climb`; the answer is not "
        "compressed. Of the other miniatures, those over the aim."
    )
    return found
