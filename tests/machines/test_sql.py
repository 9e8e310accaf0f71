"""What the small engine says to the one who has typed a statement."""

from playground.machines.sql.errors import SqlError, beyond


def test_a_fault_that_postgresql_has_too_is_told_with_its_sqlstate():
    wrong = SqlError("42703", "there is no column “sise”", 8)
    assert wrong.sentence() == "Error 42703 at character 8: there is no column “sise”."


def test_a_fault_of_the_miniature_alone_has_no_sqlstate():
    assert beyond("a join", 20).sentence() == (
        "PostgreSQL may know this, the miniature does not: a join, at character 20."
    )
