"""What stands around the model of an authorisation: sources, simplifications, checks, scenarios."""

from playground.engine import Check, Moment, Scenario, Source

SOURCES = (
    Source("ISO 8583:1987, the field table", "https://a8docs.xeus.dev/iso8583/bitmap-elements.html"),
    Source("What are bitmaps, with worked examples", "https://docslib.org/doc/10918439/what-are-bitmaps-edit"),
    Source("ISO/IEC 7812-1, the check digit, as told by paylike/luhn", "https://github.com/paylike/luhn"),
)

SIMPLIFIED = (
    "Each link has a layout of its own in practice: one message travels unchanged here, in one field table.",
    "It is ISO 8583:1987 in ASCII. VisaNet puts a header in front and packs fields; nothing here was held beside it.",
    "Bitmaps travel as eight bytes; many hosts write sixteen hexadecimal digits. No field above 64 is sent here.",
    "Requests and answers carry some ten fields; real ones carry more, among them who acquires and what is sold.",
    "The chip’s cryptogram is made with HMAC-SHA-256; EMV makes it with keys and a cipher of the card.",
    "A payment that is typed online is shown without 3-D Secure, which happens before it and beside it.",
    "The way between two of the four takes the same time whenever it is gone; the issuer serves one at a time.",
    "The network waits half as long as the acquirer before it stands in, and looks at the amount alone.",
    "The acquirer sends a reversal three times; then its files of the night would settle it.",
    "Adding to a hold is a request with the reference of the first; networks mark it in fields of their own.",
    "A hold lasts seven days. Real limits depend on what is sold and on the issuer.",
    "Card numbers are test numbers. People see the first six and the last four digits; the bytes show all.",
)

CHECKS = (
    Check("pyiso8583", "random messages and every message of the scenarios, packed and unpacked", "exact bytes"),
    Check("python-stdnum", "Luhn’s verdict and check digit of random numbers", "exact choice"),
    Check("Beancount", "open-to-buy, kept from the messages alone, after random runs", "exact sum"),
)

SCENARIOS = (
    # The answer leaves the network at 1.61 s; the line fails before that.
    Scenario(
        "lost-answer",
        "The answer is lost",
        "do=@1500000:drop:answer&step=22",
        "The shop says declined, the issuer holds the money, and only a reversal lets go of it.",
    ),
    Scenario(
        "lost-request",
        "The request is lost",
        "do=@1010000:drop:request&step=16",
        "For the shop nothing differs from the scenario before; in the books nothing has happened.",
    ),
    # 310.00 of 500.00 are booked: 62.40 and 100.00 fit, 40.00 more do not.
    Scenario(
        "three-purchases",
        "Two holds, and no more",
        "do=authorise:100.00&do=authorise:40.00&step=34",
        "Nothing has been paid, and yet the third purchase is too much.",
    ),
    # Waits 2 s for an issuer that takes 3.
    Scenario(
        "slow-issuer",
        "Yes, too late",
        "latency=3.0&timeout=2.0&step=19",
        "The issuer says yes after the acquirer has given up; its reversal waits in the same queue.",
    ),
    # Stands in up to 100: 62.40 is approved though 500.00 are booked.
    Scenario(
        "stand-in",
        "The network stands in",
        "balance=500.00&latency=6.0&stand_in=100&step=21",
        "The shop gets a yes that the issuer would not have given, and the issuer has to hold the amount.",
    ),
    Scenario(
        "lost-reversal",
        "The reversal is lost too",
        "timeout=1.5&do=@1500000:drop:answer&do=@1510000:drop:reversal&step=24",
        "It is sent again as 0401, so that nobody undoes a payment twice.",
    ),
    # 62.40 held, 40.00 more on the same hold, and then the shop takes it all back.
    Scenario(
        "nobody-undoes",
        "Every reversal is lost",
        "timeout=1.5&do=@1500000:drop:answer&do=@1510000:drop:reversals&step=26",
        "The shop shows declined, and the amount stays held until somebody compares the files.",
    ),
    Scenario(
        "hotel",
        "A hotel adds, and cancels",
        "entry=tap&do=increment:40.00&do=find:55&do=reverse&do=expire&step=32",
        "A hold can grow, by a request of its own; cancelling undoes that one and leaves the first.",
    ),
    Scenario("mistyped", "A digit is wrong", "number=mistyped&entry=online&step=4", "Luhn’s sum finds it in the shop."),
)

MOMENT = Moment(
    "do=@1500000:drop:answer&step=22", lambda done: f"{done.outcome['purchases'][0]['cents'] / 100:.2f}", "held"
)
