"""How well the methods foretold the past: episodes of past series, judged as if the rest were not yet known.

The protocol: four consecutive annual values, the latest within 3..85 and the first above 0; at horizons h of
1, 2, 3 and 5 years, whether the share reached the latest value + 2h, + 4h, + 7h; targets above 98 left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from statistics import fmean

from aiplus_cli.judge.methods import COMPARED, METHODS, calibrated
from aiplus_cli.judge.methods.adoption import TABLE, FittedTable
from aiplus_cli.judge.past import History
from aiplus_cli.judge.records import Goal, Outcome, Point, Series
from aiplus_cli.ledger.entries import Figure
from aiplus_cli.plan.numbers import unrounded

HORIZONS = (1, 2, 3, 5)
STEPS = (2, 4, 7)
LATEST = (Decimal(3), Decimal(85))
HIGHEST_TARGET = Decimal(98)
RANGE = (Decimal(0), Decimal(100))
BINS = 10


@dataclass(frozen=True, slots=True)
class Episode:
    """Four annual figures, a horizon in years, and the value it came to."""

    name: str
    series: Series
    horizon: int
    actual: Decimal

    def goal(self, value: Decimal) -> Goal:
        """At least this value at the horizon."""
        return Goal(">=", value, self.series.latest.at + self.horizon, "increase", RANGE, self.series.points[0])

    def targets(self) -> Iterator[Decimal]:
        """What it is asked for."""
        latest = self.series.latest.figure.value
        asked = (latest + step * self.horizon for step in STEPS)
        return (value for value in asked if value <= HIGHEST_TARGET)


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
    coverage_by_horizon: Mapping[int, float] | None = None


@dataclass(frozen=True, slots=True)
class Backtest:
    """The scores on a file, and what they were taken from; `folds` None: the table was not fitted here."""

    series: int
    episodes: int
    cases: int
    met: float
    folds: int | None
    scores: tuple[Score, ...]


def episodes(past: History, horizons: tuple[int, ...] = HORIZONS) -> list[Episode]:
    """Every episode of the protocol, series by series."""
    found = []
    for name, values in past.items():
        points = {year: _point(year, value) for year, value in values.items()}
        for year, latest in values.items():
            window = [points.get(year - back) for back in (3, 2, 1, 0)]
            if None in window or not LATEST[0] <= latest <= LATEST[1] or values[year - 3] <= 0:
                continue
            series = Series(tuple(point for point in window if point))
            found += [Episode(name, series, h, values[year + h]) for h in horizons if year + h in values]
    return found


def _point(year: Decimal, value: Decimal) -> Point:
    figure = Figure(
        id="",
        indicator="past",
        region="",
        period="",
        value=value,
        published=date.min,
        source="",
        recorded_at=datetime.min.replace(tzinfo=UTC),
        recorded_by="",
    )
    return Point(date.min, year, figure)


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
    horizon: int
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
