"""Numbers for people: rounded, but never so far that a value and what it is compared with look equal."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from aiplus_cli.contract.values import Amount, Measure, fixed

MOST_DECIMALS = 6
"""As many as JSON has; what is closer to another number than that is said to lie below or above it."""
MOST_TIMES = 1000
"""Beyond it nobody needs to know how often."""


def plain(value: Decimal) -> str:
    """An exact number as it was published, without an exponent: 50.0 stays 50.0."""
    return f"{value:f}"


def readable(value: Decimal, other: Decimal | None) -> str:
    """As it is; rounded, but never to the other, where it has more decimals than any page or JSON needs."""
    if -int(value.as_tuple().exponent) <= MOST_DECIMALS:
        return plain(value)
    return rounded(value, 1, apart_from=[] if other is None else [other])


def with_unit(number: str, unit: str) -> str:
    """A number with its unit, a space between; `7 × 100 million people` where the unit begins with a number."""
    if unit[:1] and unit[0] in "0123456789":
        return f"{number} × {unit}"
    return f"{number} {unit}".rstrip()


def rounded(value: Decimal, digits: int, *, apart_from: Iterable[Decimal] = ()) -> str:
    """At least `digits` decimals; more, until the text differs from every unequal number of `apart_from`.

    After six decimals the side is said instead: `<70.0` for what is below 70 by less than anybody can read.
    """
    grid = Decimal(1).scaleb(-digits)
    others = [other for other in apart_from if other != value and abs(other - value) <= grid]  # no others round alike
    for places in range(digits, max(digits, MOST_DECIMALS) + 1):
        text = fixed(value, places)
        if all(Decimal(text) != Decimal(fixed(other, places)) for other in others):
            return text
    return _beside(value, digits)


def _beside(value: Decimal, digits: int) -> str:
    """The nearest number of six decimals, and on which side of it the value lies."""
    near = Decimal(fixed(value, max(digits, MOST_DECIMALS)))
    needed = -int(near.normalize().as_tuple().exponent)
    text = fixed(near, max(digits, needed))
    return text if value == near else f"{'<' if value < near else '>'}{text}"


def signed(value: Decimal, digits: int, *, apart_from: Iterable[Decimal] = (Decimal(0),)) -> str:
    """As `rounded`, with a sign; a number that is not zero never shows as zero."""
    text = rounded(value, digits, apart_from=apart_from)
    side, number = (text[0], text[1:]) if text[0] in "<>" else ("", text)
    if value <= 0 or (side and not Decimal(number)):
        return text
    return f"{side}+{number}"


def times(value: Decimal, digits: int, *, apart_from: Iterable[Decimal] = (), unit: str = "", scale: int = 1) -> str:
    """How many times, or so many in a hundred of them (`scale` 100); more than a thousand times is all that is said."""
    most = MOST_TIMES * scale
    if abs(value) > most:
        return f">{most}{unit}" if value > 0 else f"<-{most}{unit}"
    return rounded(value, digits, apart_from=apart_from) + unit


def machine(value: Decimal | None) -> Decimal | None:
    """A derived number for JSON and CSV: at most six decimals, without trailing zeros or an exponent."""
    return None if value is None else Amount(value).written()


def fine(value: Decimal | None) -> Decimal | None:
    """A measure for JSON and CSV: fifteen significant digits, as plain as the number allows."""
    return None if value is None else Measure(value).written()
