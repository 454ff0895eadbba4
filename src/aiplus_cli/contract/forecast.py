"""aiplus.forecast/1: where a share is heading, and when its targets are reached."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from aiplus_cli.contract.values import Amount, Measure, Part, Probability, Sentence, amount, measure
from aiplus_cli.contract.version import tool_version
from aiplus_cli.judge.methods.calibrated import Likelihood, likelihood
from aiplus_cli.judge.outlook import HORIZON, Arrival, Fan, Forecast, Outlook
from aiplus_cli.judge.records import Point
from aiplus_cli.ledger.bounds import turned
from aiplus_cli.ledger.entries import Bound
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
    """The value on that day that is as likely to be exceeded as not."""
    low: Measure
    """The lower end of the interval."""
    high: Measure
    """The upper end of the interval."""
    probability: Probability | None
    """The chance that the target is reached on that day."""
    likelihood: Likelihood | None
    """The probability in words."""
    verdict: Verdict | None
    """What becomes of the target."""
    required_per_year: Amount | None
    """The pace from the latest figure that reaches the target on its day; null where it is reached."""
    earliest: date | None
    """The day by which the target is reached with a low chance, (1 - `level`) / 2."""
    expected: date | None
    """The day by which the target is reached with an even chance."""
    latest: date | None
    """The day by which the target is reached with a high chance, (1 + `level`) / 2."""
    probability_bound: Bound | None
    """Whether `probability` is exact (empty), the least (`>`), the most (`<`) or about (`~`) what bounds prove."""
    value_bound: Bound
    """The same of `central`, `low` and `high`, and of the fan."""
    required_bound: Bound | None
    """The same of `required_per_year`."""
    arrival_bound: Bound | None
    """The same of the days of arrival; beside `<` a day that is null is not known."""


@dataclass(frozen=True, slots=True)
class FanRow(Part):
    """The distribution at one time."""

    at: Amount
    """The time in years: 2028 is the end of 2027-12-31."""
    low: Measure
    """The lower end of the interval."""
    central: Measure
    """The median."""
    high: Measure
    """The upper end of the interval."""


@dataclass(frozen=True, slots=True)
class PlaceRow(Part):
    """A value at a time."""

    at: Amount
    """The time in years: 2028 is the end of 2027-12-31."""
    value: Decimal
    """The value, in the unit of the indicator."""


@dataclass(frozen=True, slots=True)
class ForecastDocument(Part):
    """The outlook at each milestone, by the method `calibrated`. Values are in the indicator's unit."""

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
    method: Literal["calibrated"]
    """The method."""
    level: Annotated[Decimal, Field(gt=0, lt=1)]
    """The probability of the interval."""
    not_before: date
    """A day of arrival that is null beside a target lies on or after this day, unless `arrival_bound` is `<`."""
    value: Decimal | None
    """The latest figure as published."""
    bound: Bound | None
    """What the figure is: empty for a value, `>` for a floor, `<` for a ceiling, `~` for an approximate value."""
    period: str | None
    """What the figure is of."""
    figure_id: str | None
    """The id of the figure's line in the ledger."""
    observed_per_year: Amount | None
    """The pace of the last three years of figures."""
    milestones: tuple[OutlookRow, ...]
    """The milestones ahead, by date; empty where there is no outlook."""
    fan: tuple[FanRow, ...]
    """The distribution from the latest figure to the last milestone, four times a year."""
    reason: Sentence | None
    """Why there is no outlook."""
    figures: tuple[PlaceRow, ...]
    """The figures that the outlook rests on."""
    path: tuple[PlaceRow, ...]
    """The straight path from the baseline through the targets ahead that it has not reached; empty without one."""
    observed_bound: Bound | None
    """Whether the pace is exact (empty), the least (`>`), the most (`<`) or about (`~`) what bounds prove."""


def forecast_document(found: Forecast) -> ForecastDocument:
    """The forecast in the form of the contract."""
    latest = found.series.latest.figure if found.series else None
    return ForecastDocument(
        schema="aiplus.forecast/1",
        tool_version=tool_version(),
        indicator=found.indicator.id,
        lead=found.lead.id,
        region=found.region,
        today=found.today,
        as_of=found.as_of,
        method="calibrated",
        level=found.level,
        not_before=HORIZON,
        value=latest.value if latest else None,
        bound=latest.bound if latest else None,
        period=latest.period if latest else None,
        figure_id=latest.id if latest else None,
        observed_per_year=amount(found.observed),
        milestones=tuple(_outlook_row(outlook, latest.bound if latest else "") for outlook in found.outlooks),
        fan=tuple(map(_fan_row, found.fan)),
        reason=found.reason,
        figures=tuple(PlaceRow(Amount(point.at), point.figure.value) for point in _points(found)),
        path=tuple(PlaceRow(Amount(at), value) for at, value in found.corners),
        observed_bound=None if found.observed is None else found.observed_bound,
    )


def _points(found: Forecast) -> tuple[Point, ...]:
    return found.series.points if found.series else ()


def _outlook_row(outlook: Outlook, latest: Bound) -> OutlookRow:
    """The row; `latest` is the bound of the latest figure, from which the needed pace is reckoned."""
    target, chance = outlook.target, outlook.probability
    arrival = outlook.arrival or Arrival(None, None, None)
    return OutlookRow(
        milestone=outlook.milestone.id,
        due=outlook.milestone.due,
        op=target.op if target else None,
        target=target.value if target else None,
        central=Measure(outlook.central),
        low=Measure(outlook.low),
        high=Measure(outlook.high),
        probability=measure(chance),
        likelihood=likelihood(chance) if chance is not None else None,
        verdict=outlook.verdict,
        required_per_year=amount(outlook.required),
        earliest=arrival.earliest,
        expected=arrival.central,
        latest=arrival.latest,
        probability_bound=outlook.probability_bound if chance is not None else None,
        value_bound=outlook.value_bound,
        required_bound=None if outlook.required is None else turned(latest),
        arrival_bound=outlook.arrival_bound if outlook.arrival else None,
    )


def _fan_row(fan: Fan) -> FanRow:
    return FanRow(Amount(fan.at), Measure(fan.low), Measure(fan.central), Measure(fan.high))
