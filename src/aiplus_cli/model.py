"""Records: what people write (plan), what the program writes (ledger), what is worked out (report).

The plan is read by pydantic, which reports every problem at once; ledger lines are msgspec structs,
because pydantic reads a JSON number through a binary float (`50.0` becomes 50) and msgspec does not.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal

import msgspec
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from aiplus_cli.errors import Message

Line = Annotated[str, StringConstraints(min_length=1, max_length=2000, pattern=r"^[^\x00-\x1f\x7f-\x9f\u2028\u2029]+$")]
Id = Annotated[str, StringConstraints(max_length=80, pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")]
Number = Annotated[Decimal, Field(max_digits=30, allow_inf_nan=False)]
Op = Literal[">", ">=", "<", "<=", "~"]
Frequency = Literal["annual", "semiannual", "quarterly", "monthly"]
Direction = Literal["increase", "decrease"]
Basis = Literal["official", "proxy", "context"]
Verdict = Literal["met", "on_track", "at_risk", "lagging", "missed", "insufficient_data", "no_data", "not_quantified"]
Freshness = Literal["fresh", "due", "stale", "none"]

VERDICTS: tuple[Verdict, ...] = (
    "missed", "lagging", "at_risk", "insufficient_data", "no_data", "on_track", "met", "not_quantified",
)  # fmt: skip
"""Every verdict, worst first."""
FRESHNESS: tuple[Freshness, ...] = ("stale", "due", "none", "fresh")
NATION = "CN"


class Record(BaseModel):
    """Part of targets.yaml; unknown keys are errors; `line` is where it starts in the file."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)
    line: int = Field(default=0, alias="@line", exclude=True)


class Names(Record):
    """One text in Chinese and English."""

    zh: Line
    en: Line


class Policy(Record):
    """The document: what it is called, who issued it, its number and date."""

    id: Id
    title: Names
    issuer: Names
    document: Line
    issued: date


class Milestone(Record):
    """A dated stage; `region` makes it a stage of that region's own plan only."""

    id: Id
    due: date
    statement: Names
    region: Id | None = None
    document: Line | None = None


class Action(Record):
    """One action of an area."""

    id: Id
    name: Names


class Area(Record):
    """A part of the plan; a `capability` supports the areas and has no actions of its own."""

    id: Id
    name: Names
    kind: Literal["area", "capability"] = "area"
    actions: tuple[Action, ...] = ()


class Target(Record):
    """What an indicator must reach at a milestone: `op` and `value`, or a `clause` in words.

    `region` limits it to that region; a `draft` is shown but never assessed against.
    """

    milestone: Id
    op: Op | None = None
    value: Number | None = None
    clause: Line | None = None
    region: Id = NATION
    document: Line | None = None
    draft: bool = False
    note: Line | None = None


class Baseline(Record):
    """The period at which the path to the targets starts."""

    period: Line


class Indicator(Record):
    """Something that is watched: a number with a unit, or a rating where the plan gives only words."""

    id: Id
    name: Names
    area: Id
    action: Id | None = None
    measure: Literal["number", "rating"]
    unit: Line | Names | None = None
    range: tuple[Number, Number] | None = None
    direction: Direction | None = None
    basis: Basis = "official"
    frequency: Frequency
    publication_lag: Annotated[int, Field(ge=0, le=3660)] = 0
    grace: Annotated[int, Field(ge=0, le=3660)] = 30
    definition: Names | None = None
    publisher: Line | None = None
    denominator: Names | None = None
    owner: Line | None = None
    baseline: Baseline | None = None
    proxy_for: Id | None = None
    evidence: tuple[Id, ...] = ()
    targets: tuple[Target, ...] = ()


class Plan(Record):
    """The whole of targets.yaml."""

    schema_name: Literal["aiplus.targets/1"] = Field(alias="schema")
    plan: Policy
    milestones: tuple[Milestone, ...]
    areas: tuple[Area, ...] = ()
    indicators: tuple[Indicator, ...]

    def indicator(self, indicator_id: str) -> Indicator | None:
        """The indicator of that id, or None."""
        return next((item for item in self.indicators if item.id == indicator_id), None)

    def proxies(self, indicator_id: str) -> tuple[Indicator, ...]:
        """The stand-ins of an indicator, in the order of the file: the first with figures leads."""
        return tuple(item for item in self.indicators if item.proxy_for == indicator_id)

    def targets_of(self, indicator: Indicator) -> tuple[Target, ...]:
        """The targets it is assessed against: a proxy's are those of what it stands for."""
        owner = self.indicator(indicator.proxy_for) if indicator.proxy_for else indicator
        return owner.targets if owner else ()

    def names_area(self, area_id: str) -> Names | None:
        """The names of an area, or None for `all`."""
        return next((area.name for area in self.areas if area.id == area_id), None)


# --- the ledger -------------------------------------------------------------------------------------------------

Bound = Literal["", ">", "<", "~"]
Status = Literal["A", "P", "E", "F", "B"]
RatingWord = Literal["met", "on_track", "at_risk", "lagging"]


class _Published(msgspec.Struct, frozen=True, forbid_unknown_fields=True, gc=False, kw_only=True):
    id: str
    indicator: str
    region: str
    period: str
    status: Status = "A"
    published: date
    source: str
    url: str = ""
    note: str = ""
    replaces: str = ""
    recorded_at: Annotated[datetime, msgspec.Meta(tz=True)]
    recorded_by: str


class Figure(_Published, frozen=True, forbid_unknown_fields=True, gc=False, kw_only=True):
    """One published value of an indicator, exactly as published; `bound` `>` says that it is a floor."""

    value: Decimal
    bound: Bound = ""


class Rating(_Published, frozen=True, forbid_unknown_fields=True, gc=False, kw_only=True):
    """An analyst's judgement of a goal that the plan gives in words only."""

    value: RatingWord
    bound: Literal[""] = ""


class Withdrawal(msgspec.Struct, frozen=True, forbid_unknown_fields=True, gc=False, kw_only=True):
    """Takes a line back from its `published` date on, with a reason."""

    id: str
    withdraws: str
    reason: str
    published: date
    recorded_at: Annotated[datetime, msgspec.Meta(tz=True)]
    recorded_by: str


Entry = Figure | Rating | Withdrawal


# --- results ----------------------------------------------------------------------------------------------------


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
