"""The fit of `calibrated`: what a maintainer who fits it anew may rely on."""

from __future__ import annotations

import random

import numpy as np
import pytest

from aiplus_cli.judge import fit
from aiplus_cli.judge.episodes import episodes, weights
from aiplus_cli.judge.methods import adoption, calibrated
from aiplus_cli.judge.past import read_past
from test_forecast import past_of


def jumping(count: int) -> bytes:
    """Half-yearly and annual series that rise and fall by chance."""
    chance = random.Random(7)  # noqa: S311 - series, not secrets
    rows = ["series,year,value"]
    for one in range(count):
        share = chance.uniform(5, 70)
        for place in range(12):
            share = min(max(share + chance.gauss(2, 6), 0.5), 99)
            rows.append(f"s{one},{2000 + place / (1 + one % 2)},{share:.2f}")
    return "\n".join(rows).encode()


def test_the_derivatives_are_those_of_the_loss() -> None:
    """Each agrees with the change of the loss over a small step."""
    cases = episodes(read_past(jumping(20), "x"))
    data = fit._columns(cases, weights(cases))
    start = np.array(fit._logarithms(fit.START))
    _, slopes = fit._loss(start, data)
    for place, slope in enumerate(slopes):
        step = np.zeros_like(start)
        step[place] = 1e-5
        change = fit._loss(start + step, data)[0] - fit._loss(start - step, data)[0]
        assert slope == pytest.approx(change / 2e-5, abs=1e-6), fit.SOUGHT[place]


def test_the_columns_give_the_chances_that_the_method_gives() -> None:
    """What is fitted is what judges: the same chance for the same episode, to twelve digits."""
    cases = episodes(read_past(jumping(20), "x"))
    data = fit._columns(cases, weights(cases))
    model = fit._Model(adoption.TABLE._asdict(), data)
    chances = model.chances(data.values[3] + 3 * data.years)
    for case, chance in zip(cases, chances, strict=True):
        goal = case.goal(case.series.latest.figure.value + 3 * case.horizon)
        future = calibrated.forecast(goal, case.series)
        assert future.probability(calibrated.target_share(goal)) == pytest.approx(float(chance), rel=1e-9)


def test_a_series_has_no_part_in_the_table_that_judges_it() -> None:
    """It is the table fitted to the series of the other folds alone."""
    cases = episodes(read_past(past_of(4), "x"))
    folds = {"s0": 0, "s1": 1, "s2": 0, "s3": 1}
    tables = fit.cross_validate(cases, folds)

    assert set(tables) == set(folds)
    assert tables["s0"] == tables["s2"] == fit.fit([case for case in cases if folds[case.name] == 1])


def test_a_spread_never_grows_faster_than_the_median() -> None:
    """So that more time is never worse."""
    table = fit.fit(episodes(read_past(jumping(6), "x")))
    assert table.spread <= table.reach
    assert min(table) >= 0
