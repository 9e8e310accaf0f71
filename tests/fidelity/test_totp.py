"""One-time codes against the published tables and another implementation.

    RFC 4226    Appendix D: the HMAC of counters 0 to 9, its truncation in hexadecimal and decimal, the code
    RFC 6238    Appendix B: codes of eight digits at six instants, by SHA-1, SHA-256 and SHA-512
    pyotp       TOTP(base32, digits=…, digest=…, interval=…).at(second), and parse_uri(address)
                on 10,000 random secrets and instants; the windows by TOTP.verify(valid_window=…)
                codes as they are typed, windows that look back only, the seconds of a step: by verify()
    oathtool    --base32 TEXT: secrets as people type them, in any case, with spaces, with and without "="
    zxing-cpp   read_barcodes on the QR code, rasterised from the marks of the painted picture, light and
                dark, narrow and wide; what it reads is parsed by pyotp

The tables stand here as they are printed in the documents; the hashes of the first are also recomputed
by `hmac` of the standard library, so a slip of the pen would show. Each comparison counts the cases that
differ, and that must be 0. Under each saboteur, one wrong line, it must not be 0.
"""

import hashlib
import hmac
import random
import subprocess
from base64 import b32decode, b32encode
from importlib.metadata import version
from itertools import islice
from urllib.parse import quote_plus

import pyotp
import pytest
import zxingcpp

from playground.drawn import symbols
from playground.drawn.pictures import THEMES
from playground.engine.inputs import keys
from playground.engine.query import parse
from playground.engine.registry import entries
from playground.engine.run import run
from playground.engine.trace import picture
from playground.machines import hotp
from playground.miniatures.security.totp.stage import Stage
from playground.scenes import handed
from playground.scenes.bytes.painter import painted
from playground.scenes.marks import LAYOUTS
from tests.real import raster

pytestmark = pytest.mark.fidelity

# RFC 4226, Appendix D: count, HMAC-SHA-1(secret, count), truncated (hexadecimal, decimal), HOTP.
APPENDIX_D = """
0 cc93cf18508d94934c64b65d8ba7667fb7cde4b0 4c93cf18 1284755224 755224
1 75a48a19d4cbe100644e8ac1397eea747a2d33ab 41397eea 1094287082 287082
2 0bacb7fa082fef30782211938bc1c5e70416ff44 82fef30 137359152 359152
3 66c28227d03a2d5529262ff016a1e6ef76557ece 66ef7655 1726969429 969429
4 a904c900a64b35909874b33e61c5938a8e15ed1c 61c5938a 1640338314 338314
5 a37e783d7b7233c083d4f62926c7a25f238d0316 33c083d4 868254676 254676
6 bc9cd28561042c83f219324d3c607256c03272ae 7256c032 1918287922 287922
7 a4fb960c0bc06e1eabb804e5b397cdc4b45596fa 4e5b397 82162583 162583
8 1b3c89f65e6c9e883012052823443f048b4332db 2823443f 673399871 399871
9 1637409809a679dc698207310c8c7fc07290d9e5 2679dc69 645520489 520489
"""
SECRET = b"12345678901234567890"

# RFC 6238, Appendix B: seconds, T in hexadecimal, TOTP, hash. The secret is as long as the hash.
APPENDIX_B = """
59 0000000000000001 94287082 sha1
59 0000000000000001 46119246 sha256
59 0000000000000001 90693936 sha512
1111111109 00000000023523EC 07081804 sha1
1111111109 00000000023523EC 68084774 sha256
1111111109 00000000023523EC 25091201 sha512
1111111111 00000000023523ED 14050471 sha1
1111111111 00000000023523ED 67062674 sha256
1111111111 00000000023523ED 99943326 sha512
1234567890 000000000273EF07 89005924 sha1
1234567890 000000000273EF07 91819424 sha256
1234567890 000000000273EF07 93441116 sha512
2000000000 0000000003F940AA 69279037 sha1
2000000000 0000000003F940AA 90698825 sha256
2000000000 0000000003F940AA 38618901 sha512
20000000000 0000000027BC86AA 65353130 sha1
20000000000 0000000027BC86AA 77737706 sha256
20000000000 0000000027BC86AA 47863826 sha512
"""
LENGTHS = {"sha1": 20, "sha256": 32, "sha512": 64}
DIGESTS = {"sha1": hashlib.sha1, "sha256": hashlib.sha256, "sha512": hashlib.sha512}
RANDOM = 10_000


