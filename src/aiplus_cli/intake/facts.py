"""Single cells -> the facts of a figure: its value and bound, its status, its texts; or why a cell cannot be used."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from aiplus_cli.errors import Fault, InputProblem, Message, Problem
from aiplus_cli.intake.files.cells import BadCell, Cell, DayCell, NumberCell, text_of
from aiplus_cli.intake.values import Value, is_share, parse_value, without_footnote
from aiplus_cli.ledger.soundness import kind_problem, value_problems
from aiplus_cli.plan.numbers import narrow
from aiplus_cli.plan.records import Indicator
from aiplus_cli.plan.texts import CONTROL, LONGEST, clean

PLAIN = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,9})?\Z")
"""A number that means what it says."""
_STATUS = {
    "正常": "A", "最终": "A", "最终数": "A", "最终核实数": "A", "修订": "A", "修订数": "A", "初步": "P", "初步数": "P",
    "初步数据": "P", "初步统计": "P", "初步核算": "P", "初步核算数": "P", "快报": "P", "快报数": "P", "快报数据": "P",
    "估计": "E", "估计数": "E", "估算": "E", "估算数": "E", "预计": "E", "预计数": "E", "预测": "F", "预测数": "F",
    "口径变更": "B", "口径调整": "B", "normal": "A", "final": "A", "revised": "A", "r": "A", "provisional": "P",
    "preliminary": "P", "estimated": "E", "estimate": "E", "forecast": "F", "projected": "F", "break": "B",
}  # fmt: skip
_RATINGS = {
    "met": "met", "已达标": "met", "on_track": "on_track", "按期": "on_track", "at_risk": "at_risk",
    "有风险": "at_risk", "off_track": "off_track", "难以达标": "off_track",
}  # fmt: skip
SAY_UNIT = Message("write {percent}% or {value}%, or give the column the unit %")
_WITH_STATUS = re.compile(r"(.*?\S)\s*[(（]\s*([^()（）]+?)\s*[)）]\Z")
_MARKED = re.compile(r"(.*[0-9%％亿万年月度])\s*(?:\^\s*)?([perfᵖᵉʳᶠ]|[(（][perfᵖᵉʳᶠ][)）])\Z")
_RAISED = str.maketrans("ᵖᵉʳᶠ", "perf")
_BOUNDS = ("", ">", ">=", "<", "<=", "~")
_SIGNS = {"≥": ">=", "⩾": ">=", "≤": "<=", "⩽": "<=", "≈": "~"}


def tried(parse: Callable[[], Any]) -> Any:
    """What the parser gives, or why it does not."""
    try:
        return parse()
    except InputProblem as error:
        return error.problems[0].fault


def find_text(cell: Cell) -> Any:
    """A text as people see it, or why it cannot be one."""
    if isinstance(cell, BadCell):
        return cell.fault
    text = text_of(cell)
    if CONTROL.search(text) or len(text) > LONGEST or any("\ud800" <= char <= "\udfff" for char in text):
        return Fault(
            Message("the text has a line break or another control character"),
            Message("write it on one line, with plain characters"),
        )
    return clean(text)


def find_status(cell: Cell) -> Any:
    text = text_of(cell)
    status = _STATUS.get(text.casefold(), text.upper() or "A")
    if status in ("A", "P", "E", "F", "B"):
        return status
    return Fault(Message("'{text}' is not known", text=text), Message("use one of: {allowed}", allowed=list("APEFB")))


def split_status(cell: Cell) -> tuple[Cell, str]:
    """A value without the status behind it, and that status: `52.3（初步）`, `52.3 (p)`, `52.3p`, `52.3^e`."""
    if not isinstance(cell, str):
        return cell, ""
    plain = without_footnote(cell)
    match = _MARKED.match(plain) or _WITH_STATUS.match(plain)
    found = find_status(match[2].strip("()（）").translate(_RAISED)) if match else None
    return (match[1], found) if match and isinstance(found, str) else (cell, "")


def find_bound(cell: Cell) -> Any:
    """The bound that a cell of its own gives."""
    text = narrow(text_of(cell))
    text = _SIGNS.get(text, text)
    return text if text in _BOUNDS else _no_bound(text)


def find_action(cell: Cell) -> Any:
    """What SDMX asks to be done with a row; a deletion is no figure."""
    text = text_of(cell).upper()
    if text in ("", "I", "A", "R", "M", "INFORMATION", "APPEND", "REPLACE", "MERGE"):
        return text
    return Fault(
        Message("the action '{text}' is not one that records a figure", text=text),
        Message("take the row out; 'aiplus withdraw' takes a figure back"),
    )


def _no_bound(text: str) -> Fault:
    return Fault(
        Message("the bound '{told}' does not fit the value", told=text),
        Message("use one of: {allowed}", allowed=[">", ">=", "<", "<=", "~"]),
    )


def join_bound(told: str, written: str) -> Any:
    if told not in _BOUNDS or (told and written and told != written):
        return _no_bound(told)
    return told or written


def read_value(cell: Cell, indicator: Indicator, unit: str) -> Any:
    """A rating's word, or (number, bound) in the indicator's unit; or Fault."""
    if isinstance(cell, BadCell):
        return cell.fault
    if indicator.measure == "rating":
        text = text_of(cell)
        rating = _RATINGS.get(text.casefold().replace(" ", "_"))
        return rating or kind_problem(indicator, text)
    if type(cell) is str and not unit and PLAIN.match(cell):
        number, bound, bare = Decimal(cell), "", True
    else:
        found = tried(lambda: _parse_cell(cell, indicator, unit))
        if type(found) is Fault:
            return found
        number, bound, bare = found.number, found.bound, found.bare
    bounds = indicator.range
    if bounds is None or type(cell) is not str or not bounds[0] <= number <= bounds[1] or len(cell) >= 24:
        said = next(iter(value_problems(indicator, number)), None)
        if said:
            return said
    if bare and -1 <= number <= 1 and number and is_share(indicator):
        fix = Message(SAY_UNIT.template, value=f"{number:f}", percent=f"{number.scaleb(2):f}")
        return Fault(Message("{value} may be a share of 1 or a percentage", value=f"{number:f}"), fix)
    return number, bound


def _parse_cell(cell: Cell, indicator: Indicator, unit: str) -> Value:
    text = text_of(cell)
    if text.startswith(("+", "＋")):
        raise InputProblem(
            Problem(
                "",
                Message("'{text}' looks like a change", text=text),
                Message("write the level, or the number without its sign"),
            )
        )
    if isinstance(cell, NumberCell):
        if cell.percent:
            shown = cell.value.scaleb(2)
            return parse_value(f"{shown:f}%", indicator, where="", unit=unit)
        text = f"{cell.value:f}"
    if isinstance(cell, DayCell):
        raise InputProblem(
            Problem(
                "",
                Message("a date stands where a figure should: {text}", text=text),
                Message("check the cell's format"),
            )
        )
    return parse_value(text, indicator, where="", unit=unit)
