"""aiplus.diff/1: every result that is not what it was on an earlier day, and each step there with its cause."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal, NamedTuple

from pydantic import Field

from aiplus_cli.contract.reasons import because
from aiplus_cli.contract.status import unit_text
from aiplus_cli.contract.values import Count, Measure, Part, Probability, Sentence, measure
from aiplus_cli.contract.version import tool_version
from aiplus_cli.judge.compare import verdicts_by_method
from aiplus_cli.ledger.bounds import change_bound
from aiplus_cli.ledger.entries import Bound, Entry, FigureBound, RatingWord, Status, Withdrawal
from aiplus_cli.plan.numbers import difference
from aiplus_cli.plan.records import Freshness, Op, Position, Verdict
from aiplus_cli.review.records import Cause, CauseKind, Change, Moment, Review, Standing, Step, StepKind


@dataclass(frozen=True, slots=True)
class MomentRow(Part):
    """One of the two days that are compared."""

    as_of: date
    """The day of the figures: those published on or before it are known."""
    today: date
    """The day of the clock."""
    method: str
    """The method asked for, or `default`: each result is judged by its own."""


@dataclass(frozen=True, slots=True)
class StandingRow(Part):
    """Where a result stands at one moment; a series without a target has a figure and its freshness only."""

    verdict: Verdict | None
    """What becomes of the target; null for a series without one."""
    freshness: Freshness
    """How current the evidence is."""
    value: Decimal | RatingWord | None
    """The figure as published; null where none is known."""
    bound: FigureBound
    """What the figure is: empty for exact, `>` or `>=` for a floor, `<` or `<=` for a ceiling, `~` for about."""
    status: Status
    """SDMX observation status: A normal, P provisional, E estimated, F forecast, B break in the series."""
    period: str | None
    """What the figure is of; null where none is known."""
    probability: Probability | None
    """The chance that the target is reached on its day; null where the method gives none."""
    metric: Measure | None
    """What the method measured; null where the figures do not allow it."""
    op: Op | None
    """How the value must compare with the target; null for a target in words only."""
    target: Decimal | str | None
    """The value to reach, or the words of a target that has none; null for a series without a target."""
    due: date | None
    """The milestone's day."""
    lead_proxy: str | None
    """The proxy whose verdict this is; null where the indicator has figures of its own, or no proxy has any."""
    awaited_until: date | None
    """The day by which the figure that decides should be out; null unless the verdict is `awaiting`."""
    provisional: bool
    """Whether the verdict rests on an estimate or a provisional figure, which a final one may overturn."""
    probability_bound: Bound | None
    """Whether `probability` is exact (empty), the least (`>`), the most (`<`) or about (`~`) what bounds prove."""
    metric_bound: Bound | None
    """The same of `metric`."""
    position: Position | None
    """Where the figure, or the lead proxy's, stands against its path; null without a path, or where bounds hide it."""
    because: Sentence | None
    """Why the verdict is what it is, made from the numbers; null for a series without a target."""


@dataclass(frozen=True, slots=True)
class EntryRow(Part):
    """A line of the ledger: a figure, a rating, or a withdrawal, which has a reason and nothing of a figure."""

    id: str
    """The line's id."""
    published: date
    """The day it was published."""
    recorded_at: datetime
    """When the ledger knew it."""
    indicator: str | None
    """The indicator's id; null for a withdrawal."""
    region: str | None
    """The region's code; null for a withdrawal."""
    period: str | None
    """What the figure is of; null for a withdrawal."""
    value: Decimal | RatingWord | None
    """The figure as published; null for a withdrawal."""
    bound: FigureBound | None
    """What the figure is: empty for exact, `>` or `>=` for a floor, `<` or `<=` for a ceiling, `~` for about."""
    status: Status | None
    """SDMX observation status: A normal, P provisional, E estimated, F forecast, B break in the series."""
    source: str | None
    """Who published the figure, and where; null for a withdrawal."""
    reason: str | None
    """Why a figure was withdrawn; null for a figure."""


@dataclass(frozen=True, slots=True)
class CauseRow(Part):
    """One thing that happened."""

    kind: CauseKind
    """What it was: time, a new period, a revision, a correction, a withdrawal, a forecast, targets, or the method."""
    on: date
    """The day it happened: for a line of the ledger, the day it was published."""
    indicator: str | None
    """The indicator of the figure that it is about in the end; null where it is about none."""
    region: str | None
    """The region of that figure."""
    entry: EntryRow | None
    """The line of the ledger that did it."""
    old: EntryRow | None
    """The line that it revises, corrects or takes back."""
    keys: tuple[str, ...]
    """The keys of targets.yaml that changed, or the earlier and the later method."""
    about: EntryRow | None
    """The figure that it is about in the end, where a withdrawal is itself withdrawn; else `entry` or `old` is it."""


