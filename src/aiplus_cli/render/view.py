"""The status page as rows of text, shared by the terminal table and Markdown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from aiplus_cli.contract import phrases
from aiplus_cli.contract.numbers import plain, rounded, signed, with_unit
from aiplus_cli.contract.phrases import bounded
from aiplus_cli.contract.status import SILENT_REASONS, ContextRow, ResultRow, StatusDocument, summary_of
from aiplus_cli.judge.methods import COMPARED
from aiplus_cli.plan.periods import read_period
from aiplus_cli.plan.records import NATION, VERDICTS, Plan
from aiplus_cli.render.phrases import RowPhrases
from aiplus_cli.words import i18n
from aiplus_cli.words.joining import labelled, listed, with_detail

if TYPE_CHECKING:
    from aiplus_cli.contract.show import ShowDocument


@dataclass(frozen=True)
class Heading:
    """A column; `priority` 0 is never dropped, the highest goes first; the flexible one may wrap.

    `notes` are said under the table where the column is shown.
    """

    title: str
    priority: int = 0
    right: bool = False
    flexible: bool = False
    notes: tuple[str, ...] = ()


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

    def notes_under(self, columns: Iterable[Heading]) -> list[str]:
        """What is said under the table when these columns are shown."""
        return [*self.notes, *(note for column in columns for note in column.notes)]


def is_surprising(row: ResultRow) -> bool:
    """Whether the methods differ, or where it stands and where it will end; of a proxy's own row alone."""
    apart = (row.position, row.verdict) in (("ahead", "off_track"), ("behind", "on_track"))
    return row.lead_proxy is None and (row.hangs_on_method or apart)


