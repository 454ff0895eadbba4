"""Numbers as they are written: which characters are digits, how long a number may be, and sums that are never rounded.

Digits are those of ASCII and the full-width ones of Chinese text. Whatever else counts something (`²`, `①`, `½`, `Ⅳ`,
`٤`) is a mark. `int`, `Decimal`, regular expressions and NFKC make digits of some of them: no text goes there but from
here.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Context, Decimal, DivisionByZero, Inexact, InvalidOperation, Overflow, Rounded, localcontext
from functools import wraps
from typing import ParamSpec, TypeVar
from unicodedata import category, normalize

P = ParamSpec("P")
T = TypeVar("T")
MOST_DIGITS = 24
"""Before and behind the point together: every difference and sum of such numbers fits into EXACT."""
EXACT = Context(prec=3 * MOST_DIGITS, traps=[Inexact, Rounded, InvalidOperation])
"""For what is promised to be exact: it raises an error rather than round."""
WORKING = Context(prec=60, traps=[InvalidOperation, DivisionByZero, Overflow])
"""For what has no end of digits, such as a pace: more than twice as many as a figure has."""
_SETTLED = Context(prec=MOST_DIGITS)
PLAIN = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")
"""A number as it is written in targets.yaml, in options and in the program's own files."""
WHOLE = re.compile(r"-?[0-9]{1,9}")
_WIDE = (*range(0xFF01, 0xFF5F), *range(0xFE50, 0xFE6C), 0x3000)
_NARROW = {code: normalize("NFKC", chr(code)) for code in _WIDE}


def narrow(text: str) -> str:
    """The text with full-width characters in their ASCII form; every other character stays what it is."""
    return text if text.isascii() else text.translate(_NARROW)


def compact(text: str) -> str:
    """As `narrow`, without any blanks."""
    return "".join(narrow(text).split())


def marks(text: str) -> str:
    """The characters that count something and are no digits, each once: raised, enclosed, Roman, of other scripts."""
    if text.isascii():
        return ""
    return "".join(dict.fromkeys(char for char in narrow(text) if not char.isascii() and category(char)[0] == "N"))


def read_number(text: str) -> Decimal | None:
    """The number that a text is, to its last digit; None for any other text, and for one that is too long."""
    if not PLAIN.fullmatch(text):
        return None
    number = Decimal(text)
    return number if is_short(number) else None


def read_whole(text: str) -> int | None:
    """The whole number of at most nine digits that a text is; None for any other text."""
    return int(text) if WHOLE.fullmatch(text) else None


def is_short(number: Decimal) -> bool:
    """Whether a number is finite and has at most 24 digits before and behind its point."""
    text = str(number)
    if len(text) <= MOST_DIGITS and "E" not in text:  # as nearly all are: every line of a ledger comes by here
        return number.is_finite()
    _, digits, exponent = number.as_tuple()
    if not isinstance(exponent, int):
        return False
    return max(len(digits) + exponent, 0) + max(-exponent, 0) <= MOST_DIGITS


def unrounded(function: Callable[P, T]) -> Callable[P, T]:
    """A function that works in WORKING, whatever the context of its caller."""

    @wraps(function)
    def inner(*args: P.args, **kwargs: P.kwargs) -> T:
        with localcontext(WORKING):
            return function(*args, **kwargs)

    return inner


def settled(number: Decimal) -> Decimal:
    """A quotient with as many digits as a figure has; those behind are noise, and no verdict hangs on them."""
    return _SETTLED.plus(number)


def difference(one: Decimal, other: Decimal) -> Decimal:
    """One number less the other, exactly."""
    return EXACT.subtract(one, other)
