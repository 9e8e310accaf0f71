"""How one-time codes are shown: the bytes of a code, what is sent, two clocks on one axis, figures."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from playground.engine import Metric
from playground.machines import hotp
from playground.miniatures.security.totp.model import Totp
from playground.miniatures.security.totp.views import NO_SECRET
from playground.miniatures.security.totp.words import ATTACKER, PHONE, SERVER, percent
from playground.scenes import sequence
from playground.scenes.scene import Scene
from playground.scenes.timeline import ARRIVING, CONNECT, HELD, REST, UNSENT, Group, Lane, Moment, Span, Timeline

LEGEND = ((REST, "time step"), (ARRIVING, "code good"), (CONNECT, "by window"), (UNSENT, "used up"), (HELD, "locked"))
AROUND = 2  # time steps before and after the server's own that are in view: as many as the widest window has
MOMENTS = 4  # codes that arrived, the last ones
MARKED = {"accepted": "taken", "refused": "refused", "used": "used up", "locked": "locked out"}
SENDERS = (sequence.Lane(PHONE, "m1"), sequence.Lane(SERVER, "m3"), sequence.Lane(ATTACKER, "other"))


def scenes(model: Totp) -> tuple[Scene, ...]:
    """The bytes in hand, what has been sent, and the two clocks once somebody has looked at them."""
    messages = tuple(model.messages)
    sent = sequence.Sequence("What is sent", SENDERS, messages, model.fresh, "nothing has been sent yet")
    return model.view, sent, two_clocks(model) if model.met else NO_CLOCKS


def two_clocks(model: Totp) -> Timeline:
    used = next((second for second, step in model.server.uses if step >= model.shown_step), None)
    # One more than is drawn: of an instant, and of equal words, only the last is.
    last = model.arrived[-MOMENTS - 1 :]
    arrived = tuple((f"{code} {MARKED[verdict]}", second, verdict == "accepted") for code, second, verdict in last)
    return on_one_axis(
        Clocks(
            model.server_time(), model.drift, int(model.period), model.window, model.looks == "both", model.shown,
            model.shown_step, used, arrived, tuple(model.server.locks),
        )
    )  # fmt: skip


class Clocks(NamedTuple):
    """What the two clocks say, and what came of the codes. Seconds of the server's clock, since 1970."""

    now: int
    drift: int
    period: int
    window: int
    ahead: bool
    """Whether codes of later steps are accepted too."""
    code: str
    """The last code that the phone made and somebody sent, and its step; empty: none yet."""
    step: int
    used: int | None
    """When a code of this step, or a later one, was accepted."""
    arrived: tuple[tuple[str, int, bool], ...]
    """Codes and verdicts in words, when they came, and whether they were accepted."""
    locks: tuple[tuple[int, int | None], ...]
    """From when to when the account was locked."""


NO_CLOCKS = Timeline((), unit="s", per=1, legend=LEGEND, empty="nobody has looked at a clock yet")


@lru_cache(256)
def on_one_axis(clocks: Clocks) -> Timeline:
    """The steps of both clocks around the server's own, and how long the last code is good."""
    period = clocks.period
    own = hotp.counter_at(clocks.now, period)
    first = (own - AROUND) * period
    far = (2 * AROUND + 1) * period

    def clipped(spans: Iterable[tuple[str, int, int, str]]) -> tuple[Span, ...]:
        placed = ((kind, max(start - first, 0), min(end - first, far), label) for kind, start, end, label in spans)
        return tuple(Span(kind, start, end, label) for kind, start, end, label in placed if start < end)

    def steps(shift: int) -> Iterator[tuple[str, int, int, str]]:
        """The steps of a clock that is fast by so many seconds."""
        begin = hotp.counter_at(first + shift, period)
        for step in range(begin, begin + 2 * AROUND + 2):
            yield REST, step * period - shift, (step + 1) * period - shift, f"{step % 1000:03d}"

    held = [(HELD, start, first + far if end is None else end, "") for start, end in clocks.locks]
    lanes = (
        Lane("phone", clipped(steps(clocks.drift))),
        Lane("server", clipped(steps(0))),
        Lane("code", clipped(life(clocks)) if clocks.code else ()),
        Lane("account", clipped(held)),
    )
    # Of an instant the last code, of equal words the last instant.
    came = {at: (words, good) for words, at, good in clocks.arrived if first <= at <= first + far}
    latest = {words: (at, good) for at, (words, good) in came.items()}
    moments = tuple(
        Moment(at - first, words, "clocks", "" if good else "account", good)
        for words, (at, good) in list(latest.items())[-MOMENTS:]
    )
    group = Group("clocks", "Two clocks", told_apart(clocks.drift), lanes)
    return Timeline((group,), moments, clocks.now - first, unit="s", per=1, legend=LEGEND, empty=NO_CLOCKS.empty)


def life(clocks: Clocks) -> Iterator[tuple[str, int, int, str]]:
    """When the server takes the code: in the code's own step, by the window after and perhaps before, only once."""
    begin, end = clocks.step * clocks.period, (clocks.step + 1) * clocks.period
    slack = clocks.window * clocks.period
    early = slack if clocks.ahead else 0
    for kind, start, stop in ((CONNECT, begin - early, begin), (ARRIVING, begin, end), (CONNECT, end, end + slack)):
        cut = stop if clocks.used is None else min(max(clocks.used, start), stop)
        label = clocks.code if kind == ARRIVING and cut == stop else ""
        yield kind, start, cut, label
        yield UNSENT, cut, stop, ""


def told_apart(drift: int) -> str:
    if not drift:
        return "the phone’s clock is right"
    return f"the phone is {abs(drift)} s {'fast' if drift > 0 else 'slow'}"


def metrics(model: Totp) -> tuple[Metric, ...]:
    """Figures beside the picture."""
    if model.view == NO_SECRET:
        return ()
    count = len(model.offsets())
    return (
        Metric("Codes accepted at once", str(count), f"of {10**model.length:,}"),
        Metric("The phone’s code lives on", f"{model.left()} s", f"of {model.period}"),
        Metric("Chance of the guesses so far", percent(model.odds()), f"{model.checked:,} compared"),
    )
