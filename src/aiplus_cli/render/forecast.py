"""A forecast: a table with a chart, and CSV."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from aiplus_cli.contract.ahead import AheadRow
from aiplus_cli.contract.columns import columns
from aiplus_cli.contract.forecast import FigurePlaceRow, ForecastDocument, GoingOnRow, OutlookRow
from aiplus_cli.contract.numbers import MOST_DECIMALS, plain, rounded, with_unit
from aiplus_cli.contract.phrases import NONE, bounded, share_text
from aiplus_cli.judge.going_on import YEAR
from aiplus_cli.plan.periods import year_position
from aiplus_cli.plan.records import NATION, Indicator, Plan
from aiplus_cli.render import Options
from aiplus_cli.render.data import csv_lines
from aiplus_cli.render.phrases import RowPhrases
from aiplus_cli.render.precedents import show_precedents
from aiplus_cli.render.view import Heading, Section, Shown
from aiplus_cli.words import i18n
from aiplus_cli.words.joining import labelled, with_detail

if TYPE_CHECKING:
    from aiplus_cli.render.chart import Chart, ChartLine


def render_table(forecast: ForecastDocument, plan: Plan, options: Options) -> str:
    """What is asked, the outlook at each milestone or why there is none, and the chart."""
    from aiplus_cli.render.chart import draw
    from aiplus_cli.render.table import Screen

    page, screen = _Page(forecast, plan, options.lang), Screen(options)
    screen.lines(page.head())
    if forecast.milestones:
        screen.section(page.section())
    if forecast.reason:
        screen.lines([i18n.translate(forecast.reason, options.lang)])
    if len(forecast.figures) > 1:
        screen.lines(["", *draw(page.chart(), options)])
    for precedents in forecast.precedents if forecast.basis == "distribution" else ():
        screen.lines(["", page.say("Precedents of the target for {due}", due=page.due(precedents.milestone))])
        show_precedents(screen, page, precedents)
    return screen.text()


class _Page(RowPhrases):
    """A forecast in one language; its numbers are in the unit of the indicator whose figures were used."""

    def __init__(self, forecast: ForecastDocument, plan: Plan, lang: str) -> None:
        super().__init__(plan, lang)
        self.forecast, self.lead = forecast, self.indicators[forecast.lead]
        self.unit_text = self.unit(self.lead)
        self.digits = _decimals(self.lead.range, (forecast.value, forecast.observed_per_year))

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

    def due(self, milestone: str) -> date:
        """The day of a milestone."""
        return next(row.due for row in self.forecast.milestones if row.milestone == milestone)

    def section(self) -> Section:
        """One row a milestone; what no row has is left out."""
        rows = [self._row(row) for row in self.forecast.milestones]
        headings = self._headings()
        kept = [index for index in range(len(headings)) if any(row[index].text != NONE for row in rows)]
        title = self.say("Outlook") if self.forecast.pace is None else self.say("If the pace of the last years goes on")
        return Section(
            title,
            tuple(headings[index] for index in kept),
            [tuple(row[index] for index in kept) for row in rows],
            list(self._notes()),
        )

    def _headings(self) -> tuple[Heading, ...]:
        since = self.say("needed a year counts from the end of the latest period")
        level, pace = _percent(self.forecast.level), self.forecast.pace
        return (
            Heading(self.say("By")),
            Heading(self.say("Target"), right=True),
            Heading(self.say("Central") if pace is None else self.say("At this pace"), 1, right=True),
            Heading(self.say("{level} % interval", level=level) if pace is None else self.say("Spread"), 2, right=True),
            Heading(self.say("Chance")),
            Heading(self.say("Needed a year"), 5, right=True, notes=(since,)),
            Heading(self.say("Pace so far"), 6, right=True),
            Heading(self.say("Earliest"), 4),
            Heading(self.say("Reached by"), 3, notes=tuple(self._arrivals())),
            Heading(self.say("Latest by"), 4),
        )

    def _row(self, row: OutlookRow) -> tuple[Shown, ...]:
        return (
            Shown(str(row.due)),
            Shown(f"{row.op} {with_unit(plain(row.target), self.unit_text)}" if row.target is not None else NONE),
            Shown(bounded(row.value_bound, with_unit(self.level(row.central, row), self.unit_text))),
            Shown(self._ends(row)),
            Shown(self._chance(row)),
            Shown(self._a_year(row.required_bound, row.required_per_year)),
            Shown(self._a_year(self.forecast.observed_bound, self.forecast.observed_per_year)),
            *map(Shown, self._arrival(row)),
        )

    def _ends(self, row: OutlookRow) -> str:
        """The interval, or the spread."""
        if row.low is None or row.high is None:
            return NONE
        ends = f"{self.level(row.low, row)} .. {with_unit(self.level(row.high, row), self.unit_text)}"
        return bounded(row.value_bound, ends)

    def level(self, value: Decimal, row: OutlookRow) -> str:
        """A value with digits for the range, and enough to be on its side of the target."""
        limits = [row.target] if row.target is not None else []
        return rounded(value, self.digits, apart_from=limits)

    def _a_year(self, bound: str | None, value: Decimal | None) -> str:
        digits = 1 if self.forecast.pace is None else self.digits
        return self.bounded(bound, value, self.lead, digits=digits)  # type: ignore[arg-type]

    def _chance(self, row: OutlookRow) -> str:
        if row.probability is None or row.likelihood is None:
            return NONE
        word = i18n.word(row.likelihood, self.lang)
        share = bounded(row.probability_bound, share_text(row.probability))
        return self.say("{share} %, {word}", share=share, word=word)

    def _arrival(self, row: OutlookRow) -> tuple[str, str, str]:
        """When the target is reached: earliest, expected and latest; a pace without a spread has only the middle."""
        periods = (row.earliest_period, row.expected_period, row.latest_period)
        earliest, expected, latest = (self._known(row, period) for period in periods)
        return (NONE, expected, NONE) if row.low is None else (earliest, expected, latest)

    def _known(self, row: OutlookRow, period: str | None) -> str:
        """The quarter or the year of arrival: more is not known of it."""
        if period is not None:
            return bounded(row.arrival_bound, self.known_period(period))
        if row.arrival_bound in (None, "<"):
            return NONE
        return self.say("not before {year}", year=self.forecast.not_before.year)

    def _notes(self) -> Iterator[str]:
        """What the columns mean, and what must be said of the figures."""
        if self.forecast.pace:
            yield from self._pace_notes(self.forecast.pace)
        open_ = [figure.period for figure in self.forecast.figures if figure.status in ("P", "E")]
        if open_:
            yield self.say("provisional or estimated: {periods}", periods=open_)

    def _arrivals(self) -> Iterator[str]:
        """What the three days of arrival are."""
        tail = (1 - self.forecast.level) / 2
        if self.forecast.pace is None:
            yield self.say(
                "earliest, reached by, latest by: the target is reached by then with a chance of "
                "{low}, 50 and {high} %",
                low=_percent(tail),
                high=_percent(1 - tail),
            )
        elif self.forecast.pace.least_per_year is not None:
            yield self.say("earliest, reached by, latest by: at the best past year, at the pace, at the worst")

    def _pace_notes(self, pace: GoingOnRow) -> Iterator[str]:
        yield self.say(
            "the pace from {since} to {until}, going on: no chance is known for what has no range",
            since=pace.since,
            until=self.forecast.period,
        )
        if self._years_of(pace) < YEAR:
            yield self.say("the pace is that of less than a year: a season would look like a trend")
        if pace.least_per_year is None or pace.most_per_year is None:
            yield self.say("no spread: it takes three past yearly changes, known: {n}", n=pace.changes)
        else:
            yield self.say(
                "spread: each year as the smallest ({least}) or the largest ({most}) of {n} past yearly changes; "
                "it is no probability",
                least=self._a_year("", pace.least_per_year),
                most=self._a_year("", pace.most_per_year),
                n=pace.changes,
            )
        if pace.floor is not None:
            yield self.say("cut off at {floor}: no figure so far lies below it", floor=plain(pace.floor))

    def _years_of(self, pace: GoingOnRow) -> Decimal:
        """How long the figures are apart that the pace is reckoned from."""
        ends = {figure.period: figure.at for figure in self.forecast.figures}
        return self.forecast.figures[-1].at - ends[pace.since]

    def chart(self) -> Chart:
        from aiplus_cli.render import chart

        found = self.forecast
        path = [(place.at, place.value) for place in found.path]
        targets = [(year_position(row.due), row.target) for row in found.milestones if row.target is not None]
        middle = [(each.at, each.central) for each in found.fan]
        lines = [
            *self._bands(),
            chart.ChartLine(
                self.say("central") if found.pace is None else self.say("at this pace"), chart.LINE, middle
            ),
            chart.ChartLine(self.say("path"), chart.PATH, path),
            chart.ChartLine(self.say("targets"), chart.TARGET, targets, joined=False),
            *self._figures(),
        ]
        title = with_detail(self.name(self.lead.name), self.unit_text, self.lang)
        return chart.Chart(title, [line for line in lines if line.points])

    def _bands(self) -> Iterator[ChartLine]:
        """The interval and the one within it, or the spread of a pace."""
        from aiplus_cli.render.chart import BAND, INNER_BAND, ChartLine

        fan, level = self.forecast.fan, _percent(self.forecast.level)
        outer = self.say("{level} % interval", level=level) if self.forecast.pace is None else self.say("spread")
        highs = [(each.at, each.high) for each in fan if each.high is not None]
        lows = [(each.at, each.low) for each in fan if each.low is not None]
        yield ChartLine(outer, BAND, highs, down_to=lows)
        highs = [(each.at, each.inner_high) for each in fan if each.inner_high is not None]
        lows = [(each.at, each.inner_low) for each in fan if each.inner_low is not None]
        yield ChartLine(self.say("{level} % interval", level=50), INNER_BAND, highs, down_to=lows)

    def _figures(self) -> Iterator[ChartLine]:
        """The figures, those apart that are provisional, or bounds."""
        from aiplus_cli.render.chart import ABOUT, AT_LEAST, AT_MOST, FIGURE, UNSETTLED, ChartLine

        named = {
            FIGURE: self.say("figures"),
            UNSETTLED: self.say("provisional or estimated"),
            AT_LEAST: self.say("at least"),
            AT_MOST: self.say("at most"),
            ABOUT: self.say("about"),
        }
        signs = {">": AT_LEAST, ">=": AT_LEAST, "<": AT_MOST, "<=": AT_MOST, "~": ABOUT}

        def sign(figure: FigurePlaceRow) -> str:
            return signs.get(figure.bound) or (UNSETTLED if figure.status in ("P", "E") else FIGURE)

        for mark, name in named.items():
            points = [(figure.at, figure.value) for figure in self.forecast.figures if sign(figure) == mark]
            yield ChartLine(name, mark, points, joined=False)


def ahead_section(page: RowPhrases, indicator: Indicator, rows: Sequence[AheadRow]) -> Section:
    """In short, where series are heading that no method judges."""
    is_pace = rows[0].basis == "pace"
    columns = (
        Heading(page.say("Region")),
        Heading(page.say("By")),
        Heading(page.say("At this pace") if is_pace else page.say("Central"), right=True),
        Heading(page.say("Spread") if is_pace else page.say("{level} % interval", level=80), right=True),
    )
    digits = _decimals(indicator.range, [row.central for row in rows])
    shown = [_ahead_row(page, indicator, row, digits) for row in rows]
    kept = [
        index
        for index in range(len(columns))
        if (index or {row.region for row in rows} != {NATION}) and any(row[index].text != NONE for row in shown)
    ]
    return Section(
        page.say("If the pace of the last years goes on") if is_pace else page.say("Outlook"),
        tuple(columns[index] for index in kept),
        [tuple(row[index] for index in kept) for row in shown],
        [page.say("more of it, and a chart: aiplus forecast {indicator}", indicator=indicator.id)],
    )


def _ahead_row(page: RowPhrases, indicator: Indicator, row: AheadRow, digits: int) -> tuple[Shown, ...]:
    unit = page.unit(indicator)
    ends = NONE
    if row.low is not None and row.high is not None:
        ends = bounded(row.value_bound, f"{rounded(row.low, digits)} .. {with_unit(rounded(row.high, digits), unit)}")
    return (
        Shown(page.region(row.region)),
        Shown(str(row.due)),
        Shown(bounded(row.value_bound, with_unit(rounded(row.central, digits), unit))),
        Shown(ends),
    )


def _decimals(limits: tuple[Decimal, Decimal] | None, values: Iterable[Decimal | None]) -> int:
    """Decimals to show values with: a thousandth of the range, or three digits of the largest."""
    if limits:
        return max(1, 3 - (limits[1] - limits[0]).adjusted())
    known = [abs(value) for value in values if value]
    return min(max(0, 2 - max(known).adjusted()), MOST_DECIMALS) if known else 0


def _percent(share: Decimal) -> str:
    return plain((share * 100).normalize())


def render_csv(forecast: ForecastDocument, *_: object) -> str:
    """The milestones, one a row, each behind what was asked."""
    asked = ("indicator", "lead", "region", "as_of", "today", "level")
    shown = columns(OutlookRow)
    head = [getattr(forecast, name) for name in asked]
    rows = ([*head, *(column.value(row) for column in shown)] for row in forecast.milestones)
    return csv_lines([*asked, *(column.title for column in shown)], rows)
