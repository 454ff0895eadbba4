"""Values as statisticians write them -> an exact decimal in the indicator's unit, and its bound."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from aiplus_cli.errors import InputProblem, Message, Problem
from aiplus_cli.model import Bound, Indicator, Names

_SCALES = {"": 0, "百": 2, "千": 3, "万": 4, "百万": 6, "千万": 7, "亿": 8, "千亿": 11, "万亿": 12}
_SCALE = r"(千亿|万亿|百万|千万|百|千|万|亿)?"
_NUMBER = re.compile(r"([+-]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d+)?)" + _SCALE + r"(.*)\Z", re.ASCII | re.DOTALL)
_UNIT = re.compile(_SCALE + r"(.*)\Z", re.DOTALL)
_PREFIXES: tuple[tuple[Bound, tuple[str, ...]], ...] = (
    (">", ("超过", "突破", "超", "逾", "高于", "大于", "多于", ">")),
    ("<", ("接近", "逼近", "低于", "不足", "不到", "小于", "近", "<")),
    ("~", ("大约", "约为", "约", "~", "≈")),
)
_SUFFIXES: tuple[tuple[Bound, tuple[str, ...]], ...] = (
    (">", ("以上",)),
    ("<", ("以下",)),
    ("~", ("左右", "上下")),
)


@dataclass(frozen=True)
class Value:
    """A number in the indicator's unit; `bare` when it was written with neither scale nor unit."""

    number: Decimal
    bound: Bound
    bare: bool


def parse_value(text: str, indicator: Indicator, *, where: str = "VALUE") -> Value:
    """The value of `42.8`, `42.8%`, `>50%`, `超50%`, `5.15亿`, `1.2万亿元`, `１２.５％`; raises InputProblem.

    A scale or unit in the text is converted to the indicator's; one that does not belong to it is refused.
    """
    plain = unicodedata.normalize("NFKC", text).strip().replace(" ", "")
    bound, rest = _take_bound(plain)
    match = _NUMBER.match(rest)
    if match is None or not match[1].strip("+-") or any(char.isdigit() for char in match[3]):
        raise InputProblem(
            Problem(
                where,
                Message("'{text}' is no value", text=text),
                Message("write a number such as 42.8, 42.8%, >50% or 5.15亿"),
            )
        )
    number = Decimal(match[1].replace(",", ""))
    scale, noun = match[2] or "", match[3]
    unit_scale, unit_noun = _split_unit(indicator)
    if noun and noun != unit_noun and unit_scale + unit_noun != noun:
        raise InputProblem(
            Problem(
                where,
                Message(
                    "'{text}' is not in the unit of {id}, {unit}",
                    text=text,
                    id=indicator.id,
                    unit=unit_scale + unit_noun,
                ),
                Message("convert it, or write the number alone"),
            )
        )
    if scale or (noun and unit_scale):
        number = number.scaleb(_SCALES[scale] - _SCALES[unit_scale])
    return Value(number, bound, bare=not (scale or noun))


def _take_bound(text: str) -> tuple[Bound, str]:
    for bound, words in _PREFIXES:
        for word in words:
            if text.startswith(word):
                return bound, text[len(word) :]
    for bound, words in _SUFFIXES:
        for word in words:
            if text.endswith(word):
                return bound, text[: -len(word)]
    return "", text


def _split_unit(indicator: Indicator) -> tuple[str, str]:
    unit = indicator.unit
    written = unit.zh if isinstance(unit, Names) else unit or ""
    match = _UNIT.match(unicodedata.normalize("NFKC", written))
    return (match[1] or "", match[2]) if match else ("", written)
