"""What is worked out of plan and ledger: series, goals, outcomes, assessments."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

import msgspec

from aiplus_cli.errors import Message
from aiplus_cli.ledger.entries import Figure, Rating
from aiplus_cli.plan.records import JUDGED, Basis, Direction, Freshness, Indicator, Milestone, Op, Plan, Target, Verdict


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
    """What is to be reached, as a method sees it; `value` is None where the plan gives words only.

    `at` is the end of the due date on the axis of years, `range` closed on both ends.
    """

    op: Op
    value: Decimal | None
    at: Decimal
    direction: Direction
    range: tuple[Decimal, Decimal] | None
    baseline: Point

    @property
    def sign(self) -> int:
        """1 for a goal to rise to, -1 for one to fall to."""
        return -1 if self.direction == "decrease" else 1

    def reached(self, value: Decimal) -> bool:
        """Whether an exact value satisfies `op` target; `~` ("about") asks for the value itself or better."""
        if self.value is None:
            return False
        if self.op in (">", "<"):
            return self.sign * (value - self.value) > 0
        return self.sign * (value - self.value) >= 0


class Outcome(msgspec.Struct, frozen=True, gc=False):
    """What a method says of a series and a goal.

    `value` is the method's measure, named by `metric`; `label` is the class in the words of the method's
    source; `probability` that the goal is reached on its day, `interval` (level, low, high) of the value then.
    """

    verdict: Verdict
    metric: str
    value: Decimal | None
    label: str | None = None
    probability: Decimal | None = None
    interval: tuple[Decimal, Decimal, Decimal] | None = None
    reason: Message | None = None


@dataclass(frozen=True, slots=True)
class Equation:
    """One line of a method's arithmetic: `symbol = formula`, the number for each symbol of it, and the result."""

    formula: str
    terms: Mapping[str, Decimal]
    result: Decimal | None


@dataclass(frozen=True, slots=True)
class Assessment:
    """One indicator, region and milestone, judged on the figures of the vintage.

    Numbers are in the indicator's unit (points for a share), `buffer_months` in months, paces per year.
    `corners` are the days and values the path runs through after its baseline. `by_method` has the verdict of
    every method, None where it does not apply; it is empty where comparing the value with the target decides.
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
    stale_after: date | None = None
    newest: Figure | Rating | None = None
    latest: Figure | Rating | None = None
    baseline: Point | None = None
    corners: tuple[tuple[date, Decimal], ...] = ()
    lead: str | None = None
    expected: Decimal | None = None
    gap: Decimal | None = None
    buffer_months: Decimal | None = None
    observed: Decimal | None = None
    required: Decimal | None = None
    method: str | None = None
    outcome: Outcome | None = None
    by_method: Mapping[str, Verdict | None] = field(default_factory=dict)
    reason: Message | None = None
    goal: Goal | None = None
    series: Series | None = None

    @property
    def hangs_on_method(self) -> bool:
        """Whether the methods that can judge this do not all give one verdict."""
        return len({verdict for verdict in self.by_method.values() if verdict in JUDGED}) > 1


@dataclass(frozen=True, slots=True)
class ContextSeries:
    """A series with no target of its own, shown for what it tells about the goals."""

    indicator: Indicator
    region: str
    latest: Figure | None
    observed: Decimal | None
    freshness: Freshness
    next_due: date | None


@dataclass(frozen=True, slots=True)
class Report:
    """Everything a status page says, on figures known on `as_of` and with the clock at `today`.

    `method` is the one asked for, or `default`: each result says by which it was judged.
    """

    plan: Plan
    today: date
    as_of: date
    method: str
    results: tuple[Assessment, ...]
    context: tuple[ContextSeries, ...]
