"""aiplus.show/1: everything about one indicator, and the arithmetic of its verdicts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from aiplus_cli.contract.ahead import AheadRow, ahead_rows
from aiplus_cli.contract.log import LedgerRow, entry_rows, ids_in_force
from aiplus_cli.contract.plan import BothNames, both
from aiplus_cli.contract.precedents import Chance, PrecedentsRow, none_found, precedents_row
from aiplus_cli.contract.status import ContextRow, ResultRow, context_row, result_row, unit_text
from aiplus_cli.contract.values import Amount, Measure, Part, Sentence, measure
from aiplus_cli.contract.version import tool_version
from aiplus_cli.errors import Message
from aiplus_cli.judge.methods import METHODS
from aiplus_cli.judge.precedents import PastAdoption
from aiplus_cli.judge.records import Assessment, Course, Report, Ruling
from aiplus_cli.judge.series import build_series
from aiplus_cli.ledger.entries import Entry, FigureBound, Withdrawal
from aiplus_cli.ledger.vintages import current
from aiplus_cli.plan.periods import year_position
from aiplus_cli.plan.records import Basis, Direction, Frequency, Indicator, Names, Op, Plan, Target


@dataclass(frozen=True, slots=True)
class AboutRow(Part):
    """The indicator as the plan has it."""

    id: str
    """The indicator's id."""
    name: BothNames
    """Its name."""
    definition: BothNames | None
    """What it measures; null where the plan does not say."""
    denominator: BothNames | None
    """What it is a share of; null where the plan does not say."""
    publisher: str | None
    """Who publishes it; null where the plan does not say."""
    area: str
    """The id of its area; `all` for the whole plan."""
    measure: Literal["number", "rating"]
    """Whether it is a number or an analyst's rating."""
    unit: str | None
    """The unit as targets.yaml has it, the Chinese one where it has two; null for a rating."""
    direction: Direction | None
    """Whether it is to rise or to fall; null for a rating."""
    basis: Basis
    """Whether the series is official, a proxy, or context."""
    frequency: Frequency
    """How often it is published."""
    stands_for: str | None
    """The indicator that this one is a proxy of."""
    proxies: tuple[str, ...]
    """Its proxies; the first with figures leads."""
    evidence: tuple[str, ...]
    """The series that a rating looks at."""


@dataclass(frozen=True, slots=True)
class TargetRow(Part):
    """A target that it is assessed against; a proxy's are those of what it stands for."""

    milestone: str
    """The milestone's id."""
    region: str
    """The region that it is set for."""
    op: Op | None
    """How the value must compare with the target; null for a target in words only."""
    target: Decimal | None
    """The value to reach; null for a target in words only."""
    clause: str | None
    """The words of the plan."""
    document: str | None
    """The document of a region's own target."""
    draft: bool
    """Whether it is a draft, which is shown and never assessed against."""
    note: str | None
    """What a reader should know."""


@dataclass(frozen=True, slots=True)
class PointRow(Part):
    """A figure in force, at the end of its period; of two for one day the one that counts."""

    region: str
    """The region's code."""
    period: str
    """What it is of."""
    end: date
    """The last day of the period."""
    value: Decimal
    """The figure as published."""
    bound: FigureBound
    """What the figure is: empty for exact, `>` or `>=` for a floor, `<` or `<=` for a ceiling, `~` for about."""


@dataclass(frozen=True, slots=True)
class CornerRow(Part):
    """Where the path turns: the value to reach on a milestone's day."""

    day: date
    """The milestone's day."""
    at: Amount
    """The day in years: 2028 is the end of 2027-12-31."""
    value: Decimal
    """The value to reach."""


@dataclass(frozen=True, slots=True)
class PathRow(Part):
    """The path from the baseline through the targets, and where the latest figure stands against it."""

    baseline_period: str
    """The period at which the path starts."""
    baseline_at: Amount
    """Its end in years."""
    baseline_value: Decimal
    """The value at which the path starts."""
    corners: tuple[CornerRow, ...]
    """Where it turns; empty for a level to hold."""
    at: Amount
    """The end of the latest figure's period in years."""
    expected: Amount
    """The value of the path then."""
    gap: Amount
    """The latest figure minus `expected`."""
    level: bool
    """Whether the target is a level to hold, as the baseline had already reached it; the path then stays at it."""


@dataclass(frozen=True, slots=True)
class EquationRow(Part):
    """One line of arithmetic."""

    formula: str
    """The line as the method has it: a symbol, =, an expression."""
    terms: Mapping[str, Measure]
    """The number for each symbol of the expression."""
    result: Measure | None
    """What it comes to; null where it has no value."""


@dataclass(frozen=True, slots=True)
class WorkingRow(Part):
    """The arithmetic of the method that judged."""

    method: str
    """The method's name."""
    question: Sentence
    """The question that it answers."""
    equations: tuple[EquationRow, ...]
    """Its arithmetic, line by line."""
    rule: Sentence
    """How the verdict follows from the measure."""
    reason: Sentence | None
    """What the method has to say besides; null for nothing."""


@dataclass(frozen=True, slots=True)
class ExplanationRow(Part):
    """How one result was judged."""

    region: str
    """The region's code."""
    milestone: str
    """The milestone's id."""
    reached: bool | None
    """Whether the latest figure satisfies the target; null where that is not known, or for a target in words."""
    path: PathRow | None
    """The path, and the standing against it; null where there is none, as for a lone figure or a target in words."""
    working: WorkingRow | None
    """The arithmetic; null where no method judged figures of its own."""
    precedents: PrecedentsRow | None
    """Past cases that stood as the indicator stands; null where no number was judged, and where none were asked for."""


