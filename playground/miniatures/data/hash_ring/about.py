"""The hash ring: what it is written from, what it leaves out, what it is checked against, and runs that teach."""

from playground.engine import Check, Moment, Scenario, Source

SOURCES = (
    Source("Karger et al., Consistent Hashing and Random Trees, STOC 1997", "https://doi.org/10.1145/258533.258660"),
    Source(
        "libketama, ketama.c",
        "https://github.com/RJ/ketama/blob/18cf9a7717dad0d8106a5205900a17617043fe2c/libketama/ketama.c",
    ),
    Source("nginx, hash … consistent", "https://nginx.org/en/docs/http/ngx_http_upstream_module.html#hash"),
)

SIMPLIFIED = (
    (
        "libketama and nginx have 160 points for a server; here you choose. A multiple of four is shared out in whole "
        "digests of four, as libketama does; any other number in single points, which it never does."
    ),
    (
        "Shares of weight are whole numbers here, as in uhashring; libketama in C divides in single precision, which "
        "gives some servers of eleven one digest fewer where their weights add up to 55 or 110."
    ),
    "libketama keeps 22 characters of an address; a longer name is placed here by all of them, as in uhashring.",
    "Look-ups walk past failed servers as far as it takes; nginx gives up after 20 points, libketama never walks.",
    "Moving a key takes no time here: there is no data to copy and no cache to fill.",
)

CHECKS = (
    Check("uhashring", "the owner of every key on the ring of libketama, with equal weights", "exact choice"),
    Check("uhashring, weights", "the same with other weights, verbs in a random order", "exact choice"),
    Check("nginx", "the owner of every key on the ring of nginx", "exact choice"),
)

SCENARIOS = (
    # These names: dee's three points fall next to cleo's, so that dee begins nearly empty and inherits nearly all.
    Scenario(
        "a-server-leaves",
        "A server leaves",
        "do=remove:cleo&step=21",
        "Seven keys of 24 move, all of them cleo’s. hash % n moves 19.",
    ),
    # One point each: ada has 44 % of the circle, and bob is the only one to inherit it.
    Scenario(
        "one-point-each",
        "One point each",
        "points=1&keys=40&do=fail:ada&step=21",
        "All of ada’s load lands on one neighbour, which then holds 26 of 40 keys.",
    ),
    Scenario(
        "many-points",
        "Forty points each",
        "points=40&keys=120&do=fail:cleo&step=21",
        "The same failure is shared by everybody who is left.",
    ),
    Scenario(
        "a-bigger-machine",
        "A bigger machine",
        "nodes=ada*4+bob+cleo+dee&points=10&keys=120&step=21",
        "More weight, more points: ada has 22 of the 37, and about four times the keys.",
    ),
    # user:5 is bob's: its look-up walks past bob's point to the next one that answers.
    Scenario(
        "down-and-back",
        "Down and back",
        "do=fail:bob&do=look_up:user:5&do=revive:bob&do=add_keys:12&step=21",
        "What bob lost comes back to him, and nobody else is disturbed.",
    ),
    # Five changes: enough for the two lines of the chart to part for good.
    Scenario(
        "a-growing-fleet",
        "A growing fleet",
        "do=add:eve:1&do=add:fay:1&do=add:gus:1&do=remove:ada&do=add:hal:1&step=21",
        "Four servers join and one leaves; the chart adds up what each rule moves.",
    ),
    Scenario(
        "the-ring-of-nginx",
        "The ring of nginx",
        "placement=nginx&do=remove:cleo&step=21",
        "Another hash, other places, the same rule.",
    ),
)

MOMENT = Moment("do=remove:cleo&step=21", lambda done: str(done.outcome["moved"]), "moved")
