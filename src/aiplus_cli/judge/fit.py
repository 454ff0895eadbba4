"""Fit the table of `calibrated` to past series; needs numpy and scipy (the extra `fit`).

What is made small, over the episodes by their weights:

1. the mean squared error of P(share >= T) at targets latest + k * h for k of a ladder: near a continuous ranked
   probability score, in which rises and falls count;
2. a little of the mean logarithm of the density at the value that came, which keeps the tails sober;
3. a little of how far the mean chance of fast growers is from the share of them that arrived.

The numbers are sought on a logarithmic scale from START, with exact derivatives but for the offset of the axis.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize  # type: ignore[import-untyped]
from scipy.special import expit  # type: ignore[import-untyped]

from aiplus_cli.judge.episodes import HIGHEST_TARGET, Episode, weights
from aiplus_cli.judge.methods import adoption, calibrated
from aiplus_cli.judge.methods.adoption import FittedTable

Array = NDArray[np.float64]

LADDER = (-4.0, -1.5, -0.25, 0.5, 1.0, 2.0, 3.0, 4.0, 5.5, 7.0, 9.0)
TAILS = 0.005
"""What the logarithm of the density weighs."""
FAST = 0.06
"""What the fast growers weigh: of level 33 to 62, gaining 9 points a year, asked for 20 points in a year and a half."""
LEAST_LOGARITHM = -8.0
"""An episode stranger than this counts as if it were this strange."""
WIDEST = 2.5
"""No number leaves START by more than this on the logarithmic scale."""
STEPS = 200
START = FittedTable(
    offset=6.0, base=0.08, gain=0.2, power=0.56, earlier=0.18, reach=0.95,
    up_noise=0.02, up=0.2, up_gain=0.15, up_rough=0.5, spread=0.7, down_noise=0.1, down=0.3, down_rough=0.8,
    up_shape=3.0, down_shape=7.0, up_short=1.0, down_short=0.1, earlier_of_two=0.5, usual_rough=0.1,
)  # fmt: skip
"""Where the search begins; the last two numbers are not sought but read off the episodes."""
SOUGHT = FittedTable._fields[:-2]
DIGITS = 4


def fit(cases: Sequence[Episode], weigh: Sequence[float] | None = None) -> FittedTable:
    """The best table for at least one episode, its numbers to four digits; by default `episodes.weights` weigh."""
    data = _columns(cases, weights(cases) if weigh is None else weigh)
    start = np.array(_logarithms(START))
    bounds = [(number - WIDEST, number + WIDEST) for number in start]
    bounds[SOUGHT.index("spread")] = (start[SOUGHT.index("spread")] - WIDEST, 0.0)
    found = minimize(_loss, start, args=(data,), jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": STEPS})
    table = FittedTable(*(float(f"{number:.{DIGITS}g}") for number in _table(found.x, data)))
    return table._replace(spread=min(table.spread, table.reach))


def cross_validate(
    cases: Sequence[Episode],
    fold_of: Mapping[str, int],
    weigh: Sequence[float] | None = None,
    *,
    advance: Callable[[int], None] = lambda _: None,
) -> dict[str, FittedTable]:
    """For every series of `fold_of`, the table fitted without the series of its fold; `advance` hears of each fit."""
    tables = {}
    for fold in sorted(set(fold_of.values())):
        kept = [place for place, one in enumerate(cases) if fold_of[one.name] != fold]
        shares = None if weigh is None else [weigh[place] for place in kept]
        tables[fold] = fit([cases[place] for place in kept], shares)
        advance(1)
    return {name: tables[fold] for name, fold in fold_of.items()}


def arrivals(judged: Sequence[Episode], tables: Mapping[str, FittedTable], weigh: Sequence[float]) -> list[float]:
    """For each chance of 1..99 per cent: the weight (0..1) of the episodes that reached the target of that chance."""
    given = []
    for episode in judged:
        goal = episode.goal(episode.actual)
        future = calibrated.forecast(goal, episode.series, table=tables[episode.name])
        given.append(future.probability(calibrated.target_share(goal)))
    return [
        sum(share for chance, share in zip(given, weigh, strict=True) if chance <= percent / 100) / sum(weigh)
        for percent in range(1, 100)
    ]


@dataclass(frozen=True)
class _Data:
    """Columns over the episodes: `values` has four rows, the oldest first; `weight` sums to 1."""

    values: Array
    years: Array
    step: Array
    actual: Array
    weight: Array

    def fast(self) -> Array:
        """What each fast grower weighs, none for the others."""
        gained = self.values[3] - self.levels_a_year_ago()
        level = self.values[3]
        chosen = (level >= 33) & (level <= 62) & (gained >= 9) & (self.years >= 1) & (self.years <= 2)
        shares: Array = self.weight * chosen
        result: Array = shares / max(float(shares.sum()), 1e-12)
        return result

    def levels_a_year_ago(self) -> Array:
        """The values about a year before the latest, of three quarters before where no more is known."""
        levels: Array = np.where(
            self.step > 0.75, self.values[2], np.where(self.step > 0.4, self.values[1], self.values[0])
        )
        return levels


def _columns(cases: Sequence[Episode], weigh: Sequence[float]) -> _Data:
    points = [case.series.points for case in cases]
    shares = np.array(weigh, dtype=float)
    return _Data(
        np.array([[float(point.figure.value) for point in window] for window in points]).T,
        np.array([float(case.horizon) for case in cases]),
        np.array([float(window[-1].at - window[0].at) / 3 for window in points]),
        np.array([float(case.actual) for case in cases]),
        shares / shares.sum(),
    )


class _Moves(NamedTuple):
    """L, E and R of `adoption` for every episode, and g of the latest figure."""

    latest: Array
    growth: Array
    earlier: Array
    rough: Array


def _moves(data: _Data, offset: float) -> _Moves:
    first, second, third, latest = _axis(data.values, offset)
    step = data.step
    annual, half_yearly = latest - third, latest - second
    quarterly = (latest - first) * (2 - 3 * step)
    growth = np.where(step > 0.75, annual, np.where(step > 0.4, half_yearly, quarterly))
    return _Moves(latest, np.maximum(growth, 0), (third - first) / (2 * step), np.abs(third - 2 * second + first))


def _loss(logarithms: Array, data: _Data) -> tuple[float, Array]:
    """The loss, and its derivative by each logarithm."""
    table = _named(logarithms)
    loss, slopes = _loss_at(table, data)
    step = 1e-6
    moved, _ = _loss_at(table | {"offset": table["offset"] * (1 + step)}, data)
    slopes["offset"] = (moved - loss) / step
    ratio = table["spread"] / table["reach"]
    slopes["reach"] += slopes["spread"] * ratio
    scale = {name: 1.0 if name == "offset" else table[name] for name in SOUGHT}
    return loss, np.array([slopes[name] * scale[name] for name in SOUGHT])


def _loss_at(table: Mapping[str, float], data: _Data) -> tuple[float, dict[str, float]]:
    """The loss and its derivatives by the numbers of the table, but for the offset."""
    model = _Model(table, data)
    latest, years = data.values[3], data.years
    for k in LADDER:
        target = latest + k * years
        asked = data.weight * ((target <= float(HIGHEST_TARGET)) & (target > 0)) / len(LADDER)
        model.squares(target, asked)
    model.tails()
    model.fast_growers(latest + 20 * years / 1.5)
    return model.loss, model.slopes()


class _Model:
    """The distributions of all episodes, the loss so far, and its derivatives by their medians and spreads."""

    def __init__(self, table: Mapping[str, float], data: _Data) -> None:
        self.table, self.data = table, data
        self.moves = moves = _moves(data, table["offset"])
        with np.errstate(divide="ignore"):
            self.log_growth = np.where(moves.growth > 0, np.log(moves.growth), 0.0)
        self.grown = np.where(moves.growth > 0, np.exp(table["power"] * self.log_growth), 0.0)
        self.short = np.maximum(1 - data.step, 0)
        self.far, self.wide = data.years ** table["reach"], data.years ** table["spread"]
        self.free = table["base"] + table["gain"] * self.grown + table["earlier"] * moves.earlier
        self.pace = np.maximum(self.free, adoption.LEAST_PACE)
        self.median = moves.latest + self.far * self.pace
        self.up = table["up"] + table["up_gain"] * self.grown + table["up_rough"] * moves.rough
        self.down = table["down"] + table["down_rough"] * moves.rough
        self.w, self.x = 1 + table["up_short"] * self.short, 1 + table["down_short"] * self.short
        self.above = table["up_noise"] + self.wide * self.w * self.up
        self.below = table["down_noise"] + self.wide * self.x * self.down
        self.loss = 0.0
        zero = np.zeros_like(self.median)
        self.by_median, self.by_above, self.by_below = zero, zero.copy(), zero.copy()
        self.by_shape = {"up_shape": 0.0, "down_shape": 0.0}

    def squares(self, target: Array, asked: Array) -> None:
        """Add the squared errors of the chances of a target, weighed by `asked`."""
        chance = self.chances(target)
        wrong = chance - (self.data.actual >= target)
        self.loss += float((asked * wrong**2).sum())
        self._learn(target, 2 * asked * wrong)

    def fast_growers(self, target: Array) -> None:
        """Add how far the mean chance of fast growers is from what came."""
        shares = self.data.fast()
        gap = float((shares * (self.chances(target) - (self.data.actual >= target))).sum())
        self.loss += FAST * gap**2
        self._learn(target, FAST * 2 * gap * shares)

    def chances(self, target: Array) -> Array:
        """The chance of each episode to reach its target."""
        away, stretch, shape = self._side(target)
        beyond = expit(-shape * stretch)
        chance: Array = np.where(away > 0, beyond, 1 - beyond)
        return chance

    def tails(self) -> None:
        """Add the logarithm of the density of what came."""
        actual = np.minimum(self.data.actual, 99.5)
        away, stretch, shape = self._side(actual)
        scale = np.where(away > 0, self.above, self.below)
        beyond = expit(-shape * stretch)
        on_axis = np.log(1 / (actual + self.table["offset"]) + 1 / (adoption.CEILING - actual))
        logarithm = np.log(shape / scale) - (shape + 1) * stretch + 2 * np.log1p(-beyond) + on_axis
        self.loss -= TAILS * float((self.data.weight * np.maximum(logarithm, LEAST_LOGARITHM)).sum())
        counted = -TAILS * self.data.weight * (logarithm > LEAST_LOGARITHM)
        by_stretch = counted * (2 * shape * beyond - shape - 1)
        self._pass_on(away, by_stretch * np.exp(-stretch), counted * (1 / shape - stretch * (1 - 2 * beyond)))
        self.by_above -= np.where(away > 0, counted / scale, 0)
        self.by_below -= np.where(away > 0, 0, counted / scale)

    def slopes(self) -> dict[str, float]:
        """The derivatives of the loss by the numbers of the table, but for the offset."""
        free = self.by_median * self.far * (self.free > adoption.LEAST_PACE)
        up, down = self.by_above * self.wide * self.w, self.by_below * self.wide * self.x
        log_years, moves, table = np.log(self.data.years), self.moves, self.table
        by_power = (free * table["gain"] + up * table["up_gain"]) * self.grown * self.log_growth
        return self.by_shape | {
            "base": float(free.sum()),
            "gain": float((free * self.grown).sum()),
            "power": float(by_power.sum()),
            "earlier": float((free * moves.earlier).sum()),
            "reach": float((self.by_median * self.far * log_years * self.pace).sum()),
            "up_noise": float(self.by_above.sum()),
            "up": float(up.sum()),
            "up_gain": float((up * self.grown).sum()),
            "up_rough": float((up * moves.rough).sum()),
            "spread": float(((up * self.up + down * self.down) * log_years).sum()),
            "down_noise": float(self.by_below.sum()),
            "down": float(down.sum()),
            "down_rough": float((down * moves.rough).sum()),
            "up_short": float((self.by_above * self.wide * self.short * self.up).sum()),
            "down_short": float((self.by_below * self.wide * self.short * self.down).sum()),
        }

    def _side(self, target: Array) -> tuple[Array, Array, Array]:
        """How far a target is from the median on the axis, ln(1 + that in spreads of its side), and the shape."""
        away = _axis(np.clip(target, 0.0, adoption.FULL), self.table["offset"]) - self.median
        stretch = np.log1p(np.abs(away) / np.where(away > 0, self.above, self.below))
        return away, stretch, np.where(away > 0, self.table["up_shape"], self.table["down_shape"])

    def _learn(self, target: Array, by_chance: Array) -> None:
        away, stretch, shape = self._side(target)
        beyond = expit(-shape * stretch)
        falls = np.where(away > 0, -1.0, 1.0) * by_chance * beyond * (1 - beyond)
        self._pass_on(away, falls * shape * np.exp(-stretch), falls * stretch)

    def _pass_on(self, away: Array, by_z: Array, by_shape: Array) -> None:
        """From 1 + |away| / spread to the median, the spreads and the shapes."""
        rising = away > 0
        scale = np.where(rising, self.above, self.below)
        self.by_median = self.by_median - np.where(rising, by_z, -by_z) / scale
        by_scale = -by_z * np.abs(away) / scale**2
        self.by_above += np.where(rising, by_scale, 0)
        self.by_below += np.where(rising, 0, by_scale)
        self.by_shape["up_shape"] += float(by_shape[rising].sum())
        self.by_shape["down_shape"] += float(by_shape[~rising].sum())


def _axis(values: Array, offset: float) -> Array:
    result: Array = np.log((values + offset) / (adoption.CEILING - values))
    return result


def _logarithms(table: FittedTable) -> list[float]:
    """Of the numbers that are sought; of the spread's power as a share of the reach, which it may not exceed."""
    numbers = table._asdict() | {"spread": table.spread / table.reach}
    return [float(np.log(numbers[name])) for name in SOUGHT]


def _named(logarithms: Array) -> dict[str, float]:
    numbers = dict(zip(SOUGHT, map(float, np.exp(logarithms)), strict=True))
    return numbers | {"spread": numbers["spread"] * numbers["reach"]}


def _table(logarithms: Array, data: _Data) -> FittedTable:
    """The numbers found, and what stands for what fewer than four figures do not show: medians over the episodes."""
    numbers = _named(logarithms)
    moves = _moves(data, numbers["offset"])
    grew = moves.growth > 0
    shares = np.divide(moves.earlier, moves.growth, out=np.zeros_like(moves.growth), where=grew)
    of_two = _median(shares[grew], data.weight[grew]) if grew.any() else START.earlier_of_two
    return FittedTable(**numbers, earlier_of_two=max(of_two, 0.0), usual_rough=_median(moves.rough, data.weight))


def _median(values: Array, weight: Array) -> float:
    order = np.argsort(values)
    reached = np.cumsum(weight[order]) >= weight.sum() / 2
    return float(values[order][int(np.argmax(reached))])
