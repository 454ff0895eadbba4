"""Number formats of spreadsheets: what a cell shows of the number that it holds.

A format has up to four sections, for numbers above, below and at zero, and for texts; conditions in brackets may take
their place. Only the section that applies to a number says whether it is a percentage, a date, or has a unit.
"""

from __future__ import annotations

import math
import operator
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Literal

from aiplus_cli.errors import Fault, Message
from aiplus_cli.intake.files.cells import EPOCH, BadCell, Cell, DayCell, Grain, number_cell

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|[\\!](?P<escaped>.)|[_*].?|\[(?P<bracket>[^\]]*)\]?'
    r"|(?P<general>General|G/通用格式)|(?P<exponent>E[+-])|(?P<halves>AM/PM|A/P|上午/下午)|(?P<plain>.)",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?[0-9]+(?:\.[0-9]*)?(?:E[+-]?[0-9]{1,3})?)\Z", re.IGNORECASE)
_ELAPSED = re.compile(r"(?:h+|m+|s+)\Z", re.IGNORECASE)
_COMPARE: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "=": operator.eq, "<>": operator.ne,
}  # fmt: skip
_PLACES = "0#?"
_SCALED = re.compile(r"[0#?],+(?![0#?,])")
_DECIMALS = re.compile(r"[0#?,]*(?:\.(0*))?%?\Z")
MEANT = re.compile(r"[\u4e00-\u9fff%％‰<>~≈≤≥＜＞]")
"""What makes a text beside a number more than an ornament: a unit or a bound."""
_LAST_SERIAL = 2_958_465
"""That of 9999-12-31."""
_MOST_WHOLE = 10**15
"""From here on a spreadsheet does not keep every digit of a whole number."""
Token = tuple[str, str]
"""Its kind and its text."""
Condition = Callable[[float], bool]


def shown_number(value: float, shape: str, base: date = EPOCH) -> Cell:
    """The cell of a number and its format, as people see it; a day is so many days after `base`."""
    if not math.isfinite(value):
        return str(value)
    section = section_for(shape, value)
    if section is None or (section.kind == "text" and value):
        return shown_otherwise(value)
    if section.kind == "day":
        return shown_day(value, section.grain, base)
    if section.kind == "time":
        return _shown_time(value)
    return _as_shown(value, section, base) if section.is_faithful else shown_otherwise(value)


def shown_day(value: float, grain: Grain, base: date) -> Cell:
    """The day of a serial number."""
    if not 0 <= value < _LAST_SERIAL + 1:
        return shown_otherwise(value)
    missing = 1 if base == EPOCH and value < 60 else 0  # Lotus took 1900 for a leap year, and Excel follows it
    start = datetime(base.year, base.month, base.day)  # noqa: DTZ001 - spreadsheets know no time zone
    return DayCell(start + timedelta(days=missing, milliseconds=round(value * 86_400_000)), grain)


def _shown_time(value: float) -> Cell:
    if not 0 <= value < _LAST_SERIAL + 1:
        return shown_otherwise(value)
    return str(timedelta(seconds=round(value * 86_400)))


def too_precise(number: Decimal) -> BadCell | None:
    """Why a whole number cannot be taken: it has digits that spreadsheets do not show, and mostly do not keep."""
    if abs(number) < _MOST_WHOLE or Decimal(f"{number:.15g}") == number:
        return None
    text = f"{number:f}"[:80]
    what = Message("'{text}' has more digits than the 15 that a spreadsheet keeps", text=text)
    return BadCell(text, Fault(what, Message("write it as text, after a look at its source")))


def shown_otherwise(held: float | Decimal) -> BadCell:
    """Why a number cannot be taken that people do not see: they see thousands of it, a word, or nothing."""
    text = f"{held:.15g}"
    what = Message("the cell holds {number}, and its number format shows something else", number=text)
    return BadCell(text, Fault(what, Message("give the cell a plain number format, and write what is meant")))


def _as_shown(value: float, section: FormatSection, base: date) -> Cell:
    """A number; as text where its format says a unit or a bound: 1.2 shown as 1.2万亿元."""
    found = too_precise(Decimal(repr(value)))
    if found:
        return found
    cell = number_cell(value, percent=section.percent, decimals=section.decimals, base=base)
    before, behind = section.around
    if not MEANT.search(before + behind):
        return cell
    shown = f"{cell.value.scaleb(2):f}%" if section.percent else f"{cell.value:f}"
    return f"{before.replace('-', '').strip()}{shown}{behind.strip()}"


