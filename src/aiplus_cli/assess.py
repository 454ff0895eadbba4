"""(plan, current figures, dates, method) -> Report: every indicator, region and milestone judged."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from aiplus_cli.errors import Message
from aiplus_cli.methods import METHODS
from aiplus_cli.methods.linear import observed_pace, required_pace
from aiplus_cli.model import (
    NATION,
    Assessment,
    ContextRow,
    Figure,
    Freshness,
    Goal,
    Indicator,
    Milestone,
    Outcome,
    Plan,
    Point,
    Rating,
    Report,
    Series,
    Target,
    Verdict,
)
from aiplus_cli.periods import MONTHS_PER_PERIOD, add_months, read_period, year_position
from aiplus_cli.series import Key, build_series, latest_rating

Current = Mapping[Key, Mapping[str, Figure | Rating]]


@dataclass(frozen=True)
class Selection:
    """What to assess: empty means all; `regions` None means every region with a target or a figure."""

    regions: tuple[str, ...] | None = (NATION,)
    milestones: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()

    def takes(self, indicator: Indicator) -> bool:
        """Whether the indicator, or what it stands for, is asked for."""
        named = not self.indicators or indicator.id in self.indicators or indicator.proxy_for in self.indicators
        return named and (not self.areas or indicator.area in self.areas)


def compare(op: str, value: Decimal, target: Decimal, direction: str) -> bool:
    """Whether an exact value satisfies `op` target; `~` ("about") asks for the value itself or better."""
    if op == "~":
        op = "<=" if direction == "decrease" else ">="
    return {">": value > target, ">=": value >= target, "<": value < target, "<=": value <= target}[op]


def assess_plan(plan: Plan, current: Current, *, as_of: date, today: date, method: str, selection: Selection) -> Report:
    """The report on the figures of a vintage; results stand in the order of the plan."""
    assessor = _Assessor(plan, current, today, method)
    regions = _regions(plan, current) if selection.regions is None else selection.regions
    explicit = selection.regions is not None
    results: list[Assessment] = []
    context: list[ContextRow] = []
    for region in regions:
        for indicator in plan.indicators:
            if not selection.takes(indicator):
                continue
            if indicator.basis == "context":
                context.extend(assessor.context(indicator, region))
            elif assessor.concerns(indicator, region, explicit=explicit):
                results.extend(assessor.milestones(indicator, region, selection.milestones))
    return Report(plan, today, as_of, method, tuple(results), tuple(context))


def _regions(plan: Plan, current: Current) -> tuple[str, ...]:
    named = {target.region for indicator in plan.indicators for target in indicator.targets}
    named |= {region for _, region in current}
    return (NATION, *sorted(named - {NATION}))


class _Assessor:
    """The plan, the figures and the clock, for judging one indicator after another."""

    def __init__(self, plan: Plan, current: Current, today: date, method: str) -> None:
        self.plan, self.current, self.today, self.method = plan, current, today, method
        self._series: dict[Key, Series | None] = {}
        self._due = {milestone.id: milestone for milestone in plan.milestones}

    def series(self, indicator: Indicator, region: str) -> Series | None:
        key = indicator.id, region
        if key not in self._series:
            self._series[key] = build_series(self.current.get(key, {}).values())
        return self._series[key]

    def concerns(self, indicator: Indicator, region: str, *, explicit: bool) -> bool:
        """The nation is always assessed; a region where it was asked for, has an own target or a figure."""
        if region == NATION or (explicit and indicator.measure == "number"):
            return True
        own = any(target.region == region for target in self.plan.targets_of(indicator))
        return own or (indicator.id, region) in self.current

    def goals(self, indicator: Indicator, region: str) -> list[tuple[Milestone, Target]]:
        """The targets in force by due date: the region's own where it has one, else the plan's; never a draft."""
        chosen: dict[str, Target] = {}
        for target in self.plan.targets_of(indicator):
            if target.draft or target.region not in (region, NATION):
                continue
            if target.region == region or target.milestone not in chosen:
                chosen[target.milestone] = target
        pairs = [(self._due[milestone], target) for milestone, target in chosen.items()]
        return sorted(pairs, key=lambda pair: pair[0].due)

    def milestones(self, indicator: Indicator, region: str, asked: tuple[str, ...]) -> Iterator[Assessment]:
        goals = self.goals(indicator, region)
        for milestone, target in goals:
            if asked and milestone.id not in asked:
                continue
            if indicator.measure == "rating":
                yield self._rating(indicator, region, milestone, target)
            else:
                yield self._number(indicator, region, milestone, target, goals)

    def _rating(self, indicator: Indicator, region: str, milestone: Milestone, target: Target) -> Assessment:
        rating = latest_rating(self.current.get((indicator.id, region), {}).values())
        verdict: Verdict = "not_quantified"
        reason: Message | None = Message("the plan gives words only, and nobody has rated it")
        if rating is not None:
            verdict = rating.value
            reason = Message("rated by {who}, not measured", who=rating.source)
            if self.today > milestone.due and verdict != "met":
                verdict = "missed"
        freshness, next_due = self._freshness(indicator, rating)
        return Assessment(
            indicator, region, milestone, target, indicator.basis, verdict, freshness, next_due, rating, reason=reason
        )

    def _number(
        self,
        indicator: Indicator,
        region: str,
        milestone: Milestone,
        target: Target,
        goals: list[tuple[Milestone, Target]],
    ) -> Assessment:
        series = self.series(indicator, region)
        if series is None:
            return self._through_proxy(indicator, region, milestone, target, goals)
        series = self._until_due(series, milestone.due)
        latest = series.latest.figure
        freshness, next_due = self._freshness(indicator, latest)
        baseline = self._baseline(indicator, series)
        path = [(baseline.at, baseline.figure.value)]
        corners = tuple((m.due, t.value) for m, t in goals if t.value is not None and m.due > baseline.end)
        path += [(year_position(day), corner) for day, corner in corners]
        value, goal_value = latest.value, target.value or Decimal(0)
        expected = _path_value(path, series.latest.at)
        position = _path_time(path, value)
        goal = Goal(
            target.op or ">", goal_value, milestone.due, indicator.direction or "increase", indicator.range, baseline
        )
        verdict, outcome, reason = self._judge(goal, series)
        reason = reason or _baseline_note(indicator, baseline)
        return Assessment(
            indicator,
            region,
            milestone,
            target,
            indicator.basis,
            verdict,
            freshness,
            next_due,
            latest,
            baseline,
            corners,
            None,
            expected,
            value - expected,
            (position - series.latest.at) * 12 if position is not None else None,
            observed_pace(series),
            required_pace(goal, series) if verdict not in ("met", "missed") else None,
            outcome,
            reason,
        )

    def _judge(self, goal: Goal, series: Series) -> tuple[Verdict, Outcome | None, Message | None]:
        latest = series.latest
        if compare(goal.op, latest.figure.value, goal.value, goal.direction):
            return "met", None, None
        if self.today > goal.due:
            late = latest.end < goal.due
            why = Message("judged on {period}: no later figure is known", period=latest.figure.period)
            return "missed", None, why if late else None
        outcome = METHODS[self.method](goal, series, self.today)
        return outcome.verdict, outcome, outcome.reason

    def _until_due(self, series: Series, due: date) -> Series:
        """Once the date has passed, the figures up to it decide, where there are any."""
        if self.today <= due:
            return series
        points = tuple(point for point in series.points if point.end <= due)
        return Series(points) if points else Series(series.points[:1])

    def _baseline(self, indicator: Indicator, series: Series) -> Point:
        """The declared period; else the last one ended on or before the plan's date; else the first figure."""
        if indicator.baseline:
            declared = read_period(indicator.baseline.period)
            for point in series.points:
                if declared and point.end == declared.end:
                    return point
        before = [point for point in series.points if point.end <= self.plan.plan.issued]
        return before[-1] if before else series.points[0]

    def _through_proxy(
        self,
        indicator: Indicator,
        region: str,
        milestone: Milestone,
        target: Target,
        goals: list[tuple[Milestone, Target]],
    ) -> Assessment:
        """The verdict of the lead proxy: the first in the file that has figures for the region."""
        lead = next((proxy for proxy in self.plan.proxies(indicator.id) if self.series(proxy, region)), None)
        if lead is None:
            nothing = Message("no figure was published on or before the date asked for")
            return Assessment(indicator, region, milestone, target, indicator.basis, "no_data", "none", reason=nothing)
        taken = self._number(lead, region, milestone, target, goals)
        return Assessment(
            indicator,
            region,
            milestone,
            target,
            "proxy",
            taken.verdict,
            taken.freshness,
            taken.next_due,
            lead=lead.id,
            outcome=taken.outcome,
            reason=Message("no published series of its own; the verdict is that of {proxy}", proxy=lead.id),
        )

    def _freshness(self, indicator: Indicator, latest: Figure | Rating | None) -> tuple[Freshness, date | None]:
        period = read_period(latest.period) if latest else None
        if period is None:
            return "none", None
        next_end = add_months(period.end, MONTHS_PER_PERIOD[indicator.frequency])
        try:
            next_due = next_end + timedelta(days=indicator.publication_lag)
            stale_after = next_due + timedelta(days=indicator.grace)
        except OverflowError:
            return "fresh", date.max
        if self.today <= next_due:
            return "fresh", next_due
        return ("due" if self.today <= stale_after else "stale"), next_due

    def context(self, indicator: Indicator, region: str) -> Iterator[ContextRow]:
        series = self.series(indicator, region)
        if series is None and region != NATION:
            return
        latest = series.latest.figure if series else None
        freshness, next_due = self._freshness(indicator, latest)
        yield ContextRow(indicator, region, latest, observed_pace(series) if series else None, freshness, next_due)


