"""aiplus.status/1: every indicator, region and milestone, judged on the figures of a day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from aiplus_cli.contract.reasons import because
from aiplus_cli.contract.values import Amount, Count, Keyed, Measure, Part, Probability, Sentence, amount, measure
from aiplus_cli.contract.version import tool_version
from aiplus_cli.errors import Message
from aiplus_cli.judge.bounds import progress_bound
from aiplus_cli.judge.compare import hangs_on_method, verdicts_by_method
from aiplus_cli.judge.enough import on_track_from
from aiplus_cli.judge.methods import COMPARED
from aiplus_cli.judge.methods.calibrated import Likelihood, history, likelihood
from aiplus_cli.judge.records import Assessment, ContextSeries, Outcome, Report
from aiplus_cli.ledger.entries import Bound, Figure, FigureBound, Rating, RatingWord, Status
from aiplus_cli.plan.records import FRESHNESS, VERDICTS, Basis, Freshness, Indicator, Names, Op, Position, Verdict

NO_PACE_NEEDED = Message("the target is met; no pace is required")
COMPARED_ONLY = Message("decided by comparing the value with the target")
SILENT_REASONS = (NO_PACE_NEEDED, COMPARED_ONLY)
"""Why fields are null where nothing need be said of the verdict."""


@dataclass(frozen=True, slots=True)
class Metric(Part):
    """What the method measured."""

    name: str
    """What is measured, as the page on methods calls it: acceleration, ratio, gap_closed, growth, probability."""
    value: Measure | None
    """The measure; null where the figures do not allow one."""
    label: str | None
    """The class in the words of the method's source; null where the source names none."""
    bound: Bound | None
    """Whether the measure is exact (empty), the least (`>`), the most (`<`) or about (`~`) what bounds prove."""


@dataclass(frozen=True, slots=True)
class Interval(Part):
    """Where the value lies on the milestone's day, in the unit of the indicator."""

    level: Decimal
    """The probability that the value lies between `low` and `high`."""
    low: Measure
    """The lower end."""
    high: Measure
    """The upper end."""
    bound: Bound
    """Whether both ends are exact (empty), the least (`>`), the most (`<`) or about (`~`) what bounds prove."""


@dataclass(frozen=True, slots=True)
class ResultRow(Part):
    """One indicator, region and milestone. Differences and paces are in the unit; for a share in percentage points."""

    indicator: str
    """The indicator's id."""
    region: str
    """The region's code."""
    milestone: str
    """The milestone's id."""
    due: date
    """The milestone's day."""
    basis: Basis
    """What the verdict rests on: the indicator's own official series, or a proxy."""
    stands_for: str | None
    """The indicator that this one is a proxy of; null for one with targets of its own."""
    lead_proxy: str | None
    """The proxy whose verdict this is; null where the indicator has figures of its own, or no proxy has any."""
    op: Op | None
    """How the value must compare with the target; null for a target in words only."""
    target: Decimal | None
    """The value to reach; null for a target in words only."""
    target_region: str
    """The region that the target was set for: the row's own, or the nation."""
    clause: str | None
    """The words of the plan."""
    value: Decimal | RatingWord | None
    """The figure as published; a word for a rating; null where none is known."""
    bound: FigureBound | None
    """What the figure is: empty for exact, `>` or `>=` for a floor, `<` or `<=` for a ceiling, `~` for about."""
    status: Status | None
    """SDMX observation status: A normal, P provisional, E estimated, F forecast, B break in the series."""
    period: str | None
    """What the figure is of; it stands for the period's last day."""
    published: date | None
    """The day the figure was published."""
    source: str | None
    """Who published the figure, and where."""
    figure_id: str | None
    """The id of the figure's line in the ledger."""
    unit: str | None
    """The unit as targets.yaml has it, the Chinese one where it has two; null for a rating."""
    baseline_period: str | None
    """The period at which the path to the targets starts; null without a path."""
    baseline_value: Decimal | None
    """The value at which the path starts."""
    expected: Amount | None
    """The value of the path at the end of `period`; null where there is no path, as for a lone figure."""
    gap: Amount | None
    """`value` minus `expected`."""
    buffer_months: Amount | None
    """How far ahead of the path in time; negative: behind; null for a level that is to be held."""
    observed_per_year: Amount | None
    """The pace of the last three years of figures."""
    required_per_year: Amount | None
    """The pace from the latest figure that reaches the target on its day; null where the value decides."""
    metric: Metric | None
    """What the method measured; null where no method judged."""
    method: str | None
    """The method that judged; null where comparing the value with the target decides."""
    probability: Probability | None
    """The chance that the target is reached on its day; null where the method gives none."""
    likelihood: Likelihood | None
    """The probability in words."""
    interval: Interval | None
    """Where the value will lie on the milestone's day; null where the method gives none."""
    history: Sentence | None
    """What past cases with this probability came to."""
    by_method: Annotated[Mapping[str, Verdict | None], Keyed(COMPARED, "verdict_{}")]
    """The verdict of every method; null where it does not apply or was not asked."""
    hangs_on_method: bool
    """Whether the methods that can judge this do not all give one verdict."""
    verdict: Verdict
    """What becomes of the target."""
    freshness: Freshness
    """How current the evidence is; never mixed into the verdict."""
    next_due: date | None
    """The day by which the next figure should be out; null before there is a first one."""
    reason: Sentence | None
    """What must be said of the verdict, and why fields are null."""
    probability_bound: Bound | None
    """Whether `probability` is exact (empty), the least (`>`), the most (`<`) or about (`~`) what bounds prove."""
    observed_bound: Bound | None
    """The same of `observed_per_year`."""
    required_bound: Bound | None
    """The same of `required_per_year`."""
    expected_bound: Bound | None
    """The same of `expected`: where the path starts at a bound, so is its value."""
    gap_bound: Bound | None
    """The same of `gap`."""
    buffer_bound: Bound | None
    """The same of `buffer_months`."""
    next_period: str | None
    """What the figure of `next_due` will be of: the first period without a figure, be it between two others."""
    missing: tuple[str, ...]
    """The periods whose figures should have been out, earliest first."""
    awaited_until: date | None
    """The day by which the figure that decides should be out; null unless the verdict is `awaiting`."""
    provisional: bool
    """Whether the verdict rests on an estimate or a provisional figure, which a final one may overturn."""
    months_before_due: int | None
    """How many whole months before `due` the period ended that decided; null unless the day has passed and it did."""
    needed_per_month: Amount | None
    """The change a month from `needed_from` on that reaches the target on its day; null where the value decides."""
    needed_from: date | None
    """The end of `period`; or today, where that is more than a period ago and nobody knows where it stands now."""
    verdict_bound: Bound
    """Whether the verdict is exact (empty), or the worst (`>`) or about (`~`) what bounded figures prove."""
    position: Position | None
    """Where the figure, or the lead proxy's, stands against its path; null without a path, or where bounds hide it."""
    because: Sentence
    """Why the verdict is what it is, in one sentence made from the numbers of the row."""
    on_track_from: Amount | None
    """The value of the latest figure from which the verdict would be on track; null where it is, or none is enough."""


