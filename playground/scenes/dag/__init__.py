"""Dag: commits from left to right, each with the trees and blobs that it names below it.

A lane is a path. Solid is an object that is new in this column; hollow is one that stands in an earlier
column already, and a line leads back to it. Names of commits (branches, HEAD) are flags.
"""

from playground.scenes.dag.painter import painted
from playground.scenes.dag.thumb import thumb
from playground.scenes.dag.value import GONE, LIVE, LOST, NEXT, Cell, Column, Dag, Lane, Ref
from playground.scenes.motion import ABOVE, DRAWN, LANDS, Coming, Motion
from playground.scenes.paint import paints

__all__ = ["GONE", "LIVE", "LOST", "NEXT", "Cell", "Column", "Dag", "Lane", "Ref"]

MOTION = Motion(
    "A commit comes when the line to its parent is drawn, its objects follow from above; flags slide along.",
    (
        Coming("parent:", LANDS, "/head"),
        Coming("parent:", DRAWN),
        Coming("holds:", DRAWN),
        Coming("commit:", LANDS),
        Coming("live", ABOVE),
        Coming("new:", LANDS),
        Coming("again:", LANDS),
        Coming("id:", LANDS),
    ),
)

paints(Dag, painted, thumb, motion=MOTION)
