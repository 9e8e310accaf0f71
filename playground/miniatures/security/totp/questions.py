"""What the codes are asked about: questions made from wrong models, and the challenge."""

from playground.engine import Challenge, Condition, Query, Question, Rng, Run, Score, do, query_for
from playground.miniatures.security.totp.beliefs import (
    CountsFromOne,
    FirstByteSays,
    FirstFour,
    GoodUntilItsEnd,
    HighHalf,
    KnowsThePhone,
    LastFour,
    LimitIsShut,
    LocksAfterTheNext,
    NeverForgets,
    NewAfterUse,
    NothingStops,
    NoWindow,
    OneAtATime,
    OneMoreForTheWay,
    OtherWay,
    OwnerOpens,
    SetByNetwork,
    ToTheSecond,
    WholeStepsOnly,
)
from playground.miniatures.security.totp.model import Totp

STEPS = ("", "one step", "two steps")


def clock_told(query: Query) -> str:
    """How far the phone's clock is off."""
    drift = query["drift"]
    if not drift:
        return "ada’s phone has the server’s time"
    return f"ada’s phone is {abs(drift)} s {'fast' if drift > 0 else 'slow'}"


def window_told(query: Query) -> str:
    """Which codes the server accepts."""
    if not query["window"]:
        return "the server accepts only the code of its own step"
    side = "before it" if query["looks"] == "back" else "on either side"
    return f"the server accepts the code of its own step and of {STEPS[query['window']]} {side}"


class HowManySeconds(Question):
    """The phone's clock is off. For how long of each step is its code right?"""

    name = "how-many-seconds"
    title = "a clock off"
    because = (
        "Both clocks go from step to step at their own seconds, so the steps are sometimes one further apart than at "
        "other times, and the window holds both, one of them, or neither."
    )
    goes = "In {thing} the phone’s code is right for {choice}."
    form = "number"
    reads = "watched"
    about = "seconds of one step"
    wrong = (WholeStepsOnly, OtherWay, SetByNetwork, ToTheSecond, NoWindow, OneMoreForTheWay)
    verbs = "watch"
    needs = "a run in which watching one whole step is all that is done"

    @classmethod
    def pose(cls, rng: Rng) -> Query:
        """A third of the phones always get in, a third never, and a third at some seconds."""
        looks, window, sign = rng.choice(("both", "both", "back")), rng.below(3), rng.choice((-1, 1))
        room = 30 * window
        kind = rng.below(5)
        if looks == "back":
            sign = -1 if kind < 2 else sign
            room = room if sign < 0 else 0
        if kind < 2:
            off = rng.between(2, max(room, 29))
        elif kind < 4:
            off = room + rng.between(2, 28)
        else:
            off = room + rng.between(31, 58)
        secret = bytes(rng.below(256) for _ in range(20))
        return query_for(Totp, do("watch"), secret=secret, drift=sign * min(off, 119), window=window, looks=looks)

    @classmethod
    def prompt(cls, query: Query) -> str:
        return (
            f"{clock_told(query)}; {window_told(query)}. In how many of the {query['period']} seconds of one of its "
            "steps would the server accept the code that the phone shows?"
        )


class WhoGetsIn(Question):
    """A code is typed into a copied page and passed on; then its owner logs in herself."""

    name = "who-gets-in"
    title = "who gets in"
    because = (
        "The server sees digits and not who sends them: it accepts any code of its window, each once, and the phone "
        "shows another one only when its own step is over."
    )
    goes = "{thing}: {choice}."
    wrong = (GoodUntilItsEnd, NewAfterUse, KnowsThePhone, OneAtATime, NoWindow, OneMoreForTheWay)
    before = -3
    verbs = "(wait )+phish wait log_in"
    needs = "a run in which time passes, a code is phished, time passes and ada logs in, and nothing else is done"

    @classmethod
    def fits(cls, done: Run) -> bool:
        return not 0 < done.query["lockout"] <= 3

    @classmethod
    def pose(cls, rng: Rng) -> Query:
        """In turn: the same code twice, a code each, and a clock that is out of the window first and in it later."""
        kind, window = rng.below(3), rng.between(1, 2)
        looks, sign = ("back", -1) if rng.below(4) == 0 else ("both", rng.choice((-1, 1)))
        step, second, rest = 30 * rng.between(41152263, 42152263), rng.below(30), rng.between(6, 24)
        if kind == 2:
            # Fast by `rest` beyond the window, a phone is out of it in the last seconds of a step; slow, in the first.
            drift = sign * (30 * window + rest)
            second = rng.between(30 - rest, 29) if sign > 0 else rng.below(rest)
            later = rng.below(30 - rest) + 30 if sign > 0 else rng.between(rest, 29)
            pause = max(later - second, 1)
        else:
            drift = sign * rng.between(0, 30 * window)
            left = 30 - (second + drift) % 30
            pause = rng.between(1, max(left - 1, 1)) if kind == 0 else left + rng.below(26)
        wait = rng.between(31, 90)
        acts = (do("wait", wait), do("phish"), do("wait", pause), do("log_in"))
        return query_for(Totp, *acts, time=step + second - wait, drift=drift, window=window, looks=looks)

    @classmethod
    def prompt(cls, query: Query) -> str:
        period = int(query["period"])
        second = query["time"] + sum(act.arguments[0] for act in query.acts[:-3])
        left = period - (second + query["drift"]) % period
        return (
            f"{clock_told(query)}; {window_told(query)}. At second {second % period} of a server’s step ada "
            f"types her code, shown for {left} s more, into a copied page that passes it on at once. "
            f"{query.argument(-2)} s later she logs in at the true page. Who gets in?"
        )

    @classmethod
    def answer(cls, done: Run) -> str:
        owner, attacker = done.outcome["verdict"] == "accepted", done.outcome["inside"]
        if owner:
            return "ada and the attacker" if attacker else "ada alone"
        return "the attacker alone" if attacker else "nobody"


