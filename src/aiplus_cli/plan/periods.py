"""The period grammar: what a figure is about, and the day it stands for."""

from __future__ import annotations

import math
import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache

from aiplus_cli.errors import InputProblem, Message, Problem
from aiplus_cli.plan.numbers import WORKING, narrow

_CANONICAL = re.compile(r"([0-9]{4})(?:-(?:H([12])|Q([1-4])|([0-9]{2})(?:-([0-9]{2}))?))?\Z")
_SPOKEN = (
    (re.compile(r"([0-9]{4})年?\Z"), "{0}"),
    (re.compile(r"([0-9]{4})年?(?:上半年|-?[Hh]1)\Z"), "{0}-H1"),
    (re.compile(r"([0-9]{4})年?(?:下半年|-?[Hh]2)\Z"), "{0}-H2"),
    (re.compile(r"([0-9]{4})年?(?:第?([1-4])季度|-?[Qq]([1-4]))\Z"), "{0}-Q{1}"),
    (re.compile(r"([0-9]{4})(?:年|[-./])([0-9]{1,2})月?\Z"), "{0}-{1:0>2}"),
    (re.compile(r"([0-9]{4})(?:年|[-./])([0-9]{1,2})(?:月|[-./])([0-9]{1,2})日?\Z"), "{0}-{1:0>2}-{2:0>2}"),
)
_COUNTED = {hanzi: str(number) for number, hanzi in enumerate((*"一二三四五六七八九十", "十一", "十二"), 1)}
_HANZI = re.compile(r"(?:(?<=年)|(?<=第)|(?<=\A[0-9]{4}))(十[一二]?|[一二三四五六七八九])(?=月|季度)")
"""The only Chinese numerals that are read: those of a month or a quarter, 四月 and 第一季度."""


@dataclass(frozen=True, slots=True)
class Period:
    """A period in canonical text; it stands for its last day, `end`."""

    text: str
    start: date
    end: date


def _last_day(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


@lru_cache(maxsize=8192)
def read_period(text: str) -> Period | None:
    """The period of canonical text (`2025`, `2025-H1`, `2025-Q3`, `2025-06`, `2025-06-30`), else None."""
    match = _CANONICAL.match(text)
    if match is None:
        return None
    year, half, quarter, month, day = match.groups()
    try:
        if day:
            exact = date(int(year), int(month), int(day))
            return Period(text, exact, exact)
        first, last = _months(half, quarter, month)
        return Period(text, date(int(year), first, 1), _last_day(int(year), last))
    except ValueError:
        return None


def _months(half: str | None, quarter: str | None, month: str | None) -> tuple[int, int]:
    if half:
        return int(half) * 6 - 5, int(half) * 6
    if quarter:
        return int(quarter) * 3 - 2, int(quarter) * 3
    if month:
        return int(month), int(month)
    return 1, 12


def parse_period(text: str, *, where: str = "--period") -> Period:
    """The period of canonical text or of the ways people write it (`2025年上半年`, `2025Q2`, `2025.06`).

    Raises InputProblem for anything else, such as a cumulative `1-7月`, which names no single period.
    """
    plain = _HANZI.sub(lambda match: _COUNTED[match[1]], narrow(text).strip())
    period = read_period(plain) or _spoken(plain)
    if period is None:
        raise InputProblem(
            Problem(
                where,
                Message("'{text}' is no period", text=text),
                Message("write 2025, 2025-H1, 2025-Q3, 2025-06 or 2025-06-30"),
            )
        )
    return period


def _spoken(text: str) -> Period | None:
    for pattern, form in _SPOKEN:
        match = pattern.match(text)
        if match:
            return read_period(form.format(*(part for part in match.groups() if part)))
    return None


def parse_date(text: str, *, where: str) -> date:
    """An ISO date, `2025-08-26`; raises InputProblem for anything else."""
    try:
        return date.fromisoformat(narrow(text).strip())
    except ValueError:
        raise InputProblem(
            Problem(where, Message("'{text}' is no date", text=text), Message("write it as 2025-08-26"))
        ) from None


@lru_cache(maxsize=8192)
def year_position(day: date) -> Decimal:
    """Where the end of a day lies on the axis of years: 2024-12-31 is exactly 2025, 2025-06-30 about 2025.4959."""
    days = 366 if monthrange(day.year, 2)[1] == 29 else 365
    return WORKING.add(Decimal(day.year), WORKING.divide(Decimal(day.timetuple().tm_yday), Decimal(days)))


_ROUNDING = Decimal("1e-9")


def day_at(position: Decimal) -> date:
    """The first day whose end lies at or after a place on the axis of years, of the years 1 to 9998."""
    year = int(position)
    days = 366 if monthrange(year, 2)[1] == 29 else 365
    return date(year, 1, 1) + timedelta(days=math.ceil((position - year) * days - _ROUNDING) - 1)


MONTHS_PER_PERIOD = {"annual": 12, "semiannual": 6, "quarterly": 3, "monthly": 1}


def add_months(day: date, months: int) -> date:
    """The same day `months` later; the last day of a month stays a last day. Stops at the years 1 and 9999."""
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    if not 1 <= year <= 9999:
        return date.max if months > 0 else date.min
    last = monthrange(year, month)[1]
    is_last = day.day == monthrange(day.year, day.month)[1]
    return date(year, month, last if is_last else min(day.day, last))


def months_between(start: date, end: date) -> int:
    """How many whole months lie between two days, the last day of a month being one of every month; at least 0."""
    months = max((end.year - start.year) * 12 + end.month - start.month, 0)
    return months - 1 if months and add_months(start, months) > end else months


def plus_days(day: date, days: int) -> date:
    """The day so many days later, at most the last day of the year 9999."""
    return date.fromordinal(min(day.toordinal() + days, date.max.toordinal()))


@lru_cache(maxsize=8192)
def next_period(period: Period, months: int) -> Period | None:
    """The period that ends `months` after this one, written as this one is where its form allows; None after 9999."""
    end = add_months(period.end, months)
    if end == date.max:
        return None
    form = re.sub(r"[0-9]", "0", period.text)
    texts = {
        "0000": f"{end.year:04}",
        "0000-H0": f"{end.year:04}-H{end.month // 6}",
        "0000-Q0": f"{end.year:04}-Q{end.month // 3}",
        "0000-00-00": end.isoformat(),
    }
    found = read_period(texts.get(form, ""))
    return found if found and found.end == end else read_period(f"{end.year:04}-{end.month:02}")


_DAYS = re.compile(r"([0-9]{1,4})(?:d|天|日)?\Z")


def parse_days(text: str, *, where: str) -> int:
    """A number of days: `30d`, `30` or `30天`; raises InputProblem for anything else."""
    match = _DAYS.match(narrow(text).strip())
    if match is None:
        raise InputProblem(
            Problem(where, Message("'{text}' is no number of days", text=text), Message("write it as 30d"))
        )
    return int(match[1])
