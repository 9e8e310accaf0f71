"""Django's side of the playground has five rooms, and data goes one way through them."""

import pytest

from tests.conftest import ROOT
from tests.contract.test_core import imports

HOME = ROOT / "playground"
# Each room with those that it may use: the ones before it in a request's way.
MAY = {
    "asking": (),
    "drawn": ("asking",),
    "page": ("asking",),
    "embed": ("asking", "drawn", "page"),
    "guide": ("asking", "drawn", "page"),
}
# It writes a lesson beside the model, so it must know the areas that lessons have.
WRITES_A_LESSON = HOME / "management/commands/startminiature.py"


@pytest.mark.parametrize("room", MAY)
def test_a_room_uses_those_that_come_before_it(room):
    files = sorted((HOME / room).rglob("*.py"))
    assert len(files) > 1
    for path in files:
        used = {module.split(".")[1] for module in imports(path) if module.startswith("playground.")} & MAY.keys()
        assert used <= {room, *MAY[room]}, path


def test_nothing_in_the_playground_knows_the_lessons():
    knows = [path for path in HOME.rglob("*.py") if any(module.split(".")[0] == "lessons" for module in imports(path))]
    assert knows == [WRITES_A_LESSON]