class HowManyCompared(Question):
    """Guesses, a log-in of the owner's, more guesses: how many does the server compare?"""

    name = "how-many-compared"
    title = "how many compared"
    because = (
        "Wrong codes in a row are counted until a right one sets the count back, and at the limit the account is "
        "locked for everybody, also for its owner."
    )
    goes = "Of {thing} {choice} are compared."
    form = "number"
    reads = "checked"
    about = "the first {attempted} guesses"
    wrong = (NeverForgets, OwnerOpens, NothingStops, LocksAfterTheNext, LimitIsShut)
    verbs = "guess wait log_in guess"
    needs = (
        "a run with a limit of two or more in which codes are guessed, half a minute or more passes, ada logs in with "
        "a clock that the window holds, and codes are guessed again"
    )

    @classmethod
    def fits(cls, done: Run) -> bool:
        query = done.query
        fresh = query.acts[1].arguments[0] > int(query["period"])
        held = done.outcome["apart"] <= query["window"] and query["looks"] == "both"
        return bool(query["lockout"] >= 2 and fresh and held)

    @classmethod
    def pose(cls, rng: Rng) -> Query:
        """Six times in seven the limit is not reached before ada logs in: where it is, it is the answer."""
        limit = rng.between(4, 20)
        first = limit + rng.below(9) if rng.below(7) == 0 else rng.between(2, limit - 1)
        later = rng.between(2, 2 * limit)
        secret = bytes(rng.below(256) for _ in range(20))
        acts = (do("guess", first), do("wait", rng.between(31, 90)), do("log_in"), do("guess", later))
        return query_for(Totp, *acts, secret=secret, lockout=limit)

    @classmethod
    def prompt(cls, query: Query) -> str:
        first, later = query.acts[0].arguments[0], query.argument()
        return (
            f"The account locks after {query['lockout']} wrong codes in a row and stays locked. The attacker guesses "
            f"{first} times, then ada logs in with her phone’s code, then the attacker guesses {later} times more. How "
            "many of all these guesses does the server compare?"
        )


class WhichBytes(Question):
    """The hash lies there. Where do the four bytes begin?"""

    name = "which-bytes"
    title = "where truncation begins"
    version = 2
    because = "The last four bits of the hash are a number from 0 to 15, and that many bytes are skipped."
    goes = "The {thing} is number {choice}."
    form = "pick"
    reads = "offset"
    about = "first byte for step {counter}"
    wrong = (FirstFour, LastFour, CountsFromOne, HighHalf, FirstByteSays)
    verbs = "(wait )+hash_step truncate"
    needs = (
        "a run in which all that is done is to wait for another code, to hash the phone’s time step and to truncate it"
    )

    @classmethod
    def pose(cls, rng: Rng) -> Query:
        secret, drift = bytes(rng.below(256) for _ in range(20)), rng.between(-25, 25)
        wait = do("wait", rng.between(60, 3600))
        return query_for(Totp, wait, do("hash_step"), do("truncate"), secret=secret, drift=drift)

    @classmethod
    def prompt(cls, query: Query) -> str:
        return "The phone is about to cut four bytes out of this hash. What is the number of the first one?"


QUESTIONS = (HowManySeconds, WhoGetsIn, HowManyCompared, WhichBytes)
CHALLENGES = (
    Challenge(
        name="forgiving-and-safe",
        goal="ada’s phone is 40 seconds fast. Let it in at every instant, and let a million guesses be in vain.",
        start="drift=40&window=0&lockout=0&step=20",
        solution="drift=40&window=2&do=guess:1000000",
        score=Score(
            unit="chances in a million",
            one="chance in a million",
            of=lambda done: -(-done.outcome["odds_ppb"] // 1000),
            par=50,
            best=0,
            best_run="drift=40&window=2&lockout=3&do=enter:2t&do=enter:13&do=replay&do=guess:1000000",
            limit=10_000,
        ),
        hints=(
            (
                "Forty seconds are more than one step of thirty. Ask how many steps apart the two clocks can be at "
                "worst; the window must hold that."
            ),
            (
                "A window of two is wide enough, and doubles the luck of who guesses. So let the account lock after a "
                "few wrong codes: that counts more than anything else."
            ),
        ),
        conditions=(
            Condition("the phone is 40 seconds fast, and ada has logged in", lambda done: logged_in_at(done, 40)),
            Condition(
                "the window holds wherever in a step the clocks are",
                lambda done: done.outcome["apart"] <= done.outcome["window"],
            ),
            Condition("a million codes have been guessed", lambda done: done.outcome["attempted"] >= 1_000_000),
            Condition("the chance that one was right is under 1 %", lambda done: done.outcome["odds_ppb"] < 10_000_000),
        ),
    ),
)


def logged_in_at(done: Run, drift: int) -> bool:
    """Whether the phone's clock is so far off, and the server has taken its code."""
    return bool(done.query["drift"] == drift and done.outcome["log_ins"] > 0)
