"""The consumers’ side: a poll commits, finds its place and fetches; what a fetch copies on the way."""

from playground.engine import Choice, Flag, Refused, Steps, Whole, action, decide
from playground.engine.clock import Wait
from playground.machines import copies
from playground.machines.consumer import Consumer
from playground.machines.copies import CPU, FROM_DISK, Hop
from playground.machines.partition import Kept, Segment
from playground.miniatures.messaging.kafka_why_fast import words as spoken
from playground.miniatures.messaging.kafka_why_fast.producing import MOST, Producing
from playground.scenes.log import LookUp

AT_LENGTH = 8  # fetches told copy by copy; the rest in brief
GROUPS = {"billing": "billing", "search": "search"}
COPY, SENDFILE = "copy", "sendfile"
SECOND = 1_000_000  # microseconds


class Consuming(Producing):
    """Two consumer groups, of one consumer each."""

    send = Choice(
        SENDFILE,
        {SENDFILE: "sendfile", COPY: "read and write"},
        label="Send with",
        help="How a fetch leaves the broker",
    )
    tls = Flag(False, label="TLS", help="On the consumers’ listener")
    commit = Whole(5, least=0, most=60, label="Commit every", unit="s", help="Auto-commit, while it polls; in Kafka 5")

    # The rules.

    def scan_from(self, segment: Segment, target: int) -> int:
        """The byte at which reading begins: what the last entry at or below the offset says, else the first."""
        slot, _ = segment.floor(target)
        return segment.entries[slot].position if slot >= 0 else 0

    def hops(self, cold: bool) -> tuple[Hop, ...]:
        """The copies of a fetch. `cold`: some of it is not in the page cache."""
        direct = self.send == SENDFILE and not self.secure
        return copies.way(copies.BY_SENDFILE if direct else copies.BY_READ_AND_WRITE, cold)

    def commits(self, asking: Consumer) -> bool:
        """What a poll does first: it commits, or it does not yet."""
        return asking.commit(self.now)

    def takes(self, asking: Consumer, stop: int) -> None:
        """What a fetch has brought is handed to the consumer."""
        asking.take(stop)

    def resumes(self, asking: Consumer) -> int:
        """Where a consumer goes on after it has died."""
        return asking.committed

    # What can happen.

    def set_up(self) -> None:
        super().set_up()
        self.groups: dict[str, Consumer] = {}
        self.secure = self.tls
        self.cold: set[int] = set()
        self.look: LookUp | None = None
        self.sent: tuple[int, ...] = ()
        self.path: tuple[tuple[Hop, int], ...] = ()
        self.hopped = -1
        self.found: dict[str, object] | None = None
        self.fetched: dict[str, object] | None = None
        self.restarted: dict[str, object] | None = None
        self.fetches = self.calls = self.switches = self.cpu_bytes = self.dma_bytes = 0

    def start(self) -> Steps:
        self.groups = {name: Consumer(self.commit * SECOND) for name in GROUPS}
        for consumer in self.groups.values():
            consumer.join(self.now)
        if self.messages:
            yield from self.send_all(self.messages)
            yield from self.poll("billing")

    @action("Poll", group=Choice("search", GROUPS, on="reader"), help="A consumer asks for what comes next")
    def poll(self, group: str) -> Steps:
        self.forget()
        asking = self.groups[group]
        target = asking.next
        self.changed = f"reader:{group}"
        if committed := self.commits(asking):
            yield f"{group} commits {asking.committed}, the next offset to read."
        begun = f"{group} asks for" if committed else f"{group} commits nothing yet, and asks for"
        if target >= self.log.end:
            yield f"{begun} offset {target}. It does not exist yet, so the broker lets the request wait."
            return
        segment = self.log.segment_of(target)
        self.look = LookUp(target, -1, (), f"{group} asks for offset {target}.")
        self.changed = f"segment:{segment.base}"
        yield f"{begun} offset {target}. The last segment that begins at or below it is {segment.name}."
        yield from self.look_up(segment, target)
        yield from self.carry(group, [batch for batch in segment.batches if batch.base >= self.read_last])

    @action(
        "Fetch from an offset",
        dropped="{group} fetches from {offset}",
        group=Choice("search", GROUPS, on="reader"),
        offset=Whole(13, least=0, most=MOST - 1, on="batch"),
        help="The consumer goes there (seek), and polls",
    )
    def fetch(self, group: str, offset: int) -> Steps:
        if offset >= self.log.end:
            raise Refused("offset", f"The next offset is {self.log.end}; take a smaller one.")
        self.groups[group].next = offset
        yield from self.poll(group)

    def look_up(self, segment: Segment, target: int) -> Steps:
        """Binary search in the index, then forward in the log, header by header."""
        entries, (_, looked) = segment.entries, segment.floor(target)
        for slot in looked if self.fetches < AT_LENGTH else ():
            words = spoken.probe(entries, slot, target)
            self.changed = f"entry:{spoken.batch_at(segment, entries[slot].position)}"
            self.look = LookUp(target, -1, (), f"Entry {words}")
            yield f"The broker looks at entry {words}"
        position = self.scan_from(segment, target)
        read = segment.scan(target, position)
        first, self.read_last = read[0].base, read[-1].base
        self.look = spoken.begun(entries, target, read)
        self.changed = f"batch:{first}"
        thing = f"scan for offset {target}"
        yield decide(f"The scan for offset {target} begins at byte {position}.", thing, str(position))
        over = sum(batch.size for batch in read[:-1])
        self.look = spoken.ended(self.look, read)
        self.changed = f"batch:{self.read_last}"
        self.view = spoken.header(segment.bytes_of(read[-1]), "baseOffset", f"The batch at offset {self.read_last}")
        self.found = {
            "offset": target, "segment": segment.base, "position": position, "probes": len(looked),
            "batch": self.read_last, "skipped_bytes": over,
        }  # fmt: skip
        if over:
            yield f"Header by header, the broker passes {over} bytes; {target} is among {spoken.offsets(read[-1])}."
        else:
            yield f"The batch that begins there holds {target}: it is among {spoken.offsets(read[-1])}."

    def carry(self, group: str, sent: list[Kept]) -> Steps:
        """The rest of the segment goes out, copy by copy."""
        total = sum(batch.size for batch in sent)
        missing = sum(batch.size for batch in sent if batch.base in self.cold)
        self.sent = tuple(batch.base for batch in sent)
        self.path = tuple((hop, missing if hop == FROM_DISK else total) for hop in self.hops(missing > 0))
        cpu = sum(size for hop, size in self.path if hop.by == CPU)
        calls = 1 if len([hop for hop, _ in self.path if hop != FROM_DISK]) == 1 else 2
        self.changed = f"batch:{sent[0].base}"
        for place, (hop, size) in enumerate(self.path):
            self.hopped = place
            if self.fetches < AT_LENGTH:
                yield spoken.copied(hop, size, calls == 1, self.secure)
            if hop == FROM_DISK:
                self.cold -= set(self.sent)
        self.takes(self.groups[group], sent[-1].last + 1)
        self.fetches += 1
        self.cpu_bytes, self.dma_bytes = self.cpu_bytes + cpu, self.dma_bytes + sum(s for _, s in self.path) - cpu
        self.calls, self.switches = self.calls + calls, self.switches + 2 * calls
        self.fetched = {"group": group, "bytes": total, "cpu_bytes": cpu, "copies": len(self.path), "calls": calls}
        self.changed, self.hopped = f"reader:{group}", len(self.path)
        words = f"{group} has everything up to offset {sent[-1].last}: {total:,} bytes, and the CPU copied {cpu:,}."
        yield decide(words, f"bytes copied by the CPU in fetch {self.fetches}", str(cpu), stop=True)

    @action(
        "Restart a consumer",
        group=Choice("billing", GROUPS, on="reader"),
        help="It dies without closing, and another one goes on from what was committed",
    )
    def restart(self, group: str) -> Steps:
        self.forget()
        asking = self.groups[group]
        asking.committed = self.resumes(asking)
        asking.join(self.now)
        again = asking.behind()
        self.restarted = {"group": group, "offset": asking.next, "again": again}
        self.changed = f"reader:{group}"
        told = spoken.resumed(group, asking.next, again)
        yield decide(told, f"messages that {group} receives again", str(again), stop=again > 0)

    @action("Let time pass", seconds=Whole(6, least=1, most=60, label="Seconds"))
    def wait(self, seconds: int) -> Steps:
        self.forget()
        yield Wait(seconds * SECOND)
        yield f"{seconds} second{'s' if seconds > 1 else ''} pass{'' if seconds > 1 else 'es'}, and nobody polls."

    @action("Empty the page cache", help="As after a restart of the broker’s machine")
    def empty_cache(self) -> Steps:
        self.forget()
        self.cold = {batch.base for segment in self.log.segments for batch in segment.batches}
        yield "The machine was restarted: every batch is on the disk, and none in memory."

    @action("Turn TLS on or off")
    def secure_listener(self) -> Steps:
        self.forget()
        self.secure = not self.secure
        if self.secure:
            yield "The listener speaks TLS from now on: who encrypts needs the bytes, so sendfile is out."
        else:
            yield "The listener speaks plainly from now on: the bytes on disk are the bytes on the wire."

    def forget(self) -> None:
        super().forget()
        self.look, self.sent, self.path, self.hopped = None, (), (), -1
