"""The slugs of all lessons of the finished site, also of those that are not written yet."""

SLUGS = (
    "api-styles", "rest-and-graphql", "grpc", "webhooks", "api-performance", "http-versions",
    "rpc-soap-rest-graphql", "contract-first", "http-status", "api-gateway", "safe-api-design",
    "tcp-ip-encapsulation", "reverse-proxy", "load-balancing", "url-uri-urn", "ci-cd-pipeline", "canary-analysis",
    "safe-deployments", "api-monitoring", "andon-cord", "ui-patterns", "design-patterns", "full-stack",
    "design-blueprint", "choosing-a-database", "database-structures", "everyday-structures", "sql-execution",
    "cap-theorem", "memory-and-storage", "sql-query-order", "sql-language", "database-replication", "cache-layers",
    "redis-speed", "redis-uses", "caching-strategies", "event-driven", "message-queues", "publish-subscribe",
    "service-bus", "graphql-registry", "microservice-architecture", "microservice-best-practices",
    "microservice-tech-stack", "modules-not-microservices", "kafka-why-fast", "payment-systems-map",
    "card-economics", "visa-authorization", "visa-clearing-settlement", "upi", "devops-sre-platform", "kubernetes",
    "docker-vs-kubernetes", "how-docker-works", "git-four-places", "git-objects", "git-merge-rebase",
    "cloud-services", "cloud-native", "json-visualizer", "code-to-diagram", "linux-filesystem", "linux-commands",
    "https-tls", "oauth2-code-pkce", "auth-mechanisms", "identity-ladder", "password-storage", "jwt", "totp",
    "netflix-tech-stack", "twitter-2022", "airbnb-evolution", "monorepo-vs-microrepo", "stack-overflow",
    "prime-video-monitoring", "hotstar-emojis", "discord-messages", "live-streaming", "slack-message-journey",
    "slack-channel-server-recovery", "slack-real-time-messaging", "tracing-notifications", "presence-platform",
    "netflix-media-ml", "bp-load-balancer", "bp-gateway", "bp-communication", "bp-cdn", "bp-database", "bp-cache",
    "bp-message-queue", "bp-id-generation", "bp-scalability", "bp-availability", "hash-ring",
)  # fmt: skip
