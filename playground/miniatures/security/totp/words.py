"""What phone and server say: verdicts, steps, chances."""

from playground.miniatures.security.totp.server import Server

PHONE, SERVER, ATTACKER = "phone", "server", "attacker"
HASH_NAMES = {"sha1": "SHA-1", "sha256": "SHA-256", "sha512": "SHA-512"}
SHORT = {
    "accepted": "accepted, and used up",
    "refused": "refused: no step fits",
    "used": "refused: it is used up",
    "locked": "not compared: locked",
}


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
        return f"The account is locked after {server.wrong} wrong codes."
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
    return f"{own + far}, its own," if not far else f"{own + far}, {abs(far)} {'later' if far > 0 else 'earlier'},"


def told_equal(equal: bool) -> str:
    return "equal" if equal else "not equal"
