"""Values as statisticians write them -> an exact decimal in the indicator's unit, and its bound."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from aiplus_cli.errors import InputProblem, Message, Problem
from aiplus_cli.ledger.entries import FigureBound
from aiplus_cli.ledger.soundness import TOO_LONG
from aiplus_cli.plan.numbers import compact, is_short, marks, narrow
from aiplus_cli.plan.records import Indicator, Names

_SCALES = {"": 0, "百": 2, "千": 3, "万": 4, "百万": 6, "千万": 7, "亿": 8, "千亿": 11, "万亿": 12}
_SCALE = r"(千亿|万亿|百万|千万|百(?!分)|千|万|亿)?"
_NUMBER = re.compile(r"([+-]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)?(?:\.[0-9]+)?)" + _SCALE + r"(.*)\Z", re.DOTALL)
_UNIT = re.compile(_SCALE + r"(.*)\Z", re.DOTALL)
_NOTED = r"\*|[\[【〔]注?[0-9]{0,2}[\]】〕]|(?<=[0-9])注[0-9]?|\(注[0-9]{0,2}\)"
_FOOTNOTE = re.compile(f"(?:{_NOTED})+\\Z")
_FOOTNOTE_OF_NAME = re.compile(f"(?:[\u00b9\u00b2\u00b3\u2070-\u2079\u2460-\u249b\u2776-\u2793]|{_NOTED})+\\Z")
_GROUPED = re.compile(r"(?<![0-9.])[0-9]{1,3}(?:\s[0-9]{3})+(?![0-9\s])")
_NEGATIVE = re.compile(r"\(([0-9,.]+)(%?)\)\Z")
_DIGIT = re.compile(r"[0-9]")
_MISSING = frozenset(
    (
        "",
        "-",
        "--",
        "—",
        "——",
        "–",
        "―",
        "…",
        "……",
        "...",
        "....",
        "..",
        "/",
        "n/a",
        "na",
        "null",
        "none",
        "nan",
        "无",
        "暂无",
        "缺",
    )
)
_PREFIXES: tuple[tuple[FigureBound, tuple[str, ...]], ...] = (
    (
        ">=",
        (
            "不低于",
            "不少于",
            "不小于",
            "不下于",
            "至少",
            "最少",
            "≥",
            "⩾",
            ">=",
            "atleast",
            "nolessthan",
            "notlessthan",
        ),
    ),
    (
        "<=",
        (
            "不超过",
            "不高于",
            "不多于",
            "不大于",
            "至多",
            "最多",
            "≤",
            "⩽",
            "<=",
            "atmost",
            "nomorethan",
            "notmorethan",
        ),
    ),
    (">", ("超过", "突破", "超", "逾", "高于", "大于", "多于", ">", "morethan")),
    ("<", ("接近", "逼近", "低于", "不足", "不到", "不满", "小于", "少于", "近", "<", "lessthan")),
    ("~", ("大约", "约为", "约", "~", "≈")),
)
_SUFFIXES: tuple[tuple[FigureBound, tuple[str, ...]], ...] = (
    (">=", ("及以上", "或以上", "以上", "ormore")),
    ("<=", ("及以下", "或以下", "以下", "以内", "orless")),
    (">", ("多",)),
    ("~", ("左右", "上下")),
)


@dataclass(frozen=True)
class Value:
    """A number in the indicator's unit; `bare` when it was written with neither scale nor unit."""

    number: Decimal
    bound: FigureBound
    bare: bool


def is_missing(text: str) -> bool:
    """Whether a cell says that there is no figure: empty, or one of the dashes and dots of statistical tables."""
    return text.strip().casefold() in _MISSING


def parse_value(text: str, indicator: Indicator, *, where: str = "VALUE", unit: str = "") -> Value:
    """The value of `42.8`, `42.8%`, `>50%`, `超50%`, `5.15亿`, `1.2万亿元`, `１２.５％`; raises InputProblem.

    A scale or unit in the text is converted to the indicator's; one that does not belong to it is refused.
    `unit` is that of the table, for a text that has none. The mark of a footnote, `42.8[1]`, is left out; what looks
    like a digit and is none, `42.8¹`, is refused.
    """
    bound, number, scale, noun = _take_apart(text, indicator, where)
    bare = not (scale or noun)
    table_scale, table_noun = split_unit(unit)
    if bare:
        scale, noun = table_scale, table_noun
    elif unit:
        noun = noun or table_noun
        _need_one_unit(text, (scale, noun), (table_scale, table_noun), unit, where)
    unit_scale, unit_noun = _unit_of(indicator)
    if noun and not scale and noun == english_unit(indicator):
        scale, noun = unit_scale, unit_noun
    if noun and noun != unit_noun:
        raise InputProblem(
            Problem(
                where,
                Message(
                    "'{text}' is not in the unit of {id}, {unit}",
                    text=text + unit if bare else text,
                    id=indicator.id,
                    unit=unit_scale + unit_noun,
                ),
                Message("convert it to that unit"),
            )
        )
    if scale or (noun and unit_scale):
        number = _without_zeros(number.scaleb(_SCALES[scale] - _SCALES[unit_scale]))
    return Value(number, bound, bare=bare and not unit)


