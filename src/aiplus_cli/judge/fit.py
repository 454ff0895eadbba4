"""Fit the table of `calibrated` to past series; needs numpy and scipy (the extra `fit`).

The six numbers minimise the mean squared error of P(share >= T) over the episodes
and targets latest + k * h for k of a ladder: near a continuous ranked probability score, in which every horizon
and every level count alike. The guard for falls is a judgement, not fitted.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize  # type: ignore[import-untyped]

from aiplus_cli.judge.episodes import HIGHEST_TARGET, Episode
from aiplus_cli.judge.methods import adoption, calibrated
from aiplus_cli.judge.methods.adoption import FittedTable

Array = NDArray[np.float64]

LADDER = (0.25, 0.5, 1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 7.0, 9.0)
FALL = 0.1
START = FittedTable(offset=3.0, noise=0.15, base=0.15, gain=0.2, power=0.75, shape=4.0, fall=FALL)
DIGITS = 4


def fit(cases: Sequence[Episode]) -> FittedTable:
    """The table that minimises the squared error over at least one episode, its numbers to four digits."""
    data = _columns(cases)
    found = minimize(_squared_error, np.log(START[:6]), args=(data,), method="L-BFGS-B", options={"maxiter": 80})
    return FittedTable(*(float(f"{number:.{DIGITS}g}") for number in _table(found.x)))


def cross_validate(
    cases: Sequence[Episode], fold_of: Mapping[str, int], *, advance: Callable[[int], None] = lambda _: None
) -> dict[str, FittedTable]:
    """For every series of `fold_of`, the table fitted without the series of its fold; `advance` hears of each fit."""
    tables = {}
    for fold in sorted(set(fold_of.values())):
        tables[fold] = fit([one for one in cases if fold_of[one.name] != fold])
        advance(1)
    return {name: tables[fold] for name, fold in fold_of.items()}


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
    with np.errstate(over="ignore"):  # a chance of 0
        result: Array = 1 / (1 + (needed / usual) ** shape)
    return result


def _axis(values: Array, offset: float) -> Array:
    result: Array = np.log((values + offset) / (adoption.CEILING - values))
    return result


def _table(logarithms: Array) -> FittedTable:
    return FittedTable(*(float(number) for number in (*np.exp(logarithms), FALL)))


def _squared_error(logarithms: Array, data: Mapping[str, Array]) -> float:
    return float(np.mean((_chances(data, _table(logarithms)) - data["met"]) ** 2))
