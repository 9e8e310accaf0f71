from fractions import Fraction
from math import floor

from hypothesis import given
from hypothesis import strategies as st

from playground.scenes.rounding import nearest


def test_a_half_goes_up_and_less_goes_down():
    assert [nearest(amount, 10) for amount in (0, 4, 5, 14, 15)] == [0, 0, 1, 1, 2]


@given(st.integers(0, 10**12), st.integers(1, 10**6))
def test_it_is_the_nearest_whole_number_of_units(amount, unit):
    assert nearest(amount, unit) == floor(Fraction(amount, unit) + Fraction(1, 2))
