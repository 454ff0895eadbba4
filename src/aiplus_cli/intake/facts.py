"""Single cells -> the facts of a figure: its value and bound, its status, its texts; or why a cell cannot be used."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from aiplus_cli.errors import InputProblem, Message, Problem
from aiplus_cli.intake.files.cells import Cell, DayCell, Fault, NumberCell, text_of
from aiplus_cli.intake.values import Value, is_share, parse_value
from aiplus_cli.ledger.soundness import CONTROL, kind_problem, value_problems
from aiplus_cli.plan.periods import Period
from aiplus_cli.plan.records import Indicator

PLAIN = re.compile(r"-?\d{1,15}(?:\.\d{1,9})?\Z", re.ASCII)
"""A number that means what it says."""
_STATUS = {
    "正常": "A", "初步": "P", "初步数": "P", "初步核算": "P", "估计": "E", "估计数": "E", "预测": "F", "预测数": "F",
    "口径变更": "B", "口径调整": "B", "normal": "A", "provisional": "P", "estimated": "E", "forecast": "F",
    "break": "B",
}  # fmt: skip
_RATINGS = {
    "met": "met", "已达标": "met", "on_track": "on_track", "按期": "on_track", "at_risk": "at_risk",
    "有风险": "at_risk",    "lagging": "lagging", "落后": "lagging",
}  # fmt: skip
_BOUNDS = ("", ">", "<", "~")


class Bad(NamedTuple):
    """Why a cell cannot be used, and how to mend it."""

    what: Message
    fix: Message | None


def tried(parse: Callable[[], Any]) -> Any:
    """What the parser gives, or why it does not."""
    try:
        return parse()
    except InputProblem as error:
        return Bad(error.problems[0].what, error.problems[0].fix)


def find_text(cell: Cell) -> Any:
    if isinstance(cell, Fault):
        return Bad(cell.what, cell.fix)
    text = text_of(cell)
    if CONTROL.search(text) or len(text) > 2000 or any("\ud800" <= char <= "\udfff" for char in text):
        return Bad(
            Message("the text has a line break or another control character"),
            Message("write it on one line, with plain characters"),
        )
    return text


def find_status(cell: Cell) -> Any:
    text = text_of(cell)
    status = _STATUS.get(text.casefold(), text.upper() or "A")
    if status in ("A", "P", "E", "F", "B"):
        return status
    return Bad(Message("'{text}' is not known", text=text), Message("use one of: {allowed}", allowed=list("APEFB")))


def find_bound(cell: Cell) -> Any:
    """The bound that a cell of its own gives."""
    text = text_of(cell)
    return text if text in _BOUNDS else _no_bound(text)


def find_action(cell: Cell) -> Any:
    """What SDMX asks to be done with a row; a deletion is no figure."""
    text = text_of(cell).upper()
    if text in ("", "I", "A", "R", "M", "INFORMATION", "APPEND", "REPLACE", "MERGE"):
        return text
    return Bad(
        Message("the action '{text}' is not one that records a figure", text=text),
        Message("take the row out; 'aiplus withdraw' takes a figure back"),
    )


def _no_bound(text: str) -> Bad:
    return Bad(
        Message("the bound '{told}' does not fit the value", told=text),
        Message("use one of: {allowed}", allowed=list("><~")),
    )


def join_bound(told: str, written: str) -> Any:
    if told not in _BOUNDS or (told and written and told != written):
        return _no_bound(told)
    return told or written


def too_early(period: Period, published: date) -> Bad:
    return Bad(
        Message("{period} begins after the figure was published, {day}", period=period.text, day=published),
        Message("correct the period or the date, or give the status F for a forecast"),
    )


def read_value(cell: Cell, indicator: Indicator, unit: str) -> Any:
    """A rating's word, or (number, bound) in the indicator's unit; or Bad."""
    if isinstance(cell, Fault):
        return Bad(cell.what, cell.fix)
    if indicator.measure == "rating":
        text = text_of(cell)
        rating = _RATINGS.get(text.casefold().replace(" ", "_"))
        return rating or Bad(*kind_problem(indicator, text))
    if type(cell) is str and not unit and PLAIN.match(cell):
        number, bound, bare = Decimal(cell), "", True
    else:
        found = tried(lambda: _parse_cell(cell, indicator, unit))
        if type(found) is Bad:
            return found
        number, bound, bare = found.number, found.bound, found.bare
    if bare and -1 <= number <= 1 and number and is_share(indicator):
        return Bad(
            Message("{value} may be a share of 1 or a percentage", value=f"{number:f}"),
            Message("write 42.8% or format the cell as a percentage, or give the column the unit %"),
        )
    bounds = indicator.range
    if bounds is not None and type(cell) is str and bounds[0] <= number <= bounds[1] and len(cell) < 24:
        return number, bound
    said = next(iter(value_problems(indicator, number)), None)
    return Bad(*said) if said else (number, bound)


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
