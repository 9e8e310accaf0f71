"""The partition: what it is written from, what it leaves out, what it is checked against, and runs that teach."""

from playground.engine import Check, Scenario, Source

SOURCES = (
    Source("Apache Kafka, Message Format", "https://kafka.apache.org/42/implementation/message-format"),
    Source("Apache Kafka, Design: Persistence, Efficiency", "https://kafka.apache.org/40/design/design"),
    Source(
        "Apache Kafka, LogSegment.java and OffsetIndex.java",
        "https://github.com/apache/kafka/tree/trunk/storage/src/main/java/org/apache/kafka/storage/internals/log",
    ),
)

SIMPLIFIED = (
    "One partition on one broker: replication, which is what makes an acknowledged message safe, is left out.",
    "Nothing is compressed. In Kafka a producer compresses a whole batch, and it stays so up to the consumer.",
    "A fetch brings the rest of one segment; in Kafka it also ends at a size that the consumer names.",
    "The time index, with entries of 12 bytes, is not kept, and segments are never old enough to be deleted.",
    "The page cache never runs full. What the index and the headers themselves cost to read is not counted.",
    "Copies are counted as the documents count them, with a card that gathers; none is measured.",
)

CHECKS = (
    Check("kafka-python", "every byte of a batch, written by either and read by the other", "exact bytes"),
    Check("rfc3720", "CRC-32C of the published vectors", "exact bytes"),
    Check("offset-index", "index entries and look-ups, by the rules of Kafka’s source", "exact choice", ours=True),
    Check("copies", "copies and system calls, against the list in Kafka’s documentation", "exact sequence"),
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
    # A poll commits what the poll before it brought; the last one is not committed yet.
    Scenario(
        "a-consumer-restarts",
        "A consumer restarts",
        "do=restart:billing&do=poll:billing&do=poll:billing&do=roll&do=produce:4&do=poll:billing&do=poll:billing&step=26",
        "What was received and not committed is read once more.",
    ),
    Scenario(
        "small-segments",
        "Small segments, a dense index",
        "segment=512&interval=64&do=fetch:search:30&step=33",
        "Three segments, and an entry for all but the first batch of each.",
    ),
)
