"""The scores of the methods on past series: a table."""

from __future__ import annotations

from aiplus_cli.contract.backtest import BacktestDocument, IntervalScore, ScoreRow
from aiplus_cli.errors import Message
from aiplus_cli.judge.methods.adoption import FittedTable
from aiplus_cli.render import Options
from aiplus_cli.words import i18n
from aiplus_cli.words.joining import listed


def render_table(result: BacktestDocument, options: Options) -> str:
    """One row a method."""
    from aiplus_cli.render.table import Screen
    from aiplus_cli.render.view import Heading, Section, Shown

    def say(template: str, **values: object) -> str:
        return i18n.translate(Message(template, **values), options.lang)

    columns = (
        Heading(say("Method")),
        Heading(say("Brier score"), right=True),
        Heading(say("Accuracy"), 3, right=True),
        Heading(say("Calibration error"), 2, right=True),
        Heading(say("80 % interval covers"), 1, right=True),
        Heading(say("at {years} years", years=list(result.protocol.horizons)), 5),
        Heading(say("Mean width"), 4, right=True),
    )
    rows = [tuple(Shown(text) for text in _texts(score, options.lang)) for score in result.methods]
    screen = Screen(options)
    met = f"{result.met * 100:.0f}"
    cases = Message.plural(
        "{name}: {n} case of {series} series, {met} % met",
        "{name}: {n} cases of {series} series, {met} % met",
        n=result.cases,
        name=result.file,
        series=result.series,
        met=met,
    )
    screen.lines([i18n.translate(cases, options.lang)])
    screen.section(Section(say("Scores"), columns, rows))
    if result.folds:
        screen.lines(
            [say("calibrated was fitted {n} times, each time without the series it was judged on", n=result.folds)]
        )
    return screen.text()


def _texts(score: ScoreRow, lang: str) -> list[str]:
    return [
        score.method,
        f"{score.brier:.3f}",
        f"{score.accuracy:.3f}",
        f"{score.calibration_error:.3f}",
        *(("-", "-", "-") if score.interval is None else _interval_texts(score.interval, lang)),
    ]


def _interval_texts(interval: IntervalScore, lang: str) -> tuple[str, str, str]:
    by_horizon = listed((f"{share:.3f}" for share in interval.coverage_by_horizon.values()), lang)
    return f"{interval.coverage:.3f}", by_horizon or "-", f"{interval.mean_width:.1f}"


def table_json(table: FittedTable) -> str:
    """A fitted table as JSON."""
    from aiplus_cli.contract.encode import encode_json

    return encode_json({"schema": "aiplus.calibration/1", **table._asdict()})
