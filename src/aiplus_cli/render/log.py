"""The ledger for people: every entry as it was written, one block of cells each."""

from __future__ import annotations

from collections.abc import Sequence

from aiplus_cli.contract.log import LedgerRow, LogDocument
from aiplus_cli.errors import Message
from aiplus_cli.ledger.entries import as_published
from aiplus_cli.plan.records import NATION, Plan
from aiplus_cli.render import Options
from aiplus_cli.render.table import Screen
from aiplus_cli.render.view import Heading, Section, Shown
from aiplus_cli.words import i18n


def render_log(log: LogDocument, plan: Plan, options: Options) -> str:
    """The entries asked for, in the order of the file."""
    del plan
    screen = Screen(options)
    if not log.entries:
        return i18n.translate(Message("no entry was recorded"), options.lang) + "\n"
    screen.section(log_section(log.entries, options.lang))
    return screen.text().lstrip("\n")


def log_section(entries: Sequence[LedgerRow], lang: str, *, mark: bool = False) -> Section:
    """Entries as a table; with `mark`, those in force are marked in words."""

    def say(text: str) -> str:
        return i18n.translate(Message(text), lang)

    regions = {entry.region or NATION for entry in entries}
    columns = (
        Heading("id"),
        Heading(say("Indicator"), flexible=True),
        Heading(say("Region"), 3 if len(regions) < 2 else 0),
        Heading(say("Period")),
        Heading(say("Value"), right=True),
        Heading(say("Status"), 4),
        Heading(say("Published"), 1),
        Heading(say("Recorded"), 5),
        Heading(say("By whom"), 6),
        Heading(say("Source and note"), 2, flexible=True),
    )
    rows = [_row(entry, lang) for entry in entries]
    if not mark:
        return Section(say("Ledger"), columns, rows)
    marks = [Shown(say("in force") if entry.in_force else "") for entry in entries]
    marked = [(*row[:6], mark, *row[6:]) for row, mark in zip(rows, marks, strict=True)]
    return Section(say("Ledger"), (*columns[:6], Heading(say("In force")), *columns[6:]), marked)


def _row(entry: LedgerRow, lang: str) -> tuple[Shown, ...]:
    recorded = Shown(entry.recorded_at.date().isoformat()), Shown(entry.recorded_by)
    if entry.kind == "withdrawal":
        said = i18n.translate(Message("withdraws {id}: {reason}", id=entry.withdraws, reason=entry.reason), lang)
        blank = Shown("")
        return Shown(entry.id), blank, blank, blank, blank, blank, Shown(str(entry.published)), *recorded, Shown(said)
    parts = [entry.source, entry.note]
    if entry.replaces:
        parts.insert(0, i18n.translate(Message("replaces {id}", id=entry.replaces), lang))
    return (
        Shown(entry.id),
        Shown(entry.indicator or ""),
        Shown(entry.region or ""),
        Shown(entry.period or ""),
        Shown(as_published(entry.bound or "", entry.value or "")),
        Shown(entry.status or ""),
        Shown(str(entry.published)),
        *recorded,
        Shown(i18n.translate(Message("; "), lang).join(part for part in parts if part)),
    )
