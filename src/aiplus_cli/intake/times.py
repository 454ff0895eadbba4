"""Periods and dates as tables write them, on top of the period grammar: cumulative months, serials, ends of years."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Literal

from aiplus_cli.errors import InputProblem, Message, Problem
from aiplus_cli.intake.files.cells import EPOCH, Cell, NumberCell, text_of
from aiplus_cli.plan.numbers import compact, narrow
from aiplus_cli.plan.periods import Period, parse_period

_SDMX = re.compile(r"([0-9]{4})-?([SAMW])([0-9]{1,2})\Z")
_COMPACT = re.compile(r"((?:19|20)[0-9]{2})(0[1-9]|1[0-2])([0-9]{2})?\Z")
_END = re.compile(r"(?<=[年月度])年?[末底]\Z")
_AS_OF = re.compile(r"截[至止]到?(?=[0-9]{4})")
_FIRST = re.compile(r"([0-9]{4}年?)?前([二三四2-4两]个?季度|(?:1[0-2]|[1-9])个?月)(?:累计)?\Z")
_QUARTERS = re.compile(r"([0-9]{4}年?)?第?[一1](?:季度)?[-–—~至到]第?([二三四2-4])季度(?:累计)?\Z")
_MONTHS_OF = {"二": 6, "两": 6, "2": 6, "三": 9, "3": 9, "四": 12, "4": 12}
_CUMULATIVE = re.compile(r"([0-9]{4}年?)?([0-9]{1,2})月?[-–—~至到](0?[1-9]|1[0-2])月(?:累计)?\Z")
_SERIAL = re.compile(r"[2-5][0-9]{4}\Z")
_FIRST_DAY = re.compile(r"([0-9]{4})[-./年]([0-9]{1,2})[-./月]0?1日?\Z")
_PART = re.compile(
    r"(?:上半年|下半年|第?[一二三四1-4]季度|[QqHh][1-4]|[0-9]{1,2}月|[0-9]{1,2}月?[-–—~至到][0-9]{1,2}月)(?:累计)?\Z"
)
_BARE = re.compile(r"[0-9一二三四五六七八九十]{1,3}(?:[-–—~至到][0-9]{1,2})?\Z")
_SUFFIX = {"month": "月", "quarter": "季度", "half": "半年"}
_YEAR = re.compile(r"((?:19|20)[0-9]{2})年?(?:度)?\Z")
_APART = re.compile(r"[0-9]\s+[0-9]")
SAY_CUMULATIVE = Message(
    "write {month} where the value stands at its end, or say 'cumulative: last_month' in the mapping"
)
SAY_DATES = Message("write 2025-06 for the month, or say 'dates: month' (or day, year) in the mapping")
_GRAINS = {"month": "{0}-{1:0>2}", "year": "{0}"}


def parse_time(text: str, *, where: str, cumulative: str = "", dates: str = "") -> Period:
    """The period of a cell; raises InputProblem for what could mean two things.

    `cumulative` `last_month` files `1-7月` under July, and so does a text that speaks of the end (`截至`, `末`, `底`);
    `dates` says what the first day of a month stands for.
    """
    plain = _joined(text).replace("年度", "年").replace("月份", "月")
    plain = _from_serial(plain.removesuffix("全年") if plain.endswith("年全年") else plain)
    bare = _END.sub("", _AS_OF.sub("", plain))
    cumulative = cumulative if bare == plain else "last_month"
    plain = _with_hyphens(_in_months(bare))
    many = _CUMULATIVE.match(plain)
    if many:
        plain = _last_month(text, many, where, cumulative)
    first = _FIRST_DAY.match(plain)
    if first:
        plain = _first_day(text, first, where, dates)
    sdmx = _SDMX.match(plain)
    if sdmx:
        year, kind, number = sdmx.groups()
        plain = {"S": f"{year}-H{number}", "A": year, "M": f"{year}-{number:0>2}"}.get(kind, plain)
    try:
        return parse_period(plain, where=where)
    except InputProblem:
        raise InputProblem(
            Problem(
                where,
                Message("'{text}' is no period", text=text),
                Message("write 2025, 2025-H1, 2025-Q3, 2025-06 or 2025-06-30"),
            )
        ) from None


def _joined(text: str) -> str:
    """The text without blanks, in plain characters; a blank between digits stays, as they are no number together."""
    plain = narrow(text).strip()
    return plain if _APART.search(plain) else "".join(plain.split())


def _with_hyphens(text: str) -> str:
    """202506 and 20250630 with hyphens."""
    match = _COMPACT.match(text)
    return "-".join(part for part in match.groups() if part) if match else text


def _from_serial(text: str, base: date = EPOCH) -> str:
    return (base + timedelta(days=int(text))).isoformat() if _SERIAL.match(text) else text


def _in_months(text: str) -> str:
    """`前三季度` and `一至三季度` as the months that they add up, `1-9月`."""
    first, quarters = _FIRST.match(text), _QUARTERS.match(text)
    if first:
        number = first[2].rstrip("个季度月")
        last = int(number) if first[2].endswith("月") else _MONTHS_OF[number]
        return f"{first[1] or ''}1-{last}月"
    return f"{quarters[1] or ''}1-{_MONTHS_OF[quarters[2]]}月" if quarters else text


def _last_month(text: str, match: re.Match[str], where: str, cumulative: str) -> str:
    if cumulative == "last_month" and match[1] and match[2] in ("1", "01"):
        return f"{match[1].removesuffix('年')}-{match[3]:0>2}"
    raise InputProblem(
        Problem(
            where,
            Message("'{text}' adds up several months: it names no single period", text=text),
            Message(SAY_CUMULATIVE.template, month=f"{(match[1] or 'YYYY').removesuffix('年')}-{match[3]:0>2}"),
        )
    )


def _first_day(text: str, match: re.Match[str], where: str, dates: str) -> str:
    if dates == "day":
        return match[0]
    if dates in _GRAINS:
        return _GRAINS[dates].format(match[1], match[2])
    raise InputProblem(
        Problem(
            where,
            Message("'{text}' may mean the day or the whole month", text=text),
            SAY_DATES,
        )
    )


def parse_day(text: str, *, where: str) -> date:
    """The date of a cell: `2025-10-18`, `20251018`, `2025/10/18`, `2025年10月18日` or a spreadsheet's serial."""
    plain = _with_hyphens(_from_serial(_joined(text)))
    try:
        period = parse_period(plain, where=where)
    except InputProblem:
        period = None
    if period is None or period.start != period.end:
        raise InputProblem(Problem(where, Message("'{text}' is no date", text=text), Message("write it as 2025-08-26")))
    return period.end


