"""Where a share is heading: the distribution of `calibrated` at each milestone, and when the target is reached."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from aiplus_cli.errors import Message
from aiplus_cli.judge.assess import baseline_of, targets_in_force
from aiplus_cli.judge.bounds import progress_bound
from aiplus_cli.judge.methods import calibrated
from aiplus_cli.judge.methods.pace import observed_pace, pace_bound, required_pace
from aiplus_cli.judge.records import Goal, Series
from aiplus_cli.judge.series import build_series
from aiplus_cli.ledger.bounds import turned
from aiplus_cli.ledger.entries import Bound
from aiplus_cli.ledger.vintages import Current
from aiplus_cli.plan.numbers import unrounded
from aiplus_cli.plan.periods import day_at, year_position
from aiplus_cli.plan.records import NATION, Indicator, Milestone, Plan, Target, Verdict

HORIZON = date(2050, 1, 1)
"""No date is given on or after this day: so far ahead the method has never been tried."""
STEPS_A_YEAR = 4


@dataclass(frozen=True, slots=True)
class Arrival:
    """The days by which the target is reached with a low, an even and a high chance; None from HORIZON on."""

    earliest: date | None
    central: date | None
    latest: date | None


@dataclass(frozen=True, slots=True)
class Outlook:
    """The value on a milestone's day: its median and central interval, in the indicator's unit.

    `target` and what follows from it are None where the plan sets no number for that day. `value_bound` says of the
    median and both ends what they are where the figures are bounds, `arrival_bound` the same of the days.
    """

    milestone: Milestone
    target: Target | None
    low: Decimal
    central: Decimal
    high: Decimal
    probability: Decimal | None
    verdict: Verdict | None
    required: Decimal | None
    arrival: Arrival | None
    probability_bound: Bound = ""
    value_bound: Bound = ""
    arrival_bound: Bound = ""


@dataclass(frozen=True, slots=True)
class Fan:
    """The distribution at one time on the axis of years."""

    at: Decimal
    low: Decimal
    central: Decimal
    high: Decimal


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


@dataclass(frozen=True, slots=True)
class OutlookQuestion:
    """What is asked: the indicator and region, the probability of the interval (0..1, open), the milestones."""

    indicator: Indicator
    region: str = NATION
    level: Decimal = calibrated.LEVEL
    milestones: tuple[str, ...] = ()


@unrounded
def forecast(plan: Plan, current: Current, question: OutlookQuestion, *, as_of: date, today: date) -> Forecast:
    """The forecast from the figures of a vintage; the indicator and its proxies must have a range."""
    found = _lead(plan, current, question)
    lead, series = found or (question.indicator, None)
    empty = Forecast(question.indicator, lead, question.region, question.level, as_of, today, series, None, (), (), ())
    if series is None:
        return replace(
            empty, reason=Message("no figure is known for {region} on {day}", region=question.region, day=as_of)
        )
    if len(series.points) < 2:
        return replace(empty, reason=Message("one figure shows no pace"))
    latest = series.latest
    if latest.figure.bound == (">" if lead.direction == "decrease" else "<"):
        return replace(empty, reason=Message("the latest figure says only how little was reached at most"))
    stages = [(m, t) for m, t in _stages(plan, question) if m.due >= today and year_position(m.due) > latest.at]
    if not stages:
        asked = Message("no target of a milestone asked for lies ahead")
        nothing = Message("no milestone lies ahead")
        return replace(empty, reason=asked if question.milestones else nothing)
    if calibrated.proven(_goal(plan, lead, series, *stages[-1]), series) is None:
        return replace(empty, reason=Message("the change between two bounded figures is not known"))
    outlooks = tuple(_outlook(plan, lead, series, stage, question.level, today) for stage in stages)
    base = baseline_of(plan, lead, series)
    corners = [
        (goal.at, goal.value)
        for goal in (_goal(plan, lead, series, *stage) for stage in stages)
        if goal.value is not None and not goal.was_beyond(goal.value)
    ]
    return replace(
        empty,
        observed=observed_pace(series),
        observed_bound=pace_bound(series) or "",
        outlooks=outlooks,
        fan=_fan(_goal(plan, lead, series, *stages[-1]), series, question.level),
        corners=((base.at, base.figure.value), *corners) if corners else (),
    )


def _lead(plan: Plan, current: Current, question: OutlookQuestion) -> tuple[Indicator, Series] | None:
    for indicator in (question.indicator, *plan.proxies(question.indicator.id)):
        series = build_series(current.get((indicator.id, question.region), {}).values())
        if series is not None:
            return indicator, series
    return None


def _stages(plan: Plan, question: OutlookQuestion) -> list[tuple[Milestone, Target | None]]:
    """The milestones with a number to reach; without any, those of the plan that concern the region."""
    stages: list[tuple[Milestone, Target | None]] = [
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


def _outlook(
    plan: Plan,
    indicator: Indicator,
    series: Series,
    stage: tuple[Milestone, Target | None],
    level: Decimal,
    today: date,
) -> Outlook:
    goal = _goal(plan, indicator, series, *stage)
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
    )


def _arrival(goal: Goal, series: Series, level: Decimal, today: date) -> Arrival:
    """The days of arrival; none before today, since the latest figure has not reached the target."""
    latest = series.latest
    if goal.met_by(latest.figure):
        return Arrival(latest.end, latest.end, latest.end)
    now, target = calibrated.forecast(goal, series, latest.at), calibrated.target_share(goal)

    def day(chance: Decimal) -> date | None:
        if not calibrated.reachable(goal):
            return None
        position = latest.at + Decimal(str(min(now.years_until(target, float(chance)), 1e4)))
        return max(day_at(position), today) if position < year_position(HORIZON) else None

    tail = (1 - level) / 2
    return Arrival(day(tail), day(Decimal("0.5")), day(1 - tail))


def _fan(goal: Goal, series: Series, level: Decimal) -> tuple[Fan, ...]:
    start, value = series.latest.at, series.latest.figure.value
    steps = int((goal.at - start) * STEPS_A_YEAR)
    times = [start + Decimal(step) / STEPS_A_YEAR for step in range(1, steps + 1)]
    found = [Fan(start, value, value, value)]
    for at in [*times, goal.at]:
        future = calibrated.forecast(goal, series, at)
        low, high = calibrated.interval(goal, future, level)
        found.append(Fan(at, low, calibrated.centre(goal, future), high))
    return tuple(found)
