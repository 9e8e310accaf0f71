"""How transactions that write are told: what is read, written, waited for and committed."""

from playground.machines.sql.locks import Queue, Waiting
from playground.machines.sql.transactions import Deadlock, Pages, Transactions, Written
from playground.machines.sql.versions import Place, Version
from playground.scenes.many import many


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
    where = (
        "beside the old one, with no new entry in the index (HOT)" if one.new.hot else f"on page {one.new.place.page}"
    )
    return (
        f"{one.wanted.session} writes {one.new.place} in memory {where}, and tells the log: customer "
        f"{one.new.customer}. {one.old.place} stays, with xmax {one.new.xmin}."
    )


def changed(pages: Pages) -> str:
    """Pages that are newer in memory than in their file."""
    told = f"{many(pages.of_table, 'changed page')} of the table"
    return f"{told} and {pages.of_index} of the index" if pages.of_index else told


def committed(session: str, xid: int, records: int, pages: Pages) -> str:
    """What a commit waits for, and what it does not."""
    log = f"{session} commits {xid}: {many(records, 'record')} of the log {'go' if records > 1 else 'goes'} to disk."
    if not any(pages):
        return f"{log} No page has to."
    return f"{log} {changed(pages)} {'stay' if sum(pages) > 1 else 'stays'} in memory."


def waits(one: Waiting, store: Transactions) -> str:
    """Whom a writer waits for."""
    holder = f"xmax {one.version.xmax} is {one.holder}’s transaction, which runs"
    behind = f", and {one.behind} is first in line" if one.behind != one.holder else ""
    return f"{one.wanted.session} finds {one.version.place} locked: {holder}{behind}. {one.wanted.session} waits."


def ended(one: Deadlock, queue: Queue) -> str:
    """Who waits for whom in a circle, and whom PostgreSQL ends."""
    name, behind, others = one.wanted.session, one.behind, []
    while behind != name and (ahead := queue.of(behind)):
        others.append(f"{behind} for {ahead.behind}")
        behind = ahead.behind
    circle = " and ".join([f"{name} would wait for {one.behind}", *others])
    return (
        f"{circle}: a deadlock. PostgreSQL ends one of them with 40P01: whoever first has waited a second and finds "
        f"the circle, here {name}."
    )