class View(RowPhrases):
    """The verdicts of a document in one language."""

    def __init__(
        self,
        status: StatusDocument | ShowDocument,
        plan: Plan,
        lang: str,
        explains: Callable[[ResultRow], bool] = is_surprising,
    ) -> None:
        super().__init__(plan, lang)
        self.status, self.explains = status, explains

    def head(self) -> list[str]:
        """The title and the dates of the page."""
        status = self.status
        return self.header(status.as_of, status.today, status.method, (row.method for row in status.results))

    def sections(self, *, compare: bool = False) -> Iterator[Section]:
        """The sections that have rows, in the order of the page."""
        numbers, ratings = self._of("number"), self._of("rating")
        sides = [self.compared()] if compare else []
        for section in (self._targets(numbers), *sides, self._goals(ratings), self._context()):
            if section.rows:
                yield section

    def _of(self, measure: str) -> list[ResultRow]:
        return [row for row in self.status.results if self.indicator(row).measure == measure]

    def summary(self) -> str:
        """Counts and shares of the verdicts, worst first."""
        total, counts = len(self.status.results), summary_of(self.status.results).verdicts
        if not total:
            return self.say("nothing was assessed")
        parts = [
            with_detail(
                f"{i18n.word(verdict, self.lang)} {counts[verdict]}",
                f"{rounded(Decimal(counts[verdict] * 100) / total, 0)}%",
                self.lang,
            )
            for verdict in VERDICTS
            if counts[verdict]
        ]
        return self.say("results: {total}; {parts}", total=total, parts=parts)

    # quantified targets

    def _targets(self, rows: list[ResultRow]) -> Section:
        columns = (
            Heading(self.say("Indicator"), flexible=True),
            Heading(self.say("By")),
            Heading(self.say("Latest"), right=True),
            Heading(self.say("Expected"), 7, right=True),
            Heading(self.say("Target"), right=True),
            Heading(self.say("Against path"), 2),
            Heading(self.say("Buffer"), 6, right=True),
            Heading(self.say("Needed a month"), 5, right=True, notes=tuple(self._needed(rows))),
            Heading(self.say("On track from"), 4, right=True),
            Heading(self.say("Pace"), 8, right=True),
            Heading(self.say("Measure"), 2, right=True),
            Heading(self.say("Chance"), 1, right=True),
            Heading(self.say("In words"), 3),
            Heading(self.say("Verdict")),
            Heading(self.say("Evidence"), 2),
        )
        shown = [self._target_row(row) for row in ranked(rows)]
        kept = [index for index, column in enumerate(columns) if not _empty_optional(index, column, shown)]
        return Section(
            self.say("Quantified targets"),
            tuple(columns[index] for index in kept),
            [tuple(row[index] for index in kept) for row in shown],
            self.notes(rows),
        )

    def notes(self, rows: list[ResultRow]) -> list[str]:
        """What must be said of single rows, and why some are judged as they are."""
        notes = [note for note in map(self._note, ranked(rows)) if note]
        return [*dict.fromkeys(notes), *self._holes(rows), *self._reasons(rows)]

    def _needed(self, rows: list[ResultRow]) -> Iterator[str]:
        """From when on the pace that is needed counts, and of which series nobody knows the stand of today."""
        counted = [row for row in rows if row.needed_per_month is not None and row.needed_from is not None]
        late = [row for row in counted if row.needed_from == self.status.today]
        if len(counted) > len(late):
            yield self.say("needed a month counts from the end of the latest period")
        if late:
            yield self.say(
                "needed a month counts from today for {names}: the latest figure is older than a period, "
                "and where it stands today is not known",
                names=list(dict.fromkeys(map(self._plain_label, late))),
            )

    def _holes(self, rows: Sequence[ResultRow | ContextRow]) -> list[str]:
        """The periods between two figures that have none, once for each series."""
        notes = (
            self.say("{name}: no figure of {periods}", name=self._plain_label(row), periods=list(row.missing))
            for row in rows
            if _is_hole(row)
        )
        return list(dict.fromkeys(notes))

    def reason(self, row: ResultRow) -> str:
        """Why a row is judged as it is, and what would have been enough."""
        return self.joint(row.because, phrases.enough(row, self.indicator(row)))

    def _reasons(self, rows: list[ResultRow]) -> list[str]:
        """Why the rows that the page explains are judged as they are; a reason that is noted already is enough."""
        return [
            labelled(f"{self._plain_label(row)} {row.due.year}", self.reasoned(row), self.lang)
            for row in ranked(rows)
            if self.explains(row) and row.because != row.reason
        ]

    def reasoned(self, row: ResultRow) -> str:
        """The verdict and why."""
        return labelled(self.verdict(row).text, self.reason(row), self.lang)

    def _target_row(self, row: ResultRow) -> tuple[Shown, ...]:
        indicator = self.indicator(row)
        return (
            Shown(self._label(row)),
            Shown(str(row.due.year)),
            Shown(self.published(row, indicator)),
            Shown(self._expected(row)),
            Shown(self.target(row)),
            Shown(self.said(phrases.position(row, indicator))),
            Shown(self._buffer(row)),
            Shown(self.bounded(row.required_bound, row.needed_per_month, indicator, digits=2)),
            Shown(self._enough(row)),
            Shown(self.pace(row)),
            Shown(self.measure(row)),
            Shown(self.chance(row)),
            Shown(self._likelihood(row)),
            self.verdict(row),
            Shown(i18n.word(row.freshness, self.lang), row.freshness),
        )

    def _likelihood(self, row: ResultRow) -> str:
        if row.likelihood is None:
            return "-"
        return self.said(phrases.likelihood(row.likelihood, row.probability_bound or ""))

    def _expected(self, row: ResultRow) -> str:
        if row.expected is None:
            return "-"
        latest = [row.value] if isinstance(row.value, Decimal) else []
        text = with_unit(rounded(row.expected, 1, apart_from=latest), self.unit(self.indicator(row)))
        return bounded(row.expected_bound, text)

    def _enough(self, row: ResultRow) -> str:
        if row.on_track_from is None:
            return "-"
        return with_unit(plain(row.on_track_from), self.unit(self.indicator(row)))

    def _buffer(self, row: ResultRow) -> str:
        if row.buffer_months is None:
            return "-"
        return bounded(row.buffer_bound, self.say("{n} mo", n=signed(row.buffer_months, 1)))

    def _label(self, row: ResultRow) -> str:
        name = self._plain_label(row)
        return self.say("  proxy: {name}", name=name) if row.stands_for else name

    def _plain_label(self, row: ResultRow | ContextRow) -> str:
        name = self.name(self.indicator(row).name)
        return name if row.region == NATION else f"{name} [{self.region(row.region)}]"

    def _note(self, row: ResultRow) -> str | None:
        name = self.name(self.indicator(row).name)
        if isinstance(row.value, Decimal) and row.value == row.target and row.verdict != "met":
            return self.say(
                "{name}: {value} does not satisfy {op} {target}; the target is strict",
                name=name,
                value=f"{row.bound or ''}{plain(row.value)}",
                op=row.op,
                target=row.target,
            )
        if row.reason is None or row.reason in SILENT_REASONS:
            return None
        return labelled(name, row.reason, self.lang)

    def verdict(self, row: ResultRow) -> Shown:
        return Shown(self.said(phrases.verdict(row)), row.verdict)

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
        judged = [row for row in ranked(self.status.results) if any(row.by_method.values()) and not row.lead_proxy]
        return Section(self.say("Methods side by side"), columns, [self._compared_row(row) for row in judged])

    def _compared_row(self, row: ResultRow) -> tuple[Shown, ...]:
        able = [verdict for verdict in row.by_method.values() if verdict not in (None, "insufficient_data")]
        return (
            Shown(self._label(row)),
            Shown(str(row.due.year)),
            *(
                Shown(i18n.word(verdict, self.lang), verdict) if verdict else Shown("-")
                for verdict in row.by_method.values()
            ),
            self.verdict(row),
            Shown(self.say("{n} of {all}", n=able.count(row.verdict), all=len(able))),
        )

    # goals in words

    def _goals(self, rows: list[ResultRow]) -> Section:
        columns = (
            Heading(self.say("Goal in words"), flexible=True),
            Heading(self.say("By")),
            Heading(self.say("Rating")),
            Heading(self.say("Rated by"), 1),
            Heading(self.say("Evidence series"), 2),
        )
        shown = [self._goal_row(row) for row in sorted(rows, key=_severity)]
        return Section(self.say("Goals in words"), columns, shown)

    def _goal_row(self, row: ResultRow) -> tuple[Shown, ...]:
        indicator, clause = self.indicator(row), row.clause or ""
        text = clause if self.lang == "zh" else f"{indicator.name.en} ({clause})"
        by = with_detail(row.source, row.period, self.lang) if row.figure_id else "-"
        evidence = listed(indicator.evidence, self.lang) or "-"
        return Shown(text), Shown(str(row.due.year)), self.verdict(row), Shown(by), Shown(evidence)

    # context

    def _context(self) -> Section:
        columns = (
            Heading(self.say("Context series (no target)"), flexible=True),
            Heading(self.say("Latest"), right=True),
            Heading(self.say("A year"), 1, right=True),
            Heading(self.say("Evidence"), 2),
        )
        rows = self.status.context
        return Section(self.say("Context"), columns, [self._context_row(row) for row in rows], self._holes(rows))

    def _context_row(self, row: ContextRow) -> tuple[Shown, ...]:
        indicator, pace = self.indicator(row), row.observed_per_year
        return (
            Shown(self._plain_label(row)),
            Shown(self.published(row, indicator)),
            Shown(self.bounded(row.observed_bound, pace, indicator)),
            Shown(i18n.word(row.freshness, self.lang), row.freshness),
        )


