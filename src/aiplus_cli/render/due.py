"""What `aiplus due` prints for people: a table, or the same as Markdown; and its rows as CSV."""

from __future__ import annotations

from aiplus_cli.contract.due import AwaitedRow, DueDocument
from aiplus_cli.plan.records import Indicator, Plan
from aiplus_cli.render import Options
from aiplus_cli.render.data import csv_text
from aiplus_cli.render.pages import Page, page_markdown, page_screen
from aiplus_cli.render.phrases import Phrases
from aiplus_cli.render.view import Heading, Section, Shown
from aiplus_cli.review.records import AwaitedState
from aiplus_cli.words import i18n
from aiplus_cli.words.joining import with_detail

_TONES: dict[AwaitedState, str] = {"overdue": "stale", "missing": "due", "excused": "none", "awaited": "fresh"}


def render_table(document: DueDocument, plan: Plan, options: Options) -> str:
    """The awaited figures for a terminal."""
    return page_screen(_DuePhrases(plan, options.lang).page(document), options)


def render_markdown(document: DueDocument, plan: Plan, options: Options) -> str:
    """The same page as Markdown."""
    return page_markdown(_DuePhrases(plan, options.lang).page(document))


def render_csv(document: DueDocument, *_: object) -> str:
    """One line a figure, with the keys of the JSON."""
    return csv_text(AwaitedRow, document.awaited)


class _DuePhrases(Phrases):
    def __init__(self, plan: Plan, lang: str) -> None:
        super().__init__(lang)
        self.about = plan.about
        self._indicators = {indicator.id: indicator for indicator in plan.indicators}

    def page(self, document: DueDocument) -> Page:
        title = with_detail(self.name(self.about.title), self.about.document, self.lang)
        lines = [self.say("clock at {today}", today=document.today)]
        if not document.awaited:
            return Page(title, lines, [], [self.say("no figure is awaited")])
        return Page(title, lines, [self._section(document)], [self._counts(document)])

    def _counts(self, document: DueDocument) -> str:
        summary = document.summary
        said = [f"{i18n.word(state, self.lang)} {count}" for state in _TONES if (count := getattr(summary, state))]
        return self.say("figures: {total}; {parts}", total=summary.total, parts=said)

    def _section(self, document: DueDocument) -> Section:
        columns = (
            Heading(self.say("Indicator"), flexible=True),
            Heading(self.say("Awaited")),
            Heading(self.say("Due")),
            Heading(self.say("Days left"), right=True),
            Heading(self.say("State")),
            Heading(self.say("Latest"), 2, right=True),
            Heading(self.say("Owner"), 1),
            Heading(self.say("Publisher"), 3),
        )
        rows = document.awaited
        return Section(self.say("Awaited figures"), columns, [self._row(row) for row in rows], self._notes(rows))

    def _row(self, row: AwaitedRow) -> tuple[Shown, ...]:
        indicator = self._indicators[row.indicator]
        return (
            Shown(self.title(indicator, row.region)),
            Shown(row.period or "-"),
            Shown(str(row.due or "-")),
            Shown("-" if row.days_left is None else str(row.days_left)),
            Shown(i18n.word(row.state, self.lang), _TONES[row.state]),
            Shown(self._latest(row, indicator)),
            Shown(row.owner or "-"),
            Shown(row.publisher or "-"),
        )

    def _latest(self, row: AwaitedRow, indicator: Indicator) -> str:
        if row.latest_period is None:
            return "-"
        value = self.number(row.latest_value, indicator, bound=row.latest_bound or "")
        return with_detail(value, row.latest_period, self.lang)

    def _notes(self, rows: tuple[AwaitedRow, ...]) -> list[str]:
        """Every excuse with its day and reason, whether it matters today or not."""
        notes = [
            self.say(
                "{name}: no data until {day}: {reason}",
                name=self.name(self._indicators[row.indicator].name),
                day=row.no_data_until,
                reason=row.no_data_reason,
            )
            for row in rows
            if row.no_data_until
        ]
        return list(dict.fromkeys(notes))
