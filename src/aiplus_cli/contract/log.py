"""aiplus.log/1: the entries of the ledger."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from aiplus_cli.contract.values import Part
from aiplus_cli.contract.version import tool_version
from aiplus_cli.ledger.entries import Entry, Figure, FigureBound, Rating, RatingWord, Status, Withdrawal
from aiplus_cli.ledger.vintages import current
from aiplus_cli.plan.records import Plan


@dataclass(frozen=True, slots=True)
class LedgerRow(Part):
    """One line of the ledger, as it was written; keys that its kind does not have are null."""

    id: str
    """The hash of its content."""
    kind: Literal["figure", "rating", "withdrawal"]
    """What the line is."""
    indicator: str | None
    """The indicator's id; of a withdrawal that of the line taken back, null where that is not known."""
    region: str | None
    """The region's code."""
    period: str | None
    """What it is of; it stands for the period's last day."""
    value: Decimal | RatingWord | None
    """The figure as published; a word for a rating."""
    bound: FigureBound | None
    """What the figure is: empty for exact, `>` or `>=` for a floor, `<` or `<=` for a ceiling, `~` for about."""
    status: Status | None
    """SDMX observation status: A normal, P provisional, E estimated, F forecast, B break in the series."""
    published: date
    """The day the world knew; of a withdrawal the day from which it holds."""
    source: str | None
    """Who published it, and where."""
    url: str | None
    """Where to read it; may be empty."""
    note: str | None
    """What a reader should know; may be empty."""
    replaces: str | None
    """The id of the line that this one corrects; empty for none."""
    withdraws: str | None
    """The id of the line that this one takes back."""
    reason: str | None
    """Why it is taken back."""
    recorded_at: datetime
    """When the ledger knew."""
    recorded_by: str
    """Through whom the ledger knew."""
    in_force: bool | None
    """Whether it is the current value of its indicator, region and period; null for a withdrawal."""


@dataclass(frozen=True, slots=True)
class LogDocument(Part):
    """The entries of the ledger, in the order of the file."""

    schema: Literal["aiplus.log/1"]
    """The name and version of this form."""
    tool_version: str
    """The version of aiplus that wrote it."""
    plan: str
    """The plan's id."""
    indicator: str | None
    """The indicator that was asked for; null for all."""
    since: date | None
    """The day on or after which the entries were recorded; null for all."""
    entries: tuple[LedgerRow, ...]
    """The entries asked for."""


def log_document(plan: Plan, entries: Sequence[Entry], indicator: str | None, since: date | None) -> LogDocument:
    """The entries of an indicator, recorded on or after a day, in the form of the contract."""
    rows = entry_rows(entries, ids_in_force(entries, date.max))
    kept = tuple(
        row for row in rows if indicator in (None, row.indicator) and (since is None or row.recorded_at.date() >= since)
    )
    return LogDocument("aiplus.log/1", tool_version(), plan.about.id, indicator, since, kept)


def ids_in_force(entries: Sequence[Entry], as_of: date) -> frozenset[str]:
    """The ids of the entries that are the current values on a day."""
    periods = current(entries, as_of).values()
    return frozenset(entry.id for found in periods for entry in found.values())


def entry_rows(entries: Sequence[Entry], current_ids: Container[str]) -> Iterator[LedgerRow]:
    """Every entry as a row."""
    owners = {entry.id: entry.indicator for entry in entries if not isinstance(entry, Withdrawal)}
    for entry in entries:
        if isinstance(entry, Withdrawal):
            yield _withdrawal_row(entry, owners.get(entry.withdraws))
        else:
            yield _figure_row(entry, in_force=entry.id in current_ids)


def _figure_row(entry: Figure | Rating, *, in_force: bool) -> LedgerRow:
    return LedgerRow(
        id=entry.id,
        kind="rating" if isinstance(entry, Rating) else "figure",
        indicator=entry.indicator,
        region=entry.region,
        period=entry.period,
        value=entry.value,
        bound=entry.bound,
        status=entry.status,
        published=entry.published,
        source=entry.source,
        url=entry.url,
        note=entry.note,
        replaces=entry.replaces,
        withdraws=None,
        reason=None,
        recorded_at=entry.recorded_at,
        recorded_by=entry.recorded_by,
        in_force=in_force,
    )


def _withdrawal_row(entry: Withdrawal, indicator: str | None) -> LedgerRow:
    return LedgerRow(
        id=entry.id,
        kind="withdrawal",
        indicator=indicator,
        region=None,
        period=None,
        value=None,
        bound=None,
        status=None,
        published=entry.published,
        source=None,
        url=None,
        note=None,
        replaces=None,
        withdraws=entry.withdraws,
        reason=entry.reason,
        recorded_at=entry.recorded_at,
        recorded_by=entry.recorded_by,
        in_force=None,
    )
