"""What stands around the model of one-time codes: sources, simplifications, checks, scenarios."""

from playground.engine import Check, Moment, Scenario, Source

SOURCES = (
    Source("RFC 4226, HOTP: An HMAC-Based One-Time Password Algorithm", "https://www.rfc-editor.org/rfc/rfc4226"),
    Source("RFC 6238, TOTP: Time-Based One-Time Password Algorithm", "https://www.rfc-editor.org/rfc/rfc6238"),
    Source("RFC 2104, HMAC: Keyed-Hashing for Message Authentication", "https://www.rfc-editor.org/rfc/rfc2104"),
    Source("Key URI format", "https://github.com/google/google-authenticator/wiki/Key-Uri-Format"),
)

SIMPLIFIED = (
    "The secret is an input, where a server draws it at random.",
    "The password, the first factor, is left out: everybody here knows it, so the code alone decides.",
    (
        "How the secret is stored is not shown. The server needs it for every check, so a hash of it will not do: it "
        "is encrypted at rest, and whoever gets that key as well can make every code."
    ),
    "A code with letters in it, or with too few digits, counts as a wrong one, as by django-otp.",
    "Three guesses are sent one by one; the others count as wrong, and the chance that one was right is computed.",
    "The odds count every code of the window, also one that has been used, and guesses that may repeat.",
    "A locked account stays locked until it is unlocked; many servers wait longer and longer instead.",
    "After a code has been accepted, codes of earlier steps are refused too, as by django-otp.",
    "The server does not learn how far a phone’s clock is off (RFC 6238, section 6), as django-otp does by default.",
)

CHECKS = (
    Check("RFC 4226", "hashes, numbers and codes of Appendix D", "exact bytes"),
    Check("RFC 6238", "codes of Appendix B by SHA-1, SHA-256 and SHA-512", "exact bytes"),
    Check(
        "pyotp", "codes for random secrets and instants, windows, typed codes, and the otpauth address", "exact bytes"
    ),
    Check("oathtool", "the secret as people type it: spaces, any case, with and without =", "exact bytes"),
    Check("zxing-cpp", "the QR code, read back from the picture", "exact bytes"),
)

SECRET_OF_64 = (b"1234567890" * 7)[:64].hex()
"""The secret of RFC 6238, Appendix B, for SHA-512: as long as its hash."""

SCENARIOS = (
    # The phone is 20 seconds slow and the server 12 seconds into its step: one step apart.
    Scenario("no-window", "No allowance", "window=0&step=14", "A clock that is 20 seconds slow locks its owner out."),
    Scenario(
        "used-once",
        "A code works once",
        "do=replay&do=wait:30&do=log_in&step=19",
        "The same six digits come again and are refused, though their time is not over.",
    ),
    Scenario(
        "an-hour-of-guesses",
        "An hour of guesses",
        "lockout=0&rate=1&do=guess:3600&step=19",
        "One guess a second with nobody counting: more than one account in a hundred is open after an hour.",
    ),
    Scenario(
        "locked",
        "Locked after five",
        "lockout=5&do=guess:3600&do=log_in&do=unlock&do=wait:30&do=log_in&step=19",
        "The server stops counting guesses at five, and its owner is locked out too.",
    ),
    Scenario(
        "relayed",
        "A code is passed on",
        "do=wait:30&do=phish&do=log_in&step=19",
        "The attacker asks for the code, uses it at once, and no window or lock is in the way.",
    ),
    # Time and secret of RFC 6238, Appendix B: 07081804.
    Scenario(
        "eight-digits",
        "Eight digits",
        "digits=8&time=1111111109&drift=0&do=enter:12345678&step=14",
        "The code is longer because less of the same number is cut off.",
    ),
    Scenario(
        "sha-512",
        "A longer hash",
        f"secret={SECRET_OF_64}&algorithm=sha512&do=wait:30&do=hash_step&do=truncate&step=9",
        "Sixty-four bytes instead of twenty, of the secret too; four of the first nineteen are still all that is used.",
    ),
    # 40 seconds: one step apart in 20 seconds of each step, two apart in the other ten.
    Scenario(
        "now-and-then",
        "Fails now and then",
        "drift=40&do=watch&step=20",
        "A phone that is 40 seconds fast gets in during two thirds of each step.",
    ),
    Scenario(
        "back-only",
        "A window behind",
        "drift=20&looks=back&step=14",
        "The server accepts earlier codes and no later ones: a fast phone is refused.",
    ),
)

MOMENT = Moment("drift=0&step=19", lambda done: f"{done.outcome['code'][:3]} {done.outcome['code'][3:]}", "30 s")
