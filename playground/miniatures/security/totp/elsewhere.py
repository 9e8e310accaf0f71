"""The code by oathtool, of the OATH toolkit."""

from __future__ import annotations

from datetime import UTC, datetime

from playground.engine import Recipe, Run
from playground.machines import hotp
from playground.miniatures.security.totp.model import Totp

TRIED = ("algorithm=sha512&digits=8&period=60&do=wait:300", "algorithm=sha256&drift=100")
WRONG = (("", "--totp=sha1", "--totp=sha256"),)


def elsewhere(done: Run) -> tuple[Recipe, ...]:
    """The phone's code at the end of the run."""
    phone = done.model(Totp)
    now = datetime.fromtimestamp(phone.server_time() + phone.drift, UTC)
    words = (
        f"oathtool --totp={phone.algorithm} --digits={phone.digits} --time-step-size={phone.period}s"
        f" --now='{now:%Y-%m-%d %H:%M:%S} UTC' --base32 {hotp.base32(phone.secret)}\n"
    )
    return (Recipe("oathtool", words, prints=(done.outcome["code"],)),)
