"""The status page as rows of text, shared by the terminal table and Markdown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from aiplus_cli.errors import Message
from aiplus_cli.judge.methods import COMPARED, DEFAULT, METHODS
from aiplus_cli.judge.methods.calibrated import LIKELIHOODS, likelihood
from aiplus_cli.judge.methods.linear import CUTS as PACE_CUTS
from aiplus_cli.judge.methods.pace import acceleration
from aiplus_cli.judge.records import Assessment, ContextSeries, Report
from aiplus_cli.ledger.entries import Figure, Rating
from aiplus_cli.plan.places import EN, ZH
from aiplus_cli.plan.records import NATION, VERDICTS, Indicator, Names
from aiplus_cli.render.numbers import plain, rounded, signed, with_unit
from aiplus_cli.words import i18n


@dataclass(frozen=True)
class Heading:
    """A column; `priority` 0 is never dropped, the highest goes first; the flexible one may wrap."""

    title: str
    priority: int = 0
    right: bool = False
    flexible: bool = False


@dataclass(frozen=True)
class Shown:
    """A text with the word that decides its colour, if any."""

    text: str
    tone: str = ""


@dataclass(frozen=True)
class Section:
    """A titled table and the notes under it."""

    title: str
    columns: tuple[Heading, ...]
    rows: list[tuple[Shown, ...]]
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
        policy = self.report.plan.about
        return [
            f"{self.name(policy.title)} ({policy.document})",
            self.say(
                "figures known on {as_of}, clock at {today}, method {method}",
                as_of=self.report.as_of,
                today=self.report.today,
                method=self.methods_used(),
            ),
        ]

    def methods_used(self) -> str:
        """The method asked for, or those by which the indicators were judged."""
        if self.report.method != DEFAULT:
            return self.report.method
        used = dict.fromkeys(result.method for result in self.report.results if result.method)
        return self.say(", ").join(used) or self.say("by indicator")

    def sections(self, *, compare: bool = False) -> Iterator[Section]:
        """The sections that have rows, in the order of the page."""
        numbers = [result for result in self.report.results if result.indicator.measure == "number"]
        ratings = [result for result in self.report.results if result.indicator.measure == "rating"]
        sides = [self.compared()] if compare else []
        for section in (self._targets(numbers), *sides, self._goals(ratings), self._context()):
            if section.rows:
                yield section

    def summary(self) -> str:
        """Counts and shares of the verdicts, worst first."""
        total = len(self.report.results)
        counts = Counter(result.verdict for result in self.report.results)
        parts = [
            f"{i18n.word(verdict, self.lang)} {counts[verdict]} ({rounded(Decimal(counts[verdict] * 100) / total, 0)}%)"
            for verdict in VERDICTS
            if counts[verdict]
        ]
        return self.say("results: {total}; {parts}", total=total, parts=self.say(", ").join(parts))

    # quantified targets

    def _targets(self, results: list[Assessment]) -> Section:
        columns = (
            Heading(self.say("Indicator"), flexible=True),
            Heading(self.say("By")),
            Heading(self.say("Latest"), right=True),
            Heading(self.say("Expected"), 7, right=True),
            Heading(self.say("Target"), right=True),
            Heading(self.say("Gap"), 4, right=True),
            Heading(self.say("Buffer"), 6, right=True),
            Heading(self.say("Needed a month"), 5, right=True),
            Heading(self.say("Pace"), 8, right=True),
            Heading(self.say("Measure"), 2, right=True),
            Heading(self.say("Chance"), 1, right=True),
            Heading(self.say("In words"), 3),
            Heading(self.say("Verdict")),
            Heading(self.say("Evidence"), 2),
        )
        rows = [self._target_row(result) for result in ranked(results)]
        kept = [index for index, column in enumerate(columns) if not _empty_optional(index, column, rows)]
        return Section(
            self.say("Quantified targets"),
            tuple(columns[index] for index in kept),
            [tuple(row[index] for index in kept) for row in rows],
            self.notes(results),
        )

    def notes(self, results: list[Assessment]) -> list[str]:
        """What must be said of single rows, and which verdicts hang on the method."""
        notes = [note for note in map(self._note, ranked(results)) if note]
        return [*dict.fromkeys(notes), *self._hanging(results)]

    def _hanging(self, results: list[Assessment]) -> Iterator[str]:
        """One sentence for each way in which the methods differ, with the rows it concerns."""
        groups: dict[str, list[str]] = {}
        for result in results:
            if result.hangs_on_method and not result.lead:
                name = f"{self._plain_label(result)} {result.milestone.due.year}"
                groups.setdefault(self.verdicts_by_method(result), []).append(name)
        for verdicts, names in groups.items():
            yield self.say(
                "the verdict hangs on the method ({verdicts}): {names}",
                verdicts=verdicts,
                names=self.say(", ").join(names),
            )

    def verdicts_by_method(self, result: Assessment) -> str:
        """`linear, un: on track; calibrated: lagging`: the methods grouped by their verdict."""
        groups: dict[str, list[str]] = {}
        for name, verdict in result.by_method.items():
            if verdict:
                groups.setdefault(i18n.word(verdict, self.lang), []).append(name)
        parts = [self.say(": ").join([self.say(", ").join(names), verdict]) for verdict, names in groups.items()]
        return self.say("; ").join(parts)

    def _target_row(self, result: Assessment) -> tuple[Shown, ...]:
        unit = self.unit(result.indicator)
        latest = result.latest if isinstance(result.latest, Figure) else None
        monthly = result.required / 12 if result.required is not None else None
        return (
            Shown(self._label(result)),
            Shown(str(result.milestone.due.year)),
            Shown(self.figure(latest, unit) if latest else "-"),
            Shown(
                with_unit(rounded(result.expected, 1, apart_from=_values(latest)), unit)
                if result.expected is not None
                else "-"
            ),
            Shown(self.target(result)),
            Shown(self.points(result.gap, result.indicator) if result.gap is not None else "-"),
            Shown(self.say("{n} mo", n=signed(result.buffer_months, 1)) if result.buffer_months is not None else "-"),
            Shown(self.points(monthly, result.indicator, digits=2) if monthly is not None else "-"),
            Shown(self.pace(result)),
            Shown(self.measure(result)),
            *self.chance(result),
            self.verdict(result),
            Shown(i18n.word(result.freshness, self.lang), result.freshness),
        )

    def _label(self, result: Assessment) -> str:
        name = self._plain_label(result)
        return self.say("  proxy: {name}", name=name) if result.indicator.proxy_for else name

    def _plain_label(self, result: Assessment) -> str:
        name = self.name(result.indicator.name)
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
        value = acceleration(result.observed, result.required)
        return "-" if value is None else f"{rounded(value, 2, apart_from=PACE_CUTS)}×"

    def measure(self, result: Assessment) -> str:
        """The measure of a method that shows neither a pace nor a chance; a share of a gap or a growth in %."""
        outcome = result.outcome
        if outcome is None or outcome.value is None or result.method is None:
            return "-"
        cuts = METHODS[result.method].CUTS
        if outcome.metric == "ratio":
            return f"R = {rounded(outcome.value, 2, apart_from=cuts)}"
        if outcome.metric in ("gap_closed", "growth"):
            return f"{rounded(outcome.value * 100, 1, apart_from=[cut * 100 for cut in cuts])} %"
        return "-"

    def chance(self, result: Assessment) -> tuple[Shown, Shown]:
        """The probability as a share, on the right side of every cut, and in the words of the IPCC."""
        chance = result.outcome.probability if result.outcome else None
        if chance is None:
            return Shown("-"), Shown("-")
        return Shown(f"{share_text(chance)} %"), Shown(i18n.word(likelihood(chance), self.lang))

    def verdict(self, result: Assessment) -> Shown:
        return Shown(i18n.word(result.verdict, self.lang), result.verdict)

    # methods side by side

    def compared(self) -> Section:
        """One row a result that the methods judge, one column a method, and how many agree with the verdict."""
        columns = (
            Heading(self.say("Indicator"), flexible=True),
            Heading(self.say("By")),
            *(Heading(name) for name in COMPARED),
            Heading(self.say("Verdict")),
            Heading(self.say("Agree")),
        )
        judged = [result for result in ranked(list(self.report.results)) if result.by_method and not result.lead]
        return Section(self.say("Methods side by side"), columns, [self._compared_row(result) for result in judged])

    def _compared_row(self, result: Assessment) -> tuple[Shown, ...]:
        able = [verdict for verdict in result.by_method.values() if verdict not in (None, "insufficient_data")]
        verdicts = (result.by_method.get(name) for name in COMPARED)
        return (
            Shown(self._label(result)),
            Shown(str(result.milestone.due.year)),
            *(Shown(i18n.word(verdict, self.lang), verdict) if verdict else Shown("-") for verdict in verdicts),
            self.verdict(result),
            Shown(self.say("{n} of {all}", n=able.count(result.verdict), all=len(able))),
        )

    # goals in words

    def _goals(self, results: list[Assessment]) -> Section:
        columns = (
            Heading(self.say("Goal in words"), flexible=True),
            Heading(self.say("By")),
            Heading(self.say("Rating")),
            Heading(self.say("Rated by"), 1),
            Heading(self.say("Evidence series"), 2),
        )
        rows = [self._goal_row(result) for result in sorted(results, key=_severity)]
        return Section(self.say("Goals in words"), columns, rows)

    def _goal_row(self, result: Assessment) -> tuple[Shown, ...]:
        clause = result.target.clause or ""
        text = clause if self.lang == "zh" else f"{result.indicator.name.en} ({clause})"
        rating = result.latest if isinstance(result.latest, Rating) else None
        by = f"{rating.source} ({rating.period})" if rating else "-"
        evidence = self.say(", ").join(result.indicator.evidence) or "-"
        return Shown(text), Shown(str(result.milestone.due.year)), self.verdict(result), Shown(by), Shown(evidence)

    # context

    def _context(self) -> Section:
        columns = (
            Heading(self.say("Context series (no target)"), flexible=True),
            Heading(self.say("Latest"), right=True),
            Heading(self.say("A year"), 1, right=True),
            Heading(self.say("Evidence"), 2),
        )
        rows = [self._context_row(row) for row in self.report.context]
        return Section(self.say("Context"), columns, rows)

    def _context_row(self, row: ContextSeries) -> tuple[Shown, ...]:
        unit = self.unit(row.indicator)
        name = self.name(row.indicator.name)
        return (
            Shown(name if row.region == NATION else f"{name} [{self.region(row.region)}]"),
            Shown(self.figure(row.latest, unit) if row.latest else "-"),
            Shown(self.points(row.observed, row.indicator) if row.observed is not None else "-"),
            Shown(i18n.word(row.freshness, self.lang), row.freshness),
        )


def share_text(chance: Decimal) -> str:
    """A probability in per cent: no digits but those that keep it apart from 0, 1 and the cuts between words."""
    cuts = [Decimal(100), *(least * 100 for least, _ in LIKELIHOODS)]
    return rounded(chance * 100, 0, apart_from=cuts)


def _empty_optional(index: int, column: Heading, rows: list[tuple[Shown, ...]]) -> bool:
    """A column that may be dropped and has nothing to say."""
    return column.priority > 0 and all(row[index].text == "-" for row in rows)


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
