"""What strangers send: addresses of every kind, most of them nearly right, drawn from a seed."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from urllib.parse import quote_plus

from playground.engine.inputs import Kind
from playground.engine.registry import Entry, entries

VIEWS = (
    "/playground/{slug}/?{query}", "/playground/{slug}/player?{query}", "/playground/{slug}/trace?{query}",
    "/playground/{slug}.svg?{query}", "/playground/{slug}.json?{query}", "/playground/{slug}.html?{query}",
    "/embed/{slug}/?{query}", "/api/v1/miniatures/{slug}/run?{query}",
    "/oembed?url=/playground/{slug}/%3F{query}", "/playground/{slug}/predict/{word}/?{query}",
    "/playground/{slug}/challenge/{word}/?{query}", "/lessons/?q={word}", "/lessons/found/?q={word}",
    "/lessons/{slug}/?{word}", "/lessons/?{word}={word}", "/embed/?url={word}", "/playground/{word}/", "/{word}",
)  # fmt: skip
HOSTS = ("localhost", "localhost:{port}", "127.0.0.1:{port}")


def requests(seed: int) -> Iterator[tuple[str, dict[str, str]]]:
    """Path with query, and headers. Without an end."""
    random = Random(seed)  # noqa: S311 - the same draws each time, nothing secret
    while True:
        entry = random.choice(list(entries().values()))
        view = random.choice(VIEWS).format(slug=entry.slug, query=query(random, entry), word=word(random))
        host = random.choice(HOSTS).format(port=random.randrange(1, 60_000))
        yield view, {"host": host, "accept-encoding": random.choice(("gzip", "br", "", "gzip;q=0.5", "*"))}


def query(random: Random, entry: Entry) -> str:
    """A few inputs and actions, some of them noise."""
    pairs = [(name, text(random, kind)) for name, kind in entry.cls.inputs().items() if random.random() < 0.3]
    verbs = list(entry.cls.actions().items())
    for _ in range(random.choice((0, 1, 2, 3, 12))):
        verb, action = random.choice(verbs)
        pairs.append(("do", ":".join([verb, *(text(random, kind) for kind in action.arguments)])))
    return "&".join(f"{name}={quote_plus(value)}" for name, value in pairs)


def text(random: Random, kind: Kind) -> str:
    """An allowed value, or what a stranger types."""
    return word(random) if random.random() < 0.3 else kind.print(random.choice(kind.corners()))


def word(random: Random) -> str:
    """Never the same twice: whatever keeps such texts grows with each of them."""
    return "".join(random.choices("abcdefghijklmnopqrstuvwxyzäß0123456789", k=random.randrange(1, 40)))
