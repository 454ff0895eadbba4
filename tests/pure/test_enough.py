"""How far the latest figure is from where a verdict turns, and since when the verdict stands."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made import figure, goal_of, indicator, rating, series_of

from aiplus_cli.judge.enough import on_track_from, since, slack
from aiplus_cli.judge.methods import METHODS
from aiplus_cli.judge.records import Assessment, Course, Ruling, Series
from aiplus_cli.judge.series import build_series
from aiplus_cli.ledger.entries import Bound
from aiplus_cli.plan.records import Milestone, Target, Verdict

DUE = Milestone.model_validate({"id": "2027", "due": "2027-12-31", "statement": {"zh": "话", "en": "words"}})
TODAY = date(2027, 6, 1)
NOT_ON_TRACK: tuple[Verdict, ...] = ("at_risk", "off_track", "missed")


def assessed(series: Series, target: str | None, method: str = "linear", **how: Any) -> Assessment:
    """The series judged by a method, as an assessment of it would be."""
    goal = goal_of(series, target, **how)
    outcome = METHODS[method].judge(goal, series)
    verdict = "met" if goal.reached(series.latest.figure.value) else outcome.verdict
    course = Course(series, goal, None, None, None)
    aim = Target(milestone="2027", op=goal.op, value=goal.value)
    ruling = Ruling(method, outcome)
    return Assessment(indicator(), "CN", DUE, aim, "official", verdict, course=course, ruling=ruling)


@pytest.mark.parametrize(
    ("latest", "target", "how", "failing", "distance"),
    [
        ("65", "70", {}, NOT_ON_TRACK, "5"),
        ("65", "70", {}, ("off_track",), "8.3333333"),
        ("55", "70", {}, NOT_ON_TRACK, "-5"),
        ("55", "70", {}, ("off_track",), "-1.6666667"),
        ("60", "70", {}, NOT_ON_TRACK, "0"),
        ("71", "70", {}, NOT_ON_TRACK, "11"),
        ("70", "70", {}, NOT_ON_TRACK, "10"),
        ("65", "70", {"bounds": ("0", "100")}, NOT_ON_TRACK, "5"),
        ("35", "30", {"op": "<"}, NOT_ON_TRACK, "5"),
        ("45", "30", {"op": "<"}, NOT_ON_TRACK, "-5"),
        ("35", "30", {"op": "<", "bounds": ("0", "100")}, NOT_ON_TRACK, "5"),
        ("65", "70", {}, ("met",), None),
        ("65", "70", {}, ("no_data",), None),
        ("65", "70", {"bounds": ("64", "100")}, NOT_ON_TRACK, None),
        ("65", "70", {"due": "2026-12-31"}, ("off_track",), "-5"),
        ("99", "100", {"due": "2026-12-31", "bounds": ("0", "100")}, ("off_track",), None),
        ("99", "100", {"op": ">=", "due": "2026-12-31", "bounds": ("0", "100")}, ("off_track",), "-1"),
        ("0.2", "0.5", {"due": "2026-12-31"}, ("off_track",), "-0.3"),
        ("55", "70", {"bounds": ("0", "100")}, NOT_ON_TRACK, "-5"),
        ("69", "70", {"due": "2026-12-31", "bounds": ("0", "100")}, ("off_track",), "-1"),
        ("31", "30", {"op": "<", "due": "2026-12-31", "bounds": ("0", "100")}, ("off_track",), "-1"),
        ("1", "0", {"op": "<", "due": "2026-12-31", "bounds": ("0", "100")}, ("off_track",), None),
        ("1", "0", {"op": "<=", "due": "2026-12-31", "bounds": ("0", "100")}, ("off_track",), "-1"),
    ],
)
def test_slack_is_how_much_worse_the_latest_figure_could_be(
    latest: str, target: str, how: dict[str, Any], failing: tuple[Verdict, ...], distance: str | None
) -> None:
    """From 50 in a year to 60 in the next is just on track for 70 in the third; negative is what is lacking.

    None where no value of the range turns the verdict.
    """
    found = slack(assessed(series_of(("2025", "50"), ("2026", latest)), target, **how), failing, TODAY)

    assert (found is None) == (distance is None)
    assert float(found or 0) == pytest.approx(float(distance or 0), abs=1e-6)


@pytest.mark.parametrize(("latest", "distance"), [("71", "1"), ("69", "-1"), ("60", "-10")])
def test_after_the_due_date_only_the_target_itself_counts(latest: str, distance: str) -> None:
    """Then there is no pace that could still do; on the day itself there is."""
    result = assessed(series_of(("2025", "50"), ("2026", latest)), "70")

    found = slack(result, NOT_ON_TRACK, date(2028, 1, 1))
    assert found is not None
    assert float(found) == pytest.approx(float(distance), abs=1e-6)
    on_the_day = slack(result, NOT_ON_TRACK, date(2027, 12, 31))
    assert on_the_day is not None
    assert float(on_the_day) == pytest.approx(float(latest) - 60, abs=1e-6)


@pytest.mark.parametrize(
    ("latest", "bound", "how", "distance"),
    [
        ("65", ">", {}, "5"),
        ("65", "<", {}, None),
        ("65", "~", {}, None),
        ("35", "<", {"op": "<"}, "5"),
        ("35", ">", {"op": "<"}, None),
    ],
)
def test_only_a_figure_that_proves_a_least_value_has_slack(
    latest: str, bound: Bound, how: dict[str, Any], distance: str | None
) -> None:
    """Of `<65` nobody knows how much worse it is already; of what is to fall, `<35` is the floor of the progress."""
    series = build_series([figure("50", "2025"), figure(latest, "2026", bound=bound)])
    assert series is not None
    found = slack(assessed(series, "70" if not how else "30", **how), NOT_ON_TRACK, TODAY)

    assert (found is None) == (distance is None)
    assert float(found or 0) == pytest.approx(float(distance or 0), abs=1e-6)


def test_after_the_due_date_a_floor_below_the_target_proves_nothing() -> None:
    """`>65` lacks 5 to prove 70: until then it is neither met nor missed."""
    series = build_series([figure("50", "2025"), figure("65", "2026", bound=">")])
    assert series is not None
    result = replace(assessed(series, "70"), verdict="insufficient_data")

    found = slack(result, ("insufficient_data",), date(2028, 1, 1))
    assert float(found or 0) == pytest.approx(-5, abs=1e-6)
    assert slack(result, ("missed",), date(2028, 1, 1)) is None


def test_without_a_number_to_reach_there_is_no_slack() -> None:
    """Words only, or no figure at all."""
    series = series_of(("2025", "50"), ("2026", "60"))
    empty = Assessment(indicator(), "CN", DUE, Target(milestone="2027"), "official", "no_data")

    assert slack(assessed(series, None, "open-sdg"), NOT_ON_TRACK, TODAY) is None
    assert slack(empty, NOT_ON_TRACK, TODAY) is None


def published(*values: tuple[str, str, str]) -> Series:
    """A series of (period, value, day of publication)."""
    made = build_series([figure(value, period, published=date.fromisoformat(day)) for period, value, day in values])
    assert made is not None
    return made


@pytest.mark.parametrize(
    ("values", "day"),
    [
        ([("2023", "10", "2024-02-01"), ("2024", "40", "2025-02-01"), ("2025", "55", "2026-02-01")], "2025-02-01"),
        ([("2023", "10", "2024-02-01"), ("2024", "12", "2025-02-01"), ("2025", "55", "2026-02-01")], "2026-02-01"),
        ([("2023", "10", "2024-02-01"), ("2024", "40", "2026-03-01"), ("2025", "55", "2026-02-01")], "2026-02-01"),
        ([("2023", "75", "2024-02-01"), ("2024", "76", "2025-02-01"), ("2025", "77", "2026-02-01")], "2024-02-01"),
        ([("2023", "10", "2024-02-01"), ("2024", "76", "2025-02-01"), ("2025", "77", "2026-02-01")], "2025-02-01"),
        ([("2025", "77", "2026-02-01")], "2026-02-01"),
    ],
)
def test_a_verdict_stands_since_the_first_figure_of_an_unbroken_run(
    values: list[tuple[str, str, str]], day: str
) -> None:
    """The day on which that figure was published; one published late does not move it later."""
    assert since(assessed(published(*values), "70")) == date.fromisoformat(day)


def test_a_rating_stands_since_it_was_published() -> None:
    """And nothing stands since no day."""
    mark = rating("at_risk", published=date(2026, 3, 1))
    empty = Assessment(indicator(), "CN", DUE, Target(milestone="2027"), "official", "no_data")
    rated = Assessment(indicator(), "CN", DUE, Target(milestone="2027"), "official", "at_risk", rating=mark)

    assert since(rated) == date(2026, 3, 1)
    assert since(empty) is None
    assert slack(rated, NOT_ON_TRACK, TODAY) is None


@given(
    st.lists(st.integers(1, 60), min_size=2, max_size=4),
    st.integers(61, 99),
    st.sampled_from(["linear", "un", "open-sdg", "calibrated"]),
    st.sampled_from([(">", "up"), ("<", "down")]),
)
def test_the_value_from_which_it_is_on_track_is_and_the_one_before_is_not(
    values: list[int], target: int, method: str, way: tuple[Any, str]
) -> None:
    """By one unit of the figure's last digit; the verdict there is that of the method, or the target is reached."""
    op, direction = way
    shown = values if direction == "up" else [100 - value for value in values]
    series = series_of(*((str(2022 + index), str(value)) for index, value in enumerate(shown)))
    aim = str(target if direction == "up" else 100 - target)
    found = on_track_from(assessed(series, aim, method, op=op, bounds=("0", "100")))
    if found is None:
        return
    sign = 1 if direction == "up" else -1

    def verdict(value: Decimal) -> Verdict:
        points = [(str(2022 + index), str(each)) for index, each in enumerate(shown[:-1])]
        return assessed(
            series_of(*points, (str(2021 + len(shown)), str(value))), aim, method, op=op, bounds=("0", "100")
        ).verdict

    assert verdict(found) in ("on_track", "met")
    assert verdict(found - sign) not in ("on_track", "met")
