"""A bounded figure is the interval that it is: it proves no more, and what follows from it is a bound as well."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made import figure, goal_of
from msgspec.structs import replace

from aiplus_cli.errors import Message
from aiplus_cli.judge.bounds import as_far_as_proven, with_bound
from aiplus_cli.judge.methods import METHODS, calibrated
from aiplus_cli.judge.methods.pace import observed_pace
from aiplus_cli.judge.records import Outcome, Series
from aiplus_cli.judge.series import build_series
from aiplus_cli.ledger.bounds import change_bound
from aiplus_cli.ledger.entries import Bound, FigureBound
from aiplus_cli.plan.records import Op

SHARE = ("0", "100")
RANKS = ("missed", "off_track", "at_risk", "on_track", "met")


def written(*values: str) -> Series:
    """The series of the years 2025, 2026 … of values with their signs, such as `>50`."""
    figures = []
    for index, value in enumerate(values):
        number = value.lstrip("><=~")
        bound: FigureBound = value.removesuffix(number)  # type: ignore[assignment]
        figures.append(figure(number, str(2025 + index), bound=bound))
    made = build_series(figures)
    assert made is not None
    return made


@pytest.mark.parametrize(
    ("value", "op", "target", "proves"),
    [
        (">70", ">", "70", "met"),
        (">70", ">=", "70", "met"),
        (">70", ">=", "71", "open"),
        (">=70", ">", "70", "open"),
        (">=70", ">=", "70", "met"),
        (">=70.1", ">", "70", "met"),
        (">=30", "<", "30", "failed"),
        (">=30", "<=", "30", "open"),
        ("<=70", ">", "70", "failed"),
        ("<=70", ">=", "70", "open"),
        ("<=30", "<", "30", "open"),
        ("<=30", "<=", "30", "met"),
        (">90", "<", "30", "failed"),
        (">30", "<", "30", "failed"),
        (">20", "<", "30", "open"),
        ("<90", ">", "70", "open"),
        ("<70", ">=", "70", "failed"),
        ("<70", ">", "70", "failed"),
        ("<30", "<", "30", "met"),
        ("<30", "<=", "29", "open"),
        ("~75", ">", "70", "open"),
        ("~60", ">", "70", "open"),
        ("~20", "<", "30", "open"),
        ("70", ">", "70", "failed"),
        ("70", ">=", "70", "met"),
    ],
)
def test_a_bound_proves_only_what_it_proves(value: str, op: Op, target: str, proves: str) -> None:
    """`>70` is above 70 for sure, `>=70` may be 70 itself, both may be below 71; `<90` and `~75` say nothing of 70."""
    series = written(value)
    goal, latest = goal_of(series, target, op), series.latest.figure
    found = "met" if goal.met_by(latest) else "failed" if goal.failed_by(latest) else "open"
    assert found == proves


@pytest.mark.parametrize(
    ("first", "last", "bound"),
    [
        ("", "", ""),
        ("", ">", ">"),
        ("", "<", "<"),
        (">", "", "<"),
        ("<", "", ">"),
        ("<", ">", ">"),
        (">", "<", "<"),
        (">=", "", "<"),
        ("", ">=", ">"),
        ("", "<=", "<"),
        (">=", ">", None),
        ("<=", ">=", ">"),
        (">", ">", None),
        ("<", "<", None),
        ("~", "", "~"),
        (">", "~", "~"),
    ],
)
def test_the_change_between_bounds_is_a_bound_or_unknown(first: Bound, last: Bound, bound: Bound | None) -> None:
    """From 40 to `>50` is more than 10; from `>50` to 60 is less than 10; from `>100` to `>100` can be anything."""
    assert change_bound(first, last) == bound


def test_there_is_no_pace_between_two_floors() -> None:
    """The change from `>100` to `>100` is unknown, not 0."""
    assert observed_pace(written(">100", ">100")) is None


@pytest.mark.parametrize("method", ["linear", "open-sdg", "un", "agreement"])
def test_two_equal_floors_are_no_standstill(method: str) -> None:
    """Whoever publishes `>50` twice has not said that nothing moved."""
    series = written(">50", ">50")
    assert METHODS[method].judge(goal_of(series, "70", bounds=SHARE), series).verdict == "insufficient_data"


def test_a_floor_at_the_last_value_is_no_standstill() -> None:
    """From 50 to `>50` it moved, no one knows how far."""
    series = written("50", ">50")
    assert METHODS["linear"].judge(goal_of(series, "70"), series).verdict == "insufficient_data"


@pytest.mark.parametrize("method", list(METHODS))
@pytest.mark.parametrize(
    ("values", "op", "target"),
    [
        (("50", "<90"), ">", "70"),
        (("50", "~75"), ">", "70"),
        (("80", ">10"), "<", "30"),
        (("80", "~25"), "<", "30"),
    ],
)
def test_what_a_bound_does_not_prove_is_not_judged(method: str, values: tuple[str, str], op: Op, target: str) -> None:
    """An upper bound, or an approximate value, beyond the target is neither met nor given a chance."""
    series = written(*values)
    outcome = METHODS[method].judge(goal_of(series, target, op, bounds=SHARE), series)
    assert (outcome.verdict, outcome.probability) == ("insufficient_data", None)


def chance(*values: str, target: str = "70") -> Outcome:
    series = written(*values)
    return calibrated.judge(goal_of(series, target, due="2028-12-31", bounds=SHARE), series)


@pytest.mark.parametrize(
    ("values", "bound"),
    [(("40", ">50"), ">"), ((">40", ">50"), ">"), ((">40", "50"), ">"), (("40", "<50"), "<"), (("40", "~50"), "~")],
)
def test_a_chance_from_a_bound_is_one_too(values: tuple[str, str], bound: Bound) -> None:
    """From a floor the chance is at least so much, from a ceiling at most."""
    assert chance(*values, target="98").bound == bound


@pytest.mark.parametrize(
    ("values", "bound"),
    [
        (("40", "41", "<42"), "<"),
        (("<40", "41", "<42"), None),
        ((">40", "41", "<42"), "<"),
        (("~40", "<42"), "<"),
        (("<40", "41", "42"), ">"),
        (("~40", "41", "42"), "~"),
        ((">40", "~42"), "~"),
        ((">60", "42"), "<"),
        ((">60", "<42"), "<"),
        ((">60", "~42"), None),
        ((">42", "42"), ">"),
        (("40", "42"), ""),
    ],
)
def test_every_figure_that_speaks_of_the_pace_bounds_the_chance(values: tuple[str, ...], bound: Bound | None) -> None:
    """Far from 98 it is off track; where the bounds leave open which way it went, nothing is said."""
    found = chance(*values, target="98")
    assert (found.verdict, found.bound) == (("off_track", bound) if bound is not None else ("insufficient_data", ""))


@pytest.mark.parametrize("method", ["linear", "open-sdg", "un", "agreement"])
@pytest.mark.parametrize(("values", "bound"), [(("40", ">41"), ">"), (("40", "41"), ""), (("40", "<41"), "<")])
def test_a_measure_of_bounded_figures_is_bounded(method: str, values: tuple[str, str], bound: Bound) -> None:
    """By every method; from 40 to 41 a year all of them are off track for 98."""
    series = written(*values)
    found = METHODS[method].judge(goal_of(series, "98", bounds=SHARE), series)
    assert (found.verdict, found.bound) == ("off_track", bound)


def test_a_ceiling_that_is_too_low_even_so_lags() -> None:
    """`<41` of 98 is off track: every value below 41 would be."""
    assert chance("40", "<41", target="98").verdict == "off_track"


values = st.integers(1, 99)


@given(first=values, last=values, wider=values, target=values, method=st.sampled_from(list(METHODS)))
def test_a_wider_bound_never_improves_a_verdict(first: int, last: int, wider: int, target: int, method: str) -> None:
    """Of two floors the lower one, and instead of a value the ceiling, proves no better verdict."""
    low, high = sorted((last, wider))

    def rank(latest: str) -> int | None:
        series = written(str(first), latest)
        goal = goal_of(series, str(target), bounds=SHARE)
        verdict = "met" if goal.met_by(series.latest.figure) else METHODS[method].judge(goal, series).verdict
        return RANKS.index(verdict) if verdict in RANKS else None

    def no_better(wide: str, narrow: str) -> bool:
        one, other = rank(wide), rank(narrow)
        return one is None or other is None or one <= other

    assert no_better(f">{low}", f">{high}")
    assert no_better(f"<{high}", str(low))
    assert no_better(f"<{high}", f"<{low}")


@given(earlier=st.sampled_from(["40", ">40", ">60"]), floor=values, above=st.integers(0, 40), target=values)
def test_a_chance_of_at_least_so_much_holds_for_every_value_above_the_floor(
    earlier: str, floor: int, above: int, target: int
) -> None:
    """What is said of `>50` is said of 60 as well."""
    least = chance(earlier, f">{floor}", target=str(target))
    truth = chance(earlier.lstrip(">"), str(min(floor + above, 99)), target=str(target))
    assert least.bound != ">" or (least.probability or 0) <= (truth.probability or 0)


def test_a_fall_from_a_floor_is_a_fall_of_at_least_so_much() -> None:
    """From `>60` to 45 the chance is at most what it would be from 60; from `>60` to `>45` it is unknown."""
    assert (chance(">60", "45").bound, chance(">60", ">45").verdict) == ("<", "insufficient_data")


SAID = Message("as the method says")
JUDGED = Outcome("at_risk", "ratio", Decimal("0.8"), "moderate_progress", Decimal("0.5"), None, SAID)
NOT_KNOWN = "the change between two bounded figures is not known"
NO_MORE = "the progress is at most this; a bound proves no more"


@pytest.mark.parametrize(
    ("latest", "bound", "why"),
    [
        ("<90", "<", "<90 proves neither that the target is reached nor that it is not"),
        ("~75", "~", "~75 proves neither that the target is reached nor that it is not"),
        (">50", None, NOT_KNOWN),
        ("<50", "<", NO_MORE),
    ],
)
def test_what_is_not_proven_has_the_name_of_its_measure_and_the_reason(
    latest: str, bound: Bound | None, why: str
) -> None:
    """No number, class or chance is left of what the method said of the bare values."""
    series = written("40", latest)
    found = with_bound(goal_of(series, "70"), series.latest, JUDGED, bound)
    assert found == Outcome("insufficient_data", "ratio", None, reason=Message(why))


UNKNOWN = {"value": None, "probability": None, "interval": None}


@pytest.mark.parametrize(
    ("latest", "bound", "said", "found"),
    [
        ("50", "", {}, {}),
        (">50", ">", {}, {"bound": ">"}),
        ("~50", "~", {}, {"bound": "~"}),
        ("<50", "<", {"verdict": "off_track"}, {"bound": "<"}),
        (">50", ">", {"verdict": "insufficient_data"}, {}),
        (">50", None, {"verdict": "insufficient_data"}, {}),
        ("71", "", {}, {"verdict": "met", "reason": None}),
        ("71", "", {"verdict": "met"}, {}),
        (">70", ">", {}, {"verdict": "met", "reason": None, "bound": ">"}),
        (">70", None, {}, {"verdict": "met", "reason": None, "bound": ">", **UNKNOWN}),
        ("71", "<", {}, {"verdict": "met", "reason": None, "bound": "<"}),
    ],
)
def test_what_is_proven_stays_and_says_how_far_it_is_proven(
    latest: str, bound: Bound | None, said: dict[str, Any], found: dict[str, Any]
) -> None:
    """Of an outcome only the bound changes; a target that is reached makes it met, for no other reason than that."""
    series = written("40", latest)
    outcome = replace(JUDGED, **said)
    assert with_bound(goal_of(series, "70"), series.latest, outcome, bound) == replace(outcome, **found)


@pytest.mark.parametrize(
    ("values", "op", "bound"),
    [
        ([">50"], ">", ">"),
        ([">80"], "<", "<"),
        (["40", ">50"], ">", ">"),
        ([">40", "50"], ">", "<"),
        (["80", ">50"], "<", "<"),
        (["80", "<50"], "<", ">"),
        ([">80", "50"], "<", ">"),
    ],
)
def test_growth_is_proven_as_far_as_the_two_figures_prove_it(values: list[str], op: Op, bound: Bound) -> None:
    """Of what is to fall, a ceiling is progress of at least so much; a single figure counts for itself."""
    series = written(*values)
    goal = goal_of(series, "70" if op == ">" else "30", op)
    found = as_far_as_proven(goal, series.points[0], series.latest, replace(JUDGED, verdict="off_track"))
    assert (found.verdict, found.bound) == ("off_track", bound)


def test_growth_between_two_floors_proves_nothing() -> None:
    """Neither for what is to rise nor for what is to fall."""
    for op, target in ((">", "70"), ("<", "30")):
        series = written(">50", ">50")
        found = as_far_as_proven(goal_of(series, target, op), series.points[0], series.latest, JUDGED)  # type: ignore[arg-type]
        assert str(found.reason) == NOT_KNOWN
