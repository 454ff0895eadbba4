"""Rows of the program's own exports -> entries, exactly as the ledger has them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC

import msgspec

from aiplus_cli.errors import InputProblem, Message, Problem
from aiplus_cli.intake.files.cells import Cell, DayCell, NumberCell
from aiplus_cli.ledger.entries import TEXTS, Entry, Figure, Rating, Withdrawal
from aiplus_cli.ledger.soundness import entry_faults
from aiplus_cli.plan.numbers import read_number
from aiplus_cli.plan.records import Plan

_FORMULA = re.compile(r"'+[=+\-@\t\r＝＋－＠]")


def own_entry(row: Mapping[str, Cell], plan: Plan, id_of: Callable[[Entry], str], *, is_table: bool) -> Entry:
    """The entry of a row by column name; raises InputProblem, ValueError or ArithmeticError for one that is none.

    In a table a text that begins like a formula may have a ' before it, which the program or somebody else put there;
    whether it belongs to the text is told by the id, which knows nothing of `recorded_by`.
    """
    plain = {name: _own_text(name, cell) for name, cell in row.items()}
    undone = {name: text[1:] if _FORMULA.match(text) else text for name, text in plain.items()}
    for texts in (plain, undone) if is_table else (plain,):
        texts["recorded_by"] = undone["recorded_by"] if is_table else plain["recorded_by"]
        entry = _build(texts)
        if id_of(entry) == entry.id:
            _check_own(entry, plan)
            return entry
    raise InputProblem(
        Problem(
            "",
            Message("the row was edited: its content no longer gives the id {id}", id=plain["id"]),
            Message("export the entries again; to bring in changed figures, take the column 'id' out"),
        )
    )


def _build(texts: dict[str, str]) -> Entry:
    kept = {"recorded_by": ""} | {name: text for name, text in texts.items() if text}
    if texts.get("withdraws"):
        return msgspec.convert(kept, Withdrawal, strict=True)
    kind: type[Figure | Rating]
    blank = dict.fromkeys(TEXTS, "")
    kind = Rating if texts["value"] in ("met", "on_track", "at_risk", "off_track") else Figure
    if kind is Figure and read_number(texts["value"]) is None:
        what = Message("'{text}' is no value", text=texts["value"][:80])
        raise InputProblem(Problem("", what, Message("export the entries again; an export is not meant to be edited")))
    return msgspec.convert(blank | kept, kind, strict=True)


def _check_own(entry: Entry, plan: Plan) -> None:
    fault = next(entry_faults(entry, {indicator.id: indicator for indicator in plan.indicators}), None)
    if fault:
        raise InputProblem(fault.at(""))


def _own_text(name: str, cell: Cell) -> str:
    """A cell of an export as the ledger's text."""
    if isinstance(cell, DayCell):
        moment = cell.moment if cell.moment.tzinfo else cell.moment.replace(tzinfo=UTC)
        return moment.isoformat() if name == "recorded_at" else moment.date().isoformat()
    if isinstance(cell, NumberCell):
        raw = cell.raw.scaleb(2) if cell.percent else cell.raw
        written = f"{raw:f}"
        padded = f"{raw:.{cell.decimals}f}" if cell.decimals else written
        return max(written, padded, key=len)
    return cell if isinstance(cell, str) else cell.text
