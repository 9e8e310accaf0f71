"""The messages of a run by pyiso8583."""

from __future__ import annotations

from playground.engine import Recipe, Run
from playground.machines.iso8583 import FIELDS, unpack
from playground.miniatures.payments.visa_authorization.model import VisaAuthorization

MOST = 8
"""Messages that are read."""
TRIED = ("entry=stripe&do=@1500000:drop:answer", "number=visa-13&entry=online&stand_in=100&latency=9.0")
WRONG = (("", 'int(read["4"])', 'int(read["11"])'),)
BITMAP = slice(4, 12)
"""Where the first one stands in a message."""

SCRIPT = """\
from iso8583 import decode

def field(most, prefix, kind):
    return {{"data_enc": kind, "len_enc": "ascii", "len_type": prefix, "max_len": most, "desc": ""}}

spec = {{"h": field(0, 0, "ascii"), "t": field(4, 0, "ascii"), "p": field(8, 0, "b"), "1": field(8, 0, "b")}}
for number, (most, prefix, kind) in {table}.items():
    spec[str(number)] = field(most, prefix, kind)

for line in open("messages.txt"):
    read, _ = decode(bytes.fromhex(line), spec)
    print(read["t"], read["p"], int(read["4"]), read.get("39", "-"))
"""


def elsewhere(done: Run) -> tuple[Recipe, ...]:
    """Type, bitmap, amount and response code of each message, of the first ones if there are many."""
    wires = done.model(VisaAuthorization).office.wires
    if not wires:
        return ()
    table = {number: (field.size, field.prefix, "b" if field.binary else "ascii") for number, field in FIELDS.items()}
    script = SCRIPT.format(table=table)
    lines = "".join(f"{wire.hex()}\n" for wire in wires[:MOST])
    files = (("read.py", script), ("messages.txt", lines))
    return (Recipe("pyiso8583", "python3 read.py\n", files, prints=tuple(map(printed, wires[:MOST]))),)


def printed(wire: bytes) -> str:
    kind, fields = unpack(wire)
    return f"{kind} {wire[BITMAP].hex().upper()} {int(fields[4])} {fields.get(39, '-')!s}"
