"""A connection and its answers, as HTTP says: what waitress leaves open or to itself."""

from __future__ import annotations

import re
from http import HTTPStatus
from threading import Event
from typing import ClassVar

import waitress.task
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser, ParsingError
from waitress.task import WSGITask

from config import errors, policy
from config.collector import Collector
from config.serve.lanes import RUNS
from playground.engine.turns import AGAIN

RAW = re.compile(rb"[^\r\n\x20-\x7e]")
"""What may not stand in an address (RFC 3986, 2); a bare CR or LF is refused (RFC 9112, 2.2)."""
LINES = 200
"""Header lines of a request; they are read where every connection is."""


class Parser(HTTPRequestParser):
    """A request. An address that was typed with raw letters is read as a browser would have sent it, encoded."""

    def parse_header(self, header_plus: bytes) -> None:
        if header_plus.count(b"\n") > LINES:
            raise ParsingError("Too many headers")
        line, end, rest = header_plus.partition(b"\r\n")
        encoded = RAW.sub(lambda found: b"%%%02X" % found[0][0], line)
        try:
            super().parse_header(encoded + end + rest)
        except ParsingError:
            raise
        except ValueError as wrong:
            # urlsplit, of a host in brackets that is no address.
            raise ParsingError("Bad URI") from wrong
        if not self.chunked and not self.content_length:
            # Nothing comes after it that could be waited for (RFC 9110, 10.1.1).
            self.expect_continue = False


class Answer(waitress.task.Task):
    """What holds for every answer."""

    @property
    def asked_for_headers(self) -> bool:
        """HEAD: the headers of GET, and never a body (RFC 9110, 9.3.2): who asked would take it for the next answer."""
        return getattr(self.request, "command", "") == "HEAD"

    def build_response_header(self) -> bytes:
        if Channel.leaving.is_set():
            self.set_close_on_finish()
        return bytes(super().build_response_header())

    def set_close_on_finish(self) -> None:
        """Waitress ends the connection after an answer without a length; a 304 needs none, for it has no body."""
        asked = self.request.headers.get("CONNECTION", "").lower()
        if self.has_body or self.version != "1.1" or asked == "close" or Channel.leaving.is_set():
            super().set_close_on_finish()

    def write(self, data: bytes) -> None:
        super().write(b"" if self.asked_for_headers else data)
        if self.asked_for_headers:
            # The end of a body that is sent in pieces would be a body too.
            self.chunked_response = False


class Task(Answer, WSGITask):
    """An answer of the site."""


class ErrorTask(Answer, waitress.task.ErrorTask):
    """An answer to what never reached the site: its page and its headers, none of the server's own words."""

    def execute(self) -> None:
        code, reason = self.request.error.code, self.request.error.reason
        body = errors.page(code).encode()
        self.status = f"{code} {reason}"
        self.response_headers += [*policy.headers().items(), *errors.HEADERS.items()]
        if code == HTTPStatus.SERVICE_UNAVAILABLE:
            self.response_headers.append(("Retry-After", str(AGAIN)))
        self.set_close_on_finish()
        self.content_length = len(body)
        self.write(body)


class Channel(HTTPChannel):
    """A connection."""

    task_class = Task
    error_task_class = ErrorTask
    parser_class = Parser

    collector: ClassVar[Collector] = Collector()

    leaving: ClassVar[Event] = Event()
    """Set when this process takes its leave: each connection ends with its next answer."""

    @property
    def idle(self) -> bool:
        """Nothing was asked that has not been answered, and nothing is on its way."""
        return self.request is None and not self.requests and not self.total_outbufs_len

    def service(self) -> None:
        """Answers one request. What a run has left behind is looked for when its answer is on its way."""
        request = self.requests[0]
        # One that could not be read has no path.
        ran = not request.error and request.path.startswith(RUNS)
        super().service()
        if ran:
            self.collector.look()
