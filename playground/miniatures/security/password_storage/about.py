"""What stands around the model of stored passwords: sources, simplifications, checks, scenarios."""

from playground.engine import Check, Moment, Scenario, Source

SOURCES = (
    Source("RFC 8018, PKCS #5: PBKDF2, section 5.2", "https://www.rfc-editor.org/rfc/rfc8018"),
    Source("RFC 7914, scrypt", "https://www.rfc-editor.org/rfc/rfc7914"),
    Source("RFC 9106, Argon2", "https://www.rfc-editor.org/rfc/rfc9106"),
    Source(
        "OWASP Password Storage Cheat Sheet",
        "https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html",
    ),
    Source("Steve Thomas, Minimum Password Settings, 29 December 2022", "https://tobtu.com/minimum-password-settings/"),
)

SIMPLIFIED = (
    "Salts come from the seed, so that a run repeats; a real server takes them from the system’s secure source.",
    "Costs are small, so that a run is fast; the price list states what advised settings cost by a model.",
    "By that model a guess takes hashes ÷ rate + bytes moved ÷ bandwidth; real programs differ by some factor.",
    (
        "A log-in by scrypt is reckoned by its 4·N·r mixings (Salsa20/8, RFC 7914), at the server’s rate. Measured in "
        "November 2026, one core: PBKDF2 135 ms, scrypt 400 ms (both hashlib), Argon2id 30 to 50 ms (argon2-cffi)."
    ),
    "A guess that fails is counted and not computed; every hit is computed and compared.",
    "Above N = 64, Python’s hashlib computes scrypt, and its keys equal those of the code shown here.",
    "The thief’s table is a plain look-up table; a rainbow table gives the same answers from less memory.",
    "bcrypt is left out: OWASP keeps it for old systems, and it reads no more than 72 bytes of a password.",
    "The thief does not look for old hashes that leaked elsewhere; against wrapped ones he could (password shucking).",
    "The thief runs the whole list of words; a real one drops a row once it is read.",
)

CHECKS = (
    Check("RFC vectors", "derived keys of PBKDF2, scrypt and Argon2", "exact bytes"),
    Check("argon2-cffi", "keys of Argon2d, Argon2i and Argon2id", "exact bytes"),
    Check("hashlib", "keys of PBKDF2 and scrypt", "exact bytes"),
    Check("wrapped hashers of Django", "verdict on rows whose old hash was wrapped", "exact choice"),
    Check("Django", "verdict of check_password on every stored string", "exact choice"),
)

SCENARIOS = (
    # Seed 1292: ada and cleo choose the same word, and dee has a passphrase.
    Scenario(
        "the-table-leaks",
        "The table leaks",
        "do=leak&do=look_up&step=29",
        "Unsalted hashes are looked up, not guessed, and equal passwords show.",
    ),
    Scenario(
        "with-salt",
        "The same with salt",
        "scheme=salted&do=leak&do=look_up&step=29",
        "The thief’s table was made without these salts: nothing fits.",
    ),
    Scenario(
        "salt-is-not-slow",
        "Salt is not slow",
        "scheme=salted&do=leak&do=guess:20&step=29",
        "The thief guesses user by user, and reads the same five.",
    ),
    Scenario(
        "rehash-on-login",
        "Rehash on login",
        "do=upgrade:argon2id&do=log_in:ada:own&do=log_in:bob:own&do=log_in:cleo:wrong&do=leak&do=look_up&step=23",
        "A stronger scheme reaches a row only when its owner logs in.",
    ),
    Scenario(
        "wrapped",
        "Wrapped in one night",
        "do=upgrade:argon2id&do=wrap&do=leak&do=look_up&step=26",
        "Every old hash becomes the input of a salted, slow function; nobody had to log in.",
    ),
    Scenario(
        "plain-text",
        "Plain text",
        "scheme=plain&do=leak&do=look_up&step=22",
        "There is nothing to look up: the passphrase is read too.",
    ),
    Scenario(
        "memory-hard",
        "Memory-hard",
        "scheme=argon2id&do=sign_up:gus:correct+horse&do=log_in:gus:wrong&do=leak&do=guess:40&step=27",
        "Each guess now fills memory; weak words still fall, only later.",
    ),
)

MOMENT = Moment("do=leak&do=look_up&step=29", lambda done: str(done.outcome["twins"]), "same")
