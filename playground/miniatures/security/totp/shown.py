"""How one-time codes are shown: phone and server, the bytes of a code, what is sent, figures."""

from playground.engine import Metric
from playground.miniatures.security.totp.model import Totp
from playground.miniatures.security.totp.phones import computing, phones
from playground.miniatures.security.totp.stage import Stage
from playground.miniatures.security.totp.views import NO_SECRET
from playground.miniatures.security.totp.words import ATTACKER, PHONE, SERVER, percent
from playground.scenes import sequence
from playground.scenes.scene import Scene

SENDERS = (sequence.Lane(PHONE, "m1"), sequence.Lane(SERVER, "m3"), sequence.Lane(ATTACKER, "other"))


def scenes(model: Totp) -> tuple[Scene, ...]:
    """Phone and server, or the bytes in hand; and what has been sent."""
    messages = tuple(model.messages)
    sent = sequence.Sequence("What is sent", SENDERS, messages, model.fresh, "nothing has been sent yet")
    return Stage(phones(model), model.view, computing(model)), sent


def metrics(model: Totp) -> tuple[Metric, ...]:
    """Figures beside the picture."""
    if model.view == NO_SECRET:
        return ()
    count = len(model.offsets())
    return (
        Metric("Codes accepted at once", str(count), f"of {10**model.length:,}"),
        Metric("The phone’s code lives on", f"{model.left()} s", f"of {model.period}"),
        Metric("Chance of the guesses so far", percent(model.odds()), f"{model.checked:,} compared"),
    )
