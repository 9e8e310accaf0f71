"""Plans side by side, and what a parser makes of a statement."""

from playground.scenes.scene import Scene
from playground.scenes.tree import OUT, Node, Part, Tree

# fmt: off
SEQ = (
    Node("seq/count", "", "Aggregate", "count(*)", "298.50", "1 row expected", "1 came", 0, 8),
    Node("seq", "seq/count", "Seq Scan", "orders", "298.00", "199 rows expected", "", 199, 990, parts=(
        Part("pages in order", "173 × 1", "173.00", 1000), Part("rows", "10,000 × 0.01", "100.00", 578),
    )),
)
INDEX = (
    Node("index/count", "", "Aggregate", "count(*)", "18.83", "1 row expected", "", 0, 30, OUT),
    Node("index", "index/count", "Index Scan", "orders by id", "18.32", "199 rows expected", "", 199, 970, OUT, (
        Part("leaves at random", "1 × 4", "4.00", 23), Part("pages of the table", "4 in a row", "7.00", 40),
    )),
)


def parsed(comparisons: int, *, name: str = "id <= 5000") -> Tree:
    """A statement with so many comparisons."""
    nodes = [
        Node("select", "", "SELECT", "4 parts"),
        Node("columns", "select", "columns", "id, customer"),
        Node("from", "select", "FROM", "orders"),
        Node("where", "select", "WHERE", "and"),
    ]
    nodes += [
        Node(f"where/{at}", "where", name.split(maxsplit=1)[0], name.partition(" ")[2]) for at in range(comparisons)
    ]
    return Tree("The parser’s tree", tuple(nodes), "from 12 tokens", "where")


LONG = "a-name-that-is-much-longer-than-any-box-of-a-tree"

# fmt: on
SAMPLES: dict[str, Scene] = {
    "typical": Tree("Two plans", SEQ + INDEX, "cost in pages read in order", "seq"),
    "a statement": parsed(2),
    "empty": Tree("The plan", ()),
    "one node": Tree("The plan", SEQ[:1], "", "seq/count"),
    "crowded": parsed(9),
    "deep": Tree(
        "A chain", tuple(Node(f"n{at}", f"n{at - 1}" if at else "", f"level {at}", flow=at) for at in range(9))
    ),
    "long names": Tree(
        LONG,
        (
            SEQ[0]._replace(name=LONG, about=LONG, expected=LONG),
            SEQ[1]._replace(name="Scan", about=LONG, parts=(Part(LONG, LONG, LONG, 2000),)),
        ),
        LONG,
    ),
}
