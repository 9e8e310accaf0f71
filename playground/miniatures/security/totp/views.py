"""The bytes of a code, from the secret that is shared to the digits that are compared."""

from typing import NamedTuple

from playground.machines import hotp
from playground.miniatures.security.totp.words import TAKEN, step_told, told_equal
from playground.scenes.bytes import Bytes, Nibble, Value, Verdict

POWERS = {6: "mod 10⁶", 8: "mod 10⁸"}
STAGES = ("mac", "nibble", "picked", "mask", "number", "code", "verdict")
REMARKS = {
    "secret": "Whoever has these bytes can make every code of ada’s, now and in ten years.",
    "step": "No more than this changes from one code to the next, and everybody knows it.",
    "inner": "The secret and the step go in, and nobody can tell them from what comes out.",
    "mac": "It proves that the phone knows the secret, but nobody wants to type it.",
}
NO_SECRET = Bytes("The secret", "", (), empty="no secret yet")


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


def watched(far: int, would: str) -> Verdict:
    """What would become of the phone's code, so many steps from the server's own."""
    return Verdict(f"{step_told(far)}: {would}", would == TAKEN)


def compared(expected: str, code: str, equal: bool) -> Verdict:
    return Verdict(f"{expected} here, {code} sent: {told_equal(equal)}", equal)
