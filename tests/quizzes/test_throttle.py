"""What is counted, for how long, and whose address it is."""

import os
import re
import subprocess
import sys
import time

import pytest
from django.test import RequestFactory

from config.environment import Origin
from quizzes import throttle
from quizzes.models import Tries
from tests.conftest import ROOT

LIMIT = throttle.Limit("test", 3, 10**9)
"""Whose stretch of time does not end while a test runs."""


def left(whom: str) -> int:
    """How often somebody may still try."""
    spent = sum(Tries.objects.filter(what=LIMIT.what, whom=throttle._hidden(whom)).values_list("count", flat=True))
    return LIMIT.most - spent


@pytest.mark.asvs("6.3.1")
@pytest.mark.django_db
def test_so_many_tries_and_no_more():
    for _ in range(LIMIT.most):
        throttle.spend(LIMIT, "ana")
    with pytest.raises(throttle.TooMany) as refused:
        throttle.spend(LIMIT, "ana")
    assert 0 < refused.value.seconds <= LIMIT.seconds
    with pytest.raises(throttle.TooMany):
        throttle.check(LIMIT, "ana")
    throttle.spend(LIMIT, "ben")
    throttle.check(LIMIT, "ben")


@pytest.mark.django_db
def test_a_right_one_does_not_count():
    for _ in range(3 * LIMIT.most):
        throttle.spend(LIMIT, "ana")
        throttle.give_back(LIMIT, "ana")
    assert left("ana") == LIMIT.most
    throttle.give_back(LIMIT, "ana")
    assert left("ana") == LIMIT.most


@pytest.mark.django_db
def test_counts_of_before_are_deleted_in_passing():
    now = int(time.time()) // LIMIT.seconds
    Tries.objects.create(what=LIMIT.what, whom="x", window=now - 1, count=3)
    Tries.objects.create(what="other", whom="x", window=0, count=3)
    throttle.spend(LIMIT, "ana")
    assert sorted(Tries.objects.values_list("what", "window")) == [("other", 0), (LIMIT.what, now)]


@pytest.mark.django_db
def test_nobody_can_be_read_out_of_a_count():
    throttle.spend(LIMIT, "192.0.2.7")
    row = Tries.objects.get()
    assert "192" not in row.whom
    assert len(row.whom) == 64
    throttle.forget("192.0.2.7")
    assert not Tries.objects.exists()


MANY = """
import django
django.setup()
from quizzes import throttle
for _ in range(20):
    try:
        throttle.spend(throttle.Limit("test", 50, 10**9), "ana")
        print("allowed")
    except throttle.TooMany:
        print("refused")
"""


def test_of_several_processes_the_limit_holds_exactly(tmp_path):
    environ = os.environ | {
        "DATABASE_URL": f"sqlite:///{tmp_path}/db.sqlite3",
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], cwd=ROOT, env=environ, check=True)
    asked = [sys.executable, "-c", MANY]
    running = [subprocess.Popen(asked, cwd=ROOT, env=environ, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    told = "".join(one.communicate()[0] for one in running)
    assert [one.returncode for one in running] == [0] * 4
    assert (told.count("allowed"), told.count("refused")) == (50, 30)


@pytest.mark.parametrize(
    ("seconds", "words"), [(1, "in 1 minute."), (60, "in 1 minute."), (61, "in 2 minutes."), (600, "in 10 minutes.")]
)
def test_how_long_is_said_in_minutes(seconds, words):
    assert throttle.TooMany(seconds).sentence.endswith(words)


def asked(remote: str, forwarded: str = "") -> str:
    headers = {"x-forwarded-for": forwarded} if forwarded else {}
    return throttle.address_of(RequestFactory().get("/", REMOTE_ADDR=remote, headers=headers))


def test_on_this_machine_nobody_can_say_where_they_come_from(settings):
    settings.ORIGIN = None
    assert asked("127.0.0.1", "192.0.2.7") == "127.0.0.1"


def test_on_a_public_site_the_proxy_says_it_last(settings):
    settings.ORIGIN = Origin("https://orrery.example", "orrery.example", "orrery.example")
    assert asked("127.0.0.1", "192.0.2.7") == "192.0.2.7"
    assert asked("127.0.0.1", "10.1.1.1, 10.2.2.2, 192.0.2.7") == "192.0.2.7"
    assert asked("127.0.0.1") == "127.0.0.1"
    assert asked("127.0.0.1", "192.0.2.7, not an address") == "unknown"


@pytest.mark.parametrize(
    ("address", "counts_as"),
    [
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::9", "2001:db8:1:3::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("", "unknown"),
        ("unix:", "unknown"),
    ],
)
def test_an_address_of_ipv6_counts_by_its_network(address, counts_as):
    assert asked(address) == counts_as


def test_the_proxy_s_own_configuration_says_it_and_takes_nothing_from_the_reader():
    conf = (ROOT / "config/deploy/nginx.conf").read_text("utf-8")
    assert re.findall(r"^ *proxy_set_header X-Forwarded-For (\S+);", conf, re.MULTILINE) == ["$remote_addr"]
    # A location that sets any header of its own would lose those of its server.
    assert not re.search(r"^ {8,}proxy_set_header", conf, re.MULTILINE)
