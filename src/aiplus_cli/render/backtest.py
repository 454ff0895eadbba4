"""The scores of the methods on past series: a table and JSON (aiplus.backtest/1)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from aiplus_cli.errors import Message
from aiplus_cli.judge import backtest as core
from aiplus_cli.judge.backtest import Backtest, Score
from aiplus_cli.judge.methods.adoption import FittedTable
from aiplus_cli.judge.methods.calibrated import LEVEL
from aiplus_cli.render import Options
from aiplus_cli.words import i18n
from aiplus_cli.words.joining import listed


def render_table(result: Backtest, name: str, options: Options) -> str:
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
        Heading(say("at {years} years", years=list(core.HORIZONS)), 5),
        Heading(say("Mean width"), 4, right=True),
    )
    rows = [tuple(Shown(text) for text in _texts(score, options.lang)) for score in result.scores]
    screen = Screen(options)
    met = f"{result.met * 100:.0f}"
    cases = Message.plural(
        "{name}: {n} case of {series} series, {met} % met",
        "{name}: {n} cases of {series} series, {met} % met",
        n=result.cases,
        name=name,
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


def _texts(score: Score, lang: str) -> list[str]:
    return [
        score.method,
        f"{score.brier:.3f}",
        f"{score.accuracy:.3f}",
        f"{score.calibration_error:.3f}",
        "-" if score.coverage is None else f"{score.coverage:.3f}",
        listed((f"{share:.3f}" for share in (score.coverage_by_horizon or {}).values()), lang) or "-",
        "-" if score.width is None else f"{score.width:.1f}",
    ]


def document(result: Backtest, name: str) -> dict[str, Any]:
    """The result as aiplus.backtest/1: shares to six decimals, widths in points."""
    from importlib.metadata import version

    return {
        "schema": "aiplus.backtest/1",
        "tool_version": version("aiplus-cli"),
        "file": name,
        "protocol": {
            "window": 4,
            "horizons": core.HORIZONS,
            "steps": core.STEPS,
            "latest_from": core.LATEST[0],
            "latest_to": core.LATEST[1],
            "highest_target": core.HIGHEST_TARGET,
        },
        "folds": result.folds,
        "series": result.series,
        "episodes": result.episodes,
        "cases": result.cases,
        "met": _number(result.met),
        "methods": [_row(score) for score in result.scores],
    }


def _row(score: Score) -> dict[str, Any]:
    interval = None
    if score.coverage is not None:
        by_horizon = {str(h): _number(share) for h, share in (score.coverage_by_horizon or {}).items()}
        interval = {
            "level": LEVEL,
            "coverage": _number(score.coverage),
            "mean_width": _number(score.width),
            "coverage_by_horizon": by_horizon,
        }
    return {
        "method": score.method,
        "brier": _number(score.brier),
        "accuracy": _number(score.accuracy),
        "calibration_error": _number(score.calibration_error),
        "interval": interval,
    }


def _number(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(f"{value:.6f}")


def render_json(result: Backtest, name: str, options: Options) -> str:
    """The document; never translated."""
    from aiplus_cli.render.data import encode_json

    del options
    return encode_json(document(result, name))


def table_json(table: FittedTable) -> str:
    """A fitted table as JSON."""
    from aiplus_cli.render.data import encode_json

    return encode_json({"schema": "aiplus.calibration/1", **table._asdict()})