def rows(table):
    return [line.split() for line in table.split("\n") if line]


def outcome_of(query):
    """What the miniature answers."""
    cls = entries()["totp"].cls
    parsed = parse(cls, query)
    assert parsed.problems == []
    done = run(cls, parsed.query, draw=False)
    assert not done.refusal
    return done.outcome


def missed(here, there):
    assert len(here) == len(there) > 0
    return sum(one != other for one, other in zip(here, there, strict=True))


# RFC 4226


def counters_here():
    found = []
    for counter in range(10):
        mac = hotp.hmac(SECRET, hotp.message_of(counter), "sha1")
        number = hotp.number_of(hotp.four_at(mac, hotp.offset_of(mac)))
        code = hotp.hotp(SECRET, counter)
        found += [mac.hex(), f"{number:x}", str(number), code]
    return found


def counters_there():
    return [field for row in rows(APPENDIX_D) for field in row[1:]]


@pytest.mark.checks("totp", "RFC 4226")
def test_every_row_of_rfc_4226_is_reproduced(evidence):
    differ = missed(counters_here(), counters_there())
    evidence(
        "totp", "RFC 4226",
        program="RFC 4226, Appendix D", version="December 2005", cases=len(counters_there()), different=differ,
        compared="for counters 0 to 9: the HMAC, the truncated number in both notations, and the code",
    )  # fmt: skip
    assert differ == 0


def test_the_table_holds_what_the_standard_library_hashes():
    for counter, mac, *_ in rows(APPENDIX_D):
        assert mac == hmac.new(SECRET, int(counter).to_bytes(8, "big"), "sha1").hexdigest()


# RFC 6238


def instants_here():
    found = []
    for seconds, _, _, algorithm in rows(APPENDIX_B):
        secret = (SECRET * 4)[: LENGTHS[algorithm]]
        found += [f"{hotp.counter_at(int(seconds)):016X}"]
        found += [hotp.hotp(secret, hotp.counter_at(int(seconds)), 8, algorithm)]
        if int(seconds) >= 1000:
            query = f"secret={secret.hex()}&algorithm={algorithm}&digits=8&time={seconds}&drift=0"
            told = outcome_of(query)
            found += [f"{told['counter']:016X}", told["code"]]
    return found


def instants_there():
    return [
        field
        for seconds, step, code, _ in rows(APPENDIX_B)
        for field in [step, code] * (2 if int(seconds) >= 1000 else 1)
    ]


@pytest.mark.checks("totp", "RFC 6238")
def test_every_row_of_rfc_6238_is_reproduced(evidence):
    differ = missed(instants_here(), instants_there())
    evidence(
        "totp", "RFC 6238",
        program="RFC 6238, Appendix B", version="May 2011", cases=len(instants_there()), different=differ,
        compared="time steps and codes of eight digits at six instants by three hashes, by the machine, "
        "and by the miniature at the five instants that it allows",
    )  # fmt: skip
    assert differ == 0


# pyotp


def draws():
    """Secrets of 20 bytes, instants, digits, hashes and periods; the same each time."""
    rng = random.Random(6238)  # noqa: S311 - the same each time
    for _ in range(RANDOM):
        yield (
            rng.randbytes(20),
            rng.randrange(2**34),
            rng.choice([6, 8]),
            rng.choice(list(DIGESTS)),
            rng.choice([30, 60]),
        )


def codes_here(count=RANDOM):
    return [
        hotp.hotp(key, hotp.counter_at(second, period), digits, name)
        for key, second, digits, name, period in islice(draws(), count)
    ]


