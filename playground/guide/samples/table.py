"""Users and their hashes, and what a thief makes of them."""

from playground.scenes.scene import Scene
from playground.scenes.table import BAD, Column, Grid, Link, Row, Table

LONG = [f"node-number-{number:04d}" for number in range(12)]


def table(names: list[str], *, found: int = 0, rest: int = 0, two: bool = True, changed: str = "") -> Table:
    """Users and their hashes; the first `found` of them link to a row of the second table."""
    columns = (
        Column("user", 76, "name"),
        Column("by", 84, "label", narrow=False),
        Column("salt", 68),
        Column("hash", 0),
    )
    rows = tuple(
        Row(name, (name, "Argon2id", "0123456789abcdef", 4 * "0571749e"), at < found) for at, name in enumerate(names)
    )
    words = [f"a long password number {at}" for at in range(found + rest)]
    entries = tuple(Row(word, (4 * "d763aba2", word), at < found) for at, word in enumerate(words))
    links = tuple(Link(name, words[at] if at < found else "", "no such hash") for at, name in enumerate(names))
    note = f"{', '.join(names)} chose the same password"
    second = Grid(
        "The thief’s table", (Column("hash", 0), Column("password", 96)), entries, "3 of 6 passwords read", BAD
    )
    return Table(
        Grid("The server’s table", columns, rows, note), second if two else None, links if two else (),
        (tuple(names[:3]), tuple(names[3:])) if names else (), changed,
    )  # fmt: skip


SAMPLES: dict[str, Scene] = {
    "typical": table(["ada", "bob", "cleo", "dee"], found=2, rest=2, changed="bob"),
    "one alone": table(["ada", "bob"], two=False),
    "empty": table([]),
    "crowded": table([f"n{number}" for number in range(8)], found=8, changed="n7"),
    "long names": table(LONG[:8], found=1, rest=7, changed=LONG[0]),
}
