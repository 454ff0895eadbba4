"""Numbers for people and for machines."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aiplus_cli.contract.numbers import fine, machine, plain, rounded, signed, times, with_unit


@pytest.mark.parametrize(
    ("number", "unit", "text"),
    [
        ("42.8", "%", "42.8 %"),
        ("7", "亿人", "7 亿人"),
        ("7", "100 million people", "7 × 100 million people"),
        ("7", "1st places", "7 × 1st places"),
        ("7", "", "7"),
    ],
)
def test_a_number_stands_before_its_unit(number: str, unit: str, text: str) -> None:
    """A unit that begins with a number is multiplied, and without a unit nothing trails."""
    assert with_unit(number, unit) == text


@pytest.mark.parametrize(
    ("value", "digits", "apart_from", "text"),
    [
        ("2.25", 1, [], "2.2"),
        ("2.35", 1, [], "2.4"),
        ("50", 1, [], "50.0"),
        ("50", 0, [], "50"),
        ("1e6", 0, [], "1000000"),
        ("69.96", 1, ["70"], "69.96"),
        ("69.9634", 1, ["70"], "69.96"),
        ("70", 1, ["70.0"], "70.0"),
        ("69.96", 1, ["70", "69.961"], "69.960"),
        ("0.31", 3, ["70"], "0.310"),
    ],
)
def test_a_number_shows_as_many_digits_as_tell_it_from_others(
    value: str, digits: int, apart_from: list[str], text: str
) -> None:
    """Halves go to the even digit; an equal number asks for no more digits, an unequal one until they differ."""
    assert rounded(Decimal(value), digits, apart_from=map(Decimal, apart_from)) == text


@pytest.mark.parametrize(
    ("value", "digits", "apart_from", "text"),
    [
        ("69.999999", 1, "70", "69.999999"),
        ("69.9999999", 1, "70", "<70.0"),
        ("70.0000001", 1, "70", ">70.0"),
        ("69.999999999999999999", 0, "70", "<70"),
        ("49.9999999999", 1, "50.0000000001", "<50.0"),
        ("0.5000000001", 1, "0.5", ">0.5"),
        ("66.6666666666", 0, "66.666666666666666667", "<66.666667"),
        ("1e-18", 4, "0", ">0.0000"),
        ("-1e-18", 1, "0", "<0.0"),
        ("99.9999999999", 0, "100", "<100"),
    ],
)
def test_what_nobody_can_tell_apart_in_six_decimals_is_said_to_lie_on_its_side(
    value: str, digits: int, apart_from: str, text: str
) -> None:
    """Below or above, and never as equal; nobody reads eighteen decimals."""
    assert rounded(Decimal(value), digits, apart_from=[Decimal(apart_from)]) == text


@given(
    st.decimals(-1000, 1000, allow_nan=False, places=12), st.decimals(-1000, 1000, allow_nan=False, places=12),
    st.integers(0, 4),
)  # fmt: skip
def test_a_shown_number_never_contradicts_the_number(value: Decimal, other: Decimal, digits: int) -> None:
    """It lies on the side that is said, is rounded by half a last digit at most, and has six decimals at most."""
    for each in (other, value + Decimal("1e-12"), value - Decimal("1e-9"), Decimal(0)):
        text = rounded(value, digits, apart_from=[each])
        number = Decimal(text.lstrip("<>"))

        assert len(text.partition(".")[2]) <= 6
        assert not text.startswith("<") or value < number
        assert not text.startswith(">") or value > number
        assert abs(number - value) <= Decimal(5).scaleb(-1 - digits)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("1.5", "1.50×"),
        ("1.9999", "1.9999×"),
        ("1.9999999999", "<2.00×"),
        ("1000", "1000.00×"),
        ("1000.001", ">1000×"),
        ("1e24", ">1000×"),
        ("-1e24", "<-1000×"),
    ],
)
def test_how_many_times_ends_at_a_thousand(value: str, text: str) -> None:
    """Nobody needs the digits of 1e24 times."""
    assert times(Decimal(value), 2, apart_from=[Decimal(2)], unit="×") == text


def test_growth_in_per_cent_ends_at_a_thousand_times_too() -> None:
    """Of a hundred per cent."""
    assert times(Decimal("1e9"), 1, unit=" %", scale=100) == ">100000 %"
    assert times(Decimal("95.04"), 1, unit=" %", scale=100) == "95.0 %"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("-0.04", "0.0"),
        ("0.04", "0.0"),
        ("-0", "0.0"),
        ("-0.06", "-0.1"),
        ("-1", "-1.0"),
        ("9.96e40", "9" + "96" + "0" * 38 + ".0"),
        ("1e40", "1" + "0" * 40 + ".0"),
        ("1.26e41", "1.26e+41"),
        ("-1.264e41", "-1.26e+41"),
    ],
)
def test_a_zero_has_no_sign_and_only_the_very_large_have_an_exponent(value: str, text: str) -> None:
    """What rounds to zero is zero, never -0.0; up to ten to the fortieth power every digit is written."""
    assert rounded(Decimal(value), 1) == text


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        ("1.5", 1, "+1.5"),
        ("-1.5", 1, "-1.5"),
        ("0", 1, "0.0"),
        ("-0", 1, "0.0"),
        ("0.00", 2, "0.00"),
        ("0.0004", 1, "+0.0004"),
        ("-0.0004", 1, "-0.0004"),
        ("-0.0004", 2, "-0.0004"),
        ("1e-18", 1, ">0.0"),
        ("-1e-18", 1, "<0.0"),
        ("-1e-18", 0, "<0"),
    ],
)
def test_a_change_has_a_sign_and_never_looks_like_none(value: str, digits: int, text: str) -> None:
    """Digits are added until a change that is not zero shows; zero has no sign."""
    assert signed(Decimal(value), digits) == text


def test_a_change_can_be_told_from_another_one() -> None:
    """Where it is compared with something else than nothing."""
    assert signed(Decimal("1.04"), 1, apart_from=[Decimal(1)]) == "+1.04"
    assert signed(Decimal("0.04"), 1, apart_from=[]) == "+0.0"


@pytest.mark.parametrize(
    ("value", "short"),
    [
        ("1.23456789", "1.234568"),
        ("1.50", "1.5"),
        ("-0.0000001", "0"),
        ("-0", "0"),
        ("100.0", "100"),
        ("1.2e3", "1200"),
        ("1e23", "1" + "0" * 23),
        ("1e24", "1E+24"),
        ("-1e24", "-1E+24"),
        ("0.0000015", "0.000002"),
    ],
)
def test_a_machine_gets_six_decimals_at_most(value: str, short: str) -> None:
    """No trailing zeros, no sign of zero, and no exponent below ten to the twenty-fourth power."""
    assert str(machine(Decimal(value))) == short


@pytest.mark.parametrize(
    ("value", "short"),
    [
        ("0.12345678901234567", "0.123456789012346"),
        ("0.10", "0.1"),
        ("120", "120"),
        ("999999999999999", "999999999999999"),
        ("1e14", "1" + "0" * 14),
        ("1e15", "1E+15"),
        ("-1e15", "-1E+15"),
        ("1234567890123456", "1.23456789012346E+15"),
    ],
)
def test_a_measure_has_fifteen_significant_digits(value: str, short: str) -> None:
    """As plain as the number allows."""
    assert str(fine(Decimal(value))) == short


def test_nothing_stays_nothing() -> None:
    """A number that does not apply is not made up."""
    assert machine(None) is None
    assert fine(None) is None


def test_a_published_number_keeps_its_digits() -> None:
    """50.0 stays 50.0, and an exponent is written out."""
    assert plain(Decimal("50.0")) == "50.0"
    assert plain(Decimal("5e3")) == "5000"
