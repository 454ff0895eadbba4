"""What each method says of small series, whole: verdict, measure, class and reason; and the arithmetic it shows.

The years are whole, so that every measure can be worked out in the head.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from made import goal_of, indicator, series_of
from msgspec import structs

from aiplus_cli.judge.methods import METHODS, calibrated, method_of, serves
from aiplus_cli.judge.methods.calibrated import likelihood, verdict_of
from aiplus_cli.judge.methods.growth import LIMIT, base_point, compound_growth, limited, power
from aiplus_cli.judge.methods.open_sdg import limit_factor
from aiplus_cli.judge.methods.pace import acceleration, observed_pace, required_pace, window_start
from aiplus_cli.judge.records import Series

ONE = [("2026", "50")]
UP = [("2025", "50"), ("2026", "60")]
PAST = [("2025", "50"), ("2026", "71")]
FROM_ZERO = [("2025", "0"), ("2026", "40")]
NOW: dict[str, Any] = {"due": "2026-12-31"}
FALL: dict[str, Any] = {"op": "<"}
NO_PACE = "one figure in three years shows no pace"
UNDEFINED = "growth is undefined from or to a value not above zero"
NO_TIME = "no time is left after the latest figure"
SAME = "the base has the target's value; no growth is required of it"
BACK = "the base was at or past the target; it has fallen back"


def years(*values: str) -> list[tuple[str, str]]:
    """Values for the years 2025, 2026 …"""
    return [(str(2025 + index), value) for index, value in enumerate(values)]


@pytest.mark.parametrize(
    ("values", "target", "how", "verdict", "factor", "reason"),
    [
        (ONE, "70", {}, "insufficient_data", None, NO_PACE),
        ([("2020", "50"), ("2026", "60")], "70", {}, "insufficient_data", None, NO_PACE),
        (PAST, "70", {}, "met", None, "the target is met; no pace is required"),
        (UP, "70", NOW, "off_track", None, NO_TIME),
        (years("50", "50"), "70", {}, "off_track", None, "no movement towards the target"),
        (years("50", "49"), "70", {}, "off_track", None, "moving away from the target"),
        (years("50", "51"), "70", {}, "off_track", "19", None),
        (years("50", "50.5"), "70", {}, "off_track", "39", None),
        (UP, "70", {}, "on_track", "1", None),
        (UP, "79", {}, "at_risk", "1.9", None),
        (UP, "80", {}, "off_track", "2", None),
        (years("50", "40"), "30", FALL, "on_track", "1", None),
        (years("50", "49.5"), "49.25", FALL, "on_track", "0.5", None),
        (UP, "30", FALL, "off_track", None, "moving away from the target"),
    ],
)  # fmt: skip
def test_linear(
    values: list[tuple[str, str]],
    target: str,
    how: dict[str, Any],
    verdict: str,
    factor: str | None,
    reason: str | None,
) -> None:
    """At the pace so far it is on track, at twice that pace no longer at risk but off track."""
    assert said("linear", values, target, how) == (verdict, "acceleration", factor, None, reason)


@pytest.mark.parametrize(
    ("values", "target", "how", "verdict", "factor", "label", "reason"),
    [
        (ONE, "70", {}, "insufficient_data", None, "not_available", NO_PACE),
        ([("2023-11", "50"), ("2026", "60")], "70", {}, "insufficient_data", None, "moderate_progress", NO_PACE),
        (FROM_ZERO, "70", {}, "on_track", "0.75", "not_available", UNDEFINED),
        (years("0", "10"), "70", {}, "off_track", "6", "not_available", UNDEFINED),
        (UP, "70", {}, "on_track", "1", "substantial_progress", None),
        (years("50", "52"), "70", {}, "off_track", "9", "limited_progress", None),
        (years("50", "50"), "70", {}, "off_track", None, "limited_progress", "no movement towards the target"),
        (years("20", "30"), "42", {}, "at_risk", "1.2", "substantial_progress", "depends on the method"),
        (PAST, "70", {}, "met", None, "target_achieved", "the target is met; no pace is required"),
    ],
)  # fmt: skip
def test_agreement(
    values: list[tuple[str, str]],
    target: str,
    how: dict[str, Any],
    verdict: str,
    factor: str | None,
    label: str,
    reason: str | None,
) -> None:
    """The measure of linear and the class of open-sdg; where they differ it is at risk, and says why."""
    assert said("agreement", values, target, how) == (verdict, "acceleration", factor, label, reason)


@pytest.mark.parametrize(
    ("values", "target", "how", "verdict", "metric", "ratio", "label", "reason"),
    [
        (ONE, "70", {}, "insufficient_data", "ratio", None, "not_available", "one figure shows no growth"),
        (ONE, "40", {}, "met", "ratio", None, "target_achieved", None),
        (FROM_ZERO, "70", {}, "insufficient_data", "ratio", None, "not_available", UNDEFINED),
        (years("50", "-5"), "70", {}, "insufficient_data", "ratio", None, "not_available", UNDEFINED),
        (years("50", "40"), "-5", FALL, "insufficient_data", "ratio", None, "not_available", UNDEFINED),
        (years("50", "73"), "72", {}, "met", "ratio", "2.3", "target_achieved", None),
        (UP, "72", {}, "on_track", "ratio", "1", "substantial_progress", None),
        (years("50", "59.5"), "72", {}, "on_track", "ratio", "0.95", "substantial_progress", None),
        (years("50", "59.4"), "72", {}, "at_risk", "ratio", "0.94", "moderate_progress", None),
        (years("50", "56"), "72", {}, "at_risk", "ratio", "0.6", "moderate_progress", None),
        (years("50", "55.9"), "72", {}, "off_track", "ratio", "0.59", "limited_progress", None),
        (years("50", "50"), "72", {}, "off_track", "ratio", "0", "limited_progress", None),
        (years("50", "49"), "72", {}, "off_track", "ratio", "-0.1", "deterioration", None),
        (years("100", "80"), "64", FALL, "on_track", "ratio", "1", "substantial_progress", None),
        (years("100", "110"), "64", FALL, "off_track", "ratio", "-0.5", "deterioration", None),
        (years("70", "70"), "70", {}, "off_track", "ratio", None, "limited_progress", SAME),
        (years("70", "69"), "70", {}, "off_track", "ratio", None, "deterioration", SAME),
        (years("70", "70.5"), "70", FALL, "off_track", "ratio", None, "deterioration", SAME),
        (years("-10", "-8"), "-6.4", {}, "on_track", "ratio", "1", "substantial_progress", None),
        (UP, None, {}, "on_track", "growth", "0.2", "substantial_progress", None),
        (ONE, None, {}, "insufficient_data", "growth", None, "not_available", UNDEFINED),
        (FROM_ZERO, None, {}, "insufficient_data", "growth", None, "not_available", UNDEFINED),
        (years("100", "101.5"), None, {}, "on_track", "growth", "0.015", "substantial_progress", None),
        (years("100", "101.4"), None, {}, "at_risk", "growth", "0.014", "moderate_progress", None),
        (years("100", "100.5"), None, {}, "at_risk", "growth", "0.005", "moderate_progress", None),
        (years("100", "100.4"), None, {}, "off_track", "growth", "0.004", "limited_progress", None),
        (years("100", "100"), None, {}, "off_track", "growth", "0", "limited_progress", None),
        (years("100", "99"), None, {}, "off_track", "growth", "-0.01", "deterioration", None),
        (years("100", "98.5"), None, FALL, "on_track", "growth", "0.015", "substantial_progress", None),
        (years("90", "90.36"), None, {"bounds": ("0", "100")}, "at_risk", "growth", "0.004", "moderate_progress", None),
    ],
)  # fmt: skip
def test_open_sdg(
    values: list[tuple[str, str]],
    target: str | None,
    how: dict[str, Any],
    verdict: str,
    metric: str,
    ratio: str | None,
    label: str,
    reason: str | None,
) -> None:
    """From 50 to 72 in two years is 20 % a year: its 95 % are substantial, its 60 % moderate progress."""
    assert said("open-sdg", values, target, how) == (verdict, metric, ratio, label, reason)


@pytest.mark.parametrize(
    ("values", "target", "how", "verdict", "closed", "reason"),
    [
        (ONE, "70", {}, "insufficient_data", None, "one figure shows no growth"),
        (PAST, "70", {}, "met", None, "the target is met; no growth is required"),
        (years("75", "60"), "70", {}, "off_track", None, BACK),
        (years("70", "60"), "70", {}, "off_track", None, BACK),
        (years("65", "75"), "70", FALL, "off_track", None, BACK),
        (UP, "70", NOW, "off_track", None, NO_TIME),
        (years("0", "60"), "70", {}, "insufficient_data", None, UNDEFINED),
        (UP, "72", {}, "on_track", "1", None),
        (years("50", "60"), "94", {}, "at_risk", "0.5", None),
        (years("-50", "-60"), "-69", FALL, "on_track", "1.16", None),
        (years("100", "110"), "141", {"due": "2028-12-31"}, "at_risk", "0.81", None),
        (years("50", "60"), "270", {}, "at_risk", "0.1", None),
        (years("50", "60"), "271", {}, "off_track", "0.1", None),
        (years("50", "50"), "73", {}, "off_track", "0", None),
        (years("80", "95"), "99", {"bounds": ("0", "100")}, "on_track", "1.05", None),
        (years("100", "80"), "64", {"op": "<="}, "on_track", "1", None),
        (years("10", "1"), "0", {"op": "<=", "bounds": ("1", "100")}, "at_risk", "0.9", None),
        (years("100", "110"), "122", {}, "on_track", "0.95", None),
    ],
)
def test_un(
    values: list[tuple[str, str]],
    target: str,
    how: dict[str, Any],
    verdict: str,
    closed: str | None,
    reason: str | None,
) -> None:
    """The growth so far goes on, within the range; 95 % of the gap closed is on track, 10 % at risk."""
    assert said("un", values, target, how) == (verdict, "gap_closed", closed, None, reason)


def said(
    name: str, values: list[tuple[str, str]], target: str | None, how: dict[str, Any]
) -> tuple[str, str, str | None, str | None, str | None]:
    """The outcome, whole; its measure cut after three digits."""
    series = series_of(*values)
    outcome = METHODS[name].judge(goal_of(series, target, **how), series)
    assert (outcome.probability, outcome.interval) == (None, None)
    measure = None if outcome.value is None else f"{round(outcome.value, 3 if outcome.metric == 'growth' else 2):f}"
    if measure is not None and "." in measure:
        measure = measure.rstrip("0").rstrip(".")
    reason = str(outcome.reason) if outcome.reason else None
    return outcome.verdict, outcome.metric, measure, outcome.label, reason


# --- calibrated ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "target", "how", "verdict", "chance", "reason"),
    [
        (ONE, "70", {}, "insufficient_data", None, "one figure shows no pace"),
        (UP, "70", NOW, "off_track", "0", NO_TIME),
        (UP, "60", NOW | {"op": ">="}, "met", "1", None),
        (UP, "100", {"bounds": ("0", "100")}, "off_track", "0", "no value of the range satisfies the target"),
        (UP, "0", {"bounds": ("0", "100"), "op": "<"}, "off_track", "0", "no value of the range satisfies the target"),
    ],
)  # fmt: skip
def test_calibrated_where_there_is_nothing_to_reckon(
    values: list[tuple[str, str]],
    target: str,
    how: dict[str, Any],
    verdict: str,
    chance: str | None,
    reason: str | None,
) -> None:
    """One figure, no time left, or a target beyond the end of the range."""
    series = series_of(*values)
    outcome = calibrated.judge(goal_of(series, target, **({"bounds": ("0", "100")} | how)), series)

    assert (outcome.verdict, outcome.metric, outcome.label) == (verdict, "probability", None)
    assert outcome.probability == outcome.value == (None if chance is None else Decimal(chance))
    assert (str(outcome.reason) if outcome.reason else None) == reason


@pytest.mark.parametrize(("chance", "verdict"), [
    ("1", "on_track"), ("0.67", "on_track"), ("0.66", "at_risk"), ("0.34", "at_risk"),
    ("0.33", "off_track"), ("0", "off_track"),
])  # fmt: skip
def test_likely_is_on_track_and_as_likely_as_not_at_risk(chance: str, verdict: str) -> None:
    """Two thirds and one third are the borders."""
    assert verdict_of(Decimal(chance)) == verdict


def test_a_probability_exactly_on_a_border_has_the_better_word() -> None:
    """A chance of exactly two thirds is likely and on track, of one third about as likely as not and at risk."""
    likely, even = calibrated.CUTS
    assert (verdict_of(likely), likelihood(likely)) == ("on_track", "likely")
    assert (verdict_of(even), likelihood(even)) == ("at_risk", "about_as_likely_as_not")
    assert [likelihood(least) for least, _ in calibrated.LIKELIHOODS] == [word for _, word in calibrated.LIKELIHOODS]


@pytest.mark.parametrize(
    ("chance", "asked"), [("0.7149", 71), ("0", 1), ("0.004", 1), ("0.999", 99), ("1", 99), ("0.5", 50)]
)
def test_the_past_is_asked_for_a_chance_in_whole_per_cent(chance: str, asked: int) -> None:
    """From 1 to 99, and about as many arrived as that chance says."""
    said = calibrated.history(Decimal(chance))

    arrived = said.values["arrived"]
    assert said.values["chance"] == asked
    assert str(said).startswith(f"of past targets with a chance of {asked} %, {arrived} % came in time (22879 episodes")
    assert abs(arrived - asked) < 10  # type: ignore[operator]


# --- the arithmetic ------------------------------------------------------------------------------------------------


def worked_out(formula: str, terms: dict[str, float]) -> float:
    """The right side of a formula with the numbers for its symbols."""
    python = formula.split(" = ")[1].replace("^", "**").replace("|gr|", "abs(gr)")
    known: dict[str, Any] = {"ln": math.log, "abs": abs, "max": max, **terms}
    return float(eval(python, {"__builtins__": {}}, known))  # noqa: S307 - a formula of our own


SHOWN = [
    ("linear", UP, "75", {}),
    ("linear", years("50", "46"), "40", FALL),
    ("open-sdg", UP, "75", {}),
    ("open-sdg", years("50", "46"), "40", FALL),
    ("open-sdg", UP, None, {}),
    ("open-sdg", years("90", "91"), None, {"bounds": ("0", "100")}),
    ("open-sdg", years("150", "151"), None, {"bounds": ("0", "100")}),
    ("open-sdg", years("90", "89"), None, {"op": "<", "bounds": ("80", "100")}),
    ("un", UP, "75", {"due": "2029-12-31"}),
    ("un", UP, "95", {"due": "2029-12-31", "bounds": ("0", "200")}),
    ("agreement", UP, "75", {}),
    ("calibrated", UP, "75", {"bounds": ("0", "100")}),
    ("calibrated", years("30", "31", "35"), "60", {"bounds": ("0", "100"), "due": "2030-06-30"}),
    ("calibrated", years("50", "46"), "40", {"op": "<", "bounds": ("0", "100")}),
    ("calibrated", years("10", "20", "30", "45"), "46", {"bounds": ("0", "100"), "due": "2029-12-31"}),
    ("calibrated", years("150", "170"), "190", {"op": ">=", "bounds": ("100", "200"), "due": "2029-12-31"}),
]


@pytest.mark.parametrize(("name", "values", "target", "how"), SHOWN)
def test_the_arithmetic_that_is_shown_adds_up(
    name: str, values: list[tuple[str, str]], target: str | None, how: dict[str, Any]
) -> None:
    """Whoever puts the numbers into the formulas gets the results, and the last one is the measure."""
    series = series_of(*values)
    goal = goal_of(series, target, **how)
    equations = METHODS[name].working(goal, series)

    assert equations
    for equation in equations:
        assert equation.result is not None
        terms = {symbol: float(number) for symbol, number in equation.terms.items()}
        assert worked_out(equation.formula, terms) == pytest.approx(float(equation.result), rel=1e-9, abs=1e-9)
    if target is not None:
        results = [float(equation.result or 0) for equation in equations]
        assert float(METHODS[name].judge(goal, series).value or 0) in [pytest.approx(result) for result in results]


@pytest.mark.parametrize("target", ["46", "90"])
def test_the_arithmetic_adds_up_where_an_earlier_figure_is_a_bound(target: str) -> None:
    """On both sides of the median: the roughness that is shown is the one that this side was worked out with."""
    first, *rest = series_of(*years("10", "20", "30", "45")).points
    bounded = replace(first, figure=structs.replace(first.figure, bound="<"))
    series = Series((bounded, *rest))
    goal = goal_of(series, target, bounds=("0", "100"), due="2029-12-31")

    for equation in calibrated.working(goal, series):
        terms = {symbol: float(number) for symbol, number in equation.terms.items()}
        assert worked_out(equation.formula, terms) == pytest.approx(float(equation.result or 0), abs=1e-9)


@pytest.mark.parametrize(
    ("name", "values", "target", "how", "symbols"),
    [
        ("linear", UP, "75", {}, [{"vT", "vt", "T", "t", "vb", "b"}]),
        ("open-sdg", UP, "75", {}, [{"vt", "vb", "t", "b"}, {"vT", "vb", "T", "b"}, {"d", "go", "gr"}]),
        ("open-sdg", UP, "50", {}, [{"vt", "vb", "t", "b"}]),
        ("open-sdg", UP, None, {}, [{"vt", "vb", "t", "b"}, set()]),
        ("open-sdg", years("90", "91"), None, {"bounds": ("0", "100")}, [{"vt", "vb", "t", "b"}, {"vb", "L"}]),
        ("un", UP, "75", {}, [{"vt", "vb", "t", "b"}, {"vt", "g", "T", "t"}, {"v", "vb", "vT"}]),
    ],
)
def test_only_the_symbols_of_a_formula_have_numbers(
    name: str, values: list[tuple[str, str]], target: str | None, how: dict[str, Any], symbols: list[set[str]]
) -> None:
    """One equation for each step that has a result."""
    series = series_of(*values)
    equations = METHODS[name].working(goal_of(series, target, **how), series)

    assert [set(equation.terms) for equation in equations] == symbols


@pytest.mark.parametrize(
    ("name", "values", "target", "how"),
    [
        ("linear", ONE, "70", {}),
        ("linear", UP, None, {}),
        ("linear", UP, "70", NOW),
        ("open-sdg", ONE, "70", {}),
        ("open-sdg", FROM_ZERO, "70", {}),
        ("un", ONE, "70", {}),
        ("un", UP, None, {}),
        ("un", UP, "50", {}),
        ("un", UP, "70", NOW),
        ("un", FROM_ZERO, "70", {}),
        ("calibrated", ONE, "70", {"bounds": ("0", "100")}),
        ("calibrated", UP, "70", NOW | {"bounds": ("0", "100")}),
        ("calibrated", UP, "100", {"bounds": ("0", "100")}),
    ],
)
def test_where_nothing_was_reckoned_no_arithmetic_is_shown(
    name: str, values: list[tuple[str, str]], target: str | None, how: dict[str, Any]
) -> None:
    """No formula without its numbers."""
    series = series_of(*values)

    assert METHODS[name].working(goal_of(series, target, **how), series) == ()


# --- growth and pace -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "end", "time", "growth"),
    [
        ("50", "60", "1", "0.2"),
        ("50", "72", "2", "0.2"),
        ("50", "40", "1", "-0.2"),
        ("0.5", "0.6", "1", "0.2"),
        ("-10", "-8", "1", "0.2"),
        ("-10", "-12", "1", "-0.2"),
        ("10", "0", "1", "-1"),
        ("10", "0.5", "1", "-0.95"),
        ("0", "10", "1", None),
        ("0", "-10", "1", None),
        ("0.5", "-10", "1", None),
        ("-10", "0", "1", None),
        ("-10", "0.5", "1", None),
        ("10", "-1", "1", None),
        ("10", "12", "0", None),
        ("10", "12", "-1", None),
        ("-10", "-8", "0", None),
        ("10", "12.1", "0.5", "0.4641"),
    ],
)
def test_growth_is_compound_and_has_no_meaning_from_zero_or_across_it(
    start: str, end: str, time: str, growth: str | None
) -> None:
    """Of two values below zero it is that of a number that rises when the value does."""
    found = compound_growth(Decimal(start), Decimal(end), Decimal(time))

    assert (None if found is None else round(float(found), 9)) == (None if growth is None else float(growth))


def test_powers_have_room_for_any_exponent_and_measures_are_cut() -> None:
    """Figures a day apart may grow by any power of ten a year; nothing to any power is nothing."""
    assert power(Decimal(0), Decimal(3)) == 0
    assert power(Decimal(10), Decimal(10000)) == Decimal("1e10000")
    assert power(Decimal(2), Decimal("0.5")) == Decimal("1.414213562373095048801688724209698")
    assert limited(Decimal("1e10000")) == LIMIT == 10**9
    assert limited(Decimal("-1e10000")) == -LIMIT
    assert limited(Decimal("0.5")) == Decimal("0.5")


def test_growth_is_counted_from_the_baseline_or_from_the_first_of_three_years() -> None:
    """The latter where the baseline is the latest figure itself."""
    series = series_of(("2022", "10"), ("2024", "20"), ("2026", "30"))
    goal = goal_of(series, "70")
    late = goal_of(series_of(("2026", "30")), "70")

    assert base_point(goal, series) is series.points[0]
    assert base_point(late, series) is series.points[1]


def test_pace_is_measured_over_three_years_both_ends_included() -> None:
    """Some days more, for leap years; a figure before them does not count."""
    series = series_of(("2023", "10"), ("2024", "40"), ("2026", "70"))
    older = series_of(("2023-12-28", "10"), ("2024", "40"), ("2026-12-31", "70"))

    assert window_start(series) is series.points[0]
    assert observed_pace(series) == 20
    assert window_start(older) is older.points[0]
    assert window_start(series_of(("2023-12-27", "1"), ("2024", "40"), ("2026", "70"))).figure.period == "2024"
    assert observed_pace(series_of(*ONE)) is None


def test_the_required_pace_is_what_is_left_over_the_time_left() -> None:
    """None without a number to reach or without time."""
    series = series_of(*UP)

    assert required_pace(goal_of(series, "70", due="2028-12-31"), series) == 5
    assert required_pace(goal_of(series, None), series) is None
    assert required_pace(goal_of(series, "70", due="2026-12-31"), series) is None
    assert required_pace(goal_of(series, "70", due="2025-12-31"), series) is None


@pytest.mark.parametrize(
    ("observed", "required", "factor"),
    [
        ("2", "3", "1.5"),
        ("-2", "-3", "1.5"),
        ("0.5", "0.5", "1"),
        ("2", "-3", None),
        ("0", "3", None),
        ("2", "0", None),
        (None, "3", None),
        ("2", None, None),
    ],
)
def test_acceleration_is_the_required_over_the_observed_pace(
    observed: str | None, required: str | None, factor: str | None
) -> None:
    """None where nothing moved, or away from the target."""
    numbers = [None if text is None else Decimal(text) for text in (observed, required)]

    assert acceleration(*numbers) == (None if factor is None else Decimal(factor))


@pytest.mark.parametrize(
    ("bounds", "op", "base", "factor"),
    [
        (None, ">", "90", "1"),
        (("0", "100"), ">", "100", "0"),
        (("0", "100"), ">", "50", "0.9539"),
        (("0", "100"), ">", "150", "0.9539"),
        (("0", "100"), ">", "200", "1"),
        (("0", "100"), ">", "190", "1"),
        (("0", "1"), ">", "0.5", "0.9539"),
        (("0", "100"), "<", "90", "1"),
        (("-50", "100"), "<", "90", "1"),
        (("50", "100"), "<", "75", "0.9539"),
        (("1", "100"), "<", "1.5", "0.9539"),
    ],
)
def test_less_growth_is_asked_of_what_is_near_the_end_of_its_range(
    bounds: tuple[str, str] | None, op: Any, base: str, factor: str
) -> None:
    """Half-way it is 1 - 0.5^4.44; beyond twice the end, or without an end above zero, all of it."""
    goal = goal_of(series_of(*UP), None, op, bounds=bounds)

    assert round(limit_factor(goal, Decimal(base)), 4) == Decimal(factor)


# --- which method judges what --------------------------------------------------------------------------------------


def test_an_indicator_is_judged_by_the_method_asked_for_its_own_or_the_one_for_its_kind() -> None:
    """A share of a range by calibrated, any other number by agreement."""
    assert method_of(indicator()) == "agreement"
    assert method_of(indicator(range=[0, 100])) == "calibrated"
    assert method_of(indicator(range=[0, 100], method="un")) == "un"
    assert method_of(indicator(method="un"), "linear") == "linear"


@pytest.mark.parametrize(
    ("name", "ranged", "words"),
    [
        ("linear", True, False),
        ("open-sdg", True, True),
        ("un", True, False),
        ("calibrated", False, False),
        ("agreement", True, False),
    ],
)
def test_calibrated_needs_a_range_and_only_open_sdg_judges_words(name: str, ranged: bool, words: bool) -> None:  # noqa: FBT001
    """Every method judges a number within a range."""
    with_range: Sequence[bool] = [
        serves(name, indicator(range=[0, 100])),
        serves(name, indicator(range=[0, 100]), number=False),
    ]

    assert list(with_range) == [True, words]
    assert serves(name, indicator()) is ranged
    assert serves(name, indicator(), number=False) is (ranged and words)
