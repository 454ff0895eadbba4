"""(plan, current figures, dates, method) -> Report: every indicator, region and milestone judged."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from aiplus_cli.errors import Message, joined
from aiplus_cli.judge import path
from aiplus_cli.judge.calendar import periods_of, wanted
from aiplus_cli.judge.deciding import decided, deciding_end, last_day, provisional, undecided
from aiplus_cli.judge.methods import DEFAULT, METHODS, method_of, serves
from aiplus_cli.judge.methods.pace import needed_a_month, observed_pace, pace_bound, required_pace
from aiplus_cli.judge.records import (
    DECIDED,
    NO_EVIDENCE,
    Assessment,
    ContextSeries,
    Course,
    Evidence,
    Goal,
    Outcome,
    Point,
    Report,
    Ruling,
    Series,
)
from aiplus_cli.judge.series import build_series, latest_rating, ratings
from aiplus_cli.ledger.bounds import turned
from aiplus_cli.ledger.entries import Figure, Rating
from aiplus_cli.ledger.vintages import Current, Key, period_end
from aiplus_cli.plan.numbers import unrounded
from aiplus_cli.plan.periods import MONTHS_PER_PERIOD, add_months, plus_days, read_period, year_position
from aiplus_cli.plan.records import NATION, Freshness, Indicator, Milestone, Plan, Target, Verdict


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


@unrounded
def assess_plan(
    plan: Plan, current: Current, *, as_of: date, today: date, selection: Selection, method: str = DEFAULT
) -> Report:
    """The report on the figures of a vintage; results stand in the order of the plan.

    A method asked for by name judges every indicator, and must serve each: see `unserved`.
    """
    assessor = _Assessor(plan, current, today, method)
    regions = _regions(plan, current) if selection.regions is None else selection.regions
    explicit = selection.regions is not None
    results: list[Assessment] = []
    context: list[ContextSeries] = []
    for region in regions:
        for indicator in plan.indicators:
            if not selection.takes(indicator):
                continue
            if indicator.basis == "context":
                context.extend(assessor.context(indicator, region))
            elif assessor.concerns(indicator, region, explicit=explicit):
                results.extend(assessor.milestones(indicator, region, selection.milestones))
    return Report(plan, today, as_of, method, tuple(results), tuple(context))


def unserved(plan: Plan, method: str, selection: Selection) -> list[Indicator]:
    """The selected indicators that a method asked for by name cannot judge: those with a number to reach, or named."""
    return [
        indicator
        for indicator in plan.indicators
        if method != DEFAULT
        and selection.takes(indicator)
        and (_is_named(indicator, selection) or any(target.value is not None for target in plan.targets_of(indicator)))
        and not serves(method, indicator)
    ]


def _is_named(indicator: Indicator, selection: Selection) -> bool:
    return indicator.measure == "number" and indicator.id in selection.indicators


def _regions(plan: Plan, current: Current) -> tuple[str, ...]:
    named = {target.region for indicator in plan.indicators for target in indicator.targets}
    named |= {region for _, region in current}
    return (NATION, *sorted(named - {NATION}))


def targets_in_force(plan: Plan, indicator: Indicator, region: str) -> list[tuple[Milestone, Target]]:
    """The targets by due date: the region's own where it has one, else the plan's; never a draft."""
    chosen: dict[str, Target] = {}
    for target in plan.targets_of(indicator):
        if target.draft or target.region not in (region, NATION):
            continue
        if target.region == region or target.milestone not in chosen:
            chosen[target.milestone] = target
    pairs = [(milestone, chosen[milestone.id]) for milestone in plan.milestones if milestone.id in chosen]
    return sorted(pairs, key=lambda pair: pair[0].due)


def baseline_of(plan: Plan, indicator: Indicator, series: Series) -> Point:
    """The declared period; else the last one ended on or before the plan's date; else the first figure."""
    if indicator.baseline:
        declared = read_period(indicator.baseline.period)
        for point in series.points:
            if declared and point.end == declared.end:
                return point
    before = [point for point in series.points if point.end <= plan.about.issued]
    return before[-1] if before else series.points[0]