@dataclass(frozen=True)
class FormatSection:
    """One section of a format, as its tokens."""

    tokens: tuple[Token, ...]

    @cached_property
    def condition(self) -> Condition | None:
        """The numbers that it is for, where it says so itself: `[>=100]`."""
        for kind, text in self.tokens:
            match = _CONDITION.match(text) if kind == "bracket" else None
            if match:
                compare, limit = _COMPARE[match[1]], float(match[2])
                return lambda value: compare(value, limit)
        return None

    @cached_property
    def _letters(self) -> str:
        return "".join(text.lower() for kind, text in self.tokens if kind == "plain")

    @cached_property
    def skeleton(self) -> str:
        """The characters that make the number: places of digits, points, commas and signs of per cent."""
        return "".join(char for char in self._letters if char in "0#?.,%")

    @property
    def percent(self) -> bool:
        """Whether it shows the number times a hundred."""
        return "%" in self.skeleton

    @property
    def kind(self) -> Literal["number", "day", "time", "text"]:
        """What it shows; a `text` shows no digit of the number."""
        letters = set(self._letters)
        is_clock = bool(letters & set("hs")) or any(kind == "bracket" and _ELAPSED.match(t) for kind, t in self.tokens)
        if letters & set("ydegb") or ("m" in letters and not is_clock):
            return "day"
        if is_clock:
            return "time"
        has_digits = letters & set(_PLACES) or any(kind == "general" for kind, _ in self.tokens)
        return "number" if has_digits else "text"

    @property
    def grain(self) -> Grain:
        """The smallest part of a date that it shows."""
        letters = set(self._letters)
        if letters & set("dhsa"):
            return "day"
        return "month" if "m" in letters else "year"

    @property
    def decimals(self) -> int | None:
        """How many decimals it always shows; None where that depends on the number."""
        match = _DECIMALS.match(self.skeleton)
        is_plain = not any(kind in ("general", "exponent") for kind, _ in self.tokens) and "/" not in self._letters
        return len(match[1] or "") if match and is_plain else None

    @property
    def around(self) -> tuple[str, str]:
        """The texts before and behind the number."""
        places = self._places
        first, last = (places[0], places[-1]) if places else (len(self.tokens), 0)
        return self._said(0, first), self._said(last, len(self.tokens))

    @property
    def is_faithful(self) -> bool:
        """Whether the digits shown are those of the number: not thousands of it, with no text among them."""
        places = self._places
        inside = self._said(places[0], places[-1]) if places else ""
        return not (_SCALED.search(self.skeleton) or inside.strip() or self.skeleton.count("%") > 1)

    @cached_property
    def _places(self) -> list[int]:
        return [
            at
            for at, (kind, text) in enumerate(self.tokens)
            if kind == "general" or (kind == "plain" and text in _PLACES)
        ]

    def _said(self, start: int, stop: int) -> str:
        """The literal texts between two tokens."""
        kept = self.tokens[start:stop]
        return "".join(text for kind, text in kept if kind == "literal" or (kind == "plain" and not text.isascii()))


@lru_cache(maxsize=1024)
def sections(shape: str) -> tuple[FormatSection, ...]:
    """The sections of a format; at least one."""
    found: list[list[Token]] = [[]]
    for match in _TOKEN.finditer(shape):
        kind, text = match.lastgroup or "blank", match[match.lastgroup] if match.lastgroup else ""
        if (kind, text) == ("plain", ";"):
            found.append([])
        else:
            found[-1].append(("literal" if kind in ("quoted", "escaped") else kind, text))
    return tuple(FormatSection(tuple(tokens)) for tokens in found)


def section_for(shape: str, value: float) -> FormatSection | None:
    """The section that applies to a number; None where none does."""
    first, *others = _of_numbers(sections(shape or "General"))
    conditions = [first.condition, *(section.condition for section in others[:1])]
    if any(conditions):
        return _by_condition(value, first, others)
    if not others or value > 0 or (value == 0 and len(others) == 1):
        return first
    return others[0] if value < 0 else others[1]


def _of_numbers(found: tuple[FormatSection, ...]) -> tuple[FormatSection, ...]:
    """Without the section of texts: the fourth, or one with an `@`."""
    kept = tuple(section for section in found[:3] if ("plain", "@") not in section.tokens)
    return kept or sections("General")


def _by_condition(value: float, first: FormatSection, others: list[FormatSection]) -> FormatSection | None:
    """The first whose condition holds; a last one without takes the rest, one between them what is below zero."""
    for place, section in enumerate((first, *others)):
        is_last = place == len(others)
        condition = section.condition or _implied(place, is_last=is_last)
        if condition(value):
            return section
    return None


def _implied(place: int, *, is_last: bool) -> Condition:
    if is_last and place:
        return lambda _: True
    return (lambda value: value < 0) if place else (lambda value: value > 0)