@dataclass(frozen=True, slots=True)
class StepRow(Part):
    """What one cause did to one result."""

    kind: StepKind
    """The kind of the cause; `lead_proxy` where another series has been put in charge of the verdict."""
    cause: CauseRow
    """What happened."""
    before: StandingRow | None
    """Where the result stood; null where it did not exist."""
    after: StandingRow | None
    """Where it stands since; null where it exists no more."""
    value_change: Decimal | None
    """What was added to the value; null where one side has none, or bounds leave it open. What is exact adds up."""
    probability_change: Decimal | None
    """What was added to the probability; null where one side has none, or bounds leave it open."""
    value_change_bound: Bound | None
    """Whether `value_change` is exact (empty), the least (`>`), the most (`<`) or about (`~`) what bounds prove."""
    probability_change_bound: Bound | None
    """The same of `probability_change`."""


@dataclass(frozen=True, slots=True)
class ChangeRow(Part):
    """A result that does not stand where it stood."""

    indicator: str
    """The indicator's id."""
    region: str
    """The region's code."""
    milestone: str | None
    """The milestone's id; null for a series without a target."""
    stands_for: str | None
    """The indicator that this one is a proxy of; null for one with targets of its own."""
    unit: str | None
    """The unit as targets.yaml has it, the Chinese one where it has two; null for a rating."""
    before: StandingRow | None
    """Where it stood on the first day; null where it did not exist."""
    after: StandingRow | None
    """Where it stands on the last day; null where it exists no more."""
    value_change: Decimal | None
    """What was added to the value; null where one side has none, or bounds leave it open, as between two floors."""
    probability_change: Decimal | None
    """What was added to the probability; null where one side has none, or bounds leave it open."""
    steps: tuple[StepRow, ...]
    """How it came there: each step begins where the one before it ended."""
    value_change_bound: Bound | None
    """Whether `value_change` is exact (empty), the least (`>`), the most (`<`) or about (`~`) what bounds prove."""
    probability_change_bound: Bound | None
    """The same of `probability_change`."""


@dataclass(frozen=True, slots=True)
class DiffSummary(Part):
    """How much changed."""

    compared: Count
    """How many results and series without a target there are on either day."""
    changed: Count
    """How many of them do not stand where they stood."""
    verdicts_changed: Count
    """How many of them have another verdict."""
    steps: Mapping[str, Count]
    """How many steps there are of each kind that occurs."""


@dataclass(frozen=True, slots=True)
class DiffDocument(Part):
    """What changed between two days, and why."""

    schema: Literal["aiplus.diff/1"]
    """The name and version of this form."""
    tool_version: str
    """The version of aiplus that wrote it."""
    plan: str
    """The plan's id."""
    from_: Annotated[MomentRow, Field(serialization_alias="from")]
    """The first day."""
    to: MomentRow
    """The last day."""
    targets: Literal["same_file", "compared"]
    """Whether the targets.yaml of today stands for both days, or an earlier one was given to compare with."""
    summary: DiffSummary
    """How much changed, and how many steps led there."""
    changes: tuple[ChangeRow, ...]
    """The results that changed, in the order of the plan."""
    context: tuple[ChangeRow, ...]
    """The series without a target that changed."""
    without_effect: tuple[CauseRow, ...]
    """The lines of the ledger that came in between and left nothing changed."""
    recorded_late: tuple[str, ...]
    """The ids of lines published by the first day and recorded only later, which stand in both reports."""


def diff_document(review: Review, *, same_targets: bool) -> DiffDocument:
    """The review in the form of the contract; `same_targets`: no earlier targets.yaml was given to compare with."""
    rows = tuple(map(change_row, review.changes))
    judged = tuple(row for row in rows if row.milestone)
    return DiffDocument(
        schema="aiplus.diff/1",
        tool_version=tool_version(),
        plan=review.new.plan.about.id,
        from_=_moment_row(review.old),
        to=_moment_row(review.new),
        targets="same_file" if same_targets else "compared",
        summary=_summary(review, rows, judged),
        changes=judged,
        context=tuple(row for row in rows if not row.milestone),
        without_effect=tuple(map(_cause_row, review.quiet)),
        recorded_late=tuple(entry.id for entry in review.late),
    )


def _moment_row(moment: Moment) -> MomentRow:
    return MomentRow(moment.day, moment.day, moment.method)


