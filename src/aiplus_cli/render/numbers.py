"""Numbers for people: rounded, but never so far that a value and what it is compared with look equal."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_EVEN, Decimal, localcontext

MAX_DIGITS = 30
LARGEST_POWER = 40
"""Numbers beyond ten to this power are written with an exponent; growth over a day can be any."""


def plain(value: Decimal) -> str:
    """An exact number as it was published, without an exponent: 50.0 stays 50.0."""
    return f"{value:f}"


def with_unit(number: str, unit: str) -> str:
    """A number with its unit, a space between; `7 × 100 million people` where the unit begins with a number."""
    if unit[:1].isdigit():
        return f"{number} × {unit}"
    return f"{number} {unit}".rstrip()


def rounded(value: Decimal, digits: int, *, apart_from: Iterable[Decimal] = ()) -> str:
    """At least `digits` decimals; more, until the text differs from every unequal number of `apart_from`."""
    others = [other for other in apart_from if other != value]
    for places in range(digits, MAX_DIGITS):
        text = _fixed(value, places)
        if all(Decimal(text) != Decimal(_fixed(other, places)) for other in others):
            return text
    return plain(value)


def _fixed(value: Decimal, places: int) -> str:
    if value.adjusted() > LARGEST_POWER:
        return f"{value:.{places + 1}e}"
    with localcontext() as context:
        context.prec = 80
        text = f"{value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_EVEN):f}"
    return text.removeprefix("-") if Decimal(text) == 0 else text


def signed(value: Decimal, digits: int, *, apart_from: Iterable[Decimal] = (Decimal(0),)) -> str:
    """As `rounded`, with a sign; a number that is not zero never shows as zero."""
    text = rounded(value, digits, apart_from=apart_from)
    return f"+{text}" if value > 0 else text


def machine(value: Decimal | None) -> Decimal | None:
    """A derived number for JSON and CSV: at most six decimals, without trailing zeros or an exponent."""
    if value is None:
        return None
    short = Decimal(_fixed(value, 6)).normalize()
    return short.quantize(Decimal(1)) if short == short.to_integral_value() and abs(short) < 10**24 else short


def fine(value: Decimal | None) -> Decimal | None:
    """A measure for JSON and CSV: fifteen significant digits, as plain as the number allows."""
    if value is None:
        return None
    with localcontext() as context:
        context.prec = 15
        short = (+value).normalize()
    return short.quantize(Decimal(1)) if short == short.to_integral_value() and abs(short) < 10**15 else short
