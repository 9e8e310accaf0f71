"""What needs a library is handed in; a bare core says kindly what it lacks."""

import subprocess
import sys

import pytest

from playground.cli import stand_in
from playground.scenes import handed, qr
from playground.scenes.handed import Handed, NotHanded
from tests.conftest import ROOT


def tea() -> Handed[[], str]:
    return Handed("tea")


def test_what_is_absent_is_named():
    with pytest.raises(NotHanded, match=r"^Nothing here makes tea\. Whoever starts the core hands in"):
        tea()()


def test_an_offer_counts_where_nothing_has_been_handed_in():
    made = tea()
    made.offer(lambda: "mint")
    made.offer(lambda: "none")
    assert made() == "mint"
    made.hand(lambda: "green")
    made.offer(lambda: "none")
    assert made() == "green"


def test_equal_texts_have_equal_modules_and_a_quiet_zone_of_four():
    text = "otpauth://totp/Orrery:ada"
    rows = handed.qr_modules(text)
    assert rows == handed.qr_modules(text)
    assert {len(row) for row in rows} == {len(rows)}
    assert qr.side(text) == len(rows) + 8
    # A finder pattern begins with seven dark modules; the symbol begins after the quiet zone.
    assert qr.runs(rows, 4).startswith("M16 18h28m")


BARE = """
import sys
sys.path.insert(0, {root!r})
from playground.cli import main
raise SystemExit(main(["run", "totp", "&".join(["do=log_in"] * 20)]))
"""


def test_a_long_run_is_weighed_from_the_command_line_without_any_library():
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-B", "-c", BARE.format(root=str(ROOT))],
        capture_output=True,
        text=True,
        check=True,
    )
    assert '"log_ins": 1' in done.stdout


@pytest.mark.parametrize("text", ["a", "otpauth://totp/Orrery:ada?secret=" + "A" * 103])
def test_the_stand_in_has_about_as_many_modules(text):
    assert abs(len(stand_in(text)) - len(handed.qr_modules(text))) <= 8