def _empty_optional(index: int, column: Heading, rows: list[tuple[Shown, ...]]) -> bool:
    """A column that may be dropped and has nothing to say."""
    return column.priority > 0 and all(row[index].text == "-" for row in rows)


def _is_hole(row: ResultRow | ContextRow) -> bool:
    """Whether a figure is missing before the latest."""
    latest, missing = read_period(row.period or ""), read_period(row.missing[0]) if row.missing else None
    return latest is not None and missing is not None and missing.end < latest.end


def _severity(row: ResultRow) -> int:
    return VERDICTS.index(row.verdict)


def ranked(rows: Sequence[ResultRow]) -> list[ResultRow]:
    """Worst first, in groups: what has a target of its own, then its proxies for the same region and milestone."""
    heads = [row for row in rows if not row.stands_for]
    proxies: dict[tuple[str, str, str], list[ResultRow]] = {}
    for row in rows:
        if row.stands_for:
            proxies.setdefault((row.stands_for, row.region, row.milestone), []).append(row)
    ordered: list[ResultRow] = []
    for head in sorted(heads, key=lambda row: (_severity(row), row.due)):
        ordered += [head, *proxies.pop((head.indicator, head.region, head.milestone), [])]
    alone = [row for group in proxies.values() for row in group]
    return ordered + sorted(alone, key=lambda row: (_severity(row), row.due))
