"""How one-time codes are shown and told: the bytes of a code, two clocks on one axis, sentences, figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from playground.engine import Metric
from playground.machines import hotp
from playground.miniatures.security.totp.server import ATTACKER, PHONE, SERVER
from playground.scenes import sequence
from playground.scenes.bytes import Bytes, Nibble, Value, Verdict
from playground.scenes.scene import Scene
from playground.scenes.timeline import ARRIVING, CONNECT, HELD, REST, UNSENT, Group, Lane, Moment, Span, Timeline

if TYPE_CHECKING:
    from playground.miniatures.security.totp.model import Totp

POWERS = {6: "mod 10⁶", 8: "mod 10⁸"}
STAGES = ("mac", "nibble", "picked", "mask", "number", "code", "verdict")
REMARKS = {
    "secret": "Whoever has these bytes can make every code of ada’s, now and in ten years.",
    "step": "No more than this changes from one code to the next, and everybody knows it.",
    "inner": "The secret and the step go in, and nobody can tell them from what comes out.",
    "mac": "It proves that the phone knows the secret, but nobody wants to type it.",
}
LEGEND = ((REST, "time step"), (ARRIVING, "code good"), (CONNECT, "by window"), (UNSENT, "used up"), (HELD, "locked"))
AROUND = 2  # time steps before and after the server's own that are in view: as many as the widest window has
MOMENTS = 4  # codes that arrived, the last ones
SENDERS = (sequence.Lane(PHONE, "m1"), sequence.Lane(SERVER, "m3"), sequence.Lane(ATTACKER, "other"))
NOTHING = "nothing has been sent yet"


def scenes(model: Totp) -> tuple[Scene, ...]:
    if not hasattr(model, "view"):
        sent = sequence.Sequence("What is sent", SENDERS, (), False, NOTHING)
        return Bytes("The secret", "", (), empty="no secret yet"), sent, NO_CLOCKS
    sent = sequence.Sequence("What is sent", SENDERS, tuple(model.messages), model.fresh, NOTHING)
    return model.view, sent, two_clocks(model) if model.met else NO_CLOCKS


def two_clocks(model: Totp) -> Timeline:
    used = next((second for second, step in model.uses if step >= model.shown_step), None)
    return on_one_axis(
        Clocks(
            model.server_time(), model.drift, int(model.period), model.window, model.shown, model.shown_step, used,
            tuple(model.arrived), tuple(model.locks),
        )
    )  # fmt: skip


# The bytes of a code.


def enrolled(secret: bytes, stage: str, uri: str = "") -> Bytes:
    """The secret, then its base 32, then the QR code."""
    typed = Value("base32", hotp.base32(secret), "the same in base 32")
    return Bytes(
        "The secret",
        f"{len(secret)} bytes",
        tuple(secret),
        values=(typed,) if stage == "base32" else (),
        changed=stage,
        remark="" if uri else REMARKS["secret"],
        code=uri,
        ahead="" if uri else "code",
    )


def stepped(clock: int, period: int, counter: int) -> Bytes:
    """The phone's time step, and the eight bytes that it is hashed as."""
    values = (
        Value("clock", str(clock), "the phone’s clock"),
        Value("step", str(counter), "time steps since 1970", 0, f"÷ {period}"),
    )
    message = tuple(hotp.message_of(counter))
    return Bytes(f"Phone: step {counter}", "8 bytes", message, values=values, changed="step", remark=REMARKS["step"])


def inner_hash(inner: bytes) -> Bytes:
    """The first of the two hashes."""
    return Bytes("Phone: inner hash", f"{len(inner)} bytes", tuple(inner), changed="data", remark=REMARKS["inner"])


class Made(NamedTuple):
    """A code and the way to it: the hash, where it is cut, the number, its last digits."""

    counter: int
    mac: bytes
    offset: int
    number: int
    code: str