def _take_apart(text: str, indicator: Indicator, where: str) -> tuple[FigureBound, Decimal, str, str]:
    """The bound, number, scale and noun of a text; raises InputProblem where it has no number, or more than one."""
    bound, rest = _take_bound(_NEGATIVE.sub(r"-\1\2", _plain(text)))
    match = _NUMBER.match(rest)
    digits, scale, noun = match.groups(default="") if match else ("", "", rest)
    is_unit = bool(noun) and noun in (_unit_of(indicator)[1], english_unit(indicator))
    if not is_unit and marks(rest):
        raise InputProblem(Problem(where, *_marked(text)))
    if not digits.strip("+-") or (_DIGIT.search(noun) and not is_unit):
        what = Message("'{text}' is no value", text=text)
        raise InputProblem(Problem(where, what, Message("write a number such as 42.8, 42.8%, >50% or 5.15亿")))
    number = Decimal(digits.replace(",", ""))
    if not is_short(number):
        raise InputProblem(TOO_LONG.at(where))
    return bound, number, scale, noun


def _marked(text: str) -> tuple[Message, Message]:
    """A footnote, a power, a fraction or a digit of another script: it is not for us to say which."""
    return (
        Message("'{text}' has {marks} in it, and only 0-9 are digits", text=text, marks=list(marks(text))),
        Message("write the number in plain digits, and a footnote into the note"),
    )


def _without_zeros(number: Decimal) -> Decimal:
    """23000万 is 2.3亿, not 2.3000: the zeros came from the scale. Nothing is written with an exponent."""
    return Decimal(f"{number.normalize():f}")


def without_footnote(text: str) -> str:
    """A name without the marks of footnotes at its end: `①`, `[1]`, `*`."""
    return _FOOTNOTE_OF_NAME.sub("", narrow(text).strip())


def footnote_of(text: str) -> str:
    """The mark of a footnote at the end of a text, which is no part of what it says; empty where there is none."""
    found = _FOOTNOTE.search(narrow(text).strip())
    return found[0] if found and found.start() else ""


def _plain(text: str) -> str:
    """The text in plain characters, without the mark of a footnote; blanks stay where they may hide a digit."""
    plain = _FOOTNOTE.sub("", narrow(text).strip().replace("\u2212", "-")).strip()
    plain = _GROUPED.sub(lambda match: "".join(match[0].split()), plain)
    return plain if re.search(r"[0-9.]\s+[0-9.]", plain) else "".join(plain.split())


def _need_one_unit(text: str, said: tuple[str, str], table: tuple[str, str], unit: str, where: str) -> None:
    """Raise InputProblem where a cell gives another unit than its table: 5784亿元 under 万元."""
    (scale, noun), (table_scale, table_noun) = said, table
    if (table_noun and noun != table_noun) or (table_scale and scale != table_scale):
        raise InputProblem(
            Problem(
                where,
                Message("'{text}' and the unit {unit} of the table contradict each other", text=text, unit=unit),
                Message("correct the one that is wrong"),
            )
        )


def _take_bound(text: str) -> tuple[FigureBound, str]:
    for bound, words in _PREFIXES:
        for word in words:
            if text.casefold().startswith(word):
                return bound, text[len(word) :]
    for bound, words in _SUFFIXES:
        for word in words:
            if text.casefold().endswith(word):
                return bound, text[: -len(word)]
    return "", text


@lru_cache(maxsize=1024)
def split_unit(text: str) -> tuple[str, str]:
    """A unit's scale and noun: `亿元` is 亿 and 元."""
    written = compact(text)
    written = "%" if written.casefold() in ("percent", "百分比") else written
    match = _UNIT.match(written)
    return (match[1] or "", match[2]) if match else ("", written)


def _unit_of(indicator: Indicator) -> tuple[str, str]:
    unit = indicator.unit
    return split_unit(unit.zh if isinstance(unit, Names) else unit or "")


def english_unit(indicator: Indicator) -> str:
    """The English unit without spaces, as a header may give it; empty where there is only one."""
    unit = indicator.unit
    return compact(unit.en) if isinstance(unit, Names) else ""


def is_share(indicator: Indicator) -> bool:
    """Whether the indicator is a percentage."""
    return _unit_of(indicator) == ("", "%")
