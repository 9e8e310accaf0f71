"""Instants as a class knows them: in its zone, with the zone's name and offset."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

FIRST_YEAR, LAST_YEAR = 2000, 2199
"""Dates outside of them are slips of the hand."""
NO_PLACES = ("Etc", "SystemV", "US", "Canada", "Brazil", "Chile", "Mexico")
"""Groups of names that stand for zones which have another, by place."""


def is_zone(name: str) -> bool:
    """Whether the IANA database has such a zone."""
    return name in available_timezones()


@cache
def zones() -> tuple[str, ...]:
    """The zones to offer: those of places, and UTC."""
    places = {name for name in available_timezones() if "/" in name and name.partition("/")[0] not in NO_PLACES}
    return ("UTC", *sorted(places))


def read_zone(text: str) -> str | None:
    """The zone that somebody means: by its whole name, or by that of its city where only one is called so."""
    typed = "_".join(text.casefold().split())
    if whole := next((name for name in sorted(available_timezones()) if name.casefold() == typed), None):
        return whole
    cities = [name for name in zones() if name.casefold().rpartition("/")[2] == typed]
    return cities[0] if len(cities) == 1 else None


def clock_time(at: datetime, zone: str) -> str:
    """`14:26:18`, in that zone."""
    return at.astimezone(ZoneInfo(zone)).strftime("%H:%M:%S")


def short_time(at: datetime, zone: str) -> str:
    """`14:45 in Vienna (UTC+1)`."""
    return f"{at.astimezone(ZoneInfo(zone)).strftime('%H:%M')} {place_of(at, zone)}"


def long_time(at: datetime, zone: str) -> str:
    """`Friday 4 December 2026, 18:00 in Vienna (UTC+1)`."""
    there = at.astimezone(ZoneInfo(zone))
    return f"{there.strftime('%A')} {there.day} {there.strftime('%B %Y, %H:%M')} {place_of(at, zone)}"


def day_time(at: datetime, zone: str) -> str:
    """`4 Dec 2026, 18:00`, for a table that says the zone itself."""
    there = at.astimezone(ZoneInfo(zone))
    return f"{there.day} {there.strftime('%b %Y, %H:%M')}"


def place_of(at: datetime, zone: str) -> str:
    """`in Vienna (UTC+1)`: the zone, with what it is ahead of UTC at that instant."""
    offset = at.astimezone(ZoneInfo(zone)).utcoffset()
    minutes = int(offset.total_seconds()) // 60 if offset is not None else 0
    if zone == "UTC":
        return "UTC"
    hours, rest = divmod(abs(minutes), 60)
    ahead = f"UTC{'−' if minutes < 0 else '+'}{hours}{f':{rest:02}' if rest else ''}"
    return f"in {zone.rpartition('/')[2].replace('_', ' ')} ({ahead})"


def wall_time(at: datetime | None, zone: str) -> str:
    """`2026-12-04T18:00`, as the clocks of the zone show it and a field for it holds it; empty for none."""
    return at.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%dT%H:%M") if at else ""


def read_wall_time(text: str, zone: str) -> datetime:
    """The instant at which the clocks of a zone show that; of two the first. Raises ValueError with a sentence."""
    try:
        typed = datetime.fromisoformat(text.strip())
    except ValueError:
        raise ValueError(f"Type a date and a time such as 2026-12-04 18:00, not “{text[:30]}”.") from None
    if not FIRST_YEAR <= typed.year <= LAST_YEAR:
        raise ValueError(f"Type a year from {FIRST_YEAR} to {LAST_YEAR}, not {typed.year}.")
    at = (typed if typed.tzinfo else typed.replace(tzinfo=ZoneInfo(zone))).astimezone(UTC)
    if not typed.tzinfo and at.astimezone(ZoneInfo(zone)).replace(tzinfo=None) != typed:
        raise ValueError("The clocks are put forward that day, and never show this time. Take another.")
    return at


def later_by(at: datetime, days: int, zone: str) -> datetime:
    """So many days later by the clocks of a zone: the same hour there. Raises ValueError with a sentence."""
    there = at.astimezone(ZoneInfo(zone))
    try:
        moved = there + timedelta(days=days)
    except OverflowError:
        moved = there.replace(year=9999)
    if not FIRST_YEAR <= moved.year <= LAST_YEAR:
        raise ValueError(f"Then a date would not be in the years from {FIRST_YEAR} to {LAST_YEAR}.")
    return moved.astimezone(UTC)


def stamp(at: datetime | None) -> str | None:
    """An instant for a program: ISO 8601 in UTC, with milliseconds; None for none."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z") if at else None