@dataclass(frozen=True, slots=True)
class ContextRow(Part):
    """A series with no target of its own, shown for what it tells about the goals."""

    indicator: str
    """The indicator's id."""
    region: str
    """The region's code."""
    value: Decimal | RatingWord | None
    """The figure as published; null where none is known."""
    bound: FigureBound | None
    """What the figure is: empty for exact, `>` or `>=` for a floor, `<` or `<=` for a ceiling, `~` for about."""
    status: Status | None
    """SDMX observation status: A normal, P provisional, E estimated, F forecast, B break in the series."""
    period: str | None
    """What the figure is of; it stands for the period's last day."""
    published: date | None
    """The day the figure was published."""
    source: str | None
    """Who published the figure, and where."""
    figure_id: str | None
    """The id of the figure's line in the ledger."""
    unit: str | None
    """The unit as targets.yaml has it, the Chinese one where it has two."""
    observed_per_year: Amount | None
    """The pace of the last three years of figures; null with fewer than two figures."""
    freshness: Freshness
    """How current the evidence is."""
    next_due: date | None
    """The day by which the next figure should be out; null before there is a first one."""
    observed_bound: Bound | None
    """Whether the pace is exact (empty), the least (`>`), the most (`<`) or about (`~`) what bounds prove."""
    next_period: str | None
    """What the figure of `next_due` will be of: the first period without a figure, be it between two others."""
    missing: tuple[str, ...]
    """The periods whose figures should have been out, earliest first."""


@dataclass(frozen=True, slots=True)
class Summary(Part):
    """How many results there are of each kind; every kind has its key."""

    total: Count
    """How many results there are."""
    verdicts: Annotated[Mapping[str, Count], Keyed(VERDICTS)]
    """How many have each verdict."""
    freshness: Annotated[Mapping[str, Count], Keyed(FRESHNESS)]
    """How many rest on evidence of each freshness."""


@dataclass(frozen=True, slots=True)
class StatusDocument(Part):
    """Whether the plan is on course: a row for every indicator, region and milestone."""

    schema: Literal["aiplus.status/1"]
    """The name and version of this form."""
    tool_version: str
    """The version of aiplus that wrote it."""
    plan: str
    """The plan's id."""
    today: date
    """The day of the clock: what pace, freshness and deadlines are reckoned from."""
    as_of: date
    """The day of the figures: those published on or before it are known."""
    method: str
    """The method asked for, or `default`: each result names its own."""
    summary: Summary
    """How many results there are of each kind."""
    results: tuple[ResultRow, ...]
    """What was judged, in the order of the plan."""
    context: tuple[ContextRow, ...]
    """The series without a target."""


