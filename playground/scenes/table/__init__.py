"""Table: one or two tables of text, links between their rows, brackets around equal cells, a verdict under each.

Wide, two tables stand side by side and links cross from one to the other. Narrow, the second table
becomes a column of the first.
"""

from playground.scenes.motion import DRAWN, LANDS, LEFT, Coming, Motion
from playground.scenes.paint import paints
from playground.scenes.table.painter import painted
from playground.scenes.table.thumb import thumb
from playground.scenes.table.value import BAD, GOOD, NONE, Column, Grid, Link, Row, Table

__all__ = ["BAD", "GOOD", "NONE", "Column", "Grid", "Link", "Row", "Table"]

MOTION = Motion(
    "A row slides in and pushes the others, one that is gone slides out; a thread is drawn to its equal.",
    (
        Coming("row:", LEFT),
        Coming("entry:", LEFT),
        Coming("link:", LANDS, "/head"),
        Coming("link:", LANDS, "/end"),
        Coming("link:", DRAWN),
        Coming("tie:", DRAWN),
    ),
)

paints(Table, painted, thumb, motion=MOTION)
