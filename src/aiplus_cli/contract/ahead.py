"""Where series are heading that no method judges, in short."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from aiplus_cli.contract.values import Measure, Part, measure
from aiplus_cli.judge.outlook import Forecast, OutlookBasis, OutlookQuestion, forecast
from aiplus_cli.judge.records import Report
from aiplus_cli.ledger.entries import Bound
from aiplus_cli.ledger.vintages import Current
from aiplus_cli.plan.records import Indicator


@dataclass(frozen=True, slots=True)
class AheadRow(Part):
    """Where a series is heading that no method judges: its value on a milestone's day."""

    region: str
    """The region's code."""
    basis: OutlookBasis
    """What it is made of: a `distribution`, or the `pace` if it goes on, which gives no chance."""
    milestone: str
    """The milestone's id."""
    due: date
    """The milestone's day."""
    central: Measure
    """The value on that day that is as likely to be exceeded as not; of a pace, the value if it goes on."""
    low: Measure | None
    """The lower end of the interval of 80 %; of a pace, the value at its smallest yearly change, null without one."""
    high: Measure | None
    """The upper end of the interval of 80 %; of a pace, the value at its largest yearly change, null without one."""
    value_bound: Bound
    """Whether these are exact (empty), the least (`>`), the most (`<`) or about (`~`) what bounds prove."""


def ahead_rows(report: Report, indicator: Indicator, known: Current) -> Iterator[AheadRow]:
    """The outlook of each of its series; none where a method gives an interval beside the verdict."""
    if indicator.measure != "number" or (indicator.range and report.results):
        return
    for region in dict.fromkeys(region for found, region in known if found == indicator.id):
        question = OutlookQuestion(indicator, region)
        yield from _rows(forecast(report.plan, known, question, as_of=report.as_of, today=report.today))


def _rows(found: Forecast) -> Iterator[AheadRow]:
    for outlook in found.outlooks:
        yield AheadRow(
            region=found.region,
            basis="pace" if found.pace else "distribution",
            milestone=outlook.milestone.id,
            due=outlook.milestone.due,
            central=Measure(outlook.central),
            low=measure(outlook.low),
            high=measure(outlook.high),
            value_bound=outlook.value_bound,
        )