def status_document(report: Report) -> StatusDocument:
    """The report in the form of the contract."""
    rows = tuple(result_row(result) for result in report.results)
    return StatusDocument(
        "aiplus.status/1",
        tool_version(),
        report.plan.about.id,
        report.today,
        report.as_of,
        report.method,
        summary_of(rows),
        rows,
        tuple(context_row(series) for series in report.context),
    )


def summary_of(rows: tuple[ResultRow, ...]) -> Summary:
    return Summary(
        len(rows), _counts(VERDICTS, (row.verdict for row in rows)), _counts(FRESHNESS, (row.freshness for row in rows))
    )


def _counts(names: tuple[str, ...], found: Iterable[str]) -> dict[str, int]:
    counter = Counter(found)
    return {name: counter[name] for name in names}


def unit_text(indicator: Indicator) -> str | None:
    """The unit as the file gives it first: the Chinese one where there are two."""
    return indicator.unit.zh if isinstance(indicator.unit, Names) else indicator.unit


def result_row(result: Assessment) -> ResultRow:
    """One result as a row."""
    outcome, course = result.outcome, result.course
    path = course.path if course else None
    baseline = course.goal.baseline.figure if course and path else None
    chance = outcome.probability if outcome else None
    verdicts = verdicts_by_method(result)
    return ResultRow(
        indicator=result.indicator.id,
        region=result.region,
        milestone=result.milestone.id,
        due=result.milestone.due,
        basis=result.basis,
        stands_for=result.indicator.proxy_for,
        lead_proxy=result.lead,
        op=result.target.op,
        target=result.target.value,
        target_region=result.target.region,
        clause=result.target.clause,
        **figure_keys(result.latest),
        unit=unit_text(result.indicator),
        baseline_period=baseline.period if baseline else None,
        baseline_value=baseline.value if baseline else None,
        expected=amount(path.expected if path else None),
        gap=amount(path.gap if path else None),
        buffer_months=amount(path.buffer_months if path else None),
        observed_per_year=amount(course.observed if course else None),
        required_per_year=amount(course.required if course else None),
        metric=_metric(outcome) if outcome else None,
        method=result.method,
        probability=measure(chance),
        likelihood=likelihood(chance) if chance is not None else None,
        interval=_interval(result),
        history=history(chance) if chance is not None else None,
        by_method=verdicts,
        hangs_on_method=hangs_on_method(verdicts.values()),
        verdict=result.verdict,
        freshness=result.evidence.freshness,
        next_due=result.evidence.next_due,
        reason=result.reason or _missing_reason(result),
        probability_bound=outcome.bound if outcome and chance is not None else None,
        observed_bound=course.observed_bound if course and course.observed is not None else None,
        required_bound=course.required_bound if course and course.required is not None else None,
        expected_bound=path.expected_bound if path else None,
        gap_bound=path.gap_bound if path else None,
        buffer_bound=path.buffer_bound if path and path.buffer_months is not None else None,
        next_period=result.evidence.next_period,
        missing=result.evidence.missing,
        awaited_until=result.awaited_until,
        provisional=result.is_provisional,
        months_before_due=result.months_before_due,
        needed_per_month=amount(course.needed if course else None),
        needed_from=course.needed_from if course else None,
        verdict_bound=result.verdict_bound,
        position=result.position,
        because=because(result, verdicts),
        on_track_from=amount(on_track_from(result)),
    )


def figure_keys(figure: Figure | Rating | None) -> dict[str, Any]:
    """What a row says of the figure it rests on."""
    keys = ("value", "bound", "status", "period", "published", "source")
    found = {key: getattr(figure, key) if figure else None for key in keys}
    return {**found, "figure_id": figure.id if figure else None}


def _metric(outcome: Outcome) -> Metric:
    value = measure(outcome.value)
    return Metric(outcome.metric, value, outcome.label, None if value is None else outcome.metric_bound)


def _interval(result: Assessment) -> Interval | None:
    outcome, course = result.outcome, (result.through or result).course
    if outcome is None or outcome.interval is None or course is None:
        return None
    level, low, high = outcome.interval
    return Interval(level, Measure(low), Measure(high), progress_bound(course.goal, outcome.bound))


def _missing_reason(result: Assessment) -> Message | None:
    if result.verdict == "met":
        return NO_PACE_NEEDED
    return COMPARED_ONLY if result.outcome is None else None


def context_row(series: ContextSeries) -> ContextRow:
    """A series without a target as a row."""
    return ContextRow(
        indicator=series.indicator.id,
        region=series.region,
        **figure_keys(series.latest),
        unit=unit_text(series.indicator),
        observed_per_year=amount(series.observed),
        freshness=series.evidence.freshness,
        next_due=series.evidence.next_due,
        observed_bound=series.observed_bound if series.observed is not None else None,
        next_period=series.evidence.next_period,
        missing=series.evidence.missing,
    )
