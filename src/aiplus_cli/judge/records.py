"""What is worked out of plan and ledger: series, goals, outcomes, assessments."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

import msgspec

from aiplus_cli.errors import Message
from aiplus_cli.ledger.bounds import side, turned
from aiplus_cli.ledger.entries import Bound, Figure, Rating
from aiplus_cli.ledger.vintages import period_end
from aiplus_cli.plan.periods import months_between
from aiplus_cli.plan.records import (
    Basis,
    Direction,
    Freshness,
    Indicator,
    Milestone,
    Op,
    Plan,
    Position,
    Target,
    Verdict,
)

DECIDED: tuple[Verdict, ...] = ("met", "missed", "awaiting", "not_quantified")
"""The verdicts that follow from the figures, the target and the day alone, whatever the method."""


RESTING: tuple[Verdict, ...] = ("met", "missed", "on_track", "at_risk", "off_track")
"""The verdicts that rest on a figure."""


class ResultKey(NamedTuple):
    """What a result is about; the milestone of a series without a target is empty."""

    indicator: str
    region: str
    milestone: str


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

    @property
    def is_level(self) -> bool:
        """Whether the baseline proves that it was already at or beyond the target: a level to hold."""
        good: Bound = ">" if self.sign > 0 else "<"
        return self.value is not None and self.was_beyond(self.value) and side(self.baseline.figure.bound) in ("", good)

    def was_beyond(self, value: Decimal) -> bool:
        """Whether the baseline, taken as a value, was at or beyond another."""
        return self.sign * (self.baseline.figure.value - value) >= 0

    def reached(self, value: Decimal) -> bool:
        """Whether an exact value satisfies `op` target; `~` ("about") asks for the value itself or better."""
        if self.value is None:
            return False
        if self.op in (">", "<"):
            return self.sign * (value - self.value) > 0
        return self.sign * (value - self.value) >= 0

    def met_by(self, figure: Figure) -> bool:
        """Whether a figure proves that the goal is reached: each value that it may stand for satisfies it."""
        if not figure.bound or self.value is None:
            return self.reached(figure.value)
        good: Bound = ">" if self.sign > 0 else "<"
        if figure.bound in (">=", "<="):
            return side(figure.bound) == good and self.reached(figure.value)
        return figure.bound == good and self.sign * (figure.value - self.value) >= 0

    def failed_by(self, figure: Figure) -> bool:
        """Whether a figure proves that the goal is not reached: no value that it may stand for satisfies it."""
        if not figure.bound or self.value is None:
            return not self.reached(figure.value)
        bad: Bound = "<" if self.sign > 0 else ">"
        if figure.bound in (">=", "<="):
            return side(figure.bound) == bad and not self.reached(figure.value)
        return figure.bound == bad and self.sign * (figure.value - self.value) <= 0


class Outcome(msgspec.Struct, frozen=True, gc=False):
    """What a method says of a series and a goal.

    `value` is the method's measure, named by `metric`; `label` is the class in the words of the method's
    source; `probability` that the goal is reached on its day, `interval` (level, low, high) of the value then.
    `bound` says whether the progress judged is exact, or the least (`>`) or most (`<`) that the figures prove.
    """

    verdict: Verdict
    metric: str
    value: Decimal | None
    label: str | None = None
    probability: Decimal | None = None
    interval: tuple[Decimal, Decimal, Decimal] | None = None
    reason: Message | None = None
    bound: Bound = ""

    @property
    def metric_bound(self) -> Bound:
        """The bound of `value`: what is required over what was achieved falls where progress rises."""
        return turned(self.bound) if self.metric == "acceleration" else self.bound


@dataclass(frozen=True, slots=True)
class Equation:
    """One line of a method's arithmetic: `symbol = formula`, the number for each symbol of it, and the result."""

    formula: str
    terms: Mapping[str, Decimal]
    result: Decimal | None


@dataclass(frozen=True, slots=True)
class Evidence:
    """The newest figure or rating of a series, and how current it is: due on one day, stale after another.

    Before a first figure there is neither it nor a day. What is due next is of `next_period`, the first without a
    figure; `missing` are all periods whose figures should have been out.
    """

    newest: Figure | Rating | None = None
    freshness: Freshness = "none"
    next_due: date | None = None
    stale_after: date | None = None
    next_period: str | None = None
    missing: tuple[str, ...] = ()


NO_EVIDENCE = Evidence()


