"""How well the methods foretold the past: every method's scores on the episodes of past series."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from statistics import fmean

from aiplus_cli.judge.episodes import HORIZONS, Episode
from aiplus_cli.judge.methods import COMPARED, METHODS, calibrated
from aiplus_cli.judge.methods.adoption import TABLE, FittedTable
from aiplus_cli.judge.past import History
from aiplus_cli.judge.records import Outcome
from aiplus_cli.plan.numbers import unrounded

BINS = 10


@dataclass(frozen=True, slots=True)
class Score:
    """How one method did. `brier`, `accuracy`, `calibration_error` and coverages are shares, `width` is in points.

    A rule without a probability counts as certain of its verdict, and has no interval.
    """

    method: str
    brier: float
    accuracy: float
    calibration_error: float
    coverage: float | None = None
    width: float | None = None
    coverage_by_horizon: Mapping[Decimal, float] | None = None


@dataclass(frozen=True, slots=True)
class Backtest:
    """The scores on a file, and what they were taken from; `folds` None: the table was not fitted here."""

    series: int
    episodes: int
    cases: int
    met: float
    folds: int | None
    scores: tuple[Score, ...]


@unrounded
def backtest(
    past: History,
    judged: list[Episode],
    tables: Mapping[str, FittedTable] | None = None,
    *,
    folds: int | None = None,
    advance: Callable[[int], None] = lambda _: None,
) -> Backtest:
    """Every method's score on at least one episode; `tables` gives `calibrated` a table for each series.

    `advance` is told of every episode done.
    """
    truths: list[bool] = []
    chances: dict[str, list[float]] = {name: [] for name in COMPARED}
    for episode in judged:
        for target in episode.targets():
            truths.append(episode.actual >= target)
            for name, chance in _chances(episode, target, (tables or {}).get(episode.name, TABLE)):
                chances[name].append(chance)
        advance(1)
    intervals = _intervals(judged, tables or {})
    scores = tuple(
        _score(name, chances[name], truths, intervals if name == "calibrated" else None) for name in COMPARED
    )
    return Backtest(len(past), len(judged), len(truths), fmean(truths), folds, scores)


def _chances(episode: Episode, target: Decimal, table: FittedTable) -> Iterator[tuple[str, float]]:
    goal = episode.goal(target)
    for name in COMPARED:
        if name == "calibrated":
            yield name, _chance(calibrated.judge(goal, episode.series, table))
        else:
            yield name, _chance(METHODS[name].judge(goal, episode.series))


def _chance(outcome: Outcome) -> float:
    if outcome.probability is not None:
        return float(outcome.probability)
    return float(outcome.verdict in ("on_track", "met"))


@dataclass(frozen=True, slots=True)
class _Interval:
    horizon: Decimal
    held: bool
    width: float


def _intervals(judged: list[Episode], tables: Mapping[str, FittedTable]) -> list[_Interval]:
    found = []
    for episode in judged:
        goal = episode.goal(episode.actual)
        future = calibrated.forecast(goal, episode.series, table=tables.get(episode.name, TABLE))
        low, high = calibrated.interval(goal, future, calibrated.LEVEL)
        found.append(_Interval(episode.horizon, low <= episode.actual <= high, float(high - low)))
    return found


def _score(name: str, chances: list[float], truths: list[bool], intervals: list[_Interval] | None) -> Score:
    brier = fmean((chance - truth) ** 2 for chance, truth in zip(chances, truths, strict=True))
    accuracy = fmean((chance >= 0.5) == truth for chance, truth in zip(chances, truths, strict=True))
    error = calibration_error(chances, truths)
    if intervals is None:
        return Score(name, brier, accuracy, error)
    by_horizon = {h: _held(i for i in intervals if i.horizon == h) for h in HORIZONS}
    known = {h: share for h, share in by_horizon.items() if share is not None}
    return Score(name, brier, accuracy, error, _held(intervals), fmean(i.width for i in intervals), known)


def _held(intervals: Iterable[_Interval]) -> float | None:
    held = [interval.held for interval in intervals]
    return fmean(held) if held else None


def calibration_error(chances: list[float], truths: list[bool]) -> float:
    """Expected calibration error: mean distance of chance from frequency over ten bins of equal width."""
    gaps = [0.0] * BINS
    for chance, truth in zip(chances, truths, strict=True):
        gaps[min(int(chance * BINS), BINS - 1)] += chance - truth
    return sum(abs(gap) for gap in gaps) / len(chances)
