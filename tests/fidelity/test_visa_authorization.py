"""An authorisation against a message codec, a checker of numbers and a bookkeeper that others wrote.

    pyiso8583      iso8583.encode and decode with a specification that is written out here, both ways:
                   600 random messages, and every message of the scenarios and of random runs
    python-stdnum  stdnum.luhn: is_valid and calc_check_digit on random numbers
    Beancount      a journal that is kept from the messages alone, as pyiso8583 reads them: a yes of the issuer
                   is a hold, an answered reversal lets go of it; Beancount adds up and checks each balance

The bitmaps of the first test are those printed in the usual explanations of the standard. Each comparison
counts the cases that differ, and that must be 0. Under each saboteur, one wrong line, it must not be 0.
"""

import random
import re
from importlib.metadata import version

import iso8583
import pytest
from beancount import loader
from stdnum import luhn as reference

from playground.engine.query import parse
from playground.engine.registry import entries
from playground.engine.rng import Rng
from playground.engine.run import run
from playground.engine.walk import walk
from playground.machines import iso8583 as ours
from playground.machines import luhn
from playground.miniatures.payments.visa_authorization import issuer
from playground.miniatures.payments.visa_authorization.model import VisaAuthorization

pytestmark = pytest.mark.fidelity

SLUG = "visa-authorization"


def field(most, digits=0, kind="ascii"):
    return {"data_enc": kind, "len_enc": "ascii", "len_type": digits, "max_len": most, "desc": ""}


# ISO 8583:1987 as the standard's table has it: n..19 (LLVAR), n6, n12, n10, n6, n4, n3, z..37, an12, an6, an2, ans8,
# ans15, n3, b..255 (LLLVAR), n42; bitmaps as eight bytes.
SPEC = {
    "h": field(0), "t": field(4), "p": field(8, 0, "b"), "1": field(8, 0, "b"),
    "2": field(19, 2), "3": field(6), "4": field(12), "7": field(10), "11": field(6), "14": field(4), "22": field(3),
    "35": field(37, 2), "37": field(12), "38": field(6), "39": field(2), "41": field(8), "42": field(15),
    "49": field(3), "55": field(255, 3, "b"), "90": field(42),
}  # fmt: skip
PRINTED = {
    "4210001102C04804": (2, 7, 12, 28, 32, 39, 41, 42, 50, 53, 62),
    "7234054128C28805": (2, 3, 4, 7, 11, 12, 14, 22, 24, 26, 32, 35, 37, 41, 42, 47, 49, 53, 62, 64),
    "8000000000000001": (1, 64),
    "7224040000C08000": (2, 3, 4, 7, 11, 14, 22, 41, 42, 49),
}
RANDOM = 600
RUNS = 60
NUMBERS = 4000


def missed(here, there):
    assert len(here) == len(there) > 0
    return sum(one != other for one, other in zip(here, there, strict=True))


# Messages


def draws():
    """Types and fields of random messages; the same each time."""
    rng = random.Random(8583)  # noqa: S311 - the same each time
    for _ in range(RANDOM):
        fields: dict[int, str | bytes] = {}
        for number, told in SPEC.items():
            if not number.isdigit() or number == "1" or rng.random() < 0.4:
                continue
            size = rng.randint(1, told["max_len"]) if told["len_type"] else told["max_len"]
            if told["data_enc"] == "b":
                fields[int(number)] = rng.randbytes(size)
            elif number in ("35", "37", "38", "39", "41", "42"):
                fields[int(number)] = "".join(rng.choice("0123456789ABCXYZ=") for _ in range(size))
            else:
                fields[int(number)] = "".join(rng.choice("0123456789") for _ in range(size))
        yield rng.choice(["0100", "0110", "0120", "0130", "0400", "0401", "0410"]), fields


def packed_here():
    return [ours.pack(kind, fields) for kind, fields in draws()]


def packed_there():
    found = []
    for kind, fields in draws():
        written = {str(number): value.hex() if isinstance(value, bytes) else value for number, value in fields.items()}
        found.append(bytes(iso8583.encode({"t": kind, **written}, SPEC)[0]))
    return found


def read_there(wire):
    """Type and fields as pyiso8583 reads them, bytes as hexadecimal digits."""
    read, _ = iso8583.decode(wire, SPEC)
    return read["t"], {number: value for number, value in read.items() if number.isdigit() and number != "1"}


