"""Where a number is heading: its value at each milestone, and when the target is reached.

For a share of a range by the distribution of `calibrated`; for any other number by its pace, if that goes on.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Literal

from aiplus_cli.errors import Message
from aiplus_cli.judge.assess import baseline_of, targets_in_force
from aiplus_cli.judge.bounds import progress_bound
from aiplus_cli.judge.going_on import GoingOn, going_on
from aiplus_cli.judge.methods import calibrated
from aiplus_cli.judge.methods.pace import observed_pace, pace_bound, required_pace
from aiplus_cli.judge.records import Goal, Point, Series
from aiplus_cli.judge.series import build_series
from aiplus_cli.ledger.bounds import side, turned
from aiplus_cli.ledger.entries import Bound
from aiplus_cli.ledger.vintages import Current
from aiplus_cli.plan.numbers import unrounded
from aiplus_cli.plan.periods import day_at, year_position
from aiplus_cli.plan.records import NATION, Indicator, Milestone, Plan, Target, Verdict

HORIZON = date(2050, 1, 1)
"""No date is given on or after this day: so far ahead the method has never been tried."""
STEPS_A_YEAR = 4
INNER = Decimal("0.5")
"""The level of the interval within the interval."""
QUARTERS_FOR = 3
"""Years after the latest figure for which a day of arrival is known to the quarter; beyond, to the year."""

OutlookBasis = Literal["distribution", "pace"]
"""What an outlook is made of: a distribution with chances, or the pace, if it goes on, without any."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """The days by which the target is reached with a low, an even and a high chance; None from HORIZON on.

    Of a pace: if every year is as the best of the past, as the pace, as the worst; None as well where it never is.
    """

    earliest: date | None
    central: date | None
    latest: date | None


@dataclass(frozen=True, slots=True)
class Outlook:
    """The value on a milestone's day, in the indicator's unit: its median and central interval, or that of a pace.

    `target`, the `goal` that it makes and what follows are None where the plan sets no number for that day.
    `value_bound` says of the median and both ends what they are where the figures are bounds, `arrival_bound` the same
    of the days. A pace has no ends with too few past changes, never a chance, and no verdict but that the target is
    met.
    """

    milestone: Milestone
    target: Target | None
    low: Decimal | None
    central: Decimal
    high: Decimal | None
    probability: Decimal | None
    verdict: Verdict | None
    required: Decimal | None
    arrival: Arrival | None
    probability_bound: Bound = ""
    value_bound: Bound = ""
    arrival_bound: Bound = ""
    goal: Goal | None = None


@dataclass(frozen=True, slots=True)
class Fan:
    """An outlook at one time on the axis of years; the inner ends are those of INNER, where the level is above it."""

    at: Decimal
    low: Decimal | None
    central: Decimal
    high: Decimal | None
    inner_low: Decimal | None = None
    inner_high: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Forecast:
    """Everything `aiplus forecast` says; `reason` tells why there is no outlook.

    `indicator` is what was asked for, `lead` what its figures are taken from: itself, or its first proxy with some.
    """

    indicator: Indicator
    lead: Indicator
    region: str
    level: Decimal
    as_of: date
    today: date
    series: Series | None
    observed: Decimal | None
    outlooks: tuple[Outlook, ...]
    fan: tuple[Fan, ...]
    corners: tuple[tuple[Decimal, Decimal], ...]
    reason: Message | None = None
    observed_bound: Bound = ""
    pace: GoingOn | None = None

    @property
    def basis(self) -> OutlookBasis | None:
        """What the outlook is made of; None where there is none."""
        return None if not self.outlooks else "pace" if self.pace else "distribution"


Stage = tuple[Milestone, Target | None]
"""A milestone, and the number to reach by it, if there is one."""


@dataclass(frozen=True, slots=True)
class OutlookQuestion:
    """What is asked: the indicator and region, the probability of the interval (0..1, open), the milestones."""

    indicator: Indicator
    region: str = NATION
    level: Decimal = calibrated.LEVEL
    milestones: tuple[str, ...] = ()


@unrounded
def forecast(plan: Plan, current: Current, question: OutlookQuestion, *, as_of: date, today: date) -> Forecast:
    """The forecast from the figures of a vintage; the indicator must be a number."""
    found = _lead(plan, current, question)
    lead, series = found or (question.indicator, None)
    empty = Forecast(question.indicator, lead, question.region, question.level, as_of, today, series, None, (), (), ())
    if series is None:
        return replace(
            empty, reason=Message("no figure is known for {region} on {day}", region=question.region, day=as_of)
        )
    if len(series.points) < 2:
        return replace(empty, reason=Message("one figure shows no pace"))
    if lead.range and side(series.latest.figure.bound) == (">" if lead.direction == "decrease" else "<"):
        return replace(empty, reason=Message("the latest figure says only how little was reached at most"))
    stages = [(m, t) for m, t in _stages(plan, question) if m.due >= today and year_position(m.due) > series.latest.at]
    if not stages:
        asked = Message("no target of a milestone asked for lies ahead")
        nothing = Message("no milestone lies ahead")
        return replace(empty, reason=asked if question.milestones else nothing)
    goals = [_goal(plan, lead, series, *stage) for stage in stages]
    ahead = _by_distribution if lead.range else _by_pace
    filled = ahead(empty, series, stages, goals)
    if filled is None:
        return replace(empty, reason=Message("the change between two bounded figures is not known"))
    return replace(
        filled,
        observed=observed_pace(series),
        observed_bound=pace_bound(series) or "",
        corners=_corners(baseline_of(plan, lead, series), goals),
    )


def _by_distribution(empty: Forecast, series: Series, stages: list[Stage], goals: list[Goal]) -> Forecast | None:
    """Chances and intervals; None where bounds prove no progress."""
    if calibrated.proven(goals[-1], series) is None:
        return None
    outlooks = tuple(
        _outlook(goal, series, stage, empty.level, empty.today) for goal, stage in zip(goals, stages, strict=True)
    )
    return replace(empty, outlooks=outlooks, fan=_fan(goals[-1], series, empty.level))


def _by_pace(empty: Forecast, series: Series, stages: list[Stage], goals: list[Goal]) -> Forecast | None:
    """The line and its spread; None where bounds prove no pace."""
    pace = going_on(empty.lead, series)
    if pace is None:
        return None
    outlooks = tuple(
        _pace_outlook(pace, goal, series, stage, empty.today) for goal, stage in zip(goals, stages, strict=True)
    )
    fan = tuple(
        Fan(at, pace.low(at), pace.value(pace.pace, at), pace.high(at)) for at in _times(series.latest.at, goals[-1].at)
    )
    return replace(empty, outlooks=outlooks, fan=fan, pace=pace)


def _corners(base: Point, goals: list[Goal]) -> tuple[tuple[Decimal, Decimal], ...]:
    """The path from the baseline through the targets ahead that it has not reached; none without such a target."""
    corners = [(goal.at, goal.value) for goal in goals if goal.value is not None and not goal.was_beyond(goal.value)]
    return ((base.at, base.figure.value), *corners) if corners else ()


def _lead(plan: Plan, current: Current, question: OutlookQuestion) -> tuple[Indicator, Series] | None:
    for indicator in (question.indicator, *plan.proxies(question.indicator.id)):
        series = build_series(current.get((indicator.id, question.region), {}).values())
        if series is not None:
            return indicator, series
    return None


def _stages(plan: Plan, question: OutlookQuestion) -> list[Stage]:
    """The milestones with a number to reach; without any, those of the plan that concern the region."""
    stages: list[Stage] = [
        pair for pair in targets_in_force(plan, question.indicator, question.region) if pair[1].value is not None
    ]
    if not stages:
        ours = [m for m in plan.milestones if m.region in (None, NATION, question.region)]
        stages = [(milestone, None) for milestone in sorted(ours, key=lambda milestone: milestone.due)]
    return [(m, t) for m, t in stages if not question.milestones or m.id in question.milestones]


def _goal(plan: Plan, indicator: Indicator, series: Series, milestone: Milestone, target: Target | None) -> Goal:
    return Goal(
        (target.op if target else None) or ">=",
        target.value if target else None,
        year_position(milestone.due),
        indicator.direction or "increase",
        indicator.range,
        baseline_of(plan, indicator, series),
    )


def _outlook(goal: Goal, series: Series, stage: Stage, level: Decimal, today: date) -> Outlook:
    future = calibrated.forecast(goal, series)
    low, high = calibrated.interval(goal, future, level)
    middle = calibrated.centre(goal, future)
    progress = calibrated.proven(goal, series) or ""
    value_bound = progress_bound(goal, progress)
    if goal.value is None:
        return Outlook(*stage, low, middle, high, None, None, None, None, value_bound=value_bound)
    outcome = calibrated.judge(goal, series)
    reached = goal.met_by(series.latest.figure)
    return Outlook(
        *stage,
        low,
        middle,
        high,
        outcome.probability,
        "met" if reached else outcome.verdict,
        None if reached else required_pace(goal, series),
        None if outcome.probability is None else _arrival(goal, series, level, today),
        outcome.bound,
        value_bound,
        "" if reached else turned(progress),
        goal,
    )


def _arrival(goal: Goal, series: Series, level: Decimal, today: date) -> Arrival:
    """The days of arrival; none before today, since the latest figure has not reached the target."""
    latest = series.latest
    if goal.met_by(latest.figure):
        return Arrival(latest.end, latest.end, latest.end)
    ahead, target = calibrated.prospect(goal, series), calibrated.target_share(goal)

    def day(chance: Decimal) -> date | None:
        if not calibrated.reachable(goal):
            return None
        position = latest.at + Decimal(str(min(ahead.years_until(target, float(chance)), 1e4)))
        return max(day_at(position), today) if position < year_position(HORIZON) else None

    tail = (1 - level) / 2
    return Arrival(day(tail), day(Decimal("0.5")), day(1 - tail))


def _pace_outlook(pace: GoingOn, goal: Goal, series: Series, stage: Stage, today: date) -> Outlook:
    """The line on a milestone's day, its spread, and when the target is reached at each."""
    latest = pace.latest.figure
    reached = goal.met_by(latest)
    is_open = goal.value is None or (goal.reached(latest.value) and not reached)
    return Outlook(
        *stage,
        pace.low(goal.at),
        pace.value(pace.pace, goal.at),
        pace.high(goal.at),
        probability=None,
        verdict="met" if reached else None,
        required=None if reached else required_pace(goal, series),
        arrival=None if is_open else _pace_arrival(pace, goal, today),
        value_bound=pace.bound,
        arrival_bound="" if reached else turned(progress_bound(goal, pace.bound)),
        goal=None if goal.value is None else goal,
    )


