"""What strangers send leaves nothing for good: a process grows as its caches fill, and no further.

`make bench` sends 30,000 requests; these are enough to find what grows with every one of them.
"""

import pytest

from tests.bench import memory

pytestmark = pytest.mark.search

REQUESTS = 2_000
MOST = 40
"""Megabytes, for as many requests as one likes."""


def test_a_process_grows_by_no_more_than_its_caches():
    before, after = memory.apart(REQUESTS)
    assert after - before < MOST
    # Everything has been loaded, and has a bound of its own.
    assert after < 400
