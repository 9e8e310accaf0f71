"""A small class answers while processes are killed, and arrives at once; `make chaos` does the same at full size.

program   python -m config.serve, killed with SIGKILL; postgres -D <folder>/data -k <folder>
request   POST /quizzes/api/<quiz>/1/<place>/save, POST /live/<code>/vote
"""

import pytest

from tests.chaos.__main__ import wreck
from tests.chaos.hall import vote
from tests.chaos.rush import rush

pytestmark = [pytest.mark.deploy, pytest.mark.long]

DATABASES = ("sqlite", "postgresql")


@pytest.mark.parametrize("database", DATABASES)
def test_every_acknowledged_save_is_there_once(database):
    found = wreck(database, saves=500, kills=4, learners=20)
    assert (found.submissions, found.kills, found.parents) == (500, 4, 2)
    assert (found.lost, found.duplicated, found.differences) == (0, 0, ())
    assert found.broken > 0  # requests were on their way


def test_without_keys_the_same_count_finds_duplicates():
    """The count can fail: of the answers that are lost, and sent again under another key, most are there twice."""
    found = wreck("sqlite", saves=500, kills=1, learners=20, keyed=False, losing=20)
    assert found.duplicated > 20


@pytest.mark.parametrize("database", DATABASES)
def test_a_class_that_arrives_at_once_gets_in(database):
    joined, started = rush(database, joins=60, starts=60, seconds=4)
    assert joined.errors == []
    assert started.errors == []


def test_a_hundred_phones_vote_twice_and_each_vote_is_counted_once():
    found = vote("sqlite", phones=100, seconds=6)
    assert found.errors == []
    assert (found.voted, found.ballots, found.voters) == (200, [100, 100], 100)
    assert found.met["reload"].waited  # some came back while a vote was open