def _pace_arrival(pace: GoingOn, goal: Goal, today: date) -> Arrival:
    """The days on which the best, the usual and the worst of the past years would reach the target; none is past."""
    end = pace.latest.end
    if goal.value is None or goal.met_by(pace.latest.figure):
        return Arrival(end, end, end)
    best, worst = (pace.most, pace.least) if goal.sign > 0 else (pace.least, pace.most)
    towards = (each if each is not None and each * goal.sign > 0 else None for each in (best, pace.pace, worst))
    positions = [pace.arrival(each, goal.value) for each in towards]
    last = year_position(HORIZON)
    return Arrival(*(max(day_at(at), today) if at is not None and at < last else None for at in positions))


def _fan(goal: Goal, series: Series, level: Decimal) -> tuple[Fan, ...]:
    start, *times = _times(series.latest.at, goal.at)
    now = series.latest.figure.value
    inner = (now, now) if level > INNER else ()
    found = [Fan(start, now, now, now, *inner)]
    for at in times:
        future = calibrated.forecast(goal, series, at)
        low, high = calibrated.interval(goal, future, level)
        inner = calibrated.interval(goal, future, INNER) if level > INNER else ()
        found.append(Fan(at, low, calibrated.centre(goal, future), high, *inner))
    return tuple(found)


def _times(start: Decimal, end: Decimal) -> list[Decimal]:
    """Times from the start to the end, four a year, and the end itself."""
    steps = int((end - start) * STEPS_A_YEAR)
    return [*(start + Decimal(step) / STEPS_A_YEAR for step in range(steps + 1)), end]


def known_period(day: date, latest: date) -> str:
    """What is known of a day of arrival that was reckoned from a figure: its quarter, or farther off its year."""
    years = year_position(day) - year_position(latest)
    return f"{day.year}-Q{(day.month + 2) // 3}" if years <= QUARTERS_FOR else f"{day.year}"