def codes_of_pyotp(count=RANDOM):
    return [
        pyotp.TOTP(b32encode(key).decode(), digits=digits, digest=DIGESTS[name], interval=period).at(second)
        for key, second, digits, name, period in islice(draws(), count)
    ]


def runs_here():
    """Runs of the miniature: the phone's code, the verdict on it and the address in the QR code."""
    found = []
    for query, *_ in queries():
        told = outcome_of(query)
        found += [told["code"], told["verdict"] == "accepted", told["uri"]]
    return found


def queries():
    for (key, drawn, digits, name, period), drift in zip(draws(), range(-120, 121, 2), strict=False):
        second = 1000 + drawn % 2**31
        window = drift % 3
        inputs = f"secret={key.hex()}&algorithm={name}&digits={digits}&period={period}"
        yield f"{inputs}&time={second}&drift={drift}&window={window}", key, second, digits, name, period, drift, window


def runs_of_pyotp():
    found = []
    for _, key, second, digits, name, period, drift, window in queries():
        totp = pyotp.TOTP(
            b32encode(key).decode(), digits=digits, digest=DIGESTS[name], interval=period, name="ada", issuer="Orrery"
        )
        code = totp.at(second + drift)
        found += [code, totp.verify(code, for_time=second, valid_window=window), ("uri", totp)]
    return found


def runs_differ():
    """Addresses are compared by what pyotp reads in them."""
    differ = 0
    for here, there in zip(runs_here(), runs_of_pyotp(), strict=True):
        if isinstance(there, tuple):
            read, meant = pyotp.parse_uri(here), there[1]
            assert isinstance(read, pyotp.TOTP)
            differ += (read.secret, read.digits, read.digest, read.interval, read.name, read.issuer) != (
                meant.secret, meant.digits, meant.digest, meant.interval, meant.name, meant.issuer,
            )  # fmt: skip
        else:
            differ += here != there
    return differ


SPELLINGS = {
    "plain": lambda code: code,
    "two groups": lambda code: f"{code[:3]} {code[3:]}",
    "a dash": lambda code: f"{code[:3]}-{code[3:]}",
    "a space that does not break": lambda code: f"{code[:3]}\N{NO-BREAK SPACE}{code[3:]}",
    "full width": lambda code: "".join(chr(ord(digit) + 0xFEE0) for digit in code),
    "a digit short": lambda code: code[:-1],
    "a digit too many": lambda code: code + code[0],
    "a letter O": lambda code: f"O{code[1:]}",
    "another code": lambda code: str((int(code) + 1) % 10 ** len(code)).zfill(len(code)),
}
BETWEEN = str.maketrans("", "", " -\N{NO-BREAK SPACE}")
"""What a form takes out of a code before pyotp compares it."""


def typed_here():
    """Whether a code is accepted as it is typed, half a minute after the phone's first log-in."""
    return [
        outcome_of(f"secret={key.hex()}&digits={digits}&time={second}&drift=0&do=wait:30&do=enter:{quote_plus(text)}")
        ["verdict"] == "accepted"
        for key, second, digits, text in typed()
    ]  # fmt: skip


def typed_of_pyotp():
    return [
        pyotp.TOTP(b32encode(key).decode(), digits=digits).verify(
            text.translate(BETWEEN), for_time=second + 30, valid_window=1
        )
        for key, second, digits, text in typed()
    ]


def typed():
    for key, drawn, digits, *_ in islice(draws(), 12):
        second = 1000 + drawn % 2**31
        code = pyotp.TOTP(b32encode(key).decode(), digits=digits).at(second + 30)
        for spelled in SPELLINGS.values():
            yield key, second, digits, spelled(code)


def windows_here():
    """Windows to one side or both: the verdict, and for how many seconds of a step the phone's code is right."""
    found = []
    for key, second, drift, window, looks in windows():
        told = outcome_of(
            f"secret={key.hex()}&time={second}&drift={drift}&window={window}&looks={looks}&do=watch"
        )  # fmt: skip
        found += [told["verdict"] == "accepted", told["watched"]]
    return found


