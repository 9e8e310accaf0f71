"""Load balancing: what it is written from, what it leaves out, what it is checked against, and runs that teach."""

from playground.engine import Check, Moment, Scenario, Source

SOURCES = (
    Source("nginx, upstream modules", "https://nginx.org/en/docs/http/ngx_http_upstream_module.html"),
    Source("HAProxy 2.6, balance", "https://docs.haproxy.org/2.6/configuration.html#4-balance"),
    Source("HAProxy, lb_fwrr.c", "https://github.com/haproxy/haproxy/blob/v2.6.0/src/lb_fwrr.c"),
    Source("HAProxy, backend.c", "https://github.com/haproxy/haproxy/blob/v2.6.0/src/backend.c"),
    Source(
        "nginx, ngx_http_upstream_round_robin.c",
        "https://github.com/nginx/nginx/blob/release-1.22.1/src/http/ngx_http_upstream_round_robin.c",
    ),
    Source("Mitzenmacher, The Power of Two Choices, IEEE TPDS 12(10), 2001", "https://doi.org/10.1109/71.963420"),
)

SIMPLIFIED = (
    "The way from the balancer to a server takes 4 ms, every time; choosing takes none.",
    "A failure goes as in each program at its defaults; round robin, sticky and fixed weights fail as in HAProxy.",
    (
        "A dead server refuses connections, as a machine does whose program is gone. One that accepts and stays silent "
        "is found out by a time-out, in nginx 60 seconds, and HAProxy’s check, which only connects, takes it for well."
    ),
    (
        "nginx counts whole seconds, so that a server that has failed rests for 10 to 11 s. Where all have failed, "
        "clients get 502 until then, though the servers may be back."
    ),
    (
        "option redispatch is off, as HAProxy has it. With it rules that take turns or count hand a refused request to "
        "another server at once, a cookie at the last try, and a hash tries the same one to the end."
    ),
    "Every request is a GET: nginx does not repeat a POST that it has sent, so that its client gets an error.",
    "A health check knows at once. HAProxy’s takes some seconds, both ways; until then requests fail as without it.",
    "With nginx’s rules a health check stands for NGINX Plus; the open nginx has none.",
    "Least response time is a rule of our own, and fails as in nginx.",
    "A server joins by a new configuration, which counts from nothing; HAProxy’s roundrobin lets it in as it runs.",
    "Setting a weight loads the configuration again, with every rule; HAProxy can set some weights while it runs.",
    "Each client asks for one page. With several, a hash of the page sends one client to several servers.",
    "A client keeps one connection for each request: the balancer works on layer 7 and sees pages and cookies.",
    "The speed of a server is the same for all its requests, but for the size that a request is drawn with.",
    "There is one balancer, and one process of it: several count each for itself, and know less.",
)

CHECKS = (
    Check("nginx, smooth weights", "every request, in half of the runs with a failure midway", "exact sequence"),
    Check("nginx, ip_hash", "every request, in half of the runs with a failure midway", "exact sequence"),
    Check("nginx, hash", "every request, in half of the runs with a failure midway", "exact sequence"),
    Check("nginx, hash consistent", "every request, in half of the runs with a failure midway", "exact sequence"),
    Check("nginx, least_conn", "who gets the next request in states of open ones, ties too", "exact choice"),
    Check("nginx, random two", "the share of each server in states of open requests", "statistical"),
    Check("HAProxy, roundrobin", "every request, in half of the runs with one out for a while", "exact sequence"),
    Check("HAProxy, static-rr", "every request, in half of the runs with one out for a while", "exact sequence"),
    Check("HAProxy, equal weights", "every request, in half of the runs with one out for a while", "exact sequence"),
    Check(
        "HAProxy, cookie",
        "every request of clients that keep cookies, in half of the runs with one out for a while",
        "exact sequence",
    ),
    Check("nginx, failures and returns", "every request, errors too, while servers come and go", "exact sequence"),
    Check("HAProxy, failures and returns", "every request, errors too, while servers come and go", "exact sequence"),
    Check("HAProxy, the pause between two tries", "who answers, or an error, and after how long", "exact, in seconds"),
    Check("HAProxy, leastconn", "who gets the next request where one has the fewest open", "exact choice"),
)

SCENARIOS = (
    # Every 15 ms: by step 27 three wait for dee, and nobody waits elsewhere.
    Scenario(
        "one-slow-server",
        "One slow server",
        "gap=15&step=27",
        "Everybody in turn: dee is five times slower, and what she is given waits.",
    ),
    # The same seed as the default run, so that the same requests can be followed under both rules.
    Scenario(
        "two-rules",
        "Two rules, the same requests",
        "algorithm=least-connections&requests=40&step=42",
        "Least connections, and beside it round robin on the same forty requests.",
        vs="algorithm:round-robin",
    ),
    # 5, 1 and 1: the smallest weights at which the two programs part on the fifth request.
    Scenario(
        "nginx-and-haproxy",
        "nginx and HAProxy",
        "servers=ada*5+bob+cleo&algorithm=weighted-nginx&speeds=equal&requests=14&step=6",
        "Weights 5, 1 and 1: the same shares in another order.",
        vs="algorithm:weighted-haproxy",
    ),
    # At 150 ms bob has a request in work, which comes back at once. nginx rests him until second 11 of the run.
    Scenario(
        "down-and-back",
        "Down and back, in nginx",
        "algorithm=least-connections&do=@150000:kill:bob&do=@300000:revive:bob&do=@11500000:send:8&step=14",
        "bob dies at 150 ms and is back at 300 ms; nginx gives him nothing for ten to eleven seconds.",
    ),
    # One of four is dead, so that every fourth request is an error, each after three pauses of a second.
    Scenario(
        "nobody-notices",
        "Down, in HAProxy without a check",
        "algorithm=weighted-haproxy&speeds=equal&do=@150000:kill:bob&step=14",
        "bob dies at 150 ms; HAProxy goes on to send him every fourth request.",
    ),
    # Twenty-four clients: enough of them come twice for the two rules to part.
    Scenario(
        "a-fourth-server",
        "A fourth server, by hash",
        "servers=ada+bob+cleo&algorithm=ketama&speeds=equal&requests=40&clients=24&do=add:dee:1&do=send:40&step=52",
        "On the ring dee takes a few clients from each; modulo moves clients between the old ones too.",
        vs="algorithm:url-hash",
    ),
    # Nobody has been measured at first, so the first eight requests are spread; then the slow one is avoided.
    Scenario(
        "by-the-clock",
        "By response time",
        "algorithm=least-time&do=@300000:slow:ada:8&step=22",
        "ada slows down at 300 ms; the mean of her answer times takes a while to tell.",
    ),
)

MOMENT = Moment("gap=15&step=27", lambda done: str(done.outcome["longest_queue"]), "wait")
