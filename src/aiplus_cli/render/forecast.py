"""A forecast: a table with a chart, JSON (aiplus.forecast/1) and CSV."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal
from typing import Any

from aiplus_cli.contract.numbers import fine, machine, plain, rounded, signed, with_unit
from aiplus_cli.contract.phrases import share_text
from aiplus_cli.errors import Message
from aiplus_cli.judge.methods.calibrated import likelihood
from aiplus_cli.judge.outlook import HORIZON, Arrival, Forecast, Outlook
from aiplus_cli.plan.records import Names, Plan, Target
from aiplus_cli.render import Options
from aiplus_cli.render.view import Heading, Section, Shown
from aiplus_cli.words import i18n
from aiplus_cli.words.joining import labelled, with_detail


def render_table(result: Forecast, plan: Plan, options: Options) -> str:
    """What is asked, the outlook at each milestone, and the chart."""
    from aiplus_cli.render.chart import draw
    from aiplus_cli.render.table import Screen

    page, screen = _Page(result, plan, options.lang), Screen(options)
    screen.lines(page.head())
    if result.outlooks:
        screen.section(page.section())
        screen.lines(["", *draw(page.chart(), options)])
    if result.reason:
        screen.lines([i18n.translate(result.reason, options.lang)])
    return screen.text()


class _Page:
    """A forecast in one language."""

    def __init__(self, result: Forecast, plan: Plan, lang: str) -> None:
        self.result, self.plan, self.lang = result, plan, lang
        unit = result.lead.unit
        self.unit = (self.name(unit) if isinstance(unit, Names) else unit) or ""

    def say(self, template: str, **values: object) -> str:
        return i18n.translate(Message(template, **values), self.lang)

    def name(self, names: Names) -> str:
        return names.zh if self.lang == "zh" else names.en

    def head(self) -> list[str]:
        result = self.result
        lines = [labelled(result.indicator.id, f"{self.name(result.indicator.name)} [{result.region}]", self.lang)]
        if result.lead.id != result.indicator.id:
            lines.append(self.say("no published series of its own; forecast from {proxy}", proxy=result.lead.id))
        known = self.say("figures known on {as_of}, clock at {today}", as_of=result.as_of, today=result.today)
        lines.append(known)
        if result.series:
            latest = result.series.latest.figure
            value = f"{latest.bound}{with_unit(plain(latest.value), self.unit)}"
            lines.append(self.say("latest {value} ({period})", value=value, period=latest.period))
        return lines

    def section(self) -> Section:
        """One row a milestone."""
        percent = _percent(self.result.level)
        columns = (
            Heading(self.say("By")),
            Heading(self.say("Target"), right=True),
            Heading(self.say("Central"), right=True),
            Heading(self.say("{level} % interval", level=percent), right=True),
            Heading(self.say("Chance")),
            Heading(self.say("Needed a year"), 2, right=True),
            Heading(self.say("Pace so far"), 3, right=True),
            Heading(self.say("Earliest"), 1),
            Heading(self.say("Reached by")),
            Heading(self.say("Latest by"), 1),
        )
        rows = [self._row(outlook) for outlook in self.result.outlooks]
        note = self.say(
            "earliest, reached by, latest by: the target is reached by then with a chance of {low}, 50 and {high} %",
            low=_percent((1 - self.result.level) / 2),
            high=_percent((1 + self.result.level) / 2),
        )
        return Section(self.say("Outlook"), columns, rows, [note])

    def _row(self, outlook: Outlook) -> tuple[Shown, ...]:
        target, pp = outlook.target, self.say("pp") if self.unit == "%" else self.unit
        chance = outlook.probability
        word = i18n.word(likelihood(chance), self.lang) if chance is not None else ""
        days = outlook.arrival or Arrival(None, None, None)
        return (
            Shown(str(outlook.milestone.due)),
            Shown(self.target(target)),
            Shown(with_unit(self.number(outlook.central, target), self.unit)),
            Shown(f"{self.number(outlook.low, target)} .. {with_unit(self.number(outlook.high, target), self.unit)}"),
            Shown(self.say("{share} %, {word}", share=share_text(chance), word=word) if chance is not None else "-"),
            Shown(with_unit(signed(outlook.required, 1), pp) if outlook.required is not None else "-"),
            Shown(with_unit(signed(self.result.observed, 1), pp) if self.result.observed is not None else "-"),
            *(Shown(self.day(day) if outlook.arrival else "-") for day in (days.earliest, days.central, days.latest)),
        )

    def number(self, value: Decimal, target: Target | None) -> str:
        """A value with digits for the range, and enough to be on its side of the target."""
        low, high = self.result.lead.range or (Decimal(0), Decimal(100))
        limits = [target.value] if target and target.value is not None else []
        return rounded(value, max(1, 3 - (high - low).adjusted()), apart_from=limits)

    def target(self, target: Target | None) -> str:
        if target is None or target.value is None:
            return "-"
        return f"{target.op} {with_unit(plain(target.value), self.unit)}"

    def day(self, day: date | None) -> str:
        return str(day) if day else self.say("not before {year}", year=HORIZON.year)

    def chart(self) -> Any:
        from aiplus_cli.render.chart import Chart, ChartLine

        result = self.result
        points = result.series.points if result.series else ()
        fan = result.fan
        lines = [
            ChartLine(self.say("ends of the interval"), ".", [(f.at, f.low) for f in fan]),
            ChartLine("", ".", [(f.at, f.high) for f in fan]),
            ChartLine(self.say("central"), "-", [(f.at, f.central) for f in fan]),
            ChartLine(self.say("path"), "+", list(result.corners)),
            ChartLine(self.say("targets"), "×", list(result.corners[1:]), joined=False),
            ChartLine(self.say("figures"), "●", [(p.at, p.figure.value) for p in points], joined=False),
        ]
        return Chart(
            with_detail(self.name(result.lead.name), self.unit, self.lang), [line for line in lines if line.points]
        )


def _percent(share: Decimal) -> str:
    return plain((share * 100).normalize())


def document(result: Forecast) -> dict[str, Any]:
    """The forecast as aiplus.forecast/1: every key is always there."""
    from importlib.metadata import version

    latest = result.series.latest.figure if result.series else None
    return {
        "schema": "aiplus.forecast/1",
        "tool_version": version("aiplus-cli"),
        "indicator": result.indicator.id,
        "lead": result.lead.id,
        "region": result.region,
        "today": result.today,
        "as_of": result.as_of,
        "method": "calibrated",
        "level": result.level,
        "not_before": HORIZON,
        "value": latest.value if latest else None,
        "bound": latest.bound if latest else None,
        "period": latest.period if latest else None,
        "figure_id": latest.id if latest else None,
        "observed_per_year": machine(result.observed),
        "milestones": [_row(outlook) for outlook in result.outlooks],
        "fan": [
            {"at": machine(f.at), "low": fine(f.low), "central": fine(f.central), "high": fine(f.high)}
            for f in result.fan
        ],
        "reason": str(result.reason) if result.reason else None,
    }


def _row(outlook: Outlook) -> dict[str, Any]:
    target, chance, arrival = outlook.target, outlook.probability, outlook.arrival
    return {
        "milestone": outlook.milestone.id,
        "due": outlook.milestone.due,
        "op": target.op if target else None,
        "target": target.value if target else None,
        "central": fine(outlook.central),
        "low": fine(outlook.low),
        "high": fine(outlook.high),
        "probability": fine(chance),
        "likelihood": likelihood(chance) if chance is not None else None,
        "verdict": outlook.verdict,
        "required_per_year": machine(outlook.required),
        "earliest": arrival.earliest if arrival else None,
        "expected": arrival.central if arrival else None,
        "latest": arrival.latest if arrival else None,
    }


def render_json(result: Forecast, plan: Plan, options: Options) -> str:
    """The document as JSON; a day that is null beside a target means not before `not_before`."""
    from aiplus_cli.render.data import encode_json

    del plan, options
    return encode_json(document(result))


def render_csv(result: Forecast, plan: Plan, options: Options) -> str:
    """The milestones, one a row."""
    from aiplus_cli.render.data import cell

    del plan, options
    stream = io.StringIO()
    found = document(result)
    keys = ("indicator", "lead", "region", "as_of", "today", "level")
    rows = [{**{key: found[key] for key in keys}, **row} for row in found["milestones"]]
    if rows:
        writer = csv.DictWriter(stream, fieldnames=list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows({key: cell(value) for key, value in row.items()} for row in rows)
    return stream.getvalue()
