"""What a monthly review says: changes with their causes, and figures that are awaited."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from aiplus_cli.judge.records import Assessment
from aiplus_cli.ledger.entries import Bound, Entry, Figure, FigureBound, Rating, RatingWord, Status
from aiplus_cli.plan.records import Freshness, Indicator, Milestone, Op, Plan, Position, Verdict

CauseKind = Literal["time", "new_period", "revision", "correction", "withdrawal", "forecast", "targets", "method"]
StepKind = CauseKind | Literal["lead_proxy"]
AwaitedState = Literal["overdue", "missing", "excused", "awaited"]


@dataclass(frozen=True, slots=True)
class Standing:
    """What a review compares of one result, or of one context series, which has no verdict and no target.

    `result` is what it was taken from, for who asks why; it is not compared.
    """

    verdict: Verdict | None
    freshness: Freshness
    value: Decimal | RatingWord | None
    bound: FigureBound
    status: Status
    period: str | None
    probability: Decimal | None = None
    probability_bound: Bound | None = None
    metric: Decimal | None = None
    op: Op | None = None
    target: Decimal | str | None = None
    due: date | None = None
    lead: str | None = None
    awaited_until: date | None = None
    provisional: bool = False
    metric_bound: Bound | None = None
    position: Position | None = None
    result: Assessment | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Cause:
    """One thing that happened on day `on`: for an entry, the day it was published.

    `entry` is the line of the ledger that did it, `old` the one it revises, corrects or takes back, `subject` the
    figure that it is about in the end; `keys` are what changed in targets.yaml, or the old and the new method.
    """

    kind: CauseKind
    on: date
    entry: Entry | None = None
    old: Entry | None = None
    subject: Figure | Rating | None = None
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """What one cause did to one row; None: the row did not exist. The two sides are never equal."""

    cause: Cause
    before: Standing | None
    after: Standing | None

    @property
    def kind(self) -> StepKind:
        """The kind of the cause; `lead_proxy` where what happened put another series in charge of the verdict."""
        before, after = self.before, self.after
        if before is None or after is None or before.lead == after.lead:
            return self.cause.kind
        return self.cause.kind if "no_data" in (before.verdict, after.verdict) else "lead_proxy"


@dataclass(frozen=True, slots=True)
class Change:
    """A row that is not what it was, and every step from the one to the other: each begins where the last ended."""

    indicator: Indicator
    region: str
    milestone: Milestone | None
    steps: tuple[Step, ...]

    @property
    def before(self) -> Standing | None:
        return self.steps[0].before

    @property
    def after(self) -> Standing | None:
        return self.steps[-1].after


@dataclass(frozen=True, slots=True)
class Moment:
    """A plan, a day (of the vintage and of the clock) and a method: with a ledger they give one report."""

    plan: Plan
    day: date
    method: str


@dataclass(frozen=True, slots=True)
class Review:
    """Everything that is not the same on two days.

    `quiet` are the entries that came in between and left nothing changed; `late` those published by the first day and
    recorded after it, which stand in both reports.
    """

    old: Moment
    new: Moment
    compared: int
    changes: tuple[Change, ...]
    quiet: tuple[Cause, ...]
    late: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Awaited:
    """A figure that is missing, or the next one, of a series: due on `due`, or later where `no_data_until` excuses it.

    `days` are left until then, negative once it is overdue; a series without any figure has neither.
    """

    indicator: Indicator
    region: str
    state: AwaitedState
    latest: Figure | Rating | None = None
    period: str | None = None
    due: date | None = None
    days: int | None = None
