"""What may be set: the closed set of input kinds, a file for each family."""

from playground.engine.inputs.choices import Choice, Flag
from playground.engine.inputs.keys import Key
from playground.engine.inputs.kind import Invalid, Kind, has_control, shown
from playground.engine.inputs.names import Name, Named, Names, unweighted
from playground.engine.inputs.numbers import SEEDS, Fixed, Numbers, Seed, Whole
from playground.engine.inputs.texts import Hex, Text

__all__ = [
    "SEEDS",
    "Choice",
    "Fixed",
    "Flag",
    "Hex",
    "Invalid",
    "Key",
    "Kind",
    "Name",
    "Named",
    "Names",
    "Numbers",
    "Seed",
    "Text",
    "Whole",
    "has_control",
    "shown",
    "unweighted",
]