def _baseline_note(indicator: Indicator, baseline: Point) -> Message | None:
    """A declared baseline without a figure in the vintage is said, never passed over."""
    declared = read_period(indicator.baseline.period) if indicator.baseline else None
    if declared is None or declared.end == baseline.end:
        return None
    return Message(
        "no figure is known for the declared baseline {declared}; the path starts at {period}",
        declared=declared.text,
        period=baseline.figure.period,
    )


Path = list[tuple[Decimal, Decimal]]


def _path_value(path: Path, at: Decimal) -> Decimal:
    """The value of the path at a time: straight between its corners, level before the first and after the last."""
    if at <= path[0][0]:
        return path[0][1]
    for (t0, v0), (t1, v1) in itertools.pairwise(path):
        if at <= t1:
            return v0 + (v1 - v0) * (at - t0) / (t1 - t0)
    return path[-1][1]


def _path_time(path: Path, value: Decimal) -> Decimal | None:
    """The time at which the path has a value, its end pieces prolonged; None where the path does not move one way."""
    steps = [v1 - v0 for (_, v0), (_, v1) in itertools.pairwise(path)]
    if not steps or not (all(step > 0 for step in steps) or all(step < 0 for step in steps)):
        return None
    rising = steps[0] > 0
    pieces = list(itertools.pairwise(path))
    for (t0, v0), (t1, v1) in pieces:
        if (value <= v1 if rising else value >= v1) or (t1, v1) == path[-1]:
            return t0 + (t1 - t0) * (value - v0) / (v1 - v0)
    return None