@dataclass(frozen=True, slots=True)
class ShowDocument(Part):
    """Everything about one indicator: what it is, its targets and verdicts, its figures, and the arithmetic."""

    schema: Literal["aiplus.show/1"]
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
    indicator: AboutRow
    """The indicator."""
    targets: tuple[TargetRow, ...]
    """Its targets."""
    results: tuple[ResultRow, ...]
    """Its verdicts, and those of its proxies."""
    context: tuple[ContextRow, ...]
    """The series, where it has no target."""
    figures: tuple[PointRow, ...]
    """Its figures in force, by region and date."""
    entries: tuple[LedgerRow, ...]
    """Every line of the ledger about it that was published by `as_of`."""
    explanations: tuple[ExplanationRow, ...]
    """How each of the results was judged, in the order of `results`."""
    ahead: tuple[AheadRow, ...]
    """Where its series are heading that have no target, or no range; empty where no milestone lies ahead."""


def show_document(
    report: Report, indicator: Indicator, entries: Sequence[Entry], past: Sequence[PastAdoption] | None
) -> ShowDocument:
    """What a report and the entries of the ledger say of one indicator; with the cases nearest to it among `past`."""
    own = [entry for entry in _own(entries, indicator.id) if entry.published <= report.as_of]
    return ShowDocument(
        schema="aiplus.show/1",
        tool_version=tool_version(),
        plan=report.plan.about.id,
        today=report.today,
        as_of=report.as_of,
        method=report.method,
        indicator=_about(report.plan, indicator),
        targets=tuple(map(_target_row, report.plan.targets_of(indicator))),
        results=tuple(map(result_row, report.results)),
        context=tuple(map(context_row, report.context)),
        figures=tuple(_points(own, indicator.id, report.as_of)),
        entries=tuple(entry_rows(own, ids_in_force(own, report.as_of))),
        explanations=tuple(_explanation(result, past, year_position(report.as_of)) for result in report.results),
        ahead=tuple(ahead_rows(report, indicator, current(own, report.as_of))),
    )


def _own(entries: Sequence[Entry], indicator: str) -> list[Entry]:
    """The entries of an indicator, and what takes them back."""
    ids = {entry.id for entry in entries if not isinstance(entry, Withdrawal) and entry.indicator == indicator}
    return [entry for entry in entries if (entry.withdraws if isinstance(entry, Withdrawal) else entry.id) in ids]


def _about(plan: Plan, indicator: Indicator) -> AboutRow:
    return AboutRow(
        id=indicator.id,
        name=both(indicator.name),
        definition=_both(indicator.definition),
        denominator=_both(indicator.denominator),
        publisher=indicator.publisher,
        area=indicator.area,
        measure=indicator.measure,
        unit=unit_text(indicator),
        direction=indicator.direction,
        basis=indicator.basis,
        frequency=indicator.frequency,
        stands_for=indicator.proxy_for,
        proxies=tuple(proxy.id for proxy in plan.proxies(indicator.id)),
        evidence=indicator.evidence,
    )


def _both(names: Names | None) -> BothNames | None:
    return both(names) if names else None


def _target_row(target: Target) -> TargetRow:
    return TargetRow(
        target.milestone,
        target.region,
        target.op,
        target.value,
        target.clause,
        target.document,
        target.draft,
        target.note,
    )


def _points(own: Sequence[Entry], indicator: str, as_of: date) -> Iterator[PointRow]:
    for (found, region), periods in current(own, as_of).items():
        series = build_series(periods.values()) if found == indicator else None
        for point in series.points if series else ():
            figure = point.figure
            yield PointRow(region, figure.period, point.end, figure.value, figure.bound)


def _explanation(result: Assessment, past: Sequence[PastAdoption] | None, known: Decimal) -> ExplanationRow:
    course, ruling = result.course, result.ruling
    return ExplanationRow(
        result.region,
        result.milestone.id,
        _reached(course) if course else None,
        _path_row(course) if course else None,
        _working_row(course, ruling) if course and ruling else None,
        _precedents(result.milestone.id, course, ruling, past, known) if course and ruling and past else None,
    )


def _precedents(
    milestone: str, course: Course, ruling: Ruling, past: Sequence[PastAdoption], known: Decimal
) -> PrecedentsRow | None:
    if course.goal.value is None:
        return None
    if ruling.method != "calibrated":
        return none_found(milestone, Message("judged by {method}, which gives no chance", method=ruling.method))
    chance = Chance(ruling.outcome.probability, ruling.outcome.bound)
    return precedents_row(milestone, course.goal, course.series, chance, past, known)


def _reached(course: Course) -> bool | None:
    if course.goal.met_by(course.latest):
        return True
    return False if course.goal.value is not None and course.goal.failed_by(course.latest) else None


def _path_row(course: Course) -> PathRow | None:
    path, baseline, latest = course.path, course.goal.baseline, course.series.latest
    if path is None:
        return None
    corners = tuple(CornerRow(day, Amount(year_position(day)), value) for day, value in path.corners)
    return PathRow(
        baseline.figure.period,
        Amount(baseline.at),
        baseline.figure.value,
        corners,
        Amount(latest.at),
        Amount(path.expected),
        Amount(path.gap),
        path.is_level,
    )


def _working_row(course: Course, ruling: Ruling) -> WorkingRow:
    method = METHODS[ruling.method]
    equations = tuple(
        EquationRow(step.formula, {name: Measure(value) for name, value in step.terms.items()}, measure(step.result))
        for step in method.working(course.goal, course.series)
    )
    return WorkingRow(ruling.method, method.QUESTION, equations, method.RULE, ruling.outcome.reason)