def making(name: str, made: Made, stage: str, verdict: Verdict | None = None) -> Bytes:
    """How a code is made, up to a stage; what is still to come is drawn as not in play."""
    at, last = STAGES.index(stage), len(made.mac) - 1
    low = made.mac[-1] & 15
    number = Value("number", str(made.number), "31 bits as a number", max(len(str(made.number)) - len(made.code), 0))
    code = Value("code", made.code, f"the code of step {made.counter}", 0, POWERS[len(made.code)])
    values = (number if at >= 4 else number._replace(text="", kept=0), code if at >= 5 else code._replace(text=""))
    return Bytes(
        f"{name}: HMAC of step {made.counter}",
        f"{len(made.mac)} bytes",
        tuple(made.mac),
        made.offset if at >= 2 else 0,
        4 if at >= 2 else 0,
        Nibble(last, low, f"low half of byte {last}: {low:x}, so byte {low}") if at >= 1 else None,
        at >= 3,
        1 if at >= 3 else 0,
        "the top bit does not count" if at >= 3 else "",
        values if at else (),
        verdict,
        {"mac": "data"}.get(stage, stage),
        "" if at else REMARKS["mac"],
        ahead="bits" if at < 3 else "",
    )


# Two clocks.


class Clocks(NamedTuple):
    """What the two clocks say, and what came of the codes. Seconds of the server's clock, since 1970."""

    now: int
    drift: int
    period: int
    window: int
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
    """When the server takes the code: in the code's own step, by the window before and after, and only once."""
    begin, end = clocks.step * clocks.period, (clocks.step + 1) * clocks.period
    slack = clocks.window * clocks.period
    for kind, start, stop in ((CONNECT, begin - slack, begin), (ARRIVING, begin, end), (CONNECT, end, end + slack)):
        cut = stop if clocks.used is None else min(max(clocks.used, start), stop)
        label = clocks.code if kind == ARRIVING and cut == stop else ""
        yield kind, start, cut, label
        yield UNSENT, cut, stop, ""


def told_apart(drift: int) -> str:
    if not drift:
        return "the phone’s clock is right"
    return f"the phone is {abs(drift)} s {'fast' if drift > 0 else 'slow'}"


# Words.

MARKED = {"accepted": "taken", "refused": "refused", "used": "used up", "locked": "locked out"}
SHORT = {
    "accepted": "accepted, and used up",
    "refused": "refused: no step fits",
    "used": "refused: it is used up",
    "locked": "not compared: locked",
}


def percent(ppb: int) -> str:
    """Parts of a thousand million as per cent, to a thousandth."""
    thousandths = (ppb + 5_000) // 10_000
    return f"{thousandths // 1000}.{thousandths % 1000:03d} %"


def spelled(own: int, far: int) -> str:
    """A step, and where it stands from the server's own."""
    return f"{own + far}, its own," if not far else f"{own + far}, {abs(far)} {'later' if far > 0 else 'earlier'},"


def told_equal(equal: bool) -> str:
    return "equal" if equal else "not equal"


def compared(expected: str, code: str, equal: bool) -> Verdict:
    return Verdict(f"{expected} here, {code} sent: {told_equal(equal)}", equal)


# Figures.


def metrics(model: Totp) -> tuple[Metric, ...]:
    if not hasattr(model, "view"):
        return ()
    count = len(model.offsets())
    return (
        Metric("Codes accepted at once", str(count), f"of {10**model.length:,}"),
        Metric("The phone’s code lives on", f"{model.left()} s", f"of {model.period}"),
        Metric("Chance of the guesses so far", percent(model.odds()), f"{model.checked:,} compared"),
    )


def outcome(model: Totp) -> dict[str, object]:
    mac = model.mac_of(model.phone_step())
    offset = model.offset_of(mac)
    return {
        "uri": model.uri,
        "code": model.code_for(model.phone_step()),
        "counter": model.phone_step(),
        "server_counter": model.server_step(),
        "offset": offset,
        "truncated": model.number_of(hotp.four_at(mac, offset)),
        "left": model.left(),
        "verdict": model.verdict,
        "matched": model.matched,
        "valid": len(model.offsets()),
        "apart": -(-abs(model.drift) // int(model.period)),
        "window": model.window,
        "wrong": model.wrong,
        "locked": model.locked,
        "attempted": model.attempted,
        "checked": model.checked,
        "odds_ppb": model.odds(),
        "log_ins": model.log_ins,
        "inside": model.inside,
    }
