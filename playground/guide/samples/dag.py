"""Commits, what they share, and the names that point at them."""

from playground.scenes.dag import LIVE, Cell, Column, Dag, Lane, Ref
from playground.scenes.scene import Scene

SOME_PATHS = ["README", "docs/README", "src/app.py", "src/lib/util.py"]
LONG = [f"node-number-{number:04d}" for number in range(6)]


def dag(
    commits: int,
    paths: list[str],
    *,
    changed: str = "",
    branches: tuple[str, ...] = ("main",),
    state: str = LIVE,
    next_: bool = False,
) -> Dag:
    """Commits that each change one path; everything else is shared with the first one."""
    lanes = [Lane("/", "root", 0, True)]
    for path in paths:
        for depth in range(1, path.count("/") + 1):
            folder = "/".join(path.split("/")[:depth]) + "/"
            if folder not in [lane.key for lane in lanes]:
                lanes.append(Lane(folder, folder.split("/")[-2] + "/", depth, True))
        lanes.append(Lane(path, path.split("/")[-1], path.count("/") + 1, False, "a text"))
    columns = []
    for at in range(commits):
        cells = tuple(
            Cell(
                lane.key, f"{at * 4099 + row * 65537:07x}", above(lane.key),
                None if not at or row in (0, at % len(lanes)) else (0, lane.key), state,
            )
            for row, lane in enumerate(lanes)
        )  # fmt: skip
        columns.append(Column(f"{at * 77777 + 1:07x}", f"Change number {at}", (at - 1,) if at else (), state, cells))
    if next_:
        columns.append(Column("", "to come", (0,), "next", (Cell(paths[0], "", above(paths[0])),)))
    refs = tuple(
        Ref(name, max(commits - 1 - 2 * at, 0), at == 0) for at, name in enumerate(branches if commits else ())
    )
    return Dag("Commits, trees, blobs", tuple(lanes), tuple(columns), refs, changed, "in the folder")


def above(key: str) -> str:
    """The lane of the folder that holds a lane; empty for the root."""
    return "" if key == "/" else key.rstrip("/").rpartition("/")[0] + "/"


SAMPLES: dict[str, Scene] = {
    "typical": dag(3, SOME_PATHS, changed="cell:2:src/", next_=True),
    "empty": Dag("Commits, trees, blobs", (), (), ()),
    "one commit": dag(1, ["a"], changed="commit:0"),
    "thrown away": dag(3, SOME_PATHS, state="gone", changed="ref:main"),
    "no name leads there": dag(3, SOME_PATHS, state="lost"),
    "crowded": dag(
        12,
        ["a", "b", "c", "d/a", "d/b", "d/e/a", "d/e/b", "d/e/f/a"],
        branches=("main", "topic", "fix"),
        changed="ref:main",
    ),
    "long names": dag(
        4, [f"node-number-0001/{name}" for name in LONG], branches=("branch-number-01", "branch-number-02")
    ),
}