def _summary(review: Review, rows: tuple[ChangeRow, ...], judged: tuple[ChangeRow, ...]) -> DiffSummary:
    kinds = Counter(step.kind for row in rows for step in row.steps)
    verdicts = sum(_verdict(row.before) != _verdict(row.after) for row in judged)
    return DiffSummary(review.compared, len(rows), verdicts, dict(sorted(kinds.items())))


def _verdict(side: StandingRow | None) -> Verdict | None:
    return side.verdict if side else None


def change_row(change: Change) -> ChangeRow:
    """One change as a row."""
    before, after = _standing_row(change.before), _standing_row(change.after)
    return ChangeRow(
        indicator=change.indicator.id,
        region=change.region,
        milestone=change.milestone.id if change.milestone else None,
        stands_for=change.indicator.proxy_for,
        unit=unit_text(change.indicator),
        before=before,
        after=after,
        **_differences(before, after)._asdict(),
        steps=tuple(map(_step_row, change.steps)),
    )


def _step_row(step: Step) -> StepRow:
    before, after = _standing_row(step.before), _standing_row(step.after)
    return StepRow(
        kind=step.kind,
        cause=_cause_row(step.cause),
        before=before,
        after=after,
        **_differences(before, after)._asdict(),
    )


def _standing_row(side: Standing | None) -> StandingRow | None:
    if side is None:
        return None
    return StandingRow(
        verdict=side.verdict,
        freshness=side.freshness,
        value=side.value,
        bound=side.bound,
        status=side.status,
        period=side.period,
        probability=measure(side.probability),
        metric=measure(side.metric),
        op=side.op,
        target=side.target,
        due=side.due,
        lead_proxy=side.lead,
        awaited_until=side.awaited_until,
        provisional=side.provisional,
        probability_bound=side.probability_bound,
        metric_bound=side.metric_bound,
        position=side.position,
        because=because(side.result, verdicts_by_method(side.result)) if side.result else None,
    )


class _Differences(NamedTuple):
    value_change: Decimal | None
    probability_change: Decimal | None
    value_change_bound: Bound | None
    probability_change_bound: Bound | None


class _Said(NamedTuple):
    """A number as it is written, what it is, and the figure that it rests on: of one figure the same is said twice."""

    number: Decimal
    bound: FigureBound
    figure: tuple[object, ...]


_Added = tuple[Decimal | None, Bound | None]


def _differences(before: StandingRow | None, after: StandingRow | None) -> _Differences:
    """What a step added to value and probability; of the numbers as they are written, so that the steps add up."""
    value, value_bound = _added(_value(before), _value(after))
    chance, chance_bound = _added(_chance(before), _chance(after))
    return _Differences(value, chance, value_bound, chance_bound)


def _value(side: StandingRow | None) -> _Said | None:
    if side is None or not isinstance(side.value, Decimal):
        return None
    return _Said(side.value, side.bound, (side.lead_proxy, side.period))


def _chance(side: StandingRow | None) -> _Said | None:
    if side is None or side.probability is None:
        return None
    figure = side.lead_proxy, side.period, side.value, side.bound
    return _Said(side.probability.written(), side.probability_bound or "", figure)


def _added(old: _Said | None, new: _Said | None) -> _Added:
    """What was added, and what that is; nothing where bounds leave it open."""
    if old is None or new is None:
        return None, None
    if old == new:
        return Decimal(0), ""
    bound = change_bound(old.bound, new.bound)
    return (None, None) if bound is None else (_difference(old.number, new.number), bound)


def _difference(old: Decimal, new: Decimal) -> Decimal:
    """Exact and without an exponent; nothing added is a zero without a sign."""
    return Decimal(0) if new == old else Decimal(f"{difference(new, old):f}")


def _cause_row(cause: Cause) -> CauseRow:
    subject = cause.subject
    return CauseRow(
        kind=cause.kind,
        on=cause.on,
        indicator=subject.indicator if subject else None,
        region=subject.region if subject else None,
        entry=_entry_row(cause.entry),
        old=_entry_row(cause.old),
        keys=cause.keys,
        about=None if subject in (cause.entry, cause.old) else _entry_row(subject),
    )


def _entry_row(entry: Entry | None) -> EntryRow | None:
    if entry is None:
        return None
    figure = None if isinstance(entry, Withdrawal) else entry
    return EntryRow(
        id=entry.id,
        published=entry.published,
        recorded_at=entry.recorded_at,
        indicator=figure.indicator if figure else None,
        region=figure.region if figure else None,
        period=figure.period if figure else None,
        value=figure.value if figure else None,
        bound=figure.bound if figure else None,
        status=figure.status if figure else None,
        source=figure.source if figure else None,
        reason=entry.reason if isinstance(entry, Withdrawal) else None,
    )
