"""The scores of the methods on past series: tables on a terminal and in Markdown, and a diagram of the chances."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from aiplus_cli.contract.backtest import (
    BacktestDocument,
    BalancedScores,
    PartScores,
    ReliabilityBin,
    SamplePart,
    ScoreRow,
)
from aiplus_cli.contract.numbers import plain
from aiplus_cli.errors import Message
from aiplus_cli.judge.methods.adoption import FittedTable
from aiplus_cli.render import Options
from aiplus_cli.render.view import Heading, Section, Shown
from aiplus_cli.words import i18n

DRAWN = "calibrated"
"""The method whose chances are drawn, and scored by group and by horizon."""
LEVELS = ("0.5", "0.8", "0.95")
WIDTH_OF = "0.8"
LEAST_BAR, MOST_BAR, BESIDE_BAR = 20, 50, 44
"""How many cells a bar of the diagram has, and how many stand beside it."""

Grid = tuple[tuple[Heading, ...], list[tuple[Shown, ...]]]


def render_table(result: BacktestDocument, options: Options) -> str:
    """What was judged, the tables, and the diagram."""
    from aiplus_cli.render.table import Screen

    page, screen = _Page(result, options.lang), Screen(options)
    screen.lines(page.head())
    for section in page.sections():
        screen.section(section)
    screen.section(page.diagram(_bar_width(options.width)))
    return screen.text()


def render_markdown(result: BacktestDocument, options: Options) -> str:
    """The same tables with all columns, and the chances without their bars."""
    return f"# {_escaped(result.file)}\n\n{markdown_tables(result, options.lang, heading='##')}"


def markdown_tables(result: BacktestDocument, lang: str, *, heading: str = "###") -> str:
    """What was judged and the tables in Markdown, each under a heading of that level."""
    from aiplus_cli.render.doc import markdown_table

    page = _Page(result, lang)
    parts = [*map(_escaped, page.head())]
    for section in [*page.sections(), page.diagram(0)]:
        notes = [f"- {_escaped(note)}" for note in section.notes_under(section.columns)]
        parts += [
            f"{heading} {_escaped(section.title)}",
            markdown_table(section),
            *(["\n".join(notes)] if notes else []),
        ]
    return "\n\n".join(parts) + "\n"


def _escaped(text: str) -> str:
    from aiplus_cli.render.doc import escape

    return escape(text)


def _bar_width(width: int | None) -> int:
    return MOST_BAR if width is None else min(max(width - BESIDE_BAR, LEAST_BAR), MOST_BAR)


class _Page:
    """The scores in one language."""

    def __init__(self, result: BacktestDocument, lang: str) -> None:
        self.result, self.lang = result, lang
        self.drawn = next(row for row in result.methods if row.method == DRAWN)

    def say(self, template: str, **values: object) -> str:
        return i18n.translate(Message(template, **values), self.lang)

    def head(self) -> list[str]:
        """What was judged, and with which table."""
        result = self.result
        cases = Message.plural(
            "{name}: {n} case of {episodes} episodes, {met} % met",
            "{name}: {n} cases of {episodes} episodes, {met} % met",
            n=result.cases,
            name=result.file,
            episodes=result.episodes,
            met=f"{result.met * 100:.0f}",
        )
        lines = [i18n.translate(cases, self.lang), self._judged()]
        return [*lines, self._fitted()] if result.folds else lines

    def _judged(self) -> str:
        result = self.result
        known = {"judged": result.judged, "series": result.series}
        if result.groups:
            return self.say(
                "{judged} of {series} series can be judged: {technologies} technologies in {groups} groups",
                technologies=result.technologies,
                groups=len(result.groups),
                **known,
            )
        if result.technologies < result.judged:
            return self.say(
                "{judged} of {series} series can be judged: {technologies} technologies",
                technologies=result.technologies,
                **known,
            )
        return self.say("{judged} of {series} series can be judged", **known)

    def _fitted(self) -> str:
        n = self.result.folds
        if self.result.left_out == "group":
            return self.say("calibrated was fitted {n} times, each time without the group it was judged on", n=n)
        if self.result.left_out == "technology":
            return self.say("calibrated was fitted {n} times, each time without the technologies it was judged on", n=n)
        return self.say("calibrated was fitted {n} times, each time without the series it was judged on", n=n)

    def sections(self) -> Iterator[Section]:
        """The tables, the fairest first."""
        result, drawn = self.result, self.drawn
        alike = [(row.method, row.balanced) for row in result.methods]
        yield Section(self.say("Scores, balanced"), *self._scores(alike), self._notes())
        by_case = [(row.method, row) for row in result.methods]
        yield Section(
            self.say("Scores, pooled"), *self._scores(by_case), [self.say("pooled: every case weighs the same")]
        )
        by_horizon = self._parts(self.say("Years ahead"), result.horizons, drawn.balanced.horizons)
        yield Section(self.say("calibrated by years ahead, balanced"), *by_horizon)
        if result.groups:
            by_group = self._parts(self.say("Group"), result.groups, drawn.groups)
            yield Section(self.say("calibrated by group, balanced within it"), *by_group)
        if drawn.fast_growers:
            yield self._fast(drawn.fast_growers.cases)

    def _notes(self) -> list[str]:
        """What alike means, and the columns of the intervals."""
        held = self.say("50 %, 80 %, 95 %: the share of the intervals of this content that held the value that came")
        if not self.result.groups:
            return [
                self.say("balanced: technologies weigh alike, within one its series, within a series its episodes"),
                held,
            ]
        balance = self.say(
            "balanced: a group weighs the square root of its number of technologies, 16 at most; within a group "
            "technologies weigh alike, within one its series, within a series its episodes"
        )
        return [balance, held]

    def _scores(self, rows: Sequence[tuple[str, BalancedScores | ScoreRow]]) -> Grid:
        columns = (Heading(self.say("Method")), *self._headings())
        return columns, [(Shown(name), *self._numbers(scores)) for name, scores in rows]

    def _parts(self, title: str, samples: Mapping[str, SamplePart], scores: Mapping[str, PartScores]) -> Grid:
        columns = (
            Heading(title, flexible=True),
            Heading(self.say("Technologies"), 7, right=True),
            Heading(self.say("Series"), 8, right=True),
            Heading(self.say("Cases"), 6, right=True),
            Heading(self.say("Weight"), 5, right=True),
            Heading(self.say("Met"), right=True),
            *self._headings(),
        )
        return columns, [(Shown(name), *_facts(part), *self._numbers(scores[name])) for name, part in samples.items()]

    def _headings(self) -> tuple[Heading, ...]:
        return (
            Heading(self.say("Brier score"), right=True),
            Heading(self.say("Accuracy"), 9, right=True),
            Heading(self.say("Calibration error"), 4, right=True),
            Heading("50 %", 3, right=True),
            Heading("80 %", right=True),
            Heading("95 %", 2, right=True),
            Heading(self.say("Width of 80 %"), 10, right=True),
        )

    def _numbers(self, scores: PartScores | BalancedScores | ScoreRow) -> tuple[Shown, ...]:
        numbers = (scores.brier, scores.accuracy, scores.calibration_error)
        held = scores.intervals or {}
        coverages = (_percent(held[level].coverage) if held else "-" for level in LEVELS)
        width = f"{held[WIDTH_OF].mean_width:.1f}" if held else "-"
        return tuple(map(Shown, [*(f"{number:.3f}" for number in numbers), *coverages, width]))

    def _fast(self, cases: int) -> Section:
        asked = self.result.protocol.fast_growers
        columns = (
            Heading(self.say("Method")),
            Heading(self.say("Mean chance"), right=True),
            Heading(self.say("Came"), right=True),
            Heading(self.say("Mean chance, pooled"), 2, right=True),
            Heading(self.say("Came, pooled"), 1, right=True),
        )
        rows = []
        for row in self.result.methods:
            both = [scores.fast_growers for scores in (row.balanced, row)]
            shares = [share for one in both if one for share in (one.chance, one.came)]
            rows.append((Shown(row.method), *(Shown(_percent(share)) for share in shares)))
        what = self.say(
            "{n} windows whose latest figure lies from {low} to {high} and gained at least {gain} points in a year, "
            "asked for {asked} more points in {years} years",
            n=cases,
            low=plain(asked.latest_from),
            high=plain(asked.latest_to),
            gain=plain(asked.gain),
            asked=plain(asked.asked),
            years=plain(asked.horizon),
        )
        return Section(self.say("Fast growers, balanced"), columns, rows, [what])

    def diagram(self, width: int) -> Section:
        """The chances of calibrated, tenth by tenth: what was said and what came; with a bar of that many cells."""
        columns = (
            Heading(self.say("Chance"), right=True),
            Heading(self.say("Mean chance"), right=True),
            Heading(self.say("Came"), right=True),
            Heading(self.say("Cases"), right=True),
            Heading(""),
        )
        rows: list[tuple[Shown, ...]] = [
            (
                Shown(f"{each.low * 100:.0f} .. {each.high * 100:.0f} %"),
                Shown(_percent(each.chance)),
                Shown(_percent(each.came)),
                Shown(str(each.cases)),
                Shown(bar(each, width)),
            )
            for each in self.drawn.balanced.reliability
        ]
        title = self.say("What the chances of calibrated came to, balanced")
        if not width:
            return Section(title, columns[:-1], [row[:-1] for row in rows])
        note = self.say("= is the share that came, | the mean chance: the nearer they end, the truer the chances")
        return Section(title, columns, rows, [note])


def _facts(part: SamplePart) -> tuple[Shown, ...]:
    counts = (part.technologies, part.series, part.cases)
    return tuple(map(Shown, [*map(str, counts), _percent(part.weight), _percent(part.balanced_met)]))


def _percent(share: Decimal) -> str:
    return f"{share * 100:.1f} %"


def bar(each: ReliabilityBin, width: int) -> str:
    """A bar as long as the share that came, with a mark at the mean chance; in ASCII, which is as wide everywhere."""
    cells = ["=" if place < round(each.came * width) else " " for place in range(width)]
    if width:
        cells[min(int(each.chance * width), width - 1)] = "|"
    return "".join(cells).rstrip()


def table_json(table: FittedTable) -> str:
    """A fitted table as JSON."""
    from aiplus_cli.contract.encode import encode_json

    return encode_json({"schema": "aiplus.calibration/1", **table._asdict()})
