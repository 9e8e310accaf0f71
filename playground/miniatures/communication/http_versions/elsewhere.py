"""The same objects from nginx by curl, which says how many connections it opened."""

from __future__ import annotations

from playground.engine import Recipe, Run
from playground.engine.elsewhere import PORT

CONFIG = """\
pid nginx.pid;
error_log error.log;
worker_processes 1;
events { }
http {
    access_log off;
    client_body_temp_path t1; proxy_temp_path t2; fastcgi_temp_path t3;
    uwsgi_temp_path t4; scgi_temp_path t5;
    %s
}
"""
PLAIN = f"server {{ listen 127.0.0.1:{PORT}; root objects; }}"
SECURE = (
    f"server {{ listen 127.0.0.1:{PORT} ssl http2; root objects;\n"
    "        ssl_certificate own.pem; ssl_certificate_key own.key; }"
)
# Browsers and curl speak HTTP/2 over TLS; the certificate is our own, so that curl is told not to ask whose it is.
CERTIFY = (
    "openssl req -x509 -newkey rsa:2048 -nodes -days 1 -subj /CN=127.0.0.1 -keyout own.key -out own.pem 2>own.log\n"
)
ASKED = {"1.0": "--http1.0", "1.1": "--http1.1", "2": "--http2 --insecure"}
TRIED = ("version=1.0&objects=8", "version=1.1&objects=8", "version=2&objects=8", "version=1.1&objects=1")
WRONG = (("", "--http1.1", "--http1.0"), ("version=2&objects=8", "--http2", "--http1.0"))
NOTE = "nginx and curl are on one machine here: the bytes and the connections are those of the run, the times are not."


def elsewhere(done: Run) -> tuple[Recipe, ...]:
    """The objects of the last load, or of the first, asked for in order: of one that curl can be told to do."""
    loads = [load for load in (done.outcome["last"], done.outcome["first"]) if load and load["version"] in ASKED]
    if not loads:
        return ()
    version = loads[0]["version"]
    secure = version == "2"
    address = f"http{'s' if secure else ''}://127.0.0.1:{PORT}"
    objects = done.outcome["objects"]
    made = "\n".join(f"head -c {one['bytes']} /dev/zero >objects/{one['name']}" for one in objects)
    names = ",".join(one["name"] for one in objects)
    run = 'nginx -p "$PWD/" -c nginx.conf -e error.log'
    many = f"{{{names}}}" if len(objects) > 1 else names
    commands = (
        f"mkdir -p objects got\n{made}\n{CERTIFY if secure else ''}{run}\n"
        f"curl -s {ASKED[version]} -o 'got/#1' -w '%{{size_download}} bytes, %{{num_connects}} new connection\\n' \\\n"
        f"    '{address}/{many}'\n{run} -s stop\n"
    )
    return (
        Recipe(
            f"nginx and curl, HTTP/{version}",
            commands,
            (("nginx.conf", CONFIG % (SECURE if secure else PLAIN)),),
            NOTE,
            printed([one["bytes"] for one in objects], loads[0]["connections"]),
        ),
    )


def printed(sizes: list[int], connections: int) -> tuple[str, ...]:
    """One connection for every object, or one for all of them."""
    opened = [1] * len(sizes) if connections == len(sizes) else [1, *[0] * (len(sizes) - 1)]
    return tuple(f"{size} bytes, {new} new connection" for size, new in zip(sizes, opened, strict=True))