class _Assessor:
    """The plan, the figures and the clock, for judging one indicator after another."""

    def __init__(self, plan: Plan, current: Current, today: date, method: str) -> None:
        self.plan, self.current, self.today, self.method = plan, current, today, method
        self._series: dict[tuple[Key, date | None], Series | None] = {}
        self._currency: dict[Key, Evidence] = {}

    def series(self, indicator: Indicator, region: str, until: date | None = None) -> Series | None:
        """The series, or what it was of the periods that ended until a day."""
        key = indicator.id, region
        if (key, until) not in self._series:
            periods = self.current.get(key, {}).values()
            kept = periods if until is None else [each for each in periods if period_end(each) <= until]
            self._series[key, until] = build_series(kept)
        return self._series[key, until]

    def concerns(self, indicator: Indicator, region: str, *, explicit: bool) -> bool:
        """The nation is always assessed; a region where it was asked for, has an own target or a figure."""
        if region == NATION or (explicit and indicator.measure == "number"):
            return True
        own = any(target.region == region for target in self.plan.targets_of(indicator))
        return own or (indicator.id, region) in self.current

    def milestones(self, indicator: Indicator, region: str, asked: tuple[str, ...]) -> Iterator[Assessment]:
        goals = targets_in_force(self.plan, indicator, region)
        for milestone, target in goals:
            if asked and milestone.id not in asked:
                continue
            if indicator.measure == "rating":
                yield self._rating(indicator, region, milestone, target)
            else:
                yield self._number(indicator, region, milestone, target, goals)

    def _rating(self, indicator: Indicator, region: str, milestone: Milestone, target: Target) -> Assessment:
        known = self.current.get((indicator.id, region), {}).values()
        newest = latest_rating(known)
        until = self._deadline(milestone)
        rating = latest_rating(each for each in known if until is None or period_end(each) <= until)
        verdict: Verdict = "not_quantified"
        reason: Message | None = Message("the plan gives words only, and nobody has rated it")
        if rating is not None:
            verdict, reason = self._rated(indicator, milestone, rating)
        elif newest is not None:
            reason = Message("no rating is known for a period that ended by {due}", due=until)
        return Assessment(
            indicator,
            region,
            milestone,
            target,
            indicator.basis,
            verdict,
            reason,
            self._evidence(indicator, region),
            rating=rating,
            awaited_until=self._awaited_until(verdict, indicator, milestone, [period_end(rating)] if rating else []),
            is_over=until is not None,
        )

    def _rated(self, indicator: Indicator, milestone: Milestone, rating: Rating) -> tuple[Verdict, Message]:
        """A rating as it is; once the day has passed it decides if it is of the period that ended then."""
        said = Message("rated by {who}, not measured", who=rating.source)
        if self._deadline(milestone) is None:
            return rating.value, said
        end = deciding_end(indicator, milestone.due, [period_end(rating)])
        if period_end(rating) < end:
            return undecided(indicator, end, rating, self.today)
        return "met" if rating.value == "met" else "missed", said

    def _number(
        self,
        indicator: Indicator,
        region: str,
        milestone: Milestone,
        target: Target,
        goals: list[tuple[Milestone, Target]],
    ) -> Assessment:
        series = self.series(indicator, region, self._deadline(milestone))
        if series is None:
            return self._through_proxy(indicator, region, milestone, target, goals)
        baseline = baseline_of(self.plan, indicator, series)
        goal = Goal(
            target.op or ">",
            target.value,
            year_position(milestone.due),
            indicator.direction or "increase",
            indicator.range,
            baseline,
        )
        verdict, outcome, reason = self._judge(indicator, milestone, goal, series)
        over = self._deadline(milestone) is not None
        required = None if verdict in DECIDED or over else required_pace(goal, series)
        since = self._stand_of(indicator, series)
        stands = path.standing(series, goal, goals)
        return Assessment(
            indicator,
            region,
            milestone,
            target,
            indicator.basis,
            verdict,
            _said(reason or _baseline_note(indicator, baseline), path.note(series, goal, stands)),
            self._evidence(indicator, region),
            Course(
                series,
                goal,
                observed_pace(series),
                required,
                stands,
                pace_bound(series) or "",
                turned(series.latest.figure.bound),
                None if required is None else needed_a_month(goal, series, since),
                None if required is None else since,
            ),
            ruling=Ruling(method_of(indicator, self.method), outcome) if outcome else None,
            awaited_until=self._awaited_until(verdict, indicator, milestone, [point.end for point in series.points]),
            is_over=over,
        )

    def _stand_of(self, indicator: Indicator, series: Series) -> date:
        """From when on what is needed counts: the end of the latest period, or today if that is over a period ago."""
        end = series.latest.end
        return self.today if self.today > add_months(end, MONTHS_PER_PERIOD[indicator.frequency]) else end

    def _awaited_until(
        self, verdict: Verdict, indicator: Indicator, milestone: Milestone, ends: list[date]
    ) -> date | None:
        """The day by which the figure that is awaited should be out."""
        return last_day(indicator, deciding_end(indicator, milestone.due, ends)) if verdict == "awaiting" else None

    def _judge(
        self, indicator: Indicator, milestone: Milestone, goal: Goal, series: Series
    ) -> tuple[Verdict, Outcome | None, Message | None]:
        """Comparing the value with the target decides before and after the due date, the method in between."""
        method = method_of(indicator, self.method)
        number, latest = goal.value is not None, series.latest
        if not serves(method, indicator, number=number):
            return "not_quantified", None, Message("the plan gives words only; {method} needs a number", method=method)
        outcome = METHODS[method].judge(goal, series)
        if number and self._deadline(milestone):
            verdict, reason = self._after(indicator, milestone, goal, series)
            return verdict, _without_chance(outcome) if verdict in ("met", "missed") else None, reason
        if goal.met_by(latest.figure):
            return "met", outcome, provisional(latest.figure)
        return outcome.verdict, outcome, outcome.reason

    def _after(
        self, indicator: Indicator, milestone: Milestone, goal: Goal, series: Series
    ) -> tuple[Verdict, Message | None]:
        """Once the day has passed the figure of the period that ended on it decides; until it is out, nothing does."""
        end = deciding_end(indicator, milestone.due, [point.end for point in series.points])
        if series.latest.end < end:
            return undecided(indicator, end, series.latest.figure, self.today)
        return decided(milestone, goal, series.latest)

    def _deadline(self, milestone: Milestone) -> date | None:
        """Once a date has passed, the figures of periods that ended by then decide."""
        return milestone.due if self.today > milestone.due else None

    def _through_proxy(
        self,
        indicator: Indicator,
        region: str,
        milestone: Milestone,
        target: Target,
        goals: list[tuple[Milestone, Target]],
    ) -> Assessment:
        """The verdict of the lead proxy: the first in the file that has figures for the region."""
        until = self._deadline(milestone)
        proxies = self.plan.proxies(indicator.id)
        lead = next((proxy for proxy in proxies if self.series(proxy, region, until)), None)
        if lead is None:
            newest = next((item for item in (indicator, *proxies) if self.series(item, region)), indicator)
            evidence = self._evidence(newest, region)
            verdict, why = self._without_figures(newest, milestone, evidence)
            awaited = self._awaited_until(verdict, newest, milestone, [])
            basis = indicator.basis
            return Assessment(
                indicator, region, milestone, target, basis, verdict, why, evidence, awaited_until=awaited
            )
        taken = self._number(lead, region, milestone, target, goals)
        return Assessment(
            indicator,
            region,
            milestone,
            target,
            "proxy",
            taken.verdict,
            Message("no published series of its own; the verdict is that of {proxy}", proxy=lead.id),
            taken.evidence,
            ruling=taken.ruling,
            through=taken,
            awaited_until=taken.awaited_until,
            is_over=taken.is_over,
        )

    def _without_figures(
        self, indicator: Indicator, milestone: Milestone, evidence: Evidence
    ) -> tuple[Verdict, Message]:
        """What is said where no figure is known, or after the day only figures of later periods."""
        until = self._deadline(milestone)
        if evidence.newest is None or until is None:
            return "no_data", Message("no figure was published on or before the date asked for")
        end = deciding_end(indicator, until, [])
        if self.today <= last_day(indicator, end):
            return undecided(indicator, end, None, self.today)
        return "no_data", Message("no figure is known for a period that ended by {due}", due=until)

    def _evidence(self, indicator: Indicator, region: str) -> Evidence:
        """How current the evidence is, by the whole series, whichever figure a past date is judged on."""
        key = indicator.id, region
        if key not in self._currency:
            self._currency[key] = self._currency_of(indicator, region)
        return self._currency[key]

    def _currency_of(self, indicator: Indicator, region: str) -> Evidence:
        known = self._known(indicator, region)
        if not known:
            return NO_EVIDENCE
        absent = wanted(indicator, list(periods_of(known)), self.plan.about.issued, self.today)
        missing = tuple(each.period.text for each in absent if self.today > each.due)
        if not absent:
            return Evidence(known[-1], "fresh", date.max, date.max)
        first = absent[0]
        stale_after = max(plus_days(first.ordinary, indicator.grace), first.due)
        overdue: Freshness = "due" if self.today <= stale_after else "stale"
        freshness = "fresh" if self.today <= first.due else overdue
        return Evidence(known[-1], freshness, first.due, stale_after, first.period.text, missing)

    def _known(self, indicator: Indicator, region: str) -> Sequence[Figure | Rating]:
        """What is known of an indicator in a region, in the order of the periods."""
        if indicator.measure == "rating":
            return ratings(self.current.get((indicator.id, region), {}).values())
        series = self.series(indicator, region)
        return [point.figure for point in series.points] if series else []

    def context(self, indicator: Indicator, region: str) -> Iterator[ContextSeries]:
        series = self.series(indicator, region)
        if series is None and region != NATION:
            return
        evidence = self._evidence(indicator, region)
        if series is None:
            yield ContextSeries(indicator, region, None, None, evidence)
        else:
            pace = observed_pace(series)
            yield ContextSeries(indicator, region, series, pace, evidence, pace_bound(series) or "")


def _said(*notes: Message | None) -> Message | None:
    """The notes that there are, as one sentence."""
    said = [note for note in notes if note]
    return joined(*said, between=Message("; ")) if said else None


def _without_chance(outcome: Outcome) -> Outcome:
    """After the due date nothing is left to chance; a measure that is not one stays."""
    value = None if outcome.probability is not None else outcome.value
    return Outcome(outcome.verdict, outcome.metric, value, outcome.label, reason=outcome.reason)


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