@dataclass(frozen=True, slots=True)
class PathStanding:
    """Where the latest figure stands against the path.

    `corners` are the days and values the path runs through after its baseline; none for a level to hold. `gap` is in
    the indicator's unit (points for a share), `buffer_months` how far ahead in time, None for a level and for a path
    that does not move one way. The bounds say what each is where figures are bounds. A gap of up to `tolerance` is none
    that was measured; `position` is None where bounds leave it open.
    """

    corners: tuple[tuple[date, Decimal], ...]
    expected: Decimal
    gap: Decimal
    tolerance: Decimal
    position: Position | None
    buffer_months: Decimal | None
    is_level: bool = False
    expected_bound: Bound = ""
    gap_bound: Bound = ""
    buffer_bound: Bound = ""


@dataclass(frozen=True, slots=True)
class Course:
    """The figures that decide, and what they are to come to; paces are per year, `needed` is a month's.

    `observed` is None for one figure and between two floors, `required` where comparing the value with the target
    decides, `path` for a target in words, and where the path has not begun. What is needed counts from `needed_from`:
    the end of the latest period, or today where that is more than a period ago. The bounds say what the paces are where
    the figures are bounds.
    """

    series: Series
    goal: Goal
    observed: Decimal | None
    required: Decimal | None
    path: PathStanding | None
    observed_bound: Bound = ""
    required_bound: Bound = ""
    needed: Decimal | None = None
    needed_from: date | None = None

    @property
    def latest(self) -> Figure:
        return self.series.latest.figure


@dataclass(frozen=True, slots=True)
class Ruling:
    """What a method says, and which one."""

    method: str
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Assessment:
    """One indicator, region and milestone, judged on the figures of the vintage.

    Before a first figure `evidence` has none. An indicator has figures of its own (`course`), a `rating`, or takes
    its verdict `through` its lead proxy; `ruling` is None where no method judged. `reason` says what must be said.
    `awaited_until` is the day until which a verdict is `awaiting` the figure that decides, once the due date `is_over`.
    """

    indicator: Indicator
    region: str
    milestone: Milestone
    target: Target
    basis: Basis
    verdict: Verdict
    reason: Message | None = None
    evidence: Evidence = NO_EVIDENCE
    course: Course | None = None
    rating: Rating | None = None
    ruling: Ruling | None = None
    through: Assessment | None = None
    awaited_until: date | None = None
    is_over: bool = False

    @property
    def latest(self) -> Figure | Rating | None:
        """The figure or rating of its own that decides."""
        return self.course.latest if self.course else self.rating

    @property
    def position(self) -> Position | None:
        """Where the figure that it rests on stands against its path: its own, or that of its lead proxy."""
        path = (self.through or self).path
        return path.position if path else None

    @property
    def path(self) -> PathStanding | None:
        """Where its own figure stands against its path."""
        return self.course.path if self.course else None

    @property
    def is_provisional(self) -> bool:
        """Whether what it rests on is an estimate or a provisional figure, which a final one may overturn."""
        latest = (self.through or self).latest
        return latest is not None and latest.status in ("E", "P") and self.verdict in RESTING

    @property
    def verdict_bound(self) -> Bound:
        """Whether the verdict is exact (empty), or the worst (`>`) or about (`~`) what the figures prove.

        What is off track even at the most is off track: nothing is worse before the day.
        """
        if self.outcome is None or self.verdict not in ("on_track", "at_risk", "off_track"):
            return ""
        return "" if self.outcome.bound == "<" else self.outcome.bound

    @property
    def months_before_due(self) -> int | None:
        """How many whole months before the due date the period ended that decided; None where that is not so."""
        judged = self.through or self
        if judged.latest is None or self.verdict not in ("met", "missed") or not judged.is_over:
            return None
        return months_between(period_end(judged.latest), self.milestone.due)

    @property
    def lead(self) -> str | None:
        """The proxy whose verdict it takes."""
        return self.through.indicator.id if self.through else None

    @property
    def method(self) -> str | None:
        return self.ruling.method if self.ruling else None

    @property
    def outcome(self) -> Outcome | None:
        return self.ruling.outcome if self.ruling else None


@dataclass(frozen=True, slots=True)
class ContextSeries:
    """A series with no target of its own, shown for what it tells about the goals."""

    indicator: Indicator
    region: str
    series: Series | None
    observed: Decimal | None
    evidence: Evidence
    observed_bound: Bound = ""

    @property
    def latest(self) -> Figure | None:
        return self.series.latest.figure if self.series else None


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