def read_here(wire):
    kind, fields = ours.unpack(wire)
    return kind, {
        str(number): value.hex().upper() if isinstance(value, bytes) else value for number, value in fields.items()
    }


def wires_of_runs():
    """Every message of the scenarios, and of random runs."""
    return [wire for done in runs() for wire in done.machine.office.wires]


def runs():
    entry = entries()[SLUG]
    cls = entry.cls
    queries = [parse(cls, one.query).query for one in entry.scenarios]
    queries += [walk(cls, Rng(seed)) for seed in range(RUNS)]
    return [run(cls, query, draw=False) for query in queries]


def announced_here():
    return [ours.announced(bytes.fromhex(one)) for one in PRINTED]


def messages_differ():
    differ = missed(packed_here(), packed_there())
    there = packed_there()
    differ += missed([safely(read_here, wire) for wire in there], [read_there(wire) for wire in there])
    wires = wires_of_runs()
    return differ + missed([safely(read_here, wire) for wire in wires], [safely(read_there, wire) for wire in wires])


def safely(read, wire):
    """What a reader makes of it, or that it cannot read it."""
    try:
        return read(wire)
    except (ours.Malformed, iso8583.DecodeError) as wrong:
        return type(wrong).__name__


def test_printed_bitmaps_are_read():
    assert announced_here() == list(PRINTED.values())


@pytest.mark.checks("visa-authorization", "pyiso8583")
def test_pyiso8583_packs_and_reads_every_message_alike(evidence):
    differ, travelled = messages_differ(), len(wires_of_runs())
    evidence(
        SLUG, "pyiso8583",
        program="pyiso8583", version=version("pyiso8583"), cases=2 * RANDOM + travelled, different=differ,
        compared=f"{RANDOM} random messages packed to the same bytes and read back to the same fields, and the "
        f"{travelled} messages of the scenarios and of {RUNS} random runs",
    )  # fmt: skip
    assert differ == 0


