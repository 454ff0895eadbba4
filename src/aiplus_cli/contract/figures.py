"""aiplus.figures/1: every entry of the ledger, as it was written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from aiplus_cli.contract.values import Part
from aiplus_cli.contract.version import tool_version
from aiplus_cli.ledger.entries import FIELDS, Entry, FigureBound, RatingWord, Status
from aiplus_cli.plan.records import Plan


@dataclass(frozen=True, slots=True)
class FigureRow(Part):
    """One entry of the ledger; keys that its kind does not have are null."""

    id: str
    """The hash of its content."""
    indicator: str | None
    """The indicator's id; null for a withdrawal."""
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


@dataclass(frozen=True, slots=True)
class FiguresDocument(Part):
    """Every entry of the ledger, in the order of the file, those out of force included."""

    schema: Literal["aiplus.figures/1"]
    """The name and version of this form."""
    tool_version: str
    """The version of aiplus that wrote it."""
    plan: str
    """The plan's id."""
    figures: tuple[FigureRow, ...]
    """The entries."""


def figures_document(plan: Plan, entries: Iterable[Entry]) -> FiguresDocument:
    """The entries in the form of the contract."""
    return FiguresDocument("aiplus.figures/1", tool_version(), plan.about.id, tuple(map(figure_row, entries)))


def figure_row(entry: Entry) -> FigureRow:
    """An entry as a row: what it does not have is null."""
    return FigureRow(*(getattr(entry, name, None) for name in FIELDS))  # type: ignore[arg-type]
