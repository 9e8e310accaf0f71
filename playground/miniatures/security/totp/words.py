"""What phone and server say: verdicts, steps, chances."""

from playground.machines import hotp
from playground.miniatures.security.totp.server import Server
from playground.scenes.many import many

PHONE, SERVER, ATTACKER = "phone", "server", "attacker"
HASH_NAMES = {"sha1": "SHA-1", "sha256": "SHA-256", "sha512": "SHA-512"}
SHORT = {
    "accepted": "accepted, and used up",
    "refused": "refused: no step fits",
    "used": "refused: it is used up",
    "locked": "not compared: locked",
}


TAKEN, REFUSED, RIGHT = "would be accepted", "would be refused", "right, but "
LEAST_BYTES, ADVISED_BYTES = 16, 20
"""How long a secret has to be, and better is: 128 and 160 bits (RFC 4226, section 4, R6)."""


BOTH_WAYS = " Its digits could be base 32 too: they are read as hexadecimal, unless a “=” ends them."


def key_told(secret: bytes, algorithm: str) -> str:
    """What is to be said of a secret's length, empty where it is as it should be."""
    size, output = len(secret), len(hotp.digest(algorithm, b""))
    if size < LEAST_BYTES:
        return f" RFC 4226 demands at least {8 * LEAST_BYTES} bits; some older accounts have fewer."
    if size < output:
        return f" RFC 6238 wants as many as {HASH_NAMES[algorithm]} gives: {output} bytes."
    return ""


def base32_told(secret: bytes) -> str:
    """The secret as it is typed, and why no "=" fills its last group of eight letters (key URI format)."""
    left_out = hotp.padding(secret)
    filled = f"the {left_out} “=” at its end are left out" if left_out else "no “=” is needed at its end"
    return f"In base 32 it is {hotp.base32(secret)}, and {filled}."


def read_told(code: str, read: str) -> str:
    """What the server makes of a code as it is typed."""
    if not read:
        return "Spaces and dashes do not count, and nothing else is there."
    if set(read) <= set(code):
        return f"Spaces and dashes do not count: the server reads {read}."
    return f"Spaces, dashes and the width of digits do not count: the server reads {read}."


def shortly(verdict: str, code: bool) -> str:
    """A verdict in a few words, on a code or on what is none."""
    return SHORT[verdict] if code or verdict == "locked" else "refused: no code"


def no_code(read: str, digits: int) -> str:
    """Why what the server reads is no code, empty where it is one."""
    if hotp.is_code(read, digits):
        return ""
    if read.isascii() and read.isdigit():
        count = f"{len(read)} digit{'s' * (len(read) > 1)}"
        return f"{read} has {count} and a code {digits}: the server compares nothing, and counts a wrong code."
    what = f"{read} is" if read else "That is"
    return f"{what} no code of {digits} digits: the server compares nothing, and counts a wrong code."


def step_told(far: int) -> str:
    """Where a step stands from the server's own."""
    return f"{abs(far)} {'later' if far > 0 else 'earlier'}" if far else "the same step"


def would_be(server: Server, step: int, *, fits: bool) -> str:
    """What would become of the code of a step now, which fits or does not."""
    if not fits:
        return REFUSED
    if server.locked:
        return f"{RIGHT}locked out"
    if server.is_used(step):
        used = any(step == one for _, one in server.uses)
        return f"{RIGHT}{'used up' if used else 'too late'}"
    return TAKEN


def watched_told(second: int, far: int, would: str) -> str:
    """From some second on: how the phone's step stands to the server's own, and what would become of its code."""
    where = f"{step_told(far)} than" if far else "the same as"
    told = f"is {would}" if would.startswith(RIGHT) else would
    return f"From second {second} on the phone’s step is {where} the server’s, and its code {told}."


def judged(server: Server) -> str:
    """The last verdict as a sentence."""
    return {
        "accepted": f"The server accepts it and remembers step {server.last_used}: the code is used up.",
        "refused": f"The server refuses it. {lock_told(server)}",
        "used": f"The server refuses it: a code of step {server.last_used} has been used. {lock_told(server)}",
        "locked": "The account is locked, and the server compares nothing.",
    }[server.verdict]


def lock_told(server: Server) -> str:
    if server.locked:
        return f"The account is locked after {many(server.wrong, 'wrong code')}."
    return (
        f"{server.wrong:,} wrong in a row."
        if server.lockout
        else f"{server.wrong:,} wrong in a row, and nobody counts."
    )


def codes_counted(count: int) -> str:
    return f"{count} codes" if count > 1 else "one code"


def percent(ppb: int) -> str:
    """Parts of a thousand million as per cent, to a thousandth."""
    thousandths = (ppb + 5_000) // 10_000
    return f"{thousandths // 1000}.{thousandths % 1000:03d} %"


def spelled(own: int, far: int) -> str:
    """A step, and where it stands from the server's own."""
    return f"{own + far}, {step_told(far) if far else 'its own'},"


def told_equal(equal: bool) -> str:
    return "equal" if equal else "not equal"
