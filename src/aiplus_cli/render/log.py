"""The ledger for people: every entry as it was written, one block of cells each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from aiplus_cli import i18n
from aiplus_cli.errors import Message
from aiplus_cli.model import NATION, Entry, Plan, Withdrawal
from aiplus_cli.render import Options
from aiplus_cli.render.table import Screen
from aiplus_cli.render.view import Cell, Column, Sheet


def render_log(
    plan: Plan, entries: Sequence[Entry], indicator: str | None, since: date | None, options: Options
) -> str:
    """The entries in the order of the file; a withdrawal belongs to the indicator of what it takes back."""
    owners = {entry.id: entry.indicator for entry in entries if not isinstance(entry, Withdrawal)}

    def chosen(entry: Entry) -> bool:
        owner = owners.get(entry.withdraws, "") if isinstance(entry, Withdrawal) else entry.indicator
        return (indicator is None or owner == indicator) and (since is None or entry.recorded_at.date() >= since)

    del plan
    screen = Screen(options)
    kept = [entry for entry in entries if chosen(entry)]
    if not kept:
        return i18n.translate(Message("no entry was recorded"), options.lang) + "\n"
    screen.sheet(log_sheet(kept, options.lang))
    return screen.text().lstrip("\n")


def log_sheet(entries: Sequence[Entry], lang: str, *, current: frozenset[str] | None = None) -> Sheet:
    """Entries as a table; with `current`, the ids in force are marked in words."""

    def say(text: str) -> str:
        return i18n.translate(Message(text), lang)

    columns = (
        Column("id"),
        Column(say("Indicator"), flexible=True),
        Column(say("Region"), 3 if len({getattr(entry, "region", NATION) for entry in entries}) < 2 else 0),
        Column(say("Period")),
        Column(say("Value"), right=True),
        Column(say("Status"), 4),
        Column(say("Published"), 1),
        Column(say("Recorded"), 5),
        Column(say("By whom"), 6),
        Column(say("Source and note"), 2, flexible=True),
    )
    rows = [_row(entry, lang) for entry in entries]
    if current is None:
        return Sheet(say("Ledger"), columns, rows)
    marks = [Cell(say("in force") if entry.id in current else "") for entry in entries]
    marked = [(*row[:6], mark, *row[6:]) for row, mark in zip(rows, marks, strict=True)]
    return Sheet(say("Ledger"), (*columns[:6], Column(say("In force")), *columns[6:]), marked)


def _row(entry: Entry, lang: str) -> tuple[Cell, ...]:
    recorded = Cell(entry.recorded_at.date().isoformat()), Cell(entry.recorded_by)
    if isinstance(entry, Withdrawal):
        said = i18n.translate(Message("withdraws {id}: {reason}", id=entry.withdraws, reason=entry.reason), lang)
        blank = Cell("")
        return Cell(entry.id), blank, blank, blank, blank, blank, Cell(str(entry.published)), *recorded, Cell(said)
    parts = [entry.source, entry.note]
    if entry.replaces:
        parts.insert(0, i18n.translate(Message("replaces {id}", id=entry.replaces), lang))
    return (
        Cell(entry.id),
        Cell(entry.indicator),
        Cell(entry.region),
        Cell(entry.period),
        Cell(f"{entry.bound}{entry.value}"),
        Cell(entry.status),
        Cell(str(entry.published)),
        *recorded,
        Cell("; ".join(part for part in parts if part)),
    )
