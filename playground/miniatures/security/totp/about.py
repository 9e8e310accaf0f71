"""What stands around the model of one-time codes: sources, simplifications, checks, scenarios."""

from playground.engine import Check, Scenario, Source

SOURCES = (
    Source("RFC 4226, HOTP: An HMAC-Based One-Time Password Algorithm", "https://www.rfc-editor.org/rfc/rfc4226"),
    Source("RFC 6238, TOTP: Time-Based One-Time Password Algorithm", "https://www.rfc-editor.org/rfc/rfc6238"),
    Source("RFC 2104, HMAC: Keyed-Hashing for Message Authentication", "https://www.rfc-editor.org/rfc/rfc2104"),
    Source("Key URI format", "https://github.com/google/google-authenticator/wiki/Key-Uri-Format"),
)

SIMPLIFIED = (
    "The secret is an input, where a server draws it at random.",
    "The password that is asked for beside the code is left out: everybody here knows it.",
    "Three guesses are sent one by one; for the others the chance is computed, and none of them is played.",
    "The odds count every code of the window, also one that has been used, and guesses that may repeat.",
    "A locked account stays locked until it is unlocked; many servers wait longer and longer instead.",
    "After a code has been accepted, codes of earlier steps are refused too, not that one code alone.",
    "The server does not learn how far a phone’s clock is off (RFC 6238, section 6).",
)

CHECKS = (
    Check("RFC 4226", "hashes, numbers and codes of Appendix D", "exact bytes"),
    Check("RFC 6238", "codes of Appendix B by SHA-1, SHA-256 and SHA-512", "exact bytes"),
    Check("pyotp", "codes for random secrets and instants, and the otpauth address", "exact bytes"),
    Check("zxing-cpp", "the QR code, read back from the picture", "exact bytes"),
)

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
        "algorithm=sha512&do=wait:30&do=hash_step&do=truncate&step=9",
        "Sixty-four bytes instead of twenty; four of the first nineteen are still all that is used.",
    ),
)
