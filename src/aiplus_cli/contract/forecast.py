"""aiplus.forecast/1: where a number is heading, and when its targets are reached."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from aiplus_cli.contract.precedents import Chance, PrecedentsRow, precedents_row
from aiplus_cli.contract.values import Amount, Measure, Part, Probability, Sentence, amount, measure
from aiplus_cli.contract.version import tool_version
from aiplus_cli.judge.going_on import GoingOn
from aiplus_cli.judge.methods.calibrated import Likelihood, likelihood
from aiplus_cli.judge.outlook import HORIZON, Arrival, Fan, Forecast, Outlook, OutlookBasis, known_period
from aiplus_cli.judge.precedents import PastAdoption
from aiplus_cli.judge.records import Point
from aiplus_cli.ledger.bounds import turned
from aiplus_cli.ledger.entries import Bound, FigureBound, Status
from aiplus_cli.plan.periods import year_position
from aiplus_cli.plan.records import Op, Verdict


@dataclass(frozen=True, slots=True)
class OutlookRow(Part):
    """One milestone; what follows from a target is null where the plan sets no number for the day."""

    milestone: str
    """The milestone's id."""
    due: date
    """The milestone's day."""
    op: Op | None
    """How the value must compare with the target."""
    target: Decimal | None
    """The value to reach."""
    central: Measure
    """The value on that day that is as likely to be exceeded as not; of a pace, the value if it goes on."""
    low: Measure | None
    """The lower end of the interval; of a pace, the value at `least_per_year`, null without one."""
    high: Measure | None
    """The upper end of the interval; of a pace, the value at `most_per_year`, null without one."""
    probability: Probability | None
    """The chance that the target is reached on that day; null where `basis` is `pace`."""
    likelihood: Likelihood | None
    """The probability in words."""
    verdict: Verdict | None
    """What becomes of the target; of a pace only that it is met, else null."""
    required_per_year: Amount | None
    """The pace from the latest figure that reaches the target on its day; null where it is reached."""
    earliest: date | None
    """The day by which the target is reached with a low chance, (1 - `level`) / 2; of a pace, at its best year."""
    expected: date | None
    """The day by which the target is reached with an even chance; of a pace, if it goes on."""
    latest: date | None
    """The day by which the target is reached with a high chance, (1 + `level`) / 2; of a pace, at its worst year."""
    probability_bound: Bound | None
    """Whether `probability` is exact (empty), the least (`>`), the most (`<`) or about (`~`) what bounds prove."""
    value_bound: Bound
    """The same of `central`, `low` and `high`, and of the fan."""
    required_bound: Bound | None
    """The same of `required_per_year`."""
    arrival_bound: Bound | None
    """The same of the days of arrival; beside `<` a day that is null is not known."""
    earliest_period: str | None
    """What is known of `earliest`: its quarter within three years of the latest figure, beyond them its year."""
    expected_period: str | None
    """The same of `expected`."""
    latest_period: str | None
    """The same of `latest`."""


@dataclass(frozen=True, slots=True)
class FanRow(Part):
    """The outlook at one time."""

    at: Amount
    """The time in years: 2028 is the end of 2027-12-31."""
    low: Measure | None
    """The lower end of the interval, or of the spread of a pace; null without a spread."""
    central: Measure
    """The median, or the pace going on."""
    high: Measure | None
    """The upper end of the interval, or of the spread of a pace; null without a spread."""
    inner_low: Measure | None
    """The lower end of the interval of 50 %; null where `level` is no more than that, and of a pace."""
    inner_high: Measure | None
    """The upper end of the interval of 50 %; null where `level` is no more than that, and of a pace."""


@dataclass(frozen=True, slots=True)
class PlaceRow(Part):
    """A value at a time."""

    at: Amount
    """The time in years: 2028 is the end of 2027-12-31."""
    value: Decimal
    """The value, in the unit of the indicator."""


@dataclass(frozen=True, slots=True)
class FigurePlaceRow(Part):
    """A figure at a time."""

    at: Amount
    """The time in years: 2028 is the end of 2027-12-31."""
    value: Decimal
    """The value, in the unit of the indicator."""
    bound: FigureBound
    """What the value is: empty for a value, `>` for a floor, `<` for a ceiling, `~` for an approximate value."""
    status: Status
    """SDMX observation status: A normal, P provisional, E estimated, B break in series."""
    period: str
    """What the figure is of."""


@dataclass(frozen=True, slots=True)
class GoingOnRow(Part):
    """The pace that goes on, and its spread: neither is a chance."""

    since: str
    """The period from which the pace is reckoned; to `period` it is `observed_per_year`."""
    changes: Annotated[int, Field(ge=0)]
    """The number of yearly changes of the last ten years, apart from each other and between exact figures."""
    least_per_year: Amount | None
    """The smallest of them and of the pace; null with fewer than three changes."""
    most_per_year: Amount | None
    """The largest of them and of the pace; null with fewer than three changes."""
    floor: Decimal | None
    """What the value cannot fall below, where the outlook was cut there; else null."""


