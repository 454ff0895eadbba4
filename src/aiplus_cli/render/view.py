"""The status page as rows of text, shared by the terminal table and Markdown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from aiplus_cli import i18n
from aiplus_cli.errors import Message
from aiplus_cli.methods import CUTS
from aiplus_cli.model import (
    NATION,
    VERDICTS,
    Assessment,
    ContextRow,
    Figure,
    Indicator,
    Names,
    Rating,
    Report,
)
from aiplus_cli.regions import EN, ZH
from aiplus_cli.render.numbers import plain, rounded, signed, with_unit


@dataclass(frozen=True)
class Column:
    """A column; `priority` 0 is never dropped, the highest goes first; the flexible one may wrap."""

    title: str
    priority: int = 0
    right: bool = False
    flexible: bool = False


@dataclass(frozen=True)
class Cell:
    """A text with the word that decides its colour, if any."""

    text: str
    tone: str = ""


@dataclass(frozen=True)
class Sheet:
    """A titled table and the notes under it."""

    title: str
    columns: tuple[Column, ...]
    rows: list[tuple[Cell, ...]]
    notes: list[str] = field(default_factory=list)


class View:
    """A report in one language."""

    def __init__(self, report: Report, lang: str) -> None:
        self.report, self.lang = report, lang

    def say(self, template: str, **values: object) -> str:
        """A sentence in the language of the view."""
        return i18n.translate(Message(template, **values), self.lang)

    def name(self, names: Names) -> str:
        return names.zh if self.lang == "zh" else names.en

    def unit(self, indicator: Indicator) -> str:
        unit = indicator.unit
        return (self.name(unit) if isinstance(unit, Names) else unit) or ""

    def region(self, code: str) -> str:
        return (ZH if self.lang == "zh" else EN).get(code, code)

    def header(self) -> list[str]:
        """The title and the dates of the page."""
        policy = self.report.plan.plan
        return [
            f"{self.name(policy.title)} ({policy.document})",
            self.say(
                "figures known on {as_of}, clock at {today}, method {method}",
                as_of=self.report.as_of,
                today=self.report.today,
                method=self.report.method,
            ),
        ]

    def sheets(self) -> Iterator[Sheet]:
        """The sections that have rows, in the order of the page."""
        numbers = [result for result in self.report.results if result.indicator.measure == "number"]
        ratings = [result for result in self.report.results if result.indicator.measure == "rating"]
        for sheet in (self._targets(numbers), self._goals(ratings), self._context()):
            if sheet.rows:
                yield sheet

    def summary(self) -> str:
        """Counts and shares of the verdicts, worst first."""
        total = len(self.report.results)
        counts = Counter(result.verdict for result in self.report.results)
        parts = [
            f"{i18n.word(verdict, self.lang)} {counts[verdict]} ({rounded(Decimal(counts[verdict] * 100) / total, 0)}%)"
            for verdict in VERDICTS
            if counts[verdict]
        ]
        return self.say("assessed: {total}; {parts}", total=total, parts=self.say(", ").join(parts))

    # quantified targets

    def _targets(self, results: list[Assessment]) -> Sheet:
        columns = (
            Column(self.say("Indicator"), flexible=True),
            Column(self.say("By")),
            Column(self.say("Latest"), right=True),
            Column(self.say("Expected"), 5, right=True),
            Column(self.say("Target"), right=True),
            Column(self.say("Gap"), 2, right=True),
            Column(self.say("Buffer"), 4, right=True),
            Column(self.say("Needed a month"), 3, right=True),
            Column(self.say("Pace"), 7, right=True),
            Column(self.say("Verdict")),
            Column(self.say("Evidence"), 6),
        )
        rows: list[tuple[Cell, ...]] = []
        notes: list[str] = []
        for result in ranked(results):
            rows.append(self._target_row(result))
            note = self._note(result)
            if note and note not in notes:
                notes.append(note)
        return Sheet(self.say("Quantified targets"), columns, rows, notes)

    def _target_row(self, result: Assessment) -> tuple[Cell, ...]:
        unit = self.unit(result.indicator)
        latest = result.latest if isinstance(result.latest, Figure) else None
        monthly = result.required / 12 if result.required is not None else None
        return (
            Cell(self._label(result)),
            Cell(str(result.milestone.due.year)),
            Cell(self.figure(latest, unit) if latest else "-"),
            Cell(
                with_unit(rounded(result.expected, 1, apart_from=_values(latest)), unit)
                if result.expected is not None
                else "-"
            ),
            Cell(self.target(result)),
            Cell(self.points(result.gap, result.indicator) if result.gap is not None else "-"),
            Cell(self.say("{n} mo", n=signed(result.buffer_months, 1)) if result.buffer_months is not None else "-"),
            Cell(self.points(monthly, result.indicator, digits=2) if monthly is not None else "-"),
            Cell(self.pace(result)),
            self.verdict(result),
            Cell(i18n.word(result.freshness, self.lang), result.freshness),
        )

    def _label(self, result: Assessment) -> str:
        name = self.name(result.indicator.name)
        if result.indicator.proxy_for:
            name = self.say("  proxy: {name}", name=name)
        return name if result.region == NATION else f"{name} [{self.region(result.region)}]"

    def _note(self, result: Assessment) -> str | None:
        latest = result.latest
        if isinstance(latest, Figure) and latest.value == result.target.value and result.verdict != "met":
            return self.say(
                "{name}: {value} does not satisfy {op} {target}; the target is strict",
                name=self.name(result.indicator.name),
                value=plain(latest.value),
                op=result.target.op,
                target=result.target.value,
            )
        if result.reason is None:
            return None
        return f"{self.name(result.indicator.name)}: {i18n.translate(result.reason, self.lang)}"

    def figure(self, figure: Figure, unit: str) -> str:
        """A value as published, with its bound, unit, status and period."""
        mark = "" if figure.status == "A" else f" {i18n.word('status_' + figure.status, self.lang)}"
        return f"{figure.bound}{with_unit(plain(figure.value), unit)}{mark} ({figure.period})"

    def target(self, result: Assessment) -> str:
        """Operator, value and unit; a region's own target says so."""
        if result.target.value is None:
            return result.target.clause or "-"
        return f"{result.target.op} {with_unit(plain(result.target.value), self.unit(result.indicator))}"

    def points(self, value: Decimal, indicator: Indicator, *, digits: int = 1) -> str:
        """A difference in the indicator's unit: percentage points for a share."""
        unit = self.unit(indicator)
        return with_unit(signed(value, digits), self.say("pp") if unit == "%" else unit)

    def pace(self, result: Assessment) -> str:
        """The required over the observed pace, with digits enough to be on the right side of a cut."""
        value = result.outcome.value if result.outcome else None
        if value is None:
            return "-"
        cuts = [Decimal(cut) for cut in CUTS[self.report.method]]
        return f"{rounded(value, 2, apart_from=cuts)}×"

    def verdict(self, result: Assessment) -> Cell:
        return Cell(i18n.word(result.verdict, self.lang), result.verdict)

    # goals in words

    def _goals(self, results: list[Assessment]) -> Sheet:
        columns = (
            Column(self.say("Goal in words"), flexible=True),
            Column(self.say("By")),
            Column(self.say("Rating")),
            Column(self.say("Rated by"), 1),
            Column(self.say("Evidence series"), 2),
        )
        rows = [self._goal_row(result) for result in sorted(results, key=_severity)]
        return Sheet(self.say("Goals in words"), columns, rows)

    def _goal_row(self, result: Assessment) -> tuple[Cell, ...]:
        clause = result.target.clause or ""
        text = clause if self.lang == "zh" else f"{result.indicator.name.en} ({clause})"
        rating = result.latest if isinstance(result.latest, Rating) else None
        by = f"{rating.source} ({rating.period})" if rating else "-"
        evidence = self.say(", ").join(result.indicator.evidence) or "-"
        return Cell(text), Cell(str(result.milestone.due.year)), self.verdict(result), Cell(by), Cell(evidence)

    # context

    def _context(self) -> Sheet:
        columns = (
            Column(self.say("Context series (no target)"), flexible=True),
            Column(self.say("Latest"), right=True),
            Column(self.say("A year"), 1, right=True),
            Column(self.say("Evidence"), 2),
        )
        rows = [self._context_row(row) for row in self.report.context]
        return Sheet(self.say("Context"), columns, rows)

    def _context_row(self, row: ContextRow) -> tuple[Cell, ...]:
        unit = self.unit(row.indicator)
        name = self.name(row.indicator.name)
        return (
            Cell(name if row.region == NATION else f"{name} [{self.region(row.region)}]"),
            Cell(self.figure(row.latest, unit) if row.latest else "-"),
            Cell(self.points(row.observed, row.indicator) if row.observed is not None else "-"),
            Cell(i18n.word(row.freshness, self.lang), row.freshness),
        )


def _values(figure: Figure | None) -> tuple[Decimal, ...]:
    return (figure.value,) if figure else ()


def _severity(result: Assessment) -> int:
    return VERDICTS.index(result.verdict)


def ranked(results: list[Assessment]) -> list[Assessment]:
    """Worst first, in groups: what has a target of its own, then its proxies for the same region and milestone."""
    heads = [result for result in results if not result.indicator.proxy_for]
    proxies: dict[tuple[str, str, str], list[Assessment]] = {}
    for result in results:
        if result.indicator.proxy_for:
            proxies.setdefault((result.indicator.proxy_for, result.region, result.milestone.id), []).append(result)
    ordered: list[Assessment] = []
    for head in sorted(heads, key=lambda result: (_severity(result), result.milestone.due)):
        ordered += [head, *proxies.pop((head.indicator.id, head.region, head.milestone.id), [])]
    alone = [result for group in proxies.values() for result in group]
    return ordered + sorted(alone, key=lambda result: (_severity(result), result.milestone.due))
