"""Fit the table of `calibrated` to past series; needs numpy and scipy (the extra `fit`).

The six numbers minimise the mean squared error of P(share >= T) over the episodes, horizons of 1 to 6 years
and targets latest + k * h for k of a ladder: near a continuous ranked probability score, in which every horizon
and every level count alike. The guard for falls is a judgement, not fitted.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize  # type: ignore[import-untyped]

from aiplus_cli.errors import Message, Problem, UsageProblem
from aiplus_cli.judge.episodes import HIGHEST_TARGET, Episode, episodes
from aiplus_cli.judge.methods import adoption, calibrated
from aiplus_cli.judge.methods.adoption import FittedTable
from aiplus_cli.judge.past import History

Array = NDArray[np.float64]

FIT_HORIZONS = tuple(map(Decimal, (1, 2, 3, 4, 5, 6)))
LADDER = (0.25, 0.5, 1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 7.0, 9.0)
FALL = 0.1
START = FittedTable(offset=3.0, noise=0.15, base=0.15, gain=0.2, power=0.75, shape=4.0, fall=FALL)
DIGITS = 4


def fit(cases: Sequence[Episode]) -> FittedTable:
    """The table that minimises the squared error over at least one episode, its numbers to four digits."""
    data = _columns(cases)
    found = minimize(_squared_error, np.log(START[:6]), args=(data,), method="L-BFGS-B", options={"maxiter": 80})
    return FittedTable(*(float(f"{number:.{DIGITS}g}") for number in _table(found.x)))


def cross_validate(past: History, folds: int, seed: int = 0) -> dict[str, FittedTable]:
    """For every series, the table fitted without it and without the rest of its fold.

    Raises UsageProblem where nothing is left to fit to: most series may be too short for an episode.
    """
    names = sorted(past)
    random.Random(seed).shuffle(names)  # noqa: S311 - folds, not secrets
    fold = {name: place % folds for place, name in enumerate(names)}
    training = episodes(past, FIT_HORIZONS)
    rest = [[one for one in training if fold[one.name] != k] for k in range(folds)]
    if not all(rest):
        what = Message("without one of the folds no series is long enough to fit to")
        raise UsageProblem(Problem("--folds", what, Message("use more folds, or a file with more long series")))
    tables = [fit(cases) for cases in rest]
    return {name: tables[fold[name]] for name in names}


def arrivals(judged: Sequence[Episode], tables: Mapping[str, FittedTable]) -> list[int]:
    """For each chance of 1..99 per cent: how many episodes reached the target of that chance."""
    given = []
    for episode in judged:
        goal = episode.goal(episode.actual)
        future = calibrated.forecast(goal, episode.series, table=tables[episode.name])
        given.append(future.probability(calibrated.target_share(goal)))
    return [sum(chance <= percent / 100 for chance in given) for percent in range(1, 100)]


def _columns(cases: Sequence[Episode]) -> dict[str, Array]:
    """The cases as columns: an episode counts once for every target of the ladder."""
    rows = []
    for case in cases:
        first, _, previous, latest = (float(point.figure.value) for point in case.series.points)
        horizon = float(case.horizon)
        targets = (latest + step * horizon for step in LADDER)
        rows += [
            (first, previous, latest, horizon, target, float(case.actual) >= target)
            for target in targets
            if target <= HIGHEST_TARGET
        ]
    names = ("first", "previous", "latest", "horizon", "target", "met")
    return dict(zip(names, np.array(rows, dtype=float).T, strict=True))


def _chances(data: Mapping[str, Array], table: FittedTable) -> Array:
    """The formula of `adoption` for whole columns of annual cases."""
    a, noise, base, gain, power, shape, fall = table
    latest = np.log(data["latest"] + a)
    growth = np.maximum(latest - np.log(data["previous"] + a), 0)
    change = latest - np.log(data["first"] + a)
    guard = np.exp(np.minimum(change + fall, 0) / fall)
    usual = noise + data["horizon"] * (base * guard + gain * growth**power)
    needed = np.maximum(_axis(data["target"], a) - _axis(data["latest"], a) + noise, 0)
    result: Array = 1 / (1 + (needed / usual) ** shape)
    return result


def _axis(values: Array, offset: float) -> Array:
    result: Array = np.log((values + offset) / (adoption.CEILING - values))
    return result


def _table(logarithms: Array) -> FittedTable:
    return FittedTable(*(float(number) for number in (*np.exp(logarithms), FALL)))


def _squared_error(logarithms: Array, data: Mapping[str, Array]) -> float:
    return float(np.mean((_chances(data, _table(logarithms)) - data["met"]) ** 2))
