"""Phone and server as they stand: what the phone shows, which codes the server takes now, what is between them."""

from __future__ import annotations

from dataclasses import replace

from playground.machines import hotp
from playground.miniatures.security.totp import views
from playground.miniatures.security.totp import words as spoken
from playground.miniatures.security.totp.model import SECOND, Totp
from playground.miniatures.security.totp.views import NO_SECRET
from playground.miniatures.security.totp.words import ATTACKER, PHONE, SERVER
from playground.scenes.codes import (
    OLD,
    OPEN,
    OUTSIDE,
    SHUT,
    USED,
    Account,
    Codes,
    Compared,
    Device,
    Sent,
    Slot,
    Verdict,
    Verifier,
)
from playground.scenes.sequence import Message

AROUND = 2
"""Time steps before and after the server's own that are in view: as many as the widest window has."""
COMPUTED = frozenset(("data", "base32", "code", "step", "nibble", "picked", "mask", "number"))
"""What of a view of bytes has changed while somebody computes."""
VERDICTS = frozenset(spoken.SHORT)


def computing(model: Totp) -> bool:
    """Whether bytes are being made from bytes; a code that the phone shows is made already."""
    showing = model.met and model.fresh and model.messages[-1].sender == PHONE and model.view.changed == "code"
    return model.view.changed in COMPUTED and not showing


def phones(model: Totp) -> Codes:
    """The two with their clocks, and what goes on between them at this second."""
    second, now = model.server_time(), said_now(model)
    intruder = f"the {ATTACKER}" if model.inside else ""
    account = Account("ada’s account", model.server.wrong, model.lockout, model.server.locked, intruder)
    server = Verifier(SERVER, second, slots(model), account if model.met else None)
    scene = Codes(
        int(model.period),
        Device(PHONE, second + model.drift, model.code_for(model.phone_step()) if model.messages else ""),
        server if model.view != NO_SECRET else Verifier(SERVER, second),
        ATTACKER if model.met else "",
        between(model, now),
        verdict(model, now),
        compared(model, now),
    )
    return replace(scene, changed=changed(model, now, scene))


def slots(model: Totp) -> tuple[Slot, ...]:
    """The steps around the server's own, and how their codes stand."""
    own = model.server_step()
    return tuple(Slot(own + far, model.code_for(own + far), standing(model, far)) for far in range(-AROUND, AROUND + 1))


def standing(model: Totp, far: int) -> str:
    """What would become of a code so many steps from the server's own."""
    step, taken = model.server_step() + far, model.takes(far)
    if model.server.is_used(step):
        if any(step == used for _, used in model.server.uses):
            return USED
        if taken:
            return OLD
    if not taken:
        return OUTSIDE
    return SHUT if model.server.locked else OPEN


def said_now(model: Totp) -> Message | None:
    """What was said last, if that was at this second: what was said before is over."""
    last = model.messages[-1] if model.messages else None
    return last if last and last.time == f"+{model.now // SECOND} s" else None


def between(model: Totp, now: Message | None) -> tuple[Sent, ...]:
    """Codes on their way or typed in, and the server's answers."""
    if not now or now.own:
        return ()
    if now.label in VERDICTS:
        code = sent(model, -2, here=True)
        return (code, sent(model, -1)) if model.fresh else (code,)
    if now.sender == SERVER:
        return (sent(model, -1),) if model.fresh else ()
    return (sent(model, -1, here=not model.fresh or is_guess(now)),)


def sent(model: Totp, place: int, *, here: bool = False) -> Sent:
    """A message as it travels. A code that is passed on is the same one."""
    one = model.messages[place]
    before = model.messages[place - 1] if len(model.messages) >= 1 - place else None
    number = one.number - 1 if before and before.receiver == ATTACKER and one.sender == ATTACKER else one.number
    text = one.label.removeprefix("code ").removeprefix("guess ")
    return Sent(number, text, one.sender, one.receiver, one.state, here)


def is_guess(one: Message) -> bool:
    """Whether it is a single guess: it is sent and judged in one step."""
    return one.label.startswith("guess ")


def verdict(model: Totp, now: Message | None) -> Verdict | None:
    """What became of a code, or would become of the phone's."""
    if is_watching(model):
        would = model.would_be(model.phone_step() - model.server_step())
        return Verdict(would, would == spoken.TAKEN)
    if not now or not (now.label in VERDICTS or is_guess(now)):
        return None
    code = now.label not in VERDICTS or hotp.is_code(hotp.typed(model.sent), model.length)
    return Verdict(spoken.shortly(model.server.verdict, code), model.server.verdict == "accepted")


def is_watching(model: Totp) -> bool:
    """Whether it is told what would become of the phone's code, which nobody sends."""
    far = model.phone_step() - model.server_step()
    return model.view.changed == "verdict" and model.view.verdict == views.watched(far, model.would_be(far))


def compared(model: Totp, now: Message | None) -> Compared | None:
    """The step whose code the server has just compared with the one that was sent."""
    if not now or now.receiver != SERVER or is_guess(now) or model.fresh or not model.view.verdict:
        return None
    own = model.server_step()
    steps = (own + far for far in model.offsets())
    step = next((one for one in steps if model.view.title == f"{SERVER.capitalize()}: HMAC of step {one}"), None)
    return Compared(step, model.view.verdict.good) if step is not None else None


def changed(model: Totp, now: Message | None, scene: Codes) -> str:
    """What the step is about."""
    seen = {one.step for one in scene.verifier.slots}
    if is_watching(model):
        return f"slot:{scene.step}" if scene.step in seen else "clocks"
    if not now:
        return "clocks" if model.met else ""
    if scene.compared:
        return f"slot:{scene.compared.step}"
    if now.label in VERDICTS:
        spent = model.server.verdict in ("accepted", "used") and model.server.last_used in seen
        return f"slot:{model.server.last_used}" if spent else "account"
    if now.own:
        return "device" if now.sender == PHONE else "account"
    if not scene.sent:
        return "clocks" if model.met else ""
    return "account" if now.label.endswith(("guess", "guesses")) or is_guess(now) else "sent"
