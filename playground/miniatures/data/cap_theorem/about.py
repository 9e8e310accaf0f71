"""CAP: what it is written from, what it leaves out, what it is checked against, and runs that teach."""

from playground.engine import Check, Moment, Scenario, Source

SOURCES = (
    Source(
        "Gilbert and Lynch, Brewer’s Conjecture and the Feasibility of Consistent, Available, Partition-Tolerant "
        "Web Services, 2002",
        "https://doi.org/10.1145/564585.564601",
    ),
    Source("Herlihy and Wing, Linearizability, 1990", "https://doi.org/10.1145/78969.78972"),
    Source("Ongaro and Ousterhout, In Search of an Understandable Consensus Algorithm, 2014",
           "https://raft.github.io/raft.pdf"),
)  # fmt: skip

SIMPLIFIED = (
    "A client stands beside the node that it asks: getting there takes no time, and the cut never lies between.",
    "A leader sends its whole log each time, and asks for votes only where a majority can hear it.",
    "A node knows of a silent leader after ten round trips of the longest way; there are no heartbeats in between.",
    "Quorums have read repair, but no hints for nodes that are away, and nothing that compares copies at night.",
    "Etcd and Redis are asked with three nodes; four and five, unequal ways and read repair rest on the rules alone.",
    "The history judge is checked by brute force; no other checker of histories was at hand as a package.",
)

CHECKS = (
    Check("etcd", "which operations are answered and with what, in a cluster of three, cut and with dead members",
          "exact sequence"),
    Check("redis", "which acknowledged writes are there after the replica is promoted", "exact sequence"),
    Check("brute force", "the judge’s verdict on all small histories", "exact", ours=True),
)  # fmt: skip

SCENARIOS = (
    # The same write at c: answered in the calm, then not; a and b go on.
    Scenario(
        "the-same-button",
        "The same button",
        "first=2&do=write:cat:c&do=cut:c&do=write:cat:c&do=write:ann:a&do=read:ben:b&step=17",
        "Quorums of two of three: the write that was answered a moment ago is not, on the wrong side of the cut.",
    ),
    Scenario(
        "or-it-lies",
        "Or it lies",
        "w=1&r=1&first=2&do=cut:c&do=write:ann:a&do=read:cat:c&do=wait:100&do=read:ben:b&step=14",
        "With W = R = 1 everybody is answered, and cat reads what has been overwritten.",
    ),
    Scenario(
        "a-leader-cut-off",
        "A leader cut off",
        "mode=leader&first=2&do=cut:a&do=write:ann:a&do=wait:700&do=write:ben:b&do=read:cat:c&do=peek:ann:a&do=heal"
        "&do=wait:200&do=read:ann:a&step=18",
        "The majority elects another leader and goes on; the old one waits, and one copy of it is stale.",
    ),
    Scenario(
        "acknowledged-and-gone",
        "Acknowledged and gone",
        "mode=primary&first=1&do=cut:a&do=write:ann:a&do=write:ann:a&do=wait:700&do=read:ben:b&do=write:ben:b&do=wait:50&do=heal"
        "&do=wait:300&do=read:ann:a&step=12",
        "A primary that does not wait says ok twice, alone; after the cut, its log is thrown away.",
    ),
    # cat's clock is 500 ms late: her write is younger than ann's and has the older stamp.
    Scenario(
        "a-late-clock",
        "A late clock",
        "mode=lww&skew=500&first=0&do=wait:600&do=write:ann:a&do=wait:100&do=write:cat:c&do=wait:100&do=read:cat:c&step=6",
        "No cut at all: the last write loses, because the clock beside it is late.",
    ),
    Scenario(
        "seen-and-unseen",
        "Seen and unseen",
        "nodes=5&w=3&r=3&far=200&timeout=900&first=2&do=cut:e&do=write:dan:e&do=wait:100&do=heal&do=read:dan:e&do=read:ann:a"
        "&step=30",
        "Three and three of five meet, and all the same a value is read and then not.",
    ),
)

MOMENT = Moment(
    "first=2&do=write:cat:c&do=cut:c&do=write:cat:c&do=write:ann:a&do=read:ben:b&step=17",
    lambda done: f"{max(done.outcome['held'])} ≠ {min(done.outcome['held'])}",
    "cut",
)
