"""What is worked out of plan and ledger: series, goals, outcomes, assessments."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from aiplus_cli.errors import Message
from aiplus_cli.model.ledger import Figure, Rating
from aiplus_cli.model.plan import Basis, Direction, Freshness, Indicator, Milestone, Op, Plan, Target, Verdict


@dataclass(frozen=True, slots=True)
class Point:
    """The current figure for the day its period ends; `at` is that day on the axis of years."""

    end: date
    at: Decimal
    figure: Figure


@dataclass(frozen=True, slots=True)
class Series:
    """The current figures of one indicator and region on a date, by period end, one for each day."""

    points: tuple[Point, ...]

    @property
    def latest(self) -> Point:
        """The last point; a series is never empty."""
        return self.points[-1]


@dataclass(frozen=True, slots=True)
class Goal:
    """A number to be reached by a day, as a method sees it; `range` closed on both ends."""

    op: Op
    value: Decimal
    due: date
    direction: Direction
    range: tuple[Decimal, Decimal] | None
    baseline: Point


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a method says of a series and a goal that is neither met nor past its date.

    `terms` are the numbers of the method's formula by symbol, for a reader to check.
    """

    verdict: Verdict
    metric: str
    value: Decimal | None
    probability: Decimal | None = None
    interval: tuple[Decimal, Decimal, Decimal] | None = None
    reason: Message | None = None
    terms: dict[str, Decimal] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Assessment:
    """One indicator, region and milestone, judged on the figures of the vintage.

    Numbers are in the indicator's unit (points for a share), `buffer_months` in months, paces per year.
    `corners` are the days and values the path runs through after its baseline.
    A field that does not apply is None and `reason` says why.
    """

    indicator: Indicator
    region: str
    milestone: Milestone
    target: Target
    basis: Basis
    verdict: Verdict
    freshness: Freshness
    next_due: date | None = None
    latest: Figure | Rating | None = None
    baseline: Point | None = None
    corners: tuple[tuple[date, Decimal], ...] = ()
    lead: str | None = None
    expected: Decimal | None = None
    gap: Decimal | None = None
    buffer_months: Decimal | None = None
    observed: Decimal | None = None
    required: Decimal | None = None
    outcome: Outcome | None = None
    reason: Message | None = None


@dataclass(frozen=True, slots=True)
class ContextRow:
    """A series with no target of its own, shown for what it tells about the goals."""

    indicator: Indicator
    region: str
    latest: Figure | None
    observed: Decimal | None
    freshness: Freshness
    next_due: date | None


@dataclass(frozen=True, slots=True)
class Report:
    """Everything a status page says, on figures known on `as_of` and with the clock at `today`."""

    plan: Plan
    today: date
    as_of: date
    method: str
    results: tuple[Assessment, ...]
    context: tuple[ContextRow, ...]
