"""How transactions that write are told: what is read, written, waited for and committed."""

from playground.machines.sql.locks import Waiting
from playground.machines.sql.transactions import Transactions, Written
from playground.machines.sql.versions import Place, Version
from playground.miniatures.data.sql_execution.words import many


def key_of(place: Place) -> str:
    return f"v/{place.page}.{place.item}"


def reads(session: str, one: Version, store: Transactions) -> str:
    """Why a reader takes this version."""
    own = one.xmin == store.xid(session)
    why = "its own" if own else f"{one.xmin} has committed"
    beside = f"; {one.xmax} has not" if one.xmax and not one.lock_only and not own else ""
    return (
        f"{session} reads {one.place}: customer {one.customer}. {why[0].upper()}{why[1:]}{beside}. It waits for nobody."
    )


def wrote(one: Written) -> str:
    """A new version, and where it lies."""
    where = "beside it, which the index need not know (HOT)" if one.new.hot else f"on page {one.new.place.page}"
    return (
        f"{one.wanted.session} tells the log, then writes {one.new.place} {where}: customer {one.new.customer}. "
        f"{one.old.place} stays, with xmax {one.new.xmin}."
    )


def committed(session: str, xid: int, records: int, dirty: int) -> str:
    """What a commit waits for, and what it does not."""
    log = f"{session} commits {xid}: {many(records, 'record')} of the log {'go' if records > 1 else 'goes'} to disk."
    if not dirty:
        return f"{log} No page of the table has to."
    return f"{log} {many(dirty, 'changed page')} of the table {'stay' if dirty > 1 else 'stays'} in memory."


def waits(one: Waiting, store: Transactions) -> str:
    """Whom a writer waits for."""
    holder = f"xmax {one.version.xmax} is {one.holder}’s transaction, which runs"
    behind = f", and {one.behind} is first in line" if one.behind != one.holder else ""
    return f"{one.wanted.session} finds {one.version.place} locked: {holder}{behind}. {one.wanted.session} waits."
