"""aiplus.due/1: the figures that are awaited or overdue on a day, the most pressing first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from aiplus_cli.contract.values import Count, Part
from aiplus_cli.contract.version import tool_version
from aiplus_cli.ledger.entries import FigureBound, RatingWord
from aiplus_cli.plan.records import Plan
from aiplus_cli.review.records import Awaited, AwaitedState


@dataclass(frozen=True, slots=True)
class AwaitedRow(Part):
    """A figure that is missing, or the next one, of one indicator and region."""

    indicator: str
    """The indicator's id."""
    region: str
    """The region's code."""
    state: AwaitedState
    """Overdue; missing: there is no figure yet; excused: late, as `no_data_until` allows; or awaited."""
    period: str | None
    """What it is of; null where there is no figure to count from."""
    due: date | None
    """The day by which it should be out; null where no day is known."""
    days_left: int | None
    """Days from today until then; negative once it is overdue."""
    overdue_since: date | None
    """The day by which it should have been out; null unless it is overdue."""
    owner: str | None
    """Who sees to it, as targets.yaml names them."""
    publisher: str | None
    """Who publishes it, as targets.yaml names them."""
    latest_period: str | None
    """What the latest figure is of; null where there is none."""
    latest_published: date | None
    """The day the latest figure was published."""
    latest_figure_id: str | None
    """The id of the latest figure's line in the ledger."""
    no_data_until: date | None
    """The day until which targets.yaml excuses that there is no figure; null without an excuse."""
    no_data_reason: str | None
    """Why it is excused."""
    latest_value: Decimal | RatingWord | None
    """The latest figure as published; null where there is none."""
    latest_bound: FigureBound | None
    """What it is: empty for exact, `>` or `>=` for a floor, `<` or `<=` for a ceiling, `~` for about."""


@dataclass(frozen=True, slots=True)
class DueSummary(Part):
    """How many figures are awaited, of each state."""

    total: Count
    """How many there are."""
    overdue: Count
    """How many should have been out."""
    missing: Count
    """How many are the first of their series."""
    excused: Count
    """How many are late, and excused."""
    awaited: Count
    """How many are not due yet."""


@dataclass(frozen=True, slots=True)
class DueDocument(Part):
    """The missing figures and the next one of every series, by urgency and date."""

    schema: Literal["aiplus.due/1"]
    """The name and version of this form."""
    tool_version: str
    """The version of aiplus that wrote it."""
    plan: str
    """The plan's id."""
    today: date
    """The day from which the days are counted."""
    summary: DueSummary
    """How many figures are awaited, overdue, missing and excused."""
    awaited: tuple[AwaitedRow, ...]
    """The figures: overdue ones first, then those of series without any, excused ones, and the rest by date."""


def due_document(plan: Plan, found: Sequence[Awaited], today: date) -> DueDocument:
    """The awaited figures in the form of the contract."""
    counts = Counter(row.state for row in found)
    summary = DueSummary(
        total=len(found),
        overdue=counts["overdue"],
        missing=counts["missing"],
        excused=counts["excused"],
        awaited=counts["awaited"],
    )
    return DueDocument("aiplus.due/1", tool_version(), plan.about.id, today, summary, tuple(map(awaited_row, found)))


def awaited_row(found: Awaited) -> AwaitedRow:
    """One series as a row."""
    indicator, latest, excuse = found.indicator, found.latest, found.indicator.no_data_until
    return AwaitedRow(
        indicator=indicator.id,
        region=found.region,
        state=found.state,
        period=found.period,
        due=found.due,
        days_left=found.days,
        overdue_since=found.due if found.state == "overdue" else None,
        owner=indicator.owner,
        publisher=indicator.publisher,
        latest_period=latest.period if latest else None,
        latest_published=latest.published if latest else None,
        latest_figure_id=latest.id if latest else None,
        no_data_until=excuse.until if excuse else None,
        no_data_reason=excuse.reason if excuse else None,
        latest_value=latest.value if latest else None,
        latest_bound=latest.bound if latest else None,
    )