def windows_of_pyotp():
    """pyotp's window has two sides; a window behind is asked for one step after the other."""
    found = []
    for key, second, drift, window, looks in windows():
        totp = pyotp.TOTP(b32encode(key).decode())

        def accepted(at, totp=totp, drift=drift, window=window, looks=looks):
            code = totp.at(at + drift)
            if looks == "both":
                return totp.verify(code, for_time=at, valid_window=window)
            return any(totp.verify(code, for_time=at - 30 * back) for back in range(window + 1))

        begin = second - second % 30 + 30
        found += [accepted(second), sum(accepted(at) for at in range(begin, begin + 30))]
    return found


def windows():
    for (key, drawn, *_), drift in zip(draws(), range(-119, 120, 7), strict=False):
        yield key, 1000 + drawn % 2**31, drift, drift % 3, ("both", "back")[drift // 7 % 2]


@pytest.mark.checks("totp", "pyotp")
def test_pyotp_makes_the_same_codes_and_verdicts_and_reads_the_address(evidence):
    differ = missed(codes_here(), codes_of_pyotp()) + runs_differ()
    differ += missed(typed_here(), typed_of_pyotp()) + missed(windows_here(), windows_of_pyotp())
    runs, texts, sides = len(list(queries())), len(list(typed())), len(list(windows()))
    evidence(
        "totp", "pyotp",
        program="pyotp", version=version("pyotp"), different=differ,
        cases=RANDOM + 3 * runs + texts + 2 * sides,
        compared=f"codes for {RANDOM:,} random secrets and instants; the code, the verdict and the address "
        f"of {runs} log-ins with clocks up to two minutes apart; {texts} codes as they are typed; the verdict and the "
        f"seconds of a whole step for {sides} clocks, by windows that look to both sides or back only",
    )  # fmt: skip
    assert differ == 0


# oathtool

TYPED_SECRETS = 160


def secrets_typed():
    """Secrets of 10 to 64 bytes in base 32 as people type them, and letters whose last bits mean nothing."""
    rng = random.Random(4648)  # noqa: S311 - the same each time
    for number in range(TYPED_SECRETS):
        text = b32encode(rng.randbytes(rng.randint(10, 64))).decode()
        if number % 4 == 0:
            text = "".join(rng.choice("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567") for _ in range(rng.choice((18, 21, 23, 26))))
        text = text.rstrip("=") if rng.random() < 0.6 else text
        text = text.lower() if rng.random() < 0.5 else text
        if rng.random() < 0.6:
            text = " ".join(text[at : at + 4] for at in range(0, len(text), 4))
        yield text, rng.randrange(1000, 2**31)


def secrets_here():
    return [outcome_of(f"secret={quote_plus(text)}&time={second}&drift=0")["code"] for text, second in secrets_typed()]


def secrets_of_oathtool():
    return [oathtool("--totp", "--now", f"@{second}", "--base32", text) for text, second in secrets_typed()]


def oathtool(*words):
    done = subprocess.run(["oathtool", *words], capture_output=True, check=True, text=True)
    return done.stdout.split("\n")[0]


@pytest.mark.checks("totp", "oathtool")
def test_oathtool_reads_the_secret_as_it_is_typed_and_makes_the_same_code(evidence):
    here, there = secrets_here(), secrets_of_oathtool()
    differ = missed(here, there)
    evidence(
        "totp", "oathtool",
        program="oathtool", version=oathtool("--version").rpartition(" ")[2], cases=len(there), different=differ,
        compared=f"the code of {len(there)} secrets of 10 to 64 bytes, typed in base 32: upper or lower case, with and "
        "without spaces and “=”",
    )  # fmt: skip
    assert differ == 0


@pytest.mark.saboteur("totp", "oathtool")
@pytest.mark.parametrize(
    "wrong",
    [lambda text, casefold: b32decode(text, casefold)[:-1] + b"\0", lambda text, casefold: text.encode()[:64]],
    ids=["the last byte is lost", "letters for bytes"],
)
def test_a_saboteur_of_base_32_is_noticed_by_oathtool(monkeypatch, wrong):
    monkeypatch.setattr(keys, "b32decode", wrong)
    assert missed(secrets_here(), secrets_of_oathtool()) > 0


# The QR code

CODES = 60
SOME = 8


def codes_drawn():
    """Secrets of 16 to 64 bytes, every hash, both lengths and periods; the same each time."""
    rng = random.Random(18004)  # noqa: S311 - the same each time
    for _ in range(CODES):
        key = rng.randbytes(rng.randint(16, 64))
        yield key, rng.choice(list(DIGESTS)), rng.choice([6, 8]), rng.choice([30, 60])


def painted_codes(query):
    """The picture of the first step that shows a QR code, in both layouts."""
    cls = entries()["totp"].cls
    done = run(cls, parse(cls, query).query)
    shown = [one.scenes[0] for one in done.steps]
    step = next(at for at, one in enumerate(shown) if isinstance(one, Stage) and one.computing and one.bytes.code)
    return [picture(done, step, 0, layout) for layout in LAYOUTS]


def read_back(rows):
    """What the decoder reads; a phone does not try a picture with its colours turned round, so neither does it."""
    flat = memoryview(bytearray().join(rows)).cast("B", shape=[len(rows), len(rows[0])])
    found = zxingcpp.read_barcodes(flat, try_invert=False)
    return [one.text for one in found]


def codes_differ(count=CODES):
    """QR codes that are not read, or that do not hand over what the run was given."""
    differ = 0
    for key, name, digits, period in islice(codes_drawn(), count):
        query = f"secret={key.hex()}&algorithm={name}&digits={digits}&period={period}"
        for drawn in painted_codes(query):
            for theme in THEMES:
                read = read_back(raster.pixels(drawn, theme))
                meant = (b32encode(key).decode().rstrip("="), digits, DIGESTS[name], period, "ada", "Orrery")
                differ += len(read) != 1 or taken_in(read[0]) != meant
    return differ


def taken_in(text):
    """What an app keeps of an address, as pyotp reads it."""
    read = pyotp.parse_uri(text)
    assert isinstance(read, pyotp.TOTP)
    return read.secret, read.digits, read.digest, read.interval, read.name, read.issuer


@pytest.mark.checks("totp", "zxing-cpp")
def test_zxing_reads_every_qr_code_back_from_the_picture(evidence):
    differ = codes_differ()
    evidence(
        "totp", "zxing-cpp",
        program="zxing-cpp", version=version("zxing-cpp"), cases=CODES * len(LAYOUTS) * len(THEMES), different=differ,
        compared=f"the QR codes of {CODES} random secrets of 16 to 64 bytes, read from the picture, narrow and "
        "wide, light and dark: secret, hash, digits, period, account and issuer",
    )  # fmt: skip
    assert differ == 0


# Saboteurs


def row_flipped(modules):
    middle = len(modules) // 2
    return (*modules[:middle], tuple(not dark for dark in modules[middle]), *modules[middle + 1 :])


@pytest.mark.saboteur("totp", "zxing-cpp")
@pytest.mark.parametrize(
    "wrong", [row_flipped, lambda modules: modules[:-1]], ids=["one row flipped", "the last row missing"]
)
def test_a_saboteur_of_the_modules_is_noticed_by_zxing(monkeypatch, wrong):
    monkeypatch.setattr(handed.qr_modules, "function", lambda text: wrong(symbols.qr_modules(text)))
    painted.cache_clear()
    differ = codes_differ(SOME)
    painted.cache_clear()
    assert differ > 0


@pytest.mark.saboteur("totp", "zxing-cpp")
def test_another_secret_in_the_code_is_noticed_by_zxing(monkeypatch):
    monkeypatch.setattr(hotp, "base32", lambda key: b32encode(key[::-1]).decode().rstrip("="))
    assert codes_differ(SOME) > 0


@pytest.mark.saboteur("totp", "zxing-cpp")
def test_a_code_in_the_colours_of_the_theme_is_noticed_by_zxing(monkeypatch):
    """Its ink is light in the dark theme, and its paper dark: no phone has to read that."""
    right = raster.grey
    turned = {"print-ink": "ink", "print-paper": "sheet"}
    monkeypatch.setattr(raster, "grey", lambda role, theme: right(turned.get(role, role), theme))
    assert codes_differ(SOME) == SOME * len(LAYOUTS)


def inner_and_outer_swapped(key, message, algorithm):
    key = hotp.padded(key, algorithm)
    inner = hotp.digest(algorithm, hotp.masked(key, hotp.OUTER) + message)
    return hotp.digest(algorithm, hotp.masked(key, hotp.INNER) + inner)


FEW = 500
"""Codes among which a saboteur must be noticed: one in ten has a zero in front."""

SABOTEURS = {
    "pads swapped": ("hmac", inner_and_outer_swapped),
    "little-endian step": ("message_of", lambda counter: counter.to_bytes(8, "little")),
    "offset from the first byte": ("offset_of", lambda mac: mac[0] & 15),
    "offset from the high half": ("offset_of", lambda mac: mac[-1] >> 4),
    "top bit kept": ("number_of", lambda four: int.from_bytes(four, "big")),
    "no zeros in front": ("digits_of", lambda number, digits: str(number % 10**digits)),
}


@pytest.mark.saboteur("totp", "pyotp")
@pytest.mark.parametrize(("name", "wrong"), SABOTEURS.values(), ids=list(SABOTEURS))
def test_a_saboteur_of_the_machine_is_noticed_by_pyotp(monkeypatch, name, wrong):
    monkeypatch.setattr(hotp, name, wrong)
    assert missed(codes_here(FEW), codes_of_pyotp(FEW)) > 0


@pytest.mark.saboteur("totp", "RFC 4226")
@pytest.mark.saboteur("totp", "RFC 6238")
@pytest.mark.parametrize("name", ["pads swapped", "little-endian step", "offset from the first byte", "top bit kept"])
def test_a_saboteur_of_the_machine_is_noticed_by_the_tables(monkeypatch, name):
    monkeypatch.setattr(hotp, *SABOTEURS[name])
    assert missed(counters_here(), counters_there()) > 0
    assert missed(instants_here(), instants_there()) > 0


@pytest.mark.saboteur("totp", "pyotp")
@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("offsets", lambda self: tuple(range(self.window + 1))),
        ("offsets", lambda self: (0,)),
        ("phone_step", lambda self: self.server_step()),
        ("uri", property(lambda self: hotp.address(self.secret, "ada", "Orrery", self.algorithm, 6, 30))),
    ],
    ids=["window ahead only", "no window", "one clock for both", "issuer for account"],
)
def test_a_saboteur_of_the_miniature_is_noticed_by_pyotp(monkeypatch, name, wrong):
    monkeypatch.setattr(entries()["totp"].cls, name, wrong)
    assert runs_differ() > 0


@pytest.mark.saboteur("totp", "pyotp")
@pytest.mark.parametrize(
    "wrong",
    [lambda text: text, lambda text: text[-6:], lambda text: text.translate(BETWEEN)],
    ids=["as it is", "its end", "full width for no digits"],
)
def test_a_saboteur_of_the_reading_is_noticed_by_pyotp(monkeypatch, wrong):
    monkeypatch.setattr(hotp, "typed", wrong)
    assert missed(typed_here(), typed_of_pyotp()) > 0


@pytest.mark.saboteur("totp", "pyotp")
@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("offsets", lambda self: (0, *(sign * far for far in range(1, self.window + 1) for sign in (-1, 1)))),
        ("takes", lambda self, far: abs(far) <= self.window),
        ("takes", lambda self, far: far <= 0),
    ],
    ids=["both sides always", "watched on both sides", "every earlier step"],
)
def test_a_saboteur_of_the_window_is_noticed_by_pyotp(monkeypatch, name, wrong):
    monkeypatch.setattr(entries()["totp"].cls, name, wrong)
    assert missed(windows_here(), windows_of_pyotp()) > 0
