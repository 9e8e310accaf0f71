"""Every page of the site, followed from its links: usable by everybody, in its frame, under the policy."""

import re
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest
from django.conf import settings
from playwright.sync_api import APIResponse

from config.policy import CONTENT_SECURITY_POLICY
from playground.embed import builder, widgets
from playground.engine.registry import entries
from tests.browser.conftest import Visitor
from tests.browser.site_walk import NOWHERE, UNLINKED, Seen, is_page, look_at, looks, route, some_of, subject, walk
from tests.tiers import operated, seed

pytestmark = pytest.mark.browser


@dataclass
class Walked:
    """Every answer of the site, by address: of pages, and of the files that they load."""

    pages: dict[str, APIResponse]
    files: dict[str, APIResponse]

    @property
    def answers(self) -> dict[str, APIResponse]:
        return self.pages | self.files


@pytest.fixture(scope="module")
def walked(visitor: Visitor) -> Walked:
    found = Walked(*walk(visitor.context(javascript=True, touch=False, fresh=False).request))
    assert visitor.complaints == []
    return found


@dataclass
class Looked:
    """What the browser saw of the pages about one miniature, and what it complained about."""

    seen: list[Seen]
    complaints: list[str]


@pytest.fixture(scope="module", params=[*entries(), "all others"])
def looked(request: pytest.FixtureRequest, visitor: Visitor, walked: Walked) -> Looked:
    about = "" if request.param == "all others" else request.param
    page = visitor("/", still=True)
    chosen = [look for look in looks(walked.pages) if subject(look.address) == about]
    assert len(chosen) >= 3
    # What axe looks at is what a page is made of: that is the same for models that are operated alike.
    if about and about not in operated():
        chosen = some_of(chosen, Random(f"{seed()} {about}"))  # noqa: S311 - a sample, nothing secret
    seen = [look_at(page, look) for look in chosen]
    complaints = list(visitor.complaints)
    visitor.tidy()
    return Looked(seen, complaints)


def test_the_walk_finds_every_route(walked):
    routes = {route(address) for address in walked.answers}
    wanted = {
        "lessons:home", "lessons:list", "lessons:lesson", "playground:gallery", "playground:run", "playground:trace",
        "playground:thumbnail", "playground:challenge", "playground:predict",
        "playground:picture", "playground:how-we-check", "playground:guide",
        "playground:guide-kind", "playground:embed-about", "playground:embed",
    }  # fmt: skip
    assert wanted <= routes


def test_no_link_is_broken(walked):
    broken = {address: answer.status for address, answer in walked.answers.items() if answer.status >= 400}
    assert set(broken) == set(NOWHERE), broken


def test_axe_finds_nothing_light_and_dark_narrow_and_wide(looked):
    assert [violation for seen in looked.seen for violation in seen.violations] == []


def test_nothing_scrolls_sideways_from_280_px_up(looked):
    assert [f"{seen.address}: {wide}" for seen in looked.seen for wide in seen.too_wide] == []


def test_no_page_complains_leaves_the_site_or_meets_the_policy(looked):
    assert looked.complaints == []
    assert [f"{seen.address}: {refused}" for seen in looked.seen for refused in seen.refused] == []


def test_no_page_sets_a_cookie(looked, walked):
    assert [seen.address for seen in looked.seen if seen.cookies] == []
    assert [address for address, answer in walked.answers.items() if "set-cookie" in answer.headers] == []


def test_every_page_has_an_explicit_body(walked):
    """htmx 4 finds the body of a page in its text."""
    pages = {address: answer for address, answer in walked.pages.items() if is_page(answer)}
    assert [address for address, answer in pages.items() if not re.search(r"<body\b", answer.text())] == []


def policy_of(address: str) -> str:
    """Anybody may frame a widget; the page that tries one out frames it; all others do neither."""
    path = address.partition("?")[0]
    if path in ("/embed/", "/embed/in-an-article/"):
        return builder.POLICY
    return widgets.POLICY if path.startswith("/embed/") else CONTENT_SECURITY_POLICY


@pytest.mark.asvs("3.2.1", "3.4.3", "3.4.6")
def test_every_answer_carries_the_policy(walked):
    assert "unsafe" not in CONTENT_SECURITY_POLICY + widgets.POLICY + builder.POLICY
    wanted = {"x-content-type-options": "nosniff", "referrer-policy": "strict-origin-when-cross-origin"}
    wrong = [
        (address, name, answer.headers.get(name))
        for address, answer in walked.answers.items()
        for name, value in {**wanted, "content-security-policy": policy_of(address)}.items()
        if answer.headers.get(name) != value
    ]
    assert wrong == []
    assert "frame-ancestors 'none'" in CONTENT_SECURITY_POLICY


def test_files_are_kept_for_ever_and_pages_for_minutes(walked):
    for address, answer in walked.files.items():
        if address.startswith("/static/"):
            assert re.search(r"\.[0-9a-f]{12}\.", address), address
            assert "immutable" in answer.headers["cache-control"], address
    for address, answer in walked.pages.items():
        if answer.status == 200 and address not in UNLINKED and not address.startswith("/api/"):
            assert answer.headers["cache-control"] == "public, max-age=300", address
            assert set(re.split(r",\s*", answer.headers.get("vary", "Accept-Encoding").lower())) <= {
                "accept-encoding"
            }, address


# A file that one keeps has nothing to load: what stands in it is let by digest (test_keeping.py).
WHOLE = "playground/file.html"
TEMPLATES = [*Path(settings.BASE_DIR, "templates").rglob("*.html"), *Path(settings.BASE_DIR, "lessons").rglob("*.html")]
FORBIDDEN = {
    "hx-on": r"hx-on",
    "a value of JavaScript": r"""=\s*["']?\s*(?:js|javascript):""",
    "a trigger filter": r"""hx-trigger\s*=\s*["'][^"']*\[""",
    "an inline style": r"""\sstyle\s*=""",
    "an inline handler": r"""\son[a-z]+\s*=\s*["']""",
    "a style element": r"<style\b",
    "a script without src": r"<script\b(?![^>]*\bsrc=)",
}


@pytest.mark.asvs("1.2.3", "1.3.2")
@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_template_holds_what_the_policy_refuses(what):
    assert TEMPLATES
    found = [path.as_posix() for path in TEMPLATES if re.search(FORBIDDEN[what], path.read_text("utf-8"))]
    assert [path for path in found if not path.endswith(WHOLE)] == []