def is_cumulative(text: str) -> bool:
    """Whether a text adds up several months, such as `2025年1-7月` or `前三季度`."""
    return _CUMULATIVE.match(_in_months(_joined(text).replace("月份", "月"))) is not None


def is_year(text: str) -> bool:
    """Whether a header says a year, from 1900 to 2099."""
    return _YEAR.match(text) is not None


def is_part(text: str) -> bool:
    """Whether a header says a part of a year, such as `上半年` or `6月`, without its year."""
    return _PART.match(text) is not None


PartKind = Literal["month", "quarter", "half"]


def part_kind(title: str) -> PartKind:
    """What a bare number means in a column of that title: 月份, 季度 or 半年."""
    if "季" in title or "quarter" in title.casefold():
        return "quarter"
    return "half" if "半年" in title or "half" in title.casefold() else "month"


def join_time(year: str, part: str, kind: PartKind = "month") -> str:
    """A year and a part of it as one period; `kind` says what a bare number or a range of numbers counts."""
    match = _YEAR.match(compact(year))
    plain = _joined(part)
    if _BARE.match(plain):
        plain = {"1": "上半年", "2": "下半年"}.get(plain, plain) if kind == "half" else f"{plain}{_SUFFIX[kind]}"
    return f"{match[1] if match else year}年{plain}"


def time_text(cell: Cell) -> str:
    """A cell of periods as text: a number as it is shown, since 2025.10 is not 2025.1.

    A number with one decimal may be the first or the tenth month; it is given with a mark that no period has.
    """
    if not isinstance(cell, NumberCell) or cell.raw == cell.raw.to_integral_value():
        return day_text(cell)
    text = f"{cell.raw:.{cell.decimals}f}" if cell.decimals else f"{cell.raw:f}"
    return f"{text} (number)" if text.endswith(".1") else text


def day_text(cell: Cell) -> str:
    """A cell of days as text; a serial number of a workbook that counts from another day than most is made a date."""
    text = text_of(cell)
    return _from_serial(text, cell.base) if isinstance(cell, NumberCell) and cell.base != EPOCH else text
