"""Numbers for people: rounded, but never so far that a value and what it is compared with look equal."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from aiplus_cli.contract.values import Amount, Measure, fixed

MAX_DIGITS = 30


def plain(value: Decimal) -> str:
    """An exact number as it was published, without an exponent: 50.0 stays 50.0."""
    return f"{value:f}"


def with_unit(number: str, unit: str) -> str:
    """A number with its unit, a space between; `7 × 100 million people` where the unit begins with a number."""
    if unit[:1] and unit[0] in "0123456789":
        return f"{number} × {unit}"
    return f"{number} {unit}".rstrip()


def rounded(value: Decimal, digits: int, *, apart_from: Iterable[Decimal] = ()) -> str:
    """At least `digits` decimals; more, until the text differs from every unequal number of `apart_from`."""
    others = [other for other in apart_from if other != value]
    for places in range(digits, MAX_DIGITS):
        text = fixed(value, places)
        if all(Decimal(text) != Decimal(fixed(other, places)) for other in others):
            return text
    return plain(value)


def signed(value: Decimal, digits: int, *, apart_from: Iterable[Decimal] = (Decimal(0),)) -> str:
    """As `rounded`, with a sign; a number that is not zero never shows as zero."""
    text = rounded(value, digits, apart_from=apart_from)
    return f"+{text}" if value > 0 else text


def machine(value: Decimal | None) -> Decimal | None:
    """A derived number for JSON and CSV: at most six decimals, without trailing zeros or an exponent."""
    return None if value is None else Amount(value).written()


def fine(value: Decimal | None) -> Decimal | None:
    """A measure for JSON and CSV: fifteen significant digits, as plain as the number allows."""
    return None if value is None else Measure(value).written()