@dataclass(frozen=True, slots=True)
class ForecastDocument(Part):
    """The outlook at each milestone, by `calibrated` or of the pace if it goes on; values are in the unit."""

    schema: Literal["aiplus.forecast/1"]
    """The name and version of this form."""
    tool_version: str
    """The version of aiplus that wrote it."""
    indicator: str
    """The id of the indicator that was asked for."""
    lead: str
    """Whose figures were used: the indicator itself, or its first proxy with some."""
    region: str
    """The region's code."""
    today: date
    """The day of the clock; a target that is not reached yet is reached no earlier."""
    as_of: date
    """The day of the figures: those published on or before it are known."""
    method: Literal["calibrated"] | None
    """The method; null where `basis` is `pace`, which is none."""
    level: Annotated[Decimal, Field(gt=0, lt=1)]
    """The probability of the interval that was asked for; a pace has no such interval."""
    not_before: date
    """A day of arrival that is null beside a target lies on or after this day, unless `arrival_bound` is `<`."""
    value: Decimal | None
    """The latest figure as published."""
    bound: FigureBound | None
    """What the figure is: empty for exact, `>` or `>=` for a floor, `<` or `<=` for a ceiling, `~` for about."""
    period: str | None
    """What the figure is of."""
    figure_id: str | None
    """The id of the figure's line in the ledger."""
    observed_per_year: Amount | None
    """The pace of the last three years of figures."""
    milestones: tuple[OutlookRow, ...]
    """The milestones ahead, by date; empty where there is no outlook."""
    fan: tuple[FanRow, ...]
    """The outlook from the latest figure to the last milestone, four times a year."""
    reason: Sentence | None
    """Why there is no outlook."""
    figures: tuple[FigurePlaceRow, ...]
    """The figures that the outlook rests on."""
    path: tuple[PlaceRow, ...]
    """The straight path from the baseline through the targets ahead that it has not reached; empty without one."""
    observed_bound: Bound | None
    """Whether the pace is exact (empty), the least (`>`), the most (`<`) or about (`~`) what bounds prove."""
    basis: OutlookBasis | None
    """What the outlook is made of: a `distribution` with chances, or the `pace` if it goes on; null without one."""
    pace: GoingOnRow | None
    """The pace that goes on; null unless `basis` is `pace`."""
    precedents: tuple[PrecedentsRow, ...]
    """Of each milestone with a number to reach: past cases that stood as the share stands, and what became of them."""


def forecast_document(found: Forecast, past: Sequence[PastAdoption]) -> ForecastDocument:
    """The forecast in the form of the contract, with the cases of the past that are nearest to it."""
    latest = found.series.latest.figure if found.series else None
    return ForecastDocument(
        schema="aiplus.forecast/1",
        tool_version=tool_version(),
        indicator=found.indicator.id,
        lead=found.lead.id,
        region=found.region,
        today=found.today,
        as_of=found.as_of,
        method=None if found.pace else "calibrated",
        level=found.level,
        not_before=HORIZON,
        value=latest.value if latest else None,
        bound=latest.bound if latest else None,
        period=latest.period if latest else None,
        figure_id=latest.id if latest else None,
        observed_per_year=amount(found.observed),
        milestones=tuple(_outlook_row(outlook, found.series.latest) for outlook in found.outlooks if found.series),
        fan=tuple(map(_fan_row, found.fan)),
        reason=found.reason,
        figures=tuple(map(_figure_row, found.series.points if found.series else ())),
        path=tuple(PlaceRow(Amount(at), value) for at, value in found.corners),
        observed_bound=None if found.observed is None else found.observed_bound,
        basis=found.basis,
        pace=_going_on_row(found.pace, found.fan[-1].at) if found.pace else None,
        precedents=tuple(_precedents(found, past)),
    )


def _precedents(found: Forecast, past: Sequence[PastAdoption]) -> Iterator[PrecedentsRow]:
    known = year_position(found.as_of)
    for outlook in found.outlooks:
        if found.series and outlook.goal:
            chance = Chance(outlook.probability, outlook.probability_bound)
            yield precedents_row(outlook.milestone.id, outlook.goal, found.series, chance, past, known)


def _figure_row(point: Point) -> FigurePlaceRow:
    figure = point.figure
    return FigurePlaceRow(Amount(point.at), figure.value, figure.bound, figure.status, figure.period)


def _going_on_row(pace: GoingOn, end: Decimal) -> GoingOnRow:
    """The pace; `end` is the last time that the outlook looks at."""
    return GoingOnRow(
        pace.since.figure.period,
        pace.changes,
        amount(pace.least),
        amount(pace.most),
        pace.floor if pace.is_cut(end) else None,
    )


def _outlook_row(outlook: Outlook, latest: Point) -> OutlookRow:
    """The row; from the latest figure the needed pace and the days of arrival are reckoned."""
    target, chance = outlook.target, outlook.probability
    arrival = outlook.arrival or Arrival(None, None, None)
    return OutlookRow(
        milestone=outlook.milestone.id,
        due=outlook.milestone.due,
        op=target.op if target else None,
        target=target.value if target else None,
        central=Measure(outlook.central),
        low=measure(outlook.low),
        high=measure(outlook.high),
        probability=measure(chance),
        likelihood=likelihood(chance) if chance is not None else None,
        verdict=outlook.verdict,
        required_per_year=amount(outlook.required),
        earliest=arrival.earliest,
        expected=arrival.central,
        latest=arrival.latest,
        probability_bound=outlook.probability_bound if chance is not None else None,
        value_bound=outlook.value_bound,
        required_bound=None if outlook.required is None else turned(latest.figure.bound),
        arrival_bound=outlook.arrival_bound if outlook.arrival else None,
        earliest_period=_period(arrival.earliest, latest),
        expected_period=_period(arrival.central, latest),
        latest_period=_period(arrival.latest, latest),
    )


def _period(day: date | None, latest: Point) -> str | None:
    return None if day is None else known_period(day, latest.end)


def _fan_row(fan: Fan) -> FanRow:
    return FanRow(
        at=Amount(fan.at),
        low=measure(fan.low),
        central=Measure(fan.central),
        high=measure(fan.high),
        inner_low=measure(fan.inner_low),
        inner_high=measure(fan.inner_high),
    )
