"""aiplus.backtest/1: how well the methods foretold the past."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from aiplus_cli.contract.values import Part, Share
from aiplus_cli.contract.version import tool_version
from aiplus_cli.judge import episodes as core
from aiplus_cli.judge.backtest import Backtest, Score
from aiplus_cli.judge.methods.calibrated import LEVEL

OneOrMore = Annotated[int, Field(ge=1)]
UpToOne = Annotated[Share, Field(ge=0, le=1)]


@dataclass(frozen=True, slots=True)
class Protocol(Part):
    """What a case shows to the methods, and what it asks of them."""

    window: int
    """How many consecutive annual values a case shows to the methods."""
    horizons: tuple[Decimal, ...]
    """How many years ahead was asked."""
    steps: tuple[int, ...]
    """The points a year above the latest value that were asked for."""
    latest_from: Decimal
    """The least latest value of a case."""
    latest_to: Decimal
    """The greatest latest value of a case."""
    highest_target: Decimal
    """Targets above were left out."""


@dataclass(frozen=True, slots=True)
class IntervalScore(Part):
    """How well the intervals held what came."""

    level: Annotated[Decimal, Field(ge=0, le=1)]
    """The probability of the intervals."""
    coverage: UpToOne
    """The share of the intervals that held the value that came."""
    mean_width: Annotated[Share, Field(ge=0)]
    """How wide the intervals were on average, in points."""
    coverage_by_horizon: Mapping[str, UpToOne]
    """The share for each number of years ahead."""


@dataclass(frozen=True, slots=True)
class ScoreRow(Part):
    """How one method did; a rule without a probability counts as certain of its verdict."""

    method: str
    """The method's name."""
    brier: UpToOne
    """The mean squared distance of the probability from what came; 0 is best."""
    accuracy: UpToOne
    """The share of the cases on whose side of one half the probability was."""
    calibration_error: UpToOne
    """The mean distance of probability from frequency over ten bins."""
    interval: IntervalScore | None
    """How well the intervals held; null for a method without any."""


@dataclass(frozen=True, slots=True)
class BacktestDocument(Part):
    """The scores of the methods on a file of past series. Shares have six decimals."""

    schema: Literal["aiplus.backtest/1"]
    """The name and version of this form."""
    tool_version: str
    """The version of aiplus that wrote it."""
    file: str
    """The name of the file."""
    protocol: Protocol
    """How the cases were drawn."""
    folds: Annotated[int, Field(ge=2)] | None
    """How many times calibrated was fitted; null: it was judged with the table that ships."""
    series: OneOrMore
    """How many series the file has."""
    episodes: OneOrMore
    """How many windows with a horizon there are."""
    cases: OneOrMore
    """How many targets were asked for."""
    met: UpToOne
    """The share of the targets that were reached."""
    methods: tuple[ScoreRow, ...]
    """How each method did."""


def backtest_document(found: Backtest, file: str) -> BacktestDocument:
    """The result in the form of the contract."""
    protocol = Protocol(4, core.HORIZONS, core.STEPS, *core.LATEST, core.HIGHEST_TARGET)
    return BacktestDocument(
        "aiplus.backtest/1",
        tool_version(),
        file,
        protocol,
        found.folds,
        found.series,
        found.episodes,
        found.cases,
        Share(found.met),
        tuple(map(_score_row, found.scores)),
    )


def _score_row(score: Score) -> ScoreRow:
    shares = Share(score.brier), Share(score.accuracy), Share(score.calibration_error)
    return ScoreRow(score.method, *shares, _interval_score(score))


def _interval_score(score: Score) -> IntervalScore | None:
    if score.coverage is None or score.width is None:
        return None
    by_horizon = {str(horizon): Share(share) for horizon, share in (score.coverage_by_horizon or {}).items()}
    return IntervalScore(LEVEL, Share(score.coverage), Share(score.width), by_horizon)
