"""What people write: the records of targets.yaml, and the words that they share with the results."""

from __future__ import annotations

import re
from datetime import date, timedelta, tzinfo
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

from aiplus_cli.plan.numbers import PLAIN, WHOLE, is_short
from aiplus_cli.plan.texts import LONGEST, unseen

UNSEEN = "unseen"
"""The kind of error of a text that is not what people see."""


def _as_seen(text: str) -> str:
    """Refuses a text that differs from another in nothing that people see."""
    if unseen(text):
        raise PydanticCustomError(UNSEEN, "characters that nobody sees")
    return text


Line = Annotated[
    str,
    StringConstraints(min_length=1, max_length=LONGEST, pattern=r"^[^\x00-\x1f\x7f-\x9f\u2028\u2029]+$"),
    AfterValidator(_as_seen),
]
Id = Annotated[str, StringConstraints(max_length=80, pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")]


TOO_LONG = "too_long"
"""The kind of error of a number with more digits than are kept."""


def _as_written(plain: re.Pattern[str], error: str) -> BeforeValidator:
    """Takes a text for a value only in the plain form: no 1_000, no digits of other scripts, no seconds since 1970."""

    def check(value: object) -> object:
        if isinstance(value, str) and not plain.fullmatch(value.strip()):
            raise PydanticCustomError(error, "not written plainly")
        return value

    return BeforeValidator(check)


def _not_too_long(number: Decimal) -> Decimal:
    if not is_short(number):
        raise PydanticCustomError(TOO_LONG, "too many digits")
    return number


Number = Annotated[
    Decimal, Field(allow_inf_nan=False), AfterValidator(_not_too_long), _as_written(PLAIN, "decimal_plain")
]
Day = Annotated[date, _as_written(re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"), "date_plain")]
Whole = Annotated[int, _as_written(WHOLE, "int_plain")]
ZONE = "timezone"
"""The kind of error of a text that names no time zone."""


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ValueError, KeyError, OSError):
        raise PydanticCustomError(ZONE, "no time zone") from None
    return name


Zone = Annotated[str, AfterValidator(_known_zone)]
Op = Literal[">", ">=", "<", "<=", "~"]
Frequency = Literal["annual", "semiannual", "quarterly", "monthly"]
Direction = Literal["increase", "decrease"]
Basis = Literal["official", "proxy", "context"]
Verdict = Literal[
    "met", "on_track", "at_risk", "off_track", "missed", "awaiting", "insufficient_data", "no_data", "not_quantified"
]
Position = Literal["ahead", "on_path", "behind"]
MethodName = Literal["linear", "open-sdg", "un", "calibrated", "agreement"]
Freshness = Literal["fresh", "due", "stale", "none"]

VERDICTS: tuple[Verdict, ...] = (
    "missed", "off_track", "at_risk", "insufficient_data", "no_data", "awaiting", "on_track", "met", "not_quantified",
)  # fmt: skip
"""Every verdict, worst first."""
JUDGED: tuple[Verdict, ...] = ("off_track", "at_risk", "on_track")
"""The verdicts on what is neither met nor past its date, worst first."""
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


class PlanDocument(Record):
    """The document: what it is called, who issued it, its number and date, and where it is which day."""

    id: Id
    title: Names
    issuer: Names
    document: Line
    issued: Day
    timezone: Zone | None = None

    @property
    def zone(self) -> tzinfo | None:
        """The time zone that says which day it is, wherever a job runs; None for that of the computer."""
        return ZoneInfo(self.timezone) if self.timezone else None


class Milestone(Record):
    """A dated stage; `region` makes it a stage of that region's own plan only."""

    id: Id
    due: Day
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


class Silence(Record):
    """A day before which no figure is expected, and why."""

    until: Day = Field(alias="date")
    reason: Line


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
    publication_lag: Annotated[Whole, Field(ge=0, le=3660)] = 0
    grace: Annotated[Whole, Field(ge=0, le=3660)] = 30
    definition: Names | None = None
    publisher: Line | None = None
    denominator: Names | None = None
    owner: Line | None = None
    no_data_until: Silence | None = None
    baseline: Baseline | None = None
    method: MethodName | None = None
    proxy_for: Id | None = None
    evidence: tuple[Id, ...] = ()
    targets: tuple[Target, ...] = ()


Word = Literal[
    "missed", "off_track", "at_risk", "behind", "awaiting", "insufficient_data", "no_data", "not_quantified",
    "stale", "due", "none", "regression", "worsened", "provisional",
]  # fmt: skip
"""What a gate can look for: verdicts, a position, states of the evidence, falls, and what is not final."""


Unjudged = Literal["insufficient_data", "no_data", "not_quantified", "no_target", "no_path", "no_comparison"]
"""Why a gate cannot judge what it names."""


class Gate(Record):
    """A rule of `check`: where it looks (ids, or patterns with `*` and `?`; unnamed is everywhere) and for what.

    What it cannot judge fails it, unless it says with `allow`, or with a word of its own, what that is to it.
    `tolerance` is in the unit of the indicator; probabilities are from 0 to 1.
    """

    id: Id
    indicators: tuple[Line, ...] = ()
    areas: tuple[Line, ...] = ()
    regions: tuple[Line, ...] = ()
    milestones: tuple[Line, ...] = ()
    fail: tuple[Word, ...] = ()
    warn: tuple[Word, ...] = ()
    allow: tuple[Unjudged, ...] = ()
    fail_probability_below: Number | None = None
    warn_probability_below: Number | None = None
    since: Day | None = None
    since_last: bool = False
    ratchet: bool = False
    tolerance: Number = Decimal(0)
    note: Line | None = None


LONGEST_WAIVER = timedelta(days=180)
"""From the day a waiver is granted, or where none is given from today, to the last day it may be in force."""


class Waiver(Record):
    """A dated excuse for one finding, named by its gate, indicator, region and milestone (none for a context series).

    It is in force from `granted` (None: at any time) to `expires`, both included; not for a value worse than `floor`.
    It is renewed by another one for the same that begins later; the first stays, since it was in force.
    """

    indicator: Id
    region: Id = NATION
    milestone: Id | None = None
    gate: Id
    reason: Line
    owner: Line
    granted: Day | None = None
    expires: Day
    floor: Number | None = None

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What it excuses: gate, indicator, region, milestone."""
        return self.gate, self.indicator, self.region, self.milestone or ""

    @property
    def start(self) -> date:
        """The first day on which it holds."""
        return self.granted or date.min


class CheckPolicy(Record):
    """What `check` demands of the plan."""

    gates: tuple[Gate, ...]


class Plan(Record):
    """The whole of targets.yaml."""

    schema_name: Literal["aiplus.targets/1"] = Field(alias="schema")
    about: PlanDocument = Field(alias="plan")
    milestones: tuple[Milestone, ...]
    areas: tuple[Area, ...] = ()
    indicators: tuple[Indicator, ...]
    policy: CheckPolicy | None = None
    waivers: tuple[Waiver, ...] = ()

    @property
    def gates(self) -> tuple[Gate, ...]:
        """The gates of the policy, or one that asks what any plan may be asked."""
        if self.policy:
            return self.policy.gates
        warn: tuple[Word, ...] = ("at_risk", "insufficient_data", "stale", "none")
        return (Gate(id="default", fail=("missed", "off_track"), warn=warn),)

    @cached_property
    def _indicators(self) -> dict[str, Indicator]:
        return {item.id: item for item in reversed(self.indicators)}

    @cached_property
    def _proxies(self) -> dict[str, tuple[Indicator, ...]]:
        found: dict[str, list[Indicator]] = {}
        for item in self.indicators:
            if item.proxy_for:
                found.setdefault(item.proxy_for, []).append(item)
        return {owner: tuple(proxies) for owner, proxies in found.items()}

    @cached_property
    def ids(self) -> dict[str, dict[str, None]]:
        """All ids of a kind (milestone, area, action, indicator) in the order of the file, quick to look one up in."""
        return {
            "milestone": dict.fromkeys(item.id for item in self.milestones),
            "area": dict.fromkeys(item.id for item in self.areas),
            "action": dict.fromkeys(action.id for area in self.areas for action in area.actions),
            "indicator": dict.fromkeys(item.id for item in self.indicators),
        }

    def indicator(self, indicator_id: str) -> Indicator | None:
        """The indicator of that id, or None."""
        return self._indicators.get(indicator_id)

    def proxies(self, indicator_id: str) -> tuple[Indicator, ...]:
        """The stand-ins of an indicator, in the order of the file: the first with figures leads."""
        return self._proxies.get(indicator_id, ())

    def targets_of(self, indicator: Indicator) -> tuple[Target, ...]:
        """The targets it is assessed against: a proxy's are those of what it stands for."""
        owner = self.indicator(indicator.proxy_for) if indicator.proxy_for else indicator
        return owner.targets if owner else ()

    def names_area(self, area_id: str) -> Names | None:
        """The names of an area, or None for `all`."""
        return next((area.name for area in self.areas if area.id == area_id), None)
