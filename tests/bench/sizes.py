"""Bytes of pages, fragments, traces, scripts and sheets: raw, compressed, and as the server sends them."""

from __future__ import annotations

import zlib

import brotli

from tests.bench.pages import (
    ask,
    fragment,
    heavy,
    lesson_page,
    lesson_slugs,
    loaded,
    run_page,
    slugs,
    trace_of,
    widget_trace,
)
from tests.bench.report import Row, Section, Target

TRACE, WORST_TRACE, SCRIPTS = Target(8 * 1024), Target(30 * 1024), Target(30 * 1024)
RAW_TRACE, WIDGET = Target(300_000), Target(28 * 1024)


def section(origin: str) -> Section:
    """Of every lesson and miniature, the largest first."""
    found = Section("Bytes")
    for slug in slugs():
        found.rows += [
            *rows(f"{slug}, run page", [origin + run_page(slug)]),
            *rows(f"{slug}, player fragment", [origin + fragment(slug)]),
            *rows(f"{slug}, default trace", [origin + trace_of(slug)], TRACE),
        ]
        widget = widget_files(origin, slug)
        found.rows += rows(f"{slug}, widget, {len(widget)} requests", widget, WIDGET)
        if query := heavy(slug):
            found.rows += rows(f"{slug}, heavy trace", [origin + trace_of(slug, query)], WORST_TRACE, RAW_TRACE)
    for slug in lesson_slugs():
        found.rows += rows(f"{slug}, lesson page", [origin + lesson_page(slug)])
    found.rows = largest_first(found.rows)
    for slug in lesson_slugs()[:1]:
        files = loaded(origin + lesson_page(slug))
        found.rows += rows("JavaScript of a lesson page", files.scripts, SCRIPTS)
        found.rows += rows("style sheets of a lesson page", files.sheets)
    return found


def widget_files(origin: str, slug: str) -> list[str]:
    """What the first view of a widget fetches: its page, its sheet, its script, its trace."""
    page = f"{origin}/embed/{slug}/"
    files = loaded(page)
    return [page, *files.sheets, *files.scripts, origin + widget_trace(slug)]


def rows(name: str, addresses: list[str], target: Target | None = None, raw_target: Target | None = None) -> list[Row]:
    """One thing, of one file or several: raw, gzip, brotli, as sent to a browser."""
    raws = [ask(address).body for address in addresses]
    sent = [ask(address, "gzip, br") for address in addresses]
    raw = sum(map(len, raws))
    gzipped = sum(len(zlib.compress(body, 9, wbits=31)) for body in raws)
    squeezed = sum(len(brotli.compress(body)) for body in raws)
    as_sent = sum(len(answer.body) for answer in sent)
    how = "/".join(sorted({answer.encoding or "not compressed" for answer in sent}))
    beside = f"raw {raw:,}"
    return [
        Row(f"{name}: raw", raw, "bytes", target=raw_target),
        Row(f"{name}: gzip", gzipped, "bytes", beside, gzipped / raw, target),
        Row(f"{name}: brotli", squeezed, "bytes", beside, squeezed / raw),
        Row(f"{name}: as sent, {how}", as_sent, "bytes", beside, as_sent / raw),
    ]


def largest_first(rows: list[Row]) -> list[Row]:
    """The groups of rows() by their raw size, the largest first."""
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(row.name.rpartition(": ")[0], []).append(row)
    size = {name: max(row.value for row in group) for name, group in groups.items()}
    return [row for name in sorted(groups, key=lambda name: -size[name]) for row in groups[name]]
