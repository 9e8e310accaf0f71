"""How HTTP's versions are compared: cases here, the same cases there, and how many differ."""


def missed(here, there):
    assert len(here) == len(there) > 0
    return sum(one != other for one, other in zip(here, there, strict=True))


def attempt(reads, *arguments):
    """What a codec reads, or that it cannot: a wrong one may stumble."""
    try:
        return reads(*arguments)
    except (ValueError, IndexError, UnicodeDecodeError) as wrong:
        return type(wrong).__name__
