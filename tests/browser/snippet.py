"""The code that Orrery gives for other people's pages."""

import re
from html import unescape
from urllib.parse import urlencode
from urllib.request import urlopen

from tests.browser.server import Site

PAGE = "/playground/hash-ring/?do=remove:cleo&step=22"


def snippet(site: Site, form: str = "html", run: str = PAGE) -> str:
    """The code for a run and a kind of host, from the page on embedding."""
    (code,) = re.findall(r"<textarea[^>]*>(.*?)</textarea>", page(site, url=run, **{"for": form}), re.DOTALL)
    return unescape(code)


def height_line(site: Site) -> str:
    """What makes a page listen for the height, from the same page."""
    (line,) = re.findall(r"<code>(&lt;script .*?)</code>", page(site))
    return unescape(line)


def page(site: Site, **query: str) -> str:
    with urlopen(f"{site.origin}/embed/?{urlencode(query)}") as answer:  # noqa: S310 - our own loopback
        return str(answer.read().decode())
