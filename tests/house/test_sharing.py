"""What processes share: bytes and whole numbers alone, only what this site has put there, and nobody depends on it."""

import pickle

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import override_settings

from config import environment
from config.redis import Plain
from config.sharing import Shared, sealed, unsealed
from tests.house.test_settings import python, settings

USED = [
    "redis://127.0.0.1",
    "redis://127.0.0.1:6379/3",
    "redis://:hu,sh;@cache.example:6380/0",
    "rediss://reader:hush@cache.example",
    "redis://[::1]:6379",
    "unix:///run/redis/redis.sock",
    "unix://:hush@/run/redis.sock?db=2",
]
REFUSED = [
    "127.0.0.1:6379",
    "memcached://127.0.0.1",
    "redis://",
    "redis:///1",
    "redis://:hush@cache.example:port",
    "redis://:hush@cache.example:0",
    "redis://:hush@cache.example:65536",
    "redis://:hu/sh@cache.example",
    "redis://:hush@cache.example/name",
    "redis://:hush@cache.example?socket_timeout=600",
    "redis://:hush@cache.example/0?decode_responses=True",
    "redis://:hush@a.example,redis://b.example",
    "unix://run/redis.sock",
    "unix:///run/redis.sock?password=hush",
]


def test_without_a_url_each_process_has_a_cache_of_its_own():
    assert settings("CACHES")["CACHES"] == {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}


@pytest.mark.parametrize("url", USED)
def test_redis_is_djangos_own_backend_with_our_serializer(url):
    described = environment.cache({"REDIS_URL": url})
    assert described["BACKEND"] == "django.core.cache.backends.redis.RedisCache"
    assert described["LOCATION"] == [url]
    assert described["OPTIONS"] == {"pool_class": "config.redis.Pool", "serializer": "config.redis.Plain"}


@pytest.mark.parametrize("url", REFUSED)
def test_a_url_that_cannot_be_used_is_refused_in_a_sentence_without_its_password(url):
    with pytest.raises(ImproperlyConfigured, match=r"^REDIS_URL cannot be read; it has the form [^\n]+\.$") as refused:
        environment.cache({"REDIS_URL": url})
    assert "hush" not in str(refused.value)


def test_the_settings_read_it():
    done = python("-c", "from config import settings", REDIS_URL="redis://:hush@cache.example:port")
    assert done.returncode == 1
    assert "ImproperlyConfigured: REDIS_URL cannot be read" in done.stderr.strip().splitlines()[-1]
    assert "hush" not in done.stderr


@pytest.mark.parametrize("value", [b"", b"bytes", b"7", b"=", b"\x00\xff", 0, 7, -7, 2**63 - 1])
def test_bytes_and_whole_numbers_come_back_as_they_were(value):
    stored = Plain().dumps(value)
    back = Plain().loads(stored if isinstance(stored, bytes) else str(stored).encode())
    assert (back, type(back)) == (value, type(value))


@pytest.mark.parametrize("value", [True, None, 1.5, "text", ["list"], bytearray(b"bytes"), object()])
def test_nothing_else_is_stored(value):
    with pytest.raises(TypeError, match="bytes and whole numbers"):
        Plain().dumps(value)


@pytest.mark.parametrize(
    "stored", [pickle.dumps(7), pickle.dumps({"a": 1}), b"", b"1.5", b"7\n", b" 7", b"9" * 20, b"x"]
)
def test_nothing_else_is_read(stored):
    with pytest.raises(ValueError, match="neither bytes nor a whole number"):
        Plain().loads(stored)


def test_what_another_has_written_is_not_handed_out():
    page = sealed("page:one", b"<p>")
    assert unsealed("page:one", page) == b"<p>"
    with override_settings(SECRET_KEY="another site's"):
        others = sealed("page:one", b"<p>")
    for stored in (page + b"x", page[1:], b"", b"<p>", others, sealed("page:two", b"<p>"), 7):
        assert unsealed("page:one", stored) is None


def test_where_there_is_no_redis_everybody_makes_their_own():
    shared = Shared()
    assert [shared.or_made("page:one", make) for make in (b"mine".lower, b"yours".lower)] == [b"mine", b"yours"]
