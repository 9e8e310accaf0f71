"""Somebody else's site, on another origin, that shows our widgets, and somebody who reads it."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from playwright.sync_api import Browser, Page

from tests.browser.server import Site
from tests.browser.snippet import snippet

RING = "hash-ring/?do=remove:cleo&step=22"


class Host:
    """Somebody else's site: one page, with the headers that it likes."""

    def __init__(self) -> None:
        self.page = ""
        self.headers: dict[str, str] = {}
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self.handler())
        self.origin = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def handler(self) -> type[BaseHTTPRequestHandler]:
        host = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                body = host.page.encode()
                self.send_response(200 if self.path == "/" else 404)
                for name, value in {"Content-Type": "text/html; charset=utf-8", **host.headers}.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *args: object) -> None:
                """The tests need no log of it."""

        return Handler


class Guest:
    """A reader of the host's page: what it complained about, what was fetched, what the frames told."""

    def __init__(self, browser: Browser, host: Host, site: Site) -> None:
        self.browser, self.host, self.site = browser, host, site
        self.complaints: list[str] = []
        self.fetched: list[str] = []

    def read(self, body: str, *, javascript: bool = True, width: int = 1000, **headers: str) -> Page:
        listen = "<script>window.told=[];addEventListener('message',(e)=>told.push(e.data))</script>"
        self.host.page = f"<!doctype html><title>A blog</title>{listen}<p>Before.</p>{body}<p>After.</p>"
        self.host.headers = {name.replace("_", "-"): value for name, value in headers.items()}
        self.context = self.browser.new_context(
            java_script_enabled=javascript, viewport={"width": width, "height": 900}
        )
        page = self.context.new_page()
        page.on(
            "console", lambda told: self.complaints.append(told.text) if told.type in ("error", "warning") else None
        )
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", lambda request: self.fetched.append(request.url))
        page.goto(f"{self.host.origin}/")
        return page

    def snippet(self, path: str) -> str:
        """The code that the page on embedding gives."""
        return snippet(self.site, run=f"/playground/{path}")

    def frame(self, path: str = RING, more: str = "") -> str:
        return f'<iframe src="{self.site.origin}/embed/{path}" width="720" height="640" title="A ring" {more}></iframe>'
