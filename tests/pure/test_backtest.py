"""How the methods are scored on past series, by hand and by rule."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aiplus_cli.contract.backtest import backtest_document
from aiplus_cli.errors import UsageProblem
from aiplus_cli.judge.backtest import (
    LEVELS,
    Answered,
    Backtest,
    MethodScores,
    backtest,
    calibration_error,
    reliability,
)
from aiplus_cli.judge.episodes import Episode, episodes
from aiplus_cli.judge.folds import LEFT_OUT, LeftOut, folds_of
from aiplus_cli.judge.methods import calibrated
from aiplus_cli.judge.past import Adoption, History

STRAIGHT, STOPPED = (10, 13, 16, 19, 22), (10, 13, 16, 19, 19)
"""Asked for 21, 23 and 26: the straight line comes to the first, as `linear` says; what stopped comes to none."""


def adoption(values: Sequence[float], technology: str = "T", group: str = "G", step: str = "1") -> Adoption:
    """A series of equal steps."""
    years = (2000 + index * Decimal(step) for index in range(len(values)))
    return Adoption(technology, group, {year: Decimal(str(value)) for year, value in zip(years, values, strict=True)})


def scored(past: History) -> Backtest:
    """The scores by the table that ships."""
    return backtest(past, episodes(past))


def method(found: Backtest, name: str) -> MethodScores:
    """How one did."""
    return next(one for one in found.methods if one.method == name)


UNEVEN = {f"s{index}": adoption(STRAIGHT) for index in range(5)} | {"u": adoption(STOPPED, "U", "H")}
"""Five straight lines of one group, and one series that stopped, of another: one episode each."""


def test_pooled_scores_count_every_case_alike() -> None:
    """Worked by hand: `linear` is wrong about one of eighteen targets, of which five are reached."""
    found = scored(UNEVEN)
    linear = method(found, "linear").pooled.scores

    assert found.sample.met == pytest.approx(5 / 18)
    assert linear.brier == pytest.approx(1 / 18)
    assert linear.accuracy == pytest.approx(17 / 18)
    assert linear.calibration_error == pytest.approx(1 / 18)


def test_balanced_scores_count_groups_and_technologies_alike() -> None:
    """Worked by hand: the one series of the other group weighs half, and one of its three targets went wrong."""
    found = scored(UNEVEN)
    linear = method(found, "linear")

    assert found.sample.balanced_met == pytest.approx(1 / 2 * 1 / 3)
    assert linear.balanced.scores.brier == pytest.approx(1 / 2 * 1 / 3)
    assert linear.balanced.scores.accuracy == pytest.approx(5 / 6)
    assert linear.balanced.scores.calibration_error == pytest.approx(1 / 6)
    assert {group: scores.brier for group, scores in linear.groups.items()} == pytest.approx({"G": 0, "H": 1 / 3})
    assert {group: part.weight for group, part in found.groups.items()} == pytest.approx({"G": 1 / 2, "H": 1 / 2})
    assert [(part.technologies, part.series, part.cases) for part in found.groups.values()] == [(1, 5, 15), (1, 1, 3)]


def test_every_method_is_scored_on_the_same_cases() -> None:
    """A rule without a probability is certain of its verdict; only a distribution has intervals."""
    past = {"A": adoption((2, 4, 6, 8, 12, 12, 13)), "short": adoption((1, 2))}
    done: list[int] = []
    found = backtest(past, judged := episodes(past), left_out="series", folds=5, advance=done.append)

    assert (found.series, found.sample.series, found.sample.episodes, found.sample.cases) == (2, 1, 6, 18)
    assert (found.left_out, found.folds) == ("series", 5)
    assert done == [1] * len(judged)
    assert [one.method for one in found.methods] == ["linear", "open-sdg", "un", "calibrated"]
    for one in found.methods:
        assert set(one.pooled.scores.intervals) == (set(LEVELS) if one.method == "calibrated" else set())
        assert sum(each.cases for each in one.pooled.reliability) == 18
        assert one.pooled.scores.brier == pytest.approx(one.balanced.scores.brier)
    assert (scored(past).left_out, scored(past).folds) == (None, None)


def test_the_chance_that_is_scored_is_the_one_that_the_program_gives() -> None:
    """For every target of every episode, by the same table."""
    past = {"A": adoption((20, 24, 29, 33, 40)), "B": adoption((30, 31, 30, 32, 31, 35, 36), step="0.5")}
    chances = [
        float(calibrated.judge(one.goal(target), one.series).probability or 0)
        for one in episodes(past)
        for target in one.targets()
    ]
    bins = method(scored(past), "calibrated").pooled.reliability

    assert sum(each.chance * each.cases for each in bins) == pytest.approx(sum(chances))


def test_intervals_are_counted_by_level_and_by_years_ahead() -> None:
    """Each content on its own; wider ones hold more, and all horizons together make the whole."""
    past = {"A": adoption((20, 24, 29, 33, 40, 45, 47, 52, 60, 61)), "B": adoption((30, 31, 30, 32, 31, 35), "U")}
    found = scored(past)
    for weighed in (method(found, "calibrated").pooled, method(found, "calibrated").balanced):
        half, most, nearly_all = (weighed.scores.intervals[level] for level in LEVELS)
        assert half.coverage <= most.coverage <= nearly_all.coverage
        assert half.width < most.width < nearly_all.width
        assert set(most.by_horizon) == set(found.horizons) == {1, 2, 3, 5}
    pooled = method(found, "calibrated").pooled.scores.intervals[LEVELS[1]]
    counted = sum(share * found.horizons[horizon].episodes for horizon, share in pooled.by_horizon.items())
    assert counted / found.sample.episodes == pytest.approx(pooled.coverage)


def test_the_scores_by_years_ahead_add_up_to_the_whole() -> None:
    """One balance holds for all: the whole is the mean of the parts by their weights."""
    past = UNEVEN | {"half": adoption((10, 11, 14, 14, 15, 19, 22, 22), "V", "H", "0.5")}
    found = scored(past)
    for one in found.methods:
        whole = pytest.approx(one.balanced.scores.brier)
        assert sum(part.weight * one.balanced.horizons[key].brier for key, part in found.horizons.items()) == whole
        assert sum(part.weight * one.groups[key].brier for key, part in found.groups.items()) == whole


def test_fast_growers_are_asked_for_twenty_points_in_a_year_and_a_half() -> None:
    """What the methods said of them on average, and how many of them arrived: one of two, of other weights."""
    fast = (20, 25, 30, 40, 50, 61)
    past = {"a": adoption(fast, "T"), "b": adoption((*fast[:4], 41, 42), "U"), "c": adoption((*fast[:4], 41, 42), "U")}
    found = method(scored(past), "linear")

    assert found.pooled.fast is not None
    assert found.balanced.fast is not None
    assert (found.pooled.fast.cases, found.pooled.fast.chance) == (3, 0)
    assert found.pooled.fast.came == 0
    arrived = method(scored(past | {"d": adoption((*fast[:4], 60, 70), "V")}), "linear")
    assert arrived.pooled.fast is not None
    assert arrived.balanced.fast is not None
    assert arrived.pooled.fast.came == pytest.approx(1 / 4)
    assert arrived.balanced.fast.came == pytest.approx(1 / 3)


def test_without_a_fast_grower_nothing_is_said_of_them() -> None:
    """Not zero of zero."""
    assert method(scored(UNEVEN), "calibrated").pooled.fast is None


def test_a_file_without_groups_has_no_scores_by_group() -> None:
    """Its one group has no name."""
    found = scored({"A": adoption(STRAIGHT, "A", "")})

    assert found.groups == {}
    assert method(found, "calibrated").groups == {}


# --- reliability ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("chances", "truths", "error"),
    [
        ([1.0, 0.0], [True, False], 0.0),
        ([1.0, 0.0], [False, True], 1.0),
        ([0.5, 0.5], [True, False], 0.0),
        ([0.55, 0.45], [True, False], 0.45),
        ([0.1, 0.15], [False, False], 0.125),
        ([0.25], [True], 0.75),
    ],
)
def test_the_error_of_calibration_is_the_distance_of_chance_from_frequency(
    chances: list[float], truths: list[bool], error: float
) -> None:
    """In ten bins: what evens out within one is no error, what does between two is."""
    bins = reliability(map(Answered, chances, truths))

    assert calibration_error(bins) == pytest.approx(error)


def test_a_case_that_weighs_twice_counts_as_two() -> None:
    """In the mean chance, in the share that came and in the error."""
    came, missed = Answered(0.21, came=True), Answered(0.29, came=False)
    (twice,) = weighed = reliability([Answered(0.21, came=True, weight=2.0), missed])
    (both,) = counted = reliability([came, came, missed])

    assert (twice.cases, both.cases) == (2, 3)
    assert twice.chance == pytest.approx(both.chance)
    assert twice.came == pytest.approx(both.came)
    assert calibration_error(weighed) == pytest.approx(calibration_error(counted))


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans(), st.floats(0.01, 10)), min_size=1))
def test_every_case_is_in_the_tenth_of_its_chance(rows: list[tuple[float, bool, float]]) -> None:
    """A chance of 1 in the last; tenths without a case are left out."""
    bins = reliability(Answered(*row) for row in rows)

    assert sum(each.cases for each in bins) == len(rows)
    for each in bins:
        held = [chance for chance, _, _ in rows if each.low <= chance < each.high or chance == each.high == 1]
        assert abs(len(held) - each.cases) <= sum(chance in (each.low, each.high) for chance, _, _ in rows)
        assert min(held) - 1e-9 <= each.chance <= max(held) + 1e-9


# --- what is left out ----------------------------------------------------------------------------------------------


def judged(*series: tuple[str, str, str]) -> list[Episode]:
    """One episode for each name, technology and group."""
    return episodes({name: adoption(STRAIGHT, technology, group) for name, technology, group in series})


MANY = judged(*((f"s{n}", f"T{n % 6}", f"G{n % 3}") for n in range(24)))


@pytest.mark.parametrize(("left_out", "count", "number"), [("group", None, 3), ("technology", None, 6),
    ("series", None, 8), ("technology", 2, 2), ("series", 24, 24)])  # fmt: skip
def test_what_is_left_out_together_is_in_one_fold(left_out: LeftOut, count: int | None, number: int) -> None:
    """Every series has a fold, those of one group or technology the same, and no fold is much larger than another."""
    found = folds_of(MANY, left_out, count)

    assert sorted(set(found.values())) == list(range(number))
    assert set(found) == {one.name for one in MANY}
    together = {"group": "group", "technology": "technology", "series": "name"}[left_out]
    parts = {(getattr(one, together), found[one.name]) for one in MANY}
    assert len(parts) == len({part for part, _ in parts})
    sizes = [sum(fold == place for _, fold in parts) for place in range(number)]
    assert max(sizes) - min(sizes) <= 1
    assert found == folds_of(list(reversed(MANY)), left_out, count)


def test_a_technology_of_two_groups_is_left_out_of_both() -> None:
    """Else its half-yearly figures would tell of its quarterly ones."""
    found = folds_of(judged(("a", "T", "G"), ("b", "T", "H"), ("c", "U", "H")), "technology")

    assert found["a"] == found["b"] != found["c"]


@pytest.mark.parametrize(
    ("left_out", "count", "what"),
    [
        ("group", 2, "groups are left out one by one"),
        ("technology", 7, "7 folds cannot be made of 6 technologies that can be judged"),
        ("technology", 1, "1 fold cannot be made of 6 technologies that can be judged"),
        ("series", 25, "25 folds cannot be made of 24 series that can be judged"),
        ("series", 0, "0 folds cannot be made of 24 series that can be judged"),
    ],
)
def test_folds_that_cannot_be_made_are_refused(left_out: LeftOut, count: int, what: str) -> None:
    """With how many there are."""
    with pytest.raises(UsageProblem, match=what):
        folds_of(MANY, left_out, count)


@pytest.mark.parametrize("left_out", LEFT_OUT)
def test_nothing_is_left_out_where_nothing_else_is_left(left_out: LeftOut) -> None:
    """One group, one technology, one series."""
    with pytest.raises(UsageProblem):
        folds_of(judged(("a", "T", "G")), left_out)


# --- the document --------------------------------------------------------------------------------------------------


def test_balanced_scores_have_the_keys_of_the_pooled_ones() -> None:
    """And the parts of both have those that make sense for a part."""
    document = backtest_document(scored(UNEVEN), "past.csv")
    for row in document.methods:
        own, balanced = set(type(row).__slots__), set(type(row.balanced).__slots__)
        assert own - balanced == {"method", "balanced", "groups"}
        assert balanced < own
    assert {name: scores.brier for name, scores in document.methods[0].groups.items()} == pytest.approx(
        {"G": Decimal(0), "H": Decimal(1) / 3}
    )
