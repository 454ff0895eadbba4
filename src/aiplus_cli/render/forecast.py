"""A forecast: a table with a chart, and CSV."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from aiplus_cli.contract.columns import columns
from aiplus_cli.contract.forecast import ForecastDocument, OutlookRow
from aiplus_cli.contract.numbers import plain, rounded, with_unit
from aiplus_cli.contract.phrases import bounded, share_text
from aiplus_cli.plan.periods import year_position
from aiplus_cli.plan.records import Plan
from aiplus_cli.render import Options
from aiplus_cli.render.data import csv_lines
from aiplus_cli.render.phrases import RowPhrases
from aiplus_cli.render.view import Heading, Section, Shown
from aiplus_cli.words import i18n
from aiplus_cli.words.joining import labelled, with_detail


def render_table(forecast: ForecastDocument, plan: Plan, options: Options) -> str:
    """What is asked, the outlook at each milestone, and the chart."""
    from aiplus_cli.render.chart import draw
    from aiplus_cli.render.table import Screen

    page, screen = _Page(forecast, plan, options.lang), Screen(options)
    screen.lines(page.head())
    if forecast.milestones:
        screen.section(page.section())
        screen.lines(["", *draw(page.chart(), options)])
    if forecast.reason:
        screen.lines([i18n.translate(forecast.reason, options.lang)])
    return screen.text()


class _Page(RowPhrases):
    """A forecast in one language; its numbers are in the unit of the indicator whose figures were used."""

    def __init__(self, forecast: ForecastDocument, plan: Plan, lang: str) -> None:
        super().__init__(plan, lang)
        self.forecast, self.lead = forecast, self.indicators[forecast.lead]
        self.unit_text = self.unit(self.lead)

    def head(self) -> list[str]:
        found = self.forecast
        name = self.name(self.indicators[found.indicator].name)
        lines = [labelled(found.indicator, f"{name} [{found.region}]", self.lang)]
        if found.lead != found.indicator:
            lines.append(self.say("no published series of its own; forecast from {proxy}", proxy=found.lead))
        lines.append(self.say("figures known on {as_of}, clock at {today}", as_of=found.as_of, today=found.today))
        if found.value is not None:
            value = f"{found.bound}{with_unit(plain(found.value), self.unit_text)}"
            lines.append(self.say("latest {value} ({period})", value=value, period=found.period))
        return lines

    def section(self) -> Section:
        """One row a milestone."""
        percent = _percent(self.forecast.level)
        since = self.say("needed a year counts from the end of the latest period")
        columns = (
            Heading(self.say("By")),
            Heading(self.say("Target"), right=True),
            Heading(self.say("Central"), right=True),
            Heading(self.say("{level} % interval", level=percent), right=True),
            Heading(self.say("Chance")),
            Heading(self.say("Needed a year"), 3, right=True, notes=(since,)),
            Heading(self.say("Pace so far"), 4, right=True),
            Heading(self.say("Earliest"), 2),
            Heading(self.say("Reached by"), 1),
            Heading(self.say("Latest by"), 2),
        )
        rows = [self._row(row) for row in self.forecast.milestones]
        note = self.say(
            "earliest, reached by, latest by: the target is reached by then with a chance of {low}, 50 and {high} %",
            low=_percent((1 - self.forecast.level) / 2),
            high=_percent((1 + self.forecast.level) / 2),
        )
        return Section(self.say("Outlook"), columns, rows, [note])

    def _row(self, row: OutlookRow) -> tuple[Shown, ...]:
        interval = f"{self.level(row.low, row)} .. {with_unit(self.level(row.high, row), self.unit_text)}"
        return (
            Shown(str(row.due)),
            Shown(f"{row.op} {with_unit(plain(row.target), self.unit_text)}" if row.target is not None else "-"),
            Shown(bounded(row.value_bound, with_unit(self.level(row.central, row), self.unit_text))),
            Shown(bounded(row.value_bound, interval)),
            Shown(self._chance(row)),
            Shown(self.bounded(row.required_bound, row.required_per_year, self.lead)),
            Shown(self.bounded(self.forecast.observed_bound, self.forecast.observed_per_year, self.lead)),
            *(Shown(self._day(row, day)) for day in (row.earliest, row.expected, row.latest)),
        )

    def level(self, value: Decimal, row: OutlookRow) -> str:
        """A value with digits for the range, and enough to be on its side of the target."""
        low, high = self.lead.range or (Decimal(0), Decimal(100))
        limits = [row.target] if row.target is not None else []
        return rounded(value, max(1, 3 - (high - low).adjusted()), apart_from=limits)

    def _chance(self, row: OutlookRow) -> str:
        if row.probability is None or row.likelihood is None:
            return "-"
        word = i18n.word(row.likelihood, self.lang)
        share = bounded(row.probability_bound, share_text(row.probability))
        return self.say("{share} %, {word}", share=share, word=word)

    def _day(self, row: OutlookRow, day: date | None) -> str:
        if row.probability is None or (day is None and row.arrival_bound == "<"):
            return "-"
        return (
            bounded(row.arrival_bound, str(day))
            if day
            else self.say("not before {year}", year=self.forecast.not_before.year)
        )

    def chart(self) -> Any:
        from aiplus_cli.render.chart import Chart, ChartLine

        found, fan = self.forecast, self.forecast.fan
        path = [(place.at, place.value) for place in found.path]
        targets = [(year_position(row.due), row.target) for row in found.milestones if row.target is not None]
        lines = [
            ChartLine(self.say("ends of the interval"), ".", [(each.at, each.low) for each in fan]),
            ChartLine("", ".", [(each.at, each.high) for each in fan]),
            ChartLine(self.say("central"), "-", [(each.at, each.central) for each in fan]),
            ChartLine(self.say("path"), "+", path),
            ChartLine(self.say("targets"), "×", targets, joined=False),
            ChartLine(self.say("figures"), "●", [(place.at, place.value) for place in found.figures], joined=False),
        ]
        title = with_detail(self.name(self.lead.name), self.unit_text, self.lang)
        return Chart(title, [line for line in lines if line.points])


def _percent(share: Decimal) -> str:
    return plain((share * 100).normalize())


def render_csv(forecast: ForecastDocument, *_: object) -> str:
    """The milestones, one a row, each behind what was asked."""
    asked = ("indicator", "lead", "region", "as_of", "today", "level")
    shown = columns(OutlookRow)
    head = [getattr(forecast, name) for name in asked]
    rows = ([*head, *(column.value(row) for column in shown)] for row in forecast.milestones)
    return csv_lines([*asked, *(column.title for column in shown)], rows)
