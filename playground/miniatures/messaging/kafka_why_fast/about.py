"""The partition: what it is written from, what it leaves out, what it is checked against, and runs that teach."""

from playground.engine import Check, Moment, Scenario, Source

PINNED = "https://github.com/apache/kafka/blob/1eb7644349cb07139d6a3c1ad1986979647cac99"
LOG = f"{PINNED}/storage/src/main/java/org/apache/kafka/storage/internals/log"

SOURCES = (
    Source("Apache Kafka, Message Format", "https://kafka.apache.org/42/implementation/message-format"),
    Source("Apache Kafka, Design: Persistence, Efficiency", "https://kafka.apache.org/40/design/design"),
    Source("Apache Kafka, October 2024, LogSegment.java", f"{LOG}/LogSegment.java"),
    Source("Apache Kafka, October 2024, OffsetIndex.java", f"{LOG}/OffsetIndex.java"),
    Source("Apache Kafka, October 2024, LogValidator.java", f"{LOG}/LogValidator.java"),
    Source(
        "Apache Kafka, ConsumerCoordinator.java, maybeAutoCommitOffsetsAsync",
        "https://github.com/apache/kafka/blob/ba1f8561bfffa678a49731550c3b32a341de4572/clients/src/main/java/org/"
        "apache/kafka/clients/consumer/internals/ConsumerCoordinator.java",
    ),
    Source(
        "Apache Kafka, ProducerConfig.java, batch.size and linger.ms",
        "https://github.com/apache/kafka/blob/0106e705f28aab6395fb471b24782c0bd3880847/clients/src/main/java/org/"
        "apache/kafka/clients/producer/ProducerConfig.java",
    ),
)

SIMPLIFIED = (
    "One partition on one broker: replication, which is what makes an acknowledged message safe, is left out.",
    (
        "The broker reads what it appends: it validates all records, and a compressed batch it decompresses for that. "
        "This work of the CPU is not counted."
    ),
    "Nothing is compressed. In Kafka a producer compresses a whole batch, and it stays so up to the consumer.",
    "A batch is limited by a number of messages. In Kafka by bytes, batch.size, 16,384 unless set otherwise.",
    (
        "A closed batch goes out at once. Under load Kafka’s producer waits for its connection meanwhile, so that "
        "batches fill further, also where linger.ms is 0."
    ),
    "Records have no headers. Transactions, and the control batches that end them, are left out.",
    "A fetch brings the rest of one segment; in Kafka it also ends at a size that the consumer names.",
    (
        "Both groups have committed offset 0 before. In Kafka a group that has committed nothing begins at the end of "
        "the log, unless auto.offset.reset says otherwise."
    ),
    "A group has one consumer, which dies without closing. One that closes commits first, and nothing comes twice.",
    "A commit arrives at once, and never fails.",
    (
        "The disk’s time is a model: a seek for each file, or for each batch at random places, and then the bytes. A "
        "real disk orders its queue and has a cache; an SSD has no head, yet pays for random writes when it cleans up."
    ),
    "The time index, with entries of 12 bytes, is not kept, and segments are never old enough to be deleted.",
    "The page cache never runs full. What the index and the headers themselves cost to read is not counted.",
    "Copies are counted as the documents count them, with a card that gathers; none is measured.",
)

CHECKS = (
    Check("kafka-python", "every byte of a batch, written by either and read by the other", "exact bytes"),
    Check("kafka-python, RecordAccumulator", "when each batch is closed, with how many messages", "exact, in ms"),
    Check("kafka-python, ConsumerCoordinator", "what each poll commits, in random sequences", "exact offsets"),
    Check("rfc3720", "CRC-32C of the published vectors", "exact bytes"),
    Check("offset-index", "index entries and look-ups, by the rules of Kafka’s source", "exact choice", ours=True),
    Check("copies", "copies and system calls, against the list in Kafka’s documentation", "exact sequence"),
    Check(
        "disk", "rates at the defaults, which are chosen for them, against the documentation’s two", "within 1 in 100"
    ),
)

SCENARIOS = (
    # Offset 13 is in the batch of 12 to 15, which has no entry of its own: the scan begins one batch earlier.
    Scenario(
        "an-offset-between-entries",
        "An offset between two entries",
        "do=fetch:search:13&step=31",
        "The index points near the batch, and the rest of the way is read header by header.",
    ),
    Scenario(
        "one-message-a-batch",
        "One message a batch",
        "messages=10&batch=1&step=12",
        "Every message pays for a header of its own, which is larger than itself.",
    ),
    Scenario(
        "twenty-a-batch",
        "Twenty a batch",
        "batch=20&do=poll:search&step=9",
        "Two headers for forty messages, and a fetch that no CPU touches.",
    ),
    Scenario(
        "tls-is-turned-on",
        "TLS is turned on",
        "do=poll:search&do=secure_listener&do=poll:search&step=30",
        "The same kind of fetch, before and after: encryption brings both copies back.",
    ),
    Scenario(
        "after-a-restart",
        "After a restart of the machine",
        "do=empty_cache&do=poll:search&do=fetch:billing:0&step=26",
        "The first reader waits for the disk; the second one finds what the first has read.",
    ),
    # Three messages come in the time of linger; beside it, batches of two, which size closes.
    Scenario(
        "linger-or-size",
        "Linger, or size",
        "messages=12&batch=20&gap=2&step=9",
        "A message every 2 ms: linger is over long before twenty have come.",
        vs="batch:2",
    ),
    # The poll at 6 seconds commits 28, what the first one brought; what it brings itself comes twice.
    Scenario(
        "a-consumer-restarts",
        "A consumer restarts",
        "do=wait:6&do=poll:billing&do=wait:2&do=poll:billing&do=restart:billing&step=36",
        "What was received since the last commit is received once more.",
    ),
    # One message a batch, so that the head moves forty times where the places are random.
    Scenario(
        "in-order-and-at-random",
        "In order, and at random",
        "messages=20&batch=1&segment=4096&disk=yes&step=20",
        "The same twenty batches on a disk that turns: one seek, or twenty.",
    ),
    Scenario(
        "small-segments",
        "Small segments, a dense index",
        "segment=512&interval=64&do=fetch:search:30&step=33",
        "Three segments, and an entry for all but the first batch of each.",
    ),
)

MOMENT = Moment("do=fetch:search:13&step=31", lambda done: str(done.outcome["cpu_bytes"]), "copied")