@pytest.mark.saboteur("visa-authorization", "pyiso8583")
@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("place_of", lambda number: ours.Place(number // 8 + 1, number % 8 + 1)),
        ("place_of", lambda number: ours.Place((number - 1) // 8 + 1, 8 - (number - 1) % 8)),
        ("encoded", lambda number, value: value if isinstance(value, bytes) else value.encode()),
    ],
    ids=["counts from nought", "the last bit first", "no length in front"],
)
def test_a_wrong_codec_is_noticed(monkeypatch, name, wrong):
    monkeypatch.setattr(ours, name, wrong)
    assert missed(packed_here(), packed_there()) > 0


# Card numbers


def numbers():
    rng = random.Random(7812)  # noqa: S311 - the same each time
    return ["".join(rng.choice("0123456789") for _ in range(rng.randint(8, 19))) for _ in range(NUMBERS)]


def luhn_here():
    return [(luhn.valid(one), luhn.check_digit(one)) for one in numbers()]


def luhn_there():
    return [(reference.is_valid(one), reference.calc_check_digit(one)) for one in numbers()]


@pytest.mark.checks("visa-authorization", "python-stdnum")
def test_stdnum_judges_numbers_alike(evidence):
    differ = missed(luhn_here(), luhn_there())
    evidence(
        SLUG, "python-stdnum",
        program="python-stdnum", version=version("python-stdnum"), cases=NUMBERS, different=differ,
        compared="whether random numbers of 8 to 19 digits pass, and which digit would make them pass",
    )  # fmt: skip
    assert differ == 0


@pytest.mark.saboteur("visa-authorization", "python-stdnum")
def test_doubling_the_wrong_digits_is_noticed(monkeypatch):
    right = luhn.total
    monkeypatch.setattr(luhn, "total", lambda digits: right(digits + "0"))
    assert missed(luhn_here(), luhn_there()) > 0


# The books


def journal(wires, limit, balance):
    """Beancount's journal of what the messages say, and the day after: one day an entry."""
    lines = [f"2026-01-01 open {name}" for name in ("Equity:Limit", "Assets:Open", "Assets:Balance", "Assets:Hold")]
    lines += posting("2026-01-01", "Equity:Limit", "Assets:Open", limit)
    lines += posting("2026-01-01", "Assets:Open", "Assets:Balance", balance)
    held = {}
    for wire in wires:
        kind, read = read_there(wire)
        trace, cents = read["11"], f"{int(read['4']) // 100}.{int(read['4']) % 100:02d}"
        # Field 38 tells the issuer's yes; an advice that is answered binds it, unless it has said yes itself.
        yes = (kind == "0110" and read["39"] == "00" and int(read["38"]) == own(trace)) or kind == "0130"
        if yes and trace not in held:
            held[trace] = cents
            lines += posting("2026-01-02", "Assets:Open", "Assets:Hold", cents)
        if kind == "0410" and held.get(trace):
            lines += posting("2026-01-03", "Assets:Hold", "Assets:Open", held[trace])
            held[trace] = ""
    return lines


def own(trace):
    """The approval code by which this issuer marks its own answers."""
    return (int(trace) * 271829 + 104729) % 1000000


def posting(day, giver, taker, amount):
    return [f'{day} * "entry"', f"  {giver}  -{amount} EUR", f"  {taker}  {amount} EUR"]


def bookkept():
    """How many of the runs, and of their balances, Beancount objects to."""
    wrong = cases = 0
    for done in runs():
        if done.query.acts and any(act.verb == "expire" for act in done.query.acts):
            continue  # no message tells of it
        told = done.outcome
        lines = journal(done.machine.office.wires, done.query["limit"], done.query["balance"])
        for account, amount in (("Open", told["open_to_buy"]), ("Hold", told["held"]), ("Balance", told["balance"])):
            plain = amount.replace("−", "-").replace(",", "")
            lines.append(f"2026-02-01 balance Assets:{account}  {plain} EUR")
            cases += 1
        _, errors, _ = loader.load_string("\n".join(lines) + "\n", dedent=False)
        wrong += len(errors)
    return wrong, cases


@pytest.mark.checks("visa-authorization", "Beancount")
def test_beancount_keeps_the_same_books_from_the_messages_alone(evidence):
    differ, cases = bookkept()
    evidence(
        SLUG, "Beancount",
        program="Beancount", version=version("beancount"), cases=cases, different=differ,
        compared="open-to-buy, holds and balance at the end of scenarios and of random runs without an expiry",
    )  # fmt: skip
    assert cases >= 60
    assert differ == 0


@pytest.mark.saboteur("visa-authorization", "Beancount")
def test_a_hold_that_is_booked_as_well_is_noticed(monkeypatch):
    right = VisaAuthorization.held
    monkeypatch.setattr(VisaAuthorization, "held", lambda self: 2 * right(self))
    assert bookkept()[0] > 0


# What must hold at every step


def sums(machine):
    """What must be nought: all accounts, and the rule's figures less those in the books."""
    books = machine.issuer.books
    holds = sum(cents for account, cents in books.accounts.items() if account.startswith("hold"))
    return books.total(), books.balance("open to buy") - machine.left(), holds - machine.held()


def test_the_books_sum_to_nought_and_agree_with_the_rule_after_every_step():
    cls = entries()[SLUG].cls
    found = []

    class Watched(cls):  # type: ignore[misc, valid-type]  # a class found at run time
        def draw(self):
            if len(self.issuer.books.journal) >= 2:  # limit and balance have been written
                found.append(sums(self))
            return super().draw()

    for seed in range(40):
        run(Watched, walk(cls, Rng(seed)))
    assert len(found) > 500
    assert set(found) == {(0, 0, 0)}


def test_a_hold_without_its_other_leg_is_noticed(monkeypatch):
    monkeypatch.setattr(issuer.Issuer, "release", lambda self, case, why: setattr(case, "held", 0))
    with pytest.raises(AssertionError):
        test_the_books_sum_to_nought_and_agree_with_the_rule_after_every_step()


def test_only_test_numbers_are_used_and_people_see_them_masked():
    cls = entries()[SLUG].cls
    full = {"4111111111111111", "4012888888881881", "4222222222222", "4111111111111112"}
    for number in cls.inputs()["number"].corners():
        for entry in cls.inputs()["entry"].corners():
            done = run(cls, parse(cls, f"number={number}&entry={entry}&do=authorise:1.00").query)
            for step in done.steps:
                said = [step.text, *(str(scene.words()) for scene in step.scenes)]
                assert not any(re.search(rf"\b{pan}\b", one) for one in said for pan in full)
