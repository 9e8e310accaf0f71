"""Paths through the lessons: a question, and the six to eight lessons that answer it, in the order to read them.

All lessons of a path stand here, also those that are not written yet: pages show what exists and count the rest.
The order is that of the list: a lesson that lies on several paths has its row under the first of them.
"""

from __future__ import annotations

from typing import NamedTuple


class Path(NamedTuple):
    """A way through some lessons, by their slugs."""

    name: str
    title: str
    promise: str
    members: tuple[str, ...]


PATHS = (
    Path(
        "a-requests-journey",
        "A request’s journey",
        "From the address bar to a row on a disk, and back.",
        ("url-uri-urn", "tcp-ip-encapsulation", "https-tls", "http-versions", "reverse-proxy", "load-balancing",
         "cache-layers", "sql-execution"),
    ),
    Path(
        "where-the-data-lives",
        "Where the data lives",
        "One byte, then a tree, then copies in three cities.",
        ("memory-and-storage", "database-structures", "sql-query-order", "sql-execution", "hash-ring",
         "database-replication", "cap-theorem", "discord-messages"),
    ),
    Path(
        "who-are-you",
        "Who are you?",
        "Six ways to prove it. What can be stolen from each?",
        ("password-storage", "totp", "identity-ladder", "jwt", "oauth2-code-pkce", "auth-mechanisms"),
    ),
    Path(
        "designing-an-api",
        "Designing an API",
        "One thing to ask for. In which words, and what if it is asked twice?",
        ("api-styles", "rpc-soap-rest-graphql", "rest-and-graphql", "grpc", "http-status", "safe-api-design",
         "contract-first", "api-performance"),
    ),
    Path(
        "queues-and-logs",
        "Queues and logs",
        "Somebody is asleep when the message comes. Who keeps it, and for how long?",
        ("message-queues", "publish-subscribe", "event-driven", "service-bus", "kafka-why-fast", "bp-message-queue",
         "hotstar-emojis"),
    ),
    Path(
        "the-blueprint",
        "The blueprint",
        "A design on one sheet, then the part of it that fails first.",
        ("design-blueprint", "bp-scalability", "bp-availability", "bp-load-balancer", "bp-cdn", "bp-cache",
         "bp-database", "bp-id-generation"),
    ),
    Path(
        "where-the-money-goes",
        "Where the money goes",
        "A card is held to a reader. Who has the money an hour later, and who the day after?",
        ("payment-systems-map", "visa-authorization", "safe-api-design", "visa-clearing-settlement", "card-economics",
         "upi"),
    ),
    Path(
        "from-desk-to-everybody",
        "From a desk to everybody",
        "One changed line: what stores it, what tests it, and what stops it.",
        ("git-four-places", "git-objects", "git-merge-rebase", "monorepo-vs-microrepo", "ci-cd-pipeline",
         "safe-deployments", "canary-analysis", "andon-cord"),
    ),
    Path(
        "what-a-hash-can-do",
        "What a hash can do",
        "One kind of function names a file, picks a server and hides a password.",
        ("git-objects", "how-docker-works", "hash-ring", "password-storage", "totp", "jwt"),
    ),
    Path(
        "when-no-answer-comes",
        "When no answer comes",
        "A time-out does not say what happened. What do you do next?",
        ("visa-authorization", "safe-api-design", "webhooks", "message-queues", "kafka-why-fast", "bp-message-queue",
         "cap-theorem"),
    ),
    Path(
        "what-you-may-remember",
        "What you may remember",
        "An old answer is quick. For how long is it still right?",
        ("memory-and-storage", "caching-strategies", "cache-layers", "redis-speed", "redis-uses", "bp-cache", "bp-cdn"),
    ),
    Path(
        "running-an-api",
        "Running an API",
        "It works for you. Does it work for ten thousand strangers?",
        ("http-status", "webhooks", "api-gateway", "bp-gateway", "api-performance", "graphql-registry",
         "api-monitoring"),
    ),
    Path(
        "asking-a-database",
        "Asking a database",
        "You say what you want. Who decides how it is found?",
        ("everyday-structures", "database-structures", "sql-language", "sql-query-order", "sql-execution",
         "choosing-a-database"),
    ),
    Path(
        "under-your-program",
        "Under your program",
        "A file, a container, a cluster, a cloud: what is below each of them?",
        ("linux-filesystem", "linux-commands", "how-docker-works", "docker-vs-kubernetes", "kubernetes",
         "cloud-native", "cloud-services", "devops-sre-platform"),
    ),
    Path(
        "one-program-or-twenty",
        "One program or twenty",
        "Where to cut, what the cut costs, and who has put it back together.",
        ("modules-not-microservices", "microservice-architecture", "microservice-best-practices",
         "microservice-tech-stack", "airbnb-evolution", "stack-overflow", "prime-video-monitoring"),
    ),
    Path(
        "at-this-moment",
        "At this moment",
        "A message, a green dot, a goal: how do a million people see it at once?",
        ("bp-communication", "slack-real-time-messaging", "slack-message-journey", "slack-channel-server-recovery",
         "presence-platform", "tracing-notifications", "live-streaming", "hotstar-emojis"),
    ),
    Path(
        "what-they-changed",
        "What they changed",
        "Seven large systems, and the day the old design was too small.",
        ("twitter-2022", "netflix-tech-stack", "netflix-media-ml", "airbnb-evolution", "stack-overflow",
         "prime-video-monitoring", "discord-messages"),
    ),
    Path(
        "the-shape-of-a-program",
        "The shape of a program",
        "The same few shapes, in memory, in code and on the screen.",
        ("everyday-structures", "design-patterns", "ui-patterns", "full-stack", "json-visualizer", "code-to-diagram"),
    ),
)  # fmt: skip
