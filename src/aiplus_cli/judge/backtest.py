"""How well the methods foretold the past: every method's scores on the episodes of past series.

Everything is scored twice: pooled, where every case counts alike (for intervals every episode), and balanced, by the
`weights` of `episodes`. One balance holds for all: a horizon's or a group's scores are those of its episodes with the
weights that they have among all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import fmean
from typing import NamedTuple

from aiplus_cli.judge.episodes import HORIZONS, Episode, fast_growers, weights
from aiplus_cli.judge.folds import LeftOut
from aiplus_cli.judge.methods import COMPARED, METHODS, calibrated
from aiplus_cli.judge.methods.adoption import TABLE, FittedTable
from aiplus_cli.judge.past import History
from aiplus_cli.judge.records import Outcome
from aiplus_cli.plan.numbers import unrounded

BINS = 10
LEVELS = tuple(map(Decimal, ("0.5", "0.8", "0.95")))


@dataclass(frozen=True, slots=True)
class Bin:
    """The cases with chances from `low` to `high`: their mean chance, and the share of them that came."""

    low: float
    high: float
    cases: int
    weight: float
    chance: float
    came: float


@dataclass(frozen=True, slots=True)
class Held:
    """How well the intervals of one level held what came; `width` is in points."""

    coverage: float
    width: float
    by_horizon: Mapping[Decimal, float]


@dataclass(frozen=True, slots=True)
class Scores:
    """How one method did. `brier`, `accuracy` and `calibration_error` are shares.

    A rule without a probability counts as certain of its verdict, and has no interval.
    """

    brier: float
    accuracy: float
    calibration_error: float
    intervals: Mapping[Decimal, Held]


@dataclass(frozen=True, slots=True)
class FastGrowth:
    """What was said of fast growers, and what came."""

    cases: int
    chance: float
    came: float


@dataclass(frozen=True, slots=True)
class Weighed:
    """The scores of one method under one way of weighing; `fast` is None without a fast grower."""

    scores: Scores
    horizons: Mapping[Decimal, Scores]
    fast: FastGrowth | None
    reliability: tuple[Bin, ...]


@dataclass(frozen=True, slots=True)
class MethodScores:
    """How one method did: pooled, balanced, and on each group, balanced within it."""

    method: str
    pooled: Weighed
    balanced: Weighed
    groups: Mapping[str, Scores]


@dataclass(frozen=True, slots=True)
class Sample:
    """What some scores were taken from; `weight` is its share of the balance, `met` and `balanced_met` of targets."""

    technologies: int
    series: int
    episodes: int
    cases: int
    met: float
    balanced_met: float
    weight: float


@dataclass(frozen=True, slots=True)
class Backtest:
    """The scores on a file, and what they were taken from; `left_out` None: no table was fitted here.

    `series` counts those of the file, also those without an episode.
    """

    series: int
    sample: Sample
    groups: Mapping[str, Sample]
    horizons: Mapping[Decimal, Sample]
    methods: tuple[MethodScores, ...]
    left_out: LeftOut | None = None
    folds: int | None = None


class _Told(NamedTuple):
    """What was said of one episode, and what came: for each target, and for each level of the intervals."""

    episode: Episode
    came: list[bool]
    chances: dict[str, list[float]]
    intervals: list[tuple[bool, float]]


class _Counted(NamedTuple):
    """An episode, and what it and each of its targets weigh."""

    told: _Told
    weight: float
    of_case: float


@unrounded
def backtest(
    past: History,
    judged: Sequence[Episode],
    tables: Mapping[str, FittedTable] | None = None,
    *,
    left_out: LeftOut | None = None,
    folds: int | None = None,
    advance: Callable[[int], None] = lambda _: None,
) -> Backtest:
    """Every method's scores on at least one episode; `tables` gives `calibrated` a table for each series.

    `advance` is told of every episode done.
    """
    own = tables or {}
    told = [_told(one, list(one.targets()), own.get(one.name, TABLE)) for one in _counting(judged, advance)]
    fast = [_told(one, [one.fast_target()], own.get(one.name, TABLE)) for one in fast_growers(past)]
    balanced, balanced_fast = _balanced(told), _balanced(fast)
    pooled, pooled_fast = _pooled(told), _pooled(fast)
    groups = _by_group(balanced)
    methods = (
        MethodScores(
            name,
            _weighed(name, pooled, pooled_fast),
            _weighed(name, balanced, balanced_fast),
            {group: _scores(name, part) for group, part in groups.items()},
        )
        for name in COMPARED
    )
    return Backtest(
        len(past),
        _sample(balanced),
        {group: _sample(part) for group, part in groups.items()},
        {horizon: _sample(part) for horizon, part in _by_horizon(balanced).items()},
        tuple(methods),
        left_out,
        folds,
    )


def _counting(judged: Iterable[Episode], advance: Callable[[int], None]) -> Iterator[Episode]:
    for episode in judged:
        yield episode
        advance(1)


# --- what the methods say -----------------------------------------------------------------------------------------


def _told(episode: Episode, targets: Sequence[Decimal], table: FittedTable) -> _Told:
    """What every method says of the targets; `calibrated` says it from one distribution."""
    goals = [episode.goal(target) for target in targets]
    future = calibrated.forecast(goals[0], episode.series, table=table)
    chances = {
        name: [_chance(METHODS[name].judge(goal, episode.series)) for goal in goals]
        for name in COMPARED
        if name != "calibrated"
    }
    chances["calibrated"] = [calibrated.probability(goal, future) for goal in goals]
    actual, ends = float(episode.actual), (future.interval(float(level)) for level in LEVELS)
    held = [(low <= actual <= high, high - low) for low, high in ends]
    return _Told(episode, [episode.actual >= target for target in targets], chances, held)


def _chance(outcome: Outcome) -> float:
    return float(outcome.verdict in ("on_track", "met"))


# --- how much it weighs -------------------------------------------------------------------------------------------


def _pooled(told: Iterable[_Told]) -> list[_Counted]:
    return [_Counted(one, 1.0, 1.0) for one in told]


def _balanced(told: Sequence[_Told]) -> list[_Counted]:
    shares = weights([one.episode for one in told])
    return [_Counted(one, weight, weight / len(one.came)) for one, weight in zip(told, shares, strict=True)]


def _by_group(counted: Iterable[_Counted]) -> dict[str, list[_Counted]]:
    """The episodes of each group that has a name."""
    found: dict[str, list[_Counted]] = {}
    for one in counted:
        found.setdefault(one.told.episode.group, []).append(one)
    return {name: found[name] for name in sorted(found) if name}


def _by_horizon(counted: Iterable[_Counted]) -> dict[Decimal, list[_Counted]]:
    found: dict[Decimal, list[_Counted]] = {horizon: [] for horizon in HORIZONS}
    for one in counted:
        found.setdefault(one.told.episode.horizon, []).append(one)
    return {horizon: part for horizon, part in found.items() if part}


def _sample(balanced: Sequence[_Counted]) -> Sample:
    seen = [one.told.episode for one in balanced]
    came = [came for one in balanced for came in one.told.came]
    weight = sum(one.weight for one in balanced)
    return Sample(
        len({(one.group, one.technology) for one in seen}),
        len({one.name for one in seen}),
        len(seen),
        len(came),
        fmean(came),
        sum(one.of_case * sum(one.told.came) for one in balanced) / weight,
        weight,
    )


# --- how good it was ----------------------------------------------------------------------------------------------


def _weighed(name: str, counted: Sequence[_Counted], fast: Sequence[_Counted]) -> Weighed:
    return Weighed(
        _scores(name, counted),
        {horizon: _scores(name, part) for horizon, part in _by_horizon(counted).items()},
        _fast_growth(name, fast) if fast else None,
        reliability(_cases(name, counted)),
    )


def _fast_growth(name: str, fast: Sequence[_Counted]) -> FastGrowth:
    (whole,) = reliability(_cases(name, fast), bins=1)
    return FastGrowth(whole.cases, whole.chance, whole.came)


class Answered(NamedTuple):
    """A chance, what came, and what the case weighs."""

    chance: float
    came: bool
    weight: float = 1.0


def _cases(name: str, counted: Iterable[_Counted]) -> Iterator[Answered]:
    for told, _, weight in counted:
        for chance, came in zip(told.chances[name], told.came, strict=True):
            yield Answered(chance, came, weight)


def _scores(name: str, counted: Sequence[_Counted]) -> Scores:
    cases = list(_cases(name, counted))
    total = sum(case.weight for case in cases)
    return Scores(
        sum(case.weight * (case.chance - case.came) ** 2 for case in cases) / total,
        sum(case.weight * ((case.chance >= 0.5) == case.came) for case in cases) / total,
        calibration_error(reliability(cases)),
        {level: _held(counted, place) for place, level in enumerate(LEVELS)} if name == "calibrated" else {},
    )


def _held(counted: Sequence[_Counted], place: int) -> Held:
    """How well the intervals of the level at that place held."""
    by_horizon = {horizon: _coverage(part, place) for horizon, part in _by_horizon(counted).items()}
    width = sum(one.weight * one.told.intervals[place][1] for one in counted) / sum(one.weight for one in counted)
    return Held(_coverage(counted, place), width, by_horizon)


def _coverage(counted: Iterable[_Counted], place: int) -> float:
    held = [(one.weight, one.told.intervals[place][0]) for one in counted]
    return sum(weight for weight, inside in held if inside) / sum(weight for weight, _ in held)


def reliability(cases: Iterable[Answered], bins: int = BINS) -> tuple[Bin, ...]:
    """The cases in bins of equal width by their chance; bins without a case are left out."""
    filled: dict[int, list[Answered]] = {}
    for case in cases:
        filled.setdefault(min(int(case.chance * bins), bins - 1), []).append(case)
    return tuple(_bin(place / bins, (place + 1) / bins, filled[place]) for place in sorted(filled))


def _bin(low: float, high: float, cases: Sequence[Answered]) -> Bin:
    weight = sum(case.weight for case in cases)
    chance = sum(case.weight * case.chance for case in cases) / weight
    return Bin(low, high, len(cases), weight, chance, sum(case.weight * case.came for case in cases) / weight)


def calibration_error(bins: Sequence[Bin]) -> float:
    """Expected calibration error: the mean distance of chance from frequency over the bins."""
    return sum(one.weight * abs(one.chance - one.came) for one in bins) / sum(one.weight for one in bins)
